"""The one way out for requests: paced, timed, and closed while nothing may be sent."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from bot.delivery.circuit_breaker import CircuitBreaker
from bot.delivery.config import DeliveryConfig
from bot.delivery.transport import Busy, Lost, Refused, Unreadable, Withheld
from bot.errors import LimberError

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
        except Withheld:
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
