"""A runner's own reminders: set, look at, change, pause, take away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.checkins.days import DAY, local_day
from bot.checkins.diary import Diary, new_id
from bot.clock import Clock
from bot.errors import LimberError
from bot.reminders.about import SHAPE, About, sealed_for
from bot.reminders.errors import Changed, NoSuchReminder, NoZone, RemindersClosed, TooMany
from bot.reminders.rescheduled import rescheduled
from bot.reminders.rhythm import DAILY, Weekdays
from bot.reminders.runner import BY_DEFAULT
from bot.reminders.schedule import Schedule
from bot.reminders.schedule_stored import ZoneGone, from_stored, from_stored_in, to_stored
from bot.storage.errors import CannotOpen, NoKey
from bot.storage.occurrences import Occurrence
from bot.storage.reminders import Reminder, ReminderKind, ReminderState
from bot.storage.storage import Storage

MOST: Final = 10  # of one person
LOGGED: Final = 12  # occurrences shown


@dataclass(frozen=True, slots=True)
class Item:
    """One reminder, opened. `schedule` is None when it cannot be read any more."""

    reminder: Reminder
    about: About
    schedule: Schedule | None

    @property
    def kind(self) -> ReminderKind:
        return self.reminder.kind

    def upcoming(self, now: datetime, count: int) -> Sequence[datetime]:
        """The next dates, UTC; none while it does not ring."""
        if self.schedule is None or self.reminder.state is not ReminderState.ACTIVE:
            return ()
        return tuple(one.due for one in self.schedule.upcoming(now, count))

    def paused(self, now: datetime) -> bool:
        return self.schedule is not None and self.schedule.pause_at(now) is not None


class Personal:
    """Every method is about the one person who asks.

    Raises NeedsConsent and DiaryClosed as the diary does, and RemindersClosed where there is no database.
    """

    def __init__(
        self,
        diary: Diary,
        storage: Storage | None,
        clock: Clock,
        nudge: Callable[[], None],
        grace: timedelta = BY_DEFAULT.grace,
    ) -> None:
        """`nudge` is called after every change, so that the engine looks again."""
        self._diary = diary
        self._storage = storage
        self._clock = clock
        self._nudge = nudge
        self._grace = grace

    async def zone(self, person: int) -> ZoneInfo:
        """Their time zone. Raises NoZone while they have chosen none: a reminder at the wrong hour helps nobody."""
        if (await self._diary.person(person)).zone is None:
            raise NoZone
        return await self._diary.zone(person)

    async def room(self, person: int) -> None:
        """Raises TooMany when there is no room for another."""
        await self._diary.person(person)
        if await self._books.reminders.count(person) >= MOST:
            raise TooMany(most=MOST)

    async def channel(self, person: int) -> int | None:
        """Where their reminders go already, if they have one."""
        found = await self._books.reminders.of_person(person)
        return next((reminder.channel for reminder in found if reminder.channel is not None), None)

    async def add(self, person: int, kind: ReminderKind, schedule: Schedule, channel: int, about: About) -> Item:
        """Kept for good when this returns. A second one for mornings takes the place of the first."""
        if kind is ReminderKind.MORNING:
            kept = [item for item in await self.items(person) if item.kind is kind]
            if kept:
                return await self.change(person, kept[0].reminder.id, schedule=schedule, about=about)
        await self.room(person)
        name, now = new_id(), self._clock.now()
        blank = Reminder(
            id=name,
            person=person,
            club=None,
            channel=channel,
            kind=kind,
            schedule=to_stored(schedule),
            zone=schedule.zone.key,
            state=ReminderState.ENDED,
            next_due=None,
            sealed=await self._sealed(person, name, about),
            created_at=now,
        )
        reminder = rescheduled(blank, schedule, now)
        await self._books.reminders.add(reminder)
        self._nudge()
        return Item(reminder, about, schedule)

    async def items(self, person: int) -> list[Item]:
        """Oldest first."""
        await self._diary.person(person)
        return [await opened(self._books, reminder) for reminder in await self._books.reminders.of_person(person)]

    async def item(self, person: int, reminder: str) -> Item:
        """Raises NoSuchReminder."""
        await self._diary.person(person)
        found = await self._books.reminders.find(person, reminder)
        if found is None or found.person is None:
            raise NoSuchReminder
        return await opened(self._books, found)

    async def rung(self, person: int, occurrence: str) -> tuple[Item, Occurrence]:
        """What a button of a message belongs to; from now on its reminder counts as answered.

        Raises NoSuchReminder, also for what is older than the log.
        """
        await self._diary.person(person)
        found = await self._books.occurrences.find(occurrence)
        if found is None or found[0].person != person:
            raise NoSuchReminder
        reminder, one = found
        await self._books.reminders.answered(reminder.id)
        return await opened(self._books, reminder), one

    async def later(self, item: Item, at: datetime) -> None:
        """Once more at `at`, of what somebody put off; where it rings at that time anyway, that is it."""
        zone = item.schedule.zone if item.schedule else UTC
        local = at.astimezone(zone).strftime("%Y-%m-%dT%H:%M")
        await self._books.occurrences.again(item.reminder.id, local, at, self._grace)
        self._nudge()

    async def change(
        self, person: int, reminder: str, *, schedule: Schedule | None = None, about: About | None = None
    ) -> Item:
        """Another schedule, other contents, or both; a pause that is on stays on, and it rings again if it was blocked.

        Raises NoSuchReminder, Changed.
        """
        item = await self.item(person, reminder)
        when, told = schedule or _read(item), about or item.about
        if schedule is not None and item.schedule is not None:
            when = replace(schedule, pause=item.schedule.pause)
        sealed = await self._sealed(person, reminder, told)
        return await self._rescheduled(Item(replace(item.reminder, sealed=sealed), told, when), when)

    async def pause(self, person: int, reminder: str, until: date | None = None) -> Item:
        """Silent from now on, what was put off too, until a local day or until resumed. Raises PauseOver, Changed."""
        item, schedule = await self._readable(person, reminder)
        paused = await self._rescheduled(item, schedule.paused(self._clock.now(), until))
        await self._books.occurrences.cancel(reminder, "paused", self._clock.now())
        return paused

    async def pause_for(self, person: int, reminder: str, days: int) -> Item:
        """Silent for so many local days from today on."""
        _, schedule = await self._readable(person, reminder)
        return await self.pause(person, reminder, local_day(self._clock.now(), schedule.zone) + days * DAY)

    async def resume(self, person: int, reminder: str, *, channel: int | None = None) -> Item:
        """Rings again, from its next date on; a blocked one too. `channel`: where it goes from now on."""
        item, schedule = await self._readable(person, reminder)
        if channel is not None:
            item = replace(item, reminder=replace(item.reminder, channel=channel))
        return await self._rescheduled(item, schedule.resumed(self._clock.now()))

    async def quieter(self, person: int, reminder: str) -> Item:
        """Once a week from now on, on the weekday of today."""
        item, schedule = await self._readable(person, reminder)
        today = local_day(self._clock.now(), schedule.zone)
        return await self._rescheduled(item, replace(schedule, rhythm=Weekdays(frozenset({today.weekday()}))))

    async def remove(self, person: int, reminder: str) -> None:
        """Gone for good, its log too. Raises NoSuchReminder."""
        await self._diary.person(person)
        if not await self._books.reminders.remove(person, reminder):
            raise NoSuchReminder

    async def log(self, person: int) -> list[tuple[Item, Occurrence]]:
        """What became of the latest ones, newest first."""
        items = {item.reminder.id: item for item in await self.items(person)}
        rung = sorted(await self._books.occurrences.of_person(person), key=lambda one: one.due, reverse=True)
        return [(items[one.reminder], one) for one in rung if one.reminder in items][:LOGGED]

    async def move(self, person: int, old: str | None, new: ZoneInfo) -> int:
        """The person's time zone is `new` now: what rang in their old one, or in one that is gone, comes along.

        At the same times on the wall; returns how many reminders moved.
        """
        if self._storage is None:
            return 0
        moved = 0
        for item in await self.items(person):
            if item.reminder.zone == old or item.schedule is None:
                try:
                    schedule = from_stored_in(item.reminder.schedule, new)
                except LimberError:
                    continue
                blocked = item.reminder.state is ReminderState.BLOCKED and item.reminder.reason != "zone"
                if blocked:  # for another reason, which a new zone does not mend
                    there = replace(item.reminder, schedule=to_stored(schedule), zone=new.key)
                    await self._books.reminders.replace(there)
                else:
                    await self._rescheduled(item, schedule)
                moved += 1
        return moved

    async def _readable(self, person: int, reminder: str) -> tuple[Item, Schedule]:
        item = await self.item(person, reminder)
        return item, _read(item)

    async def _rescheduled(self, item: Item, schedule: Schedule) -> Item:
        """Raises Changed when it was edited since it was read."""
        changed = replace(rescheduled(item.reminder, schedule, self._clock.now()), ignored=0)
        if not await self._books.reminders.replace(changed):
            raise Changed
        self._nudge()
        return Item(replace(changed, version=changed.version + 1), item.about, schedule)

    async def _sealed(self, person: int, reminder: str, about: About) -> bytes:
        return await self._books.vault.seal(person, SHAPE.dump_json(about), sealed_for(reminder))

    @property
    def _books(self) -> Storage:
        if self._storage is None:
            raise RemindersClosed
        return self._storage


def _read(item: Item) -> Schedule:
    """Raises ZoneGone or ScheduleUnreadable."""
    return item.schedule or from_stored(item.reminder.schedule)


async def opened(storage: Storage, reminder: Reminder) -> Item:
    """A reminder with what it is about; about nothing where that cannot be opened."""
    return Item(reminder, await about_of(storage, reminder), schedule_of(reminder))


async def about_of(storage: Storage, reminder: Reminder) -> About:
    """What it is about; nothing where it cannot be opened."""
    if reminder.sealed is None or reminder.person is None:
        return About()
    try:
        plain = await storage.vault.unseal(reminder.person, reminder.sealed, sealed_for(reminder.id))
    except (CannotOpen, NoKey):
        return About()
    return SHAPE.validate_json(plain)


def schedule_of(reminder: Reminder) -> Schedule | None:
    """None for one that cannot be read any more: its zone is gone, or it is of a newer version."""
    try:
        return from_stored(reminder.schedule)
    except (ZoneGone, LimberError):
        return None


def once(day: date, at: time, zone: ZoneInfo) -> Schedule:
    """A schedule with one date."""
    return Schedule(at, DAILY, zone, starts=day, ends=day)
