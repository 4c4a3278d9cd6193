"""The days of an area in the diary, the trend in them, and a look back over a stretch, ready to be drawn and told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import floor
from statistics import median
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
        logged.setdefault(entry.day(zone), []).append(entry)
    return {day: tuple(entries) for day, entries in logged.items()}


def days_in(logged: ByDay) -> tuple[Day, ...]:
    """One area's logged days, oldest first; days without a check-in are left out."""
    return tuple(_day(day, entries) for day, entries in logged.items())


def by_area(checkins: Iterable[CheckIn], zone: ZoneInfo) -> dict[str, ByDay]:
    """The check-ins of every area by local day, areas by name."""
    entries = list(checkins)
    return {area: by_day(entries, area, zone) for area in sorted({entry.area for entry in entries})}


def _day(day: date, entries: Sequence[CheckIn]) -> Day:
    now = [entry.pain for entry in entries]
    return Day(date=day, best=min(now), level=max(now), worst=max(map(worst_of, entries)))


def worst_of(entry: CheckIn) -> int:
    """The highest number of a check-in: now, of the last 24 hours, or while running."""
    return max(entry.pain, entry.worst or 0, entry.during or 0)


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


WINDOW_DAYS = 28  # what a trend looks back on
FEWEST_DAYS = 4  # with a check-in; fewer say too little
SHORTEST_DAYS = 7  # from the first to the last of them, both counted
MOST_AT_AN_END = 7  # logged days that make up "at first" and "lately"

#: A change of about 2 points or 30 % matters on this scale (clinical facts, section 4). Below 1 point it is the
#: scale's own grain, whatever the percentage.
POINTS, SHARE, GRAIN = 2.0, 0.3, 1.0


class Direction(StrEnum):
    """Which way a trend goes."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    TOO_LITTLE = "too_little"


class TrendRule(StrEnum):
    """The rule that decided which way a trend goes."""

    TOO_FEW_DAYS = "too_few_days"  # fewer than FEWEST_DAYS
    TOO_SHORT = "too_short"  # from first to last less than SHORTEST_DAYS
    TWO_POINTS = "two_points"  # changed by POINTS or more
    THIRTY_PERCENT = "thirty_percent"  # changed by SHARE of where it began, and by GRAIN at least
    SMALL_CHANGE = "small_change"  # less than either
    UNEVEN = "uneven"  # lower lately, but the days between do not go down


@dataclass(frozen=True, slots=True)
class Trend:
    """Which way it goes and why: "from about 6 to about 3". Without `begin` and `end` (0-10) there is too little."""

    direction: Direction
    rule: TrendRule
    begin: float | None = None  # the median of the first logged days
    end: float | None = None  # the median of the last ones


def trend(days: Iterable[Day], today: date, window: int = WINDOW_DAYS) -> Trend:
    """What one area's last `window` days say, today included. A day counts by its highest pain now.

    Compared are the medians of the first and of the last third of the logged days, two to seven of them, so that one
    bad day changes nothing. Better is said only when, of any two days, the later one is seldom the worse.
    """
    oldest = today - timedelta(days=window - 1)
    seen = sorted((day for day in days if oldest <= day.date <= today), key=lambda day: day.date)
    if len(seen) < FEWEST_DAYS:
        return Trend(Direction.TOO_LITTLE, TrendRule.TOO_FEW_DAYS)
    if (seen[-1].date - seen[0].date).days + 1 < SHORTEST_DAYS:
        return Trend(Direction.TOO_LITTLE, TrendRule.TOO_SHORT)
    levels = [day.level for day in seen]
    some = min(MOST_AT_AN_END, max(2, len(levels) // 3))
    begin, end = float(median(levels[:some])), float(median(levels[-some:]))
    return Trend(*_verdict(begin, end, upwards=_rises(levels)), begin, end)


def _rises(levels: Sequence[int]) -> bool:
    """Whether the later of two days is the worse in half of all pairs or more: the sign of Theil and Sen's slope.

    Counted by level, 0-10, so that three years take no longer than they must.
    """
    before = [0] * 11
    rising = 0
    for level in levels:
        rising += sum(before[:level])
        before[level] += 1
    return 2 * rising >= len(levels) * (len(levels) - 1) // 2


def _verdict(begin: float, end: float, *, upwards: bool) -> tuple[Direction, TrendRule]:
    change = abs(end - begin)
    if change >= POINTS:
        rule = TrendRule.TWO_POINTS
    elif change >= max(GRAIN, SHARE * begin):
        rule = TrendRule.THIRTY_PERCENT
    else:
        return Direction.SAME, TrendRule.SMALL_CHANGE
    if end > begin:
        return Direction.WORSE, rule
    return (Direction.SAME, TrendRule.UNEVEN) if upwards else (Direction.BETTER, rule)


#: A rise that asks for the symptom check: clinical facts, section 1.2, rule 15, and second reading, R13.
RISE, RISE_DAYS = 3, 7
RISE_FROM, FORTNIGHT = 4, 14


def risen(logged: ByDay, one: CheckIn | None = None) -> bool:
    """Whether the latest day of one area stands RISE or more above a check-in of the RISE_DAYS local days before it.

    Like is compared with like: pain now, the worst, while running. It has to reach RISE_FROM and to lie above the
    median of the fortnight before: an alarm at 3 while the line falls teaches people to ignore it. `one`: only where
    this is one of the two.
    """
    worst = worst_by_day(logged)
    latest = next(reversed(worst), None)
    if latest is None or worst[latest] < RISE_FROM:
        return False
    least = least_of_a_rise(worst)
    week = [before for day in logged if (latest - day).days <= RISE_DAYS for before in logged[day]]
    return any(
        before.at < after.at
        and rose(numbers_of(before), numbers_of(after), least)
        and one in (None, before, after)  # a set would hash them
        for after in logged[latest]
        if worst_of(after) >= least
        for before in week
    )


def worst_by_day(logged: ByDay) -> dict[date, int]:
    """The highest number of each day."""
    return {day: max(map(worst_of, entries)) for day, entries in logged.items()}


def least_of_a_rise(worst: Mapping[date, int]) -> int:
    """What a number of the last of these days has to reach: see `risen`."""
    latest = next(reversed(list(worst)))
    usual = median([high for day, high in worst.items() if 0 < (latest - day).days <= FORTNIGHT] or [0])
    return max(RISE_FROM, floor(usual) + 1)


Numbers = tuple[int | None, int | None, int | None]


def numbers_of(entry: CheckIn) -> Numbers:
    """Like is compared with like: pain now, the worst, while running."""
    return entry.pain, entry.worst, entry.during


def rose(low: Numbers, high: Numbers, least: int) -> bool:
    """Whether one of the numbers stands RISE or more above the same one before, and reaches `least`."""
    return any(a is not None and b is not None and b - a >= RISE and b >= least for a, b in zip(low, high, strict=True))


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
    risen: bool = False  # of late, by so much that a check-in asks for the symptom check

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
    for name, logged in by_area(checkins, zone).items():
        every = days_in(logged)
        inside = tuple(day for day in every if start <= day.date <= today)
        if inside and area in {None, name}:
            long = tuple(gap for gap in gaps(inside, inside[0].date, today) if gap.length >= LONG_GAP)
            areas.append(AreaLookback(name, inside, trend(every, today, days), long, risen(logged)))
    if areas:  # what lies before the first entry is no news
        start = max(start, min(*(looked_at.days[0].date for looked_at in areas), today - (SHORTEST - 1) * DAY))
    areas.sort(key=lambda looked_at: (looked_at.days[-1].date, len(looked_at.days)), reverse=True)
    return Lookback(start, today, areas[:MOST_AREAS], max(0, len(areas) - MOST_AREAS))


def from_when(now: datetime, days: int) -> datetime:
    """From when on check-ins have to be read for it; a day more, for every zone."""
    return now - timedelta(days=days + 1)
