"""Which routine a club gets: safe for everybody, and not the one of yesterday."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.library import Library
from bot.advice.model import RoutineKind, RoutineMoment
from bot.reminders.posts import NOT_AGAIN, POST_MOMENTS, RUN_MOMENTS, SHAPE, PostOptions, candidates, drawn
from tests.support.content import shipped

LIBRARY = shipped().base.library
OPTIONS = st.builds(
    PostOptions,
    moments=st.lists(st.sampled_from(POST_MOMENTS), unique=True).map(tuple),
    minutes=st.none() | st.integers(1, 15),
)


@given(OPTIONS)
def test_only_what_is_safe_unasked_is_ever_posted(options: PostOptions) -> None:
    for plan in candidates(LIBRARY, options):
        assert all(LIBRARY.exercises[step.exercise].unscreened_ok for step in plan.steps)
        assert plan.kind is RoutineKind.STRETCH
        assert not plan.areas, "a routine for one sore place is not for everybody"
        assert plan.moment in (options.moments or RUN_MOMENTS)


def spoiled(library: Library, exercise: str) -> Library:
    """Somebody found out that an exercise is not safe for everybody."""
    changed = library.exercises[exercise].model_copy(update={"unscreened_ok": False})
    return replace(library, exercises={**library.exercises, exercise: changed})


def test_one_exercise_that_is_not_safe_takes_its_routine_out() -> None:
    whole = {plan.id for plan in candidates(LIBRARY, PostOptions())}
    for plan in candidates(LIBRARY, PostOptions(moments=(RoutineMoment.BEFORE_RUN,))):
        for step in plan.steps:
            library = spoiled(LIBRARY, step.exercise)
            left = {one.id for one in candidates(library, PostOptions())}
            assert plan.id not in library.unscreened
            assert plan.id in whole - left


def test_a_schedule_that_named_places_posts_before_and_after_a_run() -> None:
    """They were chosen until December 2026, and stand in the rows of those schedules."""
    old = SHAPE.validate_json('{"areas": ["hip", "achilles"], "minutes": 10, "role": null, "thread": true}')

    assert candidates(LIBRARY, old) == candidates(LIBRARY, PostOptions(minutes=10))
    assert old.thread


@pytest.mark.parametrize(("moment", "least"), [("before_run", 3), ("after_run", 4), ("desk", 2), ("bed", 2)])
def test_a_club_does_not_see_one_too_often(moment: str, least: int) -> None:
    assert len(candidates(LIBRARY, PostOptions(moments=(RoutineMoment(moment),)))) >= least


@pytest.mark.parametrize("minutes", range(1, 16))
def test_minutes_are_the_most_and_when_all_take_longer_the_shortest_is_taken(minutes: int) -> None:
    every = candidates(LIBRARY, PostOptions())
    found = candidates(LIBRARY, PostOptions(minutes=minutes))
    shortest = min(plan.minutes for plan in every)
    assert {plan.id for plan in found} == {plan.id for plan in every if plan.minutes <= max(minutes, shortest)}
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
