"""A stretch of the diary, area by area."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.checkins.days import MOST_AREAS, look_back
from bot.checkins.models import CheckIn

NOW = datetime(2026, 3, 20, 9, tzinfo=UTC)
ZONE = ZoneInfo("Europe/London")


def logged(area: str, *days_ago: int) -> list[CheckIn]:
    return [
        CheckIn(id=f"{area}{ago}".ljust(32, "0"), at=NOW - timedelta(days=ago), area=area, pain=3) for ago in days_ago
    ]


def test_nothing_logged_is_an_empty_look_back_over_the_days_asked_for() -> None:
    found = look_back([], ZONE, NOW, 28)

    assert (found.start, found.end, list(found.areas)) == (date(2026, 2, 21), date(2026, 3, 20), [])


def test_a_new_diary_begins_with_its_first_day_and_shows_a_week_at_least() -> None:
    assert look_back(logged("hip", 12, 3), ZONE, NOW, 28).start == date(2026, 3, 8)
    assert look_back(logged("hip", 1), ZONE, NOW, 28).start == date(2026, 3, 14)


def test_what_lies_before_the_range_is_left_out() -> None:
    (area,) = look_back(logged("hip", 40, 5, 1), ZONE, NOW, 28).areas

    assert [day.date for day in area.days] == [date(2026, 3, 15), date(2026, 3, 19)]


def test_the_areas_logged_latest_come_first_and_more_than_fit_are_counted() -> None:
    areas = [f"area{number}" for number in range(8)]
    checkins = [entry for number, area in enumerate(areas) for entry in logged(area, number + 1)]
    found = look_back(checkins, ZONE, NOW, 28)

    assert [one.area for one in found.areas] == areas[:MOST_AREAS]
    assert found.left_out == 2


def test_one_area_alone_can_be_asked_for() -> None:
    found = look_back(logged("hip", 2) + logged("knee", 1), ZONE, NOW, 28, "hip")

    assert [one.area for one in found.areas] == ["hip"]


def test_only_long_gaps_are_told() -> None:
    (area,) = look_back(logged("hip", 12, 11, 9, 3, 0), ZONE, NOW, 28).areas

    assert [(gap.first, gap.length) for gap in area.gaps] == [(date(2026, 3, 12), 5)]
