"""Which days are written under a chart, and how."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.charts.draw.stretches import Stretch, monday

MOST_TICKS = 6  # of "28 Mar" in letters one can read on a phone
DAY_STEPS = (1, 2)
WEEK_STEPS = (1, 2, 4)
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)


@dataclass(frozen=True, slots=True)
class Tick:
    """A day and its words; `year` where the chart begins and where a year does, else empty."""

    day: date
    label: str
    year: str = ""


def ticks(start: date, end: date, months: Sequence[str], most: int = MOST_TICKS) -> tuple[Tick, ...]:
    """One to `most` days in even steps, from `start` to `end`; `months` are twelve short names.

    >>> [tick.label for tick in ticks(date(2026, 2, 3), date(2026, 3, 3), "JFMAMJJASOND")]
    ['9 F', '16 F', '23 F', '2 M']
    """
    days = next(found for found in _choices(start, end) if 1 <= len(found) <= most)
    whole_months = len(days) > 1 and all(day.day == 1 for day in days)
    return tuple(
        Tick(
            day,
            months[day.month - 1] if whole_months else f"{day.day} {months[day.month - 1]}",
            str(day.year) if at == 0 or day.year != days[at - 1].year else "",
        )
        for at, day in enumerate(days)
    )


def _choices(start: date, end: date) -> Iterator[list[date]]:
    length = Stretch(start, end).days
    for step in DAY_STEPS:
        yield [start + timedelta(days=offset) for offset in range(0, length, step)]
    first = monday(start + timedelta(days=6))
    for step in WEEK_STEPS:
        yield [first + timedelta(days=offset) for offset in range(0, (end - first).days + 1, 7 * step)]
    for step in MONTH_STEPS:
        yield [day for day in _firsts(start, end, step) if start <= day]
    yield [start]


def _firsts(start: date, end: date, step: int) -> Iterator[date]:
    """The first of every `step`-th month, counted from January of year 0."""
    at = (start.year * 12 + start.month - 1) // step * step
    while (year := at // 12) < end.year or (year == end.year and at % 12 < end.month):
        if year >= 1:
            yield date(year, at % 12 + 1, 1)
        at += step
