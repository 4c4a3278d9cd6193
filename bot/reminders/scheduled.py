"""A reminder with its schedule, what its owner does with it, and what can be wrong with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import ClassVar, Final, Generic, TypeVar
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.delivery.attempt import silence_reason
from bot.delivery.transport import NotComposed, Withheld
from bot.errors import LimberError, UserError
from bot.localtime import DAY, DEFAULT_ZONE, instant_of, local_day
from bot.schedules.codec import ScheduleUnreadable, ZoneGone, from_stored, from_stored_in, to_stored
from bot.schedules.schedule import DAILY, Schedule, ScheduledTime
from bot.storage.occurrences import ClaimedOccurrence, Occurrence
from bot.storage.reminders import DiscordCode, Reason, Reminder, ReminderState
from bot.storage.storage import Storage

RECENT: Final = 200  # occurrences looked at for what has rung already: more than the log holds


class NoSuchReminder(UserError, message="error-no-reminder"):
    """It was removed, or never was this owner's."""


class EditedMeanwhile(UserError, message="error-reminder-changed"):
    """It was edited elsewhere at the same moment."""


class TooMany(UserError, message="error-reminders-many"):
    """`most` is how many an owner may have."""


class NoZone(UserError, message="error-zone-missing"):
    """Nobody knows yet when it is morning there."""


class RemindersClosed(UserError, message="error-reminders-closed"):
    """There is no database, so nothing can ring."""


class WordsMissing(UserError, message="error-words-missing"):
    """A reminder in one's own words, without words."""


class NoWords(UserError, message="error-no-words"):
    """Words for a reminder of a kind that brings none."""


class ContentUnreadable(UserError, message="error-reminder-content"):
    """What it brings cannot be opened, and a change would write over it."""


class SignsFirst(UserError, message="error-signs-first"):
    """Stretches for this place stand behind its warning signs; `area` is its name."""


class OccurrenceGone(UserError, message="error-reminder-forgotten"):
    """Nothing is known of a message any more: its reminder was removed, or it is older than the log."""


class TimesUnreadable(UserError, message="error-reminder-times"):
    """Its schedule cannot be read at all."""


class DoesNotRing(UserError, message="error-reminder-silent"):
    """It is paused, or Discord refused it: what is put off would not come."""


class EveningOver(UserError, message="error-evening-over"):
    """*This evening* was chosen in the evening."""


@dataclass(frozen=True, slots=True)
class Scheduled:
    """One reminder, its schedule read. `schedule` is None when it cannot be read any more."""

    reminder: Reminder
    schedule: Schedule | None

    @property
    def reason(self) -> Reason | DiscordCode | None:
        """Why it does not ring, if something is in its way: its zone, its times, or what stands in its row."""
        if self.schedule is not None:
            return self.reminder.reason
        try:
            from_stored_in(self.reminder.schedule, DEFAULT_ZONE)
        except ScheduleUnreadable:
            return Reason.SCHEDULE
        return Reason.ZONE

    def upcoming(self, now: datetime, count: int) -> Sequence[datetime]:
        """The next dates, UTC; none while it does not ring."""
        if self.schedule is None or self.reminder.state is not ReminderState.ACTIVE:
            return ()
        return tuple(scheduled.due for scheduled in self.schedule.upcoming(now, count))

    def paused(self, now: datetime) -> bool:
        """Whether it is silent for a while, and not only for what was due today already."""
        return self.schedule is not None and self.schedule.pause_ahead(now) is not None


S = TypeVar("S", bound=Scheduled)


@dataclass(eq=False)
class ScheduledReminders(Generic[S]):
    """Keeps reminders in step with their schedules, whoever owns them."""

    _storage: Storage
    _clock: Clock
    _nudge: Callable[[], None]  # called after every change, so that the DeliveryWorker looks again

    most: ClassVar[int]  # of one owner
    too_many: ClassVar[type[TooMany]] = TooMany
    edited: ClassVar[type[EditedMeanwhile]] = EditedMeanwhile
    zone_gone: ClassVar[type[ZoneGone]] = ZoneGone
    unreadable: ClassVar[type[TimesUnreadable]] = TimesUnreadable

    async def _add(self, item: S, schedule: Schedule, agreed: datetime | None = None) -> S:
        """Kept for good when this returns. Raises TooMany, and as `Reminders.add`."""
        reminder = rescheduled(item.reminder, schedule, self._clock.now())
        if not await self._storage.reminders.add(reminder, self.most, agreed):
            raise self.too_many(most=self.most)
        self._nudge()
        return replace(item, reminder=reminder, schedule=schedule)

    async def _change(self, item: S, schedule: Schedule | None) -> S:
        """As `item` reads now, on another schedule if there is one; a pause that is on stays on."""
        if schedule is None or item.schedule is None:
            return await self._reschedule(item, schedule or self._readable(item))
        return await self._reschedule(item, paused_like(item.schedule, schedule, self._clock.now()))

    async def pause(self, item: S, until: date | None = None) -> S:
        """Silent from now on, what waits in the queue too, until a local day or until resumed.

        Raises PauseOver, EditedMeanwhile; ZoneGone or TimesUnreadable where there is no schedule to go on with.
        """
        now = self._clock.now()
        paused = await self._reschedule(item, self._readable(item).paused(now, until))
        await self._storage.occurrences.cancel(item.reminder.id, Reason.PAUSED, now)
        return paused

    async def resume(self, item: S) -> S:
        """Rings again, from its next date on; a blocked one too. Raises as `pause`."""
        return await self._reschedule(item, self._readable(item).resumed(self._clock.now()))

    async def _reschedule(self, item: S, schedule: Schedule) -> S:
        """Raises EditedMeanwhile when it was edited since it was read."""
        schedule = await self._timely(item, schedule)
        changed = replace(rescheduled(item.reminder, schedule, self._clock.now()), ignored=0)
        if not await self._storage.reminders.replace(changed):
            raise self.edited
        self._nudge()
        return replace(item, reminder=replace(changed, version=changed.version + 1), schedule=schedule)

    async def _timely(self, item: S, schedule: Schedule) -> Schedule:
        """With dates that can ring: none that has rung already, as it would in a zone farther west."""
        return unrung(schedule, await self._latest(item), self._clock.now())

    async def _latest(self, item: S) -> Sequence[Occurrence]:
        return await self._storage.occurrences.of_reminder(item.reminder.id, RECENT)

    def _readable(self, item: S) -> Schedule:
        """Raises ZoneGone or TimesUnreadable."""
        try:
            return item.schedule or from_stored(item.reminder.schedule)
        except ZoneGone as error:
            raise self.zone_gone(**error.values) from None
        except ScheduleUnreadable:
            raise self.unreadable from None


def unrung(schedule: Schedule, latest: Sequence[Occurrence], now: datetime) -> Schedule:
    """The schedule from the day after the last that is ahead of `now` and in `latest`: a name rings once for good."""
    taken, days = {occurrence.local for occurrence in latest}, {occurrence.day for occurrence in latest}
    named = [ScheduledTime(day, schedule.at, instant_of(day, schedule.at, schedule.zone)) for day in days]
    rung = [scheduled.day for scheduled in named if scheduled.due > now and scheduled.local in taken]
    if not rung:
        return schedule
    return replace(schedule, starts=max(max(rung) + DAY, schedule.starts or date.min))


def paused_like(before: Schedule, schedule: Schedule, now: datetime) -> Schedule:
    """The schedule with the pause that is on in `before`; on at once also where the day before is not over yet."""
    pause = before.pause_ahead(now)
    if pause is None:
        return replace(schedule, pause=None)
    if pause.until is not None and pause.until <= local_day(now, schedule.zone):
        return replace(schedule, pause=None)
    return schedule.paused(now, pause.until)


def rescheduled(reminder: Reminder, schedule: Schedule, now: datetime) -> Reminder:
    """On another schedule: whether and when it rings next, from that alone; one that was blocked rings again."""
    ahead = schedule.next_after(now)
    for_good = schedule.pause is not None and schedule.pause.until is None
    return replace(
        reminder,
        schedule=to_stored(schedule),
        zone=schedule.zone.key,
        state=ReminderState.ACTIVE if ahead else ReminderState.PAUSED if for_good else ReminderState.ENDED,
        next_due=ahead.due if ahead else None,
        reason=None,
    )


async def current_reminder(storage: Storage, claimed: ClaimedOccurrence, now: datetime) -> Reminder:
    """The reminder of what is about to go out, as it reads now: it may have been changed since it was claimed.

    Raises Withheld: REMOVED, PAUSED or BLOCKED when that has just happened; NotComposed when it has just been moved
    to another channel, so that it is claimed again, for that one.
    """
    rows = await storage.occurrences.find(claimed.occurrence.id)
    if rows is None:
        raise Withheld(Reason.REMOVED)
    reminder, _ = rows
    if (reason := silence_reason(reminder, now)) is not None:
        raise Withheld(reason)
    if reminder.channel != claimed.reminder.channel:
        raise NotComposed
    return reminder


def schedule_of(reminder: Reminder) -> Schedule | None:
    """None for one that cannot be read any more: its zone is gone, or it is of a newer version."""
    try:
        return from_stored(reminder.schedule)
    except LimberError:
        return None


def once(day: date, at: time, zone: ZoneInfo) -> Schedule:
    """A schedule with one date."""
    return Schedule(at, DAILY, zone, starts=day, ends=day)
