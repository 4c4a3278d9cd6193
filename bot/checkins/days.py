"""The days of an area in the diary: its check-ins by local day, a summary of each, and the gaps between them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.checkins.models import CheckIn
from bot.localtime import DAY, local_day

#: The check-ins of one area by local day, each day's oldest first.
ByDay = Mapping[date, Sequence[CheckIn]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One local day of one area. Every pain is 0-10; `best` <= `level` <= `worst`."""

    date: date
    best: int  # the lowest pain now
    level: int  # the highest pain now: what one day is compared with another by
    worst: int  # the highest number of the day, with "the last 24 hours" and "while running"


def by_day(checkins: Iterable[CheckIn], area: str, zone: ZoneInfo) -> dict[date, tuple[CheckIn, ...]]:
    """The check-ins of one area by local day; days and check-ins oldest first, whatever order they come in."""
    logged: dict[date, list[CheckIn]] = {}
    for entry in sorted((entry for entry in checkins if entry.area == area), key=lambda entry: (entry.at, entry.id)):
        logged.setdefault(local_day(entry.at, zone), []).append(entry)
    return {day: tuple(entries) for day, entries in logged.items()}


def days_of(checkins: Iterable[CheckIn], area: str, zone: ZoneInfo) -> tuple[Day, ...]:
    """One area's logged days, oldest first; days without a check-in are left out."""
    return tuple(_day(day, entries) for day, entries in by_day(checkins, area, zone).items())


def days_by_area(checkins: Iterable[CheckIn], zone: ZoneInfo) -> dict[str, tuple[Day, ...]]:
    """The logged days of every area, areas by name."""
    entries = list(checkins)
    return {area: days_of(entries, area, zone) for area in sorted({entry.area for entry in entries})}


def _day(day: date, entries: Sequence[CheckIn]) -> Day:
    now = [entry.pain for entry in entries]
    running = [entry.during for entry in entries if entry.during is not None]
    of_24_hours = [entry.worst for entry in entries if entry.worst is not None]
    return Day(date=day, best=min(now), level=max(now), worst=max(now + running + of_24_hours))


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
