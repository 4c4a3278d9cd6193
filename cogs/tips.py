"""One tip, or a routine step by step."""

from discord import Interaction, app_commands
from discord.ext import commands

from bot.advice.model import TipMoment
from bot.advice.tips import TipPicker
from bot.errors import OutOfDate
from bot.reminders.messages import ReminderMessages
from bot.ui.cards import notices
from bot.ui.cards.parts import Card
from bot.ui.clubs.notes import ClubNotes
from bot.ui.locales import Locales, LocalizedContent
from bot.ui.options import AreaOption, MomentOption
from bot.ui.replies import show, turn
from bot.ui.router import Router

ANY = "any"


class Tips(commands.Cog):
    """Small things to do: all of them safe before any question was asked, or behind the warning signs."""

    def __init__(
        self, locales: Locales, router: Router, picker: TipPicker, club_notes: ClubNotes, messages: ReminderMessages
    ) -> None:
        self._locales = locales
        self._club_notes = club_notes
        self._messages = messages
        self._picker = picker
        router.add("tip", self.another)
        router.add("tipopen", self.open)

    @app_commands.command()
    async def tip(
        self, interaction: Interaction, area: AreaOption | None = None, moment: MomentOption | None = None
    ) -> None:
        localized = self._locales.of(interaction.locale)
        scope, when = area.id if area else ANY, moment or ANY
        if area and area.screen_first:
            card = localized.card_index.card("pain", area.id)  # tips stand behind the warning signs
        else:
            card = await self._draw(interaction, scope, when)
        await show(interaction, card)

    async def open(self, interaction: Interaction, scope: str, when: str) -> None:
        """*A tip* on another card: beside it."""
        await show(interaction, await self._draw(interaction, scope, when))

    async def another(self, interaction: Interaction, scope: str, when: str) -> None:
        """*Another tip*: in the place of this one."""
        await turn(interaction, await self._draw(interaction, scope, when))

    async def _draw(self, interaction: Interaction, scope: str, when: str) -> Card:
        localized, person = self._locales.of(interaction.locale), interaction.user.id
        library = localized.library
        if (scope != ANY and scope not in library.areas) or (when != ANY and when not in set(TipMoment)):
            raise OutOfDate
        asked = [library.areas[scope]] if scope != ANY else [a for a in library.areas.values() if not a.screen_first]
        drawn = [(area.id, tip) for area in asked for tip in library.tips[area.id]]
        area, tip = self._picker.pick(person, drawn, None if when == ANY else TipMoment(when))
        own = await self._of_the_club(interaction, area, localized)
        return notices.tip(library, library.areas[area], tip, when, scope, localized.words, own)

    async def _of_the_club(self, interaction: Interaction, area: str, localized: LocalizedContent) -> str | None:
        """One of the club's, which nobody has checked: not for whom a check says to be seen first."""
        tips = await self._club_notes.tips(interaction)
        if not tips:
            return None
        general, person = localized.library.general_ids, interaction.user.id
        if await self._messages.standing(person, area, general) is not None:
            return None
        return self._picker.any_of(tips)

    @app_commands.command()
    async def stretch(
        self,
        interaction: Interaction,
        area: AreaOption | None = None,
        minutes: app_commands.Range[int, 1, 15] | None = None,
    ) -> None:
        localized = self._locales.of(interaction.locale)
        if area and area.screen_first:
            card = localized.card_index.card("pain", area.id)
        else:
            card = localized.card_index.card("routine", localized.library.routine_for(area, minutes).id)
        await show(interaction, card)
