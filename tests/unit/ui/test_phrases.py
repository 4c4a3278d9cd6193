"""Days, doses and schedules as text: what is written can be typed, and means the same."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.model import Dose
from bot.schedules.parse.line import schedule_from
from bot.schedules.schedule import MOST_DAYS, EveryDays, Schedule, Weekdays
from bot.ui.phrases import dated_schedule_text, dose_text, rhythm_text, schedule_text

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, tzinfo=UTC)
ZONES = ("Europe/London", "America/Argentina/Buenos_Aires", "Asia/Kathmandu", "Etc/UTC")
SPANS = st.integers(1, 60) | st.tuples(st.integers(1, 30), st.integers(0, 30)).map(lambda s: f"{s[0]}-{s[0] + s[1]}")

weekdays = st.frozensets(st.integers(0, 6), min_size=1).map(Weekdays)
counted = st.integers(2, MOST_DAYS).map(lambda count: EveryDays(count, TODAY))
times = st.times().map(lambda at: time(at.hour, at.minute))


@given(times, weekdays | counted, st.sampled_from(ZONES))
def test_what_is_written_can_be_typed(words, at, rhythm, zone) -> None:
    schedule = Schedule(at, rhythm, ZoneInfo(zone))

    read = schedule_from(schedule_text(schedule, words), ZoneInfo("UTC"), TODAY)

    assert read.zone == schedule.zone
    assert read.upcoming(NOW, 12) == schedule.upcoming(NOW, 12)


def test_without_the_place_and_with_its_bounds(words) -> None:
    schedule = Schedule(
        time(7, 5), Weekdays(frozenset({0, 2, 4})), ZoneInfo("UTC"), starts=TODAY, ends=date(2027, 1, 2)
    )
    assert rhythm_text(schedule, words) == "Monday, Wednesday and Friday at 07:05"
    assert (
        dated_schedule_text(schedule, words) == f"{schedule_text(schedule, words)}, from 20 Nov 2026, until 2 Jan 2027"
    )


def doses():
    often = dict.fromkeys(("sets", "hold", "weeks"), SPANS)
    often |= {"per_day": st.integers(1, 6), "per_week": st.integers(1, 7), "each_side": st.booleans()}
    much = st.sampled_from(["reps", "seconds", "minutes"])
    return much.flatmap(lambda name: st.fixed_dictionaries({name: SPANS}, optional=often)).map(Dose.model_validate)


@pytest.mark.parametrize(
    ("dose", "text"),
    [
        ({"reps": 10}, "10 times"),
        ({"sets": 3, "reps": "8-15", "hold": "2-5", "per_week": "2-3", "weeks": "8-12"},
         "3 × 8–15 times, hold 2–5 seconds · 2–3 days a week · for 8–12 weeks"),
        ({"sets": "2-3", "seconds": "15-30", "each_side": True}, "2–3 × 15–30 seconds each side"),
        ({"minutes": 30, "per_week": 3}, "30 minutes · 3 days a week"),
        ({"sets": 2, "reps": "8-10", "hold": 5, "per_day": "1-2"}, "2 × 8–10 times, hold 5 seconds · 1–2 a day"),
    ],
)  # fmt: skip
def test_a_dose_reads_like_a_prescription(words, dose, text):
    assert dose_text(Dose.model_validate(dose), words) == text


@given(dose=doses())
def test_every_number_of_a_dose_is_said_and_none_is_made_up(words, dose):
    text = dose_text(dose, words)

    given = [dose.sets, dose.reps or dose.seconds or dose.minutes, dose.hold, dose.per_day, dose.per_week, dose.weeks]
    said = [part for part in text.replace("×", " ").split() if part[0].isdecimal()]
    assert said == [str(span) for span in given if span]
    assert ("each side" in text) == dose.each_side
    assert "None" not in text


@given(dose=doses())
def test_every_dose_fits_on_a_line(words, dose):
    assert "\n" not in dose_text(dose, words)
    assert len(dose_text(dose, words)) < 120


def test_every_exercise_says_how_much(library, words):
    for exercise in library.exercises.values():
        text = dose_text(exercise.dose, words)
        assert any(mark.isdecimal() for mark in text), exercise.id
