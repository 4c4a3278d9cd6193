"""The time, handed in: the wall clock in earnest, a virtual one in tests."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Whatever knows what time it is."""

    def now(self) -> datetime:
        """The present instant; aware, UTC."""
        ...


class WallClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class ClockJumps:
    """Notices when a clock runs ahead of the time that passed, by a day at once: it may be wrong, or we slept."""

    def __init__(self, clock: Clock, elapsed: Callable[[], float]) -> None:
        """`elapsed` gives seconds that only go forward."""
        self._clock = clock
        self._elapsed = elapsed
        self._seen = clock.now(), elapsed()
        self._jumped_at: float | None = None

    def recent(self) -> bool:
        """Whether it jumped in the last day of time that passed. To be asked more often than once a day."""
        now, at = self._clock.now(), self._elapsed()
        seen, seen_at = self._seen
        if now - seen - timedelta(seconds=at - seen_at) >= timedelta(days=1):
            self._jumped_at = at
        self._seen = now, at
        return self._jumped_at is not None and at - self._jumped_at < timedelta(days=1).total_seconds()
