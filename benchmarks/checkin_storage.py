"""The storage call of a check-in, sealing included, against a bare insert through aiosqlite, side by side.

Both write to tables of the same schema with the same pragmas (WAL, synchronous = full, foreign keys, secure_delete),
one durable transaction each. The bare one keeps the plain JSON, ours seals it. They take turns, a round each, in one
process, on a real disk. Asked in two ways: one after the other, and sixteen people at once. In the second the bare one
takes a lock, as ours does: without it, tasks that share a connection share transactions, and one's rollback takes
what another has just written.

Last, what `/history` reads: three years of daily check-ins of one person, opened.

    python benchmarks/checkin_storage.py --count 4000
"""

import argparse
import asyncio
import secrets
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

import aiosqlite
import uvloop

from bot.settings import Settings
from bot.storage.database import WRITER_PRAGMAS
from bot.storage.people import Record, RecordKind
from bot.storage.storage import Storage, open_storage
from bot.storage.vault import associated_data_of

PERSON = 1_100_000_000_000_000_001
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
PLAIN = b'{"id":"%b","at":"2026-03-02T12:00:00Z","area":"hip","pain":4,"side":"left","moments":["running"],"new":[]}'
INSERT = "insert into record (id, person_id, kind, at, sealed) values (?, ?, ?, ?, ?)"
ROUND = 200
AT_ONCE = 16
DAYS = 3 * 365

Write = Callable[[], Awaitable[None]]


async def one_by_one(write: Write) -> None:
    for _ in range(ROUND):
        await write()


async def at_once(write: Write) -> None:
    async def some() -> None:
        for _ in range(ROUND // AT_ONCE):
            await write()

    await asyncio.gather(*(some() for _ in range(AT_ONCE)))


async def measure(count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings(data=folder / "data", key_file=folder / "host.key")
        async with await open_storage(settings) as storage, aiosqlite.connect(folder / "bare.db") as connection:
            await storage.consent(PERSON, 1, NOW)
            for pragma in WRITER_PRAGMAS:
                await connection.execute_fetchall(f"pragma {pragma}")
            tables = (Path(__file__).parent.parent / "bot/storage/migrations/limber").glob("*.sql")
            for table in sorted(tables):
                await connection.executescript(table.read_text(encoding="utf-8"))
            await connection.execute("insert into person values (?, 0, 1, null, 0)", (PERSON,))
            await connection.commit()

            lock = asyncio.Lock()

            async def bare() -> None:
                record_id = secrets.token_hex(16)
                row = (record_id, PERSON, "checkin", 0, PLAIN % record_id.encode())
                async with lock:
                    await connection.execute(INSERT, row)
                    await connection.commit()

            async def limber() -> None:
                record_id = secrets.token_hex(16)
                sealed = await storage.vault.seal(
                    PERSON, PLAIN % record_id.encode(), associated_data_of(RecordKind.CHECKIN, record_id)
                )
                await storage.records.add(Record(record_id, PERSON, RecordKind.CHECKIN, NOW, sealed))

            for way in (one_by_one, at_once):
                report(way.__name__.replace("_", " "), await turns(way, {"bare": bare, "limber": limber}, count))

            print(f"history      {await history(storage) * 1000:.1f} ms for {DAYS} check-ins read and opened")


async def history(storage: Storage) -> float:
    """Seconds, the median of twenty."""
    first = NOW + timedelta(days=1)
    for day in range(DAYS):
        record_id, at = secrets.token_hex(16), first + timedelta(days=day)
        sealed = await storage.vault.seal(
            PERSON, PLAIN % record_id.encode(), associated_data_of(RecordKind.CHECKIN, record_id)
        )
        await storage.records.add(Record(record_id, PERSON, RecordKind.CHECKIN, at, sealed))
    taken = []
    for _ in range(20):
        started = perf_counter()
        records = await storage.records.between(PERSON, RecordKind.CHECKIN, first, first + timedelta(days=DAYS))
        opened = [await storage.vault.unseal(PERSON, r.sealed, associated_data_of(r.kind, r.id)) for r in records]
        taken.append(perf_counter() - started)
        assert len(opened) == DAYS
    return median(taken)


async def turns(
    way: Callable[[Write], Awaitable[None]], contenders: dict[str, Write], count: int
) -> dict[str, list[float]]:
    """Rates, a round each in turn; the first round warms up."""
    rates: dict[str, list[float]] = {name: [] for name in contenders}
    order = list(contenders)
    for _ in range(count // ROUND + 1):
        for name in order:
            started = perf_counter()
            await way(contenders[name])
            rates[name].append(ROUND / (perf_counter() - started))
        order.append(order.pop(0))
    return {name: found[1:] for name, found in rates.items()}


def report(title: str, rates: dict[str, list[float]]) -> None:
    ratios = [mine / theirs for mine, theirs in zip(rates["limber"], rates["bare"], strict=True)]
    shown = "".join(f"{name}: {median(found):>7.0f} /s   " for name, found in rates.items())
    print(
        f"{title:<12} {shown} limber / bare: {median(ratios):.2f}  (rounds from {min(ratios):.2f} to {max(ratios):.2f})"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=4000, help="check-ins for each, each way")
    uvloop.run(measure(parser.parse_args().count))
