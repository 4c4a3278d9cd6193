"""The day a pause ends, as people type it."""

import doctest
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.schedules.parse import ahead as module
from bot.schedules.parse.ahead import FARTHEST, until_from
from bot.schedules.schedule import PauseOver

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("tomorrow", date(2026, 11, 21)),
        ("monday", date(2026, 11, 23)),
        ("friday", date(2026, 11, 27)),
        ("until Sunday", date(2026, 11, 22)),
        ("a week", date(2026, 11, 27)),
        ("for two weeks", date(2026, 12, 4)),
        ("in 10 days", date(2026, 11, 30)),
        ("a fortnight", date(2026, 12, 4)),
        ("1 month", date(2026, 12, 20)),
        ("1 December", date(2026, 12, 1)),
        ("Dec 1st", date(2026, 12, 1)),
        ("the 1st of dec", date(2026, 12, 1)),
        ("3 march", date(2027, 3, 3)),
        ("March 3, 2027", date(2027, 3, 3)),
        ("2026-12-01", date(2026, 12, 1)),
        ("till 2026-12-01.", date(2026, 12, 1)),
        ("29 february", None),
        ("1/12", None),
        ("1/13", date(2027, 1, 13)),
        ("2026-13-01", None),
        ("next week", None),
        ("mon and tue", None),
        ("every 2 days", None),
        ("2 years", None),
        ("2028-01-01", None),
        ("soon", None),
        ("x" * 500, None),
    ],
)
def test_a_day_is_read_or_refused(text: str, day: date | None) -> None:
    if day is None:
        with pytest.raises(UserError) as refused:
            until_from(text, FRIDAY)
        assert refused.value.values == {"example": "2026-12-04"}
    else:
        assert until_from(text, FRIDAY) == day


@pytest.mark.parametrize("text", ["2026-11-20", "2026-11-19", "0 days", "yesterday"])
def test_a_day_that_is_not_ahead_is_told_so(text: str) -> None:
    with pytest.raises(PauseOver):
        until_from(text, FRIDAY)


@pytest.mark.parametrize("text", ["", "  ", "while injured", "until I say so", "Until I turn it on"])
def test_without_an_end(text: str) -> None:
    assert until_from(text, FRIDAY) is None


@given(st.text(max_size=60) | st.from_regex(r"(for|in|until)? ?\d{1,4} (days|weeks|months|dec|jan)"), st.dates())
def test_it_is_always_ahead_and_within_a_year(text: str, today: date) -> None:
    try:
        day = until_from(text, today) if today.year < 9990 else None
    except UserError:
        return
    assert day is None or today < day <= today + timedelta(days=FARTHEST)


def test_the_example_is_right() -> None:
    assert doctest.testmod(module).failed == 0
