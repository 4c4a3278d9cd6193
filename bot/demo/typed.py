"""What is typed as text in the demo: commands, and how far its clock is wound."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, Final
from zoneinfo import ZoneInfo

import discord
import simcord

from bot.demo.club import ZONE, DemoClub
from bot.demo.command_line import CannotSay, read_line
from bot.demo.wind import CannotWind, wind_target
from bot.localtime import wall_time

STEP: Final = timedelta(days=1)  # SimCord wants each step done within five seconds
A_MOMENT: Final = timedelta(milliseconds=1)
EVERY: Final = 5.0  # seconds between two looks at the clock on the wall
TRIES: Final = 12  # of five seconds each, while the bot is at work
MESSAGE_ONLY: Final = {"content", "reply_to_id", "target_id"}  # what a command that is sent does not have

Arrived = Mapping[str, int]  # how many messages of the bot came in, by place


class ClockControl:
    """Moves the clock; SimCord stops it at every timer of the bot, so nothing is late."""

    def __init__(self, club: DemoClub, changed: Callable[[], Awaitable[None]]) -> None:
        """`changed` is called when messages came in, to show them."""
        self._club = club
        self._changed = changed
        self._seen = self._sent()

    async def wind(self, text: str) -> Arrived:
        """Wind to what the text says when it is our turn, and show what came in. Raises CannotWind."""
        async with self._club.turn:
            arrived = await self.to(wind_target(text, self._club.clock.now(), ZONE))
            await self._changed()
        return arrived

    async def to(self, until: datetime) -> Arrived:
        """Wind to an instant; whoever calls this has the turn. Raises CannotWind when the bot never lets us."""
        before = _messages_by_place(self._club)
        for at in (until, until + A_MOMENT):  # what is due at that very instant has come, too
            self._club.look()
            await self._advance(at)
        self._seen = self._sent()
        after = _messages_by_place(self._club)
        return {place: after[place] - before[place] for place in after if after[place] > before[place]}

    async def follow_the_wall(self) -> None:
        """For ever: a second on the wall is one in the demo."""
        then = monotonic()
        while True:
            await asyncio.sleep(EVERY)
            async with self._club.turn:
                with contextlib.suppress(TimeoutError):
                    now = monotonic()
                    await self._club.env.advance_time(now - then)
                    then = now
                if (sent := self._sent()) != self._seen:
                    await self._changed()
                    self._seen = sent

    async def _advance(self, until: datetime) -> None:
        tries = TRIES
        while (left := until - self._club.clock.now()) > timedelta(0):
            try:
                await self._club.env.advance_time(min(left, STEP).total_seconds())
            except TimeoutError as error:
                tries -= 1
                if not tries:
                    raise CannotWind("The bot is busy. Try again in a moment.") from error

    def _sent(self) -> int:
        """How often the bot has written to a channel so far."""
        requests = self._club.env.http_requests
        return sum(entry.method == "POST" and entry.path.endswith("/messages") for entry in requests)


def in_words(at: datetime, zone: ZoneInfo = ZONE) -> str:
    """ "Monday 23 November 2026, 08:00 in London"."""
    here = wall_time(at, zone)
    return f"{here:%A} {here.day} {here:%B %Y}, {here:%H:%M} in {zone.key.split('/')[-1]}"


def _messages_by_place(club: DemoClub) -> dict[str, int]:
    """How many messages of the bot stand where."""
    return {place: sum(message.author.bot for message in channel.history()) for place, channel in club.places().items()}


WIND = "/wind"

Person = simcord.MemberActor | simcord.UserHandle
Body = dict[str, Any]  # of what the page sends
Catalogue = Mapping[str, Any]  # of the commands that somebody may use, as the page is told


def as_command(action: Body, catalogue: Catalogue, commands: Iterable[object]) -> Body:
    """A message that reads as a command of the catalogue becomes that command; anything else stays what it is."""
    with contextlib.suppress(CannotSay):
        spoken = read_line(str(action.get("content", "")), commands)
        options = {name: str(value) if type(value) is int else value for name, value in spoken.options.items()}
        for entry in catalogue.get("entries", ()):
            if entry["invocation"] == spoken.command:
                named = {"command_id": entry["commandId"], "path": entry["path"]}
                kept = {name: value for name, value in action.items() if name not in MESSAGE_ONLY}
                fingerprint = entry["schemaFingerprint"]
                return kept | named | {"kind": "run_command", "schema_fingerprint": fingerprint, "options": options}
    return action


async def typed_wind(club: DemoClub, clock_control: ClockControl) -> bool:
    """`/wind` as the last line of a place: winds, and says whether any did; whoever calls this has the turn.

    Nobody in the club owns the clock, so the line itself says what became of it; what arrives stands below it.
    """
    ran = False
    for place in club.places().values():
        message = place.last_message
        if message is not None and not message.author.bot and message.content.split()[:1] == [WIND]:
            author = _author(club, place, message)
            try:
                until = wind_target(message.content.removeprefix(WIND), club.clock.now(), ZONE)
                await _begun(author.edit(message, f"Demo clock: wound forward to {in_words(until)}."))
                await clock_control.to(until)
            except CannotWind as no:
                await _begun(author.edit(message, f"Demo clock: {no}"))
            ran = True
    return ran


def _author(club: DemoClub, channel: simcord.ChannelHandle, message: discord.Message) -> Person:
    member = next(member for member in club.people.values() if member.id == message.author.id)
    return member.user if channel.guild is None else member


async def _begun(doing: Awaitable[object]) -> None:
    """SimCord waits five seconds for the bot to finish; what takes longer is shown when it is there."""
    with contextlib.suppress(TimeoutError):
        await doing
