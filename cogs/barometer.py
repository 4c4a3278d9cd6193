"""The cog of a club's barometer: being counted, leaving it, and what moderators see."""

from collections.abc import Sequence

from discord.ext import commands

from bot.charts.renderer import ChartRenderer
from bot.clubs.barometer import Barometer
from bot.errors import OutOfDate
from bot.storage.barometer import Snapshot
from bot.ui.cards import barometer as cards
from bot.ui.cards.history import file_of
from bot.ui.cards.pages import numbered_page
from bot.ui.clubs.moderators import Moderators
from bot.ui.request import Request
from bot.ui.router import on_request, press
from cogs.club_group import club_group


class ClubBarometer(commands.Cog):
    """`/club stats`, and the presses of whoever speaks for themselves, in the club they press it in."""

    club = club_group()

    def __init__(self, moderators: Moderators, barometer: Barometer, renderer: ChartRenderer) -> None:
        self._moderators = moderators
        self._barometer = barometer
        self._renderer = renderer

    @club.command(name="stats")
    @on_request()
    async def stats(self, request: Request) -> None:
        """Raises BarometerOff, DiaryClosed."""
        weeks = await self._barometer.closed_weeks(await self._moderators.check(request))
        if weeks:
            await self._chart(request, weeks)
        else:
            await request.show(cards.not_yet(request.words))

    @press("barometer.words")
    async def in_words(self, request: Request, page: str) -> None:
        """*In words*, its pages, and before the first of them the chart."""
        weeks = await self._barometer.closed_weeks(await self._moderators.check(request))
        if weeks and page == "-1":
            await self._chart(request, weeks)
            return
        pages = cards.in_words(request.library, weeks, request.words) if weeks else []
        await request.replace(numbered_page(pages, page), [])

    async def _chart(self, request: Request, weeks: Sequence[Snapshot]) -> None:
        await request.later()
        png = await self._renderer.draw(request.person, cards.picture(request.library, weeks, request.words))
        await request.replace(cards.stats(request.library, weeks, request.words), [file_of(png, cards.FILE)])

    @press("barometer.ask")
    async def ask(self, request: Request) -> None:
        """*Count me in*: first what that means."""
        _club(request)
        await request.replace(cards.ask(request.words))

    @press("barometer.join")
    async def join(self, request: Request) -> None:
        """*Yes, count me in*. Raises NeedsConsent, BarometerOff."""
        await self._barometer.join(request.person, _club(request))
        await request.replace(cards.joined(request.words))

    @press("barometer.leave")
    async def leave(self, request: Request, where: str) -> None:
        """*Leave*, here or everywhere; it works whatever the host has switched off."""
        if where not in {cards.HERE, cards.EVERYWHERE}:
            raise OutOfDate
        club = _club(request) if where == cards.HERE else None
        count = await self._barometer.leave(request.person, club)
        await request.replace(cards.left(count, request.words))


def _club(request: Request) -> int:
    """Raises OutOfDate outside of a club."""
    club = request.club
    if club is None:
        raise OutOfDate
    return club
