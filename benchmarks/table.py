"""Every figure that README and docs/speed.md quote, measured in one run of at most fifteen minutes.

Bare discord.py bots run beside Limber, so that the ratios hold on any machine, and on a busy one nearly so. Printed is
the table in Markdown, with the date, the machine and how busy it was; below it what other benchmarks say, as long as
there is time. Each of them can be run by itself, for longer.

    make bench
    python benchmarks/table.py --quick
"""

import argparse
import asyncio
import os
import platform
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from time import monotonic

import uvloop

from benchmarks import autocomplete, chart, checkin, command, history, start
from benchmarks.contest import Contender, Figures, measured
from bot.charts.renderer import ChartRenderer
from bot.privacy import PrivacyService
from bot.settings import CONTENT
from bot.ui.locales import Locales

MOST = 15 * 60  # seconds, all of it
FOLDER = Path(__file__).parent
BESIDE = (  # what stands below the table, and for how many seconds it runs at most
    (120, "next_due.py", "--count", "1000000", "--engine", "sqlite", "postgresql"),
    (210, "reminders_burst.py", "--count", "10000", "--seconds", "20", "--window", "sliding"),
    (420, "reminders_light.py", "--stretches", "6"),
    (60, "cards.py", "--count", "20000"),
    (60, "checkin_storage.py", "--count", "1000"),
    (60, "storage_calls.py"),
    (60, "diary_growth.py"),
    (120, "clubs.py"),
)
GROWN = (10, 1_000, 10_000)  # entries
RESULTS = ("first answer, median", "first answer, p99", "processor time", "commands a second")


def row(what: str, measured: str, goal: str = "", hikari: str = "", floor: str = "") -> None:
    print(f"| {what} | {measured} | {hikari} | {floor} | {goal} |", flush=True)


def head() -> None:
    """When, where, and how busy it was there."""
    versions = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    print(f"{datetime.now(UTC):%d %B %Y %H:%M} UTC. {_processor()}, {versions}.")
    print(f"Processes that wanted a core, of the last minute: {os.getloadavg()[0]:.1f}.\n")
    if not command.HIKARI:
        print("hikari is not installed, so its column is empty: `pip install hikari`.\n")
    print("| what | measured | over hikari | over plain aiohttp | goal |\n|---|---|---|---|---|")


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if sys.platform == "linux" else []
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown processor"
    )


def compared(figures: dict[str, Figures]) -> Iterator[tuple[str, str, str, str]]:
    """Each result of Limber's: beside the bare bot's, hikari's and the floor's; empty beside one that did not run."""
    names = ("median", "p99", "processor", "rate")
    for title, name in zip(RESULTS, names, strict=True):
        mine = getattr(figures["limber"], name)
        shown = f"{mine:.0f}" if name == "rate" else f"{mine * 1000:.2f} ms"
        over = {other: f"{mine / getattr(theirs, name):.2f}×" for other, theirs in figures.items()}
        yield title, f"{over['bare']} ({shown})", over.get("hikari", ""), over.get("plain aiohttp", "")


async def side_by_side(what: str, bots: dict[str, Contender], count: int, levels: dict[int, dict[str, str]]) -> None:
    """`levels`: how many in flight, each with its goals by result."""
    for at_once, goals in levels.items():
        for title, found, hikari, floor in compared(await measured(bots, count, at_once=at_once)):
            row(f"{what}, {at_once} in flight: {title} over bare", found, goals.get(title, ""), hikari, floor)


async def answers(count: int) -> None:
    processor, rate, first = RESULTS[2], RESULTS[3], RESULTS[0]
    async with command.contenders("plain aiohttp", "hikari", "bare", "limber") as bots:
        busy = {processor: "≤ 1.05×", rate: "≥ 0.95×"}
        await side_by_side(
            "`/pain`", bots, count * 2, {1: {processor: "≤ 1.05×", first: "≤ 1.05×"}, 16: busy, 64: busy}
        )
    alone, several = {first: "≤ 1.15×", processor: "≤ 1.3×"}, {processor: "≤ 1.5×"}
    for days in (0, 40):
        async with checkin.contenders(people=50, days=days) as bots:
            await side_by_side(f"`/checkin`, {days} days of diary", bots, count, {1: alone, 16: several})
    async with checkin.contenders(people=8, days=3 * 365) as bots:  # it takes long to write that many
        await side_by_side("`/checkin`, 3 years of diary", bots, count // 4, {1: alone})
    found = await checkin.grown(GROWN)
    for entries, seconds, processor in found:
        flat = f"{processor / found[0][2]:.2f}× ({processor * 1000:.2f} ms; {seconds * 1000:.2f} ms until it is kept)"
        row(f"a check-in in a diary of {entries:,}: processor time over the first", flat, "flat")


async def starting(runs: int) -> None:
    found = await start.measured(runs)
    ours, theirs = found["limber"], found["bare"]
    row("start to first answer, over bare", f"+ {ours.seconds - theirs.seconds:.2f} s", "+ 0.7 s")
    row("the same, processor time", f"+ {ours.processor - theirs.processor:.2f} s ({ours.processor:.2f} s)")
    row("memory after start, over bare", f"+ {ours.memory - theirs.memory:.0f} MB ({ours.memory:.0f} MB)", "+ 50 MB")


async def views(runs: int) -> None:
    """What opens a diary of three years, and who waits meanwhile."""
    localized = Locales(CONTENT).base
    history.as_limber_runs()
    async with history.filled(areas=3) as (storage, diary):
        timed = history.Timed(diary, localized, history.RANGES[-1])
        stalled = await history.stalls(timed.run, runs)
        steps = sum(median(taken) for taken in timed.seconds.values())
        row("`/history`, 3 years: work before the drawing", f"{steps * 1000:.0f} ms")
        row("the same: longest stall of the loop, median and worst", worst(stalled), "≤ 10 ms")
        others = history.others(diary, PrivacyService(diary, storage, history.Still()), localized)
        for name, work in others.items():
            await work()
            row(f"{name}, 3 years: longest stall, median and worst", worst(await history.stalls(work, runs)), "≤ 10 ms")
    async with ChartRenderer() as renderer:
        first, *warm = [await chart.timed(renderer, chart.PICTURES["3 weeks, one area"]) for _ in range(runs + 1)]
        drawing = chart.resident_mb(renderer.process_id or 0)
    row(
        "a chart: the first, with its process; warm",
        f"{first * 1000:.0f}; {median(warm) * 1000:.0f} ms",
        "≤ 250; ≤ 60 ms",
    )
    row("the drawing process", f"{drawing:.0f} MB", "≤ 30 MB")


def worst(seconds: list[float]) -> str:
    return f"{median(seconds) * 1000:.1f}; {max(seconds) * 1000:.1f} ms"


async def typing(every: int) -> None:
    taken = (await autocomplete.measured(every))["cold"]
    row("autocomplete, a keystroke: median; p99, nothing beside it", spread(taken), "≤ 3 ms")
    async with command.contenders("limber") as bots:
        taken = await autocomplete.beside_commands(bots["limber"], every)
    row("the same to the first answer, beside 100 `/pain` a second", spread(taken), "≤ 3 ms")


def spread(milliseconds: list[float]) -> str:
    return f"{median(milliseconds):.1f}; {quantiles(milliseconds, n=100)[98]:.1f} ms"


async def beside(until: float) -> None:
    for most, script, *arguments in BESIDE:
        if until - monotonic() < most:
            print(f"\n{script}: no time left; run it by itself")
            continue
        print(f"\n{script} {' '.join(arguments)}\n", flush=True)
        process = await asyncio.create_subprocess_exec(sys.executable, str(FOLDER / script), *arguments)
        try:
            await asyncio.wait_for(process.wait(), most)
        except TimeoutError:
            process.terminate()
            await process.wait()
            print(f"{script}: longer than {most} s here; run it by itself")


async def main(*, quick: bool) -> None:
    until = monotonic() + MOST
    head()
    await answers(192 if quick else 640)
    await starting(2 if quick else 5)
    await views(3 if quick else 10)
    await typing(20 if quick else 3)
    if not quick:
        await beside(until)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="the table alone, of few repeats: two minutes")
    uvloop.run(main(quick=parser.parse_args().quick))
