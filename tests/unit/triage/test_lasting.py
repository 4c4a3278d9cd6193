"""What is carried over: the check asks less, and comes to what it would come to if it asked everything anew."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.check_length import mildest
from bot.triage import carry_over, flow
from bot.triage.answers import TRUE, Answer, Answers, Lasting, Session
from bot.triage.assessment import assess
from bot.triage.carry_over import CHANGED, LAST_TIME, SAME
from bot.triage.flow import CORE, Screen
from bot.triage.questionnaire import AGE, BEGAN, PAIN, RISKS, ids_of, questionnaire
from tests.support.checking import people, play, steps
from tests.support.content import shipped
from tests.support.examples import examples

LIBRARY = shipped().base.library
LEG = "knee"

many = examples(50, soak=5_000)


@st.composite
def days_of_one_person(draw: st.DrawFn) -> tuple[Answers, Answers]:
    """Somebody yesterday and today: age and conditions are the same, the rest is not."""
    yesterday, place = draw(people(LIBRARY)), draw(st.sampled_from(list(LIBRARY.areas)))
    risks = {risk.id for risk in LIBRARY.triage.risks}
    same = {fact: said for fact, said in yesterday.facts.items() if fact in risks}
    began = [question for question in questionnaire(LIBRARY, (place,)).own if question.id == BEGAN]
    if yesterday.areas == (place,):
        same |= {fact: yesterday.facts[fact] for question in began for fact in ids_of(question)}
    return yesterday, draw(people(LIBRARY, [place], same, yesterday.age))


def carried(person: Answers, place: str) -> Lasting:
    """What their check says for one of that place."""
    last = carry_over.lasting(LIBRARY, play(LIBRARY, person))
    return last if person.areas == (place,) else replace(last, began="")


@many
@given(days_of_one_person())
def test_said_again_it_comes_to_what_all_answers_anew_come_to(days: tuple[Answers, Answers]) -> None:
    """So what is carried over never lowers a result either."""
    yesterday, today = days
    anew = play(LIBRARY, today)
    again = play(LIBRARY, today, last=carried(yesterday, today.areas[0]))

    assert flow.judge(LIBRARY, again).disposition is flow.judge(LIBRARY, anew).disposition


@many
@given(people(LIBRARY))
def test_what_somebody_was_not_sure_of_or_nobody_asked_is_asked_anew(person: Answers) -> None:
    session, noes = Session(person.areas[0]), set()
    for step in steps(LIBRARY, session, person):
        if step.id == RISKS and step.question is not None:
            shown = set(ids_of(step.question))
            if all(session.progress.facts.get(risk) in TRUE for risk in shown if person.to(risk) in TRUE):
                noes |= shown  # they press on, and what they have not marked is a no
    last = carry_over.lasting(LIBRARY, session)
    offered = carry_over.offered(LIBRARY, Session(person.areas[0], last=last))

    assert set(offered.conditions.values()) <= {Answer.YES, Answer.NO}
    assert all(person.to(risk) is said for risk, said in last.conditions.items())
    assert {risk for risk, said in last.conditions.items() if said is Answer.NO} <= noes
    assert last.age == (person.age if AGE in session.progress.passed else None)


def fine(session: Session) -> list[str]:
    """The ids of what is asked of somebody who says no to everything and crept into it."""
    asked = []
    for _ in range(40):
        step = flow.next_step(LIBRARY, session)
        if step.screen is Screen.RESULT:
            return asked
        asked.append(step.id)
        if step.question is not None and not step.question.many:
            usual = {AGE: "age_20", PAIN: "level_1", BEGAN: "crept"}
            flow.mark(LIBRARY, session, step.id, usual.get(step.id) or mildest(LIBRARY, session, step))
        elif step.screen is Screen.LAST_TIME:
            flow.mark(LIBRARY, session, LAST_TIME, SAME)
        else:
            flow.none_or_done(LIBRARY, session, step.id)
    raise AssertionError("the check does not come to an end")


def test_the_core_is_asked_anew_and_the_rest_that_was_said_is_not() -> None:
    first = Session(LEG)
    before = fine(first)
    again = fine(Session(LEG, last=carry_over.lasting(LIBRARY, first)))

    assert before[:1] == [CORE]
    assert again[:2] == [CORE, LAST_TIME]
    assert {AGE, BEGAN, RISKS} <= set(before)
    assert not {AGE, BEGAN, RISKS} & set(again)


@pytest.mark.parametrize("group", [group.id for group in LIBRARY.triage.core])
def test_a_grave_answer_of_today_comes_before_last_time(group: str) -> None:
    session = Session(LEG, last=Lasting(20, {"diabetes": Answer.NO}, "crept"))

    flow.open_group(LIBRARY, session, group)

    assert flow.next_step(LIBRARY, session).id == group


def test_something_changed_asks_all_of_it() -> None:
    session = Session(LEG, last=Lasting(20, {"diabetes": Answer.NO}, "crept"))
    flow.none_or_done(LIBRARY, session, CORE)
    flow.mark(LIBRARY, session, LAST_TIME, CHANGED)

    assert {AGE, BEGAN, RISKS} <= set(fine(session))


def test_a_condition_that_makes_it_graver_still_does() -> None:
    """Cancer raises what may be a clot."""
    last = Lasting(40, {"cancer": Answer.YES}, "crept")
    results = []
    for said in (SAME, CHANGED):
        session = Session("calf", last=last)
        flow.none_or_done(LIBRARY, session, CORE)
        flow.mark(LIBRARY, session, LAST_TIME, said)
        results.append(session.answers().to("cancer"))

    assert results == [Answer.YES, None]
    sore = Answers(("calf",), {"crept": Answer.YES, "at_rest": Answer.YES, "muscle": Answer.YES}, Answer.NO, 2, 40)
    ill = replace(sore, facts={**sore.facts, "cancer": Answer.YES})
    assert assess(LIBRARY, ill).at_least.worse_than(assess(LIBRARY, sore).at_least)


def test_only_what_was_not_asked_before_is_asked_of_the_conditions() -> None:
    first = Session(LEG)
    fine(first)
    last = carry_over.lasting(LIBRARY, first)
    fewer = replace(last, conditions={"diabetes": Answer.NO})
    session = Session(LEG, last=fewer)
    flow.none_or_done(LIBRARY, session, CORE)
    flow.mark(LIBRARY, session, LAST_TIME, SAME)
    while (step := flow.next_step(LIBRARY, session)).id != RISKS:
        if step.question is not None and not step.question.many:
            flow.mark(LIBRARY, session, step.id, mildest(LIBRARY, session, step))
        else:
            flow.none_or_done(LIBRARY, session, step.id)

    assert step.question is not None
    assert "diabetes" not in ids_of(step.question)


def test_back_takes_it_back() -> None:
    session = Session(LEG, last=Lasting(20, {"diabetes": Answer.NO}, "crept"))
    flow.none_or_done(LIBRARY, session, CORE)
    flow.mark(LIBRARY, session, LAST_TIME, SAME)
    session.back()

    assert flow.next_step(LIBRARY, session).id == LAST_TIME
    assert session.progress.age is None
