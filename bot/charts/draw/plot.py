"""What stands on the axes of a chart: lines of dots, and the stretches without any. Pure; nothing is drawn here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.charts.draw.stretches import Stretch, by_week, gaps, monday, weekly
from bot.charts.picture import Series, Week

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
    first, last = monday(start), monday(end) + timedelta(days=WEEK - 1)
    middle = timedelta(days=WEEK // 2)
    dots = tuple(Dot(week.monday + middle, week.score, week.score, week.score) for week in weeks)
    holes = gaps((week.monday for week in weeks), first, last, WEEK)
    return Chart(first, last, WEEK, (Line(0, "", dots),), tuple(holes))


def _chart(group: Sequence[tuple[int, Series]], start: date, end: date) -> Chart:
    by_weeks = weekly(start, end)
    step = WEEK if by_weeks else 1
    first, last = (monday(start), monday(end) + timedelta(days=WEEK - 1)) if by_weeks else (start, end)
    lines = tuple(Line(number, series.name, _dots(series, step)) for number, series in group)
    logged = {monday(point.day) if by_weeks else point.day for _, series in group for point in series.days}
    return Chart(first, last, step, lines, tuple(gaps(logged, first, last, step)))


def _dots(series: Series, step: int) -> tuple[Dot, ...]:
    points = series.days if step == 1 else by_week(series.days)
    middle = timedelta(days=step // 2)
    return tuple(Dot(point.day + middle, point.typical, point.best, point.worst) for point in points)
