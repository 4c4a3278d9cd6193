"""A runner's own reminders: set, look at, change, pause, take away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from bot.checkins.diary import Diary
from bot.checkins.person_diary import PersonDiary
from bot.clock import Clock
from bot.delivery.config import DEFAULT
from bot.errors import LimberError
from bot.ids import new_id
from bot.localtime import DAY, local_day
from bot.reminders.content import SHAPE, ReminderContent, sealed_for
from bot.reminders.errors import (
    DoesNotRing,
    EditedMeanwhile,
    NoSuchReminder,
    NoZone,
    OccurrenceGone,
    RemindersClosed,
    TimesUnreadable,
    TooMany,
)
from bot.reminders.morning_questions import LOOK_BACK, next_questions
from bot.reminders.rescheduled import rescheduled
from bot.schedules.codec import ScheduleUnreadable, ZoneGone, from_stored, from_stored_in, to_stored
from bot.schedules.schedule import Schedule, Weekdays
from bot.storage.errors import CannotOpen, Duplicate, NoKey
from bot.storage.occurrences import Occurrence, OccurrenceState
from bot.storage.people import Person
from bot.storage.reasons import Reason
from bot.storage.reminders import Reminder, ReminderKind, ReminderState
from bot.storage.storage import Storage

MOST: Final = 10  # of one person
LOGGED: Final = 12  # occurrences shown
RUNG: Final = 200  # occurrences looked at for what has rung already: more than the log holds
OUT: Final = frozenset(
    set(OccurrenceState) - {OccurrenceState.SKIPPED, OccurrenceState.BLOCKED, OccurrenceState.FAILED}
)


@dataclass(frozen=True, slots=True)
class PersonalReminder:
    """One reminder, opened. `schedule` is None when it cannot be read any more."""

    reminder: Reminder
    about: ReminderContent
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

    @property
    def unread(self) -> Reason:
        """Why there is no schedule."""
        try:
            from_stored(self.reminder.schedule)
        except ScheduleUnreadable:
            return Reason.SCHEDULE
        except ZoneGone:
            pass
        return Reason.ZONE


class ReminderService:
    """Every method is about the one person who asks.

    Raises NeedsConsent and DiaryClosed as the diary does, and RemindersClosed where there is no database.
    """

    def __init__(
        self,
        diary: Diary,
        storage: Storage | None,
        clock: Clock,
        nudge: Callable[[], None],
        grace: timedelta = DEFAULT.grace,
    ) -> None:
        """`nudge` is called after every change, so that the engine looks again."""
        self._diary = diary
        self._storage = storage
        self._clock = clock
        self._nudge = nudge
        self._grace = grace

    async def zone(self, person: int) -> ZoneInfo:
        """Their time zone. Raises NoZone while they have chosen none: a reminder at the wrong hour helps nobody."""
        diary = await self._diary.of(person)
        if diary.owner.zone is None:
            raise NoZone
        return diary.zone

    async def room(self, person: int, kind: ReminderKind) -> None:
        """Raises TooMany when there is no room for another; a second one for mornings takes the place of the first."""
        await self._diary.of(person)
        found = await self._books.reminders.of_person(person)
        if len(found) >= MOST and not (kind is ReminderKind.MORNING and any(one.kind is kind for one in found)):
            raise TooMany(most=MOST)

    async def channel(self, person: int) -> int | None:
        """Where their reminders go already, if they have one."""
        found = await self._books.reminders.of_person(person)
        return next((reminder.channel for reminder in found if reminder.channel is not None), None)

    async def add(
        self,
        person: int,
        kind: ReminderKind,
        schedule: Schedule,
        channel: int,
        about: ReminderContent,
        *,
        name: str | None = None,
    ) -> PersonalReminder:
        """Kept for good when this returns. A second one for mornings takes the place of the first.

        `name`: the id it gets, so that asking twice sets one.
        """
        if kind is ReminderKind.MORNING:
            kept = [item for item in await self.items(person) if item.kind is kind]
            if kept:
                return await self.change(person, kept[0].reminder.id, schedule=schedule, about=about)
        await self.room(person, kind)
        name, now = name or new_id(), self._clock.now()
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
        schedule = await self._timely(blank, schedule, about)
        reminder = rescheduled(blank, schedule, now)
        try:
            await self._books.reminders.add(reminder)
        except Duplicate:
            return await self.item(person, name)
        self._nudge()
        return PersonalReminder(reminder, about, schedule)

    async def items(self, person: int) -> list[PersonalReminder]:
        """Oldest first."""
        await self._diary.of(person)
        return [await opened(self._books, reminder) for reminder in await self._books.reminders.of_person(person)]

    async def item(self, person: int, reminder: str) -> PersonalReminder:
        """Raises NoSuchReminder."""
        await self._diary.of(person)
        found = await self._books.reminders.find(person, reminder)
        if found is None or found.person is None:
            raise NoSuchReminder
        return await opened(self._books, found)

    async def rung(self, person: int, occurrence: str) -> tuple[PersonalReminder, Occurrence]:
        """What a button of a message belongs to; from now on its reminder counts as answered. Raises OccurrenceGone."""
        return (await self.pressed(person, occurrence))[1:]

    async def pressed(self, person: int, occurrence: str) -> tuple[PersonDiary, PersonalReminder, Occurrence]:
        """As `rung`, with the diary of whoever pressed, for an answer that is kept there."""
        diary = await self._diary.of(person)
        found = await self._books.occurrences.find(occurrence)
        if found is None or found[0].person != person:
            raise OccurrenceGone
        reminder, one = found
        await self._books.reminders.answered(reminder.id)
        return diary, await opened(self._books, reminder), one

    async def later(self, item: PersonalReminder, rung: Occurrence, at: datetime) -> None:
        """Once more at `at`, of what somebody put off. Raises DoesNotRing when that would not come."""
        if item.paused(self._clock.now()):
            raise DoesNotRing
        name = rung.put_off(at)
        if not await self._books.occurrences.again(item.reminder.id, name, at, self._grace):
            latest = await self._books.occurrences.of_reminder(item.reminder.id, RUNG)
            if name not in {one.local for one in latest}:
                raise DoesNotRing
        self._nudge()

    async def change(
        self, person: int, reminder: str, *, schedule: Schedule | None = None, about: ReminderContent | None = None
    ) -> PersonalReminder:
        """Another schedule, other contents, or both; a pause that is on stays on, and it rings again if it was blocked.

        Raises NoSuchReminder, EditedMeanwhile; ZoneGone or TimesUnreadable where there is no schedule to go on with.
        """
        item = await self.item(person, reminder)
        when, told = schedule or _read(item), about or item.about
        if schedule is not None and item.schedule is not None:
            when = replace(schedule, pause=item.schedule.pause)
        sealed = await self._sealed(person, reminder, told)
        return await self._rescheduled(PersonalReminder(replace(item.reminder, sealed=sealed), told, when), when)

    async def pause(self, person: int, reminder: str, until: date | None = None) -> PersonalReminder:
        """Silent from now on, what was put off too, until a local day or until resumed.

        Raises PauseOver, EditedMeanwhile.
        """
        item, schedule = await self._readable(person, reminder)
        paused = await self._rescheduled(item, schedule.paused(self._clock.now(), until))
        await self._books.occurrences.cancel(reminder, Reason.PAUSED, self._clock.now())
        return paused

    async def pause_for(self, person: int, reminder: str, days: int) -> PersonalReminder:
        """Silent for so many local days from today on."""
        _, schedule = await self._readable(person, reminder)
        return await self.pause(person, reminder, local_day(self._clock.now(), schedule.zone) + days * DAY)

    async def resume(self, person: int, reminder: str, *, channel: int | None = None) -> PersonalReminder:
        """Rings again, from its next date on; a blocked one too. `channel`: where it goes from now on."""
        item, schedule = await self._readable(person, reminder)
        if channel is not None:
            item = replace(item, reminder=replace(item.reminder, channel=channel))
        # The dates of mornings are the diary's: one of today is still to come, whenever the pause was.
        awake = replace(schedule, pause=None) if item.kind is ReminderKind.MORNING else None
        return await self._rescheduled(item, awake or schedule.resumed(self._clock.now()))

    async def quieter(self, person: int, reminder: str) -> PersonalReminder:
        """Once a week from now on, on the weekday of today."""
        item, schedule = await self._readable(person, reminder)
        today = local_day(self._clock.now(), schedule.zone)
        return await self._rescheduled(item, replace(schedule, rhythm=Weekdays(frozenset({today.weekday()}))))

    async def remove(self, person: int, reminder: str) -> None:
        """Gone for good, its log too. Raises NoSuchReminder."""
        await self._diary.of(person)
        if not await self._books.reminders.remove(person, reminder):
            raise NoSuchReminder

    async def log(self, person: int, reminder: str | None = None) -> list[tuple[PersonalReminder, Occurrence]]:
        """What became of the latest ones, of all or of one reminder, newest first."""
        owner = (await self._diary.of(person)).owner
        items = {item.reminder.id: item for item in await self.items(person)}
        found = await self._books.occurrences.of_person(person)
        wanted = [one for one in found if one.reminder in items and reminder in {None, one.reminder}]
        latest = sorted(wanted, key=lambda one: one.due, reverse=True)[:LOGGED]
        return [(items[one.reminder], why_held(one, items[one.reminder].kind, owner)) for one in latest]

    async def follow(self, diary: PersonDiary) -> bool:
        """The diary has changed: the mornings that are to be asked about with it. False where none ever is."""
        reminders = await self._books.reminders.of_person(diary.id)
        morning = next((reminder for reminder in reminders if reminder.kind is ReminderKind.MORNING), None)
        if morning is not None:
            await self._follow(diary, morning)
        return morning is not None

    async def _follow(self, diary: PersonDiary, reminder: Reminder) -> None:
        item = await opened(self._books, reminder)
        if reminder.state not in {ReminderState.ACTIVE, ReminderState.ENDED} or item.schedule is None:
            return
        schedule = replace(item.schedule, zone=diary.zone)
        timely = await self._timely(reminder, schedule, item.about)
        wanted = rescheduled(reminder, timely, self._clock.now())
        if wanted != reminder and (wanted.next_due or reminder.next_due):
            await self._books.reminders.replace(wanted)  # edited meanwhile: whoever did looked at the diary too
            self._nudge()

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
                except ScheduleUnreadable:
                    continue
                blocked = item.reminder.state is ReminderState.BLOCKED and item.reminder.reason != Reason.ZONE
                if blocked:  # for another reason, which a new zone does not mend
                    there = replace(item.reminder, schedule=to_stored(schedule), zone=new.key)
                    await self._books.reminders.replace(there)
                else:
                    await self._rescheduled(item, schedule)
                moved += 1
        return moved

    async def _readable(self, person: int, reminder: str) -> tuple[PersonalReminder, Schedule]:
        item = await self.item(person, reminder)
        return item, _read(item)

    async def _rescheduled(self, item: PersonalReminder, schedule: Schedule) -> PersonalReminder:
        """Raises EditedMeanwhile when it was edited since it was read."""
        schedule = await self._timely(item.reminder, schedule, item.about)
        changed = replace(rescheduled(item.reminder, schedule, self._clock.now()), ignored=0)
        if not await self._books.reminders.replace(changed):
            raise EditedMeanwhile
        self._nudge()
        return PersonalReminder(replace(changed, version=changed.version + 1), item.about, schedule)

    async def _timely(self, reminder: Reminder, schedule: Schedule, about: ReminderContent) -> Schedule:
        """With dates that can ring: those of mornings come from the diary, and none comes that has rung already."""
        now = self._clock.now()
        latest = await self._books.occurrences.of_reminder(reminder.id, RUNG)
        if reminder.kind is ReminderKind.MORNING:
            checkins = await self._diary.without_touch(reminder.owner).checkins(now - LOOK_BACK)
            asked = {one.day for one in latest if one.state in OUT}
            return replace(next_questions(checkins, about, schedule.zone, now, asked), pause=schedule.pause)
        ahead = schedule.next_after(now)
        if ahead is not None and ahead.local in {one.local for one in latest}:  # in a zone farther east
            return replace(schedule, starts=ahead.day + DAY)
        return schedule

    async def _sealed(self, person: int, reminder: str, about: ReminderContent) -> bytes:
        return await self._books.vault.seal(person, SHAPE.dump_json(about), sealed_for(reminder))

    @property
    def _books(self) -> Storage:
        if self._storage is None:
            raise RemindersClosed
        return self._storage


def why_held(one: Occurrence, kind: ReminderKind, person: Person) -> Occurrence:
    """With its reason as its owner may read it."""
    if one.reason != Reason.HELD:
        return one
    if person.consented_at > one.due:
        return replace(one, reason=Reason.CONSENT)
    reasons = {ReminderKind.STRETCH: Reason.MUTED, ReminderKind.MORNING: Reason.ANSWERED}
    return replace(one, reason=reasons.get(kind, Reason.CLOSED))


def _read(item: PersonalReminder) -> Schedule:
    """Raises ZoneGone or TimesUnreadable."""
    try:
        return item.schedule or from_stored(item.reminder.schedule)
    except ScheduleUnreadable:
        raise TimesUnreadable from None


async def opened(storage: Storage, reminder: Reminder) -> PersonalReminder:
    """A reminder with what it is about; about nothing where that cannot be opened."""
    return PersonalReminder(reminder, await about_of(storage, reminder), schedule_of(reminder))


async def about_of(storage: Storage, reminder: Reminder) -> ReminderContent:
    """What it is about; nothing where it cannot be opened, or is of a newer version."""
    if reminder.sealed is None or reminder.person is None:
        return ReminderContent()
    try:
        plain = await storage.vault.unseal(reminder.person, reminder.sealed, sealed_for(reminder.id))
        return SHAPE.validate_json(plain)
    except (CannotOpen, NoKey, ValidationError):  # the text of the last would quote what is in it
        return ReminderContent()


def schedule_of(reminder: Reminder) -> Schedule | None:
    """None for one that cannot be read any more: its zone is gone, or it is of a newer version."""
    try:
        return from_stored(reminder.schedule)
    except LimberError:
        return None
