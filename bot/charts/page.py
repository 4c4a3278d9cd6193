"""What the page for a physio says: words and days, as plain frozen values that travel to the drawing process."""

from dataclasses import dataclass, field
from datetime import date

from bot.charts.picture import MONTHS, Band, Legend, Series, check_bands, check_months

MOST_AREAS_ON_PAGE = 3  # with more, neither the charts nor the words could be read
MOST_FACTS = 6  # so that each has its line, on a page with three areas too


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
class ReportPage:
    """One page, A4. What is too long is cut, and says so: in the order given, so the first come first.

    Raises ValueError when there are not one to three areas, or when a day lies outside of start and end.
    """

    title: str
    made_on: str  # "Made on 3 March 2026"
    covers: str  # "9 February – 3 March 2026"
    start: date
    end: date
    areas: tuple[ReportArea, ...]
    notes_label: str = "Notes"
    notes: tuple[str, ...] = ()  # newest first, each with its day; empty: left out
    footer: str
    more: str = "…and {count} more"
    y_label: str = "Pain (0–10)"
    bands: tuple[Band, ...] = ()
    legend: Legend = field(default_factory=Legend)
    months: tuple[str, ...] = MONTHS

    def __post_init__(self) -> None:
        if not 1 <= len(self.areas) <= MOST_AREAS_ON_PAGE:
            raise ValueError(f"a page has 1 to {MOST_AREAS_ON_PAGE} areas")
        for area in self.areas:
            if not self.start <= area.series.days[0].day <= area.series.days[-1].day <= self.end:
                raise ValueError("a day lies outside of start and end")
        if "{count}" not in self.more:
            raise ValueError("`more` has no {count}")
        check_bands(self.bands)
        check_months(self.months)
