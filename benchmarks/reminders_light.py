"""How late reminders are when few are due, and whether commands notice that any are sent.

`limber` is the real `limber run` on a real data folder; Discord is 0.1 s away. Quiet and busy stretches take turns, ten
seconds each: in a busy one five reminders a second are due, at odd moments (somebody put them off). At every whole
minute another 24 are due at once, as schedules have it: half a second's worth. All the time somebody asks for /pain,
some twenty times a second, one after the other.

Lateness runs from when it was due until the message has arrived. Side by side: a bot with a timer in memory for each
reminder, which sends with discord.py and answers /pain with a constant embed. It is never late and remembers nothing.

    python benchmarks/reminders_light.py --stretches 12
"""

import argparse
import asyncio
import gc
import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median, quantiles

import uvloop

from benchmarks.reminders_made import (
    CHANNEL,
    Distant,
    due_at,
    fill,
    machine,
    made,
    settings_in,
    sleep_until,
    spread,
    where,
    whole_minute,
)
from bot.delivery.config import DEFAULT
from bot.storage.errors import LIMBER
from bot.storage.storage import open_storage
from tests.network.process import started

BOTS = Path(__file__).with_name("reminding_bots.py")
STRETCH = 10  # seconds
A_SECOND = 5  # reminders
AT_A_MINUTE = 24
PAUSE = 0.05  # seconds between two commands
AHEAD = 12  # seconds a bot has to start in
AFTER = 3  # seconds until the last one is there

Due = dict[int, datetime]  # by channel


def made_up(at: datetime, stretches: int) -> tuple[Due, Due]:
    """Those of the minutes, which stand first in the folder, and those at odd moments."""
    chance = Random(1)  # noqa: S311  # the same moments in every run
    minutes = [at + timedelta(minutes=number) for number in range(-(-stretches * STRETCH // 60))]
    at_minutes = [minute for minute in minutes for _ in range(AT_A_MINUTE)]
    odd = []
    for stretch in range(1, stretches, 2):  # the busy ones
        for number in range(STRETCH * A_SECOND):
            seconds = stretch * STRETCH + (number + chance.random()) / A_SECOND
            odd.append(at + timedelta(seconds=seconds))
    return (
        {CHANNEL + number: moment for number, moment in enumerate(at_minutes)},
        {CHANNEL + number: moment for number, moment in enumerate(odd, start=len(at_minutes))},
    )


async def written(folder: Path, at_minutes: Due, odd: Due) -> None:
    """Everything that is going to ring, as the product would have it."""
    await fill(folder, len(at_minutes) + len(odd))
    for channel, moment in at_minutes.items():
        due_at(folder, moment, channel)
    with closing(sqlite3.connect(folder / "data" / LIMBER)) as connection:
        ids = dict(connection.execute("select channel_id, id from reminder"))
    async with await open_storage(settings_in(folder)) as storage:
        for channel, moment in odd.items():
            local = moment.strftime("%Y-%m-%dT%H:%M")
            assert await storage.occurrences.again(ids[channel], local, moment, DEFAULT.grace)


# The measuring


class Asking:
    """Commands, one after the other, each with the moment it was asked at."""

    def __init__(self, discord: Distant) -> None:
        self._discord = discord
        self.taken: list[tuple[datetime, float]] = []

    async def until(self, end: datetime) -> None:
        while (now := datetime.now(UTC)) < end:
            self.taken.append((now, (await self._discord.slash("pain", area="hip")).seconds))
            await asyncio.sleep(PAUSE)

    def halves(self, at: datetime) -> Iterator[list[float]]:
        """Seconds while all was quiet; seconds while it was busy. What is near a border or a minute is left out."""
        for busy in (0, 1):
            yield [seconds for asked, seconds in self.taken if _half((asked - at).total_seconds()) == busy]


def _half(second: float) -> int | None:
    near = second % STRETCH < 1 or second % 60 < 2
    return None if near else int(second // STRETCH) % 2


async def measure(name: str, folder: Path, stretches: int) -> tuple[list[str], list[float]]:
    """The lines to print, and the figures to compare."""
    made(folder)
    at = whole_minute(AHEAD)
    at_minutes, odd = made_up(at, stretches)
    end = at + timedelta(seconds=stretches * STRETCH)
    if name == "limber":
        await written(folder, at_minutes, odd)
        given: tuple[str, ...] = ("run",)
    else:
        due = {channel: moment.timestamp() for channel, moment in (at_minutes | odd).items()}
        given = ("timers", json.dumps(list(due.items())))
    since = {"METERED_SINCE": str(at.timestamp())}
    async with (
        Distant(sliding=True) as discord,
        started(discord, folder, *given, program=BOTS, fresh=True, **where(folder), **since) as bot,
    ):
        await bot.serving(discord)
        assert datetime.now(UTC) < at, "too slow a start"
        asking = Asking(discord)
        await sleep_until(at)
        await asking.until(end)
        await sleep_until(end + timedelta(seconds=AFTER))
        assert await bot.stop() == 0, bot.err
        meter = json.loads(bot.out.splitlines()[-1])
        came = {channel: times[0] for channel, times in discord.arrived().items() if times}
    quiet, busy = asking.halves(at)
    lines, figures = [], []
    for title, due in {f"{A_SECOND} a second": odd, f"{AT_A_MINUTE} at a minute": at_minutes}.items():
        late = [(came[channel] - moment).total_seconds() for channel, moment in due.items() if channel in came]
        p50, p99, last = spread(late)
        cells = f"{len(late):>6} of {len(due):<6}{p50 * 1000:>9.1f}{p99 * 1000:>9.1f}{last * 1000:>9.1f}"
        lines.append(f"{f'{name}, {title}':<32}{cells}")
    for title, seconds in {"quiet": quiet, "busy": busy}.items():
        figures.append(median(seconds))
        p99 = quantiles(seconds, n=100)[98]
        cells = f"{len(seconds):>6}{'':<10}{median(seconds) * 1000:>9.2f}{p99 * 1000:>9.2f}{max(seconds) * 1000:>9.2f}"
        lines.append(f"{f'{name}, /pain while {title}':<32}{cells}")
    stall = f"loop's longest stall {meter['stall'] * 1000:.1f} ms, {meter['long']} over 20 ms"
    lines.append(f"{name}: {stall}; 429s {len(discord.everything.refused)}; processor {meter['processor']:.1f} s")
    return lines, figures


async def main(stretches: int) -> None:
    gc.collect()
    gc.freeze()  # this Discord is not to hold anybody up
    print(f"{stretches * STRETCH} s each; {machine()}\n\n{'ms':<32}{'':<16}{'median':>9}{'p99':>9}{'last':>9}")
    compared = {}
    with tempfile.TemporaryDirectory() as name:
        for bot in ("timers", "limber"):
            lines, compared[bot] = await measure(bot, Path(name) / bot, stretches)
            print("\n".join(lines), flush=True)
    print(f"\n{'/pain, median':<32}{'busy / quiet':>14}")
    for bot, (quiet, busy) in compared.items():
        print(f"{bot:<32}{busy / quiet:>14.2f}")
    busy, base = compared["limber"][1], compared["timers"][1]
    print(f"{'limber / timers, both busy':<32}{busy / base:>14.2f}\n{machine()}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stretches", type=int, default=12, help="of ten seconds each, quiet and busy by turns")
    uvloop.run(main(parser.parse_args().stretches))
