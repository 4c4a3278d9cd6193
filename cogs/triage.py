"""The guided symptom check, and *Can I run?*, which begins with it."""

from dataclasses import replace

from discord import Interaction, app_commands
from discord.ext import commands

from bot.advice.model import Area
from bot.checkins.diary import Diary
from bot.checkins.finding import Finding
from bot.checkins.runs import Limits
from bot.clock import Clock
from bot.errors import OutOfDate
from bot.expiring import ExpiringStore
from bot.ids import new_id
from bot.triage.flow import Screen, advance, judge
from bot.triage.sessions import Session
from bot.ui.cards import check as cards
from bot.ui.cards import running as run_cards
from bot.ui.cards.parts import Card
from bot.ui.clubs.notes import ClubNotes
from bot.ui.locales import Locales, LocalizedContent
from bot.ui.options import AreaOption
from bot.ui.replies import chosen, show, turn
from bot.ui.router import Router


class Triage(commands.Cog):
    """Red flags first, then the answer; every press works again, and none is left without an answer."""

    def __init__(
        self,
        locales: Locales,
        router: Router,
        sessions: ExpiringStore[Session],
        diary: Diary,
        club_notes: ClubNotes,
        clock: Clock,
    ) -> None:
        self._locales = locales
        self._club_notes = club_notes
        self._sessions = sessions
        self._diary = diary
        self._clock = clock
        router.add("checkstart", self.start)
        router.add("checkarea", self.choose)
        router.add("checkof", self.begin)
        router.add("check", self.step)
        router.add("runseen", self.seen)
        router.add("runclear", self.cleared)
        router.add("runstart", self.run_start)
        router.add("runarea", self.run_choose)
        router.add("runof", self.run_begin)

    @app_commands.command()
    async def triage(self, interaction: Interaction, area: AreaOption | None = None) -> None:
        await self._open(interaction, area)

    @app_commands.command()
    async def canirun(self, interaction: Interaction, area: AreaOption | None = None) -> None:
        await self._open(interaction, area, running=True)

    async def start(self, interaction: Interaction) -> None:
        """*Start again*, and the check without an area."""
        await self._open(interaction, None)

    async def begin(self, interaction: Interaction, area: str) -> None:
        """*Check my symptoms* on an area's card."""
        await self._open(interaction, self._area(self._locales.of(interaction.locale), area))

    async def choose(self, interaction: Interaction) -> None:
        """The menu of areas."""
        await self._chosen(interaction, running=False)

    async def run_start(self, interaction: Interaction) -> None:
        """*Can I run today?* without an area."""
        await self._open(interaction, None, running=True)

    async def run_begin(self, interaction: Interaction, area: str) -> None:
        """*Can I run?* on an area's card."""
        await self._open(interaction, self._area(self._locales.of(interaction.locale), area), running=True)

    async def run_choose(self, interaction: Interaction) -> None:
        """The menu of areas."""
        await self._chosen(interaction, running=True)

    async def step(self, interaction: Interaction, session: str, what: str) -> None:
        """An answer, or *Continue*."""
        localized = self._locales.of(interaction.locale)
        found = self._sessions.find(session, interaction.user.id)
        area = self._area(localized, found.area)
        wanted = advance(localized.library, area, found, what, chosen(interaction))
        if wanted is Screen.RESULT and found.running and (card := await self._blocked(interaction, area, found)):
            await turn(interaction, card)
            return
        card = cards.screen(localized.library, area, found, wanted, localized.words)
        if wanted is Screen.RESULT:
            card = await self._club_notes.put(interaction, card, localized.words)
        await turn(interaction, card)
        if wanted is Screen.RESULT:
            await self._keep(interaction.user.id, localized, found)

    async def seen(self, interaction: Interaction, session: str) -> None:
        """*I was seen and told I may run*: ask once whether that is so."""
        found = self._sessions.find(session, interaction.user.id)
        await turn(interaction, run_cards.sure(found, self._locales.of(interaction.locale).words))

    async def cleared(self, interaction: Interaction, session: str) -> None:
        """*Yes, I was told so*: closes what was shown, and looks again at what is left."""
        localized = self._locales.of(interaction.locale)
        found = self._sessions.find(session, interaction.user.id)
        area = self._area(localized, found.area)
        diary = await self._diary.of(interaction.user.id)
        await diary.clear(found.area, found.open, localized.library.version)
        await turn(interaction, await self._running(interaction, area))

    async def _keep(self, person: int, localized: LocalizedContent, session: Session) -> None:
        """A finished check goes into the diary of who agreed to have one; nothing waits for it."""
        found = judge(localized.library, session)
        finding = Finding.of(found, id=session.finding, at=self._clock.now(), area=session.area)
        if finding is not None:
            if session.emergency:  # one yes for the whole screen: which sign it was, nobody asked
                finding = replace(finding, because=(), reasons=())
            await self._diary.keep_if_possible(person, finding)

    async def _running(self, interaction: Interaction, area: Area) -> Card:
        """The first screen of *Can I run?*, or why it is a no already: the diary is asked first."""
        localized = self._locales.of(interaction.locale)
        session = self._session(interaction, area, running=True)
        blocked = await self._blocked(interaction, area, session)
        return blocked or cards.emergencies(localized.library, area, session, localized.words)

    async def _blocked(self, interaction: Interaction, area: Area, session: Session) -> Card | None:
        """Asks the diary what it says by now; a card when that is a no by itself."""
        localized = self._locales.of(interaction.locale)
        library, limits = localized.library, localized.library.running.limits
        facts = await self._diary.run_facts(
            interaction.user.id,
            area.id,
            Limits(area.can_run.ceiling, limits.green, limits.amber),
            library.general_ids,
            apart_from=session.finding,
        )
        session.again, session.open = facts.again, facts.open
        session.diary = run_cards.diary_lights(facts, localized.words)
        if facts.blocked is None and not facts.again:
            return None
        card = run_cards.seen_first(library, area, facts, session, localized.words)
        return await self._club_notes.put(interaction, card, localized.words)

    async def _chosen(self, interaction: Interaction, *, running: bool) -> None:
        localized = self._locales.of(interaction.locale)
        area = self._area(localized, next(iter(chosen(interaction)), ""))
        if running:
            await turn(interaction, await self._running(interaction, area))
            return
        session = self._session(interaction, area, running=False)
        await turn(interaction, cards.emergencies(localized.library, area, session, localized.words))

    async def _open(self, interaction: Interaction, area: Area | None, *, running: bool = False) -> None:
        localized = self._locales.of(interaction.locale)
        if area is None:
            card = (run_cards if running else cards).where(localized.library, localized.words)
        elif running:
            card = await self._running(interaction, area)
        else:
            session = self._session(interaction, area, running=False)
            card = cards.emergencies(localized.library, area, session, localized.words)
        await show(interaction, card)

    def _session(self, interaction: Interaction, area: Area, *, running: bool) -> Session:
        session = Session(area.id, running=running, finding=new_id())
        session.id = self._sessions.keep(interaction.user.id, session)
        return session

    @staticmethod
    def _area(localized: LocalizedContent, area: str) -> Area:
        if area not in localized.library.areas:
            raise OutOfDate
        return localized.library.areas[area]
