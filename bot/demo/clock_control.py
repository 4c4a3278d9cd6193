"""Moves the demo's clock forward, so that whatever falls due on the way comes at its own time."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from time import monotonic
from typing import Final
from zoneinfo import ZoneInfo

import simcord
from simcord.backend.errors import SetupError

from bot.demo.club import ZONE, DemoClub
from bot.localtime import wall_time
from bot.schedules.parse.duration import CannotWind, parse_duration

STEP: Final = timedelta(days=1)  # SimCord wants each step done within five seconds
A_MOMENT: Final = timedelta(milliseconds=1)
EVERY: Final = 5.0  # seconds between two looks at the clock on the wall
BUSY: Final = 0.1  # seconds until the next try
TRIES: Final = 100
HELD_UP: Final = (SetupError, TimeoutError)  # somebody presses a button just now; the bot is at work for long

Arrived = Mapping[str, int]  # how many messages of the bot came in, by place


class ClockControl:
    """One at a time moves the clock; SimCord stops it at every timer of the bot, so nothing is late."""

    def __init__(self, club: DemoClub, changed: Callable[[], Awaitable[None]]) -> None:
        """`changed` is called when messages came in; it may raise SetupError, and is called again then."""
        self._club = club
        self._changed = changed
        self._seen = self._sent()
        self._moving = asyncio.Lock()

    async def wind(self, text: str) -> Arrived:
        """Wind to what the text says. Raises CannotWind."""
        return await self.to(parse_duration(text, self._club.clock.now(), ZONE))

    async def to(self, until: datetime) -> Arrived:
        """Wind to an instant. Raises CannotWind when the page never lets us."""
        before = _counts(self._club)
        async with self._moving:
            for at in (until, until + A_MOMENT):  # what is due at that very instant has come, too
                self._club.look()
                await self._advance(at)
            with contextlib.suppress(SetupError):
                await self._show()
        after = _counts(self._club)
        return {place: after[place] - before[place] for place in after if after[place] > before[place]}

    async def follow_the_wall(self) -> None:
        """For ever: a second on the wall is one in the demo."""
        then = monotonic()
        while True:
            await asyncio.sleep(EVERY)
            async with self._moving:
                with contextlib.suppress(*HELD_UP):
                    now = monotonic()
                    await self._club.env.advance_time(now - then)
                    then = now
                    await self._show()

    async def _show(self) -> None:
        """Only what is new: a page that is published again turns down what somebody is just sending."""
        if (sent := self._sent()) != self._seen:
            await self._changed()
            self._seen = sent

    async def _advance(self, until: datetime) -> None:
        tries = TRIES
        while (left := until - self._club.clock.now()) > timedelta(0):
            try:
                await self._club.env.advance_time(min(left, STEP).total_seconds())
            except HELD_UP as error:
                tries -= 1
                if not tries:
                    raise CannotWind("The page is busy. Try again in a moment.") from error
                await asyncio.sleep(BUSY)

    def _sent(self) -> int:
        """How often the bot has written to a channel so far."""
        requests = self._club.env.http_requests
        return sum(entry.method == "POST" and entry.path.endswith("/messages") for entry in requests)


def in_words(at: datetime, zone: ZoneInfo = ZONE) -> str:
    """ "Monday 23 November 2026, 08:00 in London"."""
    here = wall_time(at, zone)
    return f"{here:%A} {here.day} {here:%B %Y}, {here:%H:%M} in {zone.key.split('/')[-1]}"


def _counts(club: DemoClub) -> dict[str, int]:
    """Messages of the bot, by place."""
    return {place: _written(channel) for place, channel in club.places().items()}


def _written(channel: simcord.ChannelHandle) -> int:
    return sum(message.author.bot for message in channel.history())
