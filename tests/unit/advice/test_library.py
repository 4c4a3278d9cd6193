"""What is shown as a warning sign, in which order, and which routine somebody gets."""

import pytest

from bot.advice.disposition import Disposition
from bot.advice.model import RedFlag, RoutineKind, RoutineMoment
from bot.settings import CONTENT

AREAS = sorted(file.stem for file in (CONTENT / "en/areas").glob("*.yaml"))
WARNING = {Disposition.EMERGENCY, Disposition.URGENT, Disposition.CLINICIAN}


@pytest.fixture(params=AREAS)
def area(request, library):
    return library.areas[request.param]


def test_every_red_flag_is_among_the_signs_once_as_it_stands_and_as_it_gets_worse(library, area):
    asked = [(sign.flag.id, sign.id, sign.disposition, sign.short) for sign in library.signs(area)]
    own = (*area.red_flags, *map(library.flag, area.also), *library.general.red_flags)

    assert len(asked) == len(set(asked))
    for flag in own:
        if isinstance(flag, RedFlag):
            assert (flag.id, flag.id, flag.disposition, flag.short) in asked
        for at, worse in enumerate(flag.escalations, start=1):
            sign = (flag.id, f"{flag.id}.{at}", worse.disposition, worse.short)
            assert (sign in asked) == (worse.disposition in WARNING)


def test_what_turns_a_familiar_pattern_into_a_warning_is_a_sign_and_the_pattern_is_none(library, area):
    asked = {sign.id: sign.short for sign in library.signs(area)}

    for pattern in (*area.patterns, *library.general.patterns):
        assert pattern.id not in asked
        assert pattern.short not in asked.values()
        for at, worse in enumerate(pattern.escalations, start=1):
            assert (asked.get(f"{pattern.id}.{at}") == worse.short) == (worse.disposition in WARNING)


def test_signs_are_worst_first_and_never_mild(library, area):
    for signs in (library.signs(area), library.own_signs(area)):
        ranks = [sign.disposition.rank for sign in signs]
        assert ranks == sorted(ranks)
        assert {sign.disposition for sign in signs} <= WARNING


def test_the_areas_own_signs_come_before_the_general_ones_of_the_same_haste(library, area):
    general = {flag.id for flag in (*library.general.red_flags, *library.general.patterns)}

    for disposition in WARNING:
        from_general = [sign.flag.id in general for sign in library.signs(area) if sign.disposition is disposition]
        assert from_general == sorted(from_general)


def test_own_signs_are_all_signs_without_the_general_ones(library, area):
    general = {flag.id for flag in (*library.general.red_flags, *library.general.patterns)}

    assert library.own_signs(area) == [sign for sign in library.signs(area) if sign.flag.id not in general]


def test_an_escalation_to_mere_easing_off_is_no_warning_sign(library):
    mild = [
        f"{pattern.id}.{at}"
        for area in library.areas.values()
        for pattern in area.patterns
        for at, worse in enumerate(pattern.escalations, start=1)
        if worse.disposition is Disposition.MODIFY
    ]
    shown = {sign.id for area in library.areas.values() for sign in library.signs(area)}

    assert mild, "the content has no such pattern any more: make one up here"
    assert not shown & set(mild)


def test_a_flag_is_found_wherever_it_stands_and_an_unknown_one_is_a_key_error(library):
    assert library.flag("G1").id == "G1"
    assert library.flag("HD12").id == "HD12"
    with pytest.raises(KeyError):
        library.flag("X9")


def test_a_routine_is_the_one_nearest_to_the_minutes_asked_for(library, area):
    plans = library.routines_for(area)

    stretches = [plan for plan in plans if plan.kind is RoutineKind.STRETCH]
    offered = [plan for plan in stretches if plan.moment is not RoutineMoment.BEFORE_RUN] or plans
    assert plans[: len(stretches)] == stretches
    assert library.routine_for(area, None) == plans[0]
    for minutes in range(1, 16):
        nearest = min(abs(plan.minutes - minutes) for plan in offered)
        assert abs(library.routine_for(area, minutes).minutes - minutes) == nearest


def test_without_an_area_the_whole_body_is_stretched(library):
    assert not library.routine_for(None, 5).areas


def test_every_source_that_backs_a_page_is_listed_once_the_key_reading_first(library, area):
    cited = [source.id for source in library.cited_by(area)]

    assert tuple(cited[: len(area.sources)]) == area.sources
    assert len(cited) == len(set(cited))
    for piece in (*area.causes, *area.avoid, *area.red_flags, *area.can_run.notes, *area.see_someone):
        assert set(piece.sources) <= set(cited)
    for exercise in library.prescribed(area):
        assert set(exercise.sources) <= set(cited)


def test_an_areas_own_dose_wins_over_the_exercises(library, area):
    doses = {ref.id: ref.dose for ref in area.exercises}

    assert [exercise.id for exercise in library.prescribed(area)] == list(doses)
    for exercise in library.prescribed(area):
        assert exercise.dose == (doses[exercise.id] or library.exercises[exercise.id].dose)
