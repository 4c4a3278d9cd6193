"""A small running club on SimCord's in-process Discord, with the real bot in it."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import discord
import simcord

from bot.app import Services, Timing, build, opened
from bot.client import LimberBot
from bot.delivery.config import MANUAL_CLOCK
from bot.demo.clock import DemoClock
from bot.demo.command_line import CannotSay
from bot.settings import Settings
from bot.ui.locales import Locales

RUNNERS = ("ana", "ben")
MODERATOR = "maya"
ZONE = ZoneInfo("Europe/London")  # the club's, and Ana's
CHANNELS = {
    "general": "Chat of the Harbour Hares",
    "sore-legs": "Ask Limber what hurts: type /pain",
    "stretching": "Stretch together",
}


@dataclass(frozen=True, slots=True)
class DemoClub:
    """Everybody and every channel, by name."""

    settings: Settings  # with the folder that is this club's own
    env: simcord.Env
    bot: LimberBot
    guild: simcord.GuildHandle
    services: Services
    clock: DemoClock
    inside: Context  # of the bot: timers that are set in it go by SimCord's time
    channels: dict[str, simcord.ChannelHandle] = field(default_factory=dict)
    people: dict[str, simcord.MemberActor] = field(default_factory=dict)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)  # SimCord does one thing at a time, and turns others down

    def look(self) -> None:
        """The engine of the reminders looks now at what is due, and sets its timer by SimCord's time."""
        if self.bot.features.worker is not None:
            self.inside.run(self.bot.features.worker.nudge)

    def places(self) -> dict[str, simcord.ChannelHandle]:
        """Wherever somebody may be written to, by the name people see."""
        direct = {f"{name.title()}'s DM with Limber": member.user.dm_channel for name, member in self.people.items()}
        return {f"# {name}": channel for name, channel in self.channels.items()} | direct


@asynccontextmanager
async def open_club(
    settings: Settings,
    *,
    locales: Locales | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    prepare: Callable[[Path], object] = lambda _data: None,
) -> AsyncIterator[DemoClub]:
    """The club, from when the bot is ready until it is closed. Writes to a temporary folder only.

    What is to be in the data folder before it is opened, `prepare` puts there.

    What the bot raised is in `env.errors`, people's mistakes too: whoever asks looks there.
    Raises ContentError when the content cannot be used.
    """
    async with AsyncExitStack() as closing:
        folder = Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="limber-")))
        apart = {"data": folder / "data", "key": None, "key_file": folder / "host.key", "shard_count": 1}
        here = settings.model_copy(update=apart)
        prepare(here.data)
        services = await closing.enter_async_context(opened(here))
        clock = DemoClock()
        bot = build(here, locales=locales, services=services, timing=Timing(clock, clock.elapsed, MANUAL_CLOCK))
        env = simcord.Env(bot)
        inside = _inside(bot)
        await env.start()
        clock.follow(env)
        try:
            await _named(bot)
            club = _settle_in(
                DemoClub(here, env, bot, env.create_guild("Harbour Hares"), services, clock, await inside)
            )
            await env.advance_time(max(0.0, (now() - env.now()).total_seconds()))
            await _begin(club)
            yield club
        finally:
            if bot.features.worker is not None:
                await bot.features.worker.stop()
            await env.shutdown()


def _inside(bot: LimberBot) -> asyncio.Future[Context]:
    """The bot's own context, from when it is ready."""
    found = asyncio.get_running_loop().create_future()

    async def ready() -> None:
        if not found.done():
            found.set_result(copy_context())

    bot.add_listener(ready, "on_ready")
    return found


async def _begin(club: DemoClub) -> None:
    if club.bot.features.worker is not None:
        club.inside.run(club.bot.features.worker.start)
        await club.env.settle()


async def _named(bot: LimberBot) -> None:
    """SimCord calls every bot TestBot."""
    if bot.user is not None:
        await bot.user.edit(username="Limber")


def _settle_in(club: DemoClub) -> DemoClub:
    for name, topic in CHANNELS.items():
        club.channels[name] = club.guild.create_text_channel(name, topic=topic)
    moderators = club.guild.create_role("moderators", permissions=discord.Permissions(manage_guild=True))
    for name in (*RUNNERS, MODERATOR):
        roles = [moderators] if name == MODERATOR else []
        club.people[name] = club.guild.add_member(club.env.create_user(name), roles=roles)
    return club


def person(club: DemoClub, name: str) -> simcord.MemberActor:
    """Raises CannotSay with the names there are."""
    if name not in club.people:
        raise CannotSay(f"There is nobody called {name}. There are: {', '.join(club.people)}")
    return club.people[name]
