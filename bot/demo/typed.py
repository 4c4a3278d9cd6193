"""Commands typed as text in the demo, and the control of its clock."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from time import monotonic
from typing import Final
from zoneinfo import ZoneInfo

import discord
import simcord
from simcord.backend.errors import SetupError

from bot.demo.club import ZONE, DemoClub
from bot.demo.command_line import CannotSay, read_line
from bot.localtime import wall_time
from bot.schedules.parse.ahead import CannotWind, parse_duration

STEP: Final = timedelta(days=1)  # SimCord wants each step done within five seconds
A_MOMENT: Final = timedelta(milliseconds=1)
EVERY: Final = 5.0  # seconds between two looks at the clock on the wall
TRIES: Final = 12  # of five seconds each, while the bot is at work

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
            arrived = await self.to(parse_duration(text, self._club.clock.now(), ZONE))
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


class TypedCommands:
    """What somebody sent as text and looks like a command."""

    def __init__(self, club: DemoClub, clock_control: ClockControl) -> None:
        self._club = club
        self._clock_control = clock_control

    async def run(self) -> bool:
        """Run what there is, and say whether there was any; whoever calls this has the turn.

        What is no command, or none that its author may use, stays what it is: a message.
        """
        ran = False
        for place in self._club.places().values():
            message = place.last_message
            if message is None or not message.content.startswith("/") or message.author.bot:
                continue
            with contextlib.suppress(CannotSay, SetupError):
                await (self._wind if message.content.split()[0] == WIND else self._run)(place, message)
                ran = True
        return ran

    async def _wind(self, channel: simcord.ChannelHandle, message: discord.Message) -> None:
        """Nobody in the club owns the clock, so the line itself says what became of it, above what arrives."""
        author = self._author(channel, message)
        try:
            until = parse_duration(message.content.removeprefix(WIND), self._club.clock.now(), ZONE)
            await _begun(author.edit(message, f"Demo clock: wound forward to {in_words(until)}."))
            await self._clock_control.to(until)
        except CannotWind as no:
            await _begun(author.edit(message, f"Demo clock: {no}"))

    async def _run(self, channel: simcord.ChannelHandle, message: discord.Message) -> None:
        spoken = read_line(message.content, self._club.bot.tree.walk_commands())
        author = self._author(channel, message)
        if isinstance(author, simcord.MemberActor):
            await _begun(author.slash(channel, spoken.command, **spoken.options))
        else:
            await _begun(author.slash(spoken.command, **spoken.options))
        await _begun(author.delete(message))

    def _author(self, channel: simcord.ChannelHandle, message: discord.Message) -> Person:
        member = next(member for member in self._club.people.values() if member.id == message.author.id)
        return member.user if channel.guild is None else member


async def _begun(doing: Awaitable[object]) -> None:
    """SimCord waits five seconds for the bot to finish; what takes longer is shown when it is there."""
    with contextlib.suppress(TimeoutError):
        await doing
