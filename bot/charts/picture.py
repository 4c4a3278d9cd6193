"""What is to be drawn, charts, figures and the page for a physio: frozen values for the drawing process."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from bot.localtime import monday_of

MOST_AREAS = 6  # more panels than that are too low to read on a phone
MOST_AREAS_ON_PAGE = 3  # with more, neither the charts nor the words could be read
MOST_FACTS = 6  # so that each has its line, on a page with three areas too
MOST_BANDS = 3  # calm, caution, stop
MOST_ROWS = 8  # of a club's barometer; more make the picture higher than a phone's screen
TOP_PAIN = 10.0  # the numeric rating scale, NRS-11
TOP_SCORE = 100.0


@dataclass(frozen=True, slots=True)
class DayPoint:
    """One day of one area. Pain is 0-10; `best` <= `typical` <= `worst`."""

    day: date
    typical: float
    best: float
    worst: float

    def __post_init__(self) -> None:
        if not 0 <= self.best <= self.typical <= self.worst <= TOP_PAIN:
            raise ValueError("0 <= best <= typical <= worst <= 10 does not hold")


@dataclass(frozen=True, slots=True)
class Series:
    """The days of one area, in order, each day once, at least one. A day that is not there was not logged."""

    name: str  # as people call it, not an id
    days: tuple[DayPoint, ...]

    def __post_init__(self) -> None:
        _in_order([point.day for point in self.days])


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of the scale with one colour of the traffic light, `low` < `high`."""

    low: float
    high: float
    label: str  # one short word: it stands beside the chart


@dataclass(frozen=True, slots=True)
class Legend:
    """The words of the key. What a chart does not show is left out of its key."""

    typical: str
    spread: str  # from lowest to highest
    gap: str
    weekly: str  # instead of `typical` where one point stands for a week


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartOverTime:
    """What every chart over time has, from `start` to `end` (both included). Raises ValueError where it is not so."""

    title: str
    start: date
    end: date
    bands: tuple[Band, ...] = ()  # calm first, each beginning where the one before ends; at most three
    y_label: str
    legend: Legend
    months: tuple[str, ...]  # twelve short names
    dark: bool = False

    def __post_init__(self) -> None:
        if len(self.bands) > MOST_BANDS or any(band.low >= band.high for band in self.bands):
            raise ValueError(f"there are at most {MOST_BANDS} bands, each from low to high")
        if any(lower.high != upper.low for lower, upper in pairwise(self.bands)):
            raise ValueError("a band begins where the one below it ends")
        _check_months(self.months)


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPicture(ChartOverTime):
    """Pain by day, for one area or several.

    Raises ValueError when there is nothing to draw, when a day lies outside, or when there are more than six areas.
    """

    series: tuple[Series, ...]

    def __post_init__(self) -> None:
        ChartOverTime.__post_init__(self)
        if not 1 <= len(self.series) <= MOST_AREAS:
            raise ValueError(f"a chart has 1 to {MOST_AREAS} areas")
        for series in self.series:
            _inside(self.start, self.end, series.days[0].day, series.days[-1].day)


@dataclass(frozen=True, slots=True)
class Week:
    """The answer of one ISO week; `monday` is its first day, the score is 0-100."""

    monday: date
    score: float

    def __post_init__(self) -> None:
        if self.monday.weekday() != 0:
            raise ValueError("an ISO week begins on a Monday")
        if not 0 <= self.score <= TOP_SCORE:
            raise ValueError("a score is 0 to 100")


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyPicture(ChartOverTime):
    """The weekly score, 0-100, week by week; `start` and `end` are any days of the first week shown and of the last.

    Weeks in order, each once, at least one: ValueError otherwise.
    """

    weeks: tuple[Week, ...]

    def __post_init__(self) -> None:
        ChartOverTime.__post_init__(self)
        mondays = [week.monday for week in self.weeks]
        _in_order(mondays)
        _inside(monday_of(self.start), self.end, mondays[0], mondays[-1])


@dataclass(frozen=True, slots=True)
class Cell:
    """One area in one week: the lowest number of the band, and the band in words."""

    low: int
    label: str


@dataclass(frozen=True, slots=True)
class BandRow:
    """One area, a cell for each week; None where nothing is shown."""

    name: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class BarometerLegend:
    """The words of the key. What a chart does not show is left out of its key."""

    shown: str
    nothing: str
    gap: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BarometerPicture:
    """A club's niggles, week by week.

    Raises ValueError unless there are one to eight areas, a cell for each week in each, and weeks that follow each
    other.
    """

    title: str
    unit: str
    mondays: tuple[date, ...]
    rows: tuple[BandRow, ...]
    unknown: frozenset[date] = frozenset()  # the weeks that were not counted
    legend: BarometerLegend
    months: tuple[str, ...]
    dark: bool = False

    def __post_init__(self) -> None:
        _in_order(self.mondays)
        if any(later - earlier != timedelta(weeks=1) for earlier, later in pairwise(self.mondays)):
            raise ValueError("weeks follow each other without holes")
        if not 1 <= len(self.rows) <= MOST_ROWS:
            raise ValueError(f"a barometer has 1 to {MOST_ROWS} areas")
        if any(len(row.cells) != len(self.mondays) for row in self.rows):
            raise ValueError("every area has a cell for each week")
        _check_months(self.months)


@dataclass(frozen=True, slots=True)
class Fact:
    """A short label and what stands beside it, e.g. "What aggravates it": "running (9 days)", "stairs (4 days)"."""

    label: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportArea:
    """One area: its days and what is to be said about them, most important first."""

    series: Series  # its name is the heading
    facts: tuple[Fact, ...]  # at most six; one without items is left out

    def __post_init__(self) -> None:
        if len(self.facts) > MOST_FACTS:
            raise ValueError(f"an area has at most {MOST_FACTS} facts")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage(ChartOverTime):
    """One page, A4. What is too long is cut, and says so: in the order given, so the first come first.

    Raises ValueError when there are not one to three areas, or when a day lies outside of start and end.
    """

    made_on: str  # "Made on 3 March 2026"
    covers: str  # "9 February – 3 March 2026"
    areas: tuple[ReportArea, ...]
    notes_label: str
    notes: tuple[str, ...] = ()  # newest first, each with its day; empty: left out
    footer: str
    more: str  # "…and {count} more"
    missing: str  # stands for letters that no font has

    def __post_init__(self) -> None:
        ChartOverTime.__post_init__(self)
        if not 1 <= len(self.areas) <= MOST_AREAS_ON_PAGE:
            raise ValueError(f"a page has 1 to {MOST_AREAS_ON_PAGE} areas")
        for area in self.areas:
            _inside(self.start, self.end, area.series.days[0].day, area.series.days[-1].day)
        if "{count}" not in self.more:
            raise ValueError("`more` has no {count}")


@dataclass(frozen=True, slots=True)
class FigurePicture:
    """A figure that is an SVG already, without text. The PNG has its size."""

    svg: str


Picture = HistoryPicture | WeeklyPicture | BarometerPicture | FigurePicture | ReportPage

# A message between the bot and the drawing process: what it is, how many bytes follow, and these.
HEADER = struct.Struct(">cI")
PICTURE = b"P"  # to be drawn; pickled, from the bot only
DRAWN = b"D"  # PNG or PDF
FAULT = b"F"  # where drawing failed, in UTF-8


def _check_months(months: Sequence[str]) -> None:
    """Raises ValueError unless there are twelve."""
    if len(months) != 12:
        raise ValueError("a year has twelve months")


def _in_order(days: Sequence[date]) -> None:
    if not days:
        raise ValueError("nothing was logged: there is nothing to draw")
    if any(earlier >= later for earlier, later in pairwise(days)):
        raise ValueError("days come in order, each once")


def _inside(start: date, end: date, first: date, last: date) -> None:
    if not start <= first <= last <= end:
        raise ValueError("a day lies outside of start and end")
