"""What is carried over: age, conditions and how it began of the check before, once confirmed; the pain just logged."""

from collections.abc import Iterable

from bot.advice.library import Library
from bot.advice.model import Question
from bot.triage.answers import TRUE, Answer, Lasting, Progress, Session
from bot.triage.questionnaire import AGE, BEGAN, PAIN, RISKS, ids_of, questionnaire

LAST_TIME = "last_time"  # the id of the screen, as a question
SAME, CHANGED = "same", "changed"  # its answers


def begin(area: str, finding: str, logged: int | None = None) -> Session:
    """A new check. `area`: its id, or empty. `finding`: the id its result will have. `logged`: the pain, if known."""
    progress = Progress(pain=logged, passed=frozenset() if logged is None else frozenset({PAIN}))
    return Session(area, finding=finding, logged=logged, progress=progress)


def offered(library: Library, session: Session) -> Lasting:
    """What was said before and is asked in this check too; what they were not sure of is asked anew."""
    asked, last = questionnaire(library, session.areas), session.last
    bands = {band.from_age for band in library.triage.ages}
    risks = set(ids_of(asked.risks))
    sure = {risk: answer for risk, answer in last.conditions.items() if risk in risks and answer is not Answer.UNSURE}
    begins = any(question.id == BEGAN and last.began in ids_of(question) for question in asked.own)
    return Lasting(last.age if last.age in bands else None, sure, last.began if begins else "")


def answers_any(last: Lasting, due: Iterable[Question]) -> bool:
    """Whether it says something about a question that would be asked."""
    return any(
        (question.id == AGE and last.age is not None)
        or (question.id == BEGAN and bool(last.began))
        or (question.id == RISKS and bool(last.conditions.keys() & ids_of(question)))
        for question in due
    )


def decide(library: Library, session: Session, answer: str) -> None:
    """*Yes, still right* says it again, as if it was asked; with *Something changed* it is asked."""
    progress = session.progress
    if answer == CHANGED:
        session.step(passed=progress.passed | {LAST_TIME})
    if answer != SAME:
        return
    last = offered(library, session)
    passed, facts = {LAST_TIME}, dict(last.conditions)
    if last.age is not None:
        passed.add(AGE)
    if last.began:
        began = next(question for question in questionnaire(library, session.areas).own if question.id == BEGAN)
        facts |= {**dict.fromkeys(ids_of(began), Answer.NO), last.began: Answer.YES}
        passed.add(BEGAN)
    about = progress.asked_about | last.conditions.keys()
    session.step(age=last.age, facts={**facts, **progress.facts}, asked_about=about, passed=progress.passed | passed)


def lasting(library: Library, session: Session) -> Lasting:
    """What this check says for the next; nothing nobody answered."""
    progress, asked = session.progress, questionnaire(library, session.areas)
    answers = {risk: progress.facts[risk] for risk in ids_of(asked.risks) if risk in progress.facts}
    conditions = {risk: answer for risk, answer in answers.items() if answer in TRUE or risk in progress.asked_about}
    begins = [fact for question in asked.own if question.id == BEGAN for fact in ids_of(question)]
    began = next((fact for fact in begins if progress.facts.get(fact) is Answer.YES), "")
    return Lasting(progress.age, conditions, began)
