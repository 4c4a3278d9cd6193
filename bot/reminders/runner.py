"""The engine: wakes at the right moment, rings what is due, sends what is to be sent."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random, SystemRandom
from time import monotonic
from typing import Final, Protocol

import structlog

from bot.clock import Clock
from bot.reminders.bell import Bell, Read
from bot.reminders.courier import Courier
from bot.reminders.delivery import Delivery
from bot.reminders.leader import Leader
from bot.reminders.outbox import AFTER_A_FAULT, Outbox, said
from bot.reminders.rules import Rules
from bot.reminders.weather import Weather
from bot.reminders.wire import Wire
from bot.storage.lease import LeaseLost, Leases
from bot.storage.occurrences import Occurrence, Occurrences
from bot.storage.reminders import Reminders

BY_DEFAULT: Final = Rules()

log = structlog.get_logger("limber.reminders")


class Books(Protocol):
    """The part of the storage that reminders need."""

    @property
    def reminders(self) -> Reminders: ...
    @property
    def occurrences(self) -> Occurrences: ...
    @property
    def leases(self) -> Leases: ...


class Runner:
    """Delivers every occurrence at most once, and exactly once unless its row says otherwise.

    A timer starts a task, a turn; between turns nothing waits. Several processes may have a runner on one database:
    one of them leads, the others watch it.
    """

    def __init__(
        self,
        books: Books,
        delivery: Delivery,
        read: Read,
        clock: Clock,
        rules: Rules = BY_DEFAULT,
        *,
        random: Random | None = None,
        elapsed: Callable[[], float] = monotonic,
    ) -> None:
        """`read` makes a schedule of a reminder; `elapsed` gives seconds that only go forward."""
        chance = random or SystemRandom()
        self._books = books
        self._clock = clock
        self._rules = rules
        self._leader = Leader(books.leases, clock, rules.lease, elapsed)
        self._bell = Bell(books.reminders, books.occurrences, read, rules)
        self._weather = Weather(chance, elapsed)
        wire = Wire(rules, self._weather, self._may_send)
        courier = Courier(delivery, wire, clock, chance, rules, self._reclaim)
        self._outbox = Outbox(books.occurrences, courier, self._leader, self._weather, rules, self.nudge)
        self._stopping = False
        self._timer: asyncio.TimerHandle | None = None
        self._turn: asyncio.Task[None] | None = None
        self._again = False  # nudged during a turn

    def start(self) -> None:
        """Begin, in the running loop."""
        self._arm(0)

    def nudge(self) -> None:
        """Something was added or changed: look now. What other processes change is seen at the next look."""
        if self._turn is None:
            self._arm(0)
        else:
            self._again = True

    @property
    def idle(self) -> bool:
        """Nothing is under way; only time will change that, or a nudge."""
        armed = self._timer is not None and self._timer.when() > asyncio.get_running_loop().time()
        return armed and self._turn is None and not len(self._outbox)

    async def stop(self) -> None:
        """Finish what is on the wire, put back what is not, and let the next process begin at once."""
        self._stopping = True
        if self._timer is not None:
            self._timer.cancel()
        if self._turn is not None:
            await asyncio.wait([self._turn])
        await self._outbox.drain()
        await self._leader.resign()

    def _arm(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if not self._stopping:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_at(loop.time() + seconds, self._wake)

    def _wake(self) -> None:
        if self._turn is None:
            self._turn = asyncio.create_task(self._take_turn())

    async def _take_turn(self) -> None:
        try:
            pause = await self._turned()
        except LeaseLost:
            self._leader.lost()
            pause = 0.0
        except Exception as error:  # noqa: BLE001  # a full disk, a locked file: the engine goes on when they are over
            log.error("reminders cannot go on; tried again", why=said(error))
            pause = AFTER_A_FAULT
        self._turn = None
        self._arm(0.0 if self._again else pause)
        self._again = False

    async def _turned(self) -> float:
        """One turn; the seconds until the next."""
        if not await self._leader.lead():
            return self._seconds(self._leader.wait())
        now, fence = self._clock.now(), self._leader.asserted()
        more = await self._bell.ring(fence, now)
        if not self._stopping:
            await self._outbox.fill(fence, now)
        return 0.0 if more else await self._pause(now)

    async def _pause(self, looked: datetime) -> float:
        """Seconds until there is something to do of which nobody will wake us.

        `looked`: when this turn looked what is to be tried; what has come up since then is to be done at once.
        """
        waits = [self._leader.wait()]
        if storm := self._weather.wait():
            waits.append(timedelta(seconds=storm))
        now = self._clock.now()
        if (due := await self._books.reminders.next_due()) is not None:
            waits.append(due - now)
        if not self._outbox.more and (first := await self._books.occurrences.next_try(looked)) is not None:
            waits.append(first - now)
        return self._seconds(*waits)

    def _seconds(self, *waits: timedelta) -> float:
        return max(0.0, min(self._rules.look, *waits).total_seconds())

    def _may_send(self) -> bool:
        return not self._stopping and self._leader.holds()

    async def _reclaim(self, occurrence: Occurrence) -> None:
        await self._books.occurrences.settle(self._leader.asserted(), [occurrence])
