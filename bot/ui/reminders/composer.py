"""The composer of what a reminder says when its time has come."""

import discord

from bot.advice.library import Library
from bot.reminders.messages import ReminderMessages
from bot.reminders.post_routine import options_of
from bot.reminders.post_service import PostContent, PostService
from bot.storage.occurrences import ClaimedOccurrence
from bot.storage.reminders import ReminderKind
from bot.ui.cards import reminder_message, routine
from bot.ui.catalog import Catalog
from bot.ui.clubs.guild_view import role_gone
from bot.ui.locales import Locales
from bot.ui.reminders.transport import OutgoingMessage


class MessageComposer:
    """Composes messages to people and posts of clubs, each in its own language."""

    def __init__(self, bot: discord.Client, locales: Locales, messages: ReminderMessages, posts: PostService) -> None:
        self._bot = bot
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
        gone = role_gone(self._bot.get_guild(claimed.reminder.club or 0), content.role)
        return post_message(localized.library, content, localized.words, role_gone=gone)


def post_message(library: Library, content: PostContent, words: Catalog, *, role_gone: bool = False) -> OutgoingMessage:
    """A post with what belongs to it."""
    role = None if role_gone else content.role
    thread = routine.thread_name(content, words) if content.thread else None
    return OutgoingMessage(routine.post(library, content, words, role_gone=role_gone), role, thread)
