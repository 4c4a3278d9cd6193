"""A club's post while a moderator sets it up: its draft, and its dates over the next change of the clocks."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, Self
from zoneinfo import ZoneInfo

from bot.ids import new_id
from bot.localtime import DAY, wall_time
from bot.reminders.club_service import ClubReminder
from bot.reminders.posts import PostOptions
from bot.schedules.schedule import Rhythm, Schedule, Weekdays, described
from bot.storage.reminders import ReminderState

#: What a club starts from: few posts, after work.
AFTER_WORK = time(18)
FEW_DAYS = Weekdays(frozenset({0, 2, 4}))


@dataclass(frozen=True, slots=True)
class PostDraft:
    """A post as chosen so far; kept for half an hour, and nowhere else."""

    channel: int | None
    zone: ZoneInfo | None
    at: time = AFTER_WORK
    rhythm: Rhythm = FEW_DAYS
    options: PostOptions = field(default_factory=PostOptions)
    starts: date | None = None  # the first local day it may ring, where there is one
    ends: date | None = None  # the last one
    reminder: str | None = None  # the one this changes
    version: int = 0  # of it, when it was read
    made: str = field(default_factory=new_id, compare=False)  # the id a new one gets, so that saving twice is one post

    @classmethod
    def of(cls, item: ClubReminder) -> Self:
        """A post that is there, to be changed. One that has no more dates gets new ones."""
        reminder, schedule = item.reminder, item.schedule
        draft = cls(reminder.channel, None, options=item.options, reminder=reminder.id, version=reminder.version)
        if schedule is None:
            return draft
        draft = replace(draft, zone=schedule.zone, at=schedule.at, rhythm=schedule.rhythm)
        over = reminder.state is ReminderState.ENDED
        return draft if over else replace(draft, starts=schedule.starts, ends=schedule.ends)

    @property
    def schedule(self) -> Schedule | None:
        """None while the zone is missing."""
        return Schedule(self.at, self.rhythm, self.zone, self.starts, self.ends) if self.zone else None

    def retyped(self, typed: Schedule) -> Self:
        """On the days and at the time that were typed; what is counted counts on, where the same days were typed."""
        same = described(typed.rhythm) == described(self.rhythm)
        return replace(self, at=typed.at, rhythm=self.rhythm if same else typed.rhythm)


PREVIEW_LENGTH: Final = 5
DAYS_AHEAD: Final = 370  # days in which a change of the clocks is looked for
DAYS_BACK: Final = (2, 8, 32, DAYS_AHEAD)  # before it, in which a post is looked for, to see one on either side
SECOND: Final = timedelta(seconds=1)


class ClockChange(StrEnum):
    """What the clocks do to a post."""

    NONE = "none"
    LATER = "later"  # they skip its time: it goes out later by what they skip
    FIRST = "first"  # its time comes twice: it goes out the first time


@dataclass(frozen=True, slots=True)
class PreviewDate:
    """One post to come."""

    due: datetime  # UTC
    local: datetime  # on the wall, as it will be
    shift: ClockChange


def dst_preview(schedule: Schedule, now: datetime, count: int = PREVIEW_LENGTH) -> Sequence[PreviewDate]:
    """The next `count` posts over the next change of the clocks: the last before it, and those that follow.

    The next ones where the clocks do not change.

    >>> from bot.schedules.parse.line import schedule_from
    >>> sundays = schedule_from("sundays 2:30", ZoneInfo("Europe/Berlin"), datetime(2026, 3, 1).date())
    >>> preview = dst_preview(sundays, datetime(2026, 3, 2, tzinfo=UTC), 3)
    >>> [f"{date.local:%d %b %H:%M} {date.shift}" for date in preview]
    ['22 Mar 02:30 none', '29 Mar 03:30 later', '05 Apr 02:30 none']
    """
    change = next_change(schedule.zone, now)
    if change is None:
        return _dates(schedule, now, count)
    dates: Sequence[PreviewDate] = ()
    for days in DAYS_BACK:
        dates = _dates(schedule, max(now, change - days * DAY), count)
        if dates and dates[0].due < change:
            break
    return dates


def next_change(zone: ZoneInfo, after: datetime) -> datetime | None:
    """When the clocks of a zone next change, UTC, to the second; None when they do not within a year.

    >>> next_change(ZoneInfo("Europe/Berlin"), datetime(2026, 3, 2, tzinfo=UTC)).isoformat()
    '2026-03-29T01:00:00+00:00'
    """
    before, offset = after, wall_time(after, zone).utcoffset()
    for _ in range(DAYS_AHEAD):
        late = before + DAY
        if wall_time(late, zone).utcoffset() != offset:
            while late - before > SECOND:
                middle = before + (late - before) / 2
                before, late = (middle, late) if wall_time(middle, zone).utcoffset() == offset else (before, middle)
            return late.replace(microsecond=0).astimezone(UTC)
        before = late
    return None


def _dates(schedule: Schedule, now: datetime, count: int) -> Sequence[PreviewDate]:
    upcoming = [(ahead, wall_time(ahead.due, schedule.zone)) for ahead in schedule.upcoming(now, count)]
    return [PreviewDate(ahead.due, local, _shift(local, ahead.local)) for ahead, local in upcoming]


def _shift(local: datetime, meant: str) -> ClockChange:
    if local.strftime("%Y-%m-%dT%H:%M") != meant:
        return ClockChange.LATER
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return ClockChange.FIRST if twice else ClockChange.NONE
