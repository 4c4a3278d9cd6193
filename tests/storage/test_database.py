"""Transactions: whole or not at all, whatever happens to the task."""

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import aiosqlite
import pytest

from bot.storage import database as module
from bot.storage import engine
from bot.storage.database import INCREMENTAL, Database
from bot.storage.errors import DiskFull, InUse, Unwritable


@pytest.fixture
async def notes(tmp_path: Path) -> AsyncIterator[Database]:
    """A database with one table that is only ever written in pairs."""
    path = tmp_path / "notes.db"
    connection = sqlite3.connect(path)
    connection.execute("create table note (pair integer not null, text text)")
    connection.close()
    opened = await Database.open(path)
    yield opened
    await opened.close()


async def write_pair(notes: Database, pair: int, text: str = "") -> None:
    async with notes.writing() as connection:
        for _ in range(2):
            await connection.execute("insert into note values (?, ?)", (pair, text))


async def pairs(notes: Database) -> dict[int, int]:
    async with notes.reading() as connection:
        return dict(await connection.execute_fetchall("select pair, count(*) from note group by pair"))


async def test_an_error_undoes_the_whole_transaction(notes: Database) -> None:
    async def fail() -> None:
        async with notes.writing() as connection:
            await connection.execute("insert into note values (1, '')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    await write_pair(notes, 2)
    assert await pairs(notes) == {2: 2}


async def test_a_cancelled_task_leaves_nothing_half_done(notes: Database) -> None:
    """Cancelled at every moment, once or twice, with others waiting for the lock."""
    chance = random.Random(4)  # noqa: S311
    for round_ in range(150):
        tasks = [asyncio.create_task(write_pair(notes, round_ * 10 + number)) for number in range(4)]
        for _ in range(chance.randrange(12)):
            await asyncio.sleep(0 if chance.random() < 0.5 else 0.0001)
        for task in chance.sample(tasks, 2):
            task.cancel()
            if chance.random() < 0.5:
                await asyncio.sleep(0)
                task.cancel()
        done = await asyncio.gather(*tasks, return_exceptions=True)
        kept = await pairs(notes)
        assert set(kept.values()) <= {2}
        assert all(round_ * 10 + number in kept for number in range(4) if done[number] is None)
    async with asyncio.timeout(30):
        await write_pair(notes, -1)
    assert (await pairs(notes))[-1] == 2


async def test_what_was_written_is_seen_by_the_next_read(notes: Database) -> None:
    """Also while others are reading."""

    async def read_a_lot() -> None:
        while True:
            await pairs(notes)

    readers = [asyncio.create_task(read_a_lot()) for _ in range(4)]
    try:
        for pair in range(100):
            await write_pair(notes, pair)
            assert pair in await pairs(notes)
    finally:
        for reader in readers:
            reader.cancel()
        await asyncio.gather(*readers, return_exceptions=True)


async def test_while_many_rows_are_read_others_get_their_turn(notes: Database) -> None:
    """Three years of somebody's diary are some two thousand rows."""
    turn, seen = 0, []

    async def others() -> None:
        nonlocal turn
        while True:
            await asyncio.sleep(0)
            turn += 1

    many = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000) select i from n;"
    busy = asyncio.create_task(others())
    numbers = await notes.records(lambda row: seen.append(turn) or row["i"], SimpleNamespace(sql=many))
    busy.cancel()

    assert numbers == list(range(1, 2001))
    assert max(map(seen.count, set(seen))) == engine.YIELD_EVERY  # so many at a time, and no more


async def test_reading_cannot_write(notes: Database) -> None:
    with pytest.raises(Unwritable):
        async with notes.reading() as connection:
            await connection.execute("insert into note values (1, '')")


async def test_another_writer_is_waited_for_and_then_named(notes: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BUSY_TIMEOUT", 0.05)
    other = await Database.open(notes.path)
    async with notes.writing() as connection:
        await connection.execute("delete from note")
        with pytest.raises(InUse, match=r"notes\.db is in use.*Stop it, then try again"):
            await write_pair(other, 1)
    await write_pair(other, 2)
    assert await pairs(notes) == {2: 2}
    await other.close()


async def test_a_full_disk_loses_nothing_that_was_saved(notes: Database) -> None:
    await write_pair(notes, 1)
    async with notes.writing() as connection:
        await connection.execute("pragma max_page_count = 3")
    with pytest.raises(DiskFull, match="Free some space"):
        await write_pair(notes, 2, "x" * 10_000)
    assert await pairs(notes) == {1: 2}
    async with notes.writing() as connection:
        await connection.execute("pragma max_page_count = 1000")
    await write_pair(notes, 3, "x" * 10_000)
    assert await pairs(notes) == {1: 2, 3: 2}


async def test_a_rewritten_file_has_no_trace_and_no_log(notes: Database) -> None:
    await write_pair(notes, 1, "canary" * 1000)
    await write_pair(notes, 2)
    async with notes.writing() as connection:
        await connection.execute("delete from note where pair = 1")
    assert await notes.rewrite()
    log = notes.path.with_name("notes.db-wal")
    assert log.stat().st_size == 0
    assert b"canary" not in notes.path.read_bytes()
    assert await pairs(notes) == {2: 2}


async def test_every_connection_is_as_careful_as_it_says(notes: Database) -> None:
    async with notes.writing() as connection:
        values = {
            name: next(iter(await connection.execute_fetchall(f"pragma {name}")))[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        }
    assert values == {
        "journal_mode": "wal",
        "synchronous": 2,  # full
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 5000,
    }


async def test_a_file_of_an_older_limber_learns_to_give_pages_back(tmp_path: Path) -> None:
    notes = tmp_path / "notes.db"
    with closing(sqlite3.connect(notes)) as connection, connection:
        connection.execute("create table note (pair integer, text text)")
    await (await Database.open(notes)).close()
    with closing(sqlite3.connect(notes)) as connection:
        assert connection.execute("pragma auto_vacuum").fetchone() == (INCREMENTAL,)


async def test_where_there_is_no_room_to_learn_it_the_bot_starts_and_cleans_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    execute = aiosqlite.Connection.execute

    def no_room(connection: aiosqlite.Connection, sql: str, *parameters: object) -> object:
        if sql == "vacuum":
            raise sqlite3.OperationalError("database or disk is full")
        return execute(connection, sql, *parameters)

    monkeypatch.setattr(aiosqlite.Connection, "execute", no_room)
    path = tmp_path / "notes.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("create table note (pair integer, text text)")
    opened = await Database.open(path)
    await write_pair(opened, 1, "canary" * 9000)
    async with opened.writing() as writer:
        await writer.execute("delete from note")
    assert await opened.release()
    assert b"canary" not in path.read_bytes()
    await opened.close()
