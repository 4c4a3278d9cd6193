"""What every reminder says when its time has come."""

import discord

from bot.reminders.errand import Errands
from bot.reminders.posts import ClubPosts, options_of
from bot.storage.occurrences import ClaimedOccurrence
from bot.storage.reminders import ReminderKind
from bot.ui.cards import post, reminder
from bot.ui.editions import Editions
from bot.ui.letter import Letter


class Letters:
    """Writes to people and to clubs."""

    def __init__(self, bot: discord.Client, editions: Editions, errands: Errands, posts: ClubPosts) -> None:
        self._bot = bot
        self._editions = editions
        self._errands = errands
        self._posts = posts

    async def compose(self, claimed: ClaimedOccurrence) -> Letter:
        """A `Compose`. Raises Withheld."""
        if claimed.reminder.kind is ReminderKind.CLUB:
            return await self._to_club(claimed)
        errand = await self._errands.of(claimed, self._editions.base.library)
        edition = self._editions.of(errand.about.language)
        return Letter(reminder.message(edition.library, errand, edition.words))

    async def _to_club(self, claimed: ClaimedOccurrence) -> Letter:
        edition = self._editions.of(options_of(claimed.reminder).language)
        posted = await self._posts.compose(claimed, edition.library)
        return post.letter(edition.library, posted, edition.words, role_gone=self._gone(claimed, posted.role))

    def _gone(self, claimed: ClaimedOccurrence, role: int | None) -> bool:
        """Only what Discord has told us: a server that is not there for the moment has its roles still."""
        guild = self._bot.get_guild(claimed.reminder.club or 0)
        return role is not None and guild is not None and not guild.unavailable and guild.get_role(role) is None
