"""Whether requests get through at all: after many failures in a row they pause, and one at a time is tried."""

from collections.abc import Callable
from random import Random
from typing import Final

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
