"""The leases of jobs that only one of several processes on a database may do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.errors import LimberError
from bot.storage.engine import Engine, Notifications
from bot.storage.sql import load, reader

DELIVERY: Final = "delivery"


class LeaseLost(LimberError):
    """Another process does the job now; what was to be written was not."""


@dataclass(frozen=True, slots=True)
class Lease:
    """How a job stands."""

    holder: str | None  # None: free
    until: datetime  # the holder renews it before then
    fence: int  # one more with every new holder
    halted: bool  # the host has switched the job off


_lease = reader(Lease)


class Leases:
    """The jobs, one row each; the migrations name them."""

    def __init__(self, database: Engine) -> None:
        self._database = database
        self._queries = load("lease")

    async def find(self, name: str) -> Lease:
        """Raises KeyError for a job that no migration made."""
        lease = await self._database.record(_lease, self._queries.find, name=name)
        if lease is None:
            raise KeyError(name)
        return lease

    async def take(
        self, name: str, holder: str, until: datetime, now: datetime, seen: datetime | None = None
    ) -> int | None:
        """The new fence; None while somebody else has it.

        `seen`: an `until` the caller has watched stand still for as long as a lease lasts. Its holder is gone,
        whatever the clock says, which may have been set back.
        """
        instants = {"until": until, "now": now, "seen": seen}
        async with self._database.writing() as connection:
            if not await self._queries.take(connection, name=name, holder=holder, **instants):
                return None
            return _lease(await self._queries.find(connection, name=name)).fence

    async def renew(self, name: str, fence: int, until: datetime) -> bool:
        """False when it was lost."""
        return bool(await self._database.execute(self._queries.renew, name=name, fence=fence, until=until))

    async def release(self, name: str, fence: int) -> None:
        """The next one need not wait. Does nothing when it was lost already."""
        await self._database.execute(self._queries.release, name=name, fence=fence)

    async def halt(self, name: str, *, halted: bool) -> None:
        """The host switches the job off, or on again; whoever holds it looks before each step."""
        await self._database.execute(self._queries.halt, name=name, halted=halted)

    def notifications(self, name: str, heard: Callable[[], None]) -> Notifications:
        """Between those who do this job, or would: see `Engine.notifications`."""
        return self._database.notifications(name, heard)
