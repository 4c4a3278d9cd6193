"""Where the diary was kept and where it was not: neighbouring days, holes between them, weeks instead of days."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from statistics import median
from typing import TypeVar

from bot.charts.picture import DayPoint

T = TypeVar("T")

DAILY_UP_TO = 120  # days; beyond, one point stands for a week: more would lie on top of each other
LEAST_GAP = 3  # days or weeks without a word before a chart marks them; rest days are no hole in a diary
LEAST_GAP_SHARE = 0.03  # of the whole range: a narrower mark cannot be seen


@dataclass(frozen=True, slots=True)
class Stretch:
    """From the first to the last day, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has, at least 1."""
        return (self.last - self.first).days + 1


def weekly(start: date, end: date) -> bool:
    """Whether a chart of this range shows one point for a week."""
    return Stretch(start, end).days > DAILY_UP_TO


def monday(day: date) -> date:
    """The first day of its ISO week."""
    return day - timedelta(days=day.weekday())


def by_week(days: Iterable[DayPoint]) -> tuple[DayPoint, ...]:
    """One point for each ISO week with an entry, on its Monday: lowest, highest, and the median of the typical days."""
    return tuple(_week(first, list(of_week)) for first, of_week in groupby(days, lambda point: monday(point.day)))


def _week(first: date, days: Sequence[DayPoint]) -> DayPoint:
    typical = median(point.typical for point in days)
    return DayPoint(first, typical, min(point.best for point in days), max(point.worst for point in days))


def runs(points: Iterable[T], day: Callable[[T], date], step: int = 1) -> list[list[T]]:
    """Points that follow each other at `step` days, together; a new run after every hole."""
    found: list[list[T]] = []
    for point in points:
        if found and (day(point) - day(found[-1][-1])).days == step:
            found[-1].append(point)
        else:
            found.append([point])
    return found


def gaps(logged: Iterable[date], start: date, end: date, step: int = 1) -> list[Stretch]:
    """The stretches without an entry that a chart marks, also before the first and after the last one.

    With a `step` of 7, `logged` are Mondays and a stretch goes from a Monday to a Sunday.
    """
    least = max(LEAST_GAP * step, LEAST_GAP_SHARE * Stretch(start, end).days)
    found, due = [], start
    for day in [*sorted(set(logged)), end + timedelta(days=1)]:
        hole = (day - due).days
        if hole > 0 and hole >= least:
            found.append(Stretch(due, day - timedelta(days=1)))
        due = day + timedelta(days=step)
    return found
