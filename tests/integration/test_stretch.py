"""`/stretch`, through the front door: for a place, and for a moment."""

from typing import Any

import pytest

from bot.advice.library import Library
from bot.advice.model import ExerciseKind, Routine, RoutineKind, RoutineMoment
from bot.demo.club import DemoClub
from tests.integration.diary import agreed, open_finding
from tests.support.components import labels, texts
from tests.support.content import shipped

LIBRARY = shipped().base.library
SORE_PLACES = sorted(area.id for area in LIBRARY.areas.values() if not area.screen_first)
MOMENTS = ["Before a run", "After a run", "At the desk", "Before bed"]


async def stretch(club: DemoClub, person: str = "ana", **options: Any) -> Any:
    """What `/stretch` answers."""
    return await club.people[person].slash(club.channels["stretching"], "stretch", **options)


def shown(answer: Any, library: Library = LIBRARY) -> Routine:
    """The routine that was opened."""
    head = texts(answer.response.components).partition("\n")[0].removeprefix("## ")
    return next(plan for plan in library.routines.values() if plan.name == head)


def stretches(plan: Routine) -> set[str]:
    """Of its steps, those that stretch."""
    kinds = {step.exercise: LIBRARY.exercises[step.exercise].kind for step in plan.steps}
    return {exercise for exercise, kind in kinds.items() if kind.is_stretch}


@pytest.mark.parametrize("area", SORE_PLACES)
async def test_every_place_opens_its_own_stretches_three_at_least(club: DemoClub, area: str) -> None:
    plan = shown(await stretch(club, area=area))

    assert plan.areas == (area,)
    assert plan.kind is RoutineKind.STRETCH
    assert len(stretches(plan)) >= 3


@pytest.mark.parametrize("area", SORE_PLACES)
def test_every_page_names_three_gentle_stretches_at_least(area: str) -> None:
    exercises = LIBRARY.prescribed(LIBRARY.areas[area])

    assert sum(exercise.kind.is_stretch and exercise.unscreened_ok for exercise in exercises) >= 3


async def test_without_a_place_it_asks_when_and_opens_a_stretch_for_that_moment(club: DemoClub) -> None:
    asked = await stretch(club)

    assert asked.ephemeral
    assert labels(asked.response.components) == MOMENTS
    assert "nobody has shown that it keeps injuries away" in texts(asked.response.components)
    for label in MOMENTS:
        opened = await club.people["ana"].click(asked.response, label=label)
        plan = shown(opened)
        assert opened.ephemeral
        assert plan.areas == ()
        assert f"\n{label} · " in texts(opened.response.components)
        kinds = {LIBRARY.exercises[exercise].kind for exercise in stretches(plan)}
        before = label == "Before a run"
        assert kinds == {ExerciseKind.MOVING_STRETCH if before else ExerciseKind.STATIC_STRETCH}


async def test_what_the_bot_says_of_stretching_at_large_stands_on_no_routine(club: DemoClub) -> None:
    opened = await stretch(club, area="hip")

    assert "keeps injuries away" not in texts(opened.response.components)


@pytest.mark.parametrize("area", ["hip", "knee", "neck", "hamstring"])
async def test_a_routine_goes_step_by_step_there_and_back_with_the_stop_rule_on_every_page(
    club: DemoClub, area: str
) -> None:
    ana = club.people["ana"]
    plan = await stretch(club, area=area)
    stops = [LIBRARY.exercises[step.exercise].stop_if for step in shown(plan).steps]
    assert "Stop at once" in texts(plan.response.components)
    page = await ana.click(plan.response, label="Start")

    for stop in stops[:-1]:
        assert stop in texts(page.response.components)
        page = await ana.click(page.response, label="Next")
    assert stops[-1] in texts(page.response.components)
    done = await ana.click(page.response, label="Finish")

    assert len(stops) >= 3
    assert "Done" in texts(done.response.components)
    assert "Stop at once" in texts(done.response.components)
    again = await ana.click(done.response, label="Start again")
    assert texts(again.response.components) == texts(plan.response.components)
    assert club.channels["stretching"].history(viewer=club.people["ben"]) == []


@pytest.mark.parametrize("minutes", [1, 5, 15])
async def test_the_stretch_nearest_to_the_minutes_is_chosen(club: DemoClub, minutes: int) -> None:
    every = [plan for plan in LIBRARY.routines.values() if plan.kind is RoutineKind.STRETCH]
    for_hips = [plan for plan in every if "hip" in plan.areas and plan.moment is not RoutineMoment.BEFORE_RUN]
    after_run = [plan for plan in every if not plan.areas and plan.moment is RoutineMoment.AFTER_RUN]

    hip = shown(await stretch(club, area="hip", minutes=minutes))
    asked = await stretch(club, minutes=minutes)
    whole = shown(await club.people["ana"].click(asked.response, label="After a run"))

    for plan, plans in ((hip, for_hips), (whole, after_run)):
        assert abs(plan.minutes - minutes) == min(abs(other.minutes - minutes) for other in plans)


async def test_another_routine_is_one_press_away(club: DemoClub) -> None:
    ana = club.people["ana"]
    plan = await stretch(club, area="hip")
    other = next(label for label in labels(plan.response.components) if label.endswith("min"))

    opened = await ana.click(plan.response, label=other)

    assert opened.ephemeral
    assert texts(opened.response.components).startswith(f"## {other.rsplit(',', 1)[0]}")


@pytest.mark.parametrize("area", ["knee", "hip"])
async def test_a_routine_for_two_places_comes_with_the_caution_of_either(club: DemoClub, area: str) -> None:
    ana = await agreed(club, "ana")
    plan = await stretch(club, area="knee")
    await open_finding(club, area)

    opened = await ana.click(plan.response, label="Gentle knee strength on the floor, 6 min")

    assert LIBRARY.routines["knee_floor_gentle"].areas == ("knee", "hip")
    assert "So be seen before you run or train" in texts(opened.response.components).partition("Gentle knee")[0]


async def test_stretches_of_a_place_that_stands_at_red_are_held_back_from_that_person_alone(club: DemoClub) -> None:
    await agreed(club, "ana")
    await open_finding(club, "calf")

    held, others = await stretch(club, area="calf"), await stretch(club, "ben", area="calf")
    elsewhere = await stretch(club, area="neck")

    assert "on hold" in texts(held.response.components)
    assert labels(held.response.components) == ["Check my symptoms"]
    assert shown(others).areas == ("calf",)
    assert shown(elsewhere).areas == ("neck",)


async def test_for_a_headache_the_warning_signs_come_first(club: DemoClub) -> None:
    answer = await stretch(club, area="neck_headache")

    assert "Start" not in labels(answer.response.components)


def test_routines_use_only_what_is_safe_unasked() -> None:
    plans = [plan for plan in LIBRARY.routines.values() if "neck_headache" not in plan.areas]

    assert all(LIBRARY.exercises[step.exercise].unscreened_ok for plan in plans for step in plan.steps)
