"""A dry run: the posts of a schedule over the next change of the clocks."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.localtime import DAY, wall_time
from bot.schedules.schedule import Schedule

POSTS: Final = 5
AHEAD: Final = 370  # days in which a change of the clocks is looked for
BACK: Final = (2, 8, 32, AHEAD)  # days before it in which a post is looked for, so that one is seen on either side
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


@dataclass(frozen=True, slots=True)
class DstPreview:
    """Posts to come: those around the next change of the clocks, or the next ones where there is none."""

    change: datetime | None  # UTC
    dates: tuple[PreviewDate, ...]


def dst_preview(schedule: Schedule, now: datetime, count: int = POSTS) -> DstPreview:
    """The next `count` posts over the next change of the clocks: the last before it, and those that follow.

    >>> from bot.schedules.parse.line import schedule_from
    >>> sundays = schedule_from("sundays 2:30", ZoneInfo("Europe/Berlin"), datetime(2026, 3, 1).date())
    >>> over = dst_preview(sundays, datetime(2026, 3, 2, tzinfo=UTC), 3)
    >>> [f"{date.local:%d %b %H:%M} {date.shift}" for date in over.dates]
    ['22 Mar 02:30 none', '29 Mar 03:30 later', '05 Apr 02:30 none']
    """
    change = next_change(schedule.zone, now)
    if change is None:
        return DstPreview(None, _dates(schedule, now, count))
    dates: tuple[PreviewDate, ...] = ()
    for days in BACK:
        dates = _dates(schedule, max(now, change - days * DAY), count)
        if dates and dates[0].due < change:
            break
    return DstPreview(change, dates)


def next_change(zone: ZoneInfo, after: datetime) -> datetime | None:
    """When the clocks of a zone next change, UTC, to the second; None when they do not within a year.

    >>> next_change(ZoneInfo("Europe/Berlin"), datetime(2026, 3, 2, tzinfo=UTC)).isoformat()
    '2026-03-29T01:00:00+00:00'
    """
    before, offset = after, wall_time(after, zone).utcoffset()
    for _ in range(AHEAD):
        late = before + DAY
        if wall_time(late, zone).utcoffset() != offset:
            while late - before > SECOND:
                middle = before + (late - before) / 2
                before, late = (middle, late) if wall_time(middle, zone).utcoffset() == offset else (before, middle)
            return late.replace(microsecond=0).astimezone(UTC)
        before = late
    return None


def _dates(schedule: Schedule, now: datetime, count: int) -> tuple[PreviewDate, ...]:
    found = []
    for occurrence in schedule.upcoming(now, count):
        local = wall_time(occurrence.due, schedule.zone)
        found.append(PreviewDate(occurrence.due, local, _shift(local, occurrence.local)))
    return tuple(found)


def _shift(local: datetime, meant: str) -> ClockChange:
    if local.strftime("%Y-%m-%dT%H:%M") != meant:
        return ClockChange.LATER
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return ClockChange.FIRST if twice else ClockChange.NONE
