"""100,000 reminders due at once, against a Discord that takes 50 requests a second: how fast, and at what price.

`limber` is the real `limber run` on a real data folder: a key for every person, what each reminder is about sealed, all
set for the same minute. Side by side with it, for as many of them as could be sent in the time: `asyncio.gather` over
discord.py's `send`, a plain loop, and APScheduler 3 with a job store on SQLite whose jobs send with discord.py. Each
bot is a process of its own, each on a Discord of its own that is 0.1 s away, keeps a limit of 50 requests in a second
(in a fixed window, then in a sliding one) and answers what is over it with 429 as Discord does.

What is measured is the first minute or two (`--seconds`); for the rest stands the rate. `lost`: neither sent nor still
to be sent. `doubled`: two messages for one reminder. `stall`: the longest time for which the bot's event loop did not
come round, measured by a task that wants to run every millisecond; `long`: how many were over 20 ms. Processor time is
user and system, every thread, the meter's own included; Limber's holds the writing down of everything that is due, in
the first half minute or so.

Then, in a folder of its own: a club with 5,000 posts due at once; ten clubs and ten people with one each, due at the
same moment and written down last: how late are theirs?

    python benchmarks/reminders_burst.py --count 100000 --seconds 120

APScheduler is left out unless it is there: pip install "apscheduler<4" sqlalchemy
"""

import argparse
import asyncio
import gc
import importlib.util
import json
import sqlite3
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import uvloop

from benchmarks.reminders_made import (
    ALLOWED,
    CHANNEL,
    POSTS,
    Distant,
    copied,
    due_at,
    fill,
    machine,
    made,
    sleep_until,
    spread,
    where,
    whole_minute,
)
from bot.storage.errors import LIMBER
from bot.storage.sql import to_column
from tests.network.process import BotProcess, started

BOTS = Path(__file__).with_name("reminding_bots.py")
RIVALS = {"gather": "asyncio.gather", "loop": "a loop", "apscheduler": "APScheduler"}
WINDOWS = {"fixed": False, "sliding": True}
HUGE, SMALL = 5_000, 10
FAIR = 20  # seconds
SETTLED = 15.0  # seconds a bot has run, at least, when its memory is read
ENDS = 60  # seconds more than it was given, until a rival is given up


@dataclass(frozen=True, slots=True)
class Row:
    """One bot in one window."""

    name: str
    asked: int
    arrived: int
    seconds: float
    refused: int
    lost: int
    doubled: int
    stall: float
    long: int
    processor: float
    peak: float
    queue: str = ""

    @property
    def rate(self) -> float:
        return self.arrived / self.seconds

    @property
    def each(self) -> float:
        """Processor time for one that arrived."""
        return self.processor / max(1, self.arrived)

    def __str__(self) -> str:
        return (
            f"{self.name:<26}{self.asked:>8}{self.arrived:>9}{self.seconds:>7.0f} s{self.rate:>7.1f}"
            f"{self.rate / ALLOWED:>7.0%}{self.refused:>7}{self.lost:>7}{self.doubled:>8}{self.stall * 1000:>10.1f}"
            f"{self.long:>6}{self.each * 1000:>12.2f}{self.processor / self.seconds:>7.0%}{self.peak:>9.0f}"
        )


HEAD = (
    f"{'':<26}{'asked':>8}{'arrived':>9}{'took':>9}{'rate':>7}{'of 50':>7}{'429s':>7}{'lost':>7}{'doubled':>8}"
    f"{'stall ms':>10}{'long':>6}{'CPU ms each':>12}{'CPU':>7}{'peak MB':>9}"
)


# Limber


@asynccontextmanager
async def delivering(folder: Path, at: datetime, *, sliding: bool) -> AsyncIterator[tuple[Distant, BotProcess]]:
    """`limber run` on this folder; metered from `at` on."""
    since = {"METERED_SINCE": str(at.timestamp())}
    async with (
        Distant(sliding=sliding) as discord,
        started(discord, folder, "run", program=BOTS, fresh=True, **where(folder), **since) as bot,
    ):
        await bot.serving(discord)
        yield discord, bot


async def limber(folder: Path, count: int, window: str, seconds: int) -> Row:
    """A burst on a copy of the folder."""
    at = whole_minute(SETTLED + 5)
    here = copied(folder, window)
    due_at(here, at)
    async with delivering(here, at, sliding=WINDOWS[window]) as (discord, bot):
        await sleep_until(at - timedelta(seconds=1))
        idle = bot.resident_mb()
        count_peak_anew(bot.pid)
        await sleep_until(at + timedelta(seconds=seconds))
        arrived = len(discord.messages.came)
        assert await bot.stop() == 0, bot.err
        found = json.loads(bot.out.splitlines()[-1])
        problems = [line for line in bot.err.splitlines() if "error" in line or "warning" in line]
    print(*problems[:5], sep="\n", end="\n" if problems else "")
    states, unrung, lost = looked_up(here, count, at, discord)
    came = discord.messages.times().values()
    return Row(
        name=f"limber, {window}",
        asked=count,
        arrived=arrived,
        seconds=seconds,
        refused=len(discord.everything.refused),
        lost=lost,
        doubled=sum(came) - len(came),
        stall=found["stall"],
        long=found["long"],
        processor=found["processor"],
        peak=found["peak"],
        queue=f"memory before {idle:.0f} MB; rows afterwards: {states}, not rung yet {unrung}",
    )


def looked_up(folder: Path, count: int, at: datetime, discord: Distant) -> tuple[dict[str, int], int, int]:
    """What the rows say: states, how many reminders have not rung yet, how many are nowhere."""
    with closing(sqlite3.connect(folder / "data" / LIMBER)) as connection:
        rows = connection.execute("select id, state from occurrence").fetchall()
        unrung = connection.execute("select count(*) from reminder where next_due <= ?", (to_column(at),)).fetchone()[0]
    came = set(discord.messages.came)
    states: dict[str, int] = {}
    fine = 0
    for id_, state in rows:
        states[state] = states.get(state, 0) + 1
        fine += (id_ in came) if state in {"sent", "late"} else state == "pending"
    return states, unrung, count - unrung - fine


def count_peak_anew(pid: int) -> None:
    """Of its memory (proc_pid_clear_refs(5))."""
    Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")


# The others


async def rival(folder: Path, how: str, window: str, count: int, seconds: int) -> Row:
    """The same burst, as far as it could come, by another bot."""
    here = made(folder.with_name(f"{how}-{window}"))
    given = (how, str(CHANNEL), str(count), str(seconds))
    async with (
        Distant(sliding=WINDOWS[window]) as discord,
        started(discord, here, *given, program=BOTS, fresh=True) as bot,
    ):
        async with asyncio.timeout(seconds * 2 + ENDS):
            while not bot.out.endswith("}\n"):
                assert "Traceback" not in bot.err, bot.err
                await asyncio.sleep(0.1)
        found: dict[str, Any] = json.loads(bot.out.splitlines()[-1])
    places = [len(times) for times in discord.arrived().values() if times]
    return Row(
        name=f"{RIVALS[how]}, {window}",
        asked=count,
        arrived=len(places),
        seconds=found["seconds"],
        refused=len(discord.everything.refused),
        lost=found["raised"],
        doubled=sum(places) - len(places),
        stall=found["stall"],
        long=found["long"],
        processor=found["processor"],
        peak=found["peak"],
    )


# All of it


async def idle(folder: Path) -> str:
    """The bot with no reminders at all."""
    async with delivering(made(folder), datetime.now(UTC), sliding=False) as (_, bot):
        await asyncio.sleep(SETTLED)
        memory = bot.resident_mb()
        assert await bot.stop() == 0, bot.err
        found = json.loads(bot.out.splitlines()[-1])
    busy, stall = found["processor"] / found["seconds"], found["stall"] * 1000
    return f"with no reminders: {memory:.0f} MB, {busy:.0%} of a processor, mostly the meter's; stall {stall:.1f} ms"


async def fair(folder: Path) -> None:
    """Small ones beside a huge one."""
    await fill(made(folder), SMALL, [HUGE] + [1] * SMALL)
    at = whole_minute(5)
    due_at(folder, at)
    async with delivering(folder, at, sliding=False) as (discord, bot):
        await sleep_until(at + timedelta(seconds=FAIR))
        assert await bot.stop() == 0, bot.err
        came = {channel: (times[0] - at).total_seconds() for channel, times in discord.arrived().items() if times}
    groups = {
        f"the club with {HUGE:,}": [late for channel, late in came.items() if POSTS <= channel < POSTS + HUGE],
        f"{SMALL} clubs with one": [late for channel, late in came.items() if channel >= POSTS + 1_000_000],
        f"{SMALL} people with one": [late for channel, late in came.items() if channel < POSTS],
    }
    print(f"\n{'seconds after it was due':<26}{'arrived':>9}{'first':>8}{'median':>8}{'last':>8}")
    for name, late in groups.items():
        middle, _, last = spread(late)
        print(f"{name:<26}{len(late):>9}{min(late):>8.2f}{middle:>8.2f}{last:>8.2f}", flush=True)
    print(f"one behind all of the huge one's, first come, first served: {HUGE / 48:.0f} s (not measured)")


async def main(count: int, seconds: int, windows: list[str]) -> None:
    rivals = [how for how in RIVALS if how != "apscheduler" or _there("apscheduler", "sqlalchemy")]
    if len(rivals) < len(RIVALS):
        print('APScheduler is left out: pip install "apscheduler<4" sqlalchemy\n')
    print(f"{count:,} reminders due at once, {seconds} s of it; {machine()}", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = made(Path(name) / "pristine")
        await fill(folder, count)
        gc.collect()
        gc.freeze()  # this Discord is not to hold anybody up
        print(f"limber {await idle(Path(name) / 'empty')}\n\n{HEAD}", flush=True)
        for window in windows:
            rows = [await limber(folder, count, window, seconds)]
            print(rows[0], flush=True)
            first = min(count, seconds * ALLOWED)
            for how in rivals:
                rows.append(await rival(folder, how, window, first, seconds))
                print(rows[-1], flush=True)
            print(f"limber: {rows[0].queue}")
            print(f"limber: {count:,} at this rate take {count / rows[0].rate / 60:.1f} minutes")
            for row in rows[1:]:
                rate, each = rows[0].rate / row.rate, rows[0].each / row.each
                print(f"limber / {row.name}: rate {rate:.2f}, processor time each {each:.2f}")
            print(machine(), end="\n\n", flush=True)
        await fair(Path(name) / "fair")


def _there(*modules: str) -> bool:
    return all(importlib.util.find_spec(module) for module in modules)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100_000, help="reminders")
    parser.add_argument("--seconds", type=int, default=60, help="how much of the burst is measured")
    parser.add_argument("--window", choices=[*WINDOWS, "both"], default="both", help="how Discord counts")
    chosen = parser.parse_args()
    uvloop.run(main(chosen.count, chosen.seconds, list(WINDOWS) if chosen.window == "both" else [chosen.window]))
