"""Storage calls on PostgreSQL against bare asyncpg: the same statements, side by side in one process.

The bare one has a connection with the same settings and waits for the disk as ours does; it neither makes objects of
rows nor takes turns with writers of other processes. The server runs on this machine, on a socket, so that there is
nearly no way to hide a cost in. They take turns, a round each.

    python -m benchmarks.storage_calls --rounds 20
"""

import argparse
import asyncio
import secrets
from collections.abc import Awaitable, Callable
from datetime import timedelta
from statistics import median
from time import perf_counter

import asyncpg
import uvloop

from bot.storage.people import People, Record, RecordKind, Records
from bot.storage.postgres import PostgresDatabase, connect
from bot.storage.sql import to_column
from tests.storage.given import ANA, DAY, NOON
from tests.support.postgres import postgres

CALLS = 200  # of one round
AT_ONCE = 16
DAYS = 40
SEALED = bytes(180)

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

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection
        self._lock = asyncio.Lock()

    async def find(self) -> object:
        async with self._lock:
            return await self._connection.fetchrow("select * from person where id = $1", ANA)

    async def between(self) -> object:
        async with self._lock:
            return await self._connection.fetch(
                "select * from record where person_id = $1 and kind = $2 and at >= $3 and at < $4 order by at, id",
                *(ANA, "checkin", to_column(NOON), to_column(NOON + DAYS * DAY)),
            )

    async def add(self) -> None:
        async with self._lock:
            await self._connection.execute(
                "insert into record (id, person_id, kind, at, sealed) values ($1, $2, $3, $4, $5)",
                *(secrets.token_hex(16), ANA, "assessment", 0, SEALED),
            )


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
    bare, limber = Bare(connection), Limber(database)
    for name in ("find", "between", "add"):
        for way in (one_by_one, at_once):
            title = f"{name}, {way.__name__.replace('_', ' ')}"
            report(title, await turns(way, getattr(bare, name), getattr(limber, name), rounds))
    await database.close()
    await connection.close()


async def turns(way: Callable[[Call], Awaitable[None]], bare: Call, limber: Call, rounds: int) -> list[list[float]]:
    """Milliseconds a call, a round each in turn; the first round warms up."""
    taken: list[list[float]] = [[], []]
    order = [0, 1]
    for _ in range(rounds + 1):
        for one in order:
            started = perf_counter()
            await way((bare, limber)[one])
            taken[one].append((perf_counter() - started) * 1000 / CALLS)
        order.reverse()
    return [found[1:] for found in taken]


def report(title: str, taken: list[list[float]]) -> None:
    theirs, ours = taken
    ratios = [bare / limber for bare, limber in zip(theirs, ours, strict=True)]
    print(
        f"{title:<22} bare {median(theirs):.3f} ms   limber {median(ours):.3f} ms   "
        f"{median(ratios):.2f}x  (rounds from {min(ratios):.2f} to {max(ratios):.2f})"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20, help="of 200 calls each, for each call and way")
    uvloop.run(measure(parser.parse_args().rounds))
