"""What `/history` does before anything is drawn, for a person with three years of check-ins; and who waits meanwhile.

A real data folder with some two thousand check-ins: two on nine days of ten, all of one area or of a few by turns, some
with a note. Timed are the steps of the command in their order: the time zone and reading with unsealing, the look back
with its trends, and what the card and the picture are made of. `stall` is the longest time for which the event loop did
not come round although it had something to do, the median and the worst of all runs: so long everybody else waits. It
is measured by a task that wants to run every millisecond; what it finds while nothing is done is the machine's own.

Beside it the other views that open the whole diary: the list of one's check-ins, `/privacy show`, `/privacy export`.

    python benchmarks/history.py --runs 20 --areas 1 --profile
"""

import argparse
import asyncio
import cProfile
import gc
import pstats
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

import uvloop

from benchmarks.chart import watched
from bot.checkins.days import Lookback, from_when, look_back
from bot.checkins.diary import Diary, OpenDiary
from bot.checkins.models import CheckIn, NewSign, PainTiming, Side
from bot.checkins.person_diary import Terms
from bot.cli.serving import SWITCH_INTERVAL
from bot.ids import new_id
from bot.privacy import PrivacyService, archive
from bot.settings import CONTENT, Settings
from bot.storage.storage import Storage, open_storage
from bot.ui.cards import diary as diary_cards
from bot.ui.cards import history as cards
from bot.ui.cards.history import View
from bot.ui.locales import Locales, LocalizedContent

ANA = 1_100_000_000_000_000_001
NOW = datetime(2026, 11, 20, 19, 30, tzinfo=UTC)
YEARS = 3 * 365  # days
AREAS = ("hip", "knee", "achilles")
RANGES = (28, 90, 365, 3 * 366)  # days: what the buttons offer, and the most `/history` takes
NOTE = "Longer warm-up today, and a softer shoe. It was there in the first kilometre and then it went away."


class Still:
    """Time that stands still."""

    def now(self) -> datetime:
        return NOW


def made_up(chance: Random, areas: int) -> list[CheckIn]:
    """Three years, the areas taking turns every four months."""
    found = []
    for ago in range(YEARS):
        area = AREAS[ago // 120 % areas]
        for _ in range(2 if chance.random() < 0.9 else 0):
            at = NOW - timedelta(days=ago, minutes=chance.randrange(1, 14 * 60))
            pain = chance.randrange(7)
            ran = chance.random() < 0.4
            found.append(
                CheckIn(
                    id=new_id(),
                    at=at,
                    area=area,
                    pain=pain,
                    side=Side.LEFT,
                    moments=frozenset({PainTiming.RUNNING, PainTiming.MORNING}) if ran else frozenset(),
                    worst=pain + 1,
                    during=pain + 2 if ran else None,
                    new=frozenset({NewSign.SWELLING}) if chance.random() < 0.02 else frozenset(),
                    note=NOTE if chance.random() < 0.3 else None,
                )
            )
    return found


def as_limber_runs() -> None:
    """What stays is frozen, and no thread keeps the loop waiting for long."""
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(SWITCH_INTERVAL)


@asynccontextmanager
async def filled(areas: int) -> AsyncIterator[tuple[Storage, Diary]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings(data=folder / "data", key_file=folder / "host.key")
        async with await open_storage(settings) as storage:
            diary = OpenDiary(storage, Still(), Terms())
            await diary.agree(ANA)
            for entry in made_up(Random(7), areas):  # noqa: S311  # not a secret: the same diary in every run
                await (await diary.of(ANA)).keep(entry)
            yield storage, diary


class Timed:
    """The steps of `/history`, each with its seconds, run after run."""

    def __init__(self, diary: Diary, localized: LocalizedContent, days: int) -> None:
        self._diary = diary
        self._edition = localized
        self._view = View(None, days)
        self.seconds: dict[str, list[float]] = {}
        self.read = self.points = 0

    async def run(self) -> None:
        begun = perf_counter()
        diary = await self._diary.of(ANA)
        kept = await diary.checkins(from_when(NOW, self._view.days))
        begun = self._took("read", begun)
        found = await asyncio.to_thread(look_back, kept, diary.zone, NOW, self._view.days, self._view.area)
        begun = self._took("look back", begun)
        self._shown(found)
        self._took("card", begun)
        self.read, self.points = len(kept), sum(len(one.days) for one in found.areas)

    def _shown(self, found: Lookback) -> None:
        library, words = self._edition.library, self._edition.words
        cards.history(library, found, self._view, "0" * 16, words).to_components()
        cards.picture(library, found, self._view, words)

    def _took(self, step: str, begun: float) -> float:
        now = perf_counter()
        self.seconds.setdefault(step, []).append(now - begun)
        return now

    def __str__(self) -> str:
        steps = [median(taken) * 1000 for taken in self.seconds.values()]
        return "".join(f"{step:>12.1f}" for step in (*steps, sum(steps)))


async def stalls(work: Callable[[], Awaitable[None]], runs: int) -> list[float]:
    """The longest stall of each run, in seconds."""
    found = []
    for _ in range(runs):
        async with watched() as stall:
            await work()
            await asyncio.sleep(0.005)
        found.append(stall.longest)
    return found


def shown(found: list[float]) -> str:
    return f"{median(found) * 1000:>12.1f}{max(found) * 1000:>12.1f}"


async def main(runs: int, areas: int, *, profile: bool) -> None:
    localized = Locales(CONTENT).base
    as_limber_runs()
    async with filled(areas) as (storage, diary):
        print(f"{'/history, ms':<16}{'read':>8}{'days':>8}", end="")
        print("".join(f"{title:>12}" for title in ("read", "look back", "card", "together", "stall", "worst stall")))
        for days in RANGES:
            timed = Timed(diary, localized, days)
            await timed.run()
            timed.seconds.clear()
            stalled = await stalls(timed.run, runs)
            print(f"{f'{days} days':<16}{timed.read:>8}{timed.points:>8}{timed}{shown(stalled)}", flush=True)
        print(f"{'nothing':<80}{shown(await stalls(nothing, runs))}")
        privacy = PrivacyService(diary, storage, Still())
        print(f"\n{'other views, ms':<32}{'together':>12}{'stall':>12}{'worst stall':>12}")
        for name, work in others(diary, privacy, localized).items():
            await work()
            begun = perf_counter()
            stalled = await stalls(work, runs)
            print(f"{name:<32}{(perf_counter() - begun) / runs * 1000:>12.1f}{shown(stalled)}", flush=True)
        if profile:
            await profiled(Timed(diary, localized, RANGES[-1]))


async def nothing() -> None:
    await asyncio.sleep(0.1)


def others(
    diary: Diary, privacy: PrivacyService, localized: LocalizedContent
) -> dict[str, Callable[[], Awaitable[None]]]:
    async def listed() -> None:
        of_ana = await diary.of(ANA)
        found, zone = await of_ana.checkins(), of_ana.zone
        diary_cards.entries(localized.library, found, 0, zone, localized.words).to_components()

    async def counted() -> None:
        await privacy.inventory(ANA)

    async def copied() -> None:
        everything = await privacy.everything(ANA)
        assert everything
        await asyncio.to_thread(archive, everything)

    return {"Your check-ins": listed, "/privacy show": counted, "/privacy export": copied}


async def profiled(timed: Timed) -> None:
    with cProfile.Profile() as profile:
        await timed.run()
    print()
    pstats.Stats(profile).sort_stats("tottime").print_stats(12)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--areas", type=int, default=1, choices=range(1, len(AREAS) + 1))
    parser.add_argument("--profile", action="store_true", help="show where the longest range spends its time")
    chosen = parser.parse_args()
    uvloop.run(main(chosen.runs, chosen.areas, profile=chosen.profile))
