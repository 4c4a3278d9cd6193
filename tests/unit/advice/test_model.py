"""The shapes authors write: ranges, doses, escalations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from bot.advice.disposition import Disposition
from bot.advice.model import Dose, Exercise, Guidance, Pattern, Range, RedFlag, Routine, Step, Tip

DISPOSITIONS = list(Disposition)
A_FLAG = {"id": "H1", "short": "Short one", "when": ["it"], "why": "Because.", "sources": ["house-rule"]}
AN_EXERCISE = {
    "id": "nod",
    "name": "Nod",
    "kind": "mobility",
    "unscreened_ok": True,
    "start": "Sit tall.",
    "steps": ["Nod.", "Come back."],
    "dose": {"reps": 10},
    "stop_if": "Stop if it hurts.",
    "sources": ["house-rule"],
}


@given(low=st.integers(1, 10_000), more=st.integers(0, 10_000))
def test_a_range_is_read_from_what_authors_write_and_written_back(low, more):
    span = Range.model_validate(f"{low}-{low + more}")

    assert (span.low, span.high) == (low, low + more)
    assert Range.model_validate(span.model_dump()) == span
    assert TypeAdapter(Range).validate_json(span.model_dump_json()) == span
    assert str(span) == (f"{low}–{low + more}" if more else str(low))


@given(count=st.integers(1, 10_000))
def test_a_plain_number_is_a_range_of_one(count):
    assert Range.model_validate(count) == Range.model_validate(str(count)) == Range(low=count, high=count)


@pytest.mark.parametrize(
    "wrong",
    ["15-10", "0", 0, -3, "0-3", "a", "3-", "-3", "", "3-4-5", "3.5", 3.5, True, False, None, [3], "²-³", "3 to 4"],
)
def test_what_is_no_range_is_turned_down(wrong):
    with pytest.raises(ValidationError):
        Range.model_validate(wrong)


@given(text=st.text(max_size=12) | st.from_regex(r"\A[0-9 -]{1,8}\Z"))
def test_any_text_is_a_range_or_a_validation_error(text):
    try:
        span = Range.model_validate(text)
    except ValidationError:
        return
    assert 1 <= span.low <= span.high


@pytest.mark.parametrize("much", ["reps", "seconds", "minutes"])
def test_a_dose_says_how_much(much):
    assert getattr(Dose.model_validate({much: "5-10"}), much) == Range(low=5, high=10)


@pytest.mark.parametrize("wrong", [{}, {"sets": 3}, {"sets": 3, "hold": 5}, {"per_week": 3}])
def test_a_dose_that_does_not_say_how_much_is_turned_down(wrong):
    with pytest.raises(ValidationError, match="how much"):
        Dose.model_validate(wrong)


@pytest.mark.parametrize("also", [{}, {"per_day": 2}])
def test_a_week_has_seven_days(also):
    Dose.model_validate({"reps": 5, "per_week": 7, **also})
    with pytest.raises(ValidationError, match="7 at most"):
        Dose.model_validate({"reps": 5, "per_week": 8, **also})


def test_a_key_nobody_knows_is_an_error_and_never_a_silent_loss():
    with pytest.raises(ValidationError, match="Extra inputs"):
        Dose.model_validate({"reps": 5, "each_sides": True})


@given(base=st.sampled_from(DISPOSITIONS), worse=st.sampled_from(DISPOSITIONS))
def test_an_escalation_only_goes_upwards(base, worse):
    model = RedFlag if base.rank < Disposition.MODIFY.rank else Pattern
    escalation = {"disposition": worse, "short": "Worse", "when": ["it + worse"]}
    written = {**A_FLAG, "disposition": base, "escalations": [escalation]}

    if worse.worse_than(base):
        assert model.model_validate(written).escalations[0].disposition is worse
    else:
        with pytest.raises(ValidationError, match=f"worse than {base.value}"):
            model.model_validate(written)


@pytest.mark.parametrize("disposition", ["modify", "continue"])
def test_a_red_flag_is_never_mild(disposition):
    with pytest.raises(ValidationError):
        RedFlag.model_validate({**A_FLAG, "disposition": disposition})


@pytest.mark.parametrize("disposition", ["emergency", "urgent", "clinician"])
def test_a_pattern_is_never_grave(disposition):
    with pytest.raises(ValidationError):
        Pattern.model_validate({**A_FLAG, "disposition": disposition})


def test_dispositions_are_worst_first():
    assert sorted(DISPOSITIONS, key=lambda disposition: disposition.rank) == DISPOSITIONS
    assert [d.value for d in DISPOSITIONS] == ["emergency", "urgent", "clinician", "modify", "continue"]
    for one in DISPOSITIONS:
        for other in DISPOSITIONS:
            assert one.worse_than(other) == (DISPOSITIONS.index(one) < DISPOSITIONS.index(other))


@pytest.mark.parametrize("demand", ["impact", "heavy_load", "hopping", "end_range"])
def test_an_exercise_with_a_demand_is_never_unscreened(demand):
    guarded = {"demands": [demand], "not_with": ["H1"], "avoid_if": "Leave it out with groin pain."}
    Exercise.model_validate({**AN_EXERCISE, **guarded, "unscreened_ok": False})
    with pytest.raises(ValidationError, match=demand):
        Exercise.model_validate({**AN_EXERCISE, "demands": [demand]})


def test_whether_an_exercise_needs_screening_cannot_be_left_open():
    with pytest.raises(ValidationError, match="unscreened_ok"):
        Exercise.model_validate({key: value for key, value in AN_EXERCISE.items() if key != "unscreened_ok"})


@given(seconds=st.lists(st.integers(10, 180), min_size=3, max_size=12), sides=st.lists(st.booleans(), min_size=12))
def test_a_routine_counts_both_sides_and_the_changing_over_and_takes_three_to_ten_minutes(seconds, sides):
    steps = [{"exercise": "nod", "seconds": s, "each_side": both} for s, both in zip(seconds, sides, strict=False)]
    long = sum(Step.model_validate(step).total_seconds + 10 for step in steps)
    written = {
        "id": "r",
        "name": "Nods",
        "kind": "loosening",
        "moment": "anytime",
        "intro": "Nod.",
        "steps": steps,
        "sources": ["house-rule"],
    }

    if 150 <= long <= 629:
        routine = Routine.model_validate(written)
        assert routine.seconds == long
        assert 3 <= max(3, routine.minutes) <= 10
    else:
        with pytest.raises(ValidationError, match="3 to 10 minutes"):
            Routine.model_validate(written)


@pytest.mark.parametrize(("length", "fits"), [(280, True), (281, False)])
def test_a_tip_has_280_characters_at_most(length, fits):
    written = {"id": "t", "moment": "before", "text": "x" * length, "sources": ["house-rule"]}
    if fits:
        Tip.model_validate(written)
    else:
        with pytest.raises(ValidationError):
            Tip.model_validate(written)


@pytest.mark.parametrize(
    ("disposition", "book"),
    [(Disposition.CONTINUE, "Be seen within {days} days."), (Disposition.CLINICIAN, "Be seen within some days.")],
)
def test_only_a_visit_within_days_is_booked_and_says_in_how_many(disposition, book):
    asks = {"title": "See somebody", "running": "Run less.", "steps": ["Go.", "Rest."], "safety_net": "Go sooner."}
    entry = {"disposition": disposition, **asks, "sources": ["house-rule"]}

    assert Guidance.model_validate(entry).steps_within(3) == ("Go.", "Rest.")
    with pytest.raises(ValidationError):
        Guidance.model_validate({**entry, "book": book})


def test_a_booked_visit_replaces_the_first_step():
    asks = {"title": "See somebody", "running": "Run less.", "steps": ["Go.", "Rest."], "safety_net": "Go sooner."}
    entry = {"disposition": "clinician", **asks, "sources": ["house-rule"], "book": "Go within {days} days."}

    assert Guidance.model_validate(entry).steps_within(3) == ("Go within 3 days.", "Rest.")
