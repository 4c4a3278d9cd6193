"""The cog of the weekly check: four questions a week, and a score."""

from dataclasses import replace
from datetime import timedelta

import structlog
from discord import app_commands
from discord.ext import commands

from bot.charts.renderer import ChartRenderer, ChartsBusy, DrawingFailed
from bot.checkins.diary import Diary
from bot.checkins.models import WeeklyCheck
from bot.clock import Clock
from bot.expiring import Expired, ExpiringStore
from bot.localtime import local_day
from bot.storage.errors import Duplicate
from bot.ui.cards import weekly as cards
from bot.ui.cards.history import file_of
from bot.ui.cards.weekly import WeeklyDraft
from bot.ui.custom_id import custom_id
from bot.ui.forms import waits
from bot.ui.options import AreaOption, picked_area
from bot.ui.request import Request
from bot.ui.router import on_request, press

log = structlog.get_logger("limber.weekly")

WEEKLY_WINDOW = timedelta(weeks=cards.WEEKS_SHOWN + 1)


class Weekly(commands.Cog):
    """Inspired by OSTRC, in our own words; persistence counts, not one week's jump."""

    def __init__(self, diary: Diary, renderer: ChartRenderer, drafts: ExpiringStore[WeeklyDraft], clock: Clock) -> None:
        self._diary = diary
        self._renderer = renderer
        self._drafts = drafts
        self._clock = clock

    @app_commands.command()
    @on_request()
    async def weekly(self, request: Request, area: AreaOption | None = None) -> None:
        await self._diary.of(request.person)  # who has not agreed is asked before they fill anything in
        await self._open(request, WeeklyDraft(area.id if area else None))

    @press("weekly.form")
    async def reopen(self, request: Request, draft_id: str) -> None:
        """*Fix it*: the form with what was answered."""
        await self._open(request, self._drafts.find(draft_id, request.person))

    @press("weekly.submit")
    async def submit(self, request: Request, draft_id: str) -> None:
        """The form came back; when its draft is gone, what stands in the form is not."""
        answers = {question: levels[0] for question, levels in request.fields.items() if levels}
        try:
            draft = self._drafts.find(draft_id, request.person)
        except Expired:
            fresh = self._drafts.keep(request.person, WeeklyDraft(None, answers))
            await request.show(cards.place(request.library, fresh, request.words))
        else:
            await self._keep(request, replace(draft, answers=answers))

    @press("weekly.area")
    async def choose_area(self, request: Request, draft_id: str) -> None:
        """What answers are about whose draft was gone."""
        area = None if request.value == cards.WHOLE else picked_area(request.value, request.library).id
        draft = self._drafts.find(draft_id, request.person)
        await self._keep(request, replace(draft, area=area))

    async def _open(self, request: Request, draft: WeeklyDraft) -> None:
        draft_id = self._drafts.keep(request.person, draft)
        form = cards.form(request.library, draft, custom_id("weekly.submit", draft_id), request.words)
        await request.open_form(form, reopen=custom_id("weekly.form", draft_id))

    async def _keep(self, request: Request, draft: WeeklyDraft) -> None:
        """Keep it and show the score, or ask again."""
        answers, draft_id = cards.answers(draft.answers), self._drafts.keep(request.person, draft)
        if answers is None:
            await request.replace(cards.incomplete(draft_id, draft.answers, request.words))
            return
        now = self._clock.now()
        check = WeeklyCheck(id=draft.id, at=now, area=draft.area, answers=answers)
        with waits("weekly.form", draft_id):
            diary = await self._diary.of(request.person)
            try:
                await diary.keep(check)
            except Duplicate:  # the same form once more: what stands in it now counts
                await diary.change(check)
            await request.later()
            checks = [each for each in await diary.weekly(now - WEEKLY_WINDOW) if each.area == draft.area]
        zone, today = diary.zone, local_day(now, diary.zone)
        subject = cards.about(request.library, draft.area, request.words)
        picture = cards.picture(checks, today, zone, request.words, subject)
        try:
            files = [file_of(await self._renderer.draw(request.person, picture), cards.FILE)]
        except (ChartsBusy, DrawingFailed) as error:
            log.warning("a weekly score was kept and not drawn", kind=type(error).__name__)
            files = []
        card = cards.saved(request.library, check, checks, today, zone, request.words, drawn=bool(files))
        await request.replace(card, files)
