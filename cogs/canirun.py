"""*Can I run?*: the diary is asked first, then the symptom check goes on to the last run and to today."""

from discord import app_commands
from discord.ext import commands

from bot.advice.disposition import Disposition
from bot.advice.model import Area
from bot.checkins.clearance import RunFacts
from bot.checkins.diary import Diary
from bot.checkins.runs import Limits
from bot.expiring import ExpiringStore
from bot.ids import new_id
from bot.triage.answers import Session
from bot.triage.assessment import CANNOT_WAIT
from bot.triage.carry_over import begin
from bot.triage.flow import next_step
from bot.ui.cards import check
from bot.ui.cards import running as cards
from bot.ui.cards.parts import Card
from bot.ui.clubs.notes import ClubNotes
from bot.ui.options import AreaOption, picked_area
from bot.ui.request import Request
from bot.ui.router import on_request, press


class CanIRun(commands.Cog):
    """`/canirun`, until the first screen; its answers are the symptom check's."""

    def __init__(self, sessions: ExpiringStore[Session], diary: Diary, club_notes: ClubNotes) -> None:
        self._sessions = sessions
        self._diary = diary
        self._club_notes = club_notes

    @app_commands.command()
    @on_request()
    @press("run.start")
    async def canirun(self, request: Request, area: AreaOption | None = None) -> None:
        card = await self.first_screen(request, area) if area else cards.where(request.library, request.words)
        await request.replace(card, [])

    @press("run.begin")
    async def begin(self, request: Request, area: str) -> None:
        """*Can I run?* on an area's card."""
        await request.replace(await self.first_screen(request, picked_area(area, request.library)), [])

    @press("run.area")
    async def choose_area(self, request: Request) -> None:
        await request.replace(await self.first_screen(request, picked_area(request.value, request.library)))

    @press("run.seen")
    async def seen(self, request: Request, session_id: str) -> None:
        """*I was seen and told I may run*: ask once whether that is so."""
        session = self._sessions.find(session_id, request.person)
        await request.replace(cards.sure(session, request.words))

    @press("run.cleared")
    async def cleared(self, request: Request, session_id: str) -> None:
        """*Yes, I was told so*: closes what was shown, and looks again at what is left."""
        shown = self._sessions.find(session_id, request.person)
        library, area = request.library, picked_area(shown.area, request.library)
        diary = await self._diary.of(request.person)
        await diary.clear(area.id, shown.open, library.version)
        facts = await diary.run_facts(area.id, Limits.of(area, library), library.general_ids)
        await request.replace(await self._after_diary(request, area, facts))

    async def first_screen(self, request: Request, area: Area) -> Card:
        """Of a check about a run; why it is a no, where the diary says so already."""
        return await self._after_diary(request, area, await self._facts(request, area))

    async def blocked(self, request: Request, area: Area, session: Session, outcome: Disposition) -> Card | None:
        """Asks the diary what it says by now, apart from this check; a card when that is a no by itself.

        None where the check's own outcome cannot wait, and nothing that is open is graver: that comes first.
        """
        facts = await self._facts(request, area, apart_from=session.finding)
        stop = await self._stop(request, area, session, facts)
        graver = facts.blocked is not None and facts.blocked.disposition.worse_than(outcome)
        return None if outcome in CANNOT_WAIT and not graver else stop

    async def _facts(self, request: Request, area: Area, *, apart_from: str = "") -> RunFacts:
        library, limits = request.library, Limits.of(area, request.library)
        return await self._diary.run_facts(request.person, area.id, limits, library.general_ids, apart_from=apart_from)

    async def _after_diary(self, request: Request, area: Area, facts: RunFacts) -> Card:
        session = Session(area.id, running=True, finding=new_id())
        session.id = self._sessions.keep(request.person, session)
        stop = await self._stop(request, area, session, facts)
        if stop is not None:
            return stop
        return check.screen(request.library, session, next_step(request.library, session), request.words)

    async def _stop(self, request: Request, area: Area, session: Session, facts: RunFacts) -> Card | None:
        """Notes in the session what the diary says."""
        session.again, session.open = facts.again, facts.open
        session.last, session.may_ask_to_keep = facts.last_time, facts.may_ask_to_keep
        session.diary = cards.diary_lights(facts, request.words)
        if facts.blocked is None and not facts.again:
            return None
        card = cards.seen_first(request.library, area, facts, session, request.words)
        return await self._club_notes.append_to(request, card)


def first_screen(request: Request, sessions: ExpiringStore[Session], area: str, logged: int | None = None) -> Card:
    """The first screen of a new check, which is kept from now on; `area`: its id, or empty. `logged`: the pain now."""
    session = begin(area, new_id(), logged)
    session.id = sessions.keep(request.person, session)
    return check.screen(request.library, session, next_step(request.library, session), request.words)
