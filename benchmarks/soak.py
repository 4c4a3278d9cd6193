"""Two clusters on PostgreSQL for half an hour, under load, while everything fails now and then.

The real `limber run`, twice, as a service manager keeps it: what ends is started again. Each has one shard. People type
and press, and reminders come due every second, set by a third process. Every few seconds something breaks, by chance:
Discord drops a gateway connection, answers with errors or cut lines, asks for a pause; PostgreSQL is restarted, or dies
and is; one of the two bots gets `kill -9`. Discord is a Loopback that takes 50 requests a second from both together.

Printed is what became of it. `lost` is a reminder without a row, or one that was called sent and is not there; `unsaid`
a message of which the row says that there is none. Memory is how much a process grew from its second minute to its end,
the worst of those that lived for four.

    make soak
    python -m benchmarks.soak --minutes 10 --seed 7
"""

import argparse
import asyncio
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from logging import CRITICAL
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import structlog
import uvloop

from benchmarks.reminders_made import ALLOWED, machine, spread
from benchmarks.soak_faults import Host, Lives, Trouble
from benchmarks.soak_people import Answers, Runner
from benchmarks.soak_reminders import Delivered, Reminders
from bot.settings import Server, Settings
from bot.storage.storage import open_storage
from tests.network import wire
from tests.network.limits import Limit
from tests.network.loopback import Loopback
from tests.network.process import started
from tests.support.postgres import postgres

GUILDS = (wire.GUILD, str(5 << 22))  # of two shards, each is told of one
MINUTE = 60  # samples of memory


@dataclass(frozen=True, slots=True)
class Load:
    """How much, and for how long."""

    seconds: float
    seed: int = 1
    runners: int = 16
    pause: float = 1.5  # seconds between two things that one of them does, on average
    reminders: int = 4  # due in a second
    trouble_every: float = 15.0  # seconds, on average
    waits: float = 3.0  # seconds that Discord waits for an answer
    spacing: float = 5.0  # seconds between two that identify
    fresh: bool = True  # processes are started from nothing, and draw pictures


@dataclass
class Figures:
    """What became of it."""

    reminders: Delivered
    answers: Answers
    lives: Lives
    trouble: Counter[str]
    requests: list[int]  # that count for the limit, second by second
    beside: int  # those that neither sent nor looked for anything
    refused: int

    def __str__(self) -> str:
        return "\n".join([*self._commands(), *self._reminders(), *self._processes()])

    def _commands(self) -> list[str]:
        answers, heard = self.answers, self.answers.asked - self.answers.nobody
        middle, p99, last = (1000 * seconds for seconds in spread(answers.seconds))
        return [
            f"commands   {answers.asked}; {answers.share(answers.asked):.2%} answered; nobody was there for "
            f"{answers.nobody}, and of the rest {answers.share(heard):.2%} were",
            f"           in {middle:.1f} ms, p99 {p99:.0f} ms, the last {last:.0f} ms; {answers.sorry} told that the "
            f"database is away, {answers.unfinished} promised and not kept, {len(answers.faults)} faults",
            f"           not answered: {dict(answers.unanswered.most_common(5)) or 'none'}",
        ]

    def _reminders(self) -> list[str]:
        reminders = self.reminders
        middle, p99, last = spread(reminders.late)
        return [
            f"reminders  {reminders.due} due: {dict(reminders.states)}",
            f"           doubled {reminders.doubled}, lost {reminders.lost}, unsaid {reminders.unsaid}; "
            f"written down after {middle:.2f} s, p99 {p99:.1f} s, the last {last:.1f} s",
        ]

    def _processes(self) -> list[str]:
        grown = self.grown()
        return [
            f"requests   {sum(self.requests)} count, {self.beside} of them for no message; {max(self.requests)} in the "
            f"busiest second, {self.refused} refused",
            f"trouble    {', '.join(f'{what.lower()} {times}' for what, times in sorted(self.trouble.items()))}",
            f"processes  {len(self.lives.memory)}; {len(self.lives.tracebacks)} with a traceback; ended by themselves: "
            f"{self.lives.ended or 'none'}",
            "           "
            + ("memory " + ", ".join(f"{early:.1f} to {late:.1f} MB" for early, late in grown) if grown else ""),
        ]

    def grown(self) -> list[tuple[float, float]]:
        """Memory in the second minute and in the last, of each process that lived for four; most grown first."""
        lives = [life for life in self.lives.memory if len(life) >= 4 * MINUTE]
        found = [(median(life[MINUTE : 2 * MINUTE]), median(life[-MINUTE:])) for life in lives]
        return sorted(found, key=lambda one: one[0] - one[1])


@dataclass(eq=False)
class Meter:
    """Counts the requests of all processes that Discord counts, second by second."""

    discord: Loopback
    requests: list[int] = field(default_factory=list)
    beside: int = 0

    async def go_on(self) -> None:
        """For ever."""
        while True:
            await asyncio.sleep(1)
            counted = [call for call in self.discord.calls if not call.by_token]
            self.requests.append(len(counted))
            self.beside += sum(not (call.sends or call.reads) for call in counted)
            self.discord.forget()


async def soak(folder: Path, load: Load) -> Figures:
    """All of it, in a folder and on a server of its own."""
    chance, server = Random(load.seed), await postgres()  # noqa: S311
    urls = await server.pair()
    host = Settings(data=folder / "data", key_file=folder / "host.key").on(urls)
    async with await open_storage(host) as storage, Loopback() as discord:
        discord.guilds, discord.waits, discord.identify_interval = [*GUILDS], load.waits, load.spacing * 0.9
        everything = Limit(ALLOWED, 1, sliding=True)
        discord.limits.append(everything)
        reminders, answers, lives = Reminders(storage, chance, load.reminders), Answers(), Lives()
        await reminders.fill(load.seconds)
        hosts = [Host(partial(_started, discord, folder, urls, number, load), chance, lives) for number in range(2)]
        trouble, meter = Trouble(discord, server, hosts, Random(load.seed)), Meter(discord)  # noqa: S311
        people = [
            Runner(discord, number, GUILDS[number % 2], Random(number), answers, load.pause)  # noqa: S311
            for number in range(load.runners)
        ]
        async with _going_on(*(each.keep() for each in hosts), meter.go_on()):
            for shard in range(2):
                await discord.connected(shard)
            async with _going_on(reminders.go_on(), *(each.live() for each in people)):
                await trouble.go_on(load.seconds, load.trouble_every)
            delivered = await reminders.account(discord)
        refused = len(everything.refused)
        return Figures(delivered, answers, lives, trouble.happened, meter.requests, meter.beside, refused)


@asynccontextmanager
async def _going_on(*work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """While the block lasts. What fails, fails it."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(each) for each in work]
        yield
        for task in tasks:
            task.cancel()


def _started(discord: Loopback, folder: Path, urls: Server, number: int, load: Load) -> Any:
    where = {"LIMBER_DATABASE_URL": urls.database, "LIMBER_KEYS_URL": urls.keys, "LIMBER_DATA": f"data-{number}"}
    shard = {"LIMBER_SHARD_COUNT": "2", "LIMBER_CLUSTER": f"{number + 1}/2", "LOOPBACK_IDENTIFY": str(load.spacing)}
    return started(discord, folder, "run", fresh=load.fresh, LIMBER_PICTURES=str(load.fresh), **where, **shard)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--minutes", type=float, default=30)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(CRITICAL))  # the tester's own
    with tempfile.TemporaryDirectory(prefix="limber-soak-") as folder:
        figures = uvloop.run(soak(Path(folder), Load(given.minutes * 60, given.seed)))
    print(machine(), figures, sep="\n")
    reminders = figures.reminders
    assert (reminders.doubled, reminders.lost, reminders.unsaid) == (0, 0, 0)
    assert not figures.answers.faults, figures.answers.faults[0]
    assert not figures.lives.tracebacks, figures.lives.tracebacks[0]


if __name__ == "__main__":
    main()
