"""A database of every schema there ever was, with people in it, is brought forward and keeps every row."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.schedules.codec import ScheduleUnreadable, ZoneGone, from_stored, to_stored
from bot.settings import Settings
from bot.storage.backup import backups
from bot.storage.errors import KEYS, LIMBER, CannotOpen
from bot.storage.schema import NOTES, known
from bot.storage.storage import Storage, open_storage, prepare
from bot.storage.vault import associated_data_of
from tests.compat.world import KEPT

SCHEMAS = sorted((KEPT / "schemas").glob("*.sql"))
WHEN = "select before, after from club_change where what = 'post-when'"
DAMAGED = 1  # of Ben's entries has a flipped bit, see README.md


def rows(file: Path) -> dict[str, int]:
    """By table, without what the schema itself puts in."""
    with closing(sqlite3.connect(file)) as connection:
        tables = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
        counts = {name: connection.execute(f"select count(*) from {name}").fetchone()[0] for name in tables}  # noqa: S608
    return {name: count for name, count in counts.items() if count and name not in {NOTES, "lease"}}


def steps(file: Path) -> list[str]:
    """What was applied to it."""
    with closing(sqlite3.connect(file)) as connection:
        return [step for (step,) in connection.execute(f"select migration_id from {NOTES} order by 1")]  # noqa: S608


@pytest.fixture(params=SCHEMAS, ids=lambda file: file.stem)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    shutil.copyfile(KEPT / KEYS, data / KEYS)
    shutil.copyfile(KEPT / "host.key", tmp_path / "host.key")
    with closing(sqlite3.connect(data / LIMBER)) as connection:
        connection.executescript(request.param.read_text(encoding="utf-8"))
    return data


def test_there_is_a_kept_database_of_every_schema() -> None:
    assert [file.stem for file in SCHEMAS] == known(LIMBER)


async def test_every_row_is_kept_and_every_entry_opens(folder: Path) -> None:
    before = rows(folder / LIMBER)
    settings = Settings(data=folder, key_file=folder.parent / "host.key")

    async with await open_storage(settings) as storage:
        opened, shut = await entries(storage)

    assert rows(folder / LIMBER) == before
    assert before["person"] == 3
    assert opened + shut == before["record"]
    assert shut <= DAMAGED
    assert prepare(folder) == {KEYS: [], LIMBER: []}


def test_every_schedule_is_read_and_comes_back_when_written_anew(folder: Path) -> None:
    """But Ben's two, one in a zone that is gone and one of a newer version, see README.md."""
    prepare(folder)
    with closing(sqlite3.connect(folder / LIMBER)) as connection:
        stored = [text for (text,) in connection.execute("select schedule from reminder")]
        stored += [
            text for (text,) in connection.execute("select json_extract(post, '$.when') from club_change") if text
        ]
        stored += [text for change in connection.execute(WHEN) for text in change]
    refused = []
    for text in stored:
        try:
            schedule = from_stored(text)
        except (ScheduleUnreadable, ZoneGone) as error:
            refused.append(type(error))
        else:
            assert from_stored(to_stored(schedule)) == schedule
    assert refused == ([ZoneGone, ScheduleUnreadable] if stored else [])


async def entries(storage: Storage) -> tuple[int, int]:
    """How many entries open, and how many are damaged."""
    opened = shut = 0
    async with storage.limber.reading() as connection:
        people = [row[0] async for row in await connection.execute("select id from person")]
    for person in people:
        for record in await storage.records.of_person(person):
            try:
                opened += bool(
                    await storage.vault.unseal(person, record.sealed, associated_data_of(record.kind, record.id))
                )
            except CannotOpen:
                shut += 1
    return opened, shut


def test_a_copy_of_before_is_made_first_when_there_is_something_to_do(folder: Path) -> None:
    before = rows(folder / LIMBER)
    old = steps(folder / LIMBER)
    applied = prepare(folder)[LIMBER]
    copies = list(backups(folder).glob("limber-*.db"))

    assert old + applied == known(LIMBER)
    assert len(copies) == (1 if applied else 0)
    for copy in copies:
        assert steps(copy) == old
        assert rows(copy) == {name: count for name, count in before.items() if name != "done"}
