"""The plot of a chart: its lines of dots, its stretches without any, its dates. Pure; nothing is drawn here."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TypeVar

from bot.charts.picture import DayPoint, Series, Week
from bot.localtime import monday_of

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


def by_week(days: Iterable[DayPoint]) -> tuple[DayPoint, ...]:
    """One point for each ISO week with an entry, on its Monday: lowest, highest, and the median of the typical days."""
    return tuple(_week(first, list(of_week)) for first, of_week in groupby(days, lambda point: monday_of(point.day)))


def _week(first: date, days: Sequence[DayPoint]) -> DayPoint:
    typical = sorted(point.typical for point in days)
    middle = len(days) // 2
    median = (typical[middle] + typical[~middle]) / 2  # the module `statistics` takes 0.7 MB
    return DayPoint(first, median, min(point.best for point in days), max(point.worst for point in days))


def runs(points: Iterable[T], day: Callable[[T], date], step: int = 1) -> list[list[T]]:
    """Points that follow each other at `step` days, together; a new run after every hole."""
    runs_so_far: list[list[T]] = []
    for point in points:
        if runs_so_far and (day(point) - day(runs_so_far[-1][-1])).days == step:
            runs_so_far[-1].append(point)
        else:
            runs_so_far.append([point])
    return runs_so_far


def gaps(logged: Iterable[date], start: date, end: date, step: int = 1) -> list[Stretch]:
    """The stretches without an entry that a chart marks, also before the first and after the last one.

    With a `step` of 7, `logged` are Mondays and a stretch goes from a Monday to a Sunday.
    """
    least = max(LEAST_GAP * step, LEAST_GAP_SHARE * Stretch(start, end).days)
    holes, due = [], start
    for day in [*sorted(set(logged)), end + timedelta(days=1)]:
        hole = (day - due).days
        if hole > 0 and hole >= least:
            holes.append(Stretch(due, day - timedelta(days=1)))
        due = day + timedelta(days=step)
    return holes


MOST_CHART_TICKS = 6  # of "28 Mar" in letters one can read on a phone
DAY_STEPS = (1, 2)
WEEK_STEPS = (1, 2, 4)
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)


@dataclass(frozen=True, slots=True)
class Tick:
    """A day and its words; `year` where the chart begins and where a year does, else empty."""

    day: date
    label: str
    year: str = ""


def ticks(start: date, end: date, months: Sequence[str], most: int = MOST_CHART_TICKS) -> tuple[Tick, ...]:
    """One to `most` days in even steps, from `start` to `end`; `months` are twelve short names.

    >>> [tick.label for tick in ticks(date(2026, 2, 3), date(2026, 3, 3), "JFMAMJJASOND")]
    ['9 F', '16 F', '23 F', '2 M']
    """
    days = next(choice for choice in _choices(start, end) if 1 <= len(choice) <= most)
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
    first = monday_of(start + timedelta(days=6))
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


TOGETHER = 2  # areas in one chart; three lines with their bars hide each other
TOGETHER_DAYS = 42  # and in a longer range two do
WEEK = 7


@dataclass(frozen=True, slots=True)
class Dot:
    """One day, or one week, of one line."""

    day: date
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Line:
    """One area. Its number chooses colour and marker."""

    number: int
    name: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The days from `first` to `last`, a dot every `step` days (1 or 7) where something was logged."""

    first: date
    last: date
    step: int
    lines: tuple[Line, ...]
    gaps: tuple[Stretch, ...]  # to be marked: nothing was logged for any of the lines

    @property
    def days(self) -> int:
        """How many the x axis has."""
        return Stretch(self.first, self.last).days

    @property
    def spreads(self) -> bool:
        """Whether any dot has a lowest and a highest."""
        return any(dot.low < dot.high for line in self.lines for dot in line.dots)


def charts(series: Sequence[Series], start: date, end: date) -> tuple[Chart, ...]:
    """One chart for one area, or for two over a few weeks; else one for each area."""
    numbered = list(enumerate(series))
    together = len(series) == 1 or (len(series) <= TOGETHER and Stretch(start, end).days <= TOGETHER_DAYS)
    groups = [numbered] if together else [[one] for one in numbered]
    return tuple(_chart(group, start, end) for group in groups)


def weeks_chart(weeks: Sequence[Week], start: date, end: date) -> Chart:
    """One line of scores; every dot stands on the Thursday of its week."""
    first, last = monday_of(start), monday_of(end) + timedelta(days=WEEK - 1)
    middle = timedelta(days=WEEK // 2)
    dots = tuple(Dot(week.monday + middle, week.score, week.score, week.score) for week in weeks)
    holes = gaps((week.monday for week in weeks), first, last, WEEK)
    return Chart(first, last, WEEK, (Line(0, "", dots),), tuple(holes))


def _chart(group: Sequence[tuple[int, Series]], start: date, end: date) -> Chart:
    by_weeks = weekly(start, end)
    step = WEEK if by_weeks else 1
    first, last = (monday_of(start), monday_of(end) + timedelta(days=WEEK - 1)) if by_weeks else (start, end)
    lines = tuple(Line(number, series.name, _dots(series, step)) for number, series in group)
    logged = {monday_of(point.day) if by_weeks else point.day for _, series in group for point in series.days}
    return Chart(first, last, step, lines, tuple(gaps(logged, first, last, step)))


def _dots(series: Series, step: int) -> tuple[Dot, ...]:
    points = series.days if step == 1 else by_week(series.days)
    middle = timedelta(days=step // 2)
    return tuple(Dot(point.day + middle, point.typical, point.best, point.worst) for point in points)
