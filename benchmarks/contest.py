"""Bots that take turns on a Loopback each: how long an answer takes, how many there are a second, at what price.

Latency runs from just before a command is written to the gateway until the whole callback request has arrived; what a
bot does after that falls into the pause before the next. The processor time holds all of it: user and system, every
thread, as the kernel counts it, in steps of 10 ms.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from statistics import median, quantiles
from time import perf_counter

from tests.network.loopback import Answer, Loopback
from tests.network.process import BotProcess

ROUND = 64  # commands until it is the next bot's turn


@dataclass(frozen=True, slots=True)
class Figures:
    """What one bot was measured at."""

    median: float  # seconds until the answer
    p99: float
    processor: float  # seconds a command
    rate: float  # commands a second, while they came


@dataclass(slots=True)
class Contender:
    """One bot under measurement. `ask` sends a command, told how many there were before it."""

    discord: Loopback
    bot: BotProcess
    ask: Callable[[Loopback, int], Awaitable[Answer]]
    pause: float = 0.002  # seconds; long enough for a bot to be done with the command before
    asked: int = 0
    seconds: list[float] = field(default_factory=list)
    elapsed: float = 0.0

    async def round(self, count: int, at_once: int) -> None:
        for _ in range(0, count, at_once):
            begun = perf_counter()
            answers = await asyncio.gather(*(self.ask(self.discord, self.asked + at) for at in range(at_once)))
            self.elapsed += perf_counter() - begun
            self.asked += at_once
            self.seconds += [answer.seconds for answer in answers]
            await asyncio.sleep(self.pause)


async def measured(
    contenders: Mapping[str, Contender], count: int, *, warm_up: int = 64, at_once: int = 1
) -> dict[str, Figures]:
    """Each of them `count` commands, `at_once` of them in flight."""
    for contender in contenders.values():
        await contender.round(warm_up, at_once)
        contender.seconds, contender.elapsed = [], 0.0
    before = {name: contender.bot.processor_seconds() for name, contender in contenders.items()}
    turns = list(contenders.values())
    for _ in range(max(1, count // ROUND)):
        for contender in turns:
            await contender.round(ROUND, at_once)
        turns.append(turns.pop(0))
    return {name: _figures(contender, before[name]) for name, contender in contenders.items()}


def _figures(contender: Contender, before: float) -> Figures:
    used, seconds = contender.bot.processor_seconds() - before, contender.seconds
    return Figures(
        median(seconds), quantiles(seconds, n=100)[98], used / len(seconds), len(seconds) / contender.elapsed
    )


def report(figures: Mapping[str, Figures]) -> None:
    """A line for each, and how the last of them, Limber, compares with the others."""
    print(f"{'per command':<32}{'median ms':>12}{'p99 ms':>12}{'processor ms':>14}{'a second':>12}")
    for name, one in figures.items():
        cells = f"{one.median * 1000:>12.3f}{one.p99 * 1000:>12.3f}{one.processor * 1000:>14.3f}{one.rate:>12.0f}"
        print(f"{name:<32}{cells}")
    *others, (mine, ours) = figures.items()
    for name, one in others:
        ratios = (ours.median / one.median, ours.p99 / one.p99, ours.processor / one.processor, ours.rate / one.rate)
        cells = "".join(f"{ratio:>{width}.2f}" for ratio, width in zip(ratios, (12, 12, 14, 12), strict=True))
        print(f"{f'{mine} / {name}':<32}{cells}")
