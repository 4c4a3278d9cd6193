"""`/pain hip` against a bare discord.py bot, side by side: how long until the answer, and how much processor it takes.

Each bot is a process of its own on a Loopback of its own. They take turns, a round each, one command at a time.
Latency runs from just before the command is written to the gateway until the whole callback request has arrived;
what a bot does after that (it reads the message Discord gives back) falls into the pause before the next command. The
processor time holds all of it: user and system, every thread, as the kernel counts it.

    python benchmarks/command.py --count 2000
"""

import argparse
import asyncio
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

import uvloop

from tests.network.loopback import Loopback
from tests.network.process import LIMBER, BotProcess, started

BARE = Path(__file__).with_name("bare_bot.py")
BOTS: dict[str, tuple[Path, list[str]]] = {
    "bare": (BARE, []),
    "bare, without [speed]": (BARE, ["--plain"]),
    "limber": (LIMBER, ["run"]),
}
ROUND = 50
PAUSE = 0.002  # seconds; long enough for a bot to be done with the command before


@dataclass(slots=True)
class Contender:
    """One bot under measurement."""

    discord: Loopback
    bot: BotProcess
    seconds: list[float] = field(default_factory=list)

    async def round(self, count: int) -> list[float]:
        taken = []
        for _ in range(count):
            taken.append((await self.discord.slash("pain", area="hip")).seconds)
            await asyncio.sleep(PAUSE)
        return taken


async def measure(count: int, warm_up: int) -> None:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        contenders: dict[str, Contender] = {}
        for name, (program, arguments) in BOTS.items():
            discord = await stack.enter_async_context(Loopback())
            bot = await stack.enter_async_context(started(discord, folder, *arguments, program=program, fresh=True))
            await bot.serving(discord)
            contenders[name] = Contender(discord, bot)
        for contender in contenders.values():
            await contender.round(warm_up)
        before = {name: contender.bot.processor_seconds() for name, contender in contenders.items()}
        turns = list(contenders.values())
        for _ in range(count // ROUND):
            for contender in turns:
                contender.seconds += await contender.round(ROUND)
            turns.append(turns.pop(0))
        used = {name: contender.bot.processor_seconds() - before[name] for name, contender in contenders.items()}
    report(contenders, used)


def report(contenders: dict[str, Contender], used: dict[str, float]) -> None:
    rows = {
        name: (median(c.seconds), quantiles(c.seconds, n=100)[98], used[name] / len(c.seconds))
        for name, c in contenders.items()
    }
    for name, c in contenders.items():
        size = next(len(call.raw) for call in c.discord.calls if call.path.endswith("/callback"))
        print(f"{name}: {len(c.seconds)} commands, each answered with {size} bytes")
    print(f"\n{'per command':<24}{'median ms':>12}{'p99 ms':>12}{'processor ms':>14}")
    for name, row in rows.items():
        print(
            f"{name:<24}"
            + "".join(f"{value * 1000:>{width}.3f}" for value, width in zip(row, (12, 12, 14), strict=True))
        )
    for other in list(rows)[:-1]:
        ratios = (mine / theirs for mine, theirs in zip(rows["limber"], rows[other], strict=True))
        cells = "".join(f"{ratio:>{width}.2f}" for ratio, width in zip(ratios, (12, 12, 14), strict=True))
        print(f"{'limber / ' + other:<24}" + cells)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000, help="commands for each bot")
    parser.add_argument("--warm-up", type=int, default=200)
    chosen = parser.parse_args()
    uvloop.run(measure(chosen.count, chosen.warm_up))
