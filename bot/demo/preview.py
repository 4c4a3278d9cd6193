"""The channel that is open in the browser: SimCord's page of it, passed on at the demo's own port.

SimCord does one thing at a time. What is pressed while the demo is at work with it is answered with 400, and the page
takes the outcome for uncertain and sends nothing any more; what is pressed before the page has seen the bot's latest
message is turned down as stale. Neither has been done: so it waits here for its turn, and goes again when it was stale.
What the bot did late, or answered with a sentence about a mistake, is done.
"""

import contextlib
import json
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

import aiohttp
import simcord
from aiohttp import web
from simcord.backend.errors import SetupError

from bot.demo.club import ZONE, DemoClub, person
from bot.demo.typed import as_command

CHANNEL: Final = "/channel"  # SimCord has its page at "/", where our start page is
DIRECT: Final = "direct"
PASSED_ON: Final = ("Content-Type", "X-Simcord-Capability", "X-Simcord-Context")
TRIES: Final = 12  # of five seconds each, while the bot is at work
DONE: Final = {"settlement": "settled", "uncertain": False, "diagnostics": []}

COMMANDS: Final = "/api/commands"
STYLE: Final = "/preview.css"
SCRIPT: Final = "/channel.js"
OUR_STYLE: Final = Path(__file__).with_name("channel.css").read_text(encoding="utf-8")
OUR_SCRIPT: Final = Path(__file__).with_name("channel.js").read_text(encoding="utf-8")

Acted = Callable[[], Awaitable[bool]]


class OpenPreview:
    """Shows one place as one person: SimCord allows one preview at a time."""

    def __init__(self, club: DemoClub) -> None:
        self._club = club
        self._preview: simcord.Preview | None = None
        self._origin = ""  # SimCord's own, of the page

    def routes(self, acted: Acted) -> list[web.RouteDef]:
        """Where the page is. `acted` is awaited, with the turn, after each action; True: it made something to show."""
        return [
            web.post("/api/action", partial(self._act, acted)),
            web.get(CHANNEL, self._channel),
            web.get(STYLE, self._style),
            web.get(SCRIPT, self._script),
            web.route("*", "/{path:.*}", self._pass_on),
        ]

    async def open(self, name: str, place: str) -> str:
        """Show a place as somebody; returns its path, which lets whoever has it act as that person.

        Raises CannotSay or KeyError when there is nobody or no place of that name.
        """
        async with self._club.turn:
            who = person(self._club, name)
            others = [member for member in self._club.people.values() if member is not who]
            channel = who.user.dm_channel if place == DIRECT else self._club.channels[place]
            viewers = [who.user] if place == DIRECT else [who, *others]
            await self._close()
            show = partial(self._club.env.preview, layout="channel", timezone=ZONE.key, locale="en-GB")
            preview = show(channel, viewers=viewers)
            self._preview = await preview.__aenter__()
            self._origin, _, secret = preview.url.partition("/#")
            return f"{CHANNEL}#{secret}"

    async def refresh(self) -> None:
        """Show what happened since, once the bot has done it; whoever calls this has the turn."""
        for _ in range(TRIES):
            with contextlib.suppress(TimeoutError):
                await self._refresh()
                return

    async def _refresh(self) -> None:
        with contextlib.suppress(SetupError):  # somebody ended it from its own menu
            if self._preview is not None:
                await self._preview.refresh()

    async def close(self) -> None:
        """Stop showing what is shown."""
        async with self._club.turn:
            await self._close()

    async def _close(self) -> None:
        if self._preview is not None:
            await self._preview.close()
            self._preview, self._origin = None, ""

    async def _act(self, acted: Acted, request: web.Request) -> web.Response:
        body = await request.read()
        async with self._club.turn:
            body = await self._typed(request, body)
            reply = await self._ask(request, body)
            receipt = _receipt(reply)
            if any(diagnostic["code"] == "stale-revision" for diagnostic in receipt.get("diagnostics", ())):
                again = json.loads(body) | {"published_revision": receipt["revision"]}
                reply = await self._ask(request, json.dumps(again).encode())
                receipt = _receipt(reply)
            done = _done(receipt)
            if await acted() or done:
                await self.refresh()
        return web.json_response(receipt | DONE) if done else reply

    async def _typed(self, request: web.Request, body: bytes) -> bytes:
        """The action, as the command that was typed: sent as if picked from the list, so that its form opens too."""
        if request.content_type != "application/json":
            return body
        action = json.loads(body)
        if action.get("kind") != "send_message" or not str(action.get("content")).startswith("/"):
            return body
        catalogue = await self._ask(request, b"", COMMANDS)
        commands = self._club.bot.tree.walk_commands()
        return json.dumps(as_command(action, json.loads(catalogue.text or "{}"), commands)).encode()

    async def _pass_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        async with self._club.turn:  # a page that closes while it is asked never answers
            return await self._ask(request, body)

    async def _channel(self, request: web.Request) -> web.Response:
        """SimCord's page, with our script."""
        page = await self._pass_on(request)
        script = f'<script src="{SCRIPT}"></script></head>'
        return _text((page.text or "").replace("</head>", script), "text/html", page.headers)

    async def _style(self, request: web.Request) -> web.Response:
        """SimCord's style sheet, and ours."""
        sheet = await self._pass_on(request)
        return _text((sheet.text or "") + OUR_STYLE, "text/css", sheet.headers)

    async def _script(self, _request: web.Request) -> web.Response:
        return _text(OUR_SCRIPT, "text/javascript", {})

    async def _ask(self, request: web.Request, body: bytes, instead: str | None = None) -> web.Response:
        """What SimCord answers, or would to who asks for `instead`; without a page of it the way leads to the start."""
        path = instead or ("/" if request.path == CHANNEL else request.path_qs)
        method = "GET" if instead else request.method
        headers = {name: request.headers[name] for name in PASSED_ON if name in request.headers}
        with contextlib.suppress(aiohttp.ClientError):
            async with aiohttp.request(method, self._origin + path, data=body, headers=headers) as reply:
                return web.Response(status=reply.status, headers=reply.headers, body=await reply.read())
        raise web.HTTPSeeOther("/") if request.path == CHANNEL else web.HTTPGone


def _text(text: str, content_type: str, headers: Mapping[str, str]) -> web.Response:
    """With what else SimCord says of its own: what may be kept, and what a page may load."""
    other_headers = {name: value for name, value in headers.items() if name not in ("Content-Length", "Content-Type")}
    return web.Response(text=text, content_type=content_type, headers=other_headers)


def _done(receipt: Mapping[str, Any]) -> bool:
    """Whether the bot did it, though SimCord says otherwise: in more than five seconds, or it answered a mistake.

    What somebody typed that cannot be read is an error that the bot raises, and answers in words.
    """
    answered = receipt.get("settlement") == "failed" and receipt.get("acknowledgement") == "acknowledged"
    return answered or receipt.get("settlement") == "timeout"


def _receipt(reply: web.Response) -> dict[str, Any]:
    """What became of an action; empty when SimCord would not look at it."""
    return dict(json.loads(reply.text or "{}")) if reply.status == 200 else {}
