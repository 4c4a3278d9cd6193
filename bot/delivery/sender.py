"""The sender of requests: paced, timed, and held back by an open circuit breaker while nothing gets through."""

import asyncio
from collections.abc import Awaitable, Callable
from random import Random
from typing import Final, TypeVar

import structlog

from bot.delivery.config import DeliveryConfig
from bot.delivery.transport import Busy, Lost, NotComposed, Refused, Unreadable, Withheld
from bot.errors import LimberError

FAILURES_TO_OPEN: Final = 8  # in a row, whatever the channel: then it is not the channel
LONGEST_PAUSE: Final = 60.0  # seconds between two requests while it is open


class CircuitBreaker:
    """Counts the failures of all requests in a row."""

    def __init__(self, random: Random, elapsed: Callable[[], float]) -> None:
        """`elapsed` gives seconds that only go forward."""
        self._random = random
        self._elapsed = elapsed
        self._failures = 0
        self._paused_until = 0.0  # in the seconds of `elapsed`

    @property
    def is_open(self) -> bool:
        return self._failures >= FAILURES_TO_OPEN

    def success(self) -> None:
        """An answer, be it a refusal."""
        self._failures = 0

    def failure(self, at_least: float = 0.0) -> None:
        """No answer that helps. `at_least`: Discord asked for so many seconds without any request."""
        self._failures += 1
        beyond = self._failures - FAILURES_TO_OPEN
        pause = min(LONGEST_PAUSE, 2.0 ** min(beyond, 16)) * (1 + self._random.random()) / 2 if beyond >= 0 else 0.0
        self._paused_until = max(self._paused_until, self._elapsed() + max(at_least, pause))

    def retry_in(self) -> float:
        """Seconds until a request may go out; 0 for now."""
        return max(0.0, self._paused_until - self._elapsed())


T = TypeVar("T")
log = structlog.get_logger("limber.reminders")


class SendingPaused(LimberError):
    """Nothing goes out: we are stopping, are no longer sure to be the one who delivers, or were asked for a pause."""


class RateLimitedSender:
    """Makes every request of the worker, and tells the circuit breaker how it went."""

    def __init__(self, config: DeliveryConfig, breaker: CircuitBreaker, may_send: Callable[[], bool]) -> None:
        self._limiter = config.limiter()
        self._timeout = config.request_timeout.total_seconds()
        self._breaker = breaker
        self._may_send = may_send

    async def request(self, make: Callable[[], Awaitable[T]]) -> T:
        """Wait for its turn and make it. Raises SendingPaused before it is made, and then only what a Transport may."""
        await self._limiter.acquire()
        if self._breaker.retry_in() or not self._may_send():
            raise SendingPaused
        try:
            async with asyncio.timeout(self._timeout):
                answer = await make()
        except (Withheld, NotComposed):
            raise
        except (Refused, Unreadable):
            self._breaker.success()
            raise
        except Busy as busy:
            self._breaker.failure(busy.retry_after or 0.0 if busy.everywhere else 0.0)
            raise
        except (Lost, TimeoutError) as error:
            self._breaker.failure()
            raise Lost from error
        except Exception as error:
            log.error("a delivery failed in an unexpected way", kind=type(error).__name__)
            self._breaker.failure()
            raise Lost from error
        self._breaker.success()
        return answer
