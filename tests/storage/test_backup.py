"""Backups: whole, made while the bot writes, seven kept, never with a key."""

import asyncio
import doctest
import sqlite3
from contextlib import closing
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.settings import Settings
from bot.storage import backup
from bot.storage.backup import back_up, backup_due, last_backup
from bot.storage.errors import Damaged, StorageError, Unwritable
from bot.storage.folder import backups
from bot.storage.storage import Storage
from tests.storage.given import ANA, FIRST, NOON, keep, keep_ringing, post

DAY = timedelta(days=1)


def test_a_backup_is_due_once_a_day() -> None:
    assert doctest.testmod(backup).failed == 0


@pytest.fixture
async def storage(storage: Storage) -> Storage:
    await storage.consent(ANA, 1, NOON)
    await keep(storage, ANA, "a" * 32, b"hip 4")
    return storage


def count(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        return connection.execute("select count(*) from record").fetchone()[0]


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


async def test_a_backup_is_one_whole_file_named_by_its_time(storage: Storage, host: Settings) -> None:
    file = await back_up(host.data, NOON.astimezone(timezone(timedelta(hours=9))))
    assert file == host.data / "backups" / "limber-20260302-120000.db"
    assert count(file) == 1
    assert names(file.parent) == [file.name]
    assert file.stat().st_mode & 0o777 == 0o600


async def test_it_is_made_while_the_bot_writes(storage: Storage, host: Settings) -> None:
    async def write() -> None:
        for number in range(100):
            await keep(storage, ANA, f"{number}", b"hip 4")

    writing = asyncio.create_task(write())
    counts = [count(await back_up(host.data, NOON + number * DAY)) for number in range(5)]
    await writing
    assert counts == sorted(counts)
    assert count(await back_up(host.data, NOON + 6 * DAY)) == 101


async def test_no_key_is_in_it(storage: Storage, host: Settings) -> None:
    with closing(sqlite3.connect(host.data / "keys.db")) as connection:
        (wrapped,) = connection.execute("select wrapped from person_key").fetchone()
    file = await back_up(host.data, NOON)
    assert wrapped not in file.read_bytes()
    assert b"person_key" not in file.read_bytes()


async def test_seven_are_kept_and_the_first_of_three_months_and_nothing_else_is_touched(
    storage: Storage, host: Settings
) -> None:
    folder = backups(host.data)
    folder.mkdir()
    others = ["limber-mine.db", "limber-20260101-000000.db.gz", "limber-2026-01-01.db", "notes.txt"]
    for other in others:
        (folder / other).write_text("mine")
    for day in range(1, 150):  # as a year of days would leave them
        (folder / f"limber-{NOON - (150 - day) * DAY:%Y%m%d-%H%M%S}.db").write_bytes(b"")
    made = [await back_up(host.data, NOON + number * DAY) for number in range(3)]
    kept = ["limber-20260101-120000.db", "limber-20260201-120000.db", "limber-20260226-120000.db"]
    kept += ["limber-20260227-120000.db", "limber-20260228-120000.db", "limber-20260301-120000.db"]
    assert names(folder) == sorted([*kept, *(file.name for file in made), *others])
    assert last_backup(folder, NOON + 2 * DAY) == (NOON + 2 * DAY).replace(microsecond=0)


async def test_copies_dated_in_the_future_count_for_nothing_and_push_out_none(storage: Storage, host: Settings) -> None:
    """By a clock that was wrong for a while: every look made another copy then, and the days before were gone."""
    ahead = [await back_up(host.data, NOON + (1000 + number) * DAY) for number in range(9)]
    days = [await back_up(host.data, NOON - (6 - number) * DAY) for number in range(7)]
    assert not backup_due(last_backup(backups(host.data), NOON + DAY / 2), NOON + DAY / 2)

    later = await back_up(host.data, NOON + DAY)

    assert last_backup(backups(host.data), NOON + DAY) == (NOON + DAY).replace(microsecond=0)
    assert {file.name for file in [*days[1:], later, *ahead[-7:]]} <= set(names(backups(host.data)))
    assert backup_due(last_backup(backups(host.data), NOON + 2 * DAY), NOON + 2 * DAY)


async def test_a_copy_with_nobody_in_it_pushes_out_none_with_people(storage: Storage, host: Settings) -> None:
    good = await back_up(host.data, NOON)
    async with storage.limber.writing() as connection:
        await connection.execute("delete from person")
    with capture_logs() as told:
        for number in range(1, 9):
            await back_up(host.data, NOON + number * DAY)
    assert count(good) == 1
    assert {line["log_level"] for line in told} == {"warning"}
    assert "limber db restore" in told[0]["event"]


async def test_once_everybody_is_erased_the_copies_of_before_go(storage: Storage, host: Settings) -> None:
    old = await back_up(host.data, NOON - 100 * DAY)
    await storage.erase(ANA)
    for number in range(100):
        (backups(host.data) / f"limber-{NOON - (99 - number) * DAY:%Y%m%d-%H%M%S}.db").write_bytes(b"")
    await back_up(host.data, NOON + DAY)
    assert not old.exists()


async def test_an_emptied_database_makes_no_backup(storage: Storage, host: Settings, tmp_path: Path) -> None:
    emptied = tmp_path / "emptied"
    emptied.mkdir()
    (emptied / "limber.db").touch()
    with pytest.raises(StorageError, match="Run the bot first"):
        await back_up(emptied, NOON)
    with closing(sqlite3.connect(emptied / "limber.db")) as connection:
        connection.execute("create table songs (title)")
    with pytest.raises(Damaged):
        await back_up(emptied, NOON)
    assert names(backups(emptied)) == []


async def test_in_a_folder_of_the_host_all_are_kept(storage: Storage, host: Settings, tmp_path: Path) -> None:
    for number in range(9):
        await back_up(host.data, NOON + number * DAY, tmp_path / "mine" / "safe")
    assert len(names(tmp_path / "mine" / "safe")) == 9
    assert not backups(host.data).exists()


async def test_what_a_kill_left_is_tidied_up_by_the_next(storage: Storage, host: Settings) -> None:
    folder = backups(host.data)
    folder.mkdir()
    (folder / "limber-20260301-120000.db.new").write_bytes(b"half")
    (folder / "limber-20260301-120000.db.new-journal").write_bytes(b"half")
    assert last_backup(folder, NOON) is None
    file = await back_up(host.data, NOON)
    assert names(folder) == [file.name]


async def test_two_that_are_made_in_the_same_second_leave_each_other_alone(storage: Storage, host: Settings) -> None:
    """The daily one of the bot, and one by hand: they shared the file they filled, and one of them failed."""
    folder = backups(host.data)
    folder.mkdir()
    half = folder / NOON.strftime("limber-%Y%m%d-%H%M%S.db.new")
    half.write_bytes(b"half")

    first = await back_up(host.data, NOON)
    second = await back_up(host.data, NOON)

    assert half.read_bytes() == b"half"
    assert len({half.stem, first.name, second.name}) == 3


def test_nowhere_and_nothing_is_no_backup(tmp_path: Path) -> None:
    assert last_backup(tmp_path / "nowhere", NOON) is None
    (tmp_path / "limber-99999999-999999.db").touch()
    assert last_backup(tmp_path, NOON) is None


async def test_there_must_be_something_to_back_up(host: Settings) -> None:
    with pytest.raises(StorageError, match="Run the bot first"):
        await back_up(host.data, NOON)


async def test_a_damaged_database_makes_no_backup_and_pushes_none_out(storage: Storage, host: Settings) -> None:
    await storage.limber.rewrite()
    file = host.data / "limber.db"
    whole = bytearray(file.read_bytes())
    whole[5000:9000] = bytes(4000)
    file.write_bytes(whole)
    with pytest.raises(Damaged, match=r"limber\.db is damaged"):
        await back_up(host.data, NOON)
    assert names(backups(host.data)) == []


async def test_a_folder_that_cannot_be_used_is_named(storage: Storage, host: Settings) -> None:
    backups(host.data).write_text("a file where a folder should be")
    with pytest.raises(Unwritable, match="backups cannot be written"):
        await back_up(host.data, NOON)


async def test_a_backup_does_not_know_who_pressed_done(storage: Storage, host: Settings) -> None:
    """The key and the tags live for a day; backups are kept for a week."""
    key, tag = b"K" * 32, b"T" * 32
    await keep_ringing(storage.limber, storage.reminders, "r" * 32)
    await storage.posts.keep(post(key=key))
    await storage.posts.count(FIRST, tag)

    file = await back_up(host.data, NOON)

    assert key not in file.read_bytes()
    assert tag not in file.read_bytes()
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("select done from post").fetchall() == [(1,)]
