"""A chart: how long the first one takes and the ones after it, and whether the bot goes on answering meanwhile.

Drawn by the real renderer: in a process of its own, asked from an event loop, answered with PNG or PDF bytes. The first
drawing starts that process and loads the rasteriser in it. `stall` is the longest time for which the loop did not come
round although it had something to do, measured by a task that wants to run every millisecond.
"""

import argparse
import asyncio
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from statistics import median, quantiles
from time import perf_counter

import uvloop

from bot.charts.picture import (
    Band,
    DayPoint,
    Fact,
    HistoryPicture,
    Picture,
    ReportArea,
    ReportPage,
    Series,
    Week,
    WeeklyPicture,
)
from bot.charts.renderer import WAITING, ChartRenderer
from tests.network.process import resident_mb
from tests.support import chart_words

START = date(2026, 1, 5)
BANDS = (Band(0, 2.5, "green"), Band(2.5, 5.5, "amber"), Band(5.5, 10, "red"))
TICK = 0.001  # seconds


def series(name: str, days: int, seed: int) -> Series:
    """Made-up days, about one in five left out."""
    random = Random(seed)  # noqa: S311  # not a secret: the same picture in every run
    points = []
    for offset in range(days):
        if random.random() < 0.2:
            continue
        low, middle, high = sorted(random.randint(0, 10) for _ in range(3))
        points.append(DayPoint(START + timedelta(days=offset), middle, low, high))
    return Series(name, tuple(points))


def history(days: int, *names: str) -> HistoryPicture:
    shown = tuple(series(name, days, seed) for seed, name in enumerate(names, start=days))
    end = START + timedelta(days=days - 1)
    return HistoryPicture(title="Your pain", series=shown, start=START, end=end, bands=BANDS, **chart_words.PAIN)


def weekly() -> WeeklyPicture:
    weeks = tuple(Week(START + timedelta(weeks=week), week * 37 % 101) for week in range(26))
    return WeeklyPicture(title="Weekly check", weeks=weeks, start=START, end=weeks[-1].monday, **chart_words.SCORE)


def page() -> ReportPage:
    facts = tuple(Fact(label, ("running (9 days)", "stairs (4 days)")) for label in ("Trend", "Aggravated by", "Tried"))
    area = ReportArea(series("Outer hip", 42, 1), facts)
    end = START + timedelta(days=41)
    notes = tuple(f"Day {day}: better with a shorter stride" for day in range(12))
    return ReportPage(
        title="Pain diary",
        made_on="today",
        covers="six weeks",
        start=START,
        end=end,
        areas=(area,),
        notes=notes,
        footer="-",
        **chart_words.PAGE,
    )


PICTURES: dict[str, Picture] = {
    "3 weeks, one area": history(21, "Outer hip"),
    "3 weeks, two areas": history(21, "Outer hip", "Achilles tendon"),
    "3 weeks, four areas": history(21, "Outer hip", "Achilles tendon", "Knee", "Neck"),
    "40 days": history(40, "Knee"),
    "90 days": history(90, "Knee"),
    "3 years": history(1096, "Knee"),
    "weekly, half a year": weekly(),
    "page for a physio": page(),
}


@dataclass
class Stall:
    """The longest time the loop did not come round, in seconds."""

    longest: float = 0.0


@asynccontextmanager
async def watched() -> AsyncIterator[Stall]:
    stall = Stall()

    async def look() -> None:
        while True:
            before = perf_counter()
            await asyncio.sleep(TICK)
            stall.longest = max(stall.longest, perf_counter() - before - TICK)

    looking = asyncio.create_task(look())
    await asyncio.sleep(TICK)
    try:
        yield stall
    finally:
        looking.cancel()


async def timed(renderer: ChartRenderer, picture: Picture) -> float:
    begun = perf_counter()
    await renderer.draw(0, picture)
    return perf_counter() - begun


def shown(name: str, seconds: Sequence[float]) -> str:
    p95 = quantiles(seconds, n=20)[-1]
    return f"{name:<22}{median(seconds) * 1000:>8.0f}{p95 * 1000:>8.0f}{max(seconds) * 1000:>8.0f}"


async def main(runs: int) -> None:
    before = resident_mb(os.getpid())
    async with ChartRenderer() as renderer:
        async with watched() as stall:
            first = await timed(renderer, PICTURES["3 weeks, one area"])
        print(f"first drawing, with its process: {first:.2f} s; loop's longest stall {stall.longest * 1000:.1f} ms\n")
        print(f"{'warm, ' + str(runs) + ' times, ms':<22}{'p50':>8}{'p95':>8}{'max':>8}")
        for name, picture in PICTURES.items():
            await timed(renderer, picture)
            print(shown(name, [await timed(renderer, picture) for _ in range(runs)]), flush=True)
        async with watched() as stall:
            begun = perf_counter()
            await asyncio.gather(*(renderer.draw(person, PICTURES["90 days"]) for person in range(WAITING)))
            seconds = perf_counter() - begun
        print(f"\n{WAITING} charts at once: {seconds:.2f} s; loop's longest stall {stall.longest * 1000:.1f} ms")
        drawing = resident_mb(renderer.process_id or 0)
    grown = resident_mb(os.getpid()) - before
    print(f"memory: drawing process {drawing:.0f} MB while there is one; this process {grown:+.1f} MB")
    print(f"rasteriser in this process: {'resvg_py' in sys.modules}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=50)
    uvloop.run(main(parser.parse_args().runs))
