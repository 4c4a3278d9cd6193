"""A runner with its hands on the clock, and a Discord that does as it is told."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.delivery.config import DeliveryConfig
from bot.delivery.planner import Dates
from bot.delivery.transport import Lost
from bot.delivery.worker import DeliveryWorker
from bot.schedules.codec import from_stored, to_stored
from bot.schedules.rhythm import DAILY
from bot.schedules.schedule import Schedule
from bot.storage.database import Database
from bot.storage.lease import Leases
from bot.storage.occurrences import ClaimedOccurrence, Occurrence, Occurrences
from bot.storage.people import People
from bot.storage.reminders import Reminder, ReminderKind, Reminders, ReminderState

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
    """Discord, as far as a Delivery sees it: drops a repeated nonce for three minutes, can be read back."""

    clock: HandClock
    script: dict[int | None, list[Step]] = field(default_factory=lambda: defaultdict(list))  # by channel
    always: Step = None
    messages: list[Message] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)  # every send and find, with its occurrence
    unreadable: Exception | None = None
    gate: asyncio.Event | None = None  # closed: requests stay on the wire

    async def send(self, parcel: ClaimedOccurrence, nonce: str) -> int | None:
        self.asked.append(("send", nonce))
        if self.gate is not None:
            await self.gate.wait()
        steps = self.script[parcel.reminder.channel]
        step = steps.pop(0) if steps else self.always
        if isinstance(step, BaseException):
            if isinstance(step, ArrivesButLost):
                self._arrive(parcel, nonce)
            raise step
        if step is not None:
            step()
        return self._arrive(parcel, nonce)

    def _arrive(self, parcel: ClaimedOccurrence, nonce: str) -> int:
        for known in self.messages:
            if known.occurrence == nonce and self.clock.now() - known.at < 3 * MINUTE:
                return known.id
        message = Message(5000 + len(self.messages), parcel.reminder.channel, nonce, self.clock.now())
        self.messages.append(message)
        return message.id

    async def find(self, parcel: ClaimedOccurrence) -> int | None:
        self.asked.append(("find", parcel.occurrence.id))
        if self.unreadable is not None:
            raise self.unreadable
        return next((m.id for m in self.messages if m.occurrence == parcel.occurrence.id), None)


@dataclass
class Books:
    """The repositories on one file."""

    database: Database
    people: People
    reminders: Reminders
    occurrences: Occurrences
    leases: Leases

    @classmethod
    def on(cls, database: Database) -> "Books":
        kinds = (People, Reminders, Occurrences, Leases)
        return cls(database, *(kind(database) for kind in kinds))  # type: ignore[arg-type]


def by_schedule(reminder: Reminder) -> Dates:
    return from_stored(reminder.schedule)


@dataclass
class Engine:
    """One process: a runner on the books."""

    books: Books
    clock: HandClock
    discord: Pretend
    rules: DeliveryConfig = QUICK
    read: Callable[[Reminder], Dates] = by_schedule

    def __post_init__(self) -> None:
        self.runner = self._new()

    def renew(self, **rules: object) -> None:
        """Another runner in place of one that has not started."""
        self.rules = replace(self.rules, **rules)
        self.runner = self._new()

    def _new(self) -> DeliveryWorker:
        rest = {"random": Random(5), "elapsed": self.clock.elapsed}  # noqa: S311
        return DeliveryWorker(self.books, self.discord, self.read, self.clock, self.rules, **rest)

    async def start(self) -> "Engine":
        self.runner.start()
        await self.settled()
        return self

    async def settled(self) -> None:
        """Everything that can happen now has happened."""
        self.runner.nudge()
        await self.until(lambda: self.runner.idle)

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
        """The process is gone without a word; another takes its place on the same books."""
        self.runner._stopping = True
        if self.runner._timer:
            self.runner._timer.cancel()
        self.runner = self._new()

    async def restart(self, after: timedelta = 15 * SECOND) -> None:
        await self.die()
        self.clock.run(after)
        await self.start()

    async def remind(
        self, name: str = "a", person: int | None = 1, at: datetime = MORNING, **other: object
    ) -> Reminder:
        """A daily reminder in London, first due at `at`."""
        if person is not None:
            await self.books.people.consent(person, 1, self.clock.now())
        schedule = Schedule(time(at.hour, at.minute), DAILY, ZoneInfo("Europe/London"))
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
        await self.books.reminders.add(reminder)
        return reminder

    async def log(self, reminder: Reminder) -> list[Occurrence]:
        """Oldest first."""
        return (await self.books.occurrences.of_reminder(reminder.id, 99))[::-1]

    async def states(self, reminder: Reminder) -> list[str]:
        return [str(one.state) for one in await self.log(reminder)]

    async def again(self, reminder: Reminder) -> Reminder:
        """As it reads now."""
        found = await self.books.reminders.find(reminder.owner, reminder.id)
        assert found
        return found

    async def edit(self, reminder: Reminder, **changes: object) -> Reminder:
        assert await self.books.reminders.replace(replace(await self.again(reminder), **changes))
        return await self.again(reminder)
