"""The pool of claimed occurrences, each with a task that delivers it."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.delivery.attempt import DeliveryAttempt
from bot.delivery.config import DeliveryConfig
from bot.delivery.lease import LeaseHolder
from bot.delivery.sender import CircuitBreaker
from bot.errors import LimberError
from bot.storage.lease import LeaseLost
from bot.storage.occurrences import ClaimedOccurrence, Occurrence, Occurrences, OccurrenceState

RETRY_AFTER_FAULT: Final = 2.0  # seconds until the next try when the database failed us
ANSWERED: Final = frozenset(
    {OccurrenceState.SENT, OccurrenceState.LATE, OccurrenceState.BLOCKED, OccurrenceState.FAILED}
)

log = structlog.get_logger("limber.reminders")


def error_text(error: Exception) -> str:
    """For the log: our own words, or the kind of somebody else's error, which may quote what it should not."""
    return str(error) if isinstance(error, LimberError) else type(error).__name__


class ClaimPool:
    """Claims as many as there is room for; what became of them is written down together, as it comes."""

    def __init__(
        self,
        occurrences: Occurrences,
        attempt: DeliveryAttempt,
        lease: LeaseHolder,
        breaker: CircuitBreaker,
        config: DeliveryConfig,
        nudge: Callable[[], None],
    ) -> None:
        """`nudge` is called when there is room again, or something to be tried again."""
        self._occurrences = occurrences
        self._attempt = attempt
        self._lease = lease
        self._breaker = breaker
        self._config = config
        self._nudge = nudge
        self._tasks: dict[str, asyncio.Task[None]] = {}  # by the id of the occurrence
        self._outcomes: list[Occurrence] = []  # to be written down
        self._writing: asyncio.Task[None] | None = None
        self.more = False  # something was left behind; `nudge` tells when to come for it

    def __len__(self) -> int:
        return len(self._tasks)

    async def fill(self, fence: int, now: datetime, *, claimable: bool) -> None:
        """Claim as many as there is room for. `claimable`: whether there may be any at all. Raises LeaseLost."""
        self.more, room = claimable, self._room()
        if not claimable or not room or self._breaker.retry_in():
            return
        batch = await self._occurrences.claim(fence, now, room, self._tasks)
        self.more = len(batch) == room
        for claimed in batch:
            self._tasks[claimed.occurrence.id] = asyncio.create_task(self._deliver(claimed))

    async def drain(self) -> None:
        """Until everything that was claimed is written down, as far as the database lets us."""
        while running := [task for task in (self._writing, *self._tasks.values()) if task and not task.done()]:
            await asyncio.wait(running)

    def _room(self) -> int:
        """How many more may be claimed: none until half of the room is free, so that claims are few."""
        size = 1 if self._breaker.is_open else self._config.at_once
        free = size - len(self._tasks)
        return free if free * 2 >= size else 0

    async def _deliver(self, claimed: ClaimedOccurrence) -> None:
        try:
            self._outcomes.append(await self._attempt.run(claimed))
        except Exception as error:  # noqa: BLE001  # the row stays claimed: it is looked at again, here or elsewhere
            self._tasks.pop(claimed.occurrence.id)
            log.error("a delivery was given up for now", occurrence=claimed.occurrence.id, kind=type(error).__name__)
        else:
            self._write_soon()

    def _write_soon(self) -> None:
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())

    async def _write(self) -> None:
        """More may come while we write; it is written next, together."""
        try:
            while self._outcomes:
                written = tuple(self._outcomes)
                await self._settle(written)
                del self._outcomes[: len(written)]
                for occurrence in written:
                    self._tasks.pop(occurrence.id)
                again = any(occurrence.settled_at is None for occurrence in written)
                if again or (self.more and self._room()):
                    self._nudge()
        except Exception as error:  # noqa: BLE001  # a full disk, a locked file: kept, and tried again
            log.error("deliveries cannot be written down; tried again", why=error_text(error))
            asyncio.get_running_loop().call_later(RETRY_AFTER_FAULT, self._write_soon)
        finally:
            self._writing = None

    async def _settle(self, outcomes: tuple[Occurrence, ...]) -> None:
        answers = sum(occurrence.state in ANSWERED for occurrence in outcomes)
        queued = timedelta(seconds=answers / self._config.per_second)
        try:
            await self._occurrences.settle(self._lease.fence_or_raise(), outcomes, queued)
        except LeaseLost:  # whoever has it now finds the claims, and finds out
            self._lease.lost()
            self._nudge()
