"""Look back: the chart, the same in words, and the page for a physio."""

from discord import File, Interaction, app_commands
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot.charts.renderer import ChartRenderer
from bot.checkins.diary import Diary
from bot.checkins.lookback import from_when, look_back
from bot.clock import Clock
from bot.errors import OutOfDate
from bot.expiring import ExpiringStore
from bot.localtime import local_day
from bot.ui.cards import history as cards
from bot.ui.cards import report as reports
from bot.ui.cards.history import View
from bot.ui.cards.report import Told
from bot.ui.locales import Locales
from bot.ui.options import AreaTransformer, CannotWait, area_from, cannot_wait
from bot.ui.replies import draw_later, show_drawn
from bot.ui.router import Handler, Router

LONGEST_DAYS = 3 * 366


class History(commands.Cog):
    """Charts are drawn elsewhere, one after the other; the answer waits for them, the bot does not."""

    def __init__(  # the composition root hands in one service each
        self,
        locales: Locales,
        router: Router,
        diary: Diary,
        renderer: ChartRenderer,
        views: ExpiringStore[View],
        clock: Clock,
    ) -> None:
        self._locales = locales
        self._diary = diary
        self._renderer = renderer
        self._views = views
        self._clock = clock
        handlers: dict[str, Handler] = {"hisof": self.of, "histurn": self.turn, "repof": self.report_of}
        router.add_all(handlers)

    @app_commands.command()
    async def history(
        self, interaction: Interaction, area: str | None = None, days: Range[int, 3, LONGEST_DAYS] = 28
    ) -> None:
        found = area_from(area, self._locales.of(interaction.locale)) if area else None
        await self._show(interaction, View(found.id if found else None, days))

    @history.autocomplete("area")
    async def _areas(self, interaction: Interaction, text: str) -> list[Choice[str]]:
        return await AreaTransformer().autocomplete(interaction, text)

    async def of(self, interaction: Interaction, entry: str) -> None:
        """*History*, for the area of a check-in."""
        diary = await self._diary.of(interaction.user.id)
        area = (await diary.checkin(entry)).area
        await self._show(interaction, View(area))

    async def turn(self, interaction: Interaction, view: str, what: str) -> None:
        """Another range, or the other theme."""
        wanted = cards.other(self._views.find(view, interaction.user.id), what)
        if wanted is None:
            raise OutOfDate
        await self._show(interaction, wanted, again=True)

    @app_commands.command()
    async def report(  # one option a parameter, as discord.py wants it
        self,
        interaction: Interaction,
        area: str | None = None,
        days: Range[int, 3, LONGEST_DAYS] = 90,
        notes: bool = True,
        since: Range[str, 1, 200] | None = None,
        tried: Range[str, 1, 500] | None = None,
    ) -> None:
        localized = self._locales.of(interaction.locale)
        for text in filter(None, (since, tried)):
            if alarms := cannot_wait(text, localized):
                raise CannotWait(alarms)
        found = area_from(area, localized) if area else None
        await self._report(interaction, View(found.id if found else None, days), notes=notes, since=since, tried=tried)

    @report.autocomplete("area")
    async def _report_areas(self, interaction: Interaction, text: str) -> list[Choice[str]]:
        return await AreaTransformer().autocomplete(interaction, text)

    async def report_of(self, interaction: Interaction, view: str) -> None:
        """*Page for a physio*, for what is looked at."""
        await self._report(interaction, self._views.find(view, interaction.user.id))

    async def _report(
        self,
        interaction: Interaction,
        view: View,
        *,
        notes: bool = True,
        since: str | None = None,
        tried: str | None = None,
    ) -> None:
        person, localized = interaction.user.id, self._locales.of(interaction.locale)
        diary, now = await self._diary.of(person), self._clock.now()
        zone = diary.zone
        await draw_later(interaction)
        told = Told(await diary.checkins(), await diary.findings(), since, tried, notes)
        found = look_back(told.checkins, zone, now, view.days, view.area)
        if not found.areas:
            await show_drawn(interaction, cards.empty(view, localized.words), [])
            return
        page = reports.page(localized.library, found, told, local_day(now, zone), zone, localized.words)
        pdf = await self._renderer.draw(person, page)
        await show_drawn(interaction, reports.report(found, localized.words), [cards.file_of(pdf, reports.FILE)])

    async def _show(self, interaction: Interaction, view: View, *, again: bool = False) -> None:
        person, localized = interaction.user.id, self._locales.of(interaction.locale)
        diary, now = await self._diary.of(person), self._clock.now()
        await draw_later(interaction, again=again)
        checkins = await diary.checkins(from_when(now, view.days))
        found = look_back(checkins, diary.zone, now, view.days, view.area)
        card = cards.history(localized.library, found, view, self._views.keep(person, view), localized.words)
        files: list[File] = []
        if found.areas:
            png = await self._renderer.draw(person, cards.picture(localized.library, found, view, localized.words))
            files.append(cards.file_of(png))
        await show_drawn(interaction, card, files)
