"""A Discord on 127.0.0.1, as far as one bot needs it: REST and a gateway, on a port of their own, everything recorded.

    async with Loopback() as discord:
        ...  # start a bot that was pointed at `discord.api` and `discord.gateway`
        await discord.connected()
        answer = await discord.slash("pain", area="hip")
        assert answer.type == 4

A new route is one line in `_routes`; what every request passes is in `_serve`: `limits`, `faults`. Channels and their
messages are in `messages`.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from time import perf_counter
from typing import Any, Self, TypeVar

from aiohttp import WSMsgType, web

from tests.network import rest, wire
from tests.network.faults import Faults
from tests.network.limits import Limit
from tests.network.messages import Messages
from tests.network.rest import Call, Handler, reply
from tests.network.wire import Json

Known = TypeVar("Known")

TOKEN = "MTAwMDAw.Loopback.not-a-real-token-but-as-long-as-one"
PRIVILEGED_INTENTS = 1 << 1 | 1 << 8 | 1 << 15  # members, presences, message content
PATIENCE = 60.0  # seconds; generous, since nothing here measures
WAITS = 3.0  # seconds that Discord waits for the first answer to an interaction

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 0, 1, 2, 6, 9, 10, 11
MESSAGE, UPDATE = 4, 7  # callback types that leave a message
DEFERRED, DEFERRED_UPDATE = 5, 6  # and those that promise one


class NoAnswer(AssertionError):
    """Discord has stopped waiting, and somebody reads: "The application did not respond"."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot answered to an interaction, and how many seconds after it was sent."""

    type: int
    data: Json
    seconds: float
    token: str

    @property
    def ephemeral(self) -> bool:
        return bool(self.data.get("flags", 0) & wire.EPHEMERAL)

    @property
    def text(self) -> str:
        """Every text of the message, nested ones included."""
        return "\n".join(found for found in wire.walk(self.data, "content") if isinstance(found, str))

    @property
    def custom_ids(self) -> list[str]:
        return [found for found in wire.walk(self.data, "custom_id") if isinstance(found, str)]

    def button(self, label: str) -> str:
        """The id of the first button whose label begins so."""
        parts = (part for components in wire.walk(self.data, "components") for part in components)
        return next(part["custom_id"] for part in parts if part.get("label", "").startswith(label))


@dataclass(slots=True)
class _Open:
    """An interaction that was sent: what it said, when, the first answer to it, and the messages that came after.

    When nobody waits for the answer any more, the future is cancelled.
    """

    payload: Json
    at: float
    answer: asyncio.Future[Call] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    later: list[Call] = field(default_factory=list)

    @property
    def answered(self) -> bool:
        return self.answer.done() and not self.answer.cancelled()

    def told(self, kind: int, data: Json, call: Call) -> Answer:
        return Answer(kind, data, call.at - self.at, self.payload["token"])


class Loopback:
    """One application, one server with one channel, one member who types; more servers where a test adds them."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.waits = WAITS
        self.identified: list[Json] = []
        self.published: list[list[Json]] = []
        self.commands: list[Json] = []  # those of the last time, with their ids
        self.permissions: dict[str, list[Json]] = {}  # of commands, or of all of them under the application's id
        self.heartbeats = 0
        self.application = wire.application()
        self.farewells: list[int | None] = []  # close codes of connections that are gone
        self.refuses_token = False  # REST: 401
        self.closes_with: int | None = None  # gateway: this code instead of READY
        self.takes_back = False  # gateway: a RESUME goes on where it was
        self.gateway_gone = False  # nobody gets in
        self.resumed: list[Json] = []
        self.guilds = [wire.GUILD]
        self.everyone = 0  # what everybody, we too, may do in each of them
        self.recommends = 1  # shards
        self.identify_interval = 0.0  # seconds between two IDENTIFYs; who does not wait for it is sent away
        self.sent_away = 0
        self.messages = Messages()
        self.limits: list[Limit] = []
        self.faults = Faults()
        self.rest_may_go_on = asyncio.Event()  # cleared: requests arrive and are not answered
        self.rest_may_go_on.set()
        self._open: dict[str, _Open] = {}
        self._ids = count(10**18)
        self._sequence = count(1)
        self._sockets: dict[int, web.WebSocketResponse] = {}  # by shard
        self._shard_count = 1
        self._identified_at = 0.0
        self._stirred = asyncio.Event()

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=2**25)
        app.add_routes([web.get("/gateway/", self._gateway)])
        for (method, path), handler in self._routes().items():
            app.router.add_route(method, f"/api/v10{path}", self._serve(handler))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await self._listen(0)
        port = self._runner.addresses[0][1]
        self.origin, self.gateway = f"http://127.0.0.1:{port}", f"ws://127.0.0.1:{port}/gateway/"
        self.api = f"{self.origin}/api/v10"
        return self

    async def __aexit__(self, *_: object) -> None:
        self.rest_may_go_on.set()
        self.faults.over.set()
        for socket in list(self._sockets.values()):
            await socket.close(code=1001)
        await self._runner.cleanup()

    async def _listen(self, port: int) -> None:
        self._site = web.TCPSite(self._runner, "127.0.0.1", port, reuse_address=True)
        await self._site.start()

    # What a test or a benchmark does

    async def until(self, fact: Callable[[], Known]) -> Known:
        """What `fact` returns as soon as that is true; it is asked again whenever the bot did something."""
        async with asyncio.timeout(PATIENCE):
            while not (known := fact()):
                await self._stirred.wait()
        return known

    async def connected(self, shard: int = 0) -> web.WebSocketResponse:
        """The bot was told READY and is still there."""
        return await self.until(lambda: self._sockets.get(shard))

    def reaches(self, guild: str) -> bool:
        """Whether somebody is there to be told what happens in this server."""
        return self.shard_of(guild) in self._sockets

    def forget(self, seconds: float = PATIENCE) -> None:
        """The requests so far, and interactions that are so old: for whoever goes on for long."""
        since = perf_counter() - seconds
        self.calls.clear()
        self._open = {token: sent for token, sent in self._open.items() if sent.at > since}

    @asynccontextmanager
    async def away(self) -> AsyncIterator[None]:
        """Nobody listens here any more, and every connection is cut; afterwards it is the same address again."""
        port = self._runner.addresses[0][1]
        await self._site.stop()
        assert self._runner.server is not None
        for connection in self._runner.server.connections:
            if connection.transport is not None:
                connection.transport.abort()
        await asyncio.sleep(0.05)  # until the other end has noticed
        yield
        await self._listen(port)

    async def drop_gateway(self, code: int = 4000, shard: int = 0) -> None:
        """Discord closes the connection; with 4000 it may be resumed."""
        socket = await self.connected(shard)
        await socket.close(code=code)

    async def slash(self, name: str, **options: str | float) -> Answer:
        return await self.slash_in(wire.GUILD, name, **options)

    async def slash_in(self, guild: str, name: str, /, **options: str | float) -> Answer:
        given = [wire.option(key, value) for key, value in options.items()]
        return await self.interact(wire.COMMAND, wire.command(name, *given), **wire.sent_in(guild))

    async def type_ahead(self, name: str, option: str, text: str) -> list[Json]:
        """The choices offered while somebody types."""
        focused = wire.option(option, text, focused=True)
        answer = await self.interact(wire.AUTOCOMPLETE, wire.command(name, focused))
        choices: list[Json] = answer.data["choices"]
        return choices

    async def press(self, custom_id: str) -> Answer:
        """A press of a button on a private message."""
        pressed = wire.message(self.number(), {"flags": wire.EPHEMERAL})
        return await self.interact(wire.COMPONENT, wire.press(custom_id), message=pressed)

    async def submit(self, custom_id: str, **typed: str) -> Answer:
        """A form that somebody filled in."""
        return await self.interact(wire.MODAL, wire.form(custom_id, typed))

    async def interact(self, kind: int, data: Json, **more: Any) -> Answer:
        """Send an INTERACTION_CREATE and wait for the first answer to it. Raises NoAnswer when Discord would not."""
        return await self.receive(wire.interaction(self.number(), kind, data) | more)

    async def receive(self, payload: Json) -> Answer:
        """The same for any interaction, as a whole."""
        sent = self._open[payload["token"]] = _Open(payload, perf_counter())
        await self.dispatch("INTERACTION_CREATE", payload, self.shard_of(payload.get("guild_id")))
        try:
            async with asyncio.timeout(self.waits):
                call = await sent.answer
        except TimeoutError:
            raise NoAnswer(f"no answer within {self.waits:g} s to {payload}") from None
        return sent.told(call.body["type"], call.body.get("data") or {}, call)

    async def dispatch(self, event: str, data: Any, shard: int = 0) -> None:
        """Send an event, whatever it holds."""
        socket = await self.connected(shard)
        await socket.send_str(_frame(DISPATCH, data, event, next(self._sequence)))

    def guild(self, number: str) -> Json:
        """A server as it is told of."""
        return wire.guild(number, self.everyone)

    def shard_of(self, guild: Any) -> int:
        """Which shard is told of it; of direct messages, and of what is no server at all, the first."""
        return (int(guild) >> 22) % self._shard_count if isinstance(guild, str) and guild.isdecimal() else 0

    async def in_the_end(self, answer: Answer) -> Answer:
        """What takes the place of an answer that only promised one; else the answer itself."""
        if answer.type not in {DEFERRED, DEFERRED_UPDATE}:
            return answer
        sent = self._open[answer.token]
        await self.until(lambda: sent.later)
        call = sent.later[0]
        return sent.told(MESSAGE, call.body | {"flags": answer.data.get("flags", 0)}, call)

    # REST

    def _routes(self) -> dict[tuple[str, str], Handler]:
        return {
            ("GET", "/users/@me"): self._me,
            ("GET", "/oauth2/applications/@me"): self._application,
            ("GET", "/gateway/bot"): self._shards,
            ("PUT", "/applications/{application}/commands"): self._publish,
            ("GET", "/applications/{application}/commands"): self._commands,
            ("GET", "/applications/{application}/guilds/{guild}/commands/{command}/permissions"): self._permissions,
            ("GET", "/guilds/{guild}"): self._guild,
            ("GET", "/guilds/{guild}/members/{member}"): self._member,
            ("GET", "/channels/{channel}"): self._channel,
            ("POST", "/interactions/{id}/{token}/callback"): self._callback,
            ("POST", "/webhooks/{application}/{token}"): self._follow_up,
            ("PATCH", "/webhooks/{application}/{token}/messages/{message}"): self._follow_up,
            **self.messages.routes(),
        }

    def _serve(self, handler: Handler) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def serve(request: web.Request) -> web.Response:
            raw = await request.read()
            path = request.path.removeprefix("/api/v10")
            call = Call(request.method, path, dict(request.query), dict(request.headers), raw, perf_counter())
            self.calls.append(call)
            self._stir()
            await self.rest_may_go_on.wait()
            return await self.faults.serve(request, call, checked)

        async def checked(request: web.Request, call: Call) -> web.Response:
            if not call.by_token and (self.refuses_token or call.headers.get("Authorization") != f"Bot {TOKEN}"):
                return rest.UNAUTHORIZED.reply()
            for limit in self.limits:
                if (no := limit.take(call)) is not None:
                    return no
            response = await handler(request, call)
            for limit in self.limits:
                limit.label(call, response)
            return response

        return serve

    async def _me(self, _request: web.Request, _call: Call) -> web.Response:
        return reply(wire.BOT)

    async def _application(self, _request: web.Request, _call: Call) -> web.Response:
        return reply(self.application)

    async def _shards(self, _request: web.Request, _call: Call) -> web.Response:
        limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        return reply({"url": self.gateway, "shards": self.recommends, "session_start_limit": limit})

    async def _publish(self, _request: web.Request, call: Call) -> web.Response:
        self.published.append(call.body)
        given = {"application_id": wire.APPLICATION, "version": "1", "default_member_permissions": None}
        self.commands = [command | given | {"id": self.number()} for command in call.body]
        return reply(self.commands)

    async def _commands(self, _request: web.Request, _call: Call) -> web.Response:
        return reply(self.commands)

    async def _permissions(self, request: web.Request, _call: Call) -> web.Response:
        """Nobody has changed anything on the server's Integrations page but what a test says, by id."""
        of = request.match_info["command"]
        if of not in self.permissions:
            return reply({"message": "Unknown application command permissions", "code": 10066}, 404)
        ids = {"id": of, "application_id": wire.APPLICATION, "guild_id": wire.GUILD}
        return reply({**ids, "permissions": self.permissions[of]})

    async def _guild(self, request: web.Request, _call: Call) -> web.Response:
        return reply(self.guild(request.match_info["guild"]))

    async def _member(self, _request: web.Request, _call: Call) -> web.Response:
        return reply({"user": wire.BOT, "roles": [], "joined_at": None, "flags": 0, "deaf": False, "mute": False})

    async def _channel(self, request: web.Request, _call: Call) -> web.Response:
        """Every channel is of the first server."""
        (channel,) = wire.guild()["channels"]
        return reply(channel | {"id": request.match_info["channel"], "guild_id": wire.GUILD})

    async def _callback(self, request: web.Request, call: Call) -> web.Response:
        sent = self._open.get(request.match_info["token"])
        if sent is None or sent.answer.cancelled():
            return reply({"message": "Unknown interaction", "code": 10062}, 404)
        if sent.answer.done():
            return reply({"message": "Interaction has already been acknowledged.", "code": 40060}, 400)
        sent.answer.set_result(call)
        answer = call.body
        if call.query.get("with_response") not in {"1", "true"}:
            return web.Response(status=204)
        told: Json = {"interaction": {"id": sent.payload["id"], "type": sent.payload["type"]}}
        if answer["type"] in {MESSAGE, UPDATE}:
            told["resource"] = {"type": answer["type"], "message": wire.message(self.number(), answer["data"])}
        return reply(told)

    async def _follow_up(self, request: web.Request, call: Call) -> web.Response:
        sent = self._open.get(request.match_info["token"])
        if sent is None or not sent.answered:
            return reply({"message": "Unknown Webhook", "code": 10015}, 404)
        sent.later.append(call)
        self._stir()
        return reply(wire.message(self.number(), call.body))

    # The gateway

    async def _gateway(self, request: web.Request) -> web.StreamResponse:
        if self.gateway_gone:
            return web.Response(status=503)
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        await socket.send_str(_frame(HELLO, {"heartbeat_interval": 41250}))
        async for message in socket:
            if message.type in {WSMsgType.TEXT, WSMsgType.BINARY}:  # hikari sends bytes
                await self._hear(socket, json.loads(message.data))
        self.farewells.append(socket.close_code)
        self._sockets = {shard: one for shard, one in self._sockets.items() if one is not socket}
        self._stir()
        return socket

    async def _hear(self, socket: web.WebSocketResponse, frame: Json) -> None:
        if frame["op"] == HEARTBEAT:
            self.heartbeats += 1
            await asyncio.sleep(0.01)  # as far away as Discord is: discord.py takes an instant answer for a late one
            await socket.send_str(_frame(HEARTBEAT_ACK, None))
        elif frame["op"] == RESUME and self.takes_back:
            self.resumed.append(frame["d"])
            await socket.send_str(_frame(DISPATCH, {}, "RESUMED", next(self._sequence)))
            self._sockets[int(frame["d"]["session_id"].partition("-")[2])] = socket
        elif frame["op"] == RESUME:
            await socket.send_str(_frame(INVALID_SESSION, data=False))
        elif frame["op"] == IDENTIFY:
            self.identified.append(frame["d"])
            if self._too_soon():
                self.sent_away += 1
                await socket.send_str(_frame(INVALID_SESSION, data=False))
            elif refused := self._refused(frame["d"]):
                await socket.close(code=refused)
            else:
                await self._welcome(socket, frame["d"].get("shard", [0, 1]))
        self._stir()

    def _too_soon(self) -> bool:
        """Whether the one before came less than a moment ago; not one that is too soon counts."""
        now = perf_counter()
        if now - self._identified_at < self.identify_interval:
            return True
        self._identified_at = now
        return False

    def _refused(self, identify: Json) -> int | None:
        """The close code for an IDENTIFY that Discord would not take."""
        if self.closes_with is not None:
            return self.closes_with
        if identify["token"] != TOKEN:
            return 4004
        return 4014 if identify["intents"] & PRIVILEGED_INTENTS else None

    async def _welcome(self, socket: web.WebSocketResponse, shard: list[int]) -> None:
        number, self._shard_count = shard
        guilds = [guild for guild in self.guilds if self.shard_of(guild) == number]
        told = [
            ("READY", wire.ready(shard, self.gateway, guilds)),
            *(("GUILD_CREATE", self.guild(guild)) for guild in guilds),
        ]
        for event, data in told:
            await socket.send_str(_frame(DISPATCH, data, event, next(self._sequence)))
        self._sockets[number] = socket

    def number(self) -> str:
        """A new id."""
        return str(next(self._ids))

    def _stir(self) -> None:
        self._stirred.set()
        self._stirred = asyncio.Event()


def _frame(op: int, data: Any, event: str | None = None, sequence: int | None = None) -> str:
    return json.dumps({"op": op, "d": data, "t": event, "s": sequence})
