"""The cog of check-ins: `/checkin`, in two taps or in one line."""

from collections.abc import Mapping
from typing import Any

from discord import app_commands
from discord.app_commands import Choice
from discord.ext import commands

from bot.checkins.diary import Diary
from bot.checkins.draft import Draft
from bot.checkins.models import PainTiming, Side
from bot.checkins.service import AnswerUnreadable, CheckInService, with_fields
from bot.errors import OutOfDate
from bot.triage.flow import PAINS
from bot.ui.alarm_gate import alarms_in
from bot.ui.cards import diary as cards
from bot.ui.options import NotAChoice, area_or_none, choice_from, suggested, suggested_areas
from bot.ui.request import Request
from bot.ui.router import on_request, on_typing, press
from cogs.checkin_steps import KEEPS_DRAFT, CheckInSteps


class Checkins(commands.Cog):
    """/checkin, and the buttons that begin one: on a card, and the standing one in a channel."""

    def __init__(self, service: CheckInService, diary: Diary, steps: CheckInSteps) -> None:
        self._service = service
        self._diary = diary
        self._steps = steps

    @app_commands.command()
    @on_request(KEEPS_DRAFT)
    async def checkin(  # noqa: PLR0913, PLR0917  # one option a parameter, as discord.py wants it
        self,
        request: Request,
        area: str | None = None,
        pain: str | None = None,
        side: str | None = None,
        when: str | None = None,
        worst: str | None = None,
        during: str | None = None,
        day: str | None = None,
        note: str | None = None,
    ) -> None:
        known = None if area is None or alarms_in([area], request.content) else area_or_none(area, request.content)
        draft = Draft(area=known.id if known else None, pain=pain, worst=worst, during=during, day=day, note=note)
        draft, unread = _with_choices(request, draft, when, side)
        if unread is not None:
            field, error = unread
            raise AnswerUnreadable(field, error, self._service.wait(request.person, draft))
        if known and pain is None:
            await self._steps.open_form(request, draft)
        else:
            await self._steps.go_on(request, draft, unknown=None if known else area)

    @checkin.autocomplete("area")
    @on_typing
    async def _areas(self, request: Request, text: str) -> list[Choice[str]]:
        return suggested_areas(request, text)

    @checkin.autocomplete("pain")
    @checkin.autocomplete("worst")
    @checkin.autocomplete("during")
    @on_typing
    async def _pains(self, request: Request, text: str) -> list[Choice[str]]:
        levels = [level for level in PAINS if level.startswith(text)]
        return [Choice(name=request.words("check-pain-level", level=int(level)), value=level) for level in levels]

    @checkin.autocomplete("side")
    @on_typing
    async def _sides(self, request: Request, text: str) -> list[Choice[str]]:
        return suggested(request.words.names(Side, "side"), text)

    @checkin.autocomplete("when")
    @on_typing
    async def _timings(self, request: Request, text: str) -> list[Choice[str]]:
        return suggested(request.words.names(PainTiming, "when"), text)

    @press("checkin.start")
    async def start(self, request: Request) -> None:
        """A *Check in* button: the area of last time, one tap."""
        result = await self._service.begin(request.person, request.library.areas)
        await request.replace(cards.step(result, request.library, request.words), [])

    @press("checkin.log")
    async def log(self, request: Request, area: str) -> None:
        """*Log it* on an area's card."""
        if area not in request.library.areas:
            raise OutOfDate
        await self._steps.open_form(request, Draft(area=area))


def _with_choices(
    request: Request, draft: Draft, when: str | None, side: str | None
) -> tuple[Draft, tuple[str, NotAChoice] | None]:
    """The draft with what was picked from the two lists; the last of them that cannot be read, and why."""
    fields, unread = dict[str, tuple[str, ...]](), None
    timings: Mapping[Any, str] = request.words.names(PainTiming, "when")
    sides: Mapping[Any, str] = request.words.names(Side, "side")
    for field, names, text in (("moments", timings, when), ("side", sides, side)):
        try:
            fields |= {field: (choice_from(names, text),)} if text else {}
        except NotAChoice as error:
            unread = field, error
    return with_fields(draft, fields) if fields else draft, unread
