"""A delivery worker whose clock is moved by hand, and a Discord that does as it is told."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from bot.delivery.config import DeliveryConfig
from bot.delivery.transport import Lost
from bot.delivery.worker import DeliveryWorker
from bot.schedules.codec import from_stored, to_stored
from bot.schedules.schedule import DAILY, Schedule
from bot.storage.database import Database
from bot.storage.lease import Leases
from bot.storage.occurrences import ClaimedOccurrence, Occurrence, Occurrences
from bot.storage.people import People
from bot.storage.reminders import Reminder, ReminderKind, Reminders, ReminderState
from tests.storage.given import MANY

MORNING = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)  # a Monday
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
QUICK = DeliveryConfig(per_second=2000, burst=2000, at_once=64)  # nobody waits for the pace, unless that is the test


class HandClock:
    """Two clocks of one machine: the one on the wall, and the one that nobody sets."""

    def __init__(self) -> None:
        self._now = MORNING - MINUTE
        self._elapsed = 1000.0

    def now(self) -> datetime:
        return self._now

    def elapsed(self) -> float:
        return self._elapsed

    def run(self, by: timedelta) -> None:
        """Time passes."""
        self._now += by
        self._elapsed += by.total_seconds()

    def set(self, by: timedelta) -> None:
        """Somebody sets the clock on the wall, or the machine slept: the other one stood still."""
        self._now += by


@dataclass(frozen=True)
class Message:
    id: int
    channel: int | None
    occurrence: str
    at: datetime


Step = BaseException | Callable[[], None] | None


class ArrivesButLost(Lost):
    """The message gets there, the answer does not get back."""


@dataclass
class Pretend:
    """Discord, as far as a Transport sees it: drops a repeated nonce for three minutes, can be read back."""

    clock: HandClock
    script: dict[int | None, list[Step]] = field(default_factory=lambda: defaultdict(list))  # by channel
    always: Step = None
    messages: list[Message] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)  # every send and find, with its occurrence
    unreadable: Exception | None = None
    gate: asyncio.Event | None = None  # closed: requests stay on the wire

    async def send(self, claimed: ClaimedOccurrence, nonce: str) -> int | None:
        self.asked.append(("send", nonce))
        if self.gate is not None:
            await self.gate.wait()
        steps = self.script[claimed.reminder.channel]
        step = steps.pop(0) if steps else self.always
        if isinstance(step, BaseException):
            if isinstance(step, ArrivesButLost):
                self._arrive(claimed, nonce)
            raise step
        if step is not None:
            step()
        return self._arrive(claimed, nonce)

    def _arrive(self, claimed: ClaimedOccurrence, nonce: str) -> int:
        for known in self.messages:
            if known.occurrence == nonce and self.clock.now() - known.at < 3 * MINUTE:
                return known.id
        message = Message(5000 + len(self.messages), claimed.reminder.channel, nonce, self.clock.now())
        self.messages.append(message)
        return message.id

    async def find(self, claimed: ClaimedOccurrence) -> int | None:
        self.asked.append(("find", claimed.occurrence.id))
        if self.unreadable is not None:
            raise self.unreadable
        return next((m.id for m in self.messages if m.occurrence == claimed.occurrence.id), None)


class MortalOccurrences(Occurrences):
    """Of a process that may die: what it says then is not heard."""

    dead = False

    async def settle(self, *given: Any) -> None:
        if not self.dead:
            await super().settle(*given)


class MortalLeases(Leases):
    """Of a process that may die: it does not free its lease then."""

    dead = False

    async def release(self, name: str, fence: int) -> None:
        if not self.dead:
            await super().release(name, fence)


class Repositories:
    """What one process knows of the database."""

    def __init__(self, database: Database) -> None:
        self.people = People(database)
        self.reminders = Reminders(database)
        self.occurrences = MortalOccurrences(database)
        self.leases = MortalLeases(database)


@dataclass
class Line:
    """How one process reaches Discord."""

    discord: Any
    sent: list[int | None] = field(default_factory=list)  # the channel of every message it tried to send

    async def send(self, claimed: ClaimedOccurrence, nonce: str) -> int | None:
        self.sent.append(claimed.reminder.channel)
        return await self.discord.send(claimed, nonce)

    async def find(self, claimed: ClaimedOccurrence) -> int | None:
        return await self.discord.find(claimed)


def by_schedule(reminder: Reminder) -> Schedule:
    return from_stored(reminder.schedule)


@dataclass
class Engine:
    """One process with a worker."""

    database: Database
    clock: HandClock
    discord: Pretend
    config: DeliveryConfig = QUICK
    read: Callable[[Reminder], Schedule] = by_schedule

    def __post_init__(self) -> None:
        self.renew()

    def renew(self, **config: object) -> None:
        """Another process in place of one that has not started, or is dead."""
        self.config = replace(self.config, **config)
        self.storage = Repositories(self.database)
        self.line = Line(self.discord)
        rest = {"read_schedule": self.read, "random": Random(5), "elapsed": self.clock.elapsed}  # noqa: S311
        self.worker = DeliveryWorker(self.storage, self.line, self.clock, self.config, **rest)

    async def start(self) -> "Engine":
        self.worker.start()
        await self.settled()
        return self

    async def settled(self) -> None:
        """Everything that can happen now has happened."""
        self.worker.nudge()
        await self.until(lambda: self.worker.idle)

    async def until(self, happened: Callable[[], object]) -> None:
        async with asyncio.timeout(10):
            while not happened():  # noqa: ASYNC110  # it has nothing to wait on, on purpose
                await asyncio.sleep(0.001)

    async def run(self, by: timedelta) -> None:
        """Time passes, at once, and whatever it brings happens."""
        self.clock.run(by)
        await self.settled()

    async def run_slowly(self, by: timedelta, step: timedelta = SECOND) -> None:
        """Time passes in steps."""
        for _ in range(by // step):
            await self.run(step)

    async def die(self) -> None:
        """The process is gone without a word; another takes its place."""
        self.storage.occurrences.dead = self.storage.leases.dead = True
        await self.worker.stop()
        self.renew()

    async def restart(self, after: timedelta = 15 * SECOND) -> None:
        await self.die()
        self.clock.run(after)
        await self.start()

    async def remind(
        self,
        name: str = "a",
        person: int | None = 1,
        at: datetime = MORNING,
        *,
        ends: date | None = None,
        **other: object,
    ) -> Reminder:
        """A daily reminder in London, first due at `at`."""
        if person is not None:
            await self.storage.people.consent(person, 1, self.clock.now())
        schedule = Schedule(time(at.hour, at.minute), DAILY, ZoneInfo("Europe/London"), ends=ends)
        default: dict[str, object] = {
            "id": name * 32 if len(name) == 1 else name,
            "person": person,
            "club": None,
            "channel": 70 + (person or 0),
            "kind": ReminderKind.CHECKIN,
            "schedule": to_stored(schedule),
            "zone": "Europe/London",
            "state": ReminderState.ACTIVE,
            "next_due": at,
            "sealed": None,
            "created_at": self.clock.now(),
        }
        reminder = Reminder(**default | other)
        await self.storage.reminders.add(reminder, MANY)
        return reminder

    async def log(self, reminder: Reminder) -> list[Occurrence]:
        """Oldest first."""
        return (await self.storage.occurrences.of_reminder(reminder.id, 99))[::-1]

    async def states(self, reminder: Reminder) -> list[str]:
        return [str(one.state) for one in await self.log(reminder)]

    async def again(self, reminder: Reminder) -> Reminder:
        """As it reads now."""
        found = await self.storage.reminders.find(reminder.owner, reminder.id)
        assert found
        return found

    async def edit(self, reminder: Reminder, **changes: object) -> Reminder:
        assert await self.storage.reminders.replace(replace(await self.again(reminder), **changes))
        return await self.again(reminder)
