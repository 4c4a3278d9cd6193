"""The steps of a check-in: one press or form each, until it is whole and kept."""

from dataclasses import replace
from typing import Final

from bot.checkins.diary import Diary
from bot.checkins.draft import Draft
from bot.checkins.service import CheckInService, with_fields
from bot.expiring import Expired
from bot.ui import forms
from bot.ui.cards import diary as cards
from bot.ui.custom_id import custom_id
from bot.ui.options import picked_area
from bot.ui.request import AnswerPolicy, Request
from bot.ui.router import press

KEEPS_DRAFT: Final = AnswerPolicy(keeps_draft=True)


class CheckInSteps:
    """Every step takes up the draft that waits under its id; nothing typed is lost on the way."""

    def __init__(self, service: CheckInService, diary: Diary) -> None:
        self._service = service
        self._diary = diary

    @press("consent.agree")
    async def agree(self, request: Request, draft: str) -> None:
        """*Yes*: go on with what was waiting."""
        await self._diary.agree(request.person)
        try:
            waiting = self._service.draft(request.person, draft)
        except Expired:
            await request.replace(cards.agreed(request.words))
        else:
            await self.go_on(request, waiting)

    @press("consent.decline")
    async def decline(self, request: Request) -> None:
        """*No*: nothing is kept."""
        await request.replace(cards.declined(request.words))

    @press("checkin.area")
    async def choose_area(self, request: Request, draft: str) -> None:
        area = picked_area(request.value, request.library)
        await self.go_on(request, replace(self._service.draft(request.person, draft), area=area.id))

    @press("checkin.elsewhere")
    async def choose_another_area(self, request: Request, draft: str) -> None:
        await self.go_on(request, replace(self._service.draft(request.person, draft), area=None))

    @press("checkin.score")
    async def score(self, request: Request, draft: str) -> None:
        """One tap on 0 to 10."""
        await self.go_on(request, replace(self._service.draft(request.person, draft), pain=request.value or None))

    @press("checkin.form")
    async def form(self, request: Request, draft: str) -> None:
        """*More details*: the form, filled in with what is known."""
        await self.open_form(request, self._service.draft(request.person, draft))

    @press("checkin.fix")
    async def fix(self, request: Request, draft: str, field: str) -> None:
        """*Fix it*: the form that holds the answer that could not be read, the others filled in."""
        waiting = self._service.draft(request.person, draft)
        if field not in {"day", "worst", "during"}:
            await self.open_form(request, waiting)
            return
        await request.open_form(
            forms.again(waiting, custom_id("checkin.submit", draft), request.words, day=field == "day")
        )

    @press("checkin.submit", KEEPS_DRAFT)
    async def submit(self, request: Request, draft: str) -> None:
        """The form came back; when its draft is gone, what stands in the form is not."""
        try:
            waiting = self._service.draft(request.person, draft)
        except Expired:
            waiting = Draft()
        filled = with_fields(waiting, request.fields)
        with forms.waits("checkin.form", self._service.wait(request.person, filled)):
            await self.go_on(request, filled)

    async def open_form(self, request: Request, draft: Draft) -> None:
        """The form must be the first answer, so whether the person agreed is asked before. Raises NeedsConsent."""
        if not await self._diary.agreed(request.person):
            await self._service.take(request.person, draft)
        waiting = self._service.wait(request.person, draft)
        form = forms.checkin(
            request.library, draft, custom_id("checkin.submit", waiting), request.words, notes=self._service.notes
        )
        await request.open_form(form, reopen=custom_id("checkin.form", waiting))

    async def go_on(self, request: Request, draft: Draft, unknown: str | None = None) -> None:
        """Keep it, or ask for what is missing. `unknown`: a place that was typed and that nobody taught us."""
        result = await self._service.take(request.person, draft)
        await request.replace(cards.step(result, request.library, request.words, unknown))
