"""Rate limits as Discord has them: of a route or of everything, in a fixed or a sliding window."""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter

from aiohttp import web

from tests.network.rest import Call, reply

Bucket = Callable[[Call], str | None]  # which bucket a request counts in, if any


def everything(call: Call) -> str | None:
    """One bucket for the whole bot; interactions are exempt."""
    return None if call.by_token else ""


def sending(call: Call) -> str | None:
    """One bucket for each channel that is written to."""
    return call.path.split("/")[2] if call.sends else None


@dataclass(slots=True)
class Limit:
    """So many requests in so many seconds.

    A fixed window begins with the first request in it. `says`, when set, is what Discord asks for instead of the time
    that is really left. `via=False`: it is Cloudflare that answers, in front of Discord.
    """

    count: int
    seconds: float
    bucket: Bucket = everything
    scope: str = "global"  # or "user", a route's, or "shared", a resource's
    sliding: bool = False
    via: bool = True
    says: float | None = None
    code: int = 0
    now: Callable[[], float] = perf_counter
    refused: list[Call] = field(default_factory=list)
    _taken: dict[str, deque[float]] = field(default_factory=dict)

    def take(self, call: Call) -> web.Response | None:
        """Count this request; the 429 when there were too many."""
        key = self.bucket(call)
        if key is None:
            return None
        taken, now = self._window(key), self.now()
        if len(taken) < self.count:
            taken.append(now)
            return None
        self.refused.append(call)
        return self._no(self.says or self._left(taken, now), self._headers(key))

    def label(self, call: Call, response: web.Response) -> None:
        """Tell how much is left, as Discord does for routes."""
        key = self.bucket(call)
        if key is not None and self.scope != "global":
            response.headers.update(self._headers(key))

    def _window(self, key: str) -> deque[float]:
        taken, now = self._taken.setdefault(key, deque()), self.now()
        if self.sliding:
            while taken and taken[0] <= now - self.seconds:
                taken.popleft()
        elif taken and taken[0] <= now - self.seconds:
            taken.clear()
        return taken

    def _left(self, taken: deque[float], now: float) -> float:
        return taken[0] + self.seconds - now if taken else 0.0

    def _headers(self, key: str) -> dict[str, str]:
        taken = self._window(key)
        return {
            "X-RateLimit-Limit": str(self.count),
            "X-RateLimit-Remaining": str(self.count - len(taken)),
            "X-RateLimit-Reset-After": f"{self._left(taken, self.now()):.3f}",
            "X-RateLimit-Bucket": f"loopback-{self.scope}",
        }

    def _no(self, seconds: float, headers: dict[str, str]) -> web.Response:
        waiting = {"Retry-After": str(math.ceil(seconds))}
        if not self.via:
            return web.Response(status=429, text="error code: 1015", headers=waiting)
        everywhere = self.scope == "global"
        told = waiting | {"Via": "1.1 loopback", "X-RateLimit-Scope": self.scope}
        told |= {"X-RateLimit-Global": "true"} if everywhere else headers
        body = {"message": "You are being rate limited.", "retry_after": seconds, "global": everywhere}
        response = reply(body | ({"code": self.code} if self.code else {}), 429)
        response.headers.update(told)
        return response
