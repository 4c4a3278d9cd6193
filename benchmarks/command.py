"""`/pain hip` against a bare discord.py bot, side by side: how long until the answer, and how much processor it takes.

Each bot is a process of its own on a Loopback of its own. They take turns, a round each; see `benchmarks.contest` for
what is measured. One command at a time first, then as many in flight as is said.

    python benchmarks/command.py --count 2000 --at-once 1 16 64
"""

import argparse
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from importlib.util import find_spec
from pathlib import Path

import uvloop

from benchmarks.contest import Contender, measured, report
from tests.network.loopback import Answer, Loopback
from tests.network.process import LIMBER, started

FOLDER = Path(__file__).parent
BOTS: dict[str, tuple[Path, list[str]]] = {
    "plain aiohttp": (FOLDER / "plain_bot.py", []),
    "hikari": (FOLDER / "hikari_bot.py", []),
    "bare": (FOLDER / "bare_bot.py", []),
    "bare, without [speed]": (FOLDER / "bare_bot.py", ["--plain"]),
    "limber": (LIMBER, ["run"]),
}
HIKARI = find_spec("hikari") is not None


async def ask(discord: Loopback, _number: int) -> Answer:
    return await discord.slash("pain", area="hip")


@asynccontextmanager
async def contenders(*names: str) -> AsyncIterator[dict[str, Contender]]:
    """These of the bots, each serving; all of them when none is named. Without hikari where that is not installed."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        found = {}
        for name in names or BOTS:
            if name == "hikari" and not HIKARI:
                continue
            program, arguments = BOTS[name]
            discord = await stack.enter_async_context(Loopback())
            bot = await stack.enter_async_context(started(discord, folder, *arguments, program=program, fresh=True))
            await bot.serving(discord)
            found[name] = Contender(discord, bot, ask)
        yield found


async def main(count: int, warm_up: int, levels: list[int]) -> None:
    async with contenders() as bots:
        for at_once in levels:
            figures = await measured(bots, count, warm_up=warm_up, at_once=at_once)
            print(f"{at_once} at once")
            report(figures)
        for name, one in bots.items():
            size = next(len(call.raw) for call in one.discord.calls if call.path.endswith("/callback"))
            print(f"{name}: each answered with {size} bytes")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000, help="commands for each bot")
    parser.add_argument("--warm-up", type=int, default=200)
    parser.add_argument("--at-once", type=int, nargs="+", default=[1, 16, 64], help="commands in flight")
    chosen = parser.parse_args()
    uvloop.run(main(chosen.count, chosen.warm_up, chosen.at_once))
