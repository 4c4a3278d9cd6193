"""What the delivery of reminders asks of the database, with up to a million of them in it, on both engines.

Every schedule is of a person of its own, the times spread over a day as people choose them: most on the quarter hours
of morning and evening. Asked are: what there is to do, and when the next is; which are due now (a chunk of 200); with
up to 100,000 waiting, whose turn it is (a claim of 48); and what one reminder costs on its way, due, claimed and
settled, 48 at a time. Each 100 times, what only reads 2,000 times, through the repositories, event loop and all, on a
real disk. The slowest is often the first: a connection to PostgreSQL knows no table and no plan yet. What the machine
adds shows in a row of the smallest table.

    python -m benchmarks.next_due --count 10000 100000 1000000 --engine sqlite postgresql
"""

import argparse
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter
from zoneinfo import ZoneInfo

import asyncpg
import uvloop

from bot.reminders.content import WORDLESS_BLOCK
from bot.schedules.codec import to_stored
from bot.schedules.schedule import Schedule, Weekdays
from bot.storage.database import Database
from bot.storage.engine import Engine
from bot.storage.errors import LIMBER
from bot.storage.lease import DELIVERY, Leases
from bot.storage.occurrences import Advance, Occurrences, OccurrenceState
from bot.storage.postgres import PostgresDatabase
from bot.storage.postgres_schema import upgrade as upgrade_server
from bot.storage.reminders import Reminders
from bot.storage.schema import upgrade
from bot.storage.sql import to_column
from bot.storage.vault import FORMAT, NONCE_LENGTH
from tests.support.postgres import postgres

NOW = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
DAY = timedelta(days=1)
TIMES = 100
READS = 2_000
CLAIM = 48
IDS = range(10**18, 1_300 * 10**15)  # as Discord numbers people and channels
WAITING = 100_000
SEALED = len(FORMAT) + NONCE_LENGTH + WORDLESS_BLOCK + 16  # bytes; the last are AES-GCM's tag
SCHEDULE = to_stored(Schedule(time(7, 30), Weekdays(frozenset(range(5))), ZoneInfo("Europe/London")))
COLUMNS = {
    "person": ("id", "consented_at", "consent_version", "zone", "last_used"),
    "reminder": (
        *("id", "person_id", "channel_id", "kind", "schedule", "zone", "state", "next_due", "sealed", "ignored"),
        *("created_at", "version"),
    ),
    "occurrence": (
        *("id", "reminder_id", "local_at", "due_at", "state", "owner", "turn", "give_up", "not_before", "attempt"),
    ),
}

Rows = Iterator[tuple[object, ...]]


def tables(count: int) -> Iterator[tuple[str, Rows]]:
    """So many reminders, each of a person, and up to 100,000 of them in the queue."""
    chance, now = Random(1), to_column(NOW)  # noqa: S311
    names = {f"{chance.getrandbits(128):032x}": chance.choice(IDS) for _ in range(count)}
    yield "person", ((person, now, 1, "Europe/London", now) for person in names.values())
    yield (
        "reminder",
        (
            (
                *(name, person, person + 1, "checkin", SCHEDULE, "Europe/London"),
                "active" if number % 10 else "paused",
                now + chance.randrange(1, 24 * 4) * 15 * 60_000_000,
                *(chance.randbytes(SEALED), 0, now, 1),
            )
            for number, (name, person) in enumerate(names.items())
        ),
    )
    queued = islice(names.items(), WAITING)
    yield (
        "occurrence",
        (
            (name[:24], name, "2026-03-02T07:30", now, "pending", person, now, now + 1, now, 0)
            for name, person in queued
        ),
    )


@asynccontextmanager
async def sqlite(count: int) -> AsyncIterator[tuple[Engine, int]]:
    """A file with so many reminders, and by how many bytes they make it longer."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / LIMBER
        upgrade(path, LIMBER)
        empty, size = path.stat().st_size, 0
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("pragma synchronous = off")
            for table, rows in tables(count):
                size = path.stat().st_size - empty  # before the queue is filled
                marks = ", ".join("?" * len(COLUMNS[table]))
                with connection:
                    connection.executemany(f"insert into {table} ({', '.join(COLUMNS[table])}) values ({marks})", rows)  # noqa: S608
        database = await Database.open(path)
        try:
            yield database, size
        finally:
            await database.close()


@asynccontextmanager
async def postgresql(count: int) -> AsyncIterator[tuple[Engine, int]]:
    """The same on a server."""
    server = await postgres()
    await server.wait_for_the_disk()
    url = await server.empty()
    await upgrade_server(url, LIMBER)
    connection, size = await asyncpg.connect(url), 0
    for table, rows in tables(count):
        if table == "occurrence":
            size = await connection.fetchval(
                "select sum(pg_total_relation_size(name)) from unnest($1::text[]) name", ["person", "reminder"]
            )
        await connection.copy_records_to_table(table, records=rows, columns=COLUMNS[table], timeout=600)
    await connection.execute("vacuum analyze", timeout=600)
    await connection.close()
    database = await PostgresDatabase.open(url)
    try:
        yield database, int(size)
    finally:
        await database.close()


async def timed(ask: Callable[[], Awaitable[object]], times: int) -> tuple[float, float, float]:
    """Milliseconds: the median, the 99th of a hundred, the slowest."""
    taken = []
    for _ in range(times):
        started = perf_counter()
        await ask()
        taken.append((perf_counter() - started) * 1000)
    return median(taken), quantiles(taken, n=100, method="inclusive")[98], max(taken)


async def measure(count: int, engine: str) -> None:
    async with ENGINES[engine](count) as (database, size):
        print(f"\n{engine}, {count:,} reminders: {size / count:,.0f} bytes each, with their person and every index")
        await ask_all(database)


async def ask_all(database: Engine) -> None:
    reminders, occurrences, leases = Reminders(database), Occurrences(database), Leases(database)
    fence = await leases.take(DELIVERY, "benchmark", NOW + 9 * DAY, NOW)
    assert fence
    quarter = NOW + timedelta(minutes=15)  # some 10,000 of a million are due then

    async def delivered() -> None:
        """As the worker does it, without sending."""
        due = await reminders.due(NOW + DAY, CLAIM)
        advances = [Advance(one, f"{one.next_due:%Y-%m-%dT%H:%M}", (one.next_due or NOW) + DAY) for one in due]
        await occurrences.materialize(fence, advances, [], DAY, NOW)
        claimed = await occurrences.claim(fence, NOW + 2 * DAY, CLAIM)
        assert len(due) == len(claimed) == CLAIM
        sent = [replace(one.occurrence, state=OccurrenceState.SENT, settled_at=NOW) for one in claimed]
        await occurrences.settle(fence, sent)

    asked: tuple[tuple[str, Callable[[], Awaitable[object]], int, int], ...] = (
        ("what is there to do, and when next", lambda: occurrences.status(fence, NOW), READS, 1),
        ("one row of one", lambda: leases.find(DELIVERY), READS, 1),
        ("which are due: none", lambda: reminders.due(NOW, 200), READS, 1),
        ("which are due: 200 of many", lambda: reminders.due(quarter, 200), READS, 1),
        (f"one on its way, of {CLAIM} together", delivered, TIMES, CLAIM),
        ("what is there to do, after those", lambda: occurrences.status(fence, NOW), READS, 1),
        (f"whose turn is it: claim {CLAIM}", lambda: occurrences.claim(fence, NOW, CLAIM), TIMES, 1),
    )
    for name, ask, times, together in asked:
        middle, p99, slowest = (each / together for each in await timed(ask, times))
        print(f"{name:<36} median {middle:6.2f} ms   p99 {p99:6.2f} ms   slowest {slowest:6.2f} ms", flush=True)


ENGINES = {"sqlite": sqlite, "postgresql": postgresql}


async def main(counts: Sequence[int], engines: Sequence[str]) -> None:
    for engine in engines:
        for count in counts:
            await measure(count, engine)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, nargs="+", default=[1_000_000], help="reminders")
    parser.add_argument("--engine", nargs="+", choices=[*ENGINES], default=["sqlite"])
    arguments = parser.parse_args()
    uvloop.run(main(arguments.count, arguments.engine))
