"""The reminders of one person: set, looked at, changed, paused, taken away."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.checkins.person_diary import PersonDiary
from bot.localtime import DAY, local_day
from bot.reminders.content import (
    WORDLESS_BLOCK,
    PersonalReminder,
    ReminderContent,
    ReminderDraft,
    opened,
    sealed_for,
    to_plain,
)
from bot.reminders.mornings import QUESTION_WINDOW, next_questions
from bot.reminders.scheduled import (
    RECENT,
    ContentUnreadable,
    DoesNotRing,
    NoSuchReminder,
    NoZone,
    OccurrenceGone,
    ScheduledReminders,
    TooMany,
    paused_like,
    rescheduled,
)
from bot.schedules.codec import ScheduleUnreadable, from_stored_in, to_stored
from bot.schedules.schedule import Schedule, Weekdays
from bot.storage.errors import Duplicate, NoKey, UnknownPerson
from bot.storage.occurrences import Occurrence, OccurrenceState
from bot.storage.people import Person
from bot.storage.reminders import Reason, Reminder, ReminderKind, ReminderState
from bot.storage.vault import BLOCK_LENGTH

MAX_REMINDERS: Final = 10  # of one person
LOG_LENGTH: Final = 12  # occurrences shown
OUT: Final = frozenset(
    set(OccurrenceState) - {OccurrenceState.SKIPPED, OccurrenceState.BLOCKED, OccurrenceState.FAILED}
)


@dataclass(frozen=True, slots=True)
class ReminderPlan:
    """What a draft comes to, before anything is kept."""

    schedule: Schedule | None  # None: as before
    channel: int | None = None  # where their reminders go already
    there: PersonalReminder | None = None  # asked for twice, it is set already


@dataclass(eq=False)
class PersonReminders(ScheduledReminders[PersonalReminder]):
    """The reminders of somebody who agreed to a diary. `ReminderService.of` opens them, once for each request."""

    most = MAX_REMINDERS

    diary: PersonDiary
    _grace: timedelta  # how late what was put off may still come

    @property
    def zone(self) -> ZoneInfo:
        """Their time zone. Raises NoZone while they have chosen none: a reminder at the wrong hour helps nobody."""
        if self.diary.owner.zone is None:
            raise NoZone
        return self.diary.zone

    async def items(self) -> list[PersonalReminder]:
        """Oldest first."""
        return [await opened(self._storage, reminder) for reminder in await self._rows()]

    async def item(self, reminder: str) -> PersonalReminder:
        """Raises NoSuchReminder."""
        row = await self._storage.reminders.find(self.diary.id, reminder)
        if row is None or row.person is None:
            raise NoSuchReminder
        return await opened(self._storage, row)

    async def to_change(self, reminder: str) -> PersonalReminder:
        """The same of one that is to be changed. Raises NoSuchReminder, ContentUnreadable."""
        item = await self.item(reminder)
        if not item.readable:
            raise ContentUnreadable
        return item

    async def plan(self, draft: ReminderDraft) -> ReminderPlan:
        """Read what was typed. Raises NoZone, TooMany, Unread."""
        zone = self.zone
        rows = await self._rows_with_room(draft.kind) if draft.entry is None else []
        schedule = draft.schedule(zone, self._clock.now())
        channel = next((row.channel for row in rows if row.channel is not None), None)
        there = [await opened(self._storage, row) for row in rows if row.id == draft.made]
        return ReminderPlan(schedule, channel, there[0] if there else None)

    async def add(self, draft: ReminderDraft, schedule: Schedule, channel: int, language: str) -> PersonalReminder:
        """Kept for good when this returns. A second one for mornings takes the place of the first. Raises TooMany."""
        content = replace(draft.content, morning=schedule.at, language=language)
        if draft.kind is ReminderKind.MORNING:
            before = [item for item in await self.items() if item.kind is draft.kind]
            if before:
                return await self.change(before[0], content, schedule)
            schedule = await self._next_mornings(content, schedule)
        row = Reminder(
            id=draft.made,
            person=self.diary.id,
            channel=channel,
            kind=draft.kind,
            sealed=await self._sealed(draft.made, draft.kind, content),
            created_at=self._clock.now(),
        )
        try:
            return await self._add(PersonalReminder(row, schedule, content), schedule, self.diary.owner.consented_at)
        except Duplicate:
            return await self.item(draft.made)
        except UnknownPerson:
            raise self.diary.erased() from None

    async def change_from(self, draft: ReminderDraft, schedule: Schedule | None, language: str) -> PersonalReminder:
        """Other times, other words or both, of a draft. Raises NoSuchReminder, ContentUnreadable, EditedMeanwhile."""
        item = await self.to_change(draft.entry or "")
        morning = schedule.at if schedule else item.content.morning
        return await self.change(item, replace(draft.content, morning=morning, language=language), schedule)

    async def change(
        self, item: PersonalReminder, content: ReminderContent, schedule: Schedule | None = None
    ) -> PersonalReminder:
        """Other contents, and another schedule if there is one; a pause that is on stays on. A blocked one rings again.

        Raises EditedMeanwhile; ZoneGone or TimesUnreadable where there is no schedule to go on with.
        """
        reminder = replace(item.reminder, sealed=await self._sealed(item.reminder.id, item.kind, content))
        return await self._change(replace(item, reminder=reminder, content=content, readable=True), schedule)

    async def pause_for(self, item: PersonalReminder, days: int) -> PersonalReminder:
        """Silent for so many local days from today on; 0: until it is resumed. Raises as `pause`."""
        today = local_day(self._clock.now(), self._readable(item).zone)
        return await self.pause(item, today + days * DAY if days else None)

    async def resume(self, item: PersonalReminder, *, channel: int | None = None) -> PersonalReminder:
        """Rings again, from its next date on; a blocked one too. `channel`: where it goes from now on."""
        schedule = self._readable(item)
        if channel is not None:
            item = replace(item, reminder=replace(item.reminder, channel=channel))
        # The dates of mornings are the diary's: one of today is still to come, whenever the pause was.
        awake = replace(schedule, pause=None) if item.kind is ReminderKind.MORNING else None
        return await self._reschedule(item, awake or schedule.resumed(self._clock.now()))

    async def quieter(self, item: PersonalReminder) -> PersonalReminder:
        """Once a week from now on, on the weekday of today."""
        schedule = self._readable(item)
        today = local_day(self._clock.now(), schedule.zone)
        return await self._reschedule(item, replace(schedule, rhythm=Weekdays(frozenset({today.weekday()}))))

    async def remove(self, reminder: str) -> None:
        """Gone for good, its log too. Raises NoSuchReminder."""
        if not await self._storage.reminders.remove(self.diary.id, reminder):
            raise NoSuchReminder

    async def log(self, reminder: str | None = None) -> list[tuple[PersonalReminder, Occurrence]]:
        """What became of the latest ones, of all or of one reminder, newest first."""
        items = {item.reminder.id: item for item in await self.items()}
        occurrences = [
            occurrence
            for occurrence in await self._storage.occurrences.of_person(self.diary.id)
            if occurrence.reminder in items and reminder in {None, occurrence.reminder}
        ]
        latest = sorted(occurrences, key=lambda occurrence: occurrence.due, reverse=True)[:LOG_LENGTH]
        rows = [(items[occurrence.reminder], occurrence) for occurrence in latest]
        return [(item, _why_held(occurrence, item.kind, self.diary.owner)) for item, occurrence in rows]

    async def answered(self, occurrence: str) -> tuple[PersonalReminder, Occurrence]:
        """What a button of a message belongs to; from now on its reminder counts as answered. Raises OccurrenceGone."""
        rows = await self._storage.occurrences.find(occurrence)
        if rows is None or rows[0].person != self.diary.id:
            raise OccurrenceGone
        await self._storage.reminders.answered(rows[0].id)
        return await opened(self._storage, rows[0]), rows[1]

    async def later(self, item: PersonalReminder, occurrence: Occurrence, at: datetime) -> None:
        """Once more at `at`, of what somebody put off. Raises DoesNotRing when that would not come."""
        if item.schedule is not None and item.schedule.pause_at(self._clock.now()) is not None:
            raise DoesNotRing
        local = occurrence.put_off(at)
        if not await self._storage.occurrences.again(item.reminder.id, local, at, self._grace):
            latest = await self._storage.occurrences.of_reminder(item.reminder.id, RECENT)
            if local not in {before.local for before in latest}:
                raise DoesNotRing
        self._nudge()

    async def follow_diary(self) -> bool:
        """The mornings that are to be asked about, by the diary as it is now; whether there is a reminder for them."""
        if not self.diary.owner.mornings:
            return False
        mornings = [row for row in await self._rows() if row.kind is ReminderKind.MORNING]
        for row in mornings:
            item = await opened(self._storage, row)
            if row.state not in {ReminderState.ACTIVE, ReminderState.ENDED} or item.schedule is None:
                continue
            timely = await self._timely(item, replace(item.schedule, zone=self.diary.zone))
            wanted = rescheduled(row, timely, self._clock.now())
            if wanted != row and (wanted.next_due or row.next_due):
                await self._storage.reminders.replace(wanted)  # edited meanwhile: whoever did looked at the diary too
                self._nudge()
        return bool(mornings)

    async def set_zone(self, zone: ZoneInfo) -> int:
        """Theirs from now on. What rang in the one before, or in one that is gone, comes along; how many that were.

        At the same times on the wall. The person moves last, so that what was broken off is done by the next try.
        Raises EditedMeanwhile.
        """
        before, moved = self.diary.owner.zone, 0
        for item in await self.items():
            if item.schedule is None or before == item.reminder.zone != zone.key:
                moved += await self._move(item, zone)
        await self.diary.set_zone(zone)
        await self.follow_diary()
        return moved

    async def _move(self, item: PersonalReminder, zone: ZoneInfo) -> bool:
        """Into another zone; False for one whose times cannot be read."""
        try:
            schedule = from_stored_in(item.reminder.schedule, zone)
        except ScheduleUnreadable:
            return False
        if item.schedule is not None:
            schedule = paused_like(item.schedule, schedule, self._clock.now())
        if item.reminder.state is ReminderState.BLOCKED and item.reminder.reason != Reason.ZONE:
            # blocked for another reason, which a new zone does not mend
            await self._storage.reminders.replace(replace(item.reminder, schedule=to_stored(schedule), zone=zone.key))
        else:
            await self._reschedule(item, schedule)
        return True

    async def _rows(self) -> list[Reminder]:
        return await self._storage.reminders.of_person(self.diary.id)

    async def _rows_with_room(self, kind: ReminderKind) -> list[Reminder]:
        """Raises TooMany when there is no room for another; a second one for mornings takes the place of the first."""
        rows = await self._rows()
        if len(rows) >= MAX_REMINDERS and not (kind is ReminderKind.MORNING and any(row.kind is kind for row in rows)):
            raise TooMany(most=MAX_REMINDERS)
        return rows

    async def _timely(self, item: PersonalReminder, schedule: Schedule) -> Schedule:
        """The dates of mornings come from the diary."""
        if item.kind is not ReminderKind.MORNING:
            return await super()._timely(item, schedule)
        asked = {occurrence.day for occurrence in await self._latest(item) if occurrence.state in OUT}
        return await self._next_mornings(item.content, schedule, asked)

    async def _next_mornings(
        self, content: ReminderContent, schedule: Schedule, asked: Collection[date] = ()
    ) -> Schedule:
        now = self._clock.now()
        checkins = await self.diary.checkins(now - QUESTION_WINDOW)
        return replace(next_questions(checkins, content, schedule.zone, now, asked), pause=schedule.pause)

    async def _sealed(self, reminder: str, kind: ReminderKind, content: ReminderContent) -> bytes:
        """Its length tells the kind, which stands in the clear, and whether somebody's own words are long."""
        own_words = kind is ReminderKind.WORDS
        plain = to_plain(content if own_words else replace(content, words=None))
        block = BLOCK_LENGTH if own_words else WORDLESS_BLOCK
        try:
            return await self._storage.vault.seal(self.diary.id, plain, sealed_for(reminder), block=block)
        except NoKey:
            raise self.diary.erased() from None


def _why_held(occurrence: Occurrence, kind: ReminderKind, owner: Person) -> Occurrence:
    """With its reason as its owner may read it."""
    if occurrence.reason != Reason.HELD:
        return occurrence
    if owner.consented_at > occurrence.due:
        return replace(occurrence, reason=Reason.CONSENT)
    reasons = {ReminderKind.STRETCH: Reason.MUTED, ReminderKind.MORNING: Reason.ANSWERED}
    return replace(occurrence, reason=reasons.get(kind, Reason.CLOSED))
