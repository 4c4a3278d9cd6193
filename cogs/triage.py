"""The guided symptom check: `/triage`, and every answer to it, also of one that *Can I run?* began."""

from dataclasses import replace

from discord import app_commands
from discord.ext import commands

from bot.advice.model import Area
from bot.checkins.diary import Diary
from bot.checkins.models import Finding
from bot.clock import Clock
from bot.expiring import ExpiringStore
from bot.ids import new_id
from bot.triage.flow import Screen, advance, judge
from bot.triage.sessions import Session
from bot.ui.cards import check as cards
from bot.ui.cards.parts import Card
from bot.ui.clubs.notes import ClubNotes
from bot.ui.options import AreaOption
from bot.ui.request import Request, on_request
from bot.ui.router import press
from cogs.canirun import CanIRun, known_area


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
        await request.show(self._first(request, area) if area else cards.where(request.library, request.words))

    @press("check.begin")
    async def begin(self, request: Request, area: str) -> None:
        """*Check my symptoms* on an area's card."""
        await request.show(self._first(request, known_area(area, request.library)))

    @press("check.area")
    async def choose_area(self, request: Request) -> None:
        """The menu of areas."""
        await request.replace(self._first(request, known_area(request.value, request.library)))

    @press("check.step")
    async def step(self, request: Request, session_id: str, what: str) -> None:
        """An answer, or *Continue*."""
        session = self._sessions.find(session_id, request.person)
        area = known_area(session.area, request.library)
        screen = advance(request.library, area, session, what, request.values)
        if screen is Screen.RESULT:
            await self._finish(request, area, session)
        else:
            await request.replace(cards.screen(request.library, area, session, screen, request.words))

    def _first(self, request: Request, area: Area) -> Card:
        """The first screen of a new check."""
        session = Session(area.id, finding=new_id())
        session.id = self._sessions.keep(request.person, session)
        return cards.emergencies(request.library, area, session, request.words)

    async def _finish(self, request: Request, area: Area, session: Session) -> None:
        """The result, which is kept; or what the diary says before a run, and then there is none."""
        if session.running and (stop := await self._can_run.blocked(request, area, session)):
            await request.replace(stop)
            return
        result = cards.screen(request.library, area, session, Screen.RESULT, request.words)
        await request.replace(await self._club_notes.append_to(request, result))
        await self._keep(request, session)

    async def _keep(self, request: Request, session: Session) -> None:
        """A finished check goes into the diary of who agreed to have one; nothing waits for it."""
        assessment = judge(request.library, session)
        finding = Finding.of(assessment, id=session.finding, at=self._clock.now(), area=session.area)
        if finding is not None:
            if session.emergency:  # one yes for the whole screen: which sign it was, nobody asked
                finding = replace(finding, because=(), reasons=())
            await self._diary.keep_if_possible(request.person, finding)
