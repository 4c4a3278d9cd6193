"""Which routine a club gets: safe for everybody, and not the one of yesterday."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.library import Library
from bot.reminders.posts import NOT_AGAIN, PostOptions, candidates, drawn
from tests.support.content import shipped

LIBRARY = shipped().base.library
OPTIONS = st.builds(
    PostOptions,
    areas=st.lists(st.sampled_from(sorted(LIBRARY.areas)), unique=True, max_size=4).map(tuple),
    minutes=st.none() | st.integers(1, 15),
)


@given(OPTIONS)
def test_only_what_is_safe_unasked_is_ever_posted(options: PostOptions) -> None:
    for plan in candidates(LIBRARY, options):
        assert all(LIBRARY.exercises[step.exercise].unscreened_ok for step in plan.steps)
        assert not any(LIBRARY.areas[area].screen_first for area in plan.areas)
        assert not options.areas or set(options.areas) & set(plan.areas)


def spoiled(library: Library, exercise: str) -> Library:
    """Somebody found out that an exercise is not safe for everybody."""
    changed = library.exercises[exercise].model_copy(update={"unscreened_ok": False})
    return replace(library, exercises={**library.exercises, exercise: changed})


def test_one_exercise_that_is_not_safe_takes_its_routine_out() -> None:
    whole = {plan.id for plan in candidates(LIBRARY, PostOptions())}
    for plan in candidates(LIBRARY, PostOptions(areas=("hip",))):
        for step in plan.steps:
            library = spoiled(LIBRARY, step.exercise)
            left = {one.id for one in candidates(library, PostOptions())}
            assert plan.id not in library.unscreened
            assert plan.id in whole - left


def test_a_place_that_is_screened_first_is_never_posted_about() -> None:
    screened = [area.id for area in LIBRARY.areas.values() if area.screen_first]
    assert screened
    assert candidates(LIBRARY, PostOptions(areas=tuple(screened))) == []
    hip = LIBRARY.areas["hip"].model_copy(update={"screen_first": True})
    library = replace(LIBRARY, areas={**LIBRARY.areas, "hip": hip})
    assert not [plan for plan in candidates(library, PostOptions()) if "hip" in plan.areas]


def test_without_a_choice_every_area_and_the_whole_body_take_turns() -> None:
    found = candidates(LIBRARY, PostOptions())
    named = {area for plan in found for area in plan.areas}
    assert named == {area.id for area in LIBRARY.areas.values() if not area.screen_first}
    assert {plan.id for plan in LIBRARY.routines_for(None)} <= {plan.id for plan in found}


@pytest.mark.parametrize("minutes", range(1, 16))
def test_minutes_are_the_most_and_when_all_take_longer_the_shortest_is_taken(minutes: int) -> None:
    hips = candidates(LIBRARY, PostOptions(areas=("hip",)))
    found = candidates(LIBRARY, PostOptions(areas=("hip",), minutes=minutes))
    shortest = min(plan.minutes for plan in hips)
    assert {plan.id for plan in found} == {plan.id for plan in hips if plan.minutes <= max(minutes, shortest)}
    assert found


@given(OPTIONS, st.integers(), st.integers(1, 40))
def test_none_comes_again_before_as_many_others_as_there_can_be(options: PostOptions, seed: int, posts: int) -> None:
    plans, chance = candidates(LIBRARY, options), Random(seed)  # noqa: S311
    latest: list[str] = []
    apart = min(NOT_AGAIN, len(plans) - 1)
    for _ in range(posts if plans else 0):
        plan = drawn(plans, latest, chance)
        assert plan in plans
        assert plan.id not in latest[:apart]
        latest.insert(0, plan.id)


def test_the_same_chance_draws_the_same() -> None:
    plans = candidates(LIBRARY, PostOptions())
    assert drawn(plans, [], Random(4)) == drawn(plans, [], Random(4))  # noqa: S311
    assert len({drawn(plans, [], Random(seed)).id for seed in range(60)}) > len(plans) // 2  # noqa: S311
