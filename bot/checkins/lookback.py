"""A look back over a stretch of the diary, area by area, ready to be drawn and put into words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.checkins.days import Day, Gap, days_by_area, gaps
from bot.checkins.models import CheckIn
from bot.checkins.trend import Trend, trend
from bot.localtime import DAY, local_day

MOST_AREAS = 6  # on one chart
SHORTEST = 7  # days a chart shows at least
LONG_GAP = 3  # days; shorter ones are no news


@dataclass(frozen=True, slots=True)
class AreaLookback:
    """One area's days within the stretch, at least one."""

    area: str
    days: tuple[Day, ...]
    trend: Trend
    gaps: tuple[Gap, ...]  # of LONG_GAP days and more, from the first logged day on

    @property
    def best(self) -> int:
        return min(day.best for day in self.days)

    @property
    def worst(self) -> int:
        return max(day.worst for day in self.days)


@dataclass(frozen=True, slots=True)
class Lookback:
    """From `start` to `end`, both included, local days; the areas logged latest first, none when nothing was logged."""

    start: date
    end: date
    areas: Sequence[AreaLookback]
    left_out: int  # areas beyond the MOST_AREAS latest ones


def look_back(
    checkins: Iterable[CheckIn], zone: ZoneInfo, now: datetime, days: int, area: str | None = None
) -> Lookback:
    """The last `days` local days, today included; of one area or of all that were logged then.

    It begins with the first logged day, so that a new diary is no empty picture.
    """
    today = local_day(now, zone)
    start = today - (days - 1) * DAY
    areas = []
    for name, logged in days_by_area(checkins, zone).items():
        inside = tuple(day for day in logged if start <= day.date <= today)
        if inside and area in {None, name}:
            long = tuple(gap for gap in gaps(inside, inside[0].date, today) if gap.length >= LONG_GAP)
            areas.append(AreaLookback(name, inside, trend(logged, today, days), long))
    if areas:  # what lies before the first entry is no news
        start = max(start, min(*(looked_at.days[0].date for looked_at in areas), today - (SHORTEST - 1) * DAY))
    areas.sort(key=lambda looked_at: (looked_at.days[-1].date, len(looked_at.days)), reverse=True)
    return Lookback(start, today, areas[:MOST_AREAS], max(0, len(areas) - MOST_AREAS))


def from_when(now: datetime, days: int) -> datetime:
    """From when on check-ins have to be read for it; a day more, for every zone."""
    return now - timedelta(days=days + 1)
