"""What every reminder says when its time has come."""

import discord

from bot.reminders.club_service import ClubReminderService, options_of
from bot.reminders.messages import ReminderMessages
from bot.storage.occurrences import ClaimedOccurrence
from bot.storage.reminders import ReminderKind
from bot.ui.cards import post, reminder
from bot.ui.editions import Editions
from bot.ui.letter import Letter


class Letters:
    """Writes to people and to clubs."""

    def __init__(
        self, bot: discord.Client, editions: Editions, messages: ReminderMessages, posts: ClubReminderService
    ) -> None:
        self._bot = bot
        self._editions = editions
        self._messages = messages
        self._posts = posts

    async def compose(self, claimed: ClaimedOccurrence) -> Letter:
        """A `Compose`. Raises Withheld."""
        if claimed.reminder.kind is ReminderKind.CLUB:
            return await self._to_club(claimed)
        message = await self._messages.of(claimed, self._editions.base.library)
        edition = self._editions.of(message.about.language)
        return Letter(reminder.message(edition.library, message, edition.words))

    async def _to_club(self, claimed: ClaimedOccurrence) -> Letter:
        edition = self._editions.of(options_of(claimed.reminder).language)
        posted = await self._posts.compose(claimed, edition.library)
        return post.letter(edition.library, posted, edition.words, role_gone=self._gone(claimed, posted.role))

    def _gone(self, claimed: ClaimedOccurrence, role: int | None) -> bool:
        """Only what Discord has told us: a server that is not there for the moment has its roles still."""
        guild = self._bot.get_guild(claimed.reminder.club or 0)
        return role is not None and guild is not None and not guild.unavailable and guild.get_role(role) is None
