"""What the bot does, and how far to trust it."""

from discord import Interaction, app_commands
from discord.ext import commands

from bot.ui.locales import Locales
from bot.ui.replies import show
from bot.ui.router import Router


class About(commands.Cog):
    """Help, and the way back in from a button that is out of date."""

    def __init__(self, locales: Locales, router: Router) -> None:
        self._locales = locales
        router.add("help", self._show_help)

    @app_commands.command()
    async def help(self, interaction: Interaction) -> None:
        await self._show_help(interaction)

    @app_commands.command()
    async def about(self, interaction: Interaction) -> None:
        await show(interaction, self._locales.of(interaction.locale).card_index.card("about"))

    async def _show_help(self, interaction: Interaction) -> None:
        await show(interaction, self._locales.of(interaction.locale).card_index.card("help"))
