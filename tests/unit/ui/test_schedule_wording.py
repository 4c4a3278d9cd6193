"""Schedules in words: what is written can be typed, and means the same."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.schedules.describe import describe
from bot.schedules.parse.line import schedule_from
from bot.schedules.schedule import MOST_DAYS, EveryDays, Schedule, Weekdays
from bot.settings import CONTENT
from bot.ui.catalog import FILE, Catalog
from bot.ui.schedule_text import bounds_text, rhythm_text, schedule_text

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, tzinfo=UTC)
ZONES = ("Europe/London", "America/Argentina/Buenos_Aires", "Asia/Kathmandu", "Etc/UTC")

weekdays = st.frozensets(st.integers(0, 6), min_size=1).map(Weekdays)
counted = st.integers(2, MOST_DAYS).map(lambda count: EveryDays(count, TODAY))
times = st.times().map(lambda at: time(at.hour, at.minute))


@pytest.fixture(scope="module")
def words() -> Catalog:
    return Catalog("en", [CONTENT / "en" / FILE])


@given(times, weekdays | counted, st.sampled_from(ZONES))
def test_what_is_written_can_be_typed(words, at, rhythm, zone) -> None:
    schedule = Schedule(at, rhythm, ZoneInfo(zone))

    read = schedule_from(schedule_text(schedule, words), ZoneInfo("UTC"), TODAY)

    assert read.zone == schedule.zone
    assert read.upcoming(NOW, 12) == schedule.upcoming(NOW, 12)


def test_without_the_place_and_with_its_bounds(words) -> None:
    schedule = Schedule(
        time(7, 5), Weekdays(frozenset({0, 2, 4})), ZoneInfo("UTC"), starts=TODAY, ends=date(2027, 1, 2)
    )
    assert rhythm_text(schedule, words) == "Monday, Wednesday and Friday at 07:05"
    assert bounds_text(schedule, words) == "from 20 Nov 2026, until 2 Jan 2027"
    assert describe(schedule).ends == date(2027, 1, 2)
