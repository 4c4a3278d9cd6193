"""Channels of the Loopback and the messages in them, with nonces as Discord keeps them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from aiohttp import web

from tests.network import rest, wire
from tests.network.rest import Call, Handler, No, reply
from tests.network.wire import Json

EPOCH_MS = 1_420_070_400_000  # the first millisecond of 2015: message ids count from there
AT_MOST = 100  # messages a page


@dataclass(slots=True)
class Place:
    """One channel. The refusals are for whoever sends there, and for whoever reads there."""

    id: str
    recipient: str | None = None  # of a direct message channel
    messages: list[Json] = field(default_factory=list)  # oldest first
    threads: dict[str, str] = field(default_factory=dict)  # names, by the message each hangs on
    sending: No | None = None
    reading: No | None = None
    threading: No | None = None
    hidden: bool = False  # no permission to read the history: Discord says that there is none

    def close(self, no: No) -> None:
        self.sending = self.reading = no


@dataclass(frozen=True, slots=True)
class _Remembered:
    message: Json
    place: Place
    at: datetime


class Messages:
    """Every message the bot sent, and those of others."""

    def __init__(self) -> None:
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)
        self.nonce_lifetime = timedelta(minutes=3)  # "a few minutes"
        self.places: dict[str, Place] = {}
        self.came: list[str] = []  # nonces, in the order their messages came
        self.opening: No | None = None  # the answer to whoever opens a direct message channel
        self._nonces: dict[str, _Remembered] = {}
        self._last = 0

    def routes(self) -> dict[tuple[str, str], Handler]:
        of_channel = "/channels/{channel}/messages"
        return {
            ("POST", of_channel): self._create,
            ("GET", of_channel): self._list,
            ("DELETE", of_channel + "/{message}"): self._delete,
            ("POST", of_channel + "/{message}/threads"): self._start_thread,
            ("POST", "/users/@me/channels"): self._open,
        }

    # What a test does

    def place(self, channel: int | str) -> Place:
        """A channel; there is one as soon as somebody speaks of it."""
        return self.places.setdefault(str(channel), Place(str(channel)))

    def dm(self, person: int | str) -> Place:
        """The direct messages with one person."""
        for place in self.places.values():
            if place.recipient == str(person):
                return place
        number = self._number()
        return self.places.setdefault(number, Place(number, recipient=str(person)))

    def delete_channel(self, channel: int | str) -> None:
        self.place(channel).close(rest.UNKNOWN_CHANNEL)
        self.place(channel).messages.clear()

    def delete(self, channel: int | str, message: int | str) -> None:
        """A moderator, or another session of ours, deletes a message."""
        place = self.place(channel)
        place.messages = [one for one in place.messages if one["id"] != str(message)]

    def somebody_writes(self, channel: int | str, count: int = 1) -> None:
        """Messages of other people."""
        place = self.place(channel)
        for _ in range(count):
            place.messages.append(self._made(place, {"content": "Morning run?"}, wire.person(wire.ANA, "ana")))

    def times(self) -> Counter[str]:
        """How many messages each nonce made: never more than one, if all is well."""
        return Counter(self.came)

    def forget_nonces(self) -> None:
        self._nonces.clear()

    # REST

    async def _create(self, request: web.Request, call: Call) -> web.Response:
        place = self.place(request.match_info["channel"])
        if place.sending is not None:
            return place.sending.reply()
        sent = call.body
        nonce = sent.get("nonce")
        known = self._nonces.get(nonce) if sent.get("enforce_nonce") else None
        if known is not None and self.now() - known.at < self.nonce_lifetime:
            there = any(known.message["id"] == one["id"] for one in known.place.messages)
            return reply(known.message) if there else rest.UNKNOWN_MESSAGE.reply()
        message = self._made(place, sent, wire.BOT)
        place.messages.append(message)
        if nonce is not None:
            self._nonces[nonce] = _Remembered(message, place, self.now())
            self.came.append(nonce)
        return reply(message | {"nonce": nonce})

    async def _list(self, request: web.Request, call: Call) -> web.Response:
        place = self.place(request.match_info["channel"])
        if place.reading is not None:
            return place.reading.reply()
        limit, before = int(call.query.get("limit", 50)), int(call.query.get("before", 2**63))
        if not 1 <= limit <= AT_MOST:
            return No(400, 50035, "Invalid Form Body").reply()
        older = [one for one in place.messages if int(one["id"]) < before]
        return reply([] if place.hidden else older[::-1][:limit])

    async def _delete(self, request: web.Request, _call: Call) -> web.Response:
        channel, message = request.match_info["channel"], request.match_info["message"]
        if not any(one["id"] == message for one in self.place(channel).messages):
            return rest.UNKNOWN_MESSAGE.reply()
        self.delete(channel, message)
        return web.Response(status=204)

    async def _start_thread(self, request: web.Request, call: Call) -> web.Response:
        place, message = self.place(request.match_info["channel"]), request.match_info["message"]
        if place.threading is not None:
            return place.threading.reply()
        if message in place.threads:
            return rest.THREAD_THERE.reply()
        place.threads[message] = call.body["name"]
        return reply({"id": message, "type": 11, "name": call.body["name"], "parent_id": place.id})

    async def _open(self, _request: web.Request, call: Call) -> web.Response:
        if self.opening is not None:
            return self.opening.reply()
        place = self.dm(call.body["recipient_id"])
        recipient = wire.person(str(place.recipient), "somebody")
        return reply({"id": place.id, "type": 1, "last_message_id": None, "recipients": [recipient]})

    def _made(self, place: Place, sent: Json, author: Json) -> Json:
        written = self.now().isoformat()
        return wire.message(self._number(), sent) | {"channel_id": place.id, "author": author, "timestamp": written}

    def _number(self) -> str:
        """A new id that holds the time, as Discord's do."""
        now = int(self.now().timestamp() * 1000) - EPOCH_MS
        self._last = max(self._last + 1, now << 22)
        return str(self._last)
