"""What cannot be drawn is refused where it is made, in the bot, not in the drawing process."""

from datetime import date

import pytest

from bot.charts.picture import Band, DayPoint, Series, Week
from tests.unit.charts.samples import day, history, page, series, weekly


@pytest.mark.parametrize(
    ("typical", "best", "worst"), [(3, 4, 5), (6, 4, 5), (11, 4, 11), (-1, -1, 5), (3, 3, float("nan"))]
)
def test_a_day_has_pain_from_0_to_10_and_its_typical_value_lies_between(typical, best, worst):
    with pytest.raises(ValueError, match="best <= typical <= worst"):
        DayPoint(day(0), typical, best, worst)


def test_an_empty_diary_is_no_picture():
    with pytest.raises(ValueError, match="nothing was logged"):
        Series("Hip", ())


def test_days_come_in_order_and_once():
    one = DayPoint(day(1), 3, 3, 3)
    with pytest.raises(ValueError, match="in order"):
        Series("Hip", (one, one))


def test_a_chart_has_at_least_one_area_and_at_most_six():
    with pytest.raises(ValueError, match="1 to 6 areas"):
        history(series=())
    with pytest.raises(ValueError, match="1 to 6 areas"):
        history(*[series()] * 7)


def test_a_page_has_at_most_three_areas():
    with pytest.raises(ValueError, match="1 to 3 areas"):
        page("Hip", "Knee", "Neck", "Achilles tendon")


def test_no_day_lies_outside_of_the_range():
    with pytest.raises(ValueError, match="outside"):
        history(series(), days=20)
    with pytest.raises(ValueError, match="outside"):
        page("Hip", start=day(1))


def test_bands_follow_each_other():
    with pytest.raises(ValueError, match="where the one below it ends"):
        history(bands=(Band(0, 2, "green"), Band(3, 5, "amber")))
    with pytest.raises(ValueError, match="at most 3 bands"):
        history(bands=(Band(2, 2, "green"),))


def test_a_week_begins_on_monday_and_scores_0_to_100():
    with pytest.raises(ValueError, match="Monday"):
        Week(day(1), 50)
    with pytest.raises(ValueError, match="0 to 100"):
        Week(day(0), 101)


def test_the_first_week_may_begin_before_the_first_day():
    week = Week(date(2026, 2, 9), 50)
    weekly(week, start=date(2026, 2, 12), end=date(2026, 2, 12))
    with pytest.raises(ValueError, match="outside"):
        weekly(week, start=date(2026, 2, 16), end=date(2026, 2, 20))
