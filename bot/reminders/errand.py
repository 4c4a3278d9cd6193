"""What a person's reminder brings this time: the diary is asked when it is about to go out, not when it was set."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.checkins.clearance import stands
from bot.checkins.days import instant, local_day
from bot.checkins.diary import CONSENT_VERSION, Diary, zone_of
from bot.checkins.entry import CheckIn
from bot.checkins.finding import Finding
from bot.clock import Clock
from bot.reminders.about import About
from bot.reminders.delivery import Withheld
from bot.reminders.mornings import LOOK_BACK, asked_about
from bot.reminders.personal import about_of
from bot.storage.occurrences import Occurrence, OccurrenceState, Parcel
from bot.storage.people import Person
from bot.storage.reminders import Reminder, ReminderKind
from bot.storage.storage import Storage

IGNORED: Final = 3  # in a row; then it asks, once, whether to go quieter
EVENING: Final = time(19)  # local
AHEAD: Final = timedelta(minutes=90)  # an evening nearer than that is what *1 h* is for
TOLD_BEFORE: Final = timedelta(days=30)  # how long before everything is deleted a reminder says so
LOOKED_AT: Final = 20  # occurrences in which a first word about a mute is looked for


@dataclass(frozen=True, slots=True)
class Errand:
    """One message to write."""

    reminder: Reminder
    occurrence: Occurrence
    about: About
    areas: tuple[str, ...] = ()  # what to ask about; empty: the person says where
    held: Finding | None = None  # be seen first: said in the place of what was to be brought, once
    caution: bool = False  # own words, which may ask for a run, while somebody should look first
    quieter: bool = False  # ask whether to
    deleted_on: datetime | None = None  # when everything goes for want of use, if that is near
    evening: datetime | None = None  # *this evening*, while there is one ahead


class Errands:
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

    async def of(self, parcel: Parcel, general: Collection[str]) -> Errand:
        """`general`: ids of the warning signs that are asked whatever hurts.

        Raises Withheld: `closed`, `erased` or `consent` when nothing may be kept any more, `muted` while somebody should
        look first, `answered` when there is nothing left to ask.
        """
        reminder, occurrence, storage = parcel.reminder, parcel.occurrence, self._storage
        if self._closed:
            raise Withheld("closed")
        person = await storage.people.find(reminder.owner) if storage else None
        if storage is None or person is None:
            raise Withheld("erased")
        if person.consent_version < CONSENT_VERSION:
            raise Withheld("consent")
        about, zone = await about_of(storage, reminder), zone_of(person)
        standing = await self.standing(person.id, about.area, general)
        held = standing if reminder.kind is ReminderKind.STRETCH else None
        if held is not None and await _said(storage, reminder, occurrence, held):
            raise Withheld("muted")
        return Errand(
            reminder,
            occurrence,
            about,
            await self._areas(person, about, zone, occurrence, reminder.kind),
            held,
            caution=standing is not None and reminder.kind is ReminderKind.WORDS,
            quieter=reminder.ignored == IGNORED,
            deleted_on=self._deleted_on(person),
            evening=evening(occurrence, zone, self._clock.now()),
        )

    async def standing(self, person: int, area: str | None, general: Collection[str]) -> Finding | None:
        """The worst open finding before exercises with an area, or before any at all."""
        if self._storage is None:
            return None
        found = [one for one in await self._diary.all_of(person, Finding) if one.open]
        before = [one for one in found if area is None or stands(one, area, general)]
        return min(before, key=lambda one: (one.disposition.rank, -one.at.timestamp()), default=None)

    async def _areas(
        self, person: Person, about: About, zone: ZoneInfo, occurrence: Occurrence, kind: ReminderKind
    ) -> tuple[str, ...]:
        if kind is not ReminderKind.MORNING:
            return (about.area,) if about.area else ()
        diary = await self._diary.quietly(person.id, CheckIn, occurrence.due - LOOK_BACK)
        areas = asked_about(diary, about, zone, occurrence.due)
        if not areas:
            raise Withheld("answered")
        return areas

    def _deleted_on(self, person: Person) -> datetime | None:
        on = person.last_used + self._away
        return on if on - self._clock.now() < TOLD_BEFORE else None


def evening(occurrence: Occurrence, zone: ZoneInfo, now: datetime) -> datetime | None:
    """This evening, where that is still some way ahead; None for what rings in the evening anyway."""
    tonight = instant(local_day(now, zone), EVENING, zone)
    return tonight if tonight - max(now, occurrence.due) > AHEAD else None


async def _said(storage: Storage, reminder: Reminder, now: Occurrence, held: Finding) -> bool:
    """Whether the person was told since that this one is on hold."""
    out = {OccurrenceState.SENT, OccurrenceState.LATE, OccurrenceState.UNKNOWN}
    latest = await storage.occurrences.of_reminder(reminder.id, LOOKED_AT)
    return any(one.state in out and one.due >= held.at and one.id != now.id for one in latest)
