"""Being the one process that delivers."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.clock import Clock
from bot.storage.lease import DELIVERY, Lease, LeaseLost, Leases

RENEWALS = 3  # in the time a lease lasts
BEHIND = timedelta(milliseconds=20)  # how long after the end of another's lease we look
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class LeaseHolder:
    """Takes the lease when it is free, renews it, and knows at every moment whether it still holds.

    It counts time in two ways: on the wall, which goes on while a machine sleeps, and in elapsed seconds, which nobody
    sets. It holds only as long as both say so.
    """

    def __init__(self, leases: Leases, clock: Clock, lasts: timedelta, elapsed: Callable[[], float]) -> None:
        self._leases = leases
        self._clock = clock
        self._lasts = lasts
        self._elapsed = elapsed
        self._name = secrets.token_hex(8)
        self._since, self._since_wall = 0.0, NEVER  # our last sign of life
        self._seen: Lease | None = None
        self._watched = 0.0  # since when another's has stood still
        self.fence: int | None = None  # None: another process delivers, or none yet

    def holds(self) -> bool:
        """Whether nobody else can have taken over yet."""
        return self.fence is not None and self._age() < self._lasts

    async def lead(self) -> bool:
        """Take it, or keep it; False while another process has it."""
        if self.fence is not None and self._age() < self._lasts / RENEWALS:
            return True
        since, wall = self._elapsed(), self._clock.now()
        if self.fence is not None and not await self._leases.renew(DELIVERY, self.fence, wall + self._lasts):
            self.fence = None
        if self.fence is None:
            self.fence = await self._taken(wall)
        if self.fence is not None:
            self._since, self._since_wall = since, wall
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
            return self._lasts / RENEWALS - self._age()
        left = self._seen.until - self._clock.now() if self._seen else timedelta()
        return min(left, self._lasts - self._still()) + BEHIND

    async def _taken(self, now: datetime) -> int | None:
        lease = await self._leases.find(DELIVERY)
        if lease != self._seen:
            self._seen, self._watched = lease, self._elapsed()
        gone = self._still() >= self._lasts
        if lease.holder is None or lease.until <= now or gone:
            return await self._leases.take(DELIVERY, self._name, now + self._lasts, now, lease.until if gone else None)
        return None

    def _age(self) -> timedelta:
        """Of our last sign of life; the longer of the two."""
        return max(timedelta(seconds=self._elapsed() - self._since), self._clock.now() - self._since_wall)

    def _still(self) -> timedelta:
        return timedelta(seconds=self._elapsed() - self._watched)
