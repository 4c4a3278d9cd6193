"""What autocomplete costs the bot: `AreaTransformer.autocomplete` for every letter of every text somebody might type.

The texts are those of tests/content/search_cases.yaml, typed letter by letter. No network is in it: this is the work
between an interaction that was read and the choices that are sent. Cold: a text that nobody has typed before. Warm:
the same text once more, with what the search remembers. The budget is 3 ms at p99. `benchmarks.table` also measures it
from end to end beside commands.
"""

import asyncio
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from types import SimpleNamespace
from typing import Any

import yaml
from discord import Locale

from benchmarks.contest import Contender
from bot.charts.renderer import ChartRenderer
from bot.settings import CONTENT
from bot.ui.locales import Locales
from bot.ui.options import AreaTransformer
from bot.ui.pictures import Pictures
from bot.ui.request import Request
from tests.network import wire

COMMANDS, KEYSTROKES = 0.01, 0.005  # seconds between two, beside one another
CASES = Path(__file__).resolve().parent.parent / "tests/content/search_cases.yaml"


def keystrokes() -> list[str]:
    """Every text that stands in the option while the cases are typed, each once, the empty one first."""
    cases = yaml.safe_load(CASES.read_text(encoding="utf-8"))
    texts = [case["text"] for case in cases["cases"]] + cases["nothing"]
    return list(dict.fromkeys(text[:end] for text in texts for end in range(len(text) + 1)))


async def milliseconds(interaction: Any, locales: Locales, pictures: Pictures, text: str) -> float:
    begun = perf_counter()
    interaction.extras["request"] = Request(interaction, locales, pictures)
    await AreaTransformer().autocomplete(interaction, text)
    return (perf_counter() - begun) * 1000


async def measured(every: int = 1) -> dict[str, list[float]]:
    """Milliseconds of each keystroke, or of one in `every`; cold and warm."""
    interaction = SimpleNamespace(user=SimpleNamespace(id=1), locale=Locale.british_english, data={}, extras={})
    locales, pictures = Locales(CONTENT), Pictures(ChartRenderer(), on=False)
    taken: dict[str, list[float]] = {"cold": [], "warm": []}
    for text in keystrokes()[::every]:
        for column in taken.values():
            column.append(await milliseconds(interaction, locales, pictures, text))
    return taken


async def beside_commands(bot: Contender, every: int = 1) -> list[float]:
    """Milliseconds from each keystroke, or one in `every`, to its answer, with /pain asked for all the while."""

    async def commands() -> None:
        while True:
            await bot.ask(bot.discord, 0)
            await asyncio.sleep(COMMANDS)

    taken, asking = [], asyncio.create_task(commands())
    for text in keystrokes()[::every]:
        focused = wire.command("pain", wire.option("area", text, focused=True))
        taken.append((await bot.discord.interact(wire.AUTOCOMPLETE, focused)).seconds * 1000)
        await asyncio.sleep(KEYSTROKES)
    asking.cancel()
    return taken


async def main() -> None:
    taken = await measured()
    print(f"{len(taken['cold'])} texts\n\n{'':<8}{'median ms':>12}{'p99 ms':>12}{'max ms':>12}")
    for name, column in taken.items():
        print(f"{name:<8}{median(column):>12.3f}{quantiles(column, n=100)[98]:>12.3f}{max(column):>12.3f}")


if __name__ == "__main__":
    asyncio.run(main())
