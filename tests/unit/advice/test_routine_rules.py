"""The rules of routines: what calls itself a stretch is one, each moment has its kind, clubs have enough of them."""

import pytest

from tests.support.draft import Draft

BODY, HIP = "routines/whole_body.yaml", "routines/hip.yaml"


def test_a_stretch_of_which_too_little_stretches_is_reported(draft: Draft) -> None:
    draft.replace(HIP, "exercise: figure_four_seated", "exercise: seated_knee_open")
    problem = draft.problem()

    assert problem.what == "`hip_stretch` is a stretch, and only 2 of its 4 steps are"
    assert problem.mend == "add stretches, or make it of the kind loosening"


def test_what_stretches_nothing_does_not_call_itself_a_stretch(draft: Draft) -> None:
    draft.replace(HIP, "name: Gentle hip loosener", "name: Gentle hip stretch")

    assert "calls itself a stretch and is of the kind loosening" in draft.problem().what


@pytest.mark.parametrize(
    ("file", "old", "new", "what"),
    [
        (BODY, "exercise: calf_pedal", "exercise: calf_wall_stretch", "static_stretch, and `before_run_lower_legs`"),
        (BODY, "exercise: calf_wall_stretch", "exercise: calf_pedal", "moving_stretch, and `after_run_legs`"),
    ],
)
def test_before_a_run_nothing_is_held_and_after_it_nothing_swings(
    draft: Draft, file: str, old: str, new: str, what: str
) -> None:
    draft.replace(file, old, new)

    assert any(what in problem.what for problem in draft.problems())


def test_a_hold_that_is_too_short_is_reported(draft: Draft) -> None:
    draft.replace(BODY, "calf_wall_stretch\n        seconds: 30", "calf_wall_stretch\n        seconds: 10")

    assert "is held for 10 s" in draft.problem().what


def test_no_length_is_written_by_hand(draft: Draft) -> None:
    draft.replace(HIP, "intro: Wakes up stiff hips", "intro: Four minutes that wake up stiff hips")

    assert 'says "minutes", and its length is the sum of its steps' in draft.problem().what


def test_clubs_have_enough_to_choose_from(draft: Draft) -> None:
    draft.replace(BODY, "    kind: stretch\n    moment: bed", "    kind: rest\n    moment: bed")

    assert "there are 1 stretches for the whole body of the moment bed" in draft.problem().what
