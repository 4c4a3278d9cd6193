"""Many clubs in one process, and in two: when all shards answer, what memory that takes, how long commands take then.

Clubs have ten roles and thirty channels each, and one shard for each 2,500. Discord is a Loopback that lets one shard
identify every five seconds; the diary is on a PostgreSQL of the tests', which does not wait for the disk. Serving is
when a command was answered in a club of each shard.

    python benchmarks/processes.py 1 2500 10000 10000/2
"""

import argparse
import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

import uvloop

from tests.network import wire
from tests.network.loopback import Answer, Loopback
from tests.network.process import BotProcess, started
from tests.support.postgres import postgres

CLUBS_A_SHARD = 2500
ROLES, CHANNELS = 10, 30
TIMES = 300
INTERVAL = 4.9  # seconds; Discord's five, and the way there


class Crowd(Loopback):
    """So many clubs, evenly on the shards."""

    def __init__(self, clubs: int) -> None:
        super().__init__()
        self.guilds = [wire.GUILD, *(str(number << 22) for number in range(1, clubs))]
        self.shards = self.recommends = -(-clubs // CLUBS_A_SHARD)
        self.identify_interval = INTERVAL

    def guild(self, number: str) -> wire.Json:
        told = super().guild(number)
        ((role,), (channel,)), first = (told["roles"], told["channels"]), int(number)
        more = [role | {"id": str(first + one), "name": f"role {one}"} for one in range(1, ROLES)]
        told["roles"] = [role, *more]
        runs = [channel | {"id": str(first + 1000 + one), "name": f"runs-{one}"} for one in range(1, CHANNELS)]
        told["channels"] = [channel, *runs]
        return told


@asynccontextmanager
async def running(discord: Crowd, processes: int) -> AsyncIterator[list[BotProcess]]:
    urls = await (await postgres()).pair()
    where = {"LIMBER_DATABASE_URL": urls.database, "LIMBER_KEYS_URL": urls.keys}
    shares = [["--cluster", f"{one}/{processes}"] for one in range(1, processes + 1)] if processes > 1 else [[]]
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        given = {**where, "LIMBER_SHARD_COUNT": str(discord.shards), "LIMBER_DATA": "data"}
        start = [started(discord, folder, "run", *share, fresh=True, **given) for share in shares]
        yield [await stack.enter_async_context(one) for one in start]


async def ask(discord: Crowd, command: str, **options: str | float) -> list[float]:
    """Milliseconds, one command after the other, in a club of each shard in turn."""
    clubs = discord.guilds[: discord.shards]
    answers: list[Answer] = [await discord.slash_in(club, command, **options) for club in islice(cycle(clubs), TIMES)]
    return [answer.seconds * 1000 for answer in answers]


async def measure(clubs: int, processes: int) -> str:
    async with Crowd(clubs) as discord:
        began = perf_counter()
        async with running(discord, processes) as bots:
            for shard in range(discord.shards):
                await discord.connected(shard)
                await discord.slash_in(discord.guilds[shard], "pain", area="hip")
            serving = perf_counter() - began
            await asyncio.gather(*(bot.logged("ready") for bot in bots))  # until then servers are still arriving
            asked = await discord.in_the_end(await discord.slash("checkin"))
            await discord.press(asked.button("Yes"))
            taken = {name: await ask(discord, name, **options) for name, options in COMMANDS.items()}
            memory = " + ".join(f"{bot.resident_mb():.0f}" for bot in bots)
    allowed = 5 * (discord.shards - 1) + 4
    times = [f"/{name} {median(took):.1f}, p99 {quantiles(took, n=100)[98]:.1f} ms" for name, took in taken.items()]
    where = f"{clubs} clubs, {discord.shards} shards, {processes} processes"
    return f"{where}: serving {serving:.1f} s (≤ {allowed}), {memory} MB; {'; '.join(times)}"


COMMANDS: dict[str, dict[str, str | float]] = {"pain": {"area": "hip"}, "checkin": {"area": "hip", "pain": 4}}


async def main(sizes: list[str]) -> None:
    for size in sizes:
        clubs, _, processes = size.partition("/")
        print(await measure(int(clubs), int(processes or 1)), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", default=["1", "2500", "10000", "10000/2"], metavar="CLUBS[/PROCESSES]")
    uvloop.run(main(parser.parse_args().sizes))
