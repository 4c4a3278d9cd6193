"""One tip, or a routine step by step."""

from discord import Interaction, app_commands
from discord.ext import commands

from bot.advice.model import Moment
from bot.advice.tips import TipPicker
from bot.errors import OutOfDate
from bot.ui.cards import notices
from bot.ui.cards.parts import Card
from bot.ui.editions import Edition, Editions
from bot.ui.options import AreaOption, MomentOption
from bot.ui.replies import show, turn
from bot.ui.router import Router

ANY = "any"


class Tips(commands.Cog):
    """Small things to do: all of them safe before any question was asked, or behind the warning signs."""

    def __init__(self, editions: Editions, router: Router, picker: TipPicker) -> None:
        self._editions = editions
        self._picker = picker
        router.add("tip", self.another)
        router.add("tipopen", self.open)

    @app_commands.command()
    async def tip(
        self, interaction: Interaction, area: AreaOption | None = None, moment: MomentOption | None = None
    ) -> None:
        edition = self._editions.of(interaction.locale)
        scope, when = area.id if area else ANY, moment or ANY
        if area and area.screen_first:
            card = edition.deck.card("pain", area.id)  # tips stand behind the warning signs
        else:
            card = self._draw(edition, interaction.user.id, scope, when)
        await show(interaction, card)

    async def open(self, interaction: Interaction, scope: str, when: str) -> None:
        """*A tip* on another card: beside it."""
        await show(interaction, self._draw(self._editions.of(interaction.locale), interaction.user.id, scope, when))

    async def another(self, interaction: Interaction, scope: str, when: str) -> None:
        """*Another tip*: in the place of this one."""
        await turn(interaction, self._draw(self._editions.of(interaction.locale), interaction.user.id, scope, when))

    def _draw(self, edition: Edition, person: int, scope: str, when: str) -> Card:
        library = edition.library
        if (scope != ANY and scope not in library.areas) or (when != ANY and when not in set(Moment)):
            raise OutOfDate
        asked = [library.areas[scope]] if scope != ANY else [a for a in library.areas.values() if not a.screen_first]
        drawn = [(area.id, tip) for area in asked for tip in library.tips[area.id]]
        area, tip = self._picker.pick(person, drawn, None if when == ANY else Moment(when))
        return notices.tip(library, library.areas[area], tip, when, scope, edition.words)

    @app_commands.command()
    async def stretch(
        self,
        interaction: Interaction,
        area: AreaOption | None = None,
        minutes: app_commands.Range[int, 1, 15] | None = None,
    ) -> None:
        edition = self._editions.of(interaction.locale)
        if area and area.screen_first:
            card = edition.deck.card("pain", area.id)
        else:
            card = edition.deck.card("routine", edition.library.routine_for(area, minutes).id)
        await show(interaction, card)
