"""Every zone, every change of its clocks from 2020 to 2037: each local date rings once, in order, when it should.

What should be is worked out another way than the schedule does: from the instants, which have no gaps and no repeats,
by asking what the wall shows then.
"""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.schedules.schedule import DAILY, Schedule
from tests.support.examples import SOAK

FROM, TO = datetime(2020, 1, 1, tzinfo=UTC), datetime(2038, 1, 1, tzinfo=UTC)
MARGIN = timedelta(days=60)  # known beyond both ends
PROBE = timedelta(days=3)  # no two changes are nearer to each other; Morocco's come within five weeks
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
HALF_HOURS = [time(n // 2, n % 2 * 30) for n in range(48)]
PARTS = 4

Stretch = tuple[datetime, timedelta]  # from this instant on the wall is ahead by that much


def stretches(zone: ZoneInfo) -> tuple[Stretch, ...]:
    """What the wall of a zone does, found by looking at it every few days and halving the span in which it changed."""
    start = FROM - MARGIN
    found = [(start, ahead(start, zone))]
    while start < TO + MARGIN:
        end = start + PROBE
        if ahead(end, zone) != found[-1][1]:
            before, after = start, end
            while after - before > SECOND:
                middle = (before + (after - before) / 2).replace(microsecond=0)
                before, after = (middle, after) if ahead(middle, zone) == found[-1][1] else (before, middle)
            found.append((after, ahead(after, zone)))
        start = end
    return tuple(found)


def ahead(instant: datetime, zone: ZoneInfo) -> timedelta:
    return instant.astimezone(zone).replace(tzinfo=UTC) - instant


class Wall:
    """The oracle: when a wall first shows a time, and what stands in for a time it never shows."""

    def __init__(self, known: tuple[Stretch, ...]) -> None:
        self.stretches = known
        self.starts = [at for at, _ in known]

    def shows(self, day: date, at: time) -> datetime:
        local = datetime.combine(day, at, tzinfo=UTC)  # the wall, as if it were UTC
        place = max(0, bisect_right(self.starts, local) - 2)  # no wall is a day from UTC
        near = self.stretches[place : place + 4]
        ends = [at for at, _ in near[1:]] + [datetime.max.replace(tzinfo=UTC)]
        for (start, by), end in zip(near, ends, strict=True):
            if start <= local - by < end:
                return local - by
        for (_, before), (change, after) in pairwise(near):
            if change + before <= local < change + after:
                return change + (local - (change + before))  # as long after the change as it is into the gap
        raise AssertionError(local)


@lru_cache(maxsize=1)
def walls() -> list[tuple[ZoneInfo, Wall]]:
    """One zone for each wall there is; with SOAK every zone."""
    found: dict[object, tuple[ZoneInfo, Wall]] = {}
    for key in sorted(available_timezones()):
        zone = ZoneInfo(key)
        known = stretches(zone)
        found.setdefault(key if SOAK else known, (zone, Wall(known)))
    return list(found.values())


Ring = tuple[str, datetime]  # its name, and when it is due


def expected(wall: Wall, first: date, days: int, at: time) -> list[Ring]:
    dates = (first + n * DAY for n in range(days))
    return [(f"{day.isoformat()}T{at.isoformat('minutes')}", wall.shows(day, at)) for day in dates]


def check(schedule: Schedule, due: list[Ring]) -> None:
    """A daily schedule rings on each of these dates once, in order, at the instants of the oracle."""
    rung = [(found.local, found.due) for found in schedule.upcoming(due[0][1] - SECOND, len(due))]
    assert rung == due, schedule
    assert all(a[1] < b[1] for a, b in pairwise(rung)), f"{schedule}: out of order"


def check_from(schedule: Schedule, due: list[Ring], instant: datetime) -> None:
    """From any instant the next one is the first of the oracle's that is later."""
    found = schedule.next_after(instant)
    assert found is not None, schedule
    assert (found.local, found.due) == next(ring for ring in due if ring[1] > instant), f"{schedule} after {instant}"


def near(change: datetime, zone: ZoneInfo) -> list[time]:
    """The half hours that a change skips or repeats, with two hours on either side."""
    walls = sorted(at.astimezone(zone).replace(tzinfo=UTC) for at in (change - SECOND, change))
    start, end = walls[0] - timedelta(hours=2), walls[1] + timedelta(hours=2)
    dates = [start.date() + n * DAY for n in range((end.date() - start.date()).days + 1)]
    return [at for at in HALF_HOURS if any(start <= datetime.combine(day, at, tzinfo=UTC) <= end for day in dates)]


def months() -> Iterator[date]:
    return (date(year, month, 15) for year in range(2020, 2038) for month in range(1, 13))


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
def test_every_date_rings_once_and_in_order_where_the_clocks_change(part: int) -> None:
    changes = 0
    for zone, wall in walls()[part::PARTS]:
        for change, _ in wall.stretches[1:]:
            if not FROM <= change < TO:
                continue
            changes += 1
            for at in HALF_HOURS if SOAK else near(change, zone):
                schedule, around = Schedule(at, DAILY, zone), expected(wall, change.date() - 3 * DAY, 8, at)
                check(schedule, around[1:6])
                for instant in (change - SECOND, change, change + timedelta(minutes=45)):
                    check_from(schedule, around, instant)
    assert changes > 100, "the changes were not found"


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
def test_every_date_rings_once_where_they_do_not(part: int) -> None:
    for zone, wall in walls()[part::PARTS]:
        for n, first in enumerate(months()):
            at = HALF_HOURS[n * 7 % 48]
            check(Schedule(at, DAILY, zone), expected(wall, first, 2, at))


def test_the_oracle_itself_is_right_about_a_spring_and_an_autumn() -> None:
    berlin = Wall(stretches(ZoneInfo("Europe/Berlin")))
    assert berlin.shows(date(2026, 3, 29), time(2, 30)) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)  # on the wall 03:30
    assert berlin.shows(date(2026, 10, 25), time(2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # in summer time
    assert berlin.shows(date(2026, 7, 1), time(7, 30)) == datetime(2026, 7, 1, 5, 30, tzinfo=UTC)
