"""The guided symptom check, and *Can I run?*, which begins with it."""

from discord import Interaction, app_commands
from discord.ext import commands

from bot.advice.model import Area
from bot.errors import OutOfDate
from bot.triage.flow import advance
from bot.triage.sessions import Sessions
from bot.ui.cards import check as cards
from bot.ui.cards import running as run_cards
from bot.ui.editions import Edition, Editions
from bot.ui.options import AreaOption
from bot.ui.replies import chosen, show, turn
from bot.ui.router import Router


class Triage(commands.Cog):
    """Red flags first, then the answer; every press works again, and none is left without an answer."""

    def __init__(self, editions: Editions, router: Router, sessions: Sessions) -> None:
        self._editions = editions
        self._sessions = sessions
        router.add("checkstart", self.start)
        router.add("checkarea", self.choose)
        router.add("checkof", self.begin)
        router.add("check", self.step)
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
        await turn(interaction, cards.screen(edition.library, area, found, wanted, edition.words))

    async def _chosen(self, interaction: Interaction, *, running: bool) -> None:
        edition = self._editions.of(interaction.locale)
        area = self._area(edition, next(iter(chosen(interaction)), ""))
        session = self._sessions.open(interaction.user.id, area.id, running=running)
        await turn(interaction, cards.emergencies(edition.library, area, session, edition.words))

    async def _open(self, interaction: Interaction, area: Area | None, *, running: bool = False) -> None:
        edition = self._editions.of(interaction.locale)
        if area is None:
            card = (run_cards if running else cards).where(edition.library, edition.words)
        else:
            session = self._sessions.open(interaction.user.id, area.id, running=running)
            card = cards.emergencies(edition.library, area, session, edition.words)
        await show(interaction, card)

    @staticmethod
    def _area(edition: Edition, area: str) -> Area:
        if area not in edition.library.areas:
            raise OutOfDate
        return edition.library.areas[area]
