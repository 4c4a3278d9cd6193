"""The lease that makes this the one process that delivers."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.clock import Clock
from bot.storage.lease import DELIVERY, Lease, LeaseLost, Leases

RENEWALS: Final = 3  # in the time a lease lasts
MARGIN: Final = timedelta(milliseconds=20)  # how long after the end of another's lease we look
NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


class LeaseHolder:
    """Takes the lease when it is free, renews it, and knows at every moment whether it still holds.

    It counts time in two ways: on the wall, which goes on while a machine sleeps, and in elapsed seconds, which nobody
    sets. It holds only as long as both say so.
    """

    def __init__(self, leases: Leases, clock: Clock, duration: timedelta, elapsed: Callable[[], float]) -> None:
        self._leases = leases
        self._clock = clock
        self._duration = duration
        self._elapsed = elapsed
        self._name = secrets.token_hex(8)
        self._renewed, self._renewed_wall = 0.0, NEVER  # by both ways of counting time
        self._seen: Lease | None = None  # another's
        self._seen_since = 0.0  # it has not changed
        self.fence: int | None = None  # None: another process delivers, or none yet

    def holds(self) -> bool:
        """Whether nobody else can have taken over yet."""
        return self.fence is not None and self._age() < self._duration

    async def lead(self) -> bool:
        """Take it, or keep it; False while another process has it."""
        if self.fence is not None and self._age() < self._duration / RENEWALS:
            return True
        elapsed, wall = self._elapsed(), self._clock.now()
        if self.fence is not None and not await self._leases.renew(DELIVERY, self.fence, wall + self._duration):
            self.fence = None
        if self.fence is None:
            self.fence = await self._take(wall)
        if self.fence is not None:
            self._renewed, self._renewed_wall = elapsed, wall
        return self.fence is not None

    def fence_or_raise(self) -> int:
        """The fence, to write with. Raises LeaseLost."""
        if self.fence is None:
            raise LeaseLost("Another process delivers now.")
        return self.fence

    def lost(self) -> None:
        """Somebody noticed that another process has it."""
        self.fence = None

    async def release(self) -> None:
        """The next one need not wait."""
        if self.fence is not None:
            await self._leases.release(DELIVERY, self.fence)
            self.fence = None

    def wait(self) -> timedelta:
        """Until `lead` has something to do."""
        if self.fence is not None:
            return self._duration / RENEWALS - self._age()
        left = self._seen.until - self._clock.now() if self._seen else timedelta()
        return min(left, self._duration - self._unchanged()) + MARGIN

    async def _take(self, now: datetime) -> int | None:
        """The new fence; None while another process has it, whose lease neither ended nor stood still for too long."""
        lease = await self._leases.find(DELIVERY)
        if lease != self._seen:
            self._seen, self._seen_since = lease, self._elapsed()
        stale = self._unchanged() >= self._duration
        if lease.holder is not None and lease.until > now and not stale:
            return None
        return await self._leases.take(DELIVERY, self._name, now + self._duration, now, lease.until if stale else None)

    def _age(self) -> timedelta:
        """How long ago it was renewed; the longer of the two."""
        return max(timedelta(seconds=self._elapsed() - self._renewed), self._clock.now() - self._renewed_wall)

    def _unchanged(self) -> timedelta:
        """For how long another's lease has stood still."""
        return timedelta(seconds=self._elapsed() - self._seen_since)
