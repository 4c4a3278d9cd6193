"""What can go wrong with a request, by rule: an error, a cut line, no answer at all; before or after its effect."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from aiohttp import web

from tests.network.rest import Call, Handler, reply


class Line(Enum):
    """What becomes of the connection."""

    CUT = auto()
    SILENT = auto()
    LATE = auto()  # served when `Faults.over` is set


CUT, SILENT, LATE = Line.CUT, Line.SILENT, Line.LATE


@dataclass(slots=True)
class Fault:
    """The next so many requests that match are answered with this status, or not at all."""

    what: int | Line
    times: int = 1
    on: Callable[[Call], bool] = lambda call: call.sends
    after: bool = False  # the effect
    code: int = 0
    left: int = -1

    def __post_init__(self) -> None:
        self.left = self.times


class Faults:
    """The rules, and where they apply: the first that matches."""

    def __init__(self) -> None:
        self.rules: list[Fault] = []
        self.over = asyncio.Event()  # nobody waits for an answer any more

    def add(self, what: int | Line, times: int = 1, **rule: object) -> Fault:
        fault = Fault(what, times, **rule)  # type: ignore[arg-type]
        self.rules.append(fault)
        return fault

    async def serve(self, request: web.Request, call: Call, handler: Handler) -> web.Response:
        fault = next((rule for rule in self.rules if rule.left > 0 and rule.on(call)), None)
        if fault is None:
            return await handler(request, call)
        fault.left -= 1
        if fault.after:
            await handler(request, call)
        if fault.what in {SILENT, LATE}:
            await self.over.wait()
        if fault.what is LATE:
            return await handler(request, call)
        if isinstance(fault.what, int):
            return _error(fault.what, fault.code)
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)  # to nobody


def _error(status: int, code: int) -> web.Response:
    """JSON from Discord itself, a page from what stands in front of it."""
    if status in {502, 504} and not code:
        return web.Response(status=status, text="<html>Bad gateway</html>", content_type="text/html")
    return reply({"message": f"{status}: trouble", "code": code}, status)
