"""What is kept about you, a copy of it, and its end; and your time zone."""

from io import BytesIO

from discord import File, Interaction, app_commands
from discord.app_commands import Choice
from discord.ext import commands

from bot.checkins.diary import Diary
from bot.clock import Clock
from bot.privacy.export import archive
from bot.privacy.service import PrivacyService
from bot.reminders.service import ReminderService
from bot.ui.cards import privacy as cards
from bot.ui.clubs.guild_view import club_of
from bot.ui.limits import CHOICE
from bot.ui.locales import Locales
from bot.ui.options import CannotWait, cannot_wait
from bot.ui.reminders.direct_messages import DirectMessages, DmsBusy
from bot.ui.replies import draw_later, show, show_drawn, turn
from bot.ui.router import Handler, Router
from bot.zones import suggest, zone_from


class PrivacyCommands(commands.Cog):
    """Everything here is about the person who asks."""

    privacy = app_commands.Group(name="privacy", description="…")  # the catalogue gives it its words

    def __init__(  # the composition root hands in one service each
        self,
        locales: Locales,
        router: Router,
        privacy: PrivacyService,
        diary: Diary,
        personal: ReminderService,
        direct_messages: DirectMessages,
        clock: Clock,
    ) -> None:
        self._personal = personal
        self._direct_messages = direct_messages
        self._locales = locales
        self._service = privacy
        self._diary = diary
        self._clock = clock
        handlers: dict[str, Handler] = {
            "prshow": self.show_again,
            "prexport": self.send,
            "prerase": self.sure,
            "prerased": self.erased,
            "prclear": self.clear,
        }
        router.add_all(handlers)

    @privacy.command(name="show")
    async def show(self, interaction: Interaction) -> None:
        await self._show(interaction)

    @privacy.command(name="export")
    async def export(self, interaction: Interaction) -> None:
        await self.send(interaction)

    @privacy.command(name="erase")
    async def erase(self, interaction: Interaction) -> None:
        await self.sure(interaction)

    @app_commands.command()
    async def timezone(self, interaction: Interaction, place: str) -> None:
        localized = self._locales.of(interaction.locale)
        if alarms := cannot_wait(place, localized):
            raise CannotWait(alarms)
        zone, person = zone_from(place), interaction.user.id
        diary = await self._diary.of(person)
        before = diary.owner.zone
        await diary.set_zone(zone)
        moved = await self._personal.move(person, before, zone)
        await show(interaction, cards.zone_set(zone, self._clock.now(), moved, localized.words))

    @timezone.autocomplete("place")
    async def _places(self, _interaction: Interaction, text: str) -> list[Choice[str]]:
        return [Choice(name=label[:CHOICE], value=zone) for label, zone in suggest(text)]

    async def show_again(self, interaction: Interaction) -> None:
        """*Keep it*: back to what is kept."""
        await self._show(interaction)

    async def send(self, interaction: Interaction) -> None:
        """A copy of everything, for this person alone."""
        localized, person = self._locales.of(interaction.locale), interaction.user.id
        everything = await self._service.everything(person)
        if everything is None:
            await show(interaction, cards.nothing(localized.words))
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        file = File(BytesIO(archive(everything)), filename=cards.ARCHIVE)
        await interaction.edit_original_response(view=cards.copy(everything, localized.words), attachments=[file])

    async def sure(self, interaction: Interaction) -> None:
        """Ask once before everything goes."""
        localized = self._locales.of(interaction.locale)
        found = await self._service.inventory(interaction.user.id)
        card = cards.sure(found, localized.words) if found else cards.nothing(localized.words)
        await turn(interaction, card)

    async def erased(self, interaction: Interaction) -> None:
        """*Yes, delete everything*."""
        await draw_later(interaction, again=True)  # the files are rewritten: with many people that takes a while
        person, words = interaction.user.id, self._locales.of(interaction.locale).words
        channel = await self._service.channel(person)
        gone = await self._service.erase(person)
        at = self._clock.now()
        await show_drawn(interaction, cards.receipt(gone, None, at, words), [])
        messages = await self._cleared(interaction, channel)
        await show_drawn(interaction, cards.receipt(gone, messages, at, words, stuck=messages is None), [])

    async def clear(self, interaction: Interaction) -> None:
        """*Delete our chat*: what is left of it, whatever else is kept."""
        await draw_later(interaction, again=True)
        words = self._locales.of(interaction.locale).words
        messages = await self._cleared(interaction, await self._service.channel(interaction.user.id))
        await show_drawn(interaction, cards.cleared(messages, words), [])

    async def _cleared(self, interaction: Interaction, channel: int | None) -> int | None:
        """How many of our messages; None when it could not be finished. Many take a while."""
        try:
            return await self._direct_messages.clear(interaction.user, channel)
        except DmsBusy:
            return None

    async def _show(self, interaction: Interaction) -> None:
        localized = self._locales.of(interaction.locale)
        found = await self._service.inventory(interaction.user.id)
        club = club_of(interaction)
        card = cards.inventory(found, localized.words, club) if found else cards.nothing(localized.words)
        await turn(interaction, card)
