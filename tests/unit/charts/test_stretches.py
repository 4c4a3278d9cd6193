"""Days that follow each other, holes between them, weeks."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.charts.draw.plot import Stretch, by_week, gaps, runs
from bot.charts.picture import DayPoint
from tests.unit.charts.samples import day


def test_a_missing_day_breaks_a_run():
    logged = [day(0), day(1), day(3), day(4), day(9)]
    assert runs(logged, lambda d: d) == [logged[:2], logged[2:4], logged[4:]]


def test_rest_days_are_no_gap_and_three_days_are():
    assert gaps([day(0), day(3)], day(0), day(3)) == []
    assert gaps([day(0), day(4)], day(0), day(4)) == [Stretch(day(1), day(3))]


def test_before_the_first_entry_and_after_the_last_there_may_be_a_gap():
    assert gaps([day(5)], day(0), day(10)) == [Stretch(day(0), day(4)), Stretch(day(6), day(10))]


def test_in_three_years_a_gap_that_could_not_be_seen_is_not_marked():
    logged = [day(at) for at in range(1096) if not 100 <= at < 110 and not 500 <= at < 600]
    assert gaps(logged, day(0), day(1095)) == [Stretch(day(500), day(599))]


@given(st.sets(st.integers(0, 60), min_size=1))
def test_gaps_hold_no_entry_and_leave_none_out(offsets):
    found = gaps([day(at) for at in offsets], day(0), day(60))
    inside = {hole.first + timedelta(days=at) for hole in found for at in range(hole.days)}
    assert not inside & {day(at) for at in offsets}
    assert sum(hole.days for hole in found) == len(inside) <= 61 - len(offsets)


def test_a_week_has_its_lowest_its_highest_and_the_median_of_its_typical_days():
    days = [DayPoint(day(0), 2, 1, 9), DayPoint(day(1), 3, 3, 3), DayPoint(day(6), 8, 4, 8), DayPoint(day(7), 5, 5, 5)]
    assert by_week(days) == (DayPoint(day(0), 3, 1, 9), DayPoint(day(7), 5, 5, 5))
