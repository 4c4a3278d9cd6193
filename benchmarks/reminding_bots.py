"""The bots that `reminders_burst` and `reminders_light` measure, each a process of its own.

`limber run` is the real one with a meter beside it. The others are as people usually write them, with discord.py and
asyncio as they come: `gather` sends everything at once, `loop` one after the other, `apscheduler` has a job for each in
a job store on SQLite, `timers` a timer for each in memory; `timers` also answers /pain. What each has to say stands in
one line of JSON at its end.
"""

import asyncio
import json
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time, time
from typing import Any

import discord
import yarl

TICK = 0.001  # seconds
LONG = 0.020  # seconds: what our own budget allows
TEXT = "Time for your check-in."
PATIENCE = 1800  # seconds: as patient with APScheduler's jobs as Limber is with its own; by default it allows one


@asynccontextmanager
async def metered(since: float = 0.0) -> AsyncIterator[dict[str, Any]]:
    """From that instant on: how long the loop stood still, processor time, memory. Printed at the end."""
    found: dict[str, Any] = {"stall": 0.0, "long": 0}
    begun = process_time(), perf_counter()

    async def look() -> None:
        nonlocal begun
        await asyncio.sleep(max(0.0, since - time()))
        begun = process_time(), perf_counter()
        while True:
            before = perf_counter()
            await asyncio.sleep(TICK)
            stall = perf_counter() - before - TICK
            found["stall"] = max(found["stall"], stall)
            found["long"] += stall > LONG

    looking = asyncio.create_task(look())
    try:
        yield found
    finally:
        looking.cancel()
        found["processor"], found["seconds"] = process_time() - begun[0], perf_counter() - begun[1]
        found["peak"] = _peak_mb()
        print(json.dumps(found), flush=True)


def _peak_mb() -> float:
    """The most memory that was there at once (proc_pid_status(5))."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def limber() -> None:
    """METERED_SINCE says from when on."""
    from bot.cli import main, serving  # noqa: PLC0415  # the others are not to carry it

    stay_connected = serving.stay_connected

    async def connected(bot: Any) -> None:
        async with metered(float(os.environ["METERED_SINCE"])):
            await stay_connected(bot)

    serving.stay_connected = connected
    main()


class Sends:
    """Sends with discord.py, and counts."""

    def __init__(self) -> None:
        self.client = discord.Client(intents=discord.Intents(guilds=True))
        self.sent = self.raised = 0

    async def send(self, channel: int) -> None:
        try:
            await self.client.get_partial_messageable(channel).send(TEXT)
        except discord.HTTPException:
            self.raised += 1
        else:
            self.sent += 1


async def burst(how: str, first: int, count: int, seconds: float) -> None:
    """So many channels, each to be sent one message."""
    logging.disable(logging.WARNING)  # a line for every 429, of which there are thousands
    sends, channels = Sends(), range(first, first + count)
    work = {"gather": _gather, "loop": _loop, "apscheduler": _apscheduler}[how]
    async with sends.client:
        await sends.client.login(os.environ["DISCORD_TOKEN"])
        start = await work(sends, channels)
        async with metered() as found:
            with suppress(TimeoutError):
                await asyncio.wait_for(start(), seconds)
            found |= {"sent": sends.sent, "raised": sends.raised}


Start = Callable[[], Awaitable[object]]


async def _gather(sends: Sends, channels: range) -> Start:
    return lambda: asyncio.gather(*(sends.send(channel) for channel in channels))


async def _loop(sends: Sends, channels: range) -> Start:
    async def one_by_one() -> None:
        for channel in channels:
            await sends.send(channel)

    return one_by_one


sends_of_jobs: Sends  # a job in a store is a function by its name: what it needs is global


async def job(channel: int) -> None:
    await sends_of_jobs.send(channel)


async def _apscheduler(sends: Sends, channels: range) -> Start:
    """One date job each, all due now."""
    from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_EXECUTED, EVENT_JOB_MISSED  # noqa: PLC0415
    from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore  # noqa: PLC0415
    from apscheduler.schedulers.asyncio import AsyncIOScheduler  # noqa: PLC0415

    global sends_of_jobs  # noqa: PLW0603
    sends_of_jobs = sends
    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_jobstore(SQLAlchemyJobStore(url="sqlite:///jobs.sqlite"))
    scheduler.start(paused=True)
    now = datetime.now(UTC)
    for channel in channels:
        scheduler.add_job(job, "date", run_date=now, args=[channel], misfire_grace_time=PATIENCE)
    left, over = len(channels), asyncio.Event()

    def ended(_event: object) -> None:
        nonlocal left
        left -= 1
        if not left:
            over.set()

    scheduler.add_listener(ended, EVENT_JOB_EXECUTED | EVENT_JOB_ERROR | EVENT_JOB_MISSED)

    async def resumed() -> None:
        scheduler.resume()
        await over.wait()

    return resumed


async def timers(due: list[tuple[int, float]]) -> None:
    """`due`: a channel and an instant each."""
    sends = Sends()
    tree = discord.app_commands.CommandTree(sends.client)
    card = discord.Embed(title="Hip and groin pain", description="Rest a little, then build up again.")

    @tree.command(description="Advice for what hurts")
    async def pain(interaction: discord.Interaction, area: str) -> None:  # noqa: ARG001  # it never looks
        await interaction.response.send_message(embed=card, ephemeral=True)

    loop, tasks = asyncio.get_running_loop(), set()

    def begin(channel: int) -> None:
        task = loop.create_task(sends.send(channel))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    async with sends.client:
        await sends.client.login(os.environ["DISCORD_TOKEN"])
        connection = asyncio.create_task(sends.client.connect())
        loop.add_signal_handler(signal.SIGTERM, connection.cancel)
        for channel, at in due:
            loop.call_later(at - time(), begin, channel)
        async with metered(float(os.environ["METERED_SINCE"])):
            with suppress(asyncio.CancelledError):
                await connection


if __name__ == "__main__":
    discord.http.Route.BASE = os.environ["LOOPBACK_API"]
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["LOOPBACK_GATEWAY"])
    match sys.argv[1:]:
        case ["run"]:
            limber()
        case ["timers", due]:
            asyncio.run(timers(json.loads(due)))
        case [how, first, count, seconds]:
            asyncio.run(burst(how, int(first), int(count), float(seconds)))
