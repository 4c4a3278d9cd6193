"""The traffic light of a run, as far as the diary knows (clinical facts, section 3.2)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checkins.models import CheckIn, NewSign
from bot.checkins.runs import (
    Limits,
    RunDay,
    RunLight,
    RunReason,
    red_after_days_off,
    run_days,
    two_reds_in_a_row,
)
from tests.unit.checkins.diaries import BERLIN, MONDAY, entry, run

ROOMY = Limits(ceiling=5)
LIMP = frozenset({NewSign.LIMP})


def judged(*diary: CheckIn, limits: Limits = ROOMY) -> RunDay:
    (day, *_) = run_days(diary, "hip", BERLIN, limits)
    return day


def quiet(during: int = 2, **more) -> list[CheckIn]:
    """A day on which all is well but, perhaps, the run."""
    return [entry(0, "08:00", 1), run(0, "18:00", during, 1, **more), entry(1, "08:00", 1)]


def test_all_three_columns_known_and_well_are_green() -> None:
    assert judged(*quiet()) == RunDay(MONDAY, RunLight.GREEN, (), 2, 0)


@pytest.mark.parametrize(
    ("during", "ceiling", "light", "reasons"),
    [
        (0, 5, RunLight.GREEN, ()),
        (2, 5, RunLight.GREEN, ()),
        (3, 5, RunLight.AMBER, (RunReason.SOME_PAIN,)),
        (5, 5, RunLight.AMBER, (RunReason.SOME_PAIN,)),
        (6, 5, RunLight.RED, (RunReason.OVER_LIMIT,)),
        (3, 3, RunLight.AMBER, (RunReason.SOME_PAIN,)),
        (4, 3, RunLight.RED, (RunReason.OVER_CEILING,)),
        (2, 2, RunLight.GREEN, ()),
        (3, 2, RunLight.RED, (RunReason.OVER_CEILING,)),
        (0, 0, RunLight.GREEN, ()),
        (1, 0, RunLight.RED, (RunReason.OVER_CEILING,)),  # bone: no running pain at all
    ],
)
def test_while_running(during: int, ceiling: int, light: RunLight, reasons: tuple[RunReason, ...]) -> None:
    found = judged(*quiet(during), limits=Limits(ceiling=ceiling))

    assert (found.light, found.reasons) == (light, reasons)


@pytest.mark.parametrize(
    ("after", "light", "reason"),
    [
        ([run(0, "18:00", 2, 1)], RunLight.GREEN, None),
        ([run(0, "18:00", 2, 0)], RunLight.GREEN, None),
        ([run(0, "18:00", 2, 2)], RunLight.UNKNOWN, RunReason.EVENING_UNKNOWN),  # nobody asked again
        ([run(0, "18:00", 2, 2), entry(0, "19:00", 1)], RunLight.GREEN, None),  # within the hour
        ([run(0, "18:00", 2, 2), entry(0, "19:01", 1)], RunLight.AMBER, RunReason.SLOW),
        ([run(0, "18:00", 2, 2), entry(0, "19:30", 2), entry(0, "22:00", 1)], RunLight.AMBER, RunReason.SLOW),
        ([run(0, "18:00", 2, 1), entry(0, "19:30", 2), entry(0, "22:00", 1)], RunLight.AMBER, RunReason.SLOW),
        ([run(0, "18:00", 2, 2), entry(0, "19:59", 2)], RunLight.UNKNOWN, RunReason.EVENING_UNKNOWN),  # not yet bedtime
        ([run(0, "18:00", 2, 2), entry(0, "20:00", 2)], RunLight.RED, RunReason.LASTING),
        ([run(0, "18:00", 2, 1), entry(0, "22:00", 2)], RunLight.RED, RunReason.LASTING),  # it came late
        ([run(0, "21:30", 2, 2), entry(0, "22:00", 2)], RunLight.UNKNOWN, RunReason.EVENING_UNKNOWN),  # half an hour
        ([run(0, "21:30", 2, 2), entry(0, "22:45", 2)], RunLight.RED, RunReason.LASTING),
        (
            [run(0, "10:00", 2, 3), entry(0, "16:00", 3), run(0, "18:00", 2, 1)],
            RunLight.GREEN,
            None,
        ),  # after the last run
        ([run(0, "10:00", 2, 1), run(0, "18:00", 2, 2), entry(0, "20:00", 2)], RunLight.RED, RunReason.LASTING),
    ],
)
def test_the_same_evening(after: list[CheckIn], light: RunLight, reason: RunReason | None) -> None:
    found = judged(entry(0, "08:00", 1), *after, entry(1, "08:00", 1))

    assert (found.light, found.reasons) == (light, (reason,) if reason else ())


@pytest.mark.parametrize(
    ("before", "light"),
    [
        ([entry(0, "08:00", 1)], RunLight.GREEN),
        ([entry(-1, "21:00", 1), entry(-1, "08:00", 0)], RunLight.GREEN),  # where it began: the evening before
        ([entry(-1, "08:00", 1), run(-1, "18:00", 5, 5)], RunLight.GREEN),  # and not the pain right after a run
        ([entry(-2, "08:00", 1)], RunLight.UNKNOWN),  # too long ago
        ([], RunLight.UNKNOWN),
    ],
)
def test_back_to_start_needs_a_start(before: list[CheckIn], light: RunLight) -> None:
    days = run_days([*before, run(0, "18:00", 2, 1), entry(1, "08:00", 0)], "hip", BERLIN, ROOMY)

    assert days[-1].light is light


@pytest.mark.parametrize(
    ("morning", "light", "reasons"),
    [
        (0, RunLight.GREEN, ()),
        (1, RunLight.GREEN, ()),
        (2, RunLight.AMBER, (RunReason.MORNING_UP,)),
        (3, RunLight.RED, (RunReason.MORNING_JUMP,)),
    ],
)
def test_the_next_morning(morning: int, light: RunLight, reasons: tuple[RunReason, ...]) -> None:
    found = judged(entry(0, "08:00", 1), run(0, "18:00", 2, 1), entry(1, "08:00", morning))

    assert (found.light, found.reasons, found.rise) == (light, reasons, morning - 1)


def test_an_unknown_morning_is_never_green() -> None:
    found = judged(entry(0, "08:00", 1), run(0, "18:00", 0, 0))

    assert (found.light, found.reasons, found.rise) == (RunLight.UNKNOWN, (RunReason.MORNING_UNKNOWN,), None)


def test_what_is_known_to_be_amber_or_red_stays_so_beside_the_unknown() -> None:
    assert judged(run(0, "18:00", 4, 4)).light is RunLight.AMBER
    assert judged(run(0, "18:00", 6, 4)).light is RunLight.RED


@pytest.mark.parametrize(
    ("diary", "light"),
    [
        (quiet(new=LIMP), RunLight.RED),
        ([entry(0, "08:00", 1, new=LIMP), *quiet()[1:]], RunLight.RED),  # ran on it
        ([*quiet()[:2], entry(1, "08:00", 1, new=LIMP)], RunLight.RED),
        ([*quiet(), run(1, "18:00", 2, 1, new=LIMP)], RunLight.GREEN),  # the next run's doing
        ([*quiet(), entry(2, "08:00", 1, new=LIMP)], RunLight.GREEN),
    ],
)
def test_a_new_sign_about_a_run_makes_it_red(diary: list[CheckIn], light: RunLight) -> None:
    assert judged(*diary).light is light


def test_every_reason_for_the_light_is_named_and_no_other() -> None:
    found = judged(entry(0, "08:00", 1), run(0, "18:00", 7, 4, new=LIMP), entry(0, "22:00", 3), entry(1, "08:00", 5))

    assert found.reasons == (RunReason.OVER_LIMIT, RunReason.NEW_SIGN, RunReason.LASTING, RunReason.MORNING_JUMP)


def test_days_without_a_run_and_other_areas_are_no_run_days() -> None:
    diary = [entry(0, "08:00", 1), run(1, "18:00", 2, 1, area="knee")]

    assert run_days(diary, "hip", BERLIN, ROOMY) == ()
    assert [day.date for day in run_days(diary, "knee", BERLIN, ROOMY)] == [MONDAY + timedelta(days=1)]


def row(*lights: tuple[int, str]) -> list[RunDay]:
    """Run days from (day, first letter of the light)."""
    letters = {light.value[0]: light for light in RunLight}
    return [RunDay(MONDAY + timedelta(days=day), letters[letter], (), 0, None) for day, letter in lights]


@pytest.mark.parametrize(
    ("runs", "seen"),
    [
        ("", False),
        ("r", False),
        ("rr", True),
        ("rar", False),
        ("rgr", False),
        ("rur", True),  # what nobody knows breaks no row
        ("rru", True),
        ("rra", False),  # over
        ("arr", True),
        ("uu", False),
    ],
)
def test_two_reds_in_a_row(runs: str, seen: bool) -> None:
    assert two_reds_in_a_row(row(*enumerate(runs))) is seen


@pytest.mark.parametrize(
    ("runs", "seen"),
    [
        ([], False),
        ([(0, "r")], False),  # after nothing
        ([(0, "a"), (3, "r")], False),  # two days off
        ([(0, "a"), (4, "r")], True),  # three
        ([(0, "u"), (4, "r")], True),
        ([(0, "g"), (30, "r")], True),
        ([(0, "a"), (4, "r"), (5, "u")], True),
        ([(0, "a"), (4, "r"), (5, "g")], False),  # over
        ([(0, "a"), (2, "u"), (4, "r")], False),  # ran in between
        ([(0, "r"), (4, "a")], False),
    ],
)
def test_red_after_three_days_off(runs: list[tuple[int, str]], seen: bool) -> None:
    assert red_after_days_off(row(*runs)) is seen


pains = st.integers(0, 10)
optional = st.none() | pains


@given(pains, pains, optional, optional, optional, st.integers(0, 5))
def test_green_needs_all_three_and_more_pain_is_never_milder(during, after, before, evening, morning, ceiling) -> None:
    def light(during: int) -> RunLight:
        diary = [entry(0, "08:00", before)] if before is not None else []
        diary += [run(0, "18:00", during, after)]
        diary += [entry(0, "22:00", evening)] if evening is not None else []
        diary += [entry(1, "08:00", morning)] if morning is not None else []
        return judged(*diary, limits=Limits(ceiling=ceiling)).light

    order = list(RunLight)
    found = light(during)
    if found is RunLight.GREEN:
        assert before is not None
        assert morning is not None
        assert morning <= before
        assert during <= min(2, ceiling)
    assert order.index(light(min(10, during + 1))) <= order.index(found)
