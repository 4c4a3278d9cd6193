"""The time, handed in: the wall clock in earnest, a virtual one in tests."""

from datetime import UTC, datetime
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
