"""When to try again: each parcel by itself, and all of them while nothing gets through."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Final

FIRST_RETRY: Final = 2.0  # seconds; doubled with every try
LONGEST_RETRY: Final = 300.0
FAILURES_TO_OPEN: Final = 8  # failures in a row, whatever the channel, that say it is not the channel
LONGEST_OPEN: Final = 60.0


def backoff(attempt: int, random: Random, at_least: float | None = None) -> timedelta:
    """Before the try after `attempt` tries: exponential, the upper half of it by chance, never less than asked for."""
    longest = min(LONGEST_RETRY, FIRST_RETRY * 2.0 ** min(attempt - 1, 16))
    return timedelta(seconds=(at_least or 0) + longest * (1 + random.random()) / 2)


class CircuitBreaker:
    """Whether requests get through at all; in a storm one is tried now and then."""

    def __init__(self, random: Random, elapsed: Callable[[], float]) -> None:
        self._random = random
        self._elapsed = elapsed
        self._failures = 0
        self._over = 0.0  # when requests may go out again, in the seconds of `elapsed`

    @property
    def is_open(self) -> bool:
        return self._failures >= FAILURES_TO_OPEN

    def success(self) -> None:
        """An answer, be it a refusal."""
        self._failures = 0

    def failure(self, hold: float = 0.0) -> None:
        """No answer that helps. `hold`: Discord asked for so many seconds without any request."""
        self._failures += 1
        beyond = self._failures - FAILURES_TO_OPEN
        pause = min(LONGEST_OPEN, 2.0 ** min(beyond, 16)) * (1 + self._random.random()) / 2 if beyond >= 0 else 0.0
        self._over = max(self._over, self._elapsed() + max(hold, pause))

    def retry_in(self) -> float:
        """Seconds until a request may go out; 0 in good weather."""
        return max(0.0, self._over - self._elapsed())
