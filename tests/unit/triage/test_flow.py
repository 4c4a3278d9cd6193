"""The screens of the check: whatever the order of answers, they come to what the engine says of all of them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.disposition import Disposition
from bot.advice.model.sign import is_number
from bot.triage import flow
from bot.triage.answers import Answer, Answers, Session
from bot.triage.assessment import assess
from bot.triage.flow import Screen
from bot.triage.questionnaire import RISKS, Questionnaire, Rule, ids_of, questionnaire
from tests.support.checking import people, play, steps
from tests.support.content import shipped
from tests.support.examples import examples

LIBRARY = shipped().base.library
GROUPS = [group.id for group in LIBRARY.triage.core]

many = examples(200, soak=10_000)


@many
@given(people(LIBRARY), st.permutations(GROUPS), st.booleans())
def test_the_screens_come_to_what_the_engine_says_of_the_complete_answers(
    person: Answers, order: list[str], every_group: bool
) -> None:
    played = flow.judge(LIBRARY, play(LIBRARY, person, order, every_group=every_group))

    assert played.disposition is assess(LIBRARY, person).disposition


@many
@given(people(LIBRARY), st.permutations(GROUPS), st.permutations(GROUPS))
def test_the_order_of_answers_changes_nothing(person: Answers, one: list[str], other: list[str]) -> None:
    first, second = (flow.judge(LIBRARY, play(LIBRARY, person, order)) for order in (one, other))

    assert first.disposition is second.disposition


@many
@given(people(LIBRARY), st.permutations(GROUPS))
def test_a_place_that_is_named_late_comes_to_the_same(person: Answers, order: list[str]) -> None:
    nowhere, session = replace(person, areas=()), Session()
    list(steps(LIBRARY, session, nowhere, order))
    if flow.judge(LIBRARY, session).at_least.worse_than(Disposition.MODIFY):
        return  # it ends there, and no place is asked

    session.at(person.areas[0])
    list(steps(LIBRARY, session, person, order))

    assert flow.judge(LIBRARY, session).disposition is assess(LIBRARY, person).disposition


@pytest.mark.parametrize(
    ("place", "facts", "disposition"),
    [
        ("foot", ("fever", "bone_spot", "crept", "walk_free", "cancer"), Disposition.URGENT),
        (
            "neck_headache",
            ("hot_dizzy", "cooling_helped", "aura_known", "head_sight", "head_known", "pregnant"),
            Disposition.EMERGENCY,
        ),
        (
            "neck_headache",
            ("hot_dizzy", "cooling_helped", "aura_known", "head_sight", "head_known", "blood_thinners"),
            Disposition.EMERGENCY,
        ),
        ("ankle", ("fever", "bone_spot", "crept", "walk_free", "bone_risk"), Disposition.CLINICIAN),
    ],
)
def test_a_risk_that_only_matters_at_a_place_is_asked_once_that_is_named(
    place: str, facts: tuple[str, ...], disposition: Disposition
) -> None:
    person = Answers((place,), dict.fromkeys(facts, Answer.YES), Answer.NO, pain=2, age=20)
    session = Session()
    list(steps(LIBRARY, session, replace(person, areas=())))
    session.at(place)
    list(steps(LIBRARY, session, person))

    assert flow.judge(LIBRARY, session).disposition is disposition


@many
@given(people(LIBRARY), st.data())
def test_a_graver_answer_never_makes_the_result_milder(person: Answers, data: st.DataObject) -> None:
    asked = questionnaire(LIBRARY, person.areas)
    question = data.draw(st.sampled_from([q for q in (*asked.core, *asked.own, asked.risks) if q.many]))
    fact = data.draw(st.sampled_from([choice.id for choice in question.answers if not isinstance(choice, str)]))
    graver = Answers(person.areas, {**person.facts, fact: Answer.YES}, Answer.NO, person.pain, person.age)
    before, after = assess(LIBRARY, person), assess(LIBRARY, graver)

    assert not before.at_least.worse_than(after.at_least), fact


@many
@given(people(LIBRARY))
def test_who_cannot_take_four_steps_is_seen_today_at_least(person: Answers) -> None:
    asked = questionnaire(LIBRARY, person.areas)
    if "no_steps" not in asked.asked:
        return
    walk = {"walk_free": Answer.NO, "limp": Answer.NO, "no_steps": Answer.YES}
    lame = Answers(person.areas, {**person.facts, **walk}, None, person.pain, person.age)

    assert assess(LIBRARY, lame).at_least.rank <= Disposition.URGENT.rank


def test_every_place_on_a_leg_asks_how_somebody_walks() -> None:
    legs = set(LIBRARY.areas) - {"neck", "neck_headache"}

    assert {area for area in legs if "no_steps" not in questionnaire(LIBRARY, (area,)).asked} == set()


def test_every_sign_is_reached_by_answers_a_person_can_give() -> None:
    unreached = []
    for area in LIBRARY.areas:
        asked = questionnaire(LIBRARY, (area,))
        reachable = {rule.id for rule in asked.rules if any(_can_be_said(asked, facts) for facts in rule.when)}
        unreached += [f"{area}: {rule.id}" for rule in asked.rules if rule.id not in reachable and _is_own(rule, area)]

    assert unreached == []


def _is_own(rule: Rule, area: str) -> bool:
    """Of a general sign not every place can say everything, such as how somebody walks with a headache."""
    page = LIBRARY.areas[area]
    return rule.flag.id in {*(flag.id for flag in (*page.red_flags, *page.patterns)), *page.also}


def _can_be_said(asked: Questionnaire, facts: frozenset[str]) -> bool:
    """No two answers of a question that takes one, and nothing that nobody asks."""
    single = [q for q in asked.questions if not q.many]
    once = all(len(facts & {choice.id for choice in question.answers}) <= 1 for question in single)
    numbers = {fact for fact in facts if is_number(fact)}
    return once and facts <= asked.asked | numbers


def test_a_late_press_changes_nothing() -> None:
    session = Session("knee")
    flow.none_or_done(LIBRARY, session, flow.CORE)
    step = flow.next_step(LIBRARY, session)

    flow.none_or_done(LIBRARY, session, flow.CORE)
    flow.mark(LIBRARY, session, "chest", "chest_pain")

    assert flow.next_step(LIBRARY, session) == step


def test_back_undoes_the_last_answer() -> None:
    session = Session("knee")
    first = flow.next_step(LIBRARY, session)
    flow.open_group(LIBRARY, session, "chest")
    flow.mark(LIBRARY, session, "chest", "wheeze")
    flow.none_or_done(LIBRARY, session, "chest")

    for _ in range(3):
        session.back()

    assert flow.next_step(LIBRARY, session) == first
    session.back()
    assert flow.next_step(LIBRARY, session) == first


def test_not_sure_on_the_first_screen_opens_every_group() -> None:
    session = Session("hip")
    flow.not_sure(LIBRARY, session, flow.CORE)
    opened = []
    while (step := flow.next_step(LIBRARY, session)).id in GROUPS:
        opened.append(step.id)
        flow.none_or_done(LIBRARY, session, step.id)

    assert opened == GROUPS
    assert step.screen is not Screen.CORE


def test_age_is_asked_only_where_an_age_can_still_matter() -> None:
    """`under_eating` is no age."""
    asked = questionnaire(LIBRARY, ("ankle",))
    session = play(LIBRARY, replace(NOTHING, areas=("ankle",)))

    assert any(fact.startswith("under_") and not is_number(fact) for rule in asked.rules for fact in rule.facts)
    assert "age" not in session.progress.passed


NOTHING = Answers(("ankle",), {"walk_free": Answer.YES, "crept": Answer.YES, "elsewhere": Answer.YES}, Answer.NO, 1, 30)


def test_many_risks_are_asked_on_two_screens_and_each_of_them_once() -> None:
    facts = ("shoots", "walk_free", "effort", "bone_spot", "spot_walks_free", "weeks_6", "same")
    session = play(LIBRARY, Answers(("calf",), dict.fromkeys(facts, Answer.YES), Answer.NO, pain=3, age=0))

    steps = [flow.next_step(LIBRARY, replace(session, progress=each)) for each in session.earlier]
    screens = [ids_of(step.question) for step in steps if step.question is not None and step.id == RISKS]
    assert [len(screen) for screen in screens] == [flow.RISKS_AT_ONCE, 4]
    assert len({*screens[0], *screens[1]}) == 12
    assert session.progress.asked_about == {*screens[0], *screens[1]} <= session.progress.facts.keys()
