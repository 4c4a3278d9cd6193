"""Better, worse, the same, or too little to say; each with its rule."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checkins.days import FEWEST_DAYS, SHORTEST_DAYS, WINDOW_DAYS, Direction, Trend, TrendRule, trend
from bot.localtime import DAY
from tests.unit.checkins.diaries import MONDAY, daily

TODAY = MONDAY + 27 * DAY

months = st.lists(st.none() | st.integers(0, 10), min_size=1, max_size=WINDOW_DAYS)
full = st.lists(st.none() | st.integers(0, 10), min_size=FEWEST_DAYS * 2, max_size=WINDOW_DAYS)


def of(pains: list[int | None], today: int | None = None) -> Trend:
    """The trend of a month that begins on MONDAY; today is its last day unless given."""
    return trend(daily(pains), MONDAY + timedelta(days=len(pains) - 1 if today is None else today))


@pytest.mark.parametrize(
    ("pains", "direction", "rule"),
    [
        ([6] * 7 + [5] * 7 + [3] * 7, Direction.BETTER, TrendRule.TWO_POINTS),
        ([1] * 7 + [2] * 7 + [3] * 7, Direction.WORSE, TrendRule.TWO_POINTS),
        ([3] * 7 + [3] * 7 + [2] * 7, Direction.BETTER, TrendRule.THIRTY_PERCENT),
        ([3] * 7 + [3] * 7 + [4] * 7, Direction.WORSE, TrendRule.THIRTY_PERCENT),
        ([4] * 7 + [4] * 7 + [3] * 7, Direction.SAME, TrendRule.SMALL_CHANGE),  # a quarter
        ([0] * 7 + [0] * 7 + [1] * 7, Direction.WORSE, TrendRule.THIRTY_PERCENT),
        ([8] * 7 + [8] * 7 + [6] * 7, Direction.BETTER, TrendRule.TWO_POINTS),  # a quarter, but two points
        ([5] * 21, Direction.SAME, TrendRule.SMALL_CHANGE),
        ([0] * 21, Direction.SAME, TrendRule.SMALL_CHANGE),
        ([1] * 22 + [5] * 6, Direction.WORSE, TrendRule.TWO_POINTS),  # lately, after three flat weeks
        ([3] * 10 + [9] + [3] * 10, Direction.SAME, TrendRule.SMALL_CHANGE),  # one bad day changes nothing
        ([4, 4, None, None, None, 2, 2], Direction.BETTER, TrendRule.TWO_POINTS),
        ([2, 5, 3, 1, 8, 8, 2, 2, 6], Direction.SAME, TrendRule.UNEVEN),  # from 3 to 2, but by way of 8
    ],
)
def test_what_a_month_says(pains: list[int | None], direction: Direction, rule: TrendRule) -> None:
    found = of(pains)

    assert (found.direction, found.rule) == (direction, rule)


def test_a_trend_has_what_it_takes_to_say_it() -> None:
    pains = [6, 6, 6, 6, 6, 6, None, None, 5, 5, 4, 4, 4, None, 3, 3, 3, 3, 3, None, None]
    found = of(pains)

    assert (found.begin, found.end) == (6.0, 3.0)


@pytest.mark.parametrize(
    ("pains", "rule"),
    [
        ([], TrendRule.TOO_FEW_DAYS),
        ([5], TrendRule.TOO_FEW_DAYS),
        ([9, None, None, 5, None, None, None, None, 0], TrendRule.TOO_FEW_DAYS),
        ([9, 7, 5, 3, 1, 0], TrendRule.TOO_SHORT),  # six days
    ],
)
def test_too_little_is_said_to_be_too_little(pains: list[int | None], rule: TrendRule) -> None:
    found = of(pains, today=20)

    assert (found.direction, found.rule) == (Direction.TOO_LITTLE, rule)
    assert found.begin is found.end is None


def test_four_days_over_a_week_are_just_enough() -> None:
    assert of([5, None, 5, None, 5, None, 5]).direction is Direction.SAME


def test_only_the_window_counts_and_never_what_is_ahead() -> None:
    pains: list[int | None] = [9] * 10 + [2] * 28 + [10] * 5
    found = trend(daily(pains), MONDAY + 37 * DAY)

    assert (found.begin, found.end) == (2.0, 2.0)
    assert trend(daily(pains), MONDAY + 37 * DAY, window=38).begin == 9.0


@given(full, st.integers(1, 9))
def test_more_pain_all_along_never_turns_worse_into_better(pains: list[int | None], more: int) -> None:
    low = [None if pain is None else min(pain, 10 - more) for pain in pains]
    high = [None if pain is None else pain + more for pain in low]
    before, after = of(low), of(high)

    assert (before.direction is Direction.TOO_LITTLE) == (after.direction is Direction.TOO_LITTLE)
    if before.direction is Direction.WORSE:
        assert after.direction in {Direction.WORSE, Direction.SAME}
    if after.direction is Direction.BETTER:
        assert before.direction is Direction.BETTER


@given(full)
def test_what_is_better_would_be_worse_the_other_way_round(pains: list[int | None]) -> None:
    there, back = of(pains), of(pains[::-1])

    if there.direction is Direction.BETTER:
        assert back.direction is Direction.WORSE
    if there.direction is Direction.WORSE:
        assert back.direction is not Direction.WORSE
    assert (there.direction is Direction.TOO_LITTLE) is (back.direction is Direction.TOO_LITTLE)


@given(months)
def test_few_points_are_always_too_little(pains: list[int | None]) -> None:
    logged = [at for at, pain in enumerate(pains) if pain is not None]
    found = of(pains)
    enough = len(logged) >= FEWEST_DAYS and logged[-1] - logged[0] + 1 >= SHORTEST_DAYS

    assert (found.direction is Direction.TOO_LITTLE) is not enough


@given(months)
def test_a_trend_begins_with_a_pain(pains: list[int | None]) -> None:
    found = of(pains)

    assert found.begin is None or 0 <= found.begin <= 10


@given(full, st.randoms(use_true_random=False))
def test_the_order_days_come_in_does_not_matter(pains: list[int | None], random) -> None:
    days = daily(pains)
    shuffled = days[:]
    random.shuffle(shuffled)

    assert trend(days, TODAY) == trend(shuffled, TODAY)
