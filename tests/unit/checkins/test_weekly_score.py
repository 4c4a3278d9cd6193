"""Four answers, one score; trouble that stays is told from trouble that jumps."""

from datetime import date, timedelta
from itertools import product

import pytest

from bot.checkins.models import LEVELS, WeeklyCheck, by_week, persistence
from tests.unit.checkins.diaries import BERLIN, MONDAY, moment

WEEK = timedelta(weeks=1)
FINE, SMALL, BAD = (0,), (8, 8, 8, 8), (17, 17, 8, 8)


def check(day: int, answers: tuple[int, ...], clock: str = "19:00") -> WeeklyCheck:
    return WeeklyCheck(id=f"{day}{clock}", at=moment(day, clock), area="hip", answers=answers)


@pytest.mark.parametrize(
    ("answers", "score", "substantial"),
    [
        ((0,), 0, False),
        ((0, 25, 25, 25), 0, False),  # the first answer ends the form
        ((8, 0, 0, 0), 8, False),
        ((8, 8, 8, 8), 32, False),
        ((17, 8, 8, 25), 58, False),  # pain alone does not make it substantial
        ((8, 17, 0, 0), 25, True),
        ((8, 0, 17, 0), 25, True),
        ((25, 0, 0, 0), 25, True),
        ((25, 25, 25, 25), 100, True),
    ],
)
def test_the_score_and_what_is_substantial(answers: tuple[int, ...], score: int, substantial: bool) -> None:
    assert (check(0, answers).score, check(0, answers).substantial) == (score, substantial)


def test_every_form_scores_0_to_100() -> None:
    for answers in product(LEVELS, repeat=4):
        assert 0 <= check(0, answers).score <= 100


@pytest.mark.parametrize(
    "answers", [(), (8,), (0, 0), (8, 8, 8), (8, 8, 8, 8, 8), (6, 0, 0, 0), (8, 13, 0, 0), (-8, 0, 0, 0)]
)
def test_answers_the_form_cannot_give_are_refused(answers: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="answers"):
        check(0, answers)


def test_the_higher_of_two_checks_speaks_for_a_week() -> None:
    checks = [check(1, BAD), check(3, SMALL), check(7, FINE)]

    assert {week: found.answers for week, found in by_week(checks, BERLIN).items()} == {
        MONDAY: BAD,
        MONDAY + WEEK: FINE,
    }


def test_a_week_is_local_and_begins_on_monday() -> None:
    late, early = check(6, SMALL, "23:59"), check(7, SMALL, "00:00")

    assert list(by_week([early, late], BERLIN)) == [MONDAY, MONDAY + WEEK]


def test_weeks_run_over_the_turn_of_the_year() -> None:
    friday = WeeklyCheck(id="0", at=moment(date(2027, 1, 1)), answers=FINE)

    assert list(by_week([friday], BERLIN)) == [date(2026, 12, 28)]


@pytest.mark.parametrize(
    ("weeks", "holds"),
    [
        ([BAD, BAD, BAD, BAD], True),
        ([FINE, BAD, BAD, BAD], True),
        ([BAD, BAD, FINE, BAD], True),
        ([None, BAD, BAD, BAD], True),
        ([BAD, BAD, None, BAD], True),
        ([BAD, BAD, BAD, None], True),  # this week is not answered yet: the four before
        ([FINE, FINE, FINE, (25, 25, 25, 25)], False),  # one week's jump
        ([FINE, FINE, BAD, BAD], False),
        ([BAD, BAD, FINE, FINE], False),
        ([SMALL] * 4, False),
        ([(17, 8, 8, 8)] * 4, True),  # 41, though not substantial
        ([(8, 8, 8, 8), (17, 8, 8, 0), (17, 8, 8, 0), (17, 8, 8, 0)], False),  # 33
        ([None] * 4, False),
    ],
)
def test_trouble_persists_in_three_weeks_of_four(weeks: list[tuple[int, ...] | None], holds: bool) -> None:
    checks = [check(7 * at + 2, answers) for at, answers in enumerate(weeks) if answers is not None]
    found = persistence(checks, MONDAY + 3 * WEEK + timedelta(days=2), BERLIN)

    assert found.holds is holds
    assert set(found.high) <= set(found.answered) <= set(found.weeks)
    assert len(found.weeks) == 4


def test_trouble_of_long_ago_does_not_persist() -> None:
    checks = [check(7 * at, BAD) for at in range(3)]

    assert persistence(checks, MONDAY + 2 * WEEK, BERLIN).holds
    assert persistence(checks, MONDAY + 4 * WEEK, BERLIN).holds
    assert not persistence(checks, MONDAY + 5 * WEEK, BERLIN).holds
