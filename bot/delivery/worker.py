"""The worker that delivers reminders: it looks when there is something to do, and every half-minute."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from random import Random, SystemRandom
from time import monotonic

import structlog

from bot.clock import Clock
from bot.delivery.attempt import DeliveryAttempt
from bot.delivery.claim_pool import RETRY_AFTER_FAULT, ClaimPool, error_text
from bot.delivery.config import DEFAULT, DeliveryConfig
from bot.delivery.lease import LeaseHolder
from bot.delivery.planner import OccurrencePlanner, ReadSchedule, stored_schedule
from bot.delivery.sender import CircuitBreaker, RateLimitedSender
from bot.delivery.transport import Transport
from bot.storage.lease import LeaseLost
from bot.storage.occurrences import Occurrence, QueueStatus
from bot.storage.storage import Storage

log = structlog.get_logger("limber.reminders")


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
        self._claims = ClaimPool(storage.occurrences, attempt, self._lease, self._breaker, config, self.nudge)
        self._stopping = False
        self._timer: asyncio.TimerHandle | None = None
        self._turn: asyncio.Task[None] | None = None
        self._nudged = False  # during a turn

    def start(self) -> None:
        """Begin, in the running loop."""
        self._arm(0)

    def nudge(self) -> None:
        """Something was added or changed: look now. What other processes change is seen at the next look."""
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
        await self._lease.release()

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
