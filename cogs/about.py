"""What the bot does, and how far to trust it."""

from discord import Interaction, app_commands
from discord.ext import commands

from bot.ui.editions import Editions
from bot.ui.replies import show
from bot.ui.router import Router


class About(commands.Cog):
    """Help, and the way back in from a button that is out of date."""

    def __init__(self, editions: Editions, router: Router) -> None:
        self._editions = editions
        router.add("help", self._show_help)

    @app_commands.command()
    async def help(self, interaction: Interaction) -> None:
        await self._show_help(interaction)

    @app_commands.command()
    async def about(self, interaction: Interaction) -> None:
        await show(interaction, self._editions.of(interaction.locale).deck.card("about"))

    async def _show_help(self, interaction: Interaction) -> None:
        await show(interaction, self._editions.of(interaction.locale).deck.card("help"))
