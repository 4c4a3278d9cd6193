"""What a club's moderators can type."""

from discord import Interaction, Permissions, TextChannel, app_commands
from discord.app_commands import Choice
from discord.ext import commands

from bot.clubs.settings import SettingsFields
from bot.ui.cards import diary as cards
from bot.ui.clubs.moderators import Moderators
from bot.ui.locales import Locales
from cogs.barometer import Stats
from cogs.club_care import ClubCare
from cogs.club_posts import ClubSchedules
from cogs.club_setup import ClubSetup


class ClubCommands(commands.Cog):
    """For whom Discord lets run it: *Manage Server*, or the roles an admin adds in the server's Integrations page."""

    club = app_commands.Group(
        name="club",
        description="…",  # the catalogue gives it its words
        default_permissions=Permissions(manage_guild=True),
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )
    reminder = app_commands.Group(name="reminder", description="…", parent=club)

    def __init__(
        self,
        locales: Locales,
        moderators: Moderators,
        setup: ClubSetup,
        schedules: ClubSchedules,
        care: ClubCare,
        stats: Stats,
    ) -> None:
        self._locales = locales
        self._moderators = moderators
        self._setup = setup
        self._schedules = schedules
        self._care = care
        self._stats = stats

    @club.command(name="setup")
    async def begin(self, interaction: Interaction) -> None:
        await self._setup.again(interaction)

    @club.command(name="button")
    async def button(self, interaction: Interaction) -> None:
        """A public answer, so that no permission is needed; pressed at any time, it answers in private."""
        await self._moderators.check(interaction)
        localized = self._locales.of(interaction.guild_locale or interaction.locale)
        await interaction.response.send_message(view=cards.standing(localized.words))

    @club.command(name="channel")
    async def channel(
        self,
        interaction: Interaction,
        share: TextChannel | None = None,
        stretch: TextChannel | None = None,
        share_anywhere: bool = False,
    ) -> None:
        fields = SettingsFields()
        if share is not None or share_anywhere:
            fields["share_channel"] = share.id if share else None
        if stretch is not None:
            fields["stretch_channel"] = stretch.id
        if fields:
            await self._care.change(interaction, **fields)
        else:
            await self._care.show(interaction)

    @club.command(name="contact")
    async def contact(self, interaction: Interaction) -> None:
        await self._care.contact(interaction)

    @club.command(name="tips")
    async def tips(self, interaction: Interaction) -> None:
        await self._care.tips(interaction)

    @club.command(name="doctor")
    async def doctor(self, interaction: Interaction) -> None:
        await self._care.doctor(interaction)

    @club.command(name="log")
    async def log(self, interaction: Interaction) -> None:
        await self._care.log(interaction)

    @club.command(name="stats")
    async def stats(self, interaction: Interaction) -> None:
        await self._moderators.check(interaction)
        await self._stats.show_stats(interaction)

    @club.command(name="pause-all")
    async def pause_all(self, interaction: Interaction) -> None:
        await self._schedules.pause_all(interaction)

    @club.command(name="erase")
    async def erase(self, interaction: Interaction) -> None:
        await self._care.erase(interaction)

    @reminder.command(name="add")
    async def add(self, interaction: Interaction) -> None:
        await self._setup.begin(interaction)

    @reminder.command(name="list")
    async def overview(self, interaction: Interaction) -> None:
        await self._schedules.overview(interaction)

    @reminder.command(name="edit")
    async def edit(self, interaction: Interaction, reminder: str) -> None:
        await self._schedules.edit(interaction, reminder)

    @reminder.command(name="pause")
    async def pause(self, interaction: Interaction, reminder: str, until: str | None = None) -> None:
        await self._schedules.pause(interaction, reminder, until or "")

    @reminder.command(name="resume")
    async def resume(self, interaction: Interaction, reminder: str) -> None:
        await self._schedules.resume(interaction, reminder)

    @reminder.command(name="remove")
    async def remove(self, interaction: Interaction, reminder: str) -> None:
        await self._schedules.remove(interaction, reminder)

    @reminder.command(name="test")
    async def test(self, interaction: Interaction, reminder: str) -> None:
        await self._schedules.test(interaction, reminder)

    @edit.autocomplete("reminder")
    @pause.autocomplete("reminder")
    @resume.autocomplete("reminder")
    @remove.autocomplete("reminder")
    @test.autocomplete("reminder")
    async def _schedules_of(self, interaction: Interaction, text: str) -> list[Choice[str]]:
        return await self._schedules.choices(interaction, text)
