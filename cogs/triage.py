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
from bot.ui.beside import Beside
from bot.ui.cards import check as cards
from bot.ui.cards import running as run_cards
from bot.ui.cards.parts import Card
from bot.ui.editions import Edition, Editions
from bot.ui.options import AreaOption
from bot.ui.replies import chosen, show, turn
from bot.ui.router import Router


class Triage(commands.Cog):
    """Red flags first, then the answer; every press works again, and none is left without an answer."""

    def __init__(
        self,
        editions: Editions,
        router: Router,
        sessions: ExpiringStore[Session],
        diary: Diary,
        beside: Beside,
        clock: Clock,
    ) -> None:
        self._editions = editions
        self._beside = beside
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
        await self._open(interaction, self._area(self._editions.of(interaction.locale), area))

    async def choose(self, interaction: Interaction) -> None:
        """The menu of areas."""
        await self._chosen(interaction, running=False)

    async def run_start(self, interaction: Interaction) -> None:
        """*Can I run today?* without an area."""
        await self._open(interaction, None, running=True)

    async def run_begin(self, interaction: Interaction, area: str) -> None:
        """*Can I run?* on an area's card."""
        await self._open(interaction, self._area(self._editions.of(interaction.locale), area), running=True)

    async def run_choose(self, interaction: Interaction) -> None:
        """The menu of areas."""
        await self._chosen(interaction, running=True)

    async def step(self, interaction: Interaction, session: str, what: str) -> None:
        """An answer, or *Continue*."""
        edition = self._editions.of(interaction.locale)
        found = self._sessions.find(session, interaction.user.id)
        area = self._area(edition, found.area)
        wanted = advance(edition.library, area, found, what, chosen(interaction))
        if wanted is Screen.RESULT and found.running and (card := await self._blocked(interaction, area, found)):
            await turn(interaction, card)
            return
        card = cards.screen(edition.library, area, found, wanted, edition.words)
        if wanted is Screen.RESULT:
            card = await self._beside.put(interaction, card, edition.words)
        await turn(interaction, card)
        if wanted is Screen.RESULT:
            await self._keep(interaction.user.id, edition, found)

    async def seen(self, interaction: Interaction, session: str) -> None:
        """*I was seen and told I may run*: ask once whether that is so."""
        found = self._sessions.find(session, interaction.user.id)
        await turn(interaction, run_cards.sure(found, self._editions.of(interaction.locale).words))

    async def cleared(self, interaction: Interaction, session: str) -> None:
        """*Yes, I was told so*: closes what was shown, and looks again at what is left."""
        edition = self._editions.of(interaction.locale)
        found = self._sessions.find(session, interaction.user.id)
        area = self._area(edition, found.area)
        await self._diary.clear(interaction.user.id, found.area, found.open, edition.library.version)
        await turn(interaction, await self._running(interaction, area))

    async def _keep(self, person: int, edition: Edition, session: Session) -> None:
        """A finished check goes into the diary of who agreed to have one; nothing waits for it."""
        found = judge(edition.library, session)
        finding = Finding.of(found, id=session.finding, at=self._clock.now(), area=session.area)
        if finding is not None:
            if session.emergency:  # one yes for the whole screen: which sign it was, nobody asked
                finding = replace(finding, because=(), reasons=())
            await self._diary.keep_if_possible(person, finding)

    async def _running(self, interaction: Interaction, area: Area) -> Card:
        """The first screen of *Can I run?*, or why it is a no already: the diary is asked first."""
        edition = self._editions.of(interaction.locale)
        session = self._session(interaction, area, running=True)
        blocked = await self._blocked(interaction, area, session)
        return blocked or cards.emergencies(edition.library, area, session, edition.words)

    async def _blocked(self, interaction: Interaction, area: Area, session: Session) -> Card | None:
        """Asks the diary what it says by now; a card when that is a no by itself."""
        edition = self._editions.of(interaction.locale)
        library, limits = edition.library, edition.library.running.limits
        facts = await self._diary.run_facts(
            interaction.user.id,
            area.id,
            Limits(area.can_run.ceiling, limits.green, limits.amber),
            library.general_ids,
            apart_from=session.finding,
        )
        session.again, session.open = facts.again, facts.open
        session.diary = run_cards.diary_lights(facts, edition.words)
        if facts.blocked is None and not facts.again:
            return None
        card = run_cards.seen_first(library, area, facts, session, edition.words)
        return await self._beside.put(interaction, card, edition.words)

    async def _chosen(self, interaction: Interaction, *, running: bool) -> None:
        edition = self._editions.of(interaction.locale)
        area = self._area(edition, next(iter(chosen(interaction)), ""))
        if running:
            await turn(interaction, await self._running(interaction, area))
            return
        session = self._session(interaction, area, running=False)
        await turn(interaction, cards.emergencies(edition.library, area, session, edition.words))

    async def _open(self, interaction: Interaction, area: Area | None, *, running: bool = False) -> None:
        edition = self._editions.of(interaction.locale)
        if area is None:
            card = (run_cards if running else cards).where(edition.library, edition.words)
        elif running:
            card = await self._running(interaction, area)
        else:
            session = self._session(interaction, area, running=False)
            card = cards.emergencies(edition.library, area, session, edition.words)
        await show(interaction, card)

    def _session(self, interaction: Interaction, area: Area, *, running: bool) -> Session:
        session = Session(area.id, running=running, finding=new_id())
        session.id = self._sessions.keep(interaction.user.id, session)
        return session

    @staticmethod
    def _area(edition: Edition, area: str) -> Area:
        if area not in edition.library.areas:
            raise OutOfDate
        return edition.library.areas[area]
