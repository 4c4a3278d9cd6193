"""The next-morning question: when it is due, and what the answer is held against."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checkins.days import by_day
from bot.checkins.models import CheckIn
from bot.checkins.runs import REST, MorningQuestion, questions, rise_after
from bot.localtime import DAY, local_day
from tests.support.strategies import zones
from tests.unit.checkins.diaries import BERLIN, MONDAY, entry, moment, run


def due(*diary: CheckIn, at: time = time(8)) -> list[tuple[int, str]]:
    """(day after MONDAY, local time) of every question."""
    found = [question.due.astimezone(BERLIN) for question in questions(diary, BERLIN, at)]
    return [((each.date() - MONDAY).days, f"{each:%H:%M}") for each in found]


@pytest.mark.parametrize(
    ("clock", "at", "asked"),
    [
        ("18:00", time(8), (1, "08:00")),
        ("06:00", time(8), (1, "08:00")),
        ("23:59", time(8), (1, "08:00")),
        ("23:59", time(6), (1, "07:59")),  # eight hours of rest
        ("22:00", time(6), (1, "06:00")),
        ("00:30", time(8), (1, "08:00")),  # the night that has begun: it is Monday's run
        ("18:00", time(11, 30), (1, "11:30")),
    ],
)
def test_a_run_is_asked_about_the_next_local_morning(clock: str, at: time, asked: tuple[int, str]) -> None:
    assert due(run(0, clock, 2, 1), at=at) == [asked]


def test_without_a_run_nothing_is_asked() -> None:
    assert due(entry(0, "18:00", 5), entry(1, "19:00", 5)) == []


def test_two_runs_in_one_day_are_asked_about_once() -> None:
    assert due(run(0, "06:00", 2, 1), run(0, "18:00", 2, 1)) == [(1, "08:00")]


def test_each_area_has_its_question() -> None:
    found = questions([run(0, "18:00", 2, 1), run(0, "18:00", 2, 1, area="knee")], BERLIN)

    assert found == (
        MorningQuestion("hip", MONDAY, moment(1, "08:00")),
        MorningQuestion("knee", MONDAY, moment(1, "08:00")),
    )


@pytest.mark.parametrize(
    ("clock", "still_asked"),
    [("03:59", True), ("04:00", False), ("07:30", False), ("08:00", False), ("11:59", False), ("12:00", True)],
)
def test_who_has_said_how_the_morning_is_is_not_asked(clock: str, still_asked: bool) -> None:
    assert bool(due(run(0, "18:00", 2, 1), entry(1, clock, 1))) is still_asked


def test_the_morning_of_another_area_or_of_the_run_itself_does_not_count() -> None:
    assert due(run(0, "18:00", 2, 1), entry(0, "07:00", 1), entry(1, "07:00", 1, area="knee")) == [(1, "08:00")]


def test_who_is_asked_in_the_afternoon_may_have_answered_at_noon() -> None:
    assert due(run(0, "18:00", 2, 1), entry(1, "12:30", 1), at=time(14)) == []


def test_over_the_spring_switch_it_is_still_eight_on_the_wall_unless_rest_is_short() -> None:
    saturday = 145  # 27 March 2027; the clocks switch in the night to Sunday
    assert f"{moment(saturday, '12:00').astimezone(BERLIN):%Y-%m-%d}" == "2027-03-27"
    assert due(run(saturday, "18:00", 2, 1)) == [(saturday + 1, "08:00")]
    assert due(run(saturday, "23:59", 2, 1)) == [(saturday + 1, "08:59")]


@given(zones, st.datetimes(), st.times())
def test_a_question_is_never_early_and_always_on_the_next_day(zone, when, at) -> None:
    if not 1975 < when.year < 2037:
        return
    ran = CheckIn(id="0", at=when.replace(tzinfo=BERLIN).astimezone(moment(0).tzinfo), area="hip", pain=1, during=1)
    (question,) = questions([ran], zone, at)

    assert question.due - ran.at >= REST
    assert question.run_day == local_day(ran.at, zone)
    assert local_day(question.due, zone) - question.run_day in {DAY, 2 * DAY}  # two where a day was skipped


@pytest.mark.parametrize(
    ("diary", "rise"),
    [
        ([entry(0, "08:00", 2), run(0, "18:00", 3, 3), entry(1, "08:00", 4)], 2),
        ([entry(0, "08:00", 4), run(0, "18:00", 3, 3), entry(1, "08:00", 2)], -2),
        (
            [
                entry(0, "08:00", 2),
                entry(0, "17:00", 9),
                run(0, "18:00", 3, 3),
                entry(1, "08:00", 2),
                entry(1, "20:00", 9),
            ],
            0,
        ),
        ([run(0, "18:00", 3, 3), entry(1, "08:00", 4)], None),  # nothing before
        ([entry(0, "08:00", 2), run(0, "18:00", 3, 3)], None),  # nothing after
        ([entry(0, "08:00", 2), run(0, "18:00", 3, 3), entry(2, "08:00", 4)], None),  # the morning after that is late
        ([entry(-1, "08:00", 1), run(0, "07:00", 3, 3), entry(1, "08:00", 4)], 3),  # the day before stands in
        ([entry(-2, "08:00", 1), run(0, "07:00", 3, 3), entry(1, "08:00", 4)], 3),
        ([entry(-3, "08:00", 1), run(0, "07:00", 3, 3), entry(1, "08:00", 4)], None),
        ([entry(0, "03:59", 1), run(0, "07:00", 3, 3), entry(1, "08:00", 4)], None),  # still the night
        ([entry(0, "04:00", 1), run(0, "07:00", 3, 3), entry(1, "08:00", 4)], 3),
        ([entry(0, "08:00", 2), run(0, "18:00", 3, 3), run(1, "07:00", 3, 5), entry(1, "08:00", 4)], None),  # ran first
        ([entry(0, "08:00", 2), run(0, "18:00", 3, 3), entry(1, "13:00", 4)], 2),  # answered at lunch
        ([entry(0, "08:00", 2), run(0, "18:00", 3, 3), entry(1, "08:00", 4, area="knee")], None),
    ],
)
def test_the_morning_is_held_against_the_morning_before(diary: list[CheckIn], rise: int | None) -> None:
    assert rise_after(by_day(diary, "hip", BERLIN), MONDAY, BERLIN) == rise
