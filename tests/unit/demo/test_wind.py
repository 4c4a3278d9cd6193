"""What stands behind /wind."""

import doctest
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo import wind as module
from bot.demo.wind import FARTHEST_WIND, CannotWind, wind_target

LONDON = ZoneInfo("Europe/London")
SUNDAY = datetime(2026, 11, 22, 20, 30, 15, tzinfo=LONDON)


def wound(text: str, now: datetime = SUNDAY) -> str:
    return f"{wind_target(text, now.astimezone(UTC), LONDON).astimezone(LONDON):%a %d %b %H:%M:%S}"


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("15 min", "Sun 22 Nov 20:45:15"),
        ("15min", "Sun 22 Nov 20:45:15"),
        ("  15   Minutes ", "Sun 22 Nov 20:45:15"),
        ("1 hour", "Sun 22 Nov 21:30:15"),
        ("an hour", "Sun 22 Nov 21:30:15"),
        ("in 2 hours and 5 minutes", "Sun 22 Nov 22:35:15"),
        ("1h 30m", "Sun 22 Nov 22:00:15"),
        ("1 day", "Mon 23 Nov 20:30:15"),
        ("2 days, 1 hour", "Tue 24 Nov 21:30:15"),
        ("1 week", "Sun 29 Nov 20:30:15"),
        ("60 days", "Thu 21 Jan 20:30:15"),
        ("tomorrow", "Mon 23 Nov 20:30:15"),
        ("tomorrow 8:00", "Mon 23 Nov 08:00:00"),
        ("to tomorrow at 8 am", "Mon 23 Nov 08:00:00"),
        ("8:00 tomorrow", "Mon 23 Nov 08:00:00"),
        ("today 21:00", "Sun 22 Nov 21:00:00"),
        ("21:00", "Sun 22 Nov 21:00:00"),
        ("18:00", "Mon 23 Nov 18:00:00"),
        ("noon", "Mon 23 Nov 12:00:00"),
        ("monday 7am", "Mon 23 Nov 07:00:00"),
        ("sunday 7am", "Sun 29 Nov 07:00:00"),
        ("sunday 21:00", "Sun 22 Nov 21:00:00"),
        ("sunday", "Sun 29 Nov 20:30:15"),
    ],
)
def test_it_is_read_as_it_is_meant(text: str, until: str) -> None:
    assert wound(text) == until


def test_days_are_days_on_the_wall_and_hours_are_hours() -> None:
    evening = datetime(2026, 3, 28, 20, tzinfo=LONDON)  # the clocks go forward in the night

    assert wound("1 day", evening) == "Sun 29 Mar 20:00:00"
    assert wound("24 hours", evening) == "Sun 29 Mar 21:00:00"


@pytest.mark.parametrize(
    "text", ["", "   ", "banana", "hour", "5", "tomorrow 25:00", "1 hour 8:00", "yesterday", "12am"]
)
def test_what_cannot_be_read_is_answered_with_examples(text: str) -> None:
    with pytest.raises(CannotWind, match=r"/wind tomorrow 8:00"):
        wind_target(text, SUNDAY.astimezone(UTC), LONDON)


@pytest.mark.parametrize("text", ["today 7:00", "0 min", "0 days"])
def test_time_does_not_go_back_nor_stand_still(text: str) -> None:
    with pytest.raises(CannotWind, match="forward"):
        wind_target(text, SUNDAY.astimezone(UTC), LONDON)


@pytest.mark.parametrize("text", ["61 days", "9 weeks", "60 days 1 min", "9999 weeks"])
def test_there_is_a_most(text: str) -> None:
    with pytest.raises(CannotWind, match="60 days"):
        wind_target(text, SUNDAY.astimezone(UTC), LONDON)


@given(
    text=st.text(max_size=30) | st.text(alphabet="0123456789 :ahmdwinourtsyek", max_size=25),
    minutes=st.integers(0, 600_000),
)
def test_any_text_goes_forward_a_bounded_way_or_is_turned_down(text: str, minutes: int) -> None:
    now = SUNDAY.astimezone(UTC) + timedelta(minutes=minutes)
    try:
        until = wind_target(text, now, LONDON)
    except CannotWind as no:
        assert str(no)  # noqa: PT017
        return
    assert now < until <= now + FARTHEST_WIND + timedelta(hours=1)


def test_the_example_is_right() -> None:
    assert doctest.testmod(module).failed == 0
