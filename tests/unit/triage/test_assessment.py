"""The rules that hold whatever else changes, over all shipped content."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.disposition import Disposition
from bot.advice.model.sign import is_number
from bot.triage.answers import TRUE, Answer, Answers
from bot.triage.assessment import Assessment, assess
from bot.triage.questionnaire import Rule, ids_of, questionnaire
from tests.support.checking import people
from tests.support.content import shipped
from tests.support.examples import examples

LIBRARY = shipped().base.library
AREAS = sorted(LIBRARY.areas)
RISKS = [risk.id for risk in LIBRARY.triage.risks]
MILD = {Disposition.MODIFY, Disposition.CONTINUE}

many = examples(200, soak=20_000)


def judged(answers: Answers) -> Assessment:
    return assess(LIBRARY, answers)


def saying(area: str, *facts: str, pain: int = 1, age: int = 30, answer: Answer = Answer.YES) -> Assessment:
    """Everything else is answered with no."""
    return judged(Answers((area,), dict.fromkeys(facts, answer), Answer.NO, pain, age))


def warnings(area: str) -> list[Rule]:
    return [rule for rule in questionnaire(LIBRARY, (area,)).rules if rule.is_warning]


@many
@given(people(LIBRARY))
def test_the_same_answers_give_the_same_outcome(person: Answers) -> None:
    assert judged(person) == judged(person)


@many
@given(people(LIBRARY), st.data())
def test_not_sure_counts_as_yes_about_a_warning_sign(person: Answers, data: st.DataObject) -> None:
    rule = data.draw(st.sampled_from(warnings(person.areas[0])))
    facts = data.draw(st.sampled_from(rule.when))
    sure, unsure = (
        judged(replace(person, facts={**person.facts, **dict.fromkeys(facts, answer)}))
        for answer in (Answer.YES, Answer.UNSURE)
    )

    assert not sure.at_least.worse_than(unsure.at_least)


@many
@given(people(LIBRARY), st.data())
def test_with_something_that_cannot_wait_open_it_is_never_mild(person: Answers, data: st.DataObject) -> None:
    asked = questionnaire(LIBRARY, person.areas)
    group = data.draw(st.sampled_from(asked.core))
    left = {choice.id for choice in group.answers if not isinstance(choice, str)}
    assessment = judged(replace(person, facts={fact: a for fact, a in person.facts.items() if fact not in left}))

    assert assessment.disposition not in MILD
    assert not assessment.complete


@many
@given(people(LIBRARY), st.integers(0, 10), st.integers(0, 10))
def test_more_pain_never_lowers_the_outcome(person: Answers, one: int, other: int) -> None:
    less, more = (judged(replace(person, pain=pain)) for pain in sorted((one, other)))

    assert not less.at_least.worse_than(more.at_least)


@many
@given(people(LIBRARY), people(LIBRARY))
def test_the_worst_place_wins(one: Answers, other: Answers) -> None:
    said = {fact: answer for fact, answer in one.facts.items() if answer in TRUE}
    asked = questionnaire(LIBRARY, (*one.areas, *other.areas)).questions
    told = {fact for question in asked if said.keys() & ids_of(question) for fact in ids_of(question)}  # answered once
    facts = {**{fact: answer for fact, answer in other.facts.items() if fact not in told}, **said}
    together = judged(Answers((*one.areas, *other.areas), facts, Answer.NO, one.pain, one.age))

    for alone in (judged(one),):
        if alone.at_least.worse_than(Disposition.CLINICIAN):
            assert not alone.at_least.worse_than(together.at_least)


@many
@given(people(LIBRARY), st.sampled_from(RISKS))
def test_what_is_true_about_a_person_only_raises(person: Answers, risk: str) -> None:
    with_it = judged(replace(person, facts={**person.facts, risk: Answer.YES}))
    without = judged(replace(person, facts={**person.facts, risk: Answer.NO}))

    assert not without.at_least.worse_than(with_it.at_least)


@pytest.mark.parametrize("risk", RISKS)
def test_a_risk_alone_never_makes_an_emergency(risk: str) -> None:
    assert {area for area in AREAS if saying(area, risk).disposition is Disposition.EMERGENCY} == set()


@pytest.mark.parametrize("risk", RISKS)
def test_a_risk_alone_raises_nothing_at_a_knee_but_what_asks_for_a_doctor_by_itself(risk: str) -> None:
    by_itself = {"periods_gone", "under_eating"}

    assert (saying("knee", risk).disposition is Disposition.CONTINUE) is (risk not in by_itself)


@many
@given(people(LIBRARY))
def test_every_outcome_names_what_decided_it_and_the_gravest_says_why(person: Answers) -> None:
    assessment = judged(person)

    if assessment.disposition is not Disposition.CONTINUE:
        assert assessment.reasons
    if assessment.disposition is Disposition.EMERGENCY:
        assert assessment.reasons[0].why
    assert assessment.content == LIBRARY.version


@many
@given(people(LIBRARY))
def test_what_somebody_was_sure_of_is_never_told_as_not_sure_nor_the_other_way(person: Answers) -> None:
    asked = questionnaire(LIBRARY, person.areas)
    settled = asked.settle(person)
    given_by_id = {rule.id: rule.answer(settled) for rule in asked.rules}

    for reason in judged(person).reasons:
        if reason.id in given_by_id:
            assert reason.unsure is (given_by_id[reason.id] is Answer.UNSURE)


@many
@given(people(LIBRARY))
def test_nothing_is_told_as_said_that_nobody_said(person: Answers) -> None:
    asked = questionnaire(LIBRARY, person.areas)
    texts = {asked.fact_texts[fact] for fact, answer in person.facts.items() if answer in TRUE}

    for reason in judged(person).reasons:
        assert set(filter(None, reason.said.split(" · "))) <= texts


@pytest.mark.parametrize("area", AREAS)
def test_every_way_to_a_sign_reaches_its_tier_whatever_the_pain(area: str) -> None:
    asked = questionnaire(LIBRARY, (area,))
    for rule in warnings(area):
        for facts in rule.when:
            ages = [int(fact.rpartition("_")[2]) - fact.startswith("under") for fact in facts if _about_age(fact)]
            age = next(iter(ages), 30)
            said = [fact for fact in facts if not is_number(fact)]
            if not set(said) <= asked.asked:
                continue  # of the general signs, what this place does not ask
            least = max(
                [int(fact.removeprefix("pain_")) for fact in facts if fact.startswith("pain_") and is_number(fact)]
                or [0]
            )
            for pain in (least, 10):
                result = saying(area, *said, pain=pain, age=age)
                assert result.at_least.rank <= rule.disposition.rank, (rule.id, facts)


def _about_age(fact: str) -> bool:
    return is_number(fact) and not fact.startswith("pain_")


@pytest.mark.parametrize("area", AREAS)
def test_all_no_and_little_pain_means_carry_on(area: str) -> None:
    assessment = saying(area, pain=0)

    assert assessment.disposition is Disposition.CONTINUE
    assert assessment.complete
    assert assessment.causes


@pytest.mark.parametrize("area", AREAS)
def test_nothing_answered_asks(area: str) -> None:
    assert judged(Answers((area,))).disposition is None


def test_possible_bone_stress_allows_no_running_pain_at_all() -> None:
    bone = next(rule for rule in warnings("hip") if rule.bone)

    assert saying("hip", *bone.when[0]).bone
    assert not saying("hip").bone


def test_a_fact_of_another_place_counts_too() -> None:
    knee = {fact for rule in warnings("knee") for facts in rule.when for fact in facts}
    elsewhere = knee - questionnaire(LIBRARY, ("neck",)).asked
    grave = next(
        facts
        for rule in warnings("knee")
        for facts in rule.when
        if rule.disposition.worse_than(Disposition.CLINICIAN) and facts & elsewhere and not any(map(_about_age, facts))
    )

    assert saying("neck", *grave).at_least.worse_than(Disposition.CLINICIAN)


def test_who_cannot_take_four_steps_is_seen_today_at_any_age() -> None:
    for area in ("hip", "knee", "ankle", "foot", "low_back"):
        for age in (12, 18, 34, 70):
            assert saying(area, "no_steps", pain=2, age=age).at_least.rank <= Disposition.URGENT.rank


def test_under_18_with_a_limp_is_urgent_and_without_weight_an_emergency() -> None:
    assert saying("knee", "limp", pain=2, age=15).disposition is Disposition.URGENT
    assert saying("knee", "no_steps", pain=2, age=15).disposition is Disposition.EMERGENCY


def test_a_fall_and_no_four_steps_is_an_emergency_at_the_hip_and_for_today_at_the_ankle() -> None:
    assert saying("hip", "fall", "no_steps", pain=3, age=38).disposition is Disposition.EMERGENCY
    assert saying("ankle", "fall", "no_steps", pain=3, age=38).disposition is Disposition.URGENT


@pytest.mark.parametrize("area", AREAS)
def test_clues_rank_the_causes_they_point_to(area: str) -> None:
    for clue in LIBRARY.areas[area].clues:
        facts = next(iter(questionnaire(LIBRARY, (area,)).expand(clue.when)))
        causes = saying(area, *(fact for fact in facts if not _about_age(fact))).causes
        assert set(clue.causes) <= {cause.cause.id for cause in causes}, clue.id
