"""Rule 15 of clinical facts 1.2, at its edges."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.disposition import Disposition
from bot.checkins.models import CheckIn, NewSign
from bot.checkins.prompts import Prompt, is_flag, prompts
from tests.unit.checkins.diaries import BERLIN, entry, moment, run


def held(diary: list[CheckIn], flagged: tuple[float, ...] = (), at: int = -1) -> tuple[Prompt, ...]:
    """The rules that hold for one check-in of a diary, the last unless told; `flagged` in days after MONDAY."""
    flags = [moment(0) + timedelta(days=day) for day in flagged]
    return prompts(diary[at], diary, flags, diary[-1].at, BERLIN)


def logged(*pains: tuple[int, int]) -> list[CheckIn]:
    """A check-in at noon for each (day, pain)."""
    return [entry(day, "12:00", pain) for day, pain in pains]


@pytest.mark.parametrize("sign", NewSign)
def test_each_new_sign_asks(sign: NewSign) -> None:
    assert held([entry(0, "12:00", 0, new=frozenset({sign}))]) == (Prompt.NEW_SIGN,)


@pytest.mark.parametrize("numbers", [{"pain": 7}, {"pain": 0, "worst": 7}, {"pain": 0, "during": 7}, {"pain": 10}])
def test_seven_asks_whatever_it_is_the_pain_of(numbers: dict[str, int]) -> None:
    assert Prompt.SEVERE in held([entry(0, "12:00", **numbers)])


def test_six_does_not() -> None:
    assert held([entry(0, "12:00", 6, worst=6, during=6)]) == ()


def test_a_sign_of_yesterday_is_not_new_today() -> None:
    assert held([entry(0, "12:00", 1, new=frozenset({NewSign.LIMP})), entry(1, "12:00", 1)]) == ()


@pytest.mark.parametrize(
    ("diary", "asks"),
    [
        (logged((0, 1), (1, 4)), True),
        (logged((0, 1), (1, 3)), False),
        (logged((0, 1), (7, 4)), True),  # within a week
        (logged((0, 1), (8, 4)), False),
        (logged((0, 1), (3, 3), (6, 4)), True),  # bit by bit
        (logged((0, 4), (1, 1)), False),  # down
        (logged((0, 4), (1, 1), (2, 4)), True),
        ([entry(0, "08:00", 1), entry(0, "20:00", 4)], True),  # within a day
        ([entry(0, "23:59", 1), entry(7, "00:01", 4)], True),
        ([entry(0, "00:01", 1), entry(7, "23:59", 4)], True),  # local days, and the sooner reading
        ([entry(0, "12:00", 1), entry(1, "12:00", 1, worst=4)], False),  # like is compared with like
        ([entry(0, "12:00", 1, worst=3), entry(1, "12:00", 1, worst=6)], True),
        ([run(0, "12:00", 1, 1), run(2, "12:00", 4, 1)], True),
        ([entry(0, "12:00", 1, area="knee"), entry(1, "12:00", 4)], False),
    ],
)
def test_up_by_three_within_a_week(diary: list[CheckIn], asks: bool) -> None:
    assert (Prompt.RISE in held(diary)) is asks


def test_a_rise_that_a_back_dated_check_in_shows_is_seen() -> None:
    diary = logged((2, 1), (5, 4))

    assert Prompt.RISE in held(diary, at=0)


def test_a_rise_some_days_ago_is_not_asked_about_again() -> None:
    assert Prompt.RISE not in held(logged((0, 1), (1, 5), (2, 3)))


@pytest.mark.parametrize(
    ("diary", "asks"),
    [
        (logged(*((day, 4) for day in range(14))), True),
        (logged(*((day, 4) for day in range(13))), False),  # thirteen days
        (logged((0, 4), (6, 5), (13, 4)), True),  # silence does not make it better
        (logged((0, 4), (13, 4)), True),
        (logged((0, 4), (14, 4)), True),  # logged once a fortnight
        (logged((0, 4), (15, 4)), False),  # too long a silence to know
        (logged((0, 4), (6, 3), (13, 4)), False),  # one day of 3
        (logged((0, 3), (1, 4), (7, 4), (14, 4)), True),
        (logged((0, 4), (6, 4), (13, 3)), False),  # over
        (logged((0, 4), (20, 4), (27, 4), (33, 4)), True),
        ([entry(day, "12:00", 1, worst=4) for day in range(14)], True),  # any number of the day
        ([entry(day, "08:00", 1) for day in range(14)] + [entry(day, "20:00", 4) for day in range(14)], True),
    ],
)
def test_four_or_more_for_fourteen_days(diary: list[CheckIn], asks: bool) -> None:
    assert (Prompt.LASTING in held(diary)) is asks


@pytest.mark.parametrize(
    ("flagged", "asks"),
    [
        ((0, 7, 14), True),  # three Mondays, and today is the last
        ((6, 7, 14), True),  # Sunday, Monday, Monday: calendar weeks
        ((-1, 6, 13), True),  # three Sundays; today is the Monday after
        ((-1, 7, 13), True),  # Sunday, Monday, Sunday: in each of the weeks just over
        ((0, 7), False),
        ((-1, 0, 14), False),  # none in the week between
        ((0, 1, 14), True),  # a day in each span of seven, though no calendar week holds the middle one
        ((-7, 0, 7), True),  # three weeks up to the last one: this one has only begun
        ((-14, -7, 0), False),  # the last week had none
        ((), False),
    ],
)
def test_the_same_area_flagged_three_weeks_in_a_row(flagged: tuple[int, ...], asks: bool) -> None:
    today = logged((14, 1))  # a Monday

    assert (Prompt.FLAGGED_AGAIN in held(today, flagged)) is asks


def test_flags_late_on_sunday_belong_to_that_local_week() -> None:
    flagged = (-0.5, 6.45, 14)  # Sunday 22:48 is Sunday

    assert Prompt.FLAGGED_AGAIN not in held(logged((20, 1)), (6.45, 7, 8))
    assert Prompt.FLAGGED_AGAIN in held(logged((14, 1)), flagged)


def test_anything_but_carry_on_is_a_flag() -> None:
    assert [disposition for disposition in Disposition if not is_flag(disposition)] == [Disposition.CONTINUE]


def test_the_most_urgent_comes_first() -> None:
    diary = [*logged(*((day, 4) for day in range(14))), entry(14, "12:00", 8, new=frozenset({NewSign.WEAKNESS}))]

    assert held(diary, (0, 7, 14)) == tuple(Prompt)


def test_a_diary_may_leave_out_what_was_just_logged() -> None:
    before, now = logged((0, 1), (1, 4))

    assert (
        prompts(now, [before], (), now.at, BERLIN) == prompts(now, [before, now], (), now.at, BERLIN) == (Prompt.RISE,)
    )


def test_the_first_check_in_ever_asks_nothing_by_itself() -> None:
    assert held(logged((0, 4))) == ()


numbers = st.none() | st.integers(0, 10)
rows_of_a_diary = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 10), numbers, numbers),
    min_size=1,
    max_size=12,
    unique_by=lambda row: row[0],
).map(lambda found: sorted(found, key=lambda row: row[0]))


@given(rows_of_a_diary, st.integers(0, 10))
def test_more_pain_now_never_asks_less(rows, more: int) -> None:
    *others, newest = [entry(day, "12:00", pain, worst=worst, during=during) for day, pain, worst, during in rows]
    higher = replace(newest, pain=min(10, newest.pain + more))
    low, high = (prompts(each, others, (), each.at, BERLIN) for each in (newest, higher))

    assert set(low) <= set(high)
