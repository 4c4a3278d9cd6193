"""*This looks wrong*: whom to tell. Nothing is sent, and nothing of the person's answers is in it."""

from discord import Interaction
from discord.ext import commands

from bot.errors import OutOfDate
from bot.ui.cards import notices
from bot.ui.clubs.notes import ClubNotes
from bot.ui.locales import Locales
from bot.ui.replies import show
from bot.ui.router import Router


class Feedback(commands.Cog):
    """The club's contact, or the host's."""

    def __init__(self, locales: Locales, router: Router, club_notes: ClubNotes, host: str | None) -> None:
        """`host`: how to reach whoever runs this bot."""
        self._locales = locales
        self._club_notes = club_notes
        self._host = host
        router.add("wrong", self.wrong)

    async def wrong(self, interaction: Interaction, area: str) -> None:
        """From an area's page."""
        localized = self._locales.of(interaction.locale)
        if area not in localized.library.areas:
            raise OutOfDate
        club = await self._club_notes.contact(interaction)
        await show(interaction, notices.wrong(localized.library, area, club, self._host, localized.words))
