"""The posts to come, over the next change of the clocks."""

import doctest
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clubs import post_draft as module
from bot.clubs.post_draft import PREVIEW_LENGTH, ClockChange, dst_preview, next_change
from bot.schedules.schedule import DAILY, EveryDays, Schedule, Weekdays

BERLIN, LONDON, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/London"), ZoneInfo("Asia/Tokyo")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")  # half an hour
NOW = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
SPRING = datetime(2026, 3, 29, 1, tzinfo=UTC)
AUTUMN = datetime(2026, 10, 25, 1, tzinfo=UTC)


def test_the_examples_hold() -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("zone", "after", "change"),
    [
        (LONDON, NOW, SPRING),
        (LONDON, SPRING - timedelta(seconds=1), SPRING),
        (LONDON, SPRING, AUTUMN),
        (LORD_HOWE, NOW, datetime(2026, 4, 4, 15, tzinfo=UTC)),
        (TOKYO, NOW, None),
        (ZoneInfo("UTC"), NOW, None),
    ],
)
def test_when_the_clocks_change_next(zone: ZoneInfo, after: datetime, change: datetime | None) -> None:
    assert next_change(zone, after) == change


def test_the_time_on_the_wall_stays_and_the_instant_moves() -> None:
    over = dst_preview(Schedule(time(19), DAILY, LONDON), NOW)
    assert next_change(LONDON, NOW) == SPRING
    assert [f"{date.local:%d %b %H:%M}" for date in over] == [
        "27 Mar 19:00",
        "28 Mar 19:00",
        "29 Mar 19:00",
        "30 Mar 19:00",
        "31 Mar 19:00",
    ]
    assert [date.due.hour for date in over] == [19, 19, 18, 18, 18]
    assert {date.shift for date in over} == {ClockChange.NONE}


def test_a_time_that_the_clocks_skip_comes_later_and_says_so() -> None:
    over = dst_preview(Schedule(time(1, 30), DAILY, LONDON), NOW)
    (moved,) = [date for date in over if date.shift is not ClockChange.NONE]
    assert (moved.shift, moved.due, f"{moved.local:%H:%M}") == (
        ClockChange.LATER,
        SPRING + timedelta(minutes=30),
        "02:30",
    )


def test_a_time_that_comes_twice_is_the_first_and_says_so() -> None:
    over = dst_preview(Schedule(time(1, 30), DAILY, LONDON), SPRING)
    (twice,) = [date for date in over if date.shift is not ClockChange.NONE]
    assert (twice.shift, twice.due) == (ClockChange.FIRST, AUTUMN - timedelta(minutes=30))


def test_where_the_clocks_never_change_it_is_the_next_ones() -> None:
    over = dst_preview(Schedule(time(19), DAILY, TOKYO), NOW)
    assert next_change(TOKYO, NOW) is None
    assert [date.local.date() for date in over] == [date(2026, 3, day) for day in range(2, 7)]


@pytest.mark.parametrize(
    "rhythm",
    [
        Weekdays(frozenset({6})),
        Weekdays(frozenset({2})),
        EveryDays(14, date(2026, 1, 5)),
        EveryDays(20, date(2026, 3, 3)),
    ],
)
def test_one_is_seen_on_either_side_however_rare_they_are(rhythm: Weekdays | EveryDays) -> None:
    over = dst_preview(Schedule(time(19), rhythm, BERLIN), NOW)
    assert len(over) == PREVIEW_LENGTH
    assert over[0].due < SPRING < over[-1].due


def test_what_is_silent_or_over_has_fewer_or_none() -> None:
    daily = Schedule(time(19), DAILY, LONDON)
    assert dst_preview(daily.paused(NOW), NOW) == []
    assert len(dst_preview(Schedule(time(19), DAILY, LONDON, ends=date(2026, 3, 3)), NOW)) == 2


@given(
    zone=st.sampled_from([BERLIN, LORD_HOWE, TOKYO, ZoneInfo("America/New_York"), ZoneInfo("Africa/Casablanca")]),
    at=st.times().map(lambda at: time(at.hour, at.minute)),
    days=st.frozensets(st.integers(0, 6), min_size=1),
    hours=st.integers(0, 24 * 365 * 5),
)
def test_it_is_what_the_schedule_says(zone: ZoneInfo, at: time, days: frozenset[int], hours: int) -> None:
    now, schedule = NOW + timedelta(hours=hours), Schedule(at, Weekdays(days), zone)
    over = dst_preview(schedule, now)
    assert len(over) == PREVIEW_LENGTH
    expected = schedule.upcoming(over[0].due - timedelta(microseconds=1), PREVIEW_LENGTH)
    assert [date.due for date in over] == [occurrence.due for occurrence in expected]
    assert over[0].due > now
    assert all((date.shift is ClockChange.LATER) == (date.local.time() != at) for date in over)
    change = next_change(zone, now)
    if change is not None:
        before, after = (change + timedelta(seconds=by) for by in (-1, 0))
        assert before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset()
        assert change > now
