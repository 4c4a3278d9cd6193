"""The rules that hold whatever else changes, over all shipped content."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.disposition import Disposition
from bot.triage.answers import Answer, Answers
from bot.triage.assessment import CANNOT_WAIT, Assessment, assess
from tests.support.content import shipped
from tests.support.examples import examples

LIBRARY = shipped().base.library
AREAS = sorted(LIBRARY.areas)
SIGNS = {area: [sign.id for sign in LIBRARY.signs(LIBRARY.areas[area])] for area in AREAS}
PATTERNS = {area: [pattern.id for pattern in LIBRARY.areas[area].patterns] for area in AREAS}
MODIFIERS = [modifier.id for modifier in LIBRARY.triage.modifiers]
MILD = {Disposition.MODIFY, Disposition.CONTINUE}

many = examples(200, soak=20_000)


@st.composite
def answered(draw: st.DrawFn) -> Answers:
    """A person with any answers, any of them missing."""
    area = draw(st.sampled_from(AREAS))
    asked = SIGNS[area] + PATTERNS[area]
    flags = draw(st.dictionaries(st.sampled_from(asked), st.sampled_from(Answer), max_size=6))
    return Answers(
        areas=(area,),
        flags=flags,
        default=draw(st.sampled_from([Answer.NO, Answer.NO, None, Answer.UNSURE])),
        pain=draw(st.none() | st.integers(0, 10)),
        clues=frozenset(draw(st.sets(st.sampled_from([clue.id for clue in LIBRARY.areas[area].clues]), max_size=3))),
        age=draw(st.none() | st.integers(5, 95)),
        about=frozenset(draw(st.sets(st.sampled_from(MODIFIERS), max_size=2))),
    )


def rank(assessment: Assessment) -> int:
    """Lower is worse; a check that still asks is no milder than `clinician`."""
    return Disposition.CLINICIAN.rank if assessment.disposition is None else assessment.disposition.rank


def judged(answers: Answers) -> Assessment:
    return assess(LIBRARY, answers)


@many
@given(answered())
def test_the_same_answers_give_the_same_outcome(answers: Answers) -> None:
    assert judged(answers) == judged(answers)


@many
@given(answered(), st.data())
def test_a_yes_to_a_warning_sign_never_lowers_the_outcome(answers: Answers, data: st.DataObject) -> None:
    sign = data.draw(st.sampled_from(SIGNS[answers.areas[0]]))
    before, after = judged(answers), judged(replace(answers, flags={**answers.flags, sign: Answer.YES}))

    if before.disposition is not None:
        assert rank(after) <= rank(before)


@many
@given(answered(), st.data())
def test_not_sure_counts_as_yes_for_what_cannot_wait(answers: Answers, data: st.DataObject) -> None:
    cannot_wait = [s.id for s in LIBRARY.signs(LIBRARY.areas[answers.areas[0]]) if s.disposition in CANNOT_WAIT]
    sign = data.draw(st.sampled_from(cannot_wait))

    unsure = judged(replace(answers, flags={**answers.flags, sign: Answer.UNSURE}))
    yes = judged(replace(answers, flags={**answers.flags, sign: Answer.YES}))

    assert unsure.disposition == yes.disposition


@many
@given(answered(), st.data())
def test_with_something_that_cannot_wait_unanswered_it_is_never_mild(answers: Answers, data: st.DataObject) -> None:
    signs = {s.id: s for s in LIBRARY.signs(LIBRARY.areas[answers.areas[0]])}
    bases = [name for name, sign in signs.items() if "." not in name and sign.disposition in CANNOT_WAIT]
    left_open = data.draw(st.sampled_from(bases))
    flags = {name: answer for name, answer in answers.flags.items() if name.partition(".")[0] != left_open}

    assessment = judged(replace(answers, flags=flags, default=None))

    assert assessment.disposition not in MILD
    assert left_open in assessment.unanswered
    assert not assessment.complete


@many
@given(answered(), st.integers(0, 10), st.integers(0, 10))
def test_more_pain_never_lowers_the_outcome(answers: Answers, one: int, other: int) -> None:
    less, more = sorted((one, other))

    assert rank(judged(replace(answers, pain=more))) <= rank(judged(replace(answers, pain=less)))
    assert rank(judged(replace(answers, pain=less))) <= rank(judged(replace(answers, pain=None)))


@many
@given(answered(), answered())
def test_the_worst_area_wins(one: Answers, other: Answers) -> None:
    both = replace(one, areas=tuple(dict.fromkeys(one.areas + other.areas)), flags={**other.flags, **one.flags})
    together, alone = judged(both), judged(one)

    if alone.disposition is not None:
        assert rank(together) <= rank(alone)


@many
@given(answered(), st.sampled_from(MODIFIERS))
def test_what_is_true_about_a_person_only_raises(answers: Answers, modifier: str) -> None:
    assert rank(judged(replace(answers, about=answers.about | {modifier}))) <= rank(judged(answers))


@many
@given(answered())
def test_every_outcome_names_what_decided_it(answers: Answers) -> None:
    assessment = judged(answers)

    if assessment.disposition not in {None, Disposition.CONTINUE}:
        assert assessment.reasons
    assert assessment.content == LIBRARY.version


@pytest.mark.parametrize("area", AREAS)
def test_every_single_warning_sign_alone_reaches_its_tier_whatever_the_pain(area: str) -> None:
    for sign in LIBRARY.signs(LIBRARY.areas[area]):
        for pain in (None, 0, 2, 10):
            assessment = judged(Answers((area,), {sign.id: Answer.YES}, Answer.NO, pain))
            assert assessment.disposition is not None
            assert assessment.disposition.rank <= sign.disposition.rank, sign.id
            if pain in {None, 0, 2}:
                assert sign.id in [reason.id for reason in assessment.reasons]


@pytest.mark.parametrize("area", AREAS)
def test_all_no_and_little_pain_means_carry_on(area: str) -> None:
    assessment = judged(Answers((area,), default=Answer.NO, pain=0))

    assert assessment.disposition is Disposition.CONTINUE
    assert assessment.complete
    assert assessment.causes


@pytest.mark.parametrize("area", AREAS)
def test_nothing_answered_asks(area: str) -> None:
    assert judged(Answers((area,))).disposition is None


def test_possible_bone_stress_allows_no_running_pain_at_all() -> None:
    assert judged(Answers(("hip",), {"H1": Answer.YES}, Answer.NO, 1)).bone
    assert not judged(Answers(("hip",), {}, Answer.NO, 1)).bone


def test_a_flag_of_another_area_counts_too() -> None:
    assert judged(Answers(("hip",), {"K6": Answer.YES}, Answer.NO, 0)).disposition is Disposition.EMERGENCY


def test_under_18_with_a_limp_is_urgent_and_without_weight_an_emergency() -> None:
    young = Answers(("knee",), {}, Answer.NO, 2, age=15, about=frozenset({"limp"}))

    assert judged(young).disposition is Disposition.URGENT
    assert judged(replace(young, about=frozenset({"no_weight"}))).disposition is Disposition.EMERGENCY
    assert judged(replace(young, age=30)).disposition is Disposition.CONTINUE


def test_clues_rank_the_causes_they_point_to() -> None:
    clue = LIBRARY.areas["hip"].clues[0]
    causes = judged(Answers(("hip",), {}, Answer.NO, 0, frozenset({clue.id}))).causes

    assert {cause.cause.id for cause in causes} == set(clue.causes)
    assert all(clue.id in cause.clues for cause in causes)
