"""Being counted in a club's barometer, leaving it, and what moderators see of it."""

from discord import Interaction
from discord.ext import commands

from bot.charts.renderer import ChartRenderer
from bot.clubs.barometer import Barometer
from bot.errors import OutOfDate
from bot.ui.cards import barometer as cards
from bot.ui.cards.history import file_of
from bot.ui.clubs.guild_view import club_of
from bot.ui.locales import Locales
from bot.ui.replies import draw_later, show, show_drawn, turn
from bot.ui.router import Handler, Router


class Stats(commands.Cog):
    """Whoever presses speaks for themselves, in the club they press it in. `/club stats` calls `show_stats`."""

    def __init__(self, locales: Locales, router: Router, barometer: Barometer, renderer: ChartRenderer) -> None:
        self._locales = locales
        self._barometer = barometer
        self._renderer = renderer
        handlers: dict[str, Handler] = {"brask": self.ask, "brjoin": self.join, "brleave": self.leave}
        router.add_all(handlers)

    async def show_stats(self, interaction: Interaction) -> None:
        """For moderators: whoever calls has made sure. Raises BarometerOff, DiaryClosed."""
        localized = self._locales.of(interaction.locale)
        weeks = await self._barometer.shown(_club(interaction))
        if not weeks:
            await show(interaction, cards.not_yet(localized.words))
            return
        await draw_later(interaction)
        drawn = cards.picture(localized.library, weeks, localized.words)
        png = await self._renderer.draw(interaction.user.id, drawn)
        card = cards.stats(localized.library, weeks, localized.words)
        await show_drawn(interaction, card, [file_of(png, cards.FILE)])

    async def ask(self, interaction: Interaction) -> None:
        """*Count me in*: first what that means."""
        _club(interaction)
        await turn(interaction, cards.ask(self._locales.of(interaction.locale).words))

    async def join(self, interaction: Interaction) -> None:
        """*Yes, count me in*. Raises NeedsConsent, BarometerOff."""
        await self._barometer.join(interaction.user.id, _club(interaction))
        await turn(interaction, cards.joined(self._locales.of(interaction.locale).words))

    async def leave(self, interaction: Interaction, where: str) -> None:
        """*Leave*, here or everywhere; it works whatever the host has switched off."""
        if where not in {cards.HERE, cards.EVERYWHERE}:
            raise OutOfDate
        club = _club(interaction) if where == cards.HERE else None
        gone = await self._barometer.leave(interaction.user.id, club)
        await turn(interaction, cards.left(gone, self._locales.of(interaction.locale).words))


def _club(interaction: Interaction) -> int:
    """Raises OutOfDate outside of a club."""
    club = club_of(interaction)
    if club is None:
        raise OutOfDate
    return club
