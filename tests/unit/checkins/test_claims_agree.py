"""Every sentence that claims a rise or a trend agrees with the others: an alarm must mean something."""

import re
from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.checkins.days import Direction, look_back
from bot.checkins.models import CheckIn
from bot.checkins.prompts import Prompt, prompts
from bot.ui.cards.history import trend_text
from bot.ui.catalog import Catalog
from tests.unit.checkins.diaries import BERLIN, entry, moment

#: Days since the one before, hour, pain now, the worst of 24 hours.
CHECK_INS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(7, 22), st.integers(0, 10), st.none() | st.integers(0, 10)),
    min_size=1,
    max_size=30,
)


def diary(rows: list[tuple[int, int, int, int | None]]) -> list[CheckIn]:
    day, entries = 0, []
    for since, hour, pain, worst in rows:
        day += since
        entries.append(entry(day, f"{hour:02}:00", pain, worst=worst if worst is None else max(pain, worst)))
    return sorted(entries, key=lambda each: each.at)


@given(CHECK_INS)
@example([(1, 8, pain, None) for pain in [9] * 14 + [1, 2, 2, 3, 3, 4]])  # up, while it has been far worse before
@example([(1, 8, pain, None) for pain in (6, 6, 6, 4, 3, 1, 0, 3)])  # 3 out of 10, while it gets better
def test_history_says_better_beside_no_alarm_without_a_but(words: Catalog, rows: list) -> None:
    entries = diary(rows)
    latest = entries[-1]
    alarms = prompts(latest, entries, (), latest.at, BERLIN)
    (area,) = look_back(entries, BERLIN, latest.at, 28).areas
    text = trend_text(area, words)

    if Prompt.RISE in alarms and area.trend.direction in {Direction.BETTER, Direction.SAME}:
        assert " But " in text
    if Prompt.RISE in alarms:
        week = [each for each in entries if (latest.day(BERLIN) - each.day(BERLIN)).days <= 7]
        kinds = [[number for each in week if (number := getattr(each, kind)) is not None] for kind in ("pain", "worst")]
        assert any(numbers and max(numbers) >= 4 and max(numbers) - min(numbers) >= 3 for numbers in kinds)


@given(CHECK_INS)
@example([(2, 8, pain, None) for pain in (2, 3, 2, 1, 2, 1)])  # 2.5 to 1.5
@example([(2, 8, pain, None) for pain in (4, 5, 5, 5, 5, 6)])  # 4.5 to 5.5
@example([(2, 8, pain, None) for pain in (6, 6, 6, 7, 7, 8)])  # 6 to 7.5
def test_the_numbers_of_a_trend_say_what_its_words_say(words: Catalog, rows: list) -> None:
    entries = diary(rows)
    (area,) = look_back(entries, BERLIN, entries[-1].at, 90).areas
    numbers = re.search(r"from about ([\d.]+) to about (\d+(?:\.5)?)", trend_text(area, words))
    if numbers is None:
        assert area.trend.direction is Direction.TOO_LITTLE
        return
    change = float(numbers[2]) - float(numbers[1])
    match area.trend.direction:
        case Direction.BETTER:
            assert change <= -1
        case Direction.WORSE:
            assert change >= 1
        case _:
            assert abs(change) < 2 or change < 0  # uneven: lower, and said to go up and down too much


def test_a_back_dated_check_in_raises_no_alarm_about_a_rise_that_is_over() -> None:
    """A rise of three weeks ago, filled in today, when it is down at 1 again."""
    entries = [entry(0, "12:00", 1), entry(1, "12:00", 6), entry(2, "12:00", 1), entry(20, "12:00", 1)]
    now = moment(20) + timedelta(hours=1)

    assert prompts(entries[0], entries, (), now, BERLIN) == ()
    assert prompts(entries[1], entries, (), now, BERLIN) == ()


@pytest.mark.parametrize("prompt", [Prompt.RISE, Prompt.SEVERE, Prompt.LASTING])
def test_no_alarm_says_that_it_is_so_now_where_it_was_so_at_its_worst(words: Catalog, prompt: Prompt) -> None:
    said = words.names(Prompt, "prompt")[prompt]

    assert "went up" not in said
    assert said.startswith(("The pain reached", "The pain has reached", "The pain is 3 or more above"))
