"""From starting the process to serving: `limber run` against a bare discord.py bot, taking turns on a Loopback.

Serving is when the bot has identified, has been told READY and has answered its first command. (discord.py's own
`on_ready` comes two seconds later in both: it waits for servers that may still be announced.) The commands have been
published by a start that is not counted. Resident memory is read from the kernel right after the first answer.
"""

import argparse
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

import uvloop

from tests.network.loopback import Loopback
from tests.network.process import LIMBER, started

BARE = Path(__file__).with_name("bare_bot.py")
BOTS: dict[str, tuple[Path, list[str]]] = {"bare": (BARE, []), "limber": (LIMBER, ["run"])}


class Started(NamedTuple):
    """How a start went, until the first answer."""

    seconds: float
    processor: float  # seconds, every thread
    memory: float  # megabytes


async def start(folder: Path, program: Path, *arguments: str) -> Started:
    async with Loopback() as discord:
        begun = perf_counter()
        async with started(discord, folder, *arguments, program=program, fresh=True) as bot:
            await bot.serving(discord)
            await discord.slash("pain", area="hip")
            seconds = perf_counter() - begun
            found = Started(seconds, bot.processor_seconds(), bot.resident_mb())
            await bot.stop()
    return found


async def measured(runs: int) -> dict[str, Started]:
    """Of each, the medians."""
    taken: dict[str, list[Started]] = {name: [] for name in BOTS}
    with tempfile.TemporaryDirectory() as folder:
        for run in range(runs + 1):
            for name, (program, arguments) in BOTS.items():
                found = await start(Path(folder), program, *arguments)
                if run > 0:  # the first one compiles, fills the disk cache and publishes the commands
                    taken[name].append(found)
    return {name: Started(*map(median, zip(*rows, strict=True))) for name, rows in taken.items()}


async def main(runs: int) -> None:
    found = await measured(runs)
    found["difference"] = Started(*(ours - theirs for ours, theirs in zip(found["limber"], found["bare"], strict=True)))
    print(f"medians of {runs} starts\n\n{'':<12}{'seconds':>10}{'processor':>12}{'memory MB':>12}")
    for name, one in found.items():
        print(f"{name:<12}{one.seconds:>10.2f}{one.processor:>12.2f}{one.memory:>12.1f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    uvloop.run(main(parser.parse_args().runs))
