"""People type "yesterday"; the diary needs an instant, and never a guess."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.localtime import local_day
from bot.schedules.parse.moment import (
    OLDEST_DAYS,
    BadMoment,
    MomentAhead,
    MomentAmbiguous,
    MomentTooOld,
    MomentUnreadable,
    backdated,
    when_from,
)
from tests.support.strategies import zones
from tests.unit.checkins.diaries import BERLIN, NOW


def typed(text: str) -> str:
    """What a text means on Friday 20 November 2026 at 09:00 in Berlin."""
    return when_from(text, BERLIN, NOW).astimezone(BERLIN).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("now", "2026-11-20 09:00"),
        ("Just now", "2026-11-20 09:00"),
        ("today", "2026-11-20 09:00"),
        ("today 7:30", "2026-11-20 07:30"),
        ("7:30", "2026-11-20 07:30"),
        ("7:30 today", "2026-11-20 07:30"),
        ("today at 7 am", "2026-11-20 07:00"),
        ("today, 12:15 AM", "2026-11-20 00:15"),
        ("this morning", "2026-11-20 08:00"),
        ("an hour ago", "2026-11-20 08:00"),
        ("10 min ago", "2026-11-20 08:50"),
        ("12h ago", "2026-11-19 21:00"),
        ("yesterday", "2026-11-19 12:00"),
        ("  Yesterday  ", "2026-11-19 12:00"),
        ("yesterday 9pm", "2026-11-19 21:00"),
        ("yesterday 9:15 p.m.", "2026-11-19 21:15"),
        ("12 pm yesterday", "2026-11-19 12:00"),
        ("yesterday evening", "2026-11-19 19:00"),
        ("yesterday afternoon", "2026-11-19 15:00"),
        ("last night", "2026-11-19 22:00"),
        ("the day before yesterday", "2026-11-18 12:00"),
        ("2 days ago", "2026-11-18 12:00"),
        ("two days ago in the evening", "2026-11-18 19:00"),
        ("2 days ago 18:05", "2026-11-18 18:05"),
        ("a week ago", "2026-11-13 12:00"),
        ("3 weeks ago", "2026-10-30 12:00"),
        ("Thursday", "2026-11-19 12:00"),
        ("on Friday", "2026-11-13 12:00"),  # today is one: the one before
        ("sat morning", "2026-11-14 08:00"),
        ("2026-11-19", "2026-11-19 12:00"),
        ("2026-11-19 07:30", "2026-11-19 07:30"),
        ("2026-11-19T07:30", "2026-11-19 07:30"),
        ("2026/11/9", "2026-11-09 12:00"),
        ("20/11", "2026-11-20 09:00"),
        ("20/11 7.30", "2026-11-20 07:30"),
        ("2026-11-20T06:30:00Z", "2026-11-20 07:30"),
        ("19 Nov", "2026-11-19 12:00"),
        ("Nov 19th 18:00", "2026-11-19 18:00"),
        ("19 November 2026", "2026-11-19 12:00"),
        ("２０２６-11-19 07:30", "2026-11-19 07:30"),
        ("2026-10-21", "2026-10-21 12:00"),  # thirty days back
        ("2026-10-21 00:00", "2026-10-21 00:00"),
    ],
)
def test_what_people_type_is_read_as_they_mean_it(text: str, meant: str) -> None:
    assert typed(text) == meant


@pytest.mark.parametrize(
    ("error", "texts"),
    [
        (MomentAmbiguous, ["03/04", "20.11.", "3/4/2026", "3/4 7:30", "last monday", "last week", "1:00 last night"]),
        (
            MomentAhead,
            ["today 9:01", "22:00", "this evening", "noon", "2026-11-21", "9999-12-31", "tomorrow"],
        ),
        (
            MomentTooOld,
            ["2026-10-20", "31 days ago", "9999 days ago", "5 weeks ago", "0001-01-01", "25 nov", "800h ago"],
        ),
        (
            MomentUnreadable,
            [
                *("", "   ", "at", "soon", "20", "nov", "💥", "אתמול", "'; drop", "x" * 10_000),
                *("25:00", "7:60", "13 pm", "0 am", "7:30 8:30", "today 7,30", "2026-11-20T07:30:00Y"),
                *("2026-02-30", "2026-13-01", "31 feb", "nov nov 3", "1 2 nov 3", "yesterday yesterday"),
                *("-1 days ago", "1e3 days ago", "99999999999999999999 days ago"),
            ],
        ),
    ],
)
def test_anything_else_is_one_clear_sentence(error: type[BadMoment], texts: list[str]) -> None:
    for text in texts:
        with pytest.raises(error) as caught:
            typed(text)
        assert caught.value.values["example"] == "2026-11-19", text


def test_the_sentence_for_an_old_day_says_how_old_is_too_old() -> None:
    with pytest.raises(MomentTooOld) as caught:
        typed("2025-11-20")
    assert caught.value.values["days"] == OLDEST_DAYS


def test_before_breakfast_this_morning_is_now() -> None:
    early = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)

    assert when_from("this morning", BERLIN, early) == early


def test_in_the_small_hours_the_morning_is_still_ahead() -> None:
    with pytest.raises(MomentAhead):
        when_from("this morning", BERLIN, datetime(2026, 11, 20, 1, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-10-25 02:30", "2026-10-25T00:30:00+00:00"),  # twice that night: the first
        ("2026-10-25 23:59", "2026-10-25T22:59:00+00:00"),
    ],
)
def test_back_dating_across_the_autumn_switch(text: str, utc: str) -> None:
    assert when_from(text, BERLIN, NOW).isoformat() == utc


def test_back_dating_to_an_hour_that_was_skipped_moves_on_by_the_gap() -> None:
    now = datetime(2026, 3, 30, 8, 0, tzinfo=UTC)

    assert when_from("yesterday 2:30", BERLIN, now).isoformat() == "2026-03-29T01:30:00+00:00"


def test_a_skipped_hour_that_would_move_into_the_future_is_ahead() -> None:
    with pytest.raises(MomentAhead):
        when_from("today 2:30", BERLIN, datetime(2026, 3, 29, 1, 5, tzinfo=UTC))  # 03:05 on the wall


@pytest.mark.parametrize(("offset", "error"), [(0, None), (1, MomentAhead), (-OLDEST_DAYS, None), (-31, MomentTooOld)])
def test_the_edges_of_back_dating(offset: int, error: type[BadMoment] | None) -> None:
    day, at = date(2026, 11, 20) + timedelta(days=offset), time(9, 0)
    if error is None:
        assert backdated(day, at, BERLIN, NOW) == NOW + timedelta(days=offset) - timedelta(hours=offset == -OLDEST_DAYS)
    else:
        with pytest.raises(error):
            backdated(day, at, BERLIN, NOW)


def test_a_minute_ahead_is_ahead() -> None:
    with pytest.raises(MomentAhead):
        backdated(date(2026, 11, 20), time(9, 1), BERLIN, NOW)


instants = st.datetimes(datetime(1995, 1, 1), datetime(2036, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001


@given(zones, instants, st.integers(-40, 5), st.times())
def test_what_is_back_dated_lies_within_reason_in_any_zone(zone: ZoneInfo, now, back, at) -> None:
    day = local_day(now, zone) + timedelta(days=back)
    try:
        meant = backdated(day, at, zone, now)
    except BadMoment:
        return
    assert meant.tzinfo is UTC
    assert meant <= now
    assert timedelta(0) <= local_day(now, zone) - local_day(meant, zone) <= timedelta(days=OLDEST_DAYS)
    assert local_day(meant, zone) >= day


@given(zones, instants, st.integers(1, OLDEST_DAYS - 1), st.integers(0, 23), st.integers(0, 59))
def test_a_day_and_time_within_reason_is_taken_in_any_zone(zone, now, back, hour, minute) -> None:
    day = local_day(now, zone) - timedelta(days=back)
    text = f"{day.isoformat()} {hour}:{minute:02}"
    meant = backdated(day, time(hour, minute), zone, now) if day < local_day(now, zone) - timedelta(days=1) else None

    assert meant is None or when_from(text, zone, now) == meant


pieces = st.sampled_from(
    [
        "yesterday",
        "today",
        "2",
        "31",
        "days",
        "ago",
        "7:30",
        "pm",
        "2026-11-19",
        "nov",
        "20/11",
        "last",
        "night",
        "monday",
    ]
)


@given(st.text(max_size=40) | st.lists(pieces, max_size=5).map(" ".join), zones, instants)
def test_no_text_breaks_it(text: str, zone: ZoneInfo, now: datetime) -> None:
    with suppress(BadMoment):
        assert when_from(text, zone, now) <= now
