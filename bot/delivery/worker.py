"""The worker that delivers reminders, and its pool of claimed occurrences, each with a task that delivers it."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random, SystemRandom
from time import monotonic
from typing import Final

import structlog

from bot.clock import Clock
from bot.delivery.attempt import DeliveryAttempt
from bot.delivery.config import DEFAULT, DeliveryConfig
from bot.delivery.lease import LeaseHolder
from bot.delivery.planner import OccurrencePlanner, ReadSchedule, stored_schedule
from bot.delivery.sender import CircuitBreaker, RateLimitedSender
from bot.delivery.transport import Transport
from bot.errors import LimberError
from bot.storage.engine import Notifications
from bot.storage.errors import StorageError
from bot.storage.lease import DELIVERY, LeaseLost
from bot.storage.occurrences import ClaimedOccurrence, Occurrence, Occurrences, OccurrenceState, QueueStatus
from bot.storage.storage import Storage

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
        self._retrying = False  # a write failed: the next one waits, whatever else comes in
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
        if self._writing is None and not self._retrying:
            self._writing = asyncio.create_task(self._write())

    def _write_again(self) -> None:
        self._retrying = False
        self._write_soon()

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
            self._retrying = True
            asyncio.get_running_loop().call_later(RETRY_AFTER_FAULT, self._write_again)
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


class DeliveryWorker:
    """Delivers every occurrence at most once, and exactly once unless its row says otherwise.

    A timer starts a task, a turn; between turns nothing waits. Several processes may have a worker on one database:
    one of them holds the lease, the others watch it.
    """

    def __init__(
        self,
        storage: Storage,
        transport: Transport,
        clock: Clock,
        config: DeliveryConfig = DEFAULT,
        *,
        read_schedule: ReadSchedule = stored_schedule,
        random: Random | None = None,
        elapsed: Callable[[], float] = monotonic,
    ) -> None:
        """`elapsed` gives seconds that only go forward."""
        random = random or SystemRandom()
        self._storage = storage
        self._clock = clock
        self._config = config
        self._lease = LeaseHolder(storage.leases, clock, config.lease, elapsed)
        self._planner = OccurrencePlanner(storage.reminders, storage.occurrences, read_schedule, config.grace)
        self._breaker = CircuitBreaker(random, elapsed)
        sender = RateLimitedSender(config, self._breaker, lambda: not self._stopping and self._lease.holds())
        attempt = DeliveryAttempt(transport, sender, clock, random, config, self._reclaim)
        self._claims = ClaimPool(storage.occurrences, attempt, self._lease, self._breaker, config, self._wake)
        self._stopping = False
        self._timer: asyncio.TimerHandle | None = None
        self._turn: asyncio.Task[None] | None = None
        self._nudged = False  # during a turn
        self._others = Notifications()

    def start(self) -> None:
        """Begin, in the running loop."""
        self._others = self._storage.leases.notifications(DELIVERY, self._wake)
        self._arm(0)

    def nudge(self) -> None:
        """Something was added or changed: look now, whichever process delivers. Each looks at its next turn anyway."""
        self._wake()
        self._others.notify()

    def _wake(self) -> None:
        if self._turn is None:
            self._arm(0)
        else:
            self._nudged = True

    @property
    def idle(self) -> bool:
        """Nothing is under way; only time will change that, or a nudge."""
        armed = self._timer is not None and self._timer.when() > asyncio.get_running_loop().time()
        return armed and self._turn is None and not len(self._claims)

    async def stop(self) -> None:
        """Finish the requests that are out, put back what is not, and let the next process begin at once."""
        self._stopping = True
        if self._timer is not None:
            self._timer.cancel()
        if self._turn is not None:
            await asyncio.wait([self._turn])
        await self._claims.drain()
        try:
            await self._lease.release()
        except StorageError as error:  # what else is to be closed still is
            log.warning("delivery could not be handed over; the next process waits", why=str(error))
        await self._others.close()

    def _arm(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if not self._stopping:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_at(loop.time() + seconds, self._begin_turn)

    def _begin_turn(self) -> None:
        if self._turn is None:
            self._turn = asyncio.create_task(self._take_turn())

    async def _take_turn(self) -> None:
        try:
            pause = await self._work()
        except LeaseLost:
            self._lease.lost()
            pause = 0.0
        except Exception as error:  # noqa: BLE001  # a full disk, a locked file: it goes on when they are over
            log.error("reminders cannot go on; tried again", why=error_text(error))
            pause = RETRY_AFTER_FAULT
        self._turn = None
        self._arm(0.0 if self._nudged else pause)
        self._nudged = False

    async def _work(self) -> float:
        """Whatever is to be done now; the seconds until the next turn."""
        if not await self._lease.lead():
            return self._seconds(self._lease.wait())
        now, fence, queue = self._clock.now(), self._lease.fence_or_raise(), self._storage.occurrences
        status = await queue.status(fence, now)
        is_due = status.is_due(now)
        more = is_due and await self._planner.materialize(fence, now)
        if not self._stopping:
            await self._claims.fill(fence, now, claimable=is_due or status.claimable)
        if more:
            return 0.0
        return self._pause(await queue.status(fence, now) if is_due or status.claimable else status)

    def _pause(self, status: QueueStatus) -> float:
        """Seconds until there is something to do of which nobody will nudge us; 0 for what came up since the status."""
        now, waits = self._clock.now(), [self._lease.wait()]
        if retry_in := self._breaker.retry_in():
            waits.append(timedelta(seconds=retry_in))
        if status.next_due is not None:
            waits.append(status.next_due - now)
        if status.next_try is not None and not self._claims.more:
            waits.append(status.next_try - now)
        return self._seconds(*waits)

    def _seconds(self, *waits: timedelta) -> float:
        return max(0.0, min(self._config.poll_interval, *waits).total_seconds())

    async def _reclaim(self, occurrence: Occurrence) -> None:
        await self._storage.occurrences.settle(self._lease.fence_or_raise(), [occurrence])
