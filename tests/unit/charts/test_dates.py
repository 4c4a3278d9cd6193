"""The days written under a chart."""

import doctest
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.charts.draw import plot
from bot.charts.draw.plot import MOST_CHART_TICKS, ticks
from tests.support.chart_words import MONTHS

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


def test_the_example_is_true():
    assert doctest.testmod(plot).failed == 0


def test_three_days_name_every_day():
    assert [tick.label for tick in ticks(date(2026, 2, 27), date(2026, 3, 1), MONTHS)] == ["27 Feb", "28 Feb", "1 Mar"]


def test_weeks_begin_on_monday():
    assert all(tick.day.weekday() == 0 for tick in ticks(date(2026, 2, 3), date(2026, 3, 25), MONTHS))


def test_three_years_name_half_years_and_where_a_year_begins():
    named = [(tick.label, tick.year) for tick in ticks(date(2024, 3, 1), date(2027, 3, 1), MONTHS)]
    assert named == [("Jul", "2024"), ("Jan", "2025"), ("Jul", ""), ("Jan", "2026"), ("Jul", ""), ("Jan", "2027")]


@given(DAYS, st.integers(0, 20_000))
def test_there_is_always_a_day_and_never_more_than_fit(start, length):
    end = start + timedelta(days=length)
    found = ticks(start, end, MONTHS)
    assert 1 <= len(found) <= MOST_CHART_TICKS
    assert all(start <= tick.day <= end for tick in found)
    assert [tick.day for tick in found] == sorted({tick.day for tick in found})
    assert found[0].year == str(found[0].day.year)
