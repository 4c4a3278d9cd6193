"""The guided symptom check: `/triage`, and every answer to it, also of one that *Can I run?* began."""

from collections.abc import Callable

from discord import app_commands
from discord.ext import commands

from bot.advice.model import Area
from bot.checkins.diary import Diary
from bot.clock import Clock
from bot.expiring import Expired, ExpiringStore
from bot.triage import flow
from bot.triage.answers import Session
from bot.triage.flow import Screen
from bot.ui.cards import check as cards
from bot.ui.cards import running
from bot.ui.cards.pages import numbered_page
from bot.ui.cards.parts import UNWELL, Card
from bot.ui.clubs.notes import ClubNotes
from bot.ui.options import AreaOption, picked_area
from bot.ui.request import BESIDE, Request
from bot.ui.router import on_request, press
from cogs.canirun import CanIRun, first_screen


class Triage(commands.Cog):
    """Red flags first, then the answer; every press works again, and none is left without an answer."""

    def __init__(
        self, sessions: ExpiringStore[Session], can_run: CanIRun, diary: Diary, club_notes: ClubNotes, clock: Clock
    ) -> None:
        """`can_run`: what the diary says of a run is asked again before the result."""
        self._sessions = sessions
        self._can_run = can_run
        self._diary = diary
        self._club_notes = club_notes
        self._clock = clock

    @app_commands.command()
    @on_request()
    @press("check.start")
    async def triage(self, request: Request, area: AreaOption | None = None) -> None:
        """Without a place it begins with what cannot wait, and asks for the place afterwards."""
        await request.replace(self._first(request, area), [])

    @press("check.begin")
    async def begin(self, request: Request, area: str) -> None:
        """*Check my symptoms* on an area's card."""
        await request.replace(self._first(request, picked_area(area, request.library)), [])

    @press("check.beside", BESIDE)
    async def begin_beside(self, request: Request, area: str) -> None:
        """The same on an alarm, whose words stay."""
        await request.show(self._first(request, picked_area(area, request.library) if area != UNWELL else None))

    @press("check.area")
    async def choose_area(self, request: Request) -> None:
        """The menu of areas, under messages from before the check began without one."""
        await request.replace(self._first(request, picked_area(request.value, request.library)))

    @press("check.place")
    async def choose_place(self, request: Request, session_id: str) -> None:
        """The place, after the first screen of a check that began without one."""
        place = picked_area(request.value, request.library)
        await self._on(request, session_id, lambda session: session.at(place.id))

    @press("check.group")
    async def open_group(self, request: Request, session_id: str, group: str) -> None:
        """A group of the first screen."""
        await self._on(request, session_id, lambda session: flow.open_group(request.library, session, group))

    @press("check.mark")
    async def mark(self, request: Request, session_id: str, question: str, answer: str) -> None:
        await self._on(request, session_id, lambda session: flow.mark(request.library, session, question, answer))

    @press("check.clear")
    async def clear(self, request: Request, session_id: str, question: str, answer: str) -> None:
        """An answer that was pressed before is taken back."""
        await self._on(
            request, session_id, lambda session: flow.mark(request.library, session, question, answer, on=False)
        )

    @press("check.none")
    async def none(self, request: Request, session_id: str, question: str) -> None:
        """*None of these*, or *That is all*."""
        await self._on(request, session_id, lambda session: flow.none_or_done(request.library, session, question))

    @press("check.unsure")
    async def not_sure(self, request: Request, session_id: str, question: str) -> None:
        await self._on(request, session_id, lambda session: flow.not_sure(request.library, session, question))

    @press("check.back")
    async def back(self, request: Request, session_id: str) -> None:
        """*Back*: as it was before the last answer."""
        await self._on(request, session_id, Session.back)

    @press("check.page")
    async def turn(self, request: Request, session_id: str, number: str) -> None:
        """*More*, and *Back* to it: another page of the result."""
        session = self._sessions.find(session_id, request.person)
        page = numbered_page(cards.outcome_pages(request.library, session, request.words), number)
        await request.replace(await self._club_notes.append_to(request, page) if number == "0" else page)

    @press("check.step")
    async def step(self, request: Request, session_id: str, _answer: str) -> None:
        """A button of the check as it was before it asked for facts: its answers are gone by now."""
        await self._on(request, session_id, lambda _session: None)

    @press("run.keep_lasting", BESIDE)
    async def keep_lasting(self, request: Request, session_id: str, answer: str) -> None:
        """Whether age, conditions and how it began may be kept too, of this check already."""
        agreed = answer == "yes"
        await (await self._diary.of(request.person)).keep_lasting(agreed=agreed)
        await request.show(running.lasting_settled(request.words, agreed=agreed))
        try:
            session = self._sessions.find(session_id, request.person)
        except Expired:
            return  # from the next check on
        session.may_ask_to_keep, session.kept = False, None
        await self._keep(request, session, Screen.RESULT)

    def _first(self, request: Request, area: Area | None) -> Card:
        """The first screen of a new check."""
        return first_screen(request, self._sessions, area.id if area else "")

    async def _on(self, request: Request, session_id: str, change: Callable[[Session], None]) -> None:
        """Take one press, and show what follows."""
        session = self._sessions.find(session_id, request.person)
        change(session)
        step = flow.next_step(request.library, session)
        stop = await self._stop(request, session) if step.screen is Screen.RESULT and session.running else None
        card = stop or cards.screen(request.library, session, step, request.words)
        if step.screen is Screen.RESULT and stop is None:
            card = await self._club_notes.append_to(request, card)
        await request.replace(card)
        await self._keep(request, session, step.screen)

    async def _stop(self, request: Request, session: Session) -> Card | None:
        """What the diary says by now, where that comes before the result."""
        area, outcome = picked_area(session.area, request.library), flow.judge(request.library, session).at_least
        return await self._can_run.blocked(request, area, session, outcome)

    async def _keep(self, request: Request, session: Session, screen: Screen) -> None:
        """What a check has come to, if it is to be kept."""
        now, finished = self._clock.now(), screen is Screen.RESULT
        await self._diary.keep_check(request.person, request.library, session, now, finished=finished)
