"""The messages of reminders to people: the diary is asked when one is about to go out, not when it was set."""

from dataclasses import KW_ONLY, dataclass, replace
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.advice.library import Library
from bot.advice.model import Routine
from bot.checkins.diary import STILL_COVERED, Diary
from bot.checkins.person_diary import zone_of
from bot.clock import Clock
from bot.delivery.transport import Withheld
from bot.localtime import instant_of, local_day
from bot.reminders.content import PersonalReminder, ReminderContent, content_of
from bot.reminders.mornings import morning_of
from bot.reminders.scheduled import RECENT, current_reminder, schedule_of
from bot.reminders.screening import OpenRedFlag, screening_of, stretches
from bot.schedules.schedule import Weekdays
from bot.storage.occurrences import ClaimedOccurrence, Occurrence, OccurrenceState
from bot.storage.reminders import Reason, Reminder, ReminderKind
from bot.storage.storage import Storage

IGNORED_LIMIT: Final = 3  # in a row; then it asks, once, whether to go quieter
EVENING_AT: Final = time(19)  # local
EVENING_AHEAD: Final = timedelta(minutes=90)  # an evening nearer than that is not offered: it is what *1 h* is for
DELETION_NOTICE: Final = timedelta(days=30)  # how long before everything is deleted a reminder says so
DAYS_IN_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class ReminderMessage:
    """One message to write."""

    reminder: Reminder
    occurrence: Occurrence
    content: ReminderContent
    areas: tuple[str, ...] = ()  # what to ask about; empty: the person says where
    tap: bool = True  # one tap is an answer; else they are asked about one area after the other
    routine: Routine | None = None  # what stretches open; None: the warning signs of their place come first
    red_flag: OpenRedFlag | None = None  # be seen first: said in the place of what was to be brought, once
    caution: OpenRedFlag | None = None  # own words, which may ask for a run, while somebody should look first
    quieter: bool = False  # ask whether to
    deleted_on: datetime | None = None  # when everything goes for want of use, if that is near
    evening: datetime | None = None  # *this evening*, while there is one well ahead


@dataclass(eq=False)
class ReminderMessages:
    """Puts together what a reminder says. To look is no use of the diary."""

    _diary: Diary
    _storage: Storage | None
    _clock: Clock
    _away: timedelta  # after how long without use everything of a person is deleted
    _: KW_ONLY
    closed: bool = False  # the host keeps no diaries

    async def of(self, claimed: ClaimedOccurrence, library: Library) -> ReminderMessage:
        """By what is known now. Raises what `current_reminder` raises.

        And Withheld, HELD: there is nothing to bring, or nothing may be kept any more.
        """
        if self._storage is None:
            raise Withheld(Reason.REMOVED)
        reminder = await current_reminder(self._storage, claimed, self._clock.now())
        message = await self._message(self._storage, reminder, claimed.occurrence, library)
        if message.red_flag is not None and await _told_before(self._storage, claimed.occurrence, message.red_flag):
            raise Withheld(Reason.HELD)
        return message

    async def again(self, item: PersonalReminder, occurrence: Occurrence, library: Library) -> ReminderMessage:
        """What a message said, by what is known now, once its question about itself was answered. Raises Withheld."""
        if self._storage is None:
            raise Withheld(Reason.HELD)
        return replace(await self._message(self._storage, item.reminder, occurrence, library), quieter=False)

    async def _message(
        self, storage: Storage, reminder: Reminder, occurrence: Occurrence, library: Library
    ) -> ReminderMessage:
        person = await storage.people.find(reminder.owner)
        if self.closed or person is None or person.consent_version < STILL_COVERED:
            raise Withheld(Reason.HELD)
        zone, kind = zone_of(person), reminder.kind
        content = await content_of(storage, reminder)
        if content is None:
            if kind is ReminderKind.WORDS:
                raise Withheld(Reason.CONTENT)
            content = ReminderContent()  # a question about no place, stretches for the whole body
        diary, deleted_on = self._diary.without_touch(person.id), person.last_used + self._away
        message = ReminderMessage(
            reminder,
            occurrence,
            content,
            (content.area,) if content.area and content.area in library.areas else (),
            quieter=reminder.ignored == IGNORED_LIMIT and _often(reminder),
            deleted_on=deleted_on if deleted_on - self._clock.now() < DELETION_NOTICE else None,
            evening=evening(occurrence, zone, self._clock.now()),
        )
        if kind is ReminderKind.STRETCH:
            opens, screening = stretches(library, content), await screening_of(diary)
            red_flag = screening.before(opens.areas, library.general_ids)
            message = replace(message, routine=opens.routine, red_flag=red_flag)
        elif kind is ReminderKind.WORDS:
            message = replace(message, caution=(await screening_of(diary)).before((), library.general_ids))
        elif kind is ReminderKind.MORNING:
            morning = (await morning_of(diary, content, zone, occurrence.day)).known(library.areas)
            if not morning.left:
                raise Withheld(Reason.HELD)
            message = replace(message, areas=morning.left, tap=morning.one is not None)
        return message


def evening(occurrence: Occurrence, zone: ZoneInfo, now: datetime) -> datetime | None:
    """This evening, where that is still some way ahead; None for what rings in the evening anyway."""
    tonight = tonight_at(zone, now)
    return tonight if tonight - max(now, occurrence.due) > EVENING_AHEAD else None


def tonight_at(zone: ZoneInfo, now: datetime) -> datetime:
    """When the evening begins; it may be over."""
    return instant_of(local_day(now, zone), EVENING_AT, zone)


def _often(reminder: Reminder) -> bool:
    """Whether once a week is less often."""
    schedule = None if reminder.kind is ReminderKind.MORNING else schedule_of(reminder)
    if schedule is None:
        return False
    rhythm = schedule.rhythm
    return len(rhythm.days) > 1 if isinstance(rhythm, Weekdays) else rhythm.count < DAYS_IN_WEEK


async def _told_before(storage: Storage, now: Occurrence, red_flag: OpenRedFlag) -> bool:
    """Whether the person was told since, as far back as the log goes: a month.

    What cannot be read has no beginning, so it is said every time.
    """
    if red_flag.finding is None:
        return False
    out, since = {OccurrenceState.SENT, OccurrenceState.LATE, OccurrenceState.UNKNOWN}, red_flag.finding.at
    before = await storage.occurrences.of_reminder(now.reminder, RECENT)
    return any(other.state in out and other.due >= since and other.id != now.id for other in before)
