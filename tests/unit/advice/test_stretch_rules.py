"""The rules of stretches: what may be offered before a question was asked, and whom it must warn."""

import pytest

from tests.support.draft import Draft


def problem_of(draft: Draft, file: str, old: str, new: str) -> tuple[int, str]:
    """The one problem after an edit: its line, what it says."""
    draft.replace(f"exercises/{file}.yaml", old, new)
    problem = draft.problem()
    return problem.line, problem.what


@pytest.mark.parametrize(
    ("file", "said", "without", "missing"),
    [
        ("neck", "dizziness, new pain on one side", "new pain on one side", "dizz"),
        ("groin", "pain in the groin or the front of the hip, a recent pull or pop, or", "a recent pull, or", "groin"),
        ("hip", "with pain in the groin or the front of the hip, a", "with a", "front of the hip"),
        ("calf", "swollen, warm or newly sore on one side, after", "warm, after", "swollen"),
        ("low_back", "with weak bones, a tingling leg", "with a tingling leg", "weak bones"),
        ("quads", "on a leg that is swollen, bruised or newly", "on a leg that is", "swollen"),
    ],
)  # fmt: skip
def test_whoever_a_stretch_could_harm_is_told_to_leave_it_out(
    draft: Draft, file: str, said: str, without: str, missing: str
) -> None:
    _, what = problem_of(draft, file, said, without)

    assert "avoid_if does not say" in what
    assert missing in what


@pytest.mark.parametrize(
    ("file", "old", "new", "why"),
    [
        ("neck", "No hand pulls on your head.", "Lay a hand on your head.", "a hand on the head"),
        ("neck", "Turn your face a little to the left, halfway at most.", "Turn your face all the way.", "the end"),
        ("calf", "and leave both heels on the floor.", "and let a heel sink off a step.", "a heel off a step"),
        ("hamstring", "Lift that thigh until it points at the ceiling", "Lift that thigh to your chest", "deep bend"),
        ("hip", "Let your back heel lift, and", "Hold a light weight, and", "a load"),
        ("quads", "      - Hold for 15 to 30 seconds, breathe slowly", "      - Close your eyes", "closed eyes"),
    ],
)  # fmt: skip
def test_what_the_second_reading_forbids_is_never_offered_unasked(
    draft: Draft, file: str, old: str, new: str, why: str
) -> None:
    _, what = problem_of(draft, file, old, new)

    assert "comes after the signs" in what
    assert why in what


def test_a_stretch_for_everybody_is_held_two_to_four_times_for_fifteen_to_thirty_seconds(draft: Draft) -> None:
    old = (
        "dose: {reps: 2-4, hold: 15-30, each_side: true, per_week: 3-7}\n    feel: A mild pull at the front of the hip"
    )
    line, what = problem_of(draft, "hip", old, old.replace("15-30", "60"))

    assert "15 to 30 s" in what
    assert line == draft.line("exercises/hip.yaml", "hold: 60, each_side")


def test_no_stretch_is_for_the_headache_page_unasked(draft: Draft) -> None:
    _, what = problem_of(
        draft,
        "neck",
        "    areas: [neck]\n    unscreened_ok: true\n    start: Sit or stand tall. Let",
        "    areas: [neck, neck_headache]\n    unscreened_ok: true\n    start: Sit or stand tall. Let",
    )

    assert "is for neck_headache and cannot be unscreened_ok" in what
