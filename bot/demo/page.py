"""The demo's start page: choose who you are and where, then SimCord shows that channel."""

import asyncio
import html
from collections.abc import Callable
from functools import partial
from string import Template

from aiohttp import web

from bot.demo.clock_control import Arrived, ClockControl, in_words
from bot.demo.club import CHANNELS, MODERATOR, DemoClub, open_club, person
from bot.demo.command_line import CannotSay
from bot.demo.past import make_up
from bot.demo.preview import DIRECT, OpenPreview
from bot.demo.typed import run_typed_commands
from bot.errors import StartError
from bot.maintenance import watch_content
from bot.schedules.parse.ahead import CannotWind
from bot.settings import Settings

PAGE = Template("""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Limber demo</title><style>
:root { color-scheme: light dark; --ink: light-dark(#1d2420, #eef2ef); --paper: light-dark(#f5f7f4, #1f2421);
  --card: light-dark(#fff, #2a302c); --line: light-dark(#d5ddd6, #3d4741); --go: light-dark(#1f6f4a, #5cc394); }
* { box-sizing: border-box } body { margin: 0; background: var(--paper); color: var(--ink); font: 17px/1.5 system-ui, sans-serif }
main { max-width: 40rem; margin: 0 auto; padding: 2rem 1rem 4rem } h1 { font-size: 1.9rem; margin: 0 } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
p { margin: .3rem 0 1rem } code { background: var(--card); border: 1px solid var(--line); border-radius: 5px; padding: 0 .35em }
button { font: inherit; cursor: pointer; padding: .45rem .8rem; border-radius: 8px; border: 1px solid var(--line);
  background: var(--card); color: var(--ink); min-height: 44px } button:hover, button:focus-visible { border-color: var(--go) }
.start { background: var(--go); border-color: var(--go); color: var(--paper); font-weight: 600; padding: .7rem 1.3rem }
.who { display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; padding: .7rem 0; border-top: 1px solid var(--line) }
.wind { display: flex; flex-wrap: wrap; gap: .4rem } .now { font-weight: 600 }
.who strong { flex: 0 0 100% } .who small { font-weight: 400; opacity: .75 } form { display: contents } ul { padding-left: 1.2rem; margin: 0 }
</style></head><body><main>
<h1>Limber</h1>
<p>Advice for running clubs, when it hurts. This is the real bot on a Discord that runs on this machine:
nothing leaves it, and nothing is kept.</p>
<form method="post" action="/open"><input type="hidden" name="person" value="ana"><button class="start" name="place"
value="sore-legs">Start as Ana in # sore-legs</button></form>
<h2>Then type in the box at the bottom</h2>
<ul><li><code>/pain hip</code>, or your own words: <code>/pain sit bone ache</code></li>
<li><code>/history</code> &nbsp; <code>/checkin</code> &nbsp; <code>/canirun hip</code> &nbsp; <code>/privacy show</code>:
Ana and Ben have kept a diary for some weeks</li>
<li><code>/remind list</code>: Ana is asked every morning at 08:00, and on weekdays at 18:00 the club stretches</li>
<li><code>/tip</code> &nbsp; <code>/stretch knee</code> &nbsp; <code>/help</code> &nbsp; <code>/about</code></li></ul>
<h2>Wind time forward</h2>
<p>In the demo it is now <span class="now">$now</span>. $wound</p>
<form method="post" action="/wind"><div class="wind">$steps</div></form>
<p><small>Whatever falls due on the way comes at its own time. In a channel, type <code>/wind 1 hour</code>,
<code>/wind tomorrow 8:00</code> or <code>/wind 2 days</code>.</small></p>
<h2>Or be somebody else, somewhere else</h2>
$people
<p><small>One place is open at a time: the page you leave stops working. You write the content? Save a file in
<code>content/</code> and type the command again: the new words are there within a few seconds.</small></p>
</main></body></html>""")

PERSON = Template('<div class="who"><strong>$name <small>$about</small></strong>$places</div>')
PLACE = Template(
    '<form method="post" action="/open"><input type="hidden" name="person" value="$person">'
    '<button name="place" value="$place">$label</button></form>'
)
STEP = Template('<button name="by" value="$by">$label</button>')
STEPS = {
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
        pages.add_routes(self._preview.routes(partial(run_typed_commands, self._club, self.clock_control)))
        return pages

    async def _choose(self, _request: web.Request) -> web.Response:
        people = "".join(
            PERSON.substitute(
                name=html.escape(name.title()),
                about="moderator" if name == MODERATOR else "runner",
                places="".join(self._places(name)),
            )
            for name in self._club.people
        )
        steps = "".join(STEP.substitute(by=by, label=label) for by, label in STEPS.items())
        now = in_words(self._club.clock.now())
        page = PAGE.substitute(people=people, now=now, wound=html.escape(self._wound), steps=steps)
        return web.Response(text=page, content_type="text/html")

    def _places(self, name: str) -> list[str]:
        labels = {channel: f"# {channel}" for channel in CHANNELS} | {DIRECT: "DM with Limber"}
        return [PLACE.substitute(person=name, place=place, label=label) for place, label in labels.items()]

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
            self._wound = _told(await self.clock_control.wind(str(form.get("by"))))
        except CannotWind as no:
            self._wound = str(no)
        raise web.HTTPSeeOther("/")

    async def close(self) -> None:
        """Stop showing what is shown."""
        await self._preview.close()


def _told(arrived: Arrived) -> str:
    if not arrived:
        return "Nothing arrived on the way."
    return f"Arrived on the way: {', '.join(f'{count} in {place}' for place, count in arrived.items())}."


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
