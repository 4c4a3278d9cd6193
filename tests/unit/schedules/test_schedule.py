"""A schedule rings on its days at its time on the wall, whatever clocks, pauses and ends do."""

import doctest
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from types import ModuleType
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.localtime import local_day
from bot.schedules import codec, schedule
from bot.schedules.parse import ahead, line, moment, vocabulary
from bot.schedules.schedule import (
    DAILY,
    LAST_DAY,
    WEEKDAYS,
    WEEKENDS,
    EveryDays,
    Pause,
    PauseOver,
    Rhythm,
    Schedule,
    ScheduledTime,
    Weekdays,
)
from tests.support.strategies import schedules

BERLIN = ZoneInfo("Europe/Berlin")
DAY = timedelta(days=1)
MORNING = Schedule(time(7, 30), DAILY, BERLIN)
LONG_AGO = datetime(1971, 1, 1, tzinfo=UTC)

instants = st.datetimes(datetime(2000, 1, 1), datetime(2050, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def names(schedule: Schedule, now: str, count: int = 4) -> list[str]:
    return [ring.local for ring in schedule.upcoming(instant(now), count)]


def due(schedule: Schedule, now: str) -> str:
    ring = schedule.next_after(instant(now))
    assert ring is not None
    return ring.due.isoformat(timespec="minutes").removesuffix("+00:00")


def test_a_daily_schedule_rings_at_its_time_on_the_wall() -> None:
    assert names(MORNING, "2026-11-20T06:00Z", 3) == ["2026-11-20T07:30", "2026-11-21T07:30", "2026-11-22T07:30"]
    assert due(MORNING, "2026-11-20T06:00Z") == "2026-11-20T06:30"
    assert due(MORNING, "2026-07-01T00:00Z") == "2026-07-01T05:30"


def test_an_occurrence_comes_strictly_after_the_instant() -> None:
    assert due(MORNING, "2026-11-20T06:29:59.999999Z") == "2026-11-20T06:30"
    assert due(MORNING, "2026-11-20T06:30Z") == "2026-11-21T06:30"


def test_the_instant_may_be_in_any_zone_but_needs_one() -> None:
    assert due(MORNING, "2026-11-20T15:00+09:00") == "2026-11-20T06:30"
    with pytest.raises(ValueError, match="zone"):
        MORNING.next_after(datetime(2026, 11, 20))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("rhythm", "days"),
    [
        (WEEKDAYS, ["2026-11-20", "2026-11-23", "2026-11-24", "2026-11-25"]),
        (WEEKENDS, ["2026-11-21", "2026-11-22", "2026-11-28", "2026-11-29"]),
        (Weekdays(frozenset({4})), ["2026-11-20", "2026-11-27", "2026-12-04", "2026-12-11"]),
        (EveryDays(2, date(2026, 11, 20)), ["2026-11-20", "2026-11-22", "2026-11-24", "2026-11-26"]),
        (EveryDays(2, date(2026, 11, 19)), ["2026-11-21", "2026-11-23", "2026-11-25", "2026-11-27"]),
        (EveryDays(30, date(2025, 12, 25)), ["2026-11-20", "2026-12-20", "2027-01-19", "2027-02-18"]),
        (EveryDays(365, date(2020, 1, 1)), ["2026-12-30", "2027-12-30", "2028-12-29", "2029-12-29"]),
        (EveryDays(14, date(2027, 2, 1)), ["2027-02-01", "2027-02-15", "2027-03-01", "2027-03-15"]),
    ],
)
def test_a_rhythm_has_its_days(rhythm: Rhythm, days: list[str]) -> None:
    assert names(replace(MORNING, rhythm=rhythm), "2026-11-20T00:00Z") == [f"{day}T07:30" for day in days]


def test_every_other_day_keeps_counting_across_a_change_of_the_clocks_and_new_year() -> None:
    every_other = Schedule(time(2, 30), EveryDays(2, date(2026, 3, 27)), BERLIN)
    assert names(every_other, "2026-03-26T00:00Z", 3) == ["2026-03-27T02:30", "2026-03-29T02:30", "2026-03-31T02:30"]
    assert names(every_other, "2026-12-31T12:00Z", 2) == ["2027-01-01T02:30", "2027-01-03T02:30"]


def test_a_skipped_time_moves_forward_by_the_gap_and_keeps_its_name() -> None:
    ring = Schedule(time(2, 30), DAILY, BERLIN).next_after(instant("2026-03-29T00:00Z"))
    assert ring == ScheduledTime(date(2026, 3, 29), time(2, 30), instant("2026-03-29T03:30+02:00"))
    assert ring.local == "2026-03-29T02:30"


def test_a_repeated_time_rings_the_first_time_and_not_again() -> None:
    half_past_two = Schedule(time(2, 30), DAILY, BERLIN)
    assert due(half_past_two, "2026-10-25T00:00Z") == "2026-10-25T00:30"  # 02:30 in summer time
    assert due(half_past_two, "2026-10-25T00:30Z") == "2026-10-26T01:30"


def test_a_time_that_is_moved_past_midnight_still_belongs_to_its_day() -> None:
    nuuk = Schedule(time(23, 30), DAILY, ZoneInfo("America/Nuuk"))  # on 28 March 2026 the wall goes from 23:00 to 00:00
    ten_past_midnight = "2026-03-29T00:10-01:00"
    assert names(nuuk, ten_past_midnight, 2) == ["2026-03-28T23:30", "2026-03-29T23:30"]
    assert due(nuuk, ten_past_midnight) == "2026-03-29T01:30"


@pytest.mark.parametrize(
    ("zone", "skipped"),
    [("Pacific/Apia", "2011-12-30"), ("Pacific/Fakaofo", "2011-12-30"), ("Pacific/Kwajalein", "1993-08-21")],
)
@pytest.mark.parametrize("at", [time(0), time(7, 30), time(23, 59)])
def test_a_date_that_was_skipped_whole_does_not_ring(zone: str, skipped: str, at: time) -> None:
    gone = date.fromisoformat(skipped)
    schedule = Schedule(at, DAILY, ZoneInfo(zone))
    before = datetime.combine(gone - 2 * DAY, time(0), tzinfo=schedule.zone)
    rung = schedule.upcoming(before - timedelta(seconds=1), 4)
    assert [ring.day for ring in rung] == [gone - 2 * DAY, gone - DAY, gone + DAY, gone + 2 * DAY]
    assert all(b.due - a.due == DAY for a, b in pairwise(rung)), "the days around it are whole"
    only_then = replace(schedule, starts=gone, ends=gone)
    assert only_then.next_after(before) is None


def test_start_and_end_belong_to_it() -> None:
    week = replace(MORNING, starts=date(2026, 11, 24), ends=date(2026, 11, 26))
    assert names(week, "2026-11-20T00:00Z") == ["2026-11-24T07:30", "2026-11-25T07:30", "2026-11-26T07:30"]
    assert week.next_after(instant("2026-11-26T06:30Z")) is None


@pytest.mark.parametrize(
    "never",
    [
        replace(MORNING, ends=date(2020, 1, 1)),
        replace(MORNING, starts=date(2027, 1, 2), ends=date(2027, 1, 1)),
        replace(MORNING, rhythm=EveryDays(365, date(2026, 1, 1)), ends=date(2026, 12, 31)),
        replace(MORNING, rhythm=EveryDays(2, date.max)),
        replace(MORNING, pause=Pause(date(2026, 1, 1))),
        replace(MORNING, pause=Pause(date(2026, 1, 1), date.max)),
        replace(MORNING, rhythm=WEEKENDS, pause=Pause(date(2026, 1, 1), date.max)),  # a Friday
        replace(MORNING, rhythm=WEEKENDS, starts=date(2026, 11, 23), ends=date(2026, 11, 27)),
    ],
)
def test_what_never_rings_again_says_so_at_once(never: Schedule) -> None:
    assert never.next_after(instant("2026-11-20T00:00Z")) is None
    assert never.upcoming(instant("2026-11-20T00:00Z"), 5) == ()


def test_no_schedule_outlives_the_calendar() -> None:
    assert names(MORNING, "2199-12-30T12:00Z") == ["2199-12-31T07:30"]
    with pytest.raises(ValueError, match="2199"):
        replace(MORNING, starts=LAST_DAY + DAY)


def test_a_pause_until_a_day_ends_with_that_day() -> None:
    paused = MORNING.paused(instant("2026-11-20T12:00Z"), date(2026, 12, 1))
    assert names(paused, "2026-11-20T12:00Z", 2) == ["2026-12-01T07:30", "2026-12-02T07:30"]
    assert paused.pause_at(instant("2026-11-30T22:59Z")) == Pause(date(2026, 11, 20), date(2026, 12, 1))
    assert paused.pause_at(instant("2026-11-30T23:00Z")) is None
    assert names(paused, "2026-11-18T12:00Z", 1) == ["2026-11-19T07:30"], "what was before it, was"


def test_a_pause_that_was_ended_is_on_no_more_however_far_the_next_date_is() -> None:
    mondays = replace(MORNING, rhythm=Weekdays(frozenset({0})))
    tuesday, friday = instant("2026-11-24T12:00Z"), instant("2026-11-27T12:00Z")
    for until in (None, date(2026, 11, 28), date(2026, 12, 20)):
        paused = mondays.paused(tuesday, until)
        resumed = paused.resumed(tuesday)

        assert paused.pause_ahead(tuesday) is not None
        assert (resumed.pause_ahead(tuesday), resumed.pause_at(friday)) == (None, None)
        assert names(resumed, "2026-11-24T12:00Z", 1) == ["2026-11-30T07:30"]


def test_a_pause_while_injured_lasts_until_resumed() -> None:
    injured = MORNING.paused(instant("2026-11-20T12:00Z"))
    assert injured.next_after(instant("2026-11-20T12:00Z")) is None
    assert injured.pause_at(instant("2030-01-01T00:00Z")) is not None
    back = injured.resumed(instant("2027-02-01T12:00Z"))
    assert names(back, "2027-02-01T12:00Z", 1) == ["2027-02-02T07:30"]


def test_what_was_due_while_paused_does_not_ring_when_resumed() -> None:
    back = MORNING.paused(instant("2026-11-20T12:00Z")).resumed(instant("2026-11-25T06:40Z"))  # ten minutes late
    assert names(back, "2026-11-19T12:00Z", 3) == ["2026-11-26T07:30", "2026-11-27T07:30", "2026-11-28T07:30"]


def test_what_is_still_due_today_rings_when_resumed_before_it() -> None:
    back = MORNING.paused(instant("2026-11-20T12:00Z")).resumed(instant("2026-11-25T06:20Z"))
    assert names(back, "2026-11-21T12:00Z", 1) == ["2026-11-25T07:30"]


def test_a_pause_that_is_taken_back_at_once_leaves_no_trace() -> None:
    now = instant("2026-11-20T05:00Z")
    assert MORNING.paused(now).resumed(now) == MORNING
    assert MORNING.resumed(now) == MORNING


def test_a_pause_that_is_over_stays_as_it_was() -> None:
    paused = MORNING.paused(instant("2026-11-20T12:00Z"), date(2026, 12, 1))
    assert paused.resumed(instant("2026-12-24T12:00Z")) == paused


def test_a_new_pause_takes_the_place_of_the_old_one() -> None:
    injured = MORNING.paused(instant("2026-11-20T12:00Z"))
    assert names(injured.paused(instant("2026-11-21T12:00Z"), date(2026, 12, 1)), "2026-11-21T12:00Z", 1) == [
        "2026-12-01T07:30"
    ]


def test_a_pause_has_to_end_later_than_today() -> None:
    with pytest.raises(PauseOver) as caught:
        MORNING.paused(instant("2026-11-20T23:30Z"), date(2026, 11, 21))  # the 21st in Berlin
    assert caught.value.values == {"example": "2026-11-28"}


def test_a_pause_silences_what_the_clocks_moved_from_yesterday() -> None:
    nuuk = Schedule(time(23, 30), DAILY, ZoneInfo("America/Nuuk"))
    ten_past_midnight = instant("2026-03-29T00:10-01:00")
    assert nuuk.paused(ten_past_midnight).next_after(ten_past_midnight) is None
    assert nuuk.paused(ten_past_midnight).resumed(ten_past_midnight) == nuuk


def test_a_pause_in_a_long_rhythm_does_not_shift_it() -> None:
    every_other = replace(MORNING, rhythm=EveryDays(2, date(2026, 11, 20)))
    paused = every_other.paused(instant("2026-11-20T12:00Z"), date(2026, 11, 25))
    assert names(paused, "2026-11-20T12:00Z", 2) == ["2026-11-26T07:30", "2026-11-28T07:30"]


def test_a_schedule_that_ended_while_paused_stays_silent() -> None:
    paused = replace(MORNING, ends=date(2026, 11, 25)).paused(instant("2026-11-20T12:00Z"))
    for back in (instant("2026-11-25T12:00Z"), instant("2026-12-01T12:00Z")):
        assert paused.resumed(back).next_after(instant("2026-11-20T12:00Z")) is None


@pytest.mark.parametrize(
    "broken",
    [
        lambda: Weekdays(frozenset()),
        lambda: Weekdays(frozenset({7})),
        lambda: EveryDays(1, date(2026, 1, 1)),
        lambda: EveryDays(366, date(2026, 1, 1)),
        lambda: Pause(date(2026, 1, 2), date(2026, 1, 2)),
        lambda: replace(MORNING, at=time(7, 30, 1)),
        lambda: replace(MORNING, at=time(7, 30, 0, 1)),
        lambda: replace(MORNING, at=time(7, 30, tzinfo=UTC)),
        lambda: replace(MORNING, at=time(7, 30, fold=1)),
    ],
)
def test_half_a_schedule_cannot_be_made(broken) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        broken()


@given(schedules, instants)
def test_whatever_the_schedule_it_rings_in_order_on_its_days_and_never_twice(schedule: Schedule, now: datetime) -> None:
    rung = schedule.upcoming(now, 8)
    assert all(ring.due > now and ring.due.tzinfo is UTC for ring in rung)
    assert all(a.due < b.due and a.day < b.day for a, b in pairwise(rung))
    for ring in rung:
        assert schedule.rhythm.on_or_after(ring.day) == ring.day
        assert (schedule.starts or date.min) <= ring.day <= (schedule.ends or date.max)
        assert schedule.pause is None or not schedule.pause.covers(ring.day)
        shown = ring.due.astimezone(schedule.zone)
        moved = shown.replace(tzinfo=UTC) - datetime.combine(ring.day, ring.at, tzinfo=UTC)
        assert timedelta() <= moved < DAY
        assert shown.fold == 0


@given(schedules, instants, st.integers(0, 60 * 24 * 400))
def test_however_the_clock_jumps_the_answer_is_the_same(schedule: Schedule, now: datetime, minutes_on: int) -> None:
    """Nothing rung, nothing remembered: from a later instant it is the same list with its head cut off."""
    later = now + timedelta(minutes=minutes_on)
    from_now = [ring for ring in schedule.upcoming(now, 20) if ring.due > later]
    assert list(schedule.upcoming(later, len(from_now))) == from_now
    assert schedule.next_after(now) == next(iter(schedule.upcoming(now, 1)), None)


@given(schedules, instants)
def test_between_now_and_the_next_one_nothing_is_left_out(schedule: Schedule, now: datetime) -> None:
    """Every day up to the next occurrence has a reason not to ring."""
    ring = schedule.next_after(now)
    day = local_day(now, schedule.zone) + DAY
    for _ in range(40):
        if ring and day >= ring.day:
            return
        outside = not (schedule.starts or date.min) <= day <= (schedule.ends or date.max)
        paused = schedule.pause is not None and schedule.pause.covers(day)
        off = schedule.rhythm.on_or_after(day) != day
        earlier = datetime.combine(day, schedule.at, tzinfo=schedule.zone) <= now
        assert outside or paused or off or earlier
        day += DAY


@given(schedules, instants, st.none() | st.integers(1, 500))
def test_after_a_pause_and_a_return_it_rings_as_if_there_had_been_none(
    schedule: Schedule, now: datetime, days: int | None
) -> None:
    until = None if days is None else local_day(now, schedule.zone) + days * DAY
    never_paused = replace(schedule, pause=None)
    paused = schedule.paused(now, until)
    ring = paused.next_after(now)
    assert ring is None or (until is not None and ring.day >= until)
    back = now + timedelta(hours=37)
    assert paused.resumed(back).upcoming(back, 3) == never_paused.upcoming(back, 3)
    between = paused.resumed(back).next_after(now)
    assert between is None or between.due > back or (until is not None and between.day >= until)


@pytest.mark.parametrize(
    "module",
    [schedule, codec, line, vocabulary, ahead, moment],
    ids=lambda module: module.__name__,
)
def test_the_examples_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


def counting(schedule: Schedule, monkeypatch: pytest.MonkeyPatch) -> list[date]:
    looked_at: list[date] = []
    rhythm = type(schedule.rhythm)
    on_or_after = rhythm.on_or_after
    monkeypatch.setattr(rhythm, "on_or_after", lambda self, day: looked_at.append(day) or on_or_after(self, day))
    return looked_at


@pytest.mark.parametrize(
    "schedule",
    [
        MORNING,
        replace(MORNING, rhythm=EveryDays(365, date(1970, 1, 2))),
        replace(MORNING, rhythm=EveryDays(2, date(2190, 1, 1))),
        replace(MORNING, starts=date(2199, 1, 1)),
        replace(MORNING, ends=date(1970, 1, 2)),
        replace(MORNING, pause=Pause(date(1970, 1, 1), date(2198, 1, 1))),
        replace(MORNING, pause=Pause(date(1970, 1, 1))),
        Schedule(time(12), Weekdays(frozenset({4})), ZoneInfo("Pacific/Apia")),
    ],
)
@pytest.mark.parametrize("now", [LONG_AGO, datetime(2011, 12, 29, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC)])
def test_the_next_one_takes_a_handful_of_steps(
    schedule: Schedule, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = counting(schedule, monkeypatch)
    schedule.next_after(now)
    assert len(looked_at) <= 5
