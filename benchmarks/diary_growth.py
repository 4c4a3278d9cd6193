"""What an entry of a diary costs when there are ten, a thousand or ten thousand of the same person, on both engines.

Asked are: to add one, sealing included; to read and open the last 40; and to read and open all, for each. Medians.

    python -m benchmarks.diary_growth --engine sqlite postgresql
"""

import argparse
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

import uvloop

from bot.settings import Settings
from bot.storage.people import RecordKind
from bot.storage.storage import Storage, open_storage
from tests.storage.given import ANA, DAY, MINUTE, NOON, hosted, keep, opened
from tests.support.postgres import postgres

ENTRIES = (10, 1_000, 10_000)
LAST = 40
TIMES = 30
PLAIN = b'{"id":"","at":"2026-03-02T12:00:00Z","area":"hip","pain":4,"side":"left","moments":["running"],"new":[]}'


async def sqlite(folder: Path) -> Settings:
    return hosted(folder)


async def postgresql(folder: Path) -> Settings:
    server = await postgres()
    await server.wait_for_the_disk()
    return hosted(folder).on(await server.pair())


async def timed(ask: Callable[[], Awaitable[object]], times: int = TIMES) -> float:
    """Milliseconds, the median."""
    taken = []
    for _ in range(times):
        started = perf_counter()
        await ask()
        taken.append((perf_counter() - started) * 1000)
    return median(taken)


async def measure(host: Settings, engine: str) -> None:
    async with await open_storage(host) as storage:
        await storage.consent(ANA, 1, NOON)
        written = 0
        for entries in ENTRIES:
            while written < entries:
                await add(storage, written)
                written += 1
            last = await timed(partial(read, storage, entries - LAST))
            every = await timed(partial(read, storage, 0), 5) / entries

            async def one_more() -> None:
                nonlocal written
                await add(storage, written)
                written += 1

            added = await timed(one_more)
            print(
                f"{engine:<10} {entries:>6,} entries: add one {added:.2f} ms   the last {LAST} {last:.2f} ms   "
                f"all, each {every:.4f} ms",
                flush=True,
            )


async def add(storage: Storage, number: int) -> None:
    await keep(storage, ANA, f"{number:032x}", PLAIN, at=NOON + number * MINUTE)


async def read(storage: Storage, first: int) -> None:
    until = NOON + 100 * DAY
    for record in await storage.records.between(ANA, RecordKind.CHECKIN, NOON + max(first, 0) * MINUTE, until):
        await opened(storage, record)


ENGINES = {"sqlite": sqlite, "postgresql": postgresql}


async def main(engines: Sequence[str]) -> None:
    for engine in engines:
        with tempfile.TemporaryDirectory() as name:
            await measure(await ENGINES[engine](Path(name)), engine)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", nargs="+", choices=[*ENGINES], default=[*ENGINES])
    uvloop.run(main(parser.parse_args().engine))
