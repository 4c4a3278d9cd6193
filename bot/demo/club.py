"""A small running club on SimCord's in-process Discord, with the real bot in it."""

import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import discord
import simcord

from bot.app import Services, build, opened
from bot.client import LimberBot
from bot.demo.command_line import CannotSay
from bot.settings import Settings
from bot.ui.editions import Editions

RUNNERS = ("ana", "ben")
MODERATOR = "maya"
CHANNELS = {
    "general": "Chat of the Harbour Hares",
    "sore-legs": "Ask Limber what hurts: type /pain",
    "stretching": "Stretch together",
}


class DemoClock:
    """SimCord's time, from when there is an environment: it stands still until it is wound forward."""

    def __init__(self) -> None:
        self._env: simcord.Env | None = None

    def follow(self, env: simcord.Env) -> None:
        """From now on, this environment's time."""
        self._env = env

    def now(self) -> datetime:
        return self._env.now() if self._env else datetime.now(UTC)

    def elapsed(self) -> float:
        """Seconds, for what is kept for a while."""
        return self.now().timestamp()


@dataclass(frozen=True, slots=True)
class Club:
    """Everybody and every channel, by name."""

    env: simcord.Env
    bot: LimberBot
    guild: simcord.GuildHandle
    services: Services
    clock: DemoClock
    channels: dict[str, simcord.ChannelHandle] = field(default_factory=dict)
    people: dict[str, simcord.MemberActor] = field(default_factory=dict)


@asynccontextmanager
async def open_club(
    settings: Settings,
    *,
    editions: Editions | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> AsyncIterator[Club]:
    """The club, from when the bot is ready until it is closed. Writes to a temporary folder only.

    What the bot raised is in `env.errors`, people's mistakes too: whoever asks looks there.
    Raises ContentError when the content cannot be used.
    """
    async with AsyncExitStack() as closing:
        folder = Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="limber-")))
        apart = {"data": folder / "data", "key": None, "key_file": folder / "host.key", "shard_count": 1}
        here = settings.model_copy(update=apart)
        services = await closing.enter_async_context(opened(here))
        clock = DemoClock()
        bot = build(here, editions=editions, services=services, clock=clock, elapsed=clock.elapsed)
        env = simcord.Env(bot)
        await env.start()
        clock.follow(env)
        try:
            await _named(bot)
            club = _settle_in(env, bot, services, clock)
            await env.advance_time(max(0.0, (now() - env.now()).total_seconds()))
            yield club
        finally:
            await env.shutdown()


async def _named(bot: LimberBot) -> None:
    """SimCord calls every bot TestBot."""
    if bot.user is not None:
        await bot.user.edit(username="Limber")


def _settle_in(env: simcord.Env, bot: LimberBot, services: Services, clock: DemoClock) -> Club:
    guild = env.create_guild("Harbour Hares")
    club = Club(env, bot, guild, services, clock)
    for name, topic in CHANNELS.items():
        club.channels[name] = guild.create_text_channel(name, topic=topic)
    moderators = guild.create_role("moderators", permissions=discord.Permissions(manage_guild=True))
    for name in (*RUNNERS, MODERATOR):
        roles = [moderators] if name == MODERATOR else []
        club.people[name] = guild.add_member(env.create_user(name), roles=roles)
    return club


def person(club: Club, name: str) -> simcord.MemberActor:
    """Raises CannotSay with the names there are."""
    if name not in club.people:
        raise CannotSay(f"There is nobody called {name}. There are: {', '.join(club.people)}")
    return club.people[name]
