"""The cog of `/history` and `/report`: the chart, the same in words, and the page for a physio."""

import asyncio

from discord import File, app_commands
from discord.app_commands import Range
from discord.ext import commands

from bot.charts.renderer import ChartRenderer
from bot.checkins.days import Lookback, from_when, look_back
from bot.checkins.diary import Diary
from bot.checkins.person_diary import PersonDiary
from bot.clock import Clock
from bot.errors import OutOfDate
from bot.expiring import ExpiringStore
from bot.localtime import local_day
from bot.ui.cards import history as cards
from bot.ui.cards import report as reports
from bot.ui.cards.history import View
from bot.ui.cards.parts import Card
from bot.ui.cards.report import ReportMaterial
from bot.ui.options import AreaOption
from bot.ui.request import BESIDE, Request
from bot.ui.router import on_request, press

LONGEST_DAYS = 3 * 366


class History(commands.Cog):
    """Charts are drawn elsewhere, one after the other; the answer waits for them, the bot does not."""

    def __init__(self, diary: Diary, renderer: ChartRenderer, views: ExpiringStore[View], clock: Clock) -> None:
        self._diary = diary
        self._renderer = renderer
        self._views = views
        self._clock = clock

    @app_commands.command()
    @on_request()
    async def history(
        self, request: Request, area: AreaOption | None = None, days: Range[int, 3, LONGEST_DAYS] = 28
    ) -> None:
        diary = await self._diary.of(request.person)
        await request.show(*await self._chart(request, diary, View(area.id if area else None, days)))

    @press("history.of_entry", BESIDE)
    async def of_entry(self, request: Request, entry: str) -> None:
        """*History*, for the area of a check-in."""
        diary = await self._diary.of(request.person)
        checkin = await diary.checkin(entry)
        await request.show(*await self._chart(request, diary, View(checkin.area)))

    @press("history.change")
    async def change(self, request: Request, view_id: str, what: str) -> None:
        """Another range, the other theme, the same in words, or the chart again."""
        view = cards.other(self._views.find(view_id, request.person), what)
        if view is None:
            raise OutOfDate
        diary = await self._diary.of(request.person)
        if what == cards.IN_WORDS:
            lookback, checks = await self._read(request, diary, view)
            await request.replace(cards.in_words(request.library, lookback, view_id, request.words, checks), [])
        else:
            await request.replace(*await self._chart(request, diary, view))

    @app_commands.command()
    @on_request()
    async def report(  # one option a parameter, as discord.py wants it
        self,
        request: Request,
        area: AreaOption | None = None,
        days: Range[int, 3, LONGEST_DAYS] = 90,
        notes: bool = True,
        since: Range[str, 1, 200] | None = None,
        tried: Range[str, 1, 500] | None = None,
    ) -> None:
        view = View(area.id if area else None, days)
        await self._report(request, view, notes=notes, since=since, tried=tried)

    @press("report.of_view", BESIDE)
    async def report_of(self, request: Request, view_id: str) -> None:
        """*Page for a physio*, for what is looked at."""
        await self._report(request, self._views.find(view_id, request.person))

    async def _chart(self, request: Request, diary: PersonDiary, view: View) -> tuple[Card, list[File]]:
        """The card and its chart; no chart where nothing was logged."""
        await request.later()
        lookback, checks = await self._read(request, diary, view)
        view_id = self._views.keep(request.person, view)
        card = cards.history(request.library, lookback, view, view_id, request.words, checks)
        if not lookback.areas:
            return card, []
        picture = cards.picture(request.library, lookback, view, request.words)
        return card, [cards.file_of(await self._renderer.draw(request.person, picture))]

    async def _read(self, request: Request, diary: PersonDiary, view: View) -> tuple[Lookback, list[str]]:
        """What was logged in that time, and the symptom checks of no place, newest first."""
        now = self._clock.now()
        since = from_when(now, view.days)
        pages = await diary.checkins_and_findings(since, since)
        of_no_place = [finding for finding in reversed(pages.findings) if not finding.area]
        checks = cards.checks_text(of_no_place, diary.zone, request.words)
        lookback = await asyncio.to_thread(look_back, pages.checkins, diary.zone, now, view.days, view.area)
        return lookback, checks

    async def _report(
        self, request: Request, view: View, *, notes: bool = True, since: str | None = None, tried: str | None = None
    ) -> None:
        diary, now = await self._diary.of(request.person), self._clock.now()
        await request.later()
        material = ReportMaterial(await diary.checkins(), await diary.findings(), since, tried, notes)
        lookback = await asyncio.to_thread(look_back, material.checkins, diary.zone, now, view.days, view.area)
        if not lookback.areas:
            view_id = self._views.keep(request.person, view)
            await request.show(cards.empty(request.library, view, view_id, request.words))
            return
        today = local_day(now, diary.zone)
        page = reports.page(request.library, lookback, material, today, diary.zone, request.words)
        pdf = await self._renderer.draw(request.person, page)
        await request.show(reports.report(lookback, request.words), [cards.file_of(pdf, reports.FILE)])
