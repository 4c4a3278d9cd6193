"""*Done* under a club's post."""

from discord import Interaction
from discord.ext import commands

from bot.reminders.club_service import ClubReminderService
from bot.ui.cards import notices
from bot.ui.cards import post as cards
from bot.ui.locales import Locales
from bot.ui.replies import show
from bot.ui.router import Router


class Posts(commands.Cog):
    """Counts, and shows everybody how many did it; who they were, nobody sees."""

    def __init__(self, locales: Locales, router: Router, posts: ClubReminderService) -> None:
        self._locales = locales
        self._posts = posts
        router.add("pdone", self.done)

    async def done(self, interaction: Interaction, occurrence: str) -> None:
        """The count goes up, once for each; whoever pressed before is told so, in private."""
        await self._posts.content(occurrence, interaction.guild_id or 0)  # what stands in another club is not theirs
        counted = await self._posts.count_done(occurrence, interaction.user.id)
        posted = await self._posts.content(occurrence)
        localized = self._locales.of(posted.language)
        if counted.again or posted.routine not in localized.library.routines:
            words = self._locales.of(interaction.locale).words
            await show(interaction, notices.sentence(cards.counted(counted.count, words), words))
            return
        gone = _gone(interaction, posted.role)
        card = cards.post(localized.library, posted, localized.words, role_gone=gone)
        await interaction.response.edit_message(view=card)


def _gone(interaction: Interaction, role: int | None) -> bool:
    """Only what Discord has told us: a server that is not there for the moment has its roles still."""
    guild = interaction.guild
    return role is not None and guild is not None and not guild.unavailable and guild.get_role(role) is None
