"""What several write at about the same time: one transaction, in which nobody's failure is another's."""

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from typing import NoReturn

import pytest

from bot.storage.database import Database
from bot.storage.errors import DiskFull, Duplicate, InUse, UnknownPerson
from bot.storage.people import People, Records
from bot.storage.schema import upgrade
from bot.storage.sql import load
from tests.storage.given import ANA, NOON, record

LIMITED = 40  # pages


@pytest.fixture
async def files(tmp_path) -> AsyncIterator[Database]:
    """limber.db alone."""
    path = tmp_path / "limber.db"
    upgrade(path, path.name)
    opened = await Database.open(path)
    await People(opened).consent(ANA, 1, NOON)
    yield opened
    await opened.close()


def named(number: int) -> str:
    return f"{number:032}"


async def kept(files: Database) -> set[str]:
    return {found.id for found in await Records(files).of_person(ANA)}


async def test_what_waits_is_one_transaction(files: Database) -> None:
    commits: list[str] = []
    async with files.writing() as connection:
        await connection.set_trace_callback(lambda sql: commits.append(sql) if sql.lower() == "commit" else None)
        waiting = [asyncio.create_task(Records(files).add(record(named(number)))) for number in range(20)]
        await asyncio.sleep(0)
    await asyncio.gather(*waiting)
    assert await kept(files) == set(map(named, range(20)))
    assert len(commits) == 1


async def test_one_that_fails_takes_no_other_with_it(files: Database) -> None:
    records = Records(files)
    await records.add(record(named(3)))
    several = [record(named(number)) for number in range(6)] + [record(named(9), person=7)]
    done = await asyncio.gather(*map(records.add, several), return_exceptions=True)
    assert [type(each) for each in done if each is not None] == [Duplicate, UnknownPerson]
    assert await kept(files) == set(map(named, range(6)))


@pytest.mark.parametrize(("error", "transactions"), [(UnknownPerson, 1), (ZeroDivisionError, 3)])
async def test_who_looks_and_then_writes_nothing_takes_no_other_with_it(
    files: Database, error: type[Exception], transactions: int
) -> None:
    def refused(_row: object) -> NoReturn:
        raise error

    commits: list[str] = []
    find, whom = load("people").find, {"person": ANA}
    async with files.writing() as connection:
        await connection.set_trace_callback(lambda sql: commits.append(sql) if sql.lower() == "commit" else None)
        waiting = [asyncio.create_task(Records(files).add(record(named(number)))) for number in range(3)]
        waiting.insert(1, asyncio.create_task(files.execute_after(find, whom, refused)))
        await asyncio.sleep(0)
    done = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(each) for each in done] == [type(None), error, type(None), type(None)]
    assert await kept(files) == set(map(named, range(3)))
    assert len(commits) == transactions


async def test_a_full_disk_is_told_to_whom_it_concerns(files: Database) -> None:
    async with files.writing() as connection:
        await connection.execute_fetchall(f"pragma max_page_count = {LIMITED}")
    large = record(named(0), sealed=bytes(4096 * LIMITED))
    done = await asyncio.gather(*map(Records(files).add, [large, record(named(1))]), return_exceptions=True)
    assert [type(each) for each in done] == [DiskFull, type(None)]
    assert await kept(files) == {named(1)}


async def test_for_another_process_that_writes_all_wait_once(files: Database) -> None:
    begun: list[str] = []
    async with files.writing() as connection:
        await connection.execute_fetchall("pragma busy_timeout = 0")
        await connection.set_trace_callback(lambda sql: begun.append(sql) if sql.lower().startswith("begin") else None)
    several = [record(named(number)) for number in range(5)]
    with closing(sqlite3.connect(files.path)) as other:
        other.execute("begin immediate")
        done = await asyncio.gather(*map(Records(files).add, several), return_exceptions=True)
    assert [type(each) for each in done] == [InUse] * 5
    assert len(begun) == 1
    assert await kept(files) == set()
    await asyncio.gather(*map(Records(files).add, several))
    assert len(await kept(files)) == 5


async def test_who_leaves_before_their_turn_has_written_nothing_and_who_was_told_is_kept(files: Database) -> None:
    chance = random.Random(5)  # noqa: S311
    for round_ in range(60):
        tasks = [asyncio.create_task(Records(files).add(record(named(round_ * 10 + number)))) for number in range(5)]
        if early := chance.random() < 0.5:
            tasks[0].cancel()
        for _ in range(chance.randrange(6)):
            await asyncio.sleep(0)
        tasks[1].cancel()
        done = await asyncio.gather(*tasks, return_exceptions=True)
        found = await kept(files)
        assert all(named(round_ * 10 + number) in found for number in range(5) if done[number] is None)
        assert done[2:] == [None] * 3
        if early:
            assert named(round_ * 10) not in found


async def test_who_writes_as_the_loop_ends_does_not_wait_for_ever(files: Database) -> None:
    ours = asyncio.all_tasks()

    async def hold() -> None:
        async with files.writing():
            await asyncio.Event().wait()

    async def write(number: int) -> None:
        try:
            await Records(files).add(record(named(number)))
        finally:
            await Records(files).add(record(named(10 + number)))

    holder = asyncio.create_task(hold())
    await asyncio.sleep(0)
    tasks = [holder, *(asyncio.create_task(write(number)) for number in range(3))]
    await asyncio.sleep(0)
    for task in asyncio.all_tasks() - ours:  # as `asyncio.run` does in the end
        task.cancel()
    async with asyncio.timeout(10):
        done = await asyncio.gather(*tasks, return_exceptions=True)
    assert {type(each) for each in done} == {asyncio.CancelledError}
    await Records(files).add(record(named(5)))
    assert named(5) in await kept(files)
