"""A request the bot made, and what it is answered with."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from email import message_from_bytes
from functools import cached_property
from typing import Any

import orjson
from aiohttp import web


@dataclass(frozen=True)
class Call:
    """One request the bot made; `at` is when all of it had arrived."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    raw: bytes
    at: float

    @cached_property
    def body(self) -> Any:
        """Read once, and fast: the bots under measurement share the machine with this."""
        kind = self.headers.get("Content-Type", "")
        return orjson.loads(_beside_files(kind, self.raw) if kind.startswith("multipart/") else self.raw or b"null")

    @property
    def by_token(self) -> bool:
        """An interaction's own requests: they carry their own token, and no limit counts them."""
        return self.path.startswith(("/interactions/", "/webhooks/"))

    @property
    def sends(self) -> bool:
        """Whether it is to create a message in a channel."""
        return self.method == "POST" and self.path.startswith("/channels/") and self.path.endswith("/messages")

    @property
    def reads(self) -> bool:
        """Whether it asks for the messages of a channel."""
        return self.method == "GET" and self.path.endswith("/messages")


def _beside_files(kind: str, raw: bytes) -> bytes:
    """The JSON of a form with files."""
    form = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + raw)
    parts = (part for part in form.walk() if part.get_param("name", header="Content-Disposition") == "payload_json")
    return bytes(next(parts).get_payload(decode=True))


Handler = Callable[[web.Request, Call], Awaitable[web.Response]]


def reply(body: Any, status: int = 200, **headers: str) -> web.Response:
    """JSON with exactly this Content-Type: discord.py does not read it when a charset stands behind it."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return web.Response(body=json.dumps(body).encode(), status=status, content_type="application/json", headers=told)


@dataclass(frozen=True, slots=True)
class No:
    """A refusal, as Discord words it."""

    status: int
    code: int
    message: str = "No."

    def reply(self) -> web.Response:
        return reply({"message": self.message, "code": self.code}, self.status)


UNKNOWN_CHANNEL = No(404, 10003, "Unknown Channel")
UNKNOWN_MESSAGE = No(404, 10008, "Unknown Message")
NO_ACCESS = No(403, 50001, "Missing Access")
CLOSED = No(403, 50007, "Cannot send messages to this user")
NO_SERVER = No(403, 50278, "Cannot send messages to this user due to having no mutual guilds")
TOO_FAST = No(403, 40003, "You are opening direct messages too fast")
THREAD_THERE = No(400, 160004, "A thread has already been created for this message")
UNAUTHORIZED = No(401, 0, "401: Unauthorized")
