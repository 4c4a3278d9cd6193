"""The presses on one's own check-ins: look at, complete, change and delete."""

from bot.checkins import draft as drafts
from bot.checkins.diary import Diary
from bot.checkins.service import CheckInResult, CheckInService
from bot.errors import OutOfDate
from bot.expiring import ExpiringStore
from bot.triage.answers import Session
from bot.ui import forms
from bot.ui.cards import diary as cards
from bot.ui.cards.parts import Card
from bot.ui.custom_id import custom_id, whole_number
from bot.ui.request import AnswerPolicy, Request
from bot.ui.router import press
from cogs.canirun import first_screen


class Entries:
    """What the buttons of a kept check-in do. Every id is looked up under the person who pressed."""

    def __init__(self, service: CheckInService, diary: Diary, checks: ExpiringStore[Session]) -> None:
        self._service = service
        self._diary = diary
        self._checks = checks

    @press("entry.new_signs")
    async def answer_new_signs(self, request: Request, entry: str) -> None:
        """*Anything new?*"""
        signs = tuple(sign for sign in request.values if sign != cards.NONE)
        result = await self._service.change(request.person, entry, {"new": signs})
        await request.replace(self._card(request, result))

    @press("entry.more")
    async def more(self, request: Request, entry: str) -> None:
        diary = await self._diary.of(request.person)
        draft = drafts.of(await diary.checkin(entry))
        form = forms.more(draft, custom_id("entry.submit", entry), request.words, notes=self._service.notes)
        await request.open_form(form)

    @press("entry.edit")
    async def edit(self, request: Request, entry: str) -> None:
        """*Change*."""
        diary = await self._diary.of(request.person)
        draft = drafts.of(await diary.checkin(entry))
        name = custom_id("entry.submit", entry)
        await request.open_form(forms.checkin(request.library, draft, name, request.words, notes=self._service.notes))

    @press("entry.submit", AnswerPolicy(keeps_draft=True))
    async def submit(self, request: Request, entry: str) -> None:
        """The form of *Change* or *Add more* came back."""
        result = await self._service.change(request.person, entry, request.fields)
        await request.replace(self._card(request, result))

    @press("entry.delete")
    async def ask_to_delete(self, request: Request, entry: str) -> None:
        """*Delete*: ask once."""
        diary = await self._diary.of(request.person)
        await request.replace(cards.drop(request.library, await diary.checkin(entry), request.words))

    @press("entry.delete_confirmed")
    async def delete(self, request: Request, entry: str) -> None:
        """*Yes, delete it*."""
        diary = await self._diary.of(request.person)
        await diary.remove(entry)
        await request.replace(cards.dropped(request.words))

    @press("entry.show")
    async def show(self, request: Request, entry: str) -> None:
        """*Keep it*: back to the check-in."""
        await self._show(request, entry)

    @press("entry.pick")
    async def pick(self, request: Request) -> None:
        """One of one's own check-ins, from the list."""
        await self._show(request, request.value)

    @press("entry.list")
    async def list(self, request: Request, page: str) -> None:
        """One's own check-ins, a page of them; `page` counts from 0."""
        number = whole_number(page)
        diary = await self._diary.of(request.person)
        checkins = await diary.checkins()
        await request.replace(cards.entries(request.library, checkins, number, diary.zone, request.words), [])

    @press("entry.check")
    async def check(self, request: Request, entry: str) -> None:
        """*Check my symptoms*, for the area of a check-in; the pain that was just logged is not asked again."""
        diary = await self._diary.of(request.person)
        logged = await diary.checkin(entry)
        if logged.area not in request.library.areas:
            raise OutOfDate
        pain = await self._service.pain_now(diary, logged)
        await request.replace(first_screen(request, self._checks, logged.area, pain), [])

    async def _show(self, request: Request, entry: str) -> None:
        diary = await self._diary.of(request.person)
        saved = await self._service.saved(diary, await diary.checkin(entry))
        await request.replace(self._card(request, saved))

    def _card(self, request: Request, result: CheckInResult) -> Card:
        return cards.step(result, request.library, request.words)
