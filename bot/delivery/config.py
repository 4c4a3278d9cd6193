"""The configuration of delivery: how fast, how late and how patiently."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from aiolimiter import AsyncLimiter


@dataclass(frozen=True, slots=True)
class DeliveryConfig:
    """One host's choice; the figures are right for one token on Discord."""

    per_second: float = 48  # requests; Discord allows about 50 a second, and the rest is for commands
    burst: float = 1.5  # one request, and half the next to catch up with; more leaves no room for delays on the way
    at_once: int = 64  # occurrences claimed and not settled; at this pace enough for answers that take a second
    grace: timedelta = timedelta(minutes=30)  # for outages and restarts; our own queue does not count
    late: timedelta = timedelta(minutes=1)  # sent later than this after it was due, it is called late
    poll_interval: timedelta = timedelta(seconds=30)  # how often the wall clock is read again
    lease: timedelta = timedelta(seconds=12)  # after this without a sign of life another process takes over
    request_timeout: timedelta = timedelta(seconds=20)
    nonce_lifetime: timedelta = timedelta(minutes=2)  # Discord says "a few minutes"

    def limiter(self) -> AsyncLimiter:
        """A new leaky bucket with this pace. There are two of them, one behind the other, on purpose.

        The sender's lets occurrences through evenly; then each is composed. The client's lets requests leave evenly:
        what had to wait for a slow disk in between would leave in a heap otherwise, and the thread under a post is a
        request of its own.
        """
        return AsyncLimiter(self.burst, self.burst / self.per_second)


DEFAULT: Final = DeliveryConfig()

# For a clock that is moved by hand, as in the demo: one process alone, nothing due but what is due, no pace.
_LONG: Final = timedelta(days=10_000)
MANUAL_CLOCK: Final = DeliveryConfig(per_second=1000, burst=1000, poll_interval=_LONG, lease=_LONG)
