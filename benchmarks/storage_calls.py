"""Storage calls on PostgreSQL against bare asyncpg: the same statements, side by side in one process.

All wait for the disk, with the same settings. The first bare one hands on asyncpg's rows as they come, and writes one
row of its own accord. The second is bare and does what ours does: it makes the same objects of the rows, and forgets
the summary with each entry, when it is its turn. Both share one connection by a lock, which costs less than asyncpg's
pool. The server runs on this machine, on a socket, so that there is nearly no way to hide a cost in. They take turns,
a round each.

    python -m benchmarks.storage_calls --rounds 20
"""

import argparse
import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from statistics import median
from time import perf_counter
from typing import Any

import uvloop

from bot.storage.people import People, Person, Record, RecordKind, Records
from bot.storage.postgres import PostgresDatabase, connect
from bot.storage.postgres_session import WRITING, numbered
from bot.storage.sql import EPOCH, load, to_column
from tests.storage.given import ANA, DAY, NOON
from tests.support.postgres import postgres

CALLS = 200  # of one round
AT_ONCE = 16
DAYS = 40
SEALED = bytes(180)
MICROSECOND = timedelta.resolution
PERIOD = (ANA, "checkin", to_column(NOON), to_column(NOON + DAYS * DAY))
FIND, _ = numbered(load("people").find.sql)
BETWEEN, _ = numbered(load("records").between.sql)
ADD, _ = numbered(load("records").add.sql)
FORGET, _ = numbered(load("records").forget_summary.sql)

Call = Callable[[], Awaitable[object]]


async def one_by_one(call: Call) -> None:
    for _ in range(CALLS):
        await call()


async def at_once(call: Call) -> None:
    async def some() -> None:
        for _ in range(CALLS // AT_ONCE):
            await call()

    await asyncio.gather(*(some() for _ in range(AT_ONCE)))


class Bare:
    """What somebody writes who has asyncpg alone."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._lock = asyncio.Lock()

    async def find(self) -> Any:
        async with self._lock:
            return await self._connection.fetchrow(FIND, ANA)

    async def between(self) -> Any:
        async with self._lock:
            return await self._connection.fetch(BETWEEN, *PERIOD)

    async def add(self) -> None:
        async with self._lock:
            await self._connection.execute(
                "insert into record (id, person_id, kind, at, sealed) values ($1, $2, $3, $4, $5)",
                *(secrets.token_hex(16), ANA, "assessment", 0, SEALED),
            )


class Equal(Bare):
    """The same, until it has done what ours does."""

    async def find(self) -> Person:
        row = await super().find()
        return Person(
            row["id"],
            EPOCH + row["consented_at"] * MICROSECOND,
            row["consent_version"],
            row["zone"],
            EPOCH + row["last_used"] * MICROSECOND,
            bool(row["mornings"]),
            row["summary"],
            row["summary_version"],
        )

    async def between(self) -> list[Record]:
        return [
            Record(row["id"], row["person_id"], RecordKind(row["kind"]), EPOCH + row["at"] * MICROSECOND, row["sealed"])
            for row in await super().between()
        ]

    async def add(self) -> None:
        async with self._lock, self._connection.transaction():
            await self._connection.execute(f"select pg_advisory_xact_lock({WRITING})")
            await self._connection.execute(ADD, secrets.token_hex(16), "assessment", 0, SEALED, ANA, None)
            await self._connection.execute(FORGET, ANA)


class Limber:
    """The same through the repositories."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._people, self._records = People(database), Records(database)

    async def find(self) -> object:
        return await self._people.find(ANA)

    async def between(self) -> object:
        return await self._records.between(ANA, RecordKind.CHECKIN, NOON, NOON + DAYS * DAY)

    async def add(self) -> None:
        await self._records.add(Record(secrets.token_hex(16), ANA, RecordKind.ASSESSMENT, NOON, SEALED))


async def measure(rounds: int) -> None:
    server = await postgres()
    await server.wait_for_the_disk()
    url = (await server.pair()).database
    database, connection = await PostgresDatabase.open(url), await connect(url)
    await People(database).consent(ANA, 1, NOON)
    for day in range(DAYS):
        await Records(database).add(
            Record(secrets.token_hex(16), ANA, RecordKind.CHECKIN, NOON + timedelta(days=day), SEALED)
        )
    everybody = Bare(connection), Equal(connection), Limber(database)
    for name in ("find", "between", "add"):
        for way in (one_by_one, at_once):
            title = f"{name}, {way.__name__.replace('_', ' ')}"
            report(title, await turns(way, [getattr(each, name) for each in everybody], rounds))
    await database.close()
    await connection.close()


async def turns(way: Callable[[Call], Awaitable[None]], calls: Sequence[Call], rounds: int) -> list[list[float]]:
    """Milliseconds a call, a round each in turn; the first round warms up."""
    taken: list[list[float]] = [[] for _ in calls]
    order = [*enumerate(calls)]
    for _ in range(rounds + 1):
        for number, call in order:
            started = perf_counter()
            await way(call)
            taken[number].append((perf_counter() - started) * 1000 / CALLS)
        order.reverse()
    return [found[1:] for found in taken]


def report(title: str, taken: list[list[float]]) -> None:
    """The median round, and the quickest, which others on the machine disturbed least."""
    for name, pick in (("median", median), ("quickest", min)):
        bare, equal, limber = map(pick, taken)
        print(
            f"{title:<20} {name:<9} bare {bare:.3f} ms, doing the same {equal:.3f} ms, limber {limber:.3f} ms: "
            f"{bare / limber:.2f}x as fast as bare, {equal / limber:.2f}x doing the same"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20, help="of 200 calls each, for each call and way")
    uvloop.run(measure(parser.parse_args().rounds))
