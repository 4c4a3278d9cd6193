"""*This looks wrong*: whom to tell. Nothing is sent, and nothing of the person's answers is in it."""

from discord import Interaction
from discord.ext import commands

from bot.errors import OutOfDate
from bot.ui.beside import Beside
from bot.ui.cards import notices
from bot.ui.editions import Editions
from bot.ui.replies import show
from bot.ui.router import Router


class Feedback(commands.Cog):
    """The club's contact, or the host's."""

    def __init__(self, editions: Editions, router: Router, beside: Beside, host: str | None) -> None:
        """`host`: how to reach whoever runs this bot."""
        self._editions = editions
        self._beside = beside
        self._host = host
        router.add("wrong", self.wrong)

    async def wrong(self, interaction: Interaction, area: str) -> None:
        """From an area's page."""
        edition = self._editions.of(interaction.locale)
        if area not in edition.library.areas:
            raise OutOfDate
        club = await self._beside.contact(interaction)
        await show(interaction, notices.wrong(edition.library, area, club, self._host, edition.words))
