"""The first direct message to a person, and the end of all of them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import monotonic
from typing import Final, NoReturn

import discord
import structlog
from aiolimiter import AsyncLimiter
from discord import DMChannel, PartialMessageable
from discord.abc import Snowflake

from bot.delivery.transport import Refused
from bot.errors import UserError
from bot.ui.cards.parts import Card
from bot.ui.reminders.error_mapping import (
    CLOSED,
    FLAGGED,
    NO_SERVER,
    TOO_MANY_DMS,
    TROUBLE,
    UNKNOWN_CHANNEL,
    classify_error,
)

# Bots that opened 25 to 50 new channels in a burst were barred from opening more (discord-api-docs, issue 5987).
AT_ONCE: Final = 5
EVERY: Final = 12.0  # seconds between two new channels, after that
QUEUE: Final = 10  # people who wait for theirs: two minutes, and the answer to a command may come for fifteen
SHUT: Final = 600.0  # seconds without a new channel, when Discord says that we open them too fast
PATIENCE: Final = 10.0  # seconds, for one request

log = structlog.get_logger("limber.discord")


class DmsClosed(UserError):
    """This person takes no direct messages from us."""

    message = "error-dms-closed"


class NoSharedServer(DmsClosed):
    """Nor can they: Discord wants a server that both of us are in."""

    message = "error-dms-no-server"


class DmsBusy(UserError):
    """Not now: too many new conversations, or Discord is out of reach."""

    message = "error-dms-busy"


class DirectMessages:
    """Knocks, slowly enough for Discord not to take us for a spammer."""

    def __init__(
        self, bot: discord.Client, elapsed: Callable[[], float] = monotonic, *, sender: discord.Client | None = None
    ) -> None:
        """`elapsed` gives seconds that only go forward; `sender` is a `NoRetryClient`, where Discord is real."""
        self._bot = bot
        self._sender = sender or bot
        self._elapsed = elapsed
        self._pace = AsyncLimiter(AT_ONCE, AT_ONCE * EVERY)
        self._waiting = 0
        self._shut_until = 0.0

    async def hello(self, user: Snowflake, card: Card, known: int | None = None) -> int:
        """Send this card to this person, and return the channel it is in, to be kept.

        `known`: their channel, if one was kept: nobody has to wait then. Raises DmsClosed or DmsBusy.
        """
        if known is not None:
            try:
                return await self._greet(self._sender.get_partial_messageable(known), card)
            except _Gone:
                log.info("a direct message channel is gone; opened again")
        return await self._greet(await self._open(user), card)

    async def clear(self, user: Snowflake, known: int | None = None) -> int:
        """Delete every message of ours that this person has; returns how many those were.

        Takes its time where there are many: give it none of your own. Raises DmsBusy when it could not finish, and may
        be asked again then: a chat that cannot be read is not called empty. One that cannot even be opened has none.
        """
        deleted = 0
        try:
            channel = self._bot.get_partial_messageable((await self._open(user)).id if known is None else known)
            async for message in channel.history(limit=None):
                if message.author == self._bot.user:
                    deleted += await _deleted(message)
        except (DmsClosed, _Gone, discord.NotFound):
            log.info("a direct message channel cannot be read; nothing is deleted there")
        except TROUBLE as error:
            raise DmsBusy from error
        return deleted

    async def _open(self, user: Snowflake) -> DMChannel:
        await self._turn()
        async with self._asking():
            return await self._sender.create_dm(user)

    async def _greet(self, channel: DMChannel | PartialMessageable, card: Card) -> int:
        async with self._asking():
            await channel.send(view=card)
        return channel.id

    async def _turn(self) -> None:
        if self._waiting >= QUEUE or self._shut():
            raise DmsBusy
        self._waiting += 1
        try:
            await self._pace.acquire()
        finally:
            self._waiting -= 1
        if self._shut():
            raise DmsBusy

    def _shut(self) -> bool:
        return self._elapsed() < self._shut_until

    @asynccontextmanager
    async def _asking(self) -> AsyncIterator[None]:
        """One request; its errors become sentences."""
        try:
            async with asyncio.timeout(PATIENCE):
                yield
        except TROUBLE as error:
            self._explain(error)

    def _explain(self, error: Exception) -> NoReturn:
        code = error.code if isinstance(error, discord.HTTPException) else None
        if code in {TOO_MANY_DMS, FLAGGED}:
            log.warning("Discord lets us open no more direct messages for now", code=code)
            self._shut_until = self._elapsed() + SHUT
        if code == CLOSED:
            raise DmsClosed from error
        if code == NO_SERVER:
            raise NoSharedServer from error
        if code == UNKNOWN_CHANNEL:
            raise _Gone from error
        if isinstance(classify_error(error), Refused):
            raise error
        raise DmsBusy from error


class _Gone(DmsBusy):
    """The channel is no more. For one that was just opened: try again."""


async def _deleted(message: discord.Message) -> bool:
    try:
        await message.delete()
    except discord.NotFound:  # somebody was quicker
        return False
    return True
