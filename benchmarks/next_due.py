"""What the worker asks of the database before it sleeps, with a million schedules in it.

Every schedule is of a person of its own, the times spread over a day as people choose them: most on the quarter hours
of morning and evening. Asked are: what there is to do, and when the next is; which are due now (a chunk of 200); and,
with 100,000 waiting, whose turn it is (a claim of 48). Median and the slowest of 200, each through the repositories,
event loop and all, on a real disk.

    python benchmarks/next_due.py --count 1000000
"""

import argparse
import asyncio
import json
import sqlite3
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

import uvloop

from bot.storage.database import Database
from bot.storage.lease import DELIVERY, Leases
from bot.storage.occurrences import Occurrences
from bot.storage.reminders import Reminders
from bot.storage.schema import upgrade
from bot.storage.sql import to_column

NOW = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
TIMES = 200
WAITING = 100_000
SCHEDULE = json.dumps({"version": 1, "at": "07:30", "weekdays": [0, 1, 2, 3, 4], "zone": "Europe/London"})
REMINDER = (
    "insert into reminder (id, person_id, channel_id, kind, schedule, zone, state, next_due, sealed, ignored,"
    " created_at, version) values (?, ?, ?, 'checkin', ?, 'Europe/London', ?, ?, ?, 0, 0, 1)"
)
OCCURRENCE = (
    "insert into occurrence (id, reminder_id, local_at, due_at, state, owner, turn, give_up, not_before, attempt)"
    " values (?, ?, '2026-03-02T07:30', ?, 'pending', ?, ?, ?, ?, 0)"
)


def fill(path: Path, count: int, waiting: int) -> None:
    """A file with so many reminders, and so many occurrences in the queue."""
    upgrade(path, "limber.db")
    chance = Random(1)  # noqa: S311
    now, day = to_column(NOW), 24 * 60
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("pragma synchronous = off")
        people = ((person, now, 1, "Europe/London", now) for person in range(count))
        connection.executemany("insert into person values (?, ?, ?, ?, ?)", people)
        rows = (
            (
                f"{chance.getrandbits(128):032x}",
                person,
                person,
                SCHEDULE,
                "active" if person % 10 else "paused",
                now + chance.randrange(1, day // 15) * 15 * 60_000_000,
                chance.randbytes(540),
            )
            for person in range(count)
        )
        connection.executemany(REMINDER, rows)
        found = connection.execute("select id, person_id from reminder limit ?", (waiting,)).fetchall()
        queued = ((f"{id_[:24]}", id_, now, person, now, now + 1, now) for id_, person in found)
        connection.executemany(OCCURRENCE, queued)


async def timed(ask: Callable[[], Awaitable[object]]) -> tuple[float, float]:
    """Milliseconds: the median, and the slowest."""
    taken = []
    for _ in range(TIMES):
        started = perf_counter()
        await ask()
        taken.append((perf_counter() - started) * 1000)
    return median(taken), max(taken)


async def measure(count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "limber.db"
        started = perf_counter()
        await asyncio.to_thread(fill, path, count, min(count, WAITING))
        size = path.stat().st_size / 2**20
        print(f"{count:,} reminders, {size:,.0f} MB, made in {perf_counter() - started:.0f} s")
        database = await Database.open(path)
        try:
            await ask_all(database)
        finally:
            await database.close()


async def ask_all(database: Database) -> None:
    reminders, occurrences, leases = Reminders(database), Occurrences(database), Leases(database)
    fence = await leases.take(DELIVERY, "benchmark", NOW + timedelta(days=9), NOW)
    assert fence
    quarter = NOW + timedelta(minutes=15)  # some 10,000 are due then
    asked: dict[str, Callable[[], Awaitable[object]]] = {
        "what is there to do": lambda: occurrences.status(fence, NOW),
        "which are due: none": lambda: reminders.due(NOW, 200),
        "which are due: 200 of many": lambda: reminders.due(quarter, 200),
        "whose turn is it: claim 48": lambda: occurrences.claim(fence, NOW, 48),
    }
    for name, ask in asked.items():
        middle, slowest = await timed(ask)
        print(f"{name:<28} median {middle:6.2f} ms   slowest {slowest:6.2f} ms")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1_000_000, help="schedules")
    uvloop.run(measure(parser.parse_args().count))
