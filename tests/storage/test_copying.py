"""An installation carried to PostgreSQL and back: nothing is lost, and nothing is left of one that failed."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.checkins.diary import OpenDiary
from bot.checkins.models import CheckIn
from bot.checkins.person_diary import Terms
from bot.clock import WallClock
from bot.settings import Server, Settings
from bot.storage import copying
from bot.storage.barometer import Snapshot
from bot.storage.clubs import ChangeRow
from bot.storage.copying import TABLES, carry, named
from bot.storage.errors import KEYS, LIMBER, StorageError
from bot.storage.restore import restore
from bot.storage.sole_process import sole_process
from bot.storage.storage import Storage, open_databases, open_storage
from tests.storage.exported import exported
from tests.storage.given import ANA, BEN, CLUB, MANY, NOON, keep, keep_ringing, opened, post, record, reminder_of
from tests.support.clear_columns import COLUMNS
from tests.support.postgres import postgres


@pytest.fixture
async def urls() -> Server:
    return await (await postgres()).pair()


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "ROWS_AT_ONCE", 5)


async def fill(storage: Storage) -> None:
    """Something in every table."""
    terms = Terms()
    diary = OpenDiary(storage, WallClock(), terms)
    for person in (ANA, BEN):
        await storage.consent(person, 1, NOON)
        await storage.reminders.add(reminder_of(person), MANY)
    await diary.agree(ANA)
    for number in range(3):
        await (await diary.of(ANA)).keep(CheckIn(id=f"{number}", at=NOON, area="hip", pain=number))
    for number in range(12):
        await storage.records.add(record(f"r{number:05}", BEN))
    await keep_ringing(storage.limber, storage.reminders, "r" * 32)
    await storage.posts.keep(post())
    await storage.posts.count(post().occurrence, b"tag")
    assert await storage.clubs.put(CLUB, "settings — ö", 0, NOON, [ChangeRow(CLUB, NOON, ANA, "contact")] * 3)
    await storage.barometer.join(CLUB, ANA, NOON, b"secret")
    await storage.barometer.close(CLUB, Snapshot(NOON.date(), known=True, bands={"hip": 5}))


async def contents(host: Settings) -> dict[str, list[tuple[object, ...]]]:
    databases = await open_databases(host)
    found = {}
    for database, name in zip(databases, (LIMBER, KEYS), strict=True):
        async with database.reading() as connection:
            for table, key in TABLES[name].items():
                rows = await connection.execute_fetchall(f"select * from {table} order by {', '.join(key)}")  # noqa: S608
                found[table] = [tuple(row) for row in rows]
        await database.close()
    return found


def test_every_table_is_carried() -> None:
    assert {name: set(tables) for name, tables in TABLES.items()} == {
        name: set(tables) for name, tables in COLUMNS.items()
    }


async def test_there_and_back_everything_is_the_same(host: Settings, urls: Server, tmp_path: Path) -> None:
    async with await open_storage(host) as storage:
        await fill(storage)
    before, heard = await contents(host), []
    assert all(rows for table, rows in before.items() if table != "erasure")
    server = named(host, urls.database, urls.keys)
    back = named(host, str(tmp_path / "back"), None)

    count = await carry(host, server, lambda done, total: heard.append((done, total)))
    assert await contents(server) == before
    assert await carry(server, back, lambda *_: None) == count == sum(map(len, before.values()))
    assert await contents(back) == before
    assert heard[-1] == (count, count)
    assert {file.name for file in back.data.iterdir()} >= {LIMBER, KEYS}
    assert not list(back.data.glob("copy-*"))


async def test_a_copy_for_a_person_is_the_same_byte_for_byte(host: Settings, urls: Server) -> None:
    async with await open_storage(host) as storage:
        await fill(storage)
    of_files = await exported(host)
    await carry(host, host.on(urls), lambda *_: None)
    assert await exported(host.on(urls)) == of_files
    assert len(json.loads(of_files["everything.json"])["checkins"]) == 3


async def test_an_old_dump_comes_back_through_a_folder_without_who_was_erased_since(
    host: Settings, urls: Server, tmp_path: Path
) -> None:
    """As docs/self-hosting.md has it."""
    today, server = host.on(urls), await postgres()
    async with await open_storage(today) as storage:
        await storage.consent(ANA, 1, NOON)
        await storage.consent(BEN, 1, NOON)
        kept = await keep(storage, BEN, "b" * 32, b"knee 2")
        await keep(storage, ANA, "a" * 32, b"hip 4")
    dumped = await server.copied(urls.database)
    async with await open_storage(today) as storage:
        await storage.erase(ANA)
        await storage.consent(ANA, 2, NOON)

    old = named(host, str(tmp_path / "old"), None)
    await carry(named(host, dumped, urls.keys), old, lambda *_: None)
    restored = restore(old, old.data / LIMBER, NOON)
    assert (restored.people, restored.removed) == (1, 1)
    new = named(host, await server.empty(), await server.empty())
    await carry(old, new, lambda *_: None)
    async with await open_storage(new) as storage:
        assert await storage.people.find(ANA) is None
        assert await storage.records.of_person(BEN) == [kept]
        assert await opened(storage, kept) == b"knee 2"


@pytest.fixture(params=["to a server", "to a folder"])
async def both(
    request: pytest.FixtureRequest, host: Settings, urls: Server, tmp_path: Path
) -> AsyncIterator[tuple[Settings, Settings]]:
    """A host with a diary, and where it is to go."""
    folder, server = named(host, str(tmp_path / "other"), None), host.on(urls)
    source, target = (folder, server) if request.param == "to a server" else (server, folder)
    async with await open_storage(source) as storage:
        await fill(storage)
    return source, target


async def test_a_copy_that_fails_leaves_nothing_and_the_next_one_works(
    both: tuple[Settings, Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = both
    before = await contents(source)

    def full(done: int, total: int) -> None:
        if done == total:
            raise OSError("no space left")

    with pytest.raises(OSError, match="no space left"):
        await carry(source, target, full)
    with monkeypatch.context() as patched:  # one chunk goes missing
        patched.setattr(copying, "_insert", lost_once())
        with pytest.raises(StorageError, match="Of 15 rows of record, 10 arrived"):
            await carry(source, target, lambda *_: None)
    assert not (target.data / LIMBER).exists()
    await carry(source, target, lambda *_: None)
    assert await contents(source) == before == await contents(target)


def lost_once():
    insert, tables = copying._insert, []

    async def inserted(connection: object, table: str, rows: object) -> None:
        tables.append(table)
        if tables.count("record") != 1 or table != "record":
            await insert(connection, table, rows)

    return inserted


async def test_what_is_in_use_or_not_empty_is_refused(both: tuple[Settings, Settings]) -> None:
    source, target = both
    async with sole_process(source):
        with pytest.raises(StorageError, match="Stop it"):
            await carry(source, target, lambda *_: None)
    await carry(source, target, lambda *_: None)
    before = await contents(target)
    with pytest.raises(StorageError, match=r"already|not empty"):
        await carry(source, target, lambda *_: None)
    assert await contents(target) == before


async def test_one_engine_is_not_copied_onto_itself(host: Settings, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="One of the two is a folder"):
        await carry(host, named(host, str(tmp_path), None), lambda *_: None)
    with pytest.raises(StorageError, match="name it with --keys-url"):
        named(host, "postgresql:///limber", None)
