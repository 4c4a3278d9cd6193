"""The cog of `/help`, `/about`, `/tip` and `/stretch`."""

from discord import app_commands
from discord.ext import commands

from bot.advice.model import TipMoment
from bot.advice.tip_picker import TipPicker
from bot.clubs.service import ClubService
from bot.errors import OutOfDate
from bot.reminders.screening import ScreeningService
from bot.ui.cards import notices, routine
from bot.ui.cards.parts import Card
from bot.ui.cards.reminder_message import red_flag_text
from bot.ui.options import AreaOption, MomentOption
from bot.ui.request import Request
from bot.ui.router import on_request, press

ANY = "any"


class Tips(commands.Cog):
    """Help, and small things to do: all of them safe before any question was asked, or behind the warning signs."""

    def __init__(self, picker: TipPicker, clubs: ClubService, screening: ScreeningService) -> None:
        self._picker = picker
        self._clubs = clubs
        self._screening = screening

    @app_commands.command()
    @on_request()
    @press("help.show")
    async def help(self, request: Request) -> None:
        await request.replace(request.content.card_index.card("help"), [])

    @app_commands.command()
    @on_request()
    async def about(self, request: Request) -> None:
        await request.show(request.content.card_index.card("about"))

    @app_commands.command()
    @on_request()
    async def tip(self, request: Request, area: AreaOption | None = None, moment: MomentOption | None = None) -> None:
        if area and area.screen_first:
            card = request.content.card_index.card("pain", area.id)  # tips stand behind the warning signs
        else:
            card = await self._draw(request, area.id if area else ANY, moment or ANY)
        await request.show(card)

    @app_commands.command()
    @on_request()
    async def stretch(
        self,
        request: Request,
        area: AreaOption | None = None,
        minutes: app_commands.Range[int, 1, 15] | None = None,
    ) -> None:
        """For a place its own, first; for none, when is asked. Held back where a check says to be seen first."""
        library, words = request.library, request.words
        if area is None:
            card = routine.moments(library, minutes, words)
        elif area.screen_first:
            card = request.content.card_index.card("pain", area.id)
        elif red_flag := await self._screening.before_area(request.person, area.id, library.general_ids):
            card = routine.held(red_flag_text(library, red_flag, words), words)
        else:
            card = request.content.card_index.card("routine", library.routine_for(area, minutes).id)
        await request.show(card)

    @press("tip.open")
    async def open(self, request: Request, scope: str, moment: str) -> None:
        """*A tip* on another card: beside it."""
        await request.show(await self._draw(request, scope, moment))

    @press("tip.another")
    async def another(self, request: Request, scope: str, moment: str) -> None:
        """*Another tip*: in the place of this one."""
        await request.replace(await self._draw(request, scope, moment))

    async def _draw(self, request: Request, scope: str, moment: str) -> Card:
        """`scope`, `moment`: what it is for, or ANY. Raises OutOfDate for what there is no longer."""
        library = request.library
        if (scope != ANY and scope not in library.areas) or (moment != ANY and moment not in set(TipMoment)):
            raise OutOfDate
        every = [area.id for area in library.areas.values() if not area.screen_first]
        candidates = [(area, tip) for area in ([scope] if scope != ANY else every) for tip in library.tips[area]]
        area, tip = self._picker.pick(request.person, candidates, None if moment == ANY else TipMoment(moment))
        club_tip = await self._club_tip(request, area)
        return notices.tip(library, library.areas[area], tip, moment, scope, request.words, club_tip)

    async def _club_tip(self, request: Request, area: str) -> str | None:
        """One of the club's, which nobody has checked: not for whom a check says to be seen first."""
        tips = (await self._clubs.cached_settings(request.club)).tips
        if not tips:
            return None
        if await self._screening.before_area(request.person, area, request.library.general_ids) is not None:
            return None
        return self._picker.any_of(tips)
