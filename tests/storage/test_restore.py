"""Restoring: verified first, replaced in one step, and nobody who was erased comes back."""

import errno
import io
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.storage.backup import back_up
from bot.storage.errors import Damaged, InUse, Newer, NoKey, StorageError
from bot.storage.restore import Restored, restore
from bot.storage.storage import open_storage
from tests.storage.given import ANA, BEN, CLUB, MANY, MINUTE, NOON, hosted, keep, opened, reminder_of

LATER = NOON + MINUTE
ASIDE = "limber.db.before-restore-20260302-120100"


@pytest.fixture
async def backup(host: Settings) -> Path:
    """Of a time when Ana and Ben had a check-in each; there is another one of Ana's now."""
    async with await open_storage(host) as storage:
        for person, name in ((ANA, "a" * 32), (BEN, "b" * 32)):
            await storage.consent(person, 1, NOON)
            await keep(storage, person, name, b"then")
        file = await back_up(host.data, NOON)
        await keep(storage, ANA, "c" * 32, b"now")
    return file


def contents(folder: Path) -> dict[str, bytes]:
    """Of every file but those that hold nothing but a lock."""
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file() and file.suffix != ".lock"}


async def test_a_backup_takes_the_place_and_the_old_file_is_kept(host: Settings, backup: Path) -> None:
    saved = contents(backup.parent)
    assert restore(host, backup, LATER) == Restored(2, 0, host.data / ASIDE)
    assert contents(backup.parent) == saved
    assert sorted(contents(host.data)) == ["keys.db", "limber.db", ASIDE]
    async with await open_storage(host) as storage:
        (record,) = await storage.records.of_person(ANA)
        assert await opened(storage, record) == b"then"
    with closing(sqlite3.connect(host.data / ASIDE)) as connection:
        assert connection.execute("select count(*) from record").fetchone() == (3,)


async def test_whoever_was_erased_stays_erased(host: Settings, backup: Path) -> None:
    async with await open_storage(host) as storage:
        await storage.erase(BEN)
    assert restore(host, backup, LATER) == Restored(1, 1, host.data / ASIDE)
    async with await open_storage(host) as storage:
        assert await storage.people.find(BEN) is None
        assert await storage.records.of_person(BEN) == []
        assert len(await storage.records.of_person(ANA)) == 1
    assert BEN.to_bytes(8) not in contents(host.data)["limber.db"]


async def test_whoever_was_erased_and_agreed_again_has_nothing_of_before(host: Settings, backup: Path) -> None:
    """Neither the row, nor what no longer opens, nor a barometer, nor a reminder that would ring."""
    async with await open_storage(host) as storage:
        await storage.barometer.join(CLUB, BEN, NOON, bytes(32))
        await storage.reminders.add(reminder_of(BEN), MANY)
        older = await back_up(host.data, NOON + MINUTE)
        await storage.erase(BEN)
        await storage.consent(BEN, 1, LATER)
    for file in (backup, older):
        assert restore(host, file, LATER + (file is older) * MINUTE).removed == 1
        async with await open_storage(host) as storage:
            assert await storage.people.find(BEN) is None
            assert await storage.records.of_person(BEN) == []
            assert await storage.barometer.of_person(BEN) == []
            assert await storage.reminders.of_person(BEN) == []
            (anas,) = await storage.records.of_person(ANA) if file is backup else [None]
            await storage.consent(BEN, 1, LATER)  # and they can go on
            assert anas is None or await opened(storage, anas) == b"then"


async def test_whoever_had_nothing_yet_stays_unless_they_agreed_anew(host: Settings, backup: Path) -> None:
    cleo, dora = BEN + 1, BEN + 2
    async with await open_storage(host) as storage:
        for person in (cleo, dora):
            await storage.consent(person, 1, NOON)
        later = await back_up(host.data, LATER)
        await storage.erase(dora)
        await storage.consent(dora, 1, LATER)
    assert restore(host, later, LATER) == Restored(3, 1, host.data / ASIDE)
    async with await open_storage(host) as storage:
        assert await storage.people.find(cleo)
        assert await storage.people.find(dora) is None
    (host.data / "limber.db").unlink()
    assert restore(host, later, LATER).removed == 2  # nobody can tell any more; they are asked again


async def test_a_backup_of_another_installation_is_refused_though_the_same_people_are_in_it(
    host: Settings, backup: Path, tmp_path: Path
) -> None:
    other = hosted(tmp_path / "other")
    async with await open_storage(other) as storage:
        for person in (ANA, BEN):
            await storage.consent(person, 1, NOON)
            await keep(storage, person, f"{person}", b"theirs")
        foreign = await back_up(other.data, NOON)
    refused(host, foreign, StorageError, "opens nothing of the 2 people .* another installation")


async def test_a_backup_with_nobody_in_it_replaces_no_diary(host: Settings, backup: Path, tmp_path: Path) -> None:
    other = hosted(tmp_path / "other")
    await (await open_storage(other)).close()
    refused(host, await back_up(other.data, NOON), StorageError, "before anybody agreed")


async def test_before_anybody_agreed_a_backup_of_nobody_can_be_restored(tmp_path: Path) -> None:
    host = hosted(tmp_path)
    await (await open_storage(host)).close()
    assert restore(host, await back_up(host.data, NOON), LATER).people == 0


def test_without_the_host_key_nothing_is_restored(host: Settings, backup: Path) -> None:
    host.key_file.unlink()
    refused(host, backup, StorageError, "There is no host key at")


async def test_with_host_key_and_old_backup_the_erased_cannot_be_read(host: Settings, backup: Path) -> None:
    """Even by a host who puts the old file there by hand."""
    async with await open_storage(host) as storage:
        await storage.erase(BEN)
    shutil.copyfile(backup, host.data / "limber.db")
    async with await open_storage(host) as storage:
        (record,) = await storage.records.of_person(BEN)
        with pytest.raises(NoKey):
            await opened(storage, record)
        await storage.consent(BEN, 1, NOON)
        with pytest.raises(Exception, match="damaged, or does not belong here"):
            await opened(storage, record)


async def test_it_also_mends_a_damaged_or_missing_file(host: Settings, backup: Path) -> None:
    for number, spoil in enumerate([lambda f: f.write_bytes(b"x" * 9999), lambda f: f.write_bytes(b""), Path.unlink]):
        spoil(host.data / "limber.db")
        done = restore(host, backup, LATER + number * MINUTE)
        assert (done.people, done.aside is None) == (2, number == 2)
        async with await open_storage(host) as storage:
            assert len(await storage.records.of_person(ANA)) == 1


async def test_a_running_bot_is_in_the_way(host: Settings, backup: Path) -> None:
    async with await open_storage(host) as storage:
        with pytest.raises(InUse, match="Is a bot running"):
            restore(host, backup, LATER)
        assert len(await storage.records.of_person(ANA)) == 2
    assert sorted(contents(host.data)) == ["keys.db", "limber.db"]


def test_so_is_any_other_program(host: Settings, backup: Path) -> None:
    with closing(sqlite3.connect(host.data / "limber.db")) as other:
        other.execute("select * from person").fetchall()
        with pytest.raises(InUse, match=r"limber\.db is in use"):
            restore(host, backup, LATER)
    restore(host, backup, LATER)


async def test_what_a_killed_bot_left_in_the_log_is_kept_too(host: Settings, backup: Path, tmp_path: Path) -> None:
    async with await open_storage(host) as storage:
        await keep(storage, ANA, "d" * 32, b"in the log only")
        shutil.copytree(host.data, tmp_path / "killed")
    done = restore(host.model_copy(update={"data": tmp_path / "killed"}), backup, LATER)
    for file, records in ((str(done.aside), 4), (tmp_path / "killed" / "limber.db", 2)):
        with closing(sqlite3.connect(file)) as connection:
            assert connection.execute("select count(*) from record").fetchone() == (records,)


def refused(host: Settings, file: Path, kind: type[StorageError], words: str) -> None:
    """It raises this, in one line, and leaves every file as it was."""
    before = contents(host.data)
    with pytest.raises(kind, match=words) as raised:
        restore(host, file, LATER)
    assert "\n" not in str(raised.value)
    assert contents(host.data) == before


def test_what_is_not_there(host: Settings, backup: Path) -> None:
    refused(host, backup.with_name("typo.db"), StorageError, r"There is no file .*typo\.db")


@pytest.mark.parametrize("end", ["", "-wal"])
def test_a_backup_that_this_user_cannot_read_is_named(
    host: Settings, backup: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    part, opening = backup.with_name(backup.name + end), io.open
    part.touch()

    def refusing(file: object, *arguments: object, **options: object) -> object:
        if file == part:  # root reads everything
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(part))
        return opening(file, *arguments, **options)

    monkeypatch.setattr(io, "open", refusing)
    monkeypatch.setattr("builtins.open", refusing)
    refused(host, backup, StorageError, rf"120000\.db{end} cannot be read \(Permission denied\)")


@pytest.mark.parametrize("damage", ["cut", "scribble", "text", "nothing"])
def test_a_damaged_backup(host: Settings, backup: Path, damage: str) -> None:
    whole = backup.read_bytes()
    spoilt = {
        "cut": whole[: len(whole) // 2],
        "scribble": whole[:5000] + b"scribble" * 500 + whole[9000:],
        "text": b"a shopping list " * 999,
        "nothing": b"",
    }
    backup.write_bytes(spoilt[damage])
    refused(
        host, backup, StorageError, r"limber-20260302-120000\.db is damaged, or no backup of Limber\. Choose another"
    )


def test_another_kind_of_database(host: Settings, backup: Path) -> None:
    refused(host, host.data / "keys.db", StorageError, "no backup of Limber")


def test_a_newer_backup(host: Settings, backup: Path) -> None:
    with closing(sqlite3.connect(backup)) as connection, connection:
        connection.execute("insert into _yoyo_migration values ('hash', '9999-from-the-future', '2030-01-01')")
    refused(host, backup, Newer, r"120000\.db was written by a newer Limber")


@pytest.mark.parametrize("lose", [Path.unlink, lambda file: file.write_bytes(b"")])
def test_without_keys_nothing_is_restored(host: Settings, backup: Path, lose: Callable[[Path], object]) -> None:
    lose(host.data / "keys.db")
    refused(host, backup, StorageError, r"Put keys\.db back first")


def test_with_keys_that_name_no_host_key_nothing_is_restored(host: Settings, backup: Path) -> None:
    with closing(sqlite3.connect(host.data / "keys.db")) as connection, connection:
        connection.execute("delete from host_key")
    refused(host, backup, Damaged, r"keys\.db is damaged")


def test_a_backup_of_strangers(host: Settings, backup: Path) -> None:
    with closing(sqlite3.connect(host.data / "keys.db")) as connection, connection:
        connection.execute("delete from person_key")
    refused(host, backup, StorageError, "opens nothing of the 2 people")


async def test_a_plain_copy_with_its_log_is_as_good(host: Settings, backup: Path, tmp_path: Path) -> None:
    async with await open_storage(host) as storage:
        await keep(storage, ANA, "d" * 32, b"in the log only")
        for name in ("limber.db", "limber.db-wal"):
            shutil.copyfile(host.data / name, tmp_path / name)
    copied = contents(tmp_path)
    restore(host, backup, LATER)
    restore(host, tmp_path / "limber.db", LATER + MINUTE)
    assert contents(tmp_path) == copied
    async with await open_storage(host) as storage:
        assert len(await storage.records.of_person(ANA)) == 3


def test_an_older_backup_is_upgraded_before_it_is_used(
    host: Settings, backup: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "migrations" / "limber"
    folder.mkdir(parents=True)
    shipped = sorted(Path("bot/storage/migrations/limber").glob("*.sql"))
    for migration in shipped:
        (folder / migration.name).write_text(migration.read_text())
    (folder / "9999-more.sql").write_text(f"-- depends: {shipped[-1].stem}\ncreate table more (id integer);")
    monkeypatch.setattr("bot.storage.schema.MIGRATIONS", folder.parent)
    restore(host, backup, LATER)
    with closing(sqlite3.connect(host.data / "limber.db")) as connection:
        assert connection.execute("select count(*) from more").fetchone() == (0,)
        assert connection.execute("select count(*) from record").fetchone() == (2,)
