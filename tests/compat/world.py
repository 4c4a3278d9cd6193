"""The club whose data was put away, opened again by the bot of today: the same people, places, messages and time."""

import json
import shutil
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from contextvars import Context, copy_context
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import discord
import simcord
from discord import InteractionType
from simcord.backend import serializers
from simcord.interactions import base_payload
from simcord.results import InteractionResult

from bot.app import Timing, build, opened
from bot.delivery.config import MANUAL_CLOCK
from bot.demo.club import DemoClock, DemoClub
from bot.settings import Settings
from bot.ui.locales import Locales

KEPT = Path(__file__).parent / "kept"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday; when the data was put away
CHANNELS = ("general", "sore-legs", "stretching", "old-hall")
PEOPLE = ("ana", "ben", "cleo", "dora", "finn", "maya")
MODERATOR = "maya"
MANIFEST = json.loads((KEPT / "manifest.json").read_text())
DELETED = "old-hall"  # after a post had been set up for it


@dataclass(frozen=True, slots=True)
class Message:
    """One that the bot of before had sent; Discord still shows it."""

    channel: int
    id: int


@dataclass(frozen=True, slots=True)
class World:
    """The club, and its messages by the names they were put away under."""

    club: DemoClub
    messages: Mapping[str, Message]

    async def slash(self, who: str, command: str, **options: object) -> InteractionResult:
        """A command, typed in the club."""
        return await self.club.people[who].slash(self.club.channels["general"], command, **options)

    async def press(self, step: Mapping[str, Any]) -> InteractionResult:
        """A button, a menu (`choose`) or a form (`send`), as `custom_ids.yaml` has it.

        Without a `message`, as on one that nobody put away.
        """
        env, at = self.club.env, self.messages.get(step.get("message", ""))
        channel = at.channel if at else self.club.channels["general"].id
        record, payload = base_payload(
            env.backend,
            type=(InteractionType.modal_submit if "send" in step else InteractionType.component).value,
            channel_id=channel,
            guild_id=env.backend.get_channel(channel).guild_id,
            user_id=self.club.people[step["by"]].id,
            data={"custom_id": step["id"], **_filled(step)},
        )
        if at:
            record.source_message_id = at.id
            payload["message"] = self._raw(at)
        env.backend.emit("INTERACTION_CREATE", payload)
        await env.settle(idle=0.002)
        return InteractionResult(env, record)

    def components(self, name: str) -> list[dict[str, Any]]:
        """A message as it stands now."""
        components: list[dict[str, Any]] = self._raw(self.messages[name])["components"]
        return components

    def _raw(self, message: Message) -> dict[str, Any]:
        backend = self.club.env.backend
        return dict(serializers.message_payload(backend, backend.get_message(message.channel, message.id)))


def put_back(folder: Path) -> None:
    """A copy of the data and the key, as a host has them: `data/` and `host.key`."""
    (folder / "data").mkdir()
    for name in ("limber.db", "keys.db"):
        shutil.copy(KEPT / name, folder / "data")
    shutil.copy(KEPT / "host.key", folder)


@asynccontextmanager
async def reopened(settings: Settings, locales: Locales, folder: Path) -> AsyncIterator[World]:
    """On a copy in `folder`, which is empty; the reminders are running."""
    here = _host(settings, folder)
    put_back(folder)
    clock = DemoClock()
    async with opened(here) as services:
        timing = Timing(clock, clock.elapsed, MANUAL_CLOCK)
        env = simcord.Env(build(here, locales=locales, services=services, timing=timing), settle_timeout=60)
        guild, channels, people = _cast(env)
        env.backend.advance_clock((NOW - env.now()).total_seconds())
        messages = dict(_sent(env, {**channels, **{name: one.user.dm_channel for name, one in people.items()}}))
        clock.follow(env)
        inside = _inside(env.bot)
        await env.start()
        try:
            club = DemoClub(here, env, env.bot, guild, services, clock, inside[0], channels, people)
            club.inside.run(club.bot.features.worker.start)
            await env.settle()
            yield World(club, messages)
        finally:
            await env.bot.features.worker.stop()
            await env.shutdown()


def _host(settings: Settings, folder: Path) -> Settings:
    apart = {"data": folder / "data", "key": None, "key_file": folder / "host.key", "shard_count": 1}
    return settings.model_copy(update=apart | {"notes": True, "contact": "limber@harbour.example"})


def _cast(env: simcord.Env) -> tuple[simcord.GuildHandle, dict[str, Any], dict[str, simcord.MemberActor]]:
    """Made before the bot connects and always in this order: SimCord numbers what is made, and the data has these."""
    env.backend.edit_bot_profile("Limber")
    guild = env.create_guild("Harbour Hares")
    channels = {name: guild.create_text_channel(name) for name in CHANNELS}
    crew = guild.create_role("moderators", permissions=discord.Permissions(manage_guild=True))
    guild.create_role("stretchers", mentionable=True)
    people = {}
    for name in PEOPLE:
        user = env.create_user(name)
        people[name] = guild.add_member(user, roles=[crew] if name == MODERATOR else [])
        env.backend.get_dm_channel(user.id)
    env.backend.delete_channel(channels.pop(DELETED).id)
    numbers = {name: str(one.id) for name, one in people.items()}
    assert numbers == {name: one["id"] for name, one in MANIFEST["people"].items()}, "SimCord numbers them anew"
    return guild, channels, people


def _inside(bot: discord.Client) -> list[Context]:
    """Gets the bot's own context, once it is ready: timers that are set in it go by SimCord's time."""
    found: list[Context] = []

    async def ready() -> None:
        found.append(copy_context())

    bot.add_listener(ready, "on_ready")
    return found


def _sent(env: simcord.Env, places: Mapping[str, simcord.ChannelHandle]) -> Iterator[tuple[str, Message]]:
    """Puts every message back where it was."""
    backend = env.backend
    users = {user.name: user for user in backend.users.values()}
    for name, one in json.loads((KEPT / "messages.json").read_text()).items():
        asked = {"interaction_metadata": _asked(users[one["for"]])} if "for" in one else {}
        message = backend.create_message(
            places[one["in"]].id, backend.bot_user.id, components=one["components"], flags=one["flags"], **asked
        )
        yield name, Message(message.channel_id, message.id)


def _asked(user: Any) -> dict[str, Any]:
    """What Discord says of a message that is the answer to somebody's command or press."""
    return {"id": "1", "type": 2, "user": serializers.user_payload(user), "authorizing_integration_owners": {}}


def _filled(step: Mapping[str, Any]) -> dict[str, Any]:
    if "send" in step:
        return {"components": [_field(at, *field) for at, field in enumerate(step["send"].items(), start=1)]}
    return {"component_type": 3, "values": step["choose"]} if "choose" in step else {"component_type": 2}


def _field(number: int, name: str, value: str | list[str]) -> dict[str, Any]:
    component = {"type": 4, "value": value} if isinstance(value, str) else {"type": 3, "values": value}
    return {"type": 18, "id": number, "component": {"custom_id": name, **component}}
