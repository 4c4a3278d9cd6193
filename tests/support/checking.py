"""Somebody who goes through the symptom check: everything that is true of them, and the presses that say so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations
from types import MappingProxyType

from hypothesis import strategies as st

from bot.advice.library import Library
from bot.advice.model import Question
from bot.triage import flow
from bot.triage.answers import NOTHING_LASTS, TRUE, Answer, Answers, Lasting, Session
from bot.triage.carry_over import LAST_TIME, SAME
from bot.triage.flow import Screen, Step
from bot.triage.questionnaire import AGE, PAIN, Questionnaire, ids_of, questionnaire

TRUE_ANSWERS = (Answer.YES, Answer.UNSURE)
Said = dict[str, Answer]


@st.composite
def people(
    draw: st.DrawFn,
    library: Library,
    areas: Sequence[str] | None = None,
    same: Mapping[str, Answer] = MappingProxyType({}),
    age: int | None = None,
) -> Answers:
    """Somebody with one place that hurts, who can answer everything that is asked of them; half say no to the core.

    `same`, `age`: what they say in any case.
    """
    area = draw(st.sampled_from(list(areas or library.areas)))
    asked = questionnaire(library, (area,))
    ages = [band.from_age for band in library.triage.ages]
    person = Answers((area,), {}, None, draw(st.integers(0, 10)), draw(st.sampled_from(ages)) if age is None else age)
    well = draw(st.booleans())
    for question, said in _said(library, area):
        calm = well and question in asked.core
        due = not calm and (not question.only_if or asked.holds(question.only_if, asked.settle(person)) in TRUE)
        facts = draw(said) if due else dict.fromkeys(ids_of(question), Answer.NO)
        kept = {fact: same[fact] for fact in facts if fact in same}
        person = replace(person, facts={**person.facts, **facts, **kept})
    return person


@cache
def _said(library: Library, area: str) -> list[tuple[Question, st.SearchStrategy[Said]]]:
    """What can be said to each question; made once, for to make a strategy takes longer than to draw from it."""
    asked = questionnaire(library, (area,))
    questions = (*asked.core, *asked.follow_ups, asked.risks, *asked.own)
    return [(question, st.sampled_from(list(_ways_to_answer(question)))) for question in questions]


def _ways_to_answer(question: Question) -> Iterator[Said]:
    """Of a question with many answers none is true most of the time, else one or two; each as likely as the others."""
    facts = ids_of(question)
    none = dict.fromkeys(facts, Answer.NO)
    if not question.many:
        yield from ({**none, fact: Answer.YES} for fact in facts)
        if question.unsure:
            yield {**none, question.unsure: Answer.UNSURE}
        return
    one = [(fact, answer) for fact in facts for answer in TRUE_ANSWERS]
    two = [pair for pair in combinations(one, 2) if pair[0][0] != pair[1][0]]
    yield from [none] * (2 * len(two) + len(one))
    yield from [{**none, fact: answer} for fact, answer in one] * (1 + len(two) // len(one))
    yield from ({**none, **dict(pair)} for pair in two)


def play(
    library: Library,
    person: Answers,
    groups: Sequence[str] = (),
    *,
    every_group: bool = False,
    last: Lasting = NOTHING_LASTS,
) -> Session:
    """Their whole check, by presses alone; `groups`: the order in which they open those of the first screen.

    What they said `last` time still is right.
    """
    session = Session(person.areas[0] if person.areas else "", last=last)
    if every_group:
        flow.not_sure(library, session, flow.CORE)
    for _step in steps(library, session, person, groups):
        pass
    return session


def steps(library: Library, session: Session, person: Answers, groups: Sequence[str] = ()) -> Iterator[Step]:
    """Each screen that they are shown, before they press on it."""
    order = [*groups, *(group.id for group in library.triage.core)]
    for _ in range(300):
        step = flow.next_step(library, session)
        if step.screen is Screen.RESULT:
            return
        yield step
        _press(library, session, step, person, order)
    raise AssertionError("the check does not come to an end")


def _press(library: Library, session: Session, step: Step, person: Answers, order: Sequence[str]) -> None:
    asked = questionnaire(library, session.areas)
    if step.screen is Screen.CORE:
        _open(library, session, asked, person, order)
    elif step.contradiction is not None:
        flow.mark(library, session, step.id, "both")
    elif step.screen is Screen.LAST_TIME:
        flow.mark(library, session, LAST_TIME, SAME)
    elif step.id == AGE:
        flow.mark(library, session, AGE, f"age_{person.age}")
    elif step.id == PAIN:
        flow.mark(library, session, PAIN, f"level_{person.pain}")
    elif step.question is not None:
        _answer(library, session, step.question, person)


def _open(library: Library, session: Session, asked: Questionnaire, person: Answers, order: Sequence[str]) -> None:
    facts = {group.id: ids_of(group) for group in asked.core if group.id not in session.progress.passed}
    for group in order:
        if any(person.to(fact) in TRUE for fact in facts.get(group, ())):
            flow.open_group(library, session, group)
            return
    flow.none_or_done(library, session, flow.CORE)


def _answer(library: Library, session: Session, question: Question, person: Answers) -> None:
    """One press; a question with many answers is come back to until all of them are said."""
    said = session.progress.facts
    for fact in ids_of(question):
        if said.get(fact) is person.to(fact) or person.to(fact) not in TRUE:
            continue
        if person.to(fact) is Answer.UNSURE and session.progress.unsure_of != question.id:
            flow.not_sure(library, session, question.id)
        else:
            flow.mark(library, session, question.id, fact)
        return
    flow.none_or_done(library, session, question.id)
