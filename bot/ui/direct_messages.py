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
from bot.storage.reminders import Reason
from bot.ui.cards.parts import Card
from bot.ui.error_mapping import FLAGGED, TOO_MANY_DMS, TROUBLE, classify_error

# Bots that opened 25 to 50 new channels in a burst were barred from opening more (discord-api-docs, issue 5987).
BURST: Final = 5
INTERVAL: Final = 12.0  # seconds between two new channels, after that
QUEUE: Final = 10  # people who wait for theirs: two minutes, and the answer to a command may come for fifteen
BAN: Final = 600.0  # seconds without a new channel, when Discord says that we open them too fast
REQUEST_TIMEOUT: Final = 10.0  # seconds

log = structlog.get_logger("limber.discord")


class DmsClosed(UserError, message="error-dms-closed"):
    """This person takes no direct messages from us."""


class NoSharedServer(DmsClosed, message="error-dms-no-server"):
    """Nor can they: Discord wants a server that both of us are in."""


class DmsBusy(UserError, message="error-dms-busy"):
    """Not now: too many new conversations, or Discord is out of reach."""


class DirectMessages:
    """Opens channels slowly enough for Discord not to take us for a spammer."""

    def __init__(
        self,
        bot: discord.Client,
        elapsed: Callable[[], float] = monotonic,
        *,
        sender: discord.Client | None = None,
        processes: int = 1,
    ) -> None:
        """`elapsed` gives seconds that only go forward; `sender` is a `NoRetryClient`, where Discord is real.

        Of several `processes` each opens its share.
        """
        self._bot = bot
        self._sender = sender or bot
        self._elapsed = elapsed
        burst = max(1, BURST // processes)
        self._limiter = AsyncLimiter(burst, burst * INTERVAL * processes)
        self._room = max(1, QUEUE // processes)
        self._waiting = 0
        self._banned_until = 0.0

    async def open(self, user: Snowflake, card: Card, channel: int | None = None) -> int:
        """Send this card to this person, and return the channel it is in, to be kept.

        `channel`: theirs, if one was kept: nobody has to wait then. Raises DmsClosed or DmsBusy.
        """
        if channel is not None:
            try:
                return await self._send(self._sender.get_partial_messageable(channel), card)
            except _ChannelGone:
                log.info("a direct message channel is gone; opened again")
        return await self._send(await self._create(user), card)

    async def clear(self, user: Snowflake, channel: int | None = None) -> int:
        """Delete every message of ours that this person has; returns how many those were.

        Takes its time where there are many: give it none of your own. Raises DmsBusy when it could not finish, and may
        be asked again then: a chat that cannot be read is not called empty. One that cannot even be opened has none.
        """
        deleted = 0
        try:
            if channel is None:
                channel = (await self._create(user)).id
            async for message in self._bot.get_partial_messageable(channel).history(limit=None):
                if message.author == self._bot.user:
                    deleted += await _delete(message)
        except (DmsClosed, _ChannelGone, discord.NotFound):
            log.info("a direct message channel cannot be read; nothing is deleted there")
        except TROUBLE as error:
            raise DmsBusy from error
        return deleted

    async def _create(self, user: Snowflake) -> DMChannel:
        await self._wait_for_turn()
        async with self._request():
            return await self._sender.create_dm(user)

    async def _send(self, channel: DMChannel | PartialMessageable, card: Card) -> int:
        async with self._request():
            await channel.send(view=card)
        return channel.id

    async def _wait_for_turn(self) -> None:
        if self._waiting >= self._room or self._banned():
            raise DmsBusy
        self._waiting += 1
        try:
            await self._limiter.acquire()
        finally:
            self._waiting -= 1
        if self._banned():
            raise DmsBusy

    def _banned(self) -> bool:
        return self._elapsed() < self._banned_until

    @asynccontextmanager
    async def _request(self) -> AsyncIterator[None]:
        """One request; its errors become sentences."""
        try:
            async with asyncio.timeout(REQUEST_TIMEOUT):
                yield
        except TROUBLE as error:
            self._explain(error)

    def _explain(self, error: Exception) -> NoReturn:
        code = error.code if isinstance(error, discord.HTTPException) else None
        if code in {TOO_MANY_DMS, FLAGGED}:
            log.warning("Discord lets us open no more direct messages for now", code=code)
            self._banned_until = self._elapsed() + BAN
        match classify_error(error):
            case Refused(reason=Reason.DM_CLOSED):
                raise DmsClosed from error
            case Refused(reason=Reason.NO_SHARED_SERVER):
                raise NoSharedServer from error
            case Refused(reason=Reason.CHANNEL_GONE):
                raise _ChannelGone from error
            case Refused():
                raise error
        raise DmsBusy from error


class _ChannelGone(DmsBusy):
    """The channel is no more. For one that was just opened: try again."""


async def _delete(message: discord.Message) -> bool:
    try:
        await message.delete()
    except discord.NotFound:  # somebody was quicker
        return False
    return True
