"""The transport of reminders to Discord, and the composer of what it sends."""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import discord
import structlog
from discord import AllowedMentions, Message, NotFound, Object, PartialMessageable

from bot.advice.library import Library
from bot.delivery.transport import Busy, NotComposed, Refused, Unreadable, Withheld
from bot.reminders.messages import ReminderMessages
from bot.reminders.posts import PostContent, PostService, options_of
from bot.storage.occurrences import ClaimedOccurrence
from bot.storage.reminders import Reason, ReminderKind
from bot.ui.cards import reminder_message, routine
from bot.ui.cards.parts import Card
from bot.ui.catalog import Catalog
from bot.ui.clubs.guild_view import GuildLookup
from bot.ui.error_mapping import TROUBLE, UNKNOWN_MESSAGE, classify_error
from bot.ui.locales import Locales
from bot.ui.pictures import Pictures

ALWAYS_READ: Final = 50  # messages, whatever our clock says
MAX_READ: Final = 1000  # messages; then we give up: ten requests
CLOCK_SKEW: Final = timedelta(minutes=1)  # by which Discord's clock may be behind ours
THREAD_ARCHIVE: Final = 1440  # minutes without a word until Discord archives a thread

log = structlog.get_logger("limber.reminders")


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """One message, and what belongs to it."""

    card: Card
    role: int | None = None  # the only role it may mention; people and everyone, never
    thread: str | None = None  # the name of a thread to open under it


#: Raises Withheld; whatever else it raises, nothing was sent.
Compose = Callable[[ClaimedOccurrence], Awaitable[OutgoingMessage]]


class DiscordTransport:
    """A `bot.delivery.transport.Transport`: composes each message as it leaves."""

    def __init__(
        self,
        client: discord.Client,
        compose: Compose,
        pictures: Pictures,
        guilds: GuildLookup,
    ) -> None:
        """`client` is a `NoRetryClient`, where Discord is real."""
        self._client = client
        self._guilds = guilds
        self._pictures = pictures
        self._compose = compose

    async def send(self, claimed: ClaimedOccurrence, nonce: str) -> int | None:
        """As the port says. A thread that belongs under the message is opened if Discord lets us."""
        channel = self._channel(claimed)
        if channel is None:
            raise Refused(Reason.NO_CHANNEL)
        outgoing = await self._composed(claimed)
        roles = [] if outgoing.role is None else [Object(outgoing.role)]
        mentions = AllowedMentions(everyone=False, users=False, roles=roles, replied_user=False)
        try:
            message = await self._pictures.send(channel, outgoing.card, nonce=nonce, allowed_mentions=mentions)
        except TROUBLE as error:
            if isinstance(error, NotFound) and error.code == UNKNOWN_MESSAGE:  # it was there, and was deleted
                return None
            raise classify_error(error) from error
        if outgoing.thread is not None:
            await self._open_thread(message, outgoing.thread)
        return message.id

    async def find(self, claimed: ClaimedOccurrence) -> int | None:
        """As the port says."""
        channel = self._channel(claimed)
        if channel is None:
            raise Unreadable
        since = (claimed.occurrence.claimed_at or claimed.occurrence.due) - CLOCK_SKEW
        try:
            message, messages_read = await self._read_back(channel, claimed.occurrence.id, since)
            if message is None and not messages_read and claimed.reminder.club is not None:
                await self._require_history(claimed.reminder.club, channel.id)
        except TROUBLE as error:
            failure = classify_error(error)
            raise (Unreadable() if isinstance(failure, Refused) else failure) from error
        return message

    async def _require_history(self, club: int, channel: int) -> None:
        """Discord says of what we may not read that it is empty. Raises Unreadable then, Busy until that is known."""
        readable = await self._guilds.may_read(club, channel)
        if readable is None:
            raise Busy
        if not readable:
            raise Unreadable

    def _channel(self, claimed: ClaimedOccurrence) -> PartialMessageable | None:
        channel = claimed.reminder.channel
        return None if channel is None else self._client.get_partial_messageable(channel)

    async def _composed(self, claimed: ClaimedOccurrence) -> OutgoingMessage:
        try:
            return await self._compose(claimed)
        except (Withheld, NotComposed):
            raise
        except Exception as error:
            kind = type(error).__name__
            log.error("a reminder cannot be written; tried again", occurrence=claimed.occurrence.id, kind=kind)
            raise NotComposed from error

    async def _open_thread(self, message: Message, name: str) -> None:
        """Without the guild in the cache, which a message's own `create_thread` wants: nobody waits for READY."""
        start_thread = self._client.http.start_thread_with_message
        try:
            await start_thread(message.channel.id, message.id, name=name, auto_archive_duration=THREAD_ARCHIVE)
        except TROUBLE as error:
            code = error.code if isinstance(error, discord.HTTPException) else None
            log.warning("a post has no thread", channel=message.channel.id, kind=type(error).__name__, code=code)

    async def _read_back(self, channel: PartialMessageable, occurrence: str, since: datetime) -> tuple[int | None, int]:
        """The id of the message of this occurrence, and how many were read. Raises Unreadable."""
        messages_read = 0
        async for message in channel.history(limit=MAX_READ):
            messages_read += 1
            parts = (part for custom_id in _custom_ids(message.components) for part in custom_id.split("."))
            if message.author == self._client.user and occurrence in parts:
                return message.id, messages_read
            if messages_read >= ALWAYS_READ and message.created_at < since:
                return None, messages_read
        if messages_read == MAX_READ:
            raise Unreadable
        return None, messages_read


def _custom_ids(components: Iterable[object]) -> Iterator[str]:
    """Of all components, however deep."""
    for component in components:
        if custom_id := getattr(component, "custom_id", None):
            yield custom_id
        yield from _custom_ids(getattr(component, "children", ()))
        if accessory := getattr(component, "accessory", None):
            yield from _custom_ids([accessory])


class MessageComposer:
    """Composes messages to people and posts of clubs, each in its own language."""

    def __init__(self, guilds: GuildLookup, locales: Locales, messages: ReminderMessages, posts: PostService) -> None:
        self._guilds = guilds
        self._locales = locales
        self._messages = messages
        self._posts = posts

    async def compose(self, claimed: ClaimedOccurrence) -> OutgoingMessage:
        """A `Compose`. Raises Withheld."""
        if claimed.reminder.kind is ReminderKind.CLUB:
            return await self._to_club(claimed)
        message = await self._messages.of(claimed, self._locales.base.library)
        localized = self._locales.of(message.content.language)
        return OutgoingMessage(reminder_message.message(localized.library, message, localized.words))

    async def _to_club(self, claimed: ClaimedOccurrence) -> OutgoingMessage:
        localized = self._locales.of(options_of(claimed.reminder).language)
        content = await self._posts.compose(claimed, localized.library)
        gone = await self._guilds.role_gone(claimed.reminder.club or 0, content.options.role)
        return post_message(localized.library, content, localized.words, role_gone=gone)


def post_message(library: Library, content: PostContent, words: Catalog, *, role_gone: bool = False) -> OutgoingMessage:
    """A post with what belongs to it."""
    role = None if role_gone else content.options.role
    thread = routine.thread_name(content, words) if content.options.thread else None
    return OutgoingMessage(routine.post(library, content, words, role_gone=role_gone), role, thread)
