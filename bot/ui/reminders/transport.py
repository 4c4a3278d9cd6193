"""Where reminders leave for Discord."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

import discord
import structlog
from discord import AllowedMentions, Message, NotFound, Object, PartialMessageable

from bot.delivery.transport import Busy, Refused, Unreadable, Withheld
from bot.storage.occurrences import ClaimedOccurrence
from bot.ui.reminders.error_mapping import TROUBLE, UNKNOWN_MESSAGE, classify_error
from bot.ui.reminders.outgoing_message import Compose, OutgoingMessage

LATEST: Final = 50  # messages that are always looked at, whatever our clock says
FARTHEST: Final = 1000  # then we give up: ten requests
SPARE: Final = timedelta(minutes=1)  # by which Discord's clock may be behind ours
THREAD_RESTS: Final = 1440  # minutes without a word until a thread is put away

log = structlog.get_logger("limber.reminders")


class DiscordTransport:
    """A `bot.delivery.transport.Delivery`: composes each parcel as it leaves."""

    def __init__(self, sender: discord.Client, compose: Compose) -> None:
        """`sender` is a `bot.ui.reminders.no_retry_client.Sender`, where Discord is real."""
        self._sender = sender
        self._compose = compose

    async def send(self, claimed: ClaimedOccurrence, nonce: str) -> int | None:
        """As the port says. A thread that belongs under the message is opened if Discord lets us."""
        channel = self._channel(claimed)
        if channel is None:
            raise Refused("no-channel")
        letter = await self._composed(claimed)
        try:
            message = await channel.send(view=letter.card, nonce=nonce, allowed_mentions=_mentions(letter))
        except TROUBLE as error:
            if isinstance(error, NotFound) and error.code == UNKNOWN_MESSAGE:  # it was there, and was deleted
                return None
            raise classify_error(error) from error
        if letter.thread is not None:
            await self._open_thread(message, letter.thread)
        return message.id

    async def find(self, claimed: ClaimedOccurrence) -> int | None:
        """As the port says."""
        channel = self._channel(claimed)
        if channel is None:
            raise Unreadable
        since = (claimed.occurrence.claimed_at or claimed.occurrence.due) - SPARE
        try:
            found, read = await self._read_back(channel, claimed.occurrence.id, since)
        except TROUBLE as error:
            no = classify_error(error)
            raise (Unreadable() if isinstance(no, Refused) else no) from error
        if found is None and not read and claimed.reminder.person is None:
            raise Unreadable  # without the permission to read the history, Discord says that there is none
        return found

    def _channel(self, claimed: ClaimedOccurrence) -> PartialMessageable | None:
        channel = claimed.reminder.channel
        return None if channel is None else self._sender.get_partial_messageable(channel)

    async def _composed(self, claimed: ClaimedOccurrence) -> OutgoingMessage:
        try:
            return await self._compose(claimed)
        except Withheld:
            raise
        except Exception as error:
            kind = type(error).__name__
            log.error("a reminder cannot be written; tried again", occurrence=claimed.occurrence.id, kind=kind)
            raise Busy from error

    async def _open_thread(self, message: Message, name: str) -> None:
        """Without the guild in the cache, which a message's own `create_thread` wants: nobody waits for READY."""
        start = self._sender.http.start_thread_with_message
        try:
            await start(message.channel.id, message.id, name=name, auto_archive_duration=THREAD_RESTS)
        except TROUBLE as error:
            code = error.code if isinstance(error, discord.HTTPException) else None
            log.warning("a post has no thread", channel=message.channel.id, kind=type(error).__name__, code=code)

    async def _read_back(self, channel: PartialMessageable, occurrence: str, since: datetime) -> tuple[int | None, int]:
        """The message of this occurrence, and how many were read. Raises Unreadable."""
        read = 0
        async for message in channel.history(limit=FARTHEST):
            read += 1
            if message.author == self._sender.user and _carries(message, occurrence):
                return message.id, read
            if read >= LATEST and message.created_at < since:
                return None, read
        if read == FARTHEST:
            raise Unreadable
        return None, read


def _mentions(letter: OutgoingMessage) -> AllowedMentions:
    roles = [] if letter.role is None else [Object(letter.role)]
    return AllowedMentions(everyone=False, users=False, roles=roles, replied_user=False)


def _carries(message: Message, occurrence: str) -> bool:
    return any(occurrence in custom_id.split(".") for custom_id in _custom_ids(message.components))


def _custom_ids(components: Iterable[object]) -> Iterator[str]:
    """Of all components, however deep."""
    for component in components:
        if custom_id := getattr(component, "custom_id", None):
            yield custom_id
        yield from _custom_ids(getattr(component, "children", ()))
        if accessory := getattr(component, "accessory", None):
            yield from _custom_ids([accessory])
