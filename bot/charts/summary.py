"""The numbers behind a chart, for the words that stand beside it."""

from dataclasses import dataclass
from datetime import date

from bot.charts.draw.stretches import Stretch, gaps
from bot.charts.picture import DayPoint, Series


@dataclass(frozen=True, slots=True)
class Summary:
    """One area's days from `start` to `end`. Pain is 0-10."""

    lowest: float
    highest: float
    first: DayPoint
    last: DayPoint
    logged: int  # days with an entry
    days: int  # days in all
    gaps: tuple[Stretch, ...]  # of three days and more; in a long range only the long ones


def summary(series: Series, start: date, end: date) -> Summary:
    """What a text twin of the chart says."""
    return Summary(
        lowest=min(point.best for point in series.days),
        highest=max(point.worst for point in series.days),
        first=series.days[0],
        last=series.days[-1],
        logged=len(series.days),
        days=Stretch(start, end).days,
        gaps=tuple(gaps((point.day for point in series.days), start, end)),
    )
