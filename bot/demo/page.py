"""The demo's start page: choose who you are and where, then SimCord shows that channel."""

import asyncio
import html
from collections.abc import Callable
from functools import partial
from pathlib import Path
from string import Template

from aiohttp import web

from bot.demo.club import CHANNELS, MODERATOR, DemoClub, make_up, open_club, person
from bot.demo.command_line import CannotSay
from bot.demo.preview import DIRECT, OpenPreview
from bot.demo.typed import ClockControl, in_words, typed_wind
from bot.demo.wind import CannotWind
from bot.errors import StartError
from bot.maintenance import watch_content
from bot.settings import Settings

PAGE = Template(Path(__file__).with_suffix(".html").read_text(encoding="utf-8"))

PERSON = Template('<div class="who"><strong>$name <small>$about</small></strong>$places</div>')
PLACE = Template(
    '<form method="post" action="/open"><input type="hidden" name="person" value="$person">'
    '<button name="place" value="$place">$label</button></form>'
)
LABELS = {channel: f"# {channel}" for channel in CHANNELS} | {DIRECT: "DM with Limber"}
STEP = Template('<button name="by" value="$by">$label</button>')
WIND_LABELS = {
    "15 minutes": "15 minutes",
    "1 hour": "1 hour",
    "tomorrow 8:00": "to tomorrow 08:00, London",
    "1 day": "1 day",
    "1 week": "1 week",
}
SAID = (
    ("maya", "general", "Sunday long run, 9:00 at the pier. Easy pace, nobody gets left behind."),
    ("ben", "general", "My hip has been grumbling since Tuesday. Should I come?"),
    ("maya", "general", "Type /pain hip. Only you see the answer."),
    ("maya", "sore-legs", "Something hurts? Type /pain and say where, in your own words."),
    ("ana", "stretching", "Five minutes after every run, that is my plan this month."),
)


class StartPage:
    """Serves the choice of a person and a place, and that place."""

    def __init__(self, club: DemoClub) -> None:
        self._club = club
        self._preview = OpenPreview(club)
        self.clock_control = ClockControl(club, self._preview.refresh)
        self._wound = ""

    def application(self) -> web.Application:
        pages = web.Application()
        pages.add_routes([web.get("/", self._choose), web.post("/open", self._open), web.post("/wind", self._wind)])
        pages.add_routes(self._preview.routes(partial(typed_wind, self._club, self.clock_control)))
        return pages

    async def _choose(self, _request: web.Request) -> web.Response:
        people = "".join(
            PERSON.substitute(
                name=html.escape(name.title()),
                about="moderator" if name == MODERATOR else "runner",
                places="".join(PLACE.substitute(person=name, place=at, label=label) for at, label in LABELS.items()),
            )
            for name in self._club.people
        )
        steps = "".join(STEP.substitute(by=by, label=label) for by, label in WIND_LABELS.items())
        now = in_words(self._club.clock.now())
        page = PAGE.substitute(people=people, now=now, wound=html.escape(self._wound), steps=steps)
        return web.Response(text=page, content_type="text/html")

    async def _open(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        try:
            path = await self._preview.open(str(form.get("person")), str(form.get("place")))
        except (CannotSay, KeyError):
            raise web.HTTPSeeOther("/") from None
        raise web.HTTPSeeOther(path)

    async def _wind(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        try:
            arrived = await self.clock_control.wind(str(form.get("by")))
            places = ", ".join(f"{count} in {place}" for place, count in arrived.items())
            self._wound = f"Arrived on the way: {places}." if places else "Nothing arrived on the way."
        except CannotWind as no:
            self._wound = str(no)
        raise web.HTTPSeeOther("/")

    async def close(self) -> None:
        await self._preview.close()


async def serve(settings: Settings, port: int, announce: Callable[[str], None]) -> None:
    """Run the demo until it is cancelled. Raises StartError when the port is taken."""
    async with open_club(settings) as club:
        await make_up(club)
        for who, where, what in SAID:
            await person(club, who).send(club.channels[where], what)
        start = StartPage(club)
        runner = web.AppRunner(start.application(), access_log=None)
        await runner.setup()
        helpers = [
            asyncio.create_task(watch_content(club.bot.locales)),
            asyncio.create_task(start.clock_control.follow_the_wall()),
        ]
        try:
            await _listen(runner, port)
            announce(f"Open http://127.0.0.1:{port}/ in your browser (Ctrl-C ends the demo)")
            await asyncio.Event().wait()
        finally:
            for helper in helpers:
                helper.cancel()
            await start.close()
            await runner.cleanup()


async def _listen(runner: web.AppRunner, port: int) -> None:
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
    except OSError:
        raise StartError(f"Port {port} is taken. Try: limber demo --port {port + 1}") from None
