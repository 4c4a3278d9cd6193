"""The one way out: paced, patient, and shut while Discord asks for a pause or another process may be delivering."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from aiolimiter import AsyncLimiter

from bot.errors import LimberError
from bot.reminders.delivery import Busy, Lost, Refused, Unreadable, Withheld
from bot.reminders.rules import Rules
from bot.reminders.weather import Weather

T = TypeVar("T")
log = structlog.get_logger("limber.reminders")


class Shut(LimberError):
    """Nothing goes out: we are stopping, are no longer sure to be the one who delivers, or were asked for a pause."""


class Wire:
    """Every request of the runner passes here."""

    def __init__(self, rules: Rules, weather: Weather, is_open: Callable[[], bool]) -> None:
        self._pace = AsyncLimiter(rules.burst, rules.burst / rules.per_second)
        self._patience = rules.patience.total_seconds()
        self._weather = weather
        self._is_open = is_open

    async def request(self, make: Callable[[], Awaitable[T]]) -> T:
        """Wait for its turn and make it. Raises Shut before it is made, afterwards only what a Delivery may raise."""
        await self._pace.acquire()
        if self._weather.wait() or not self._is_open():
            raise Shut
        try:
            async with asyncio.timeout(self._patience):
                answer = await make()
        except Withheld:
            raise
        except (Refused, Unreadable):
            self._weather.good()
            raise
        except Busy as busy:
            self._weather.bad(busy.retry_after or 0.0 if busy.everywhere else 0.0)
            raise
        except (Lost, TimeoutError) as error:
            self._weather.bad()
            raise Lost from error
        except Exception as error:
            log.error("a delivery failed in an unexpected way", kind=type(error).__name__)
            self._weather.bad()
            raise Lost from error
        self._weather.good()
        return answer
