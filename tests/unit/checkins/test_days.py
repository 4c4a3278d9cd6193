"""The same check-in belongs to one local day, whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checkins.days import Gap, by_area, by_day, days_in, gaps
from bot.localtime import DAY, instant_of, local_day
from tests.support.strategies import zones
from tests.unit.checkins.diaries import BERLIN, MONDAY, daily, entry, run

dates = st.dates(date(1990, 1, 1), date(2036, 12, 31))
clocks = st.times().map(lambda at: at.replace(microsecond=0))
instants = st.datetimes(datetime(1990, 1, 1), datetime(2036, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001


def switches(zone: ZoneInfo, year: int) -> list[date]:
    """The local days of a year that end with another offset than they began with."""
    days = (date(year, 1, 1) + timedelta(days=at) for at in range(365))

    def offset(day: date, at: time) -> timedelta | None:
        return datetime.combine(day, at, tzinfo=zone).utcoffset()

    return [day for day in days if offset(day, time(0)) != offset(day, time(23, 59, fold=1))]


@pytest.mark.parametrize(
    ("day", "clock", "utc"),
    [
        (date(2026, 3, 29), time(23, 59), "2026-03-29T21:59:00+00:00"),  # a day of 23 hours
        (date(2026, 3, 29), time(0, 0), "2026-03-28T23:00:00+00:00"),
        (date(2026, 10, 25), time(23, 59), "2026-10-25T22:59:00+00:00"),  # a day of 25 hours
        (date(2026, 10, 25), time(0, 0), "2026-10-24T22:00:00+00:00"),
        (date(2026, 3, 29), time(2, 30), "2026-03-29T01:30:00+00:00"),  # skipped: moves forward by the gap
        (date(2026, 10, 25), time(2, 30), "2026-10-25T00:30:00+00:00"),  # repeated: the first
    ],
)
def test_the_hard_hours_of_a_year_in_berlin(day: date, clock: time, utc: str) -> None:
    assert instant_of(day, clock, BERLIN).isoformat() == utc
    assert local_day(instant_of(day, clock, BERLIN), BERLIN) == day


@pytest.mark.parametrize("name", ["America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "America/Santiago"])
def test_the_last_minute_of_a_day_on_which_clocks_switch_belongs_to_it(name: str) -> None:
    zone = ZoneInfo(name)
    days = switches(zone, 2025)

    assert len(days) >= 2
    for day in days:
        late = instant_of(day, time(23, 59), zone)
        again = late.astimezone(zone).replace(fold=1).astimezone(UTC)  # in Cairo that minute comes twice
        assert local_day(late, zone) == local_day(again, zone) == day
        assert local_day(again + timedelta(minutes=1), zone) == day + DAY


@given(zones, dates, clocks)
def test_a_wall_clock_time_is_the_first_instant_that_shows_it_or_lies_a_gap_later(zone, day, clock) -> None:
    at = instant_of(day, clock, zone)
    shown = at.astimezone(zone).replace(tzinfo=None)
    wanted = datetime.combine(day, clock)
    before = wanted.replace(tzinfo=zone).utcoffset()
    after = wanted.replace(tzinfo=zone, fold=1).utcoffset()

    assert at.tzinfo is UTC
    if before is not None and after is not None and after > before:
        assert shown == wanted + (after - before)
    else:
        assert shown == wanted
        assert at.astimezone(zone).fold == 0


@given(zones, instants)
def test_an_instant_is_found_again_from_its_day_and_time(zone: ZoneInfo, at: datetime) -> None:
    shown = at.astimezone(zone)
    found = instant_of(local_day(at, zone), shown.time(), zone)

    assert found == at if shown.fold == 0 else found < at


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local_day(datetime(2026, 11, 2, 12), BERLIN)  # noqa: DTZ001


def test_a_day_knows_its_readings_whatever_order_they_come_in() -> None:
    evening, morning, ran = entry(0, "21:00", 2), entry(0, "07:00", 3, worst=4), run(0, "18:00", 6, 5)
    (day,) = days_in(by_day([evening, morning, ran], "hip", BERLIN))

    assert (day.date, day.best, day.level, day.worst) == (MONDAY, 2, 5, 6)


def test_without_a_run_the_worst_of_24_hours_counts() -> None:
    (day,) = days_in(by_day([entry(0, "07:00", 0, worst=9)], "hip", BERLIN))

    assert (day.level, day.worst) == (0, 9)


def test_areas_have_their_own_days() -> None:
    diary = [entry(2, "07:00", 1, area="knee"), entry(0, "07:00", 2), entry(1, "07:00", 3)]
    logged = by_area(diary, BERLIN)

    assert list(logged) == ["hip", "knee"]
    assert [day.level for day in days_in(logged["hip"])] == [2, 3]
    assert days_in(by_day(diary, "neck", BERLIN)) == ()


def test_the_same_instant_is_another_day_elsewhere() -> None:
    late = [entry(0, "23:30", 4)]

    assert days_in(by_day(late, "hip", BERLIN))[0].date == MONDAY
    assert days_in(by_day(late, "hip", ZoneInfo("Asia/Tokyo")))[0].date == MONDAY + DAY


@pytest.mark.parametrize(
    ("pains", "found"),
    [
        ([1, 1, 1, 1, 1], []),
        ([1, None, 1, None, None], [(1, 1), (3, 4)]),
        ([None, None, 1, 1, None], [(0, 1), (4, 4)]),
        ([None] * 5, [(0, 4)]),
    ],
)
def test_gaps_are_where_nothing_was_logged(pains: list[int | None], found: list[tuple[int, int]]) -> None:
    wanted = tuple(Gap(MONDAY + a * DAY, MONDAY + b * DAY) for a, b in found)

    assert gaps(daily(pains), MONDAY, MONDAY + 4 * DAY) == wanted
    assert sum(gap.length for gap in wanted) == pains.count(None)
