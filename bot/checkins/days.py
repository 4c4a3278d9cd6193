"""The diary by local days."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.checkins.entry import CheckIn

DAY = timedelta(days=1)

#: The check-ins of one area by local day, each day's oldest first.
Pages = Mapping[date, Sequence[CheckIn]]


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """The date on the wall in `zone` at an instant.

    >>> local_day(datetime(2026, 10, 25, 22, 59, tzinfo=UTC), ZoneInfo("Europe/Berlin"))  # 23:59, a day of 25 hours
    datetime.date(2026, 10, 25)
    """
    return wall(at, zone).date()


def wall(at: datetime, zone: ZoneInfo) -> datetime:
    """An instant as the clock in `zone` shows it. Raises ValueError for an instant without a zone of its own."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(zone)


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """A wall-clock time as an instant, UTC.

    A time skipped in spring moves forward by the gap, a time repeated in autumn is the first one (RFC 5545, 3.3.5).

    >>> instant(date(2026, 3, 29), time(2, 30), ZoneInfo("Europe/Berlin")).isoformat()  # 02:30 is skipped that day
    '2026-03-29T01:30:00+00:00'
    """
    return datetime.combine(day, at.replace(fold=0), tzinfo=zone).astimezone(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One local day of one area. Every pain is 0-10; `best` <= `first`, `last` <= `level` <= `worst`."""

    date: date
    first: int  # pain now, at the first check-in
    last: int  # pain now, at the last check-in
    best: int  # the lowest pain now
    level: int  # the highest pain now: what one day is compared with another by
    worst: int  # the highest number of the day, with "the last 24 hours" and "while running"
    during: int | None  # the highest while running; None: no run was logged
    count: int  # check-ins


def pages(checkins: Iterable[CheckIn], area: str, zone: ZoneInfo) -> dict[date, tuple[CheckIn, ...]]:
    """The check-ins of one area by local day; days and check-ins oldest first, whatever order they come in."""
    found: dict[date, list[CheckIn]] = {}
    for entry in sorted((entry for entry in checkins if entry.area == area), key=lambda entry: (entry.at, entry.id)):
        found.setdefault(local_day(entry.at, zone), []).append(entry)
    return {day: tuple(entries) for day, entries in found.items()}


def days_of(checkins: Iterable[CheckIn], area: str, zone: ZoneInfo) -> tuple[Day, ...]:
    """One area's logged days, oldest first; days without a check-in are left out."""
    return tuple(_day(day, entries) for day, entries in pages(checkins, area, zone).items())


def days_by_area(checkins: Iterable[CheckIn], zone: ZoneInfo) -> dict[str, tuple[Day, ...]]:
    """The logged days of every area, areas by name."""
    kept = list(checkins)
    return {area: days_of(kept, area, zone) for area in sorted({entry.area for entry in kept})}


def _day(day: date, entries: Sequence[CheckIn]) -> Day:
    now = [entry.pain for entry in entries]
    running = [entry.during for entry in entries if entry.during is not None]
    said = [entry.worst for entry in entries if entry.worst is not None]
    return Day(
        date=day,
        first=now[0],
        last=now[-1],
        best=min(now),
        level=max(now),
        worst=max(now + running + said),
        during=max(running, default=None),
        count=len(entries),
    )


@dataclass(frozen=True, slots=True)
class Gap:
    """Days in a row without a check-in; both ends belong to it."""

    first: date
    last: date

    @property
    def length(self) -> int:
        """In days, at least 1."""
        return (self.last - self.first).days + 1


def gaps(days: Iterable[Day], first: date, last: date) -> tuple[Gap, ...]:
    """Where nothing was logged from `first` to `last`, both included; oldest first."""
    logged = sorted({day.date for day in days if first <= day.date <= last})
    before = [first - DAY, *logged]
    after = [*logged, last + DAY]
    return tuple(Gap(a + DAY, b - DAY) for a, b in zip(before, after, strict=True) if b - a > DAY)
