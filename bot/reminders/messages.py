"""What a person's reminder brings this time: the diary is asked when it is about to go out, not when it was set."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.advice.library import Library
from bot.advice.model import Routine
from bot.checkins.diary import CONSENT_VERSION, Diary
from bot.checkins.person_diary import zone_of
from bot.clock import Clock
from bot.delivery.decision import silence_reason
from bot.delivery.transport import Busy, Withheld
from bot.localtime import instant_of, local_day
from bot.reminders.content import ReminderContent
from bot.reminders.morning_questions import morning_of
from bot.reminders.screening import OpenRedFlag, Screening, screening_of, stretches
from bot.reminders.service import PersonalReminder, about_of, schedule_of
from bot.schedules.schedule import Rhythm, Weekdays
from bot.storage.occurrences import ClaimedOccurrence, Occurrence, OccurrenceState
from bot.storage.people import Person
from bot.storage.reasons import Reason
from bot.storage.reminders import Reminder, ReminderKind
from bot.storage.storage import Storage

IGNORED: Final = 3  # in a row; then it asks, once, whether to go quieter
EVENING: Final = time(19)  # local
AHEAD: Final = timedelta(minutes=90)  # an evening nearer than that is not offered: it is what *1 h* is for
TOLD_BEFORE: Final = timedelta(days=30)  # how long before everything is deleted a reminder says so
LOOKED_AT: Final = 200  # occurrences in which a first word about a hold is looked for: more than the log holds
WEEK: Final = 7  # days


@dataclass(frozen=True, slots=True)
class ReminderMessage:
    """One message to write."""

    reminder: Reminder
    occurrence: Occurrence
    about: ReminderContent
    areas: tuple[str, ...] = ()  # what to ask about; empty: the person says where
    tap: bool = True  # one tap is an answer; else they are asked about one area after the other
    routine: Routine | None = None  # what stretches open; None: the warning signs of their place come first
    held: OpenRedFlag | None = None  # be seen first: said in the place of what was to be brought, once
    caution: OpenRedFlag | None = None  # own words, which may ask for a run, while somebody should look first
    quieter: bool = False  # ask whether to
    deleted_on: datetime | None = None  # when everything goes for want of use, if that is near
    evening: datetime | None = None  # *this evening*, while there is one well ahead


class ReminderMessages:
    """Looks up what to say. To look is no use of the diary."""

    def __init__(
        self, diary: Diary, storage: Storage | None, clock: Clock, away: timedelta, *, closed: bool = False
    ) -> None:
        """`away`: after how long without use everything of a person is deleted. `closed`: the host keeps no diaries."""
        self._closed = closed
        self._diary = diary
        self._storage = storage
        self._clock = clock
        self._away = away

    async def of(self, claimed: ClaimedOccurrence, library: Library) -> ReminderMessage:
        """By what is known now: the reminder may have been changed since it was claimed.

        Raises Withheld: HELD when there is nothing to bring, or nothing may be kept any more; PAUSED, BLOCKED or
        REMOVED when that has just happened. Busy when it has just moved to another chat, so that it is claimed again.
        """
        storage = self._storage
        found = await storage.occurrences.find(claimed.occurrence.id) if storage else None
        if storage is None or found is None:
            raise Withheld(Reason.REMOVED)
        reminder = found[0]
        if (reason := silence_reason(reminder, self._clock.now())) is not None:
            raise Withheld(reason)
        if reminder.channel != claimed.reminder.channel:
            raise Busy
        message = await self._written(storage, reminder, claimed.occurrence, library)
        if message.held is not None and await _said(storage, claimed.occurrence, message.held):
            raise Withheld(Reason.HELD)
        return message

    async def again(self, item: PersonalReminder, rung: Occurrence, library: Library) -> ReminderMessage:
        """What a message said, by what is known now, once its question about itself was answered. Raises Withheld."""
        if self._storage is None:
            raise Withheld(Reason.HELD)
        return replace(await self._written(self._storage, item.reminder, rung, library), quieter=False)

    async def screening_of(self, person: int) -> Screening:
        """Their symptom checks: what they may be told to wait for."""
        if self._storage is None:
            return Screening((), unread=False)
        return await screening_of(self._diary.without_touch(person))

    async def red_flag(self, person: int, about: ReminderContent, library: Library) -> OpenRedFlag | None:
        """What stands before the stretches of a reminder."""
        return (await self.screening_of(person)).before(stretches(library, about).areas, library.general_ids)

    async def standing(self, person: int, area: str | None, general: Collection[str]) -> OpenRedFlag | None:
        """What stands before exercises with an area, or before any at all."""
        return (await self.screening_of(person)).before([area] if area else (), general)

    async def hold_before(self, person: int, routine: str, library: Library) -> OpenRedFlag | None:
        """What stands before a routine that somebody opens from elsewhere."""
        plan = library.routines.get(routine)
        return (await self.screening_of(person)).before(plan.areas if plan else (), library.general_ids)

    async def red_flags(
        self, person: int, items: Iterable[PersonalReminder], library: Library
    ) -> Mapping[str, OpenRedFlag]:
        """Which reminders for stretches wait, by their ids."""
        waiting = [item for item in items if item.kind is ReminderKind.STRETCH]
        known = await self.screening_of(person) if waiting else Screening((), unread=False)
        found = (
            (item.reminder.id, known.before(stretches(library, item.about).areas, library.general_ids))
            for item in waiting
        )
        return {name: red_flag for name, red_flag in found if red_flag is not None}

    async def seen(self, person: int, red_flag: OpenRedFlag, content: str) -> None:
        """*I was seen and told I may run*, about a place that the content no longer has."""
        if red_flag.finding is not None:
            diary = await self._diary.of(person)
            await diary.clear(red_flag.finding.area, [red_flag.finding.id], content)

    async def _written(
        self, storage: Storage, reminder: Reminder, occurrence: Occurrence, library: Library
    ) -> ReminderMessage:
        person = await storage.people.find(reminder.owner)
        if self._closed or person is None or person.consent_version < CONSENT_VERSION:
            raise Withheld(Reason.HELD)
        about, zone, kind = await about_of(storage, reminder), zone_of(person), reminder.kind
        diary = self._diary.without_touch(person.id)
        message = ReminderMessage(
            reminder,
            occurrence,
            about,
            (about.area,) if about.area and about.area in library.areas else (),
            quieter=reminder.ignored == IGNORED and _often(reminder),
            deleted_on=self._deleted_on(person),
            evening=evening(occurrence, zone, self._clock.now()),
        )
        if kind is ReminderKind.STRETCH:
            opens, screening = stretches(library, about), await screening_of(diary)
            message = replace(message, routine=opens.routine, held=screening.before(opens.areas, library.general_ids))
        elif kind is ReminderKind.WORDS:
            message = replace(message, caution=(await screening_of(diary)).before((), library.general_ids))
        elif kind is ReminderKind.MORNING:
            morning = (await morning_of(diary, about, zone, occurrence.day)).known(library.areas)
            if not morning.left:
                raise Withheld(Reason.HELD)
            message = replace(message, areas=morning.left, tap=morning.one is not None)
        return message

    def _deleted_on(self, person: Person) -> datetime | None:
        on = person.last_used + self._away
        return on if on - self._clock.now() < TOLD_BEFORE else None


def evening(occurrence: Occurrence, zone: ZoneInfo, now: datetime) -> datetime | None:
    """This evening, where that is still some way ahead; None for what rings in the evening anyway."""
    tonight = tonight_at(zone, now)
    return tonight if tonight - max(now, occurrence.due) > AHEAD else None


def tonight_at(zone: ZoneInfo, now: datetime) -> datetime:
    """When the evening begins; it may be over."""
    return instant_of(local_day(now, zone), EVENING, zone)


def _often(reminder: Reminder) -> bool:
    """Whether once a week is less often."""
    schedule = schedule_of(reminder)
    return reminder.kind is not ReminderKind.MORNING and schedule is not None and _days_apart(schedule.rhythm) < WEEK


def _days_apart(rhythm: Rhythm) -> float:
    return WEEK / len(rhythm.days) if isinstance(rhythm, Weekdays) else rhythm.count


async def _said(storage: Storage, now: Occurrence, held: OpenRedFlag) -> bool:
    """Whether the person was told since, as far back as the log goes: a month.

    What cannot be read has no beginning, so it is said every time.
    """
    if held.finding is None:
        return False
    out, since = {OccurrenceState.SENT, OccurrenceState.LATE, OccurrenceState.UNKNOWN}, held.finding.at
    latest = await storage.occurrences.of_reminder(now.reminder, LOOKED_AT)
    return any(one.state in out and one.due >= since and one.id != now.id for one in latest)
