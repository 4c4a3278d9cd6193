"""What breaks in a soak: Discord, the way there, PostgreSQL, and one of the two processes."""

import asyncio
import signal
from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from random import Random
from time import monotonic
from typing import Protocol

from tests.network.faults import CUT
from tests.network.limits import Limit
from tests.network.loopback import Loopback
from tests.network.process import BotProcess
from tests.network.rest import Call
from tests.support.postgres import Postgres

ERRORS = (500, 502, 503, 504, CUT)
AT_ONCE = (3, 12)  # errors in a row
ANSWERS = (1, 4)  # the same, of answers to commands; discord.py asks again after a second
PAUSE = (0.5, 2.0)  # seconds that Discord asks for
KILLED = (1, 4)  # how often each: one lives long enough to grow
DOWN = (0.0, 2.0)  # seconds until what ended is started again


class Start(Protocol):
    """Starts a process that is there while the context is open."""

    def __call__(self) -> AbstractAsyncContextManager[BotProcess]: ...


@dataclass
class Lives:
    """Of all processes: the last words of those that nobody killed, what was wrong, and what they weighed."""

    ended: list[str] = field(default_factory=list)
    tracebacks: list[str] = field(default_factory=list)
    memory: list[list[float]] = field(default_factory=list)  # MB, once a second, of each


@dataclass(eq=False)
class Host:
    """A service manager: one process, started again whenever it ends."""

    start: Start
    chance: Random
    lives: Lives
    bot: BotProcess | None = None  # the one that runs now
    killed: bool = False

    async def keep(self) -> None:
        """For ever."""
        while True:
            async with self.start() as bot:
                self.bot, self.killed, memory = bot, False, list[float]()
                self.lives.memory.append(memory)
                try:
                    while not bot.over:
                        memory.append(bot.resident_mb())
                        await asyncio.sleep(1)
                    self.lives.ended += [] if self.killed else [bot.err.strip().rpartition("\n")[2]]
                finally:
                    self.bot = None
                    self.lives.tracebacks += [bot.err] if "Traceback" in bot.err else []
            await asyncio.sleep(self.chance.uniform(*DOWN))

    def kill(self) -> None:
        if self.bot is not None:
            self.killed = True
            self.bot.send(signal.SIGKILL)


@dataclass(eq=False)
class Trouble:
    """One thing breaks after the other, in an order of chance, each as often as the next."""

    discord: Loopback
    server: Postgres
    hosts: Sequence[Host]
    chance: Random
    happened: Counter[str] = field(default_factory=Counter)

    async def go_on(self, seconds: float, every: float) -> None:
        """Until so many seconds are over, and each has happened once at least."""
        ends, kinds = monotonic() + seconds, [self.drop, self.fail, self.refuse, self.pause, self.restart, self.kill]
        while not self.happened or monotonic() < ends:
            self.chance.shuffle(kinds)
            for kind in kinds:
                await asyncio.sleep(every * self.chance.uniform(0.5, 1.5))
                await kind()
                self.happened[(kind.__doc__ or "").rstrip(".")] += 1

    async def drop(self) -> None:
        """Gateway dropped."""
        self.discord.takes_back = self.chance.random() < 0.5
        await self.discord.drop_gateway(shard=self.chance.randrange(len(self.hosts)))

    async def fail(self) -> None:
        """Messages failed."""
        times, after = self.chance.randrange(*AT_ONCE), self.chance.random() < 0.5
        self.discord.faults.add(self.chance.choice(ERRORS), times, after=after)

    async def refuse(self) -> None:
        """Answers failed."""
        self.discord.faults.add(503, self.chance.randrange(*ANSWERS), on=answers)

    async def pause(self) -> None:
        """Pause asked for."""
        seconds = self.chance.uniform(*PAUSE)
        limit = Limit(0, seconds, says=seconds)
        self.discord.limits.append(limit)
        await asyncio.sleep(seconds)
        self.discord.limits.remove(limit)

    async def restart(self) -> None:
        """PostgreSQL restarted."""
        how = self.chance.choice(("fast", "immediate"))
        await asyncio.to_thread(self.server.control, "-m", how, "restart")

    async def kill(self) -> None:
        """Process killed."""
        (host,) = self.chance.choices(self.hosts, KILLED)
        host.kill()


def answers(call: Call) -> bool:
    return call.path.endswith("/callback")
