"""What a club's moderators do: for now, post the standing *Check in* button."""

from discord import Interaction, Permissions, app_commands
from discord.ext import commands

from bot.ui.cards import diary as cards
from bot.ui.editions import Editions


class Club(commands.Cog):
    """For whom Discord lets run it: *Manage Server*, or the roles an admin adds in the server's Integrations page."""

    club = app_commands.Group(
        name="club",
        description="…",  # the catalogue gives it its words
        default_permissions=Permissions(manage_guild=True),
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )

    def __init__(self, editions: Editions) -> None:
        self._editions = editions

    @club.command(name="button")
    async def button(self, interaction: Interaction) -> None:
        """A public answer, so that no permission is needed; pressed at any time, it answers in private."""
        edition = self._editions.of(interaction.guild_locale or interaction.locale)
        await interaction.response.send_message(view=cards.standing(edition.words))
