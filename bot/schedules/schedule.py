"""A schedule: a time on the wall, on the days of a rhythm, in one zone, silent in its pauses."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import islice
from typing import Final, Literal, Self
from zoneinfo import ZoneInfo

from bot.errors import UserError
from bot.localtime import DAY, instant_of, local_day

MOST_DAYS: Final = 365  # between two: beyond a year it is a calendar entry, and a typing error more often
LAST_DAY: Final = date(2199, 12, 31)  # no schedule rings later, so that counting on never runs out of calendar


@dataclass(frozen=True, slots=True)
class Weekdays:
    """The same days of every week; Monday is 0."""

    days: frozenset[int]

    def __post_init__(self) -> None:
        if not self.days or not self.days <= ALL_WEEK:
            raise ValueError("weekdays are one or more of 0 to 6")

    def on_or_after(self, day: date) -> date:
        """The first day of the rhythm that is not before `day`.

        >>> WEEKDAYS.on_or_after(date(2026, 11, 21)).isoformat()  # a Saturday
        '2026-11-23'
        """
        today = day.weekday()
        return day if today in self.days else day + DAY * min((weekday - today) % 7 for weekday in self.days)


@dataclass(frozen=True, slots=True)
class EveryDays:
    """Every so many days, counted from `first` on, across the ends of months and years; nothing before it."""

    count: int  # 2 to MOST_DAYS; every single day is DAILY
    first: date

    def __post_init__(self) -> None:
        if not 2 <= self.count <= MOST_DAYS:
            raise ValueError(f"every 2 to {MOST_DAYS} days")

    def on_or_after(self, day: date) -> date:
        """The first day of the rhythm that is not before `day`.

        >>> EveryDays(3, date(2026, 12, 30)).on_or_after(date(2026, 12, 31)).isoformat()
        '2027-01-02'
        """
        late = max(0, (day - self.first).days)
        return max(day, self.first) + DAY * (-late % self.count)


Rhythm = Weekdays | EveryDays

ALL_WEEK: Final = frozenset(range(7))
DAILY: Final = Weekdays(ALL_WEEK)
WEEKDAYS: Final = Weekdays(frozenset(range(5)))
WEEKENDS: Final = Weekdays(frozenset({5, 6}))

#: How the days of a rhythm are called, see `described`.
Days = Literal["daily", "weekdays", "weekends", "on", "every", "weeks"]


def described(rhythm: Rhythm) -> tuple[Days, int, tuple[int, ...]]:
    """What its days are called, how many are counted, and the weekdays, in order: whatever the words for it need.

    "on" these weekdays; "every" so many days; every so many "weeks" on this weekday; the others say it all.
    """
    if isinstance(rhythm, EveryDays):
        weeks, rest = divmod(rhythm.count, 7)
        return ("every", rhythm.count, ()) if rest else ("weeks", weeks, (rhythm.first.weekday(),))
    named: dict[Rhythm, Days] = {DAILY: "daily", WEEKDAYS: "weekdays", WEEKENDS: "weekends"}
    days = named.get(rhythm, "on")
    return days, 1, tuple(sorted(rhythm.days)) if days == "on" else ()


class PauseOver(UserError, message="error-pause-over"):
    """A pause that would end before it begins. `example` is a day it could end on."""

    def __init__(self, today: date) -> None:
        super().__init__(example=(today + 7 * DAY).isoformat())


@dataclass(frozen=True, slots=True)
class Pause:
    """Silent from the local day `since` to the day before `until`; without `until`, as while injured, until resumed."""

    since: date
    until: date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until <= self.since:
            raise ValueError("a pause ends after it begins")

    def covers(self, day: date) -> bool:
        """Whether it is silent on this local day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class ScheduledTime:
    """One ring of a schedule, named by the local day and time it is meant for, also when the clocks skip that time."""

    day: date
    at: time
    due: datetime  # UTC

    @property
    def local(self) -> str:
        """The name: "2026-03-29T02:30". A schedule never has it twice."""
        return f"{self.day.isoformat()}T{self.at:%H:%M}"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A wall-clock time on the days of a rhythm in one zone.

    >>> daily = Schedule(time(2, 30), DAILY, ZoneInfo("Europe/Berlin"))
    >>> ring = daily.next_after(datetime.fromisoformat("2026-03-29T00:00+00:00"))  # 02:30 is skipped that day
    >>> ring.local, ring.due.isoformat()
    ('2026-03-29T02:30', '2026-03-29T01:30:00+00:00')
    """

    at: time  # to the minute
    rhythm: Rhythm
    zone: ZoneInfo
    starts: date | None = None  # the first local day it may ring
    ends: date | None = None  # the last one
    pause: Pause | None = None

    def __post_init__(self) -> None:
        if self.at != time(self.at.hour, self.at.minute) or self.at.fold:
            raise ValueError("a schedule rings at a whole minute, with no zone in its time")
        if self.starts and self.starts > LAST_DAY:
            raise ValueError(f"a schedule starts by {LAST_DAY}")

    @property
    def first_day(self) -> date | None:
        """The first local day it may ring; what is counted, counts from there."""
        counted = self.rhythm if isinstance(self.rhythm, EveryDays) else None
        return counted.on_or_after(self.starts or counted.first) if counted else self.starts

    def next_after(self, now: datetime) -> ScheduledTime | None:
        """The first occurrence due strictly after an instant, or None when there is none any more.

        A time skipped in spring moves forward by the gap, a time repeated in autumn rings the first time (RFC 5545,
        3.3.5). A local day that the clocks skip whole, as at the date line, has no occurrence: moved forward, it would
        be the next day's. Nothing but the schedule counts: not what rang before, nor how the clock came to `now`.
        """
        return next(self._after(now), None)

    def upcoming(self, now: datetime, count: int) -> tuple[ScheduledTime, ...]:
        """The next `count` occurrences after an instant, in the order they are due; fewer when the schedule ends."""
        return tuple(islice(self._after(now), count))

    def pause_at(self, now: datetime) -> Pause | None:
        """The pause that covers this day, or None. One that was ended does until midnight, for what was due."""
        return self.pause if self.pause and self.pause.covers(local_day(now, self.zone)) else None

    def pause_ahead(self, now: datetime) -> Pause | None:
        """The pause that is on: it covers this day, and more than what was due already."""
        pause = self.pause_at(now)
        if pause is None or pause.until is None or pause.until > local_day(now, self.zone) + DAY:
            return pause
        ahead = self._awake().next_after(now)
        return pause if ahead is not None and ahead.day < pause.until else None

    def paused(self, now: datetime, until: date | None = None) -> Self:
        """Silent from `now` on; it may ring again on the local day `until`, or once resumed.

        Takes the place of a pause that was set before. Raises PauseOver for a day that is not ahead.
        """
        today = local_day(now, self.zone)
        if until is not None and until <= today:
            raise PauseOver(today)
        ahead = self._awake().next_after(now)
        # At 00:10 of a day that began with a gap, the ring moved from 23:30 of yesterday may be still to come.
        return replace(self, pause=Pause(min(today, ahead.day) if ahead else today, until))

    def resumed(self, now: datetime) -> Self:
        """Rings again with what is due after `now`. What was due while it was paused stays silent."""
        if self.pause is None:
            return self
        ahead, tomorrow = self._awake().next_after(now), local_day(now, self.zone) + DAY
        back = min(ahead.day, tomorrow) if ahead else tomorrow
        if back <= self.pause.since:
            return self._awake()
        return replace(self, pause=Pause(self.pause.since, min(back, self.pause.until or back)))

    def _awake(self) -> Self:
        return replace(self, pause=None)

    def _after(self, now: datetime) -> Iterator[ScheduledTime]:
        """From yesterday on: its time may have been moved past midnight. A few days at most are due before `now`."""
        yesterday = local_day(now, self.zone) - DAY
        occurrences = map(self._on, self._days(yesterday))
        return (occurrence for occurrence in occurrences if occurrence and occurrence.due > now)

    def _days(self, first: date) -> Iterator[date]:
        """The local days it is meant to ring, from `first` on; each step is arithmetic, however far it leads."""
        last = min(self.ends or LAST_DAY, LAST_DAY)
        day = max(first, self.starts or first)
        while day <= last and (day := self.rhythm.on_or_after(day)) <= last:
            if self.pause is None or not self.pause.covers(day):
                yield day
                day += DAY
            elif self.pause.until is None:
                return
            else:
                day = self.pause.until

    def _on(self, day: date) -> ScheduledTime | None:
        due = instant_of(day, self.at, self.zone)
        skipped_whole = due >= instant_of(day + DAY, self.at, self.zone)
        return None if skipped_whole else ScheduledTime(day, self.at, due)
