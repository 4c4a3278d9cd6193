"""The order of a symptom check's screens: it takes one press and names the screen to show next. Pure."""

from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.advice.disposition import Disposition
from bot.advice.library import Library
from bot.advice.model import Area, Contradiction, Light, Question, RunQuestion
from bot.advice.model.sign import is_number
from bot.triage import carry_over
from bot.triage.answers import NOT_RUN, TRUE, Answer, Answers, Progress, Session, Settled
from bot.triage.assessment import Assessment, assess
from bot.triage.carry_over import LAST_TIME
from bot.triage.questionnaire import AGE, ONE_STEP_WORSE, PAIN, RISKS, Questionnaire, choices, ids_of, questionnaire
from bot.triage.running import RunAnswers, Verdict, may_run, questions

CORE = "core"  # the id of the first screen, as a question
DURING = "during"  # the id of the question how much it hurt on the last run
PAINS = tuple(str(level) for level in range(11))
RISKS_AT_ONCE = 8  # on one screen


class Screen(StrEnum):
    """The kind of what to show next."""

    CORE = "core"  # the groups
    LAST_TIME = "last_time"  # whether what was said before is still right
    QUESTION = "question"
    CONTRADICTION = "contradiction"
    DURING = "during"
    RUN = "run"  # a question about running
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class Step:
    """What to show next; exactly one of the other fields is set where the screen is about one."""

    screen: Screen
    question: Question | None = None
    contradiction: Contradiction | None = None
    run: RunQuestion | None = None

    @property
    def id(self) -> str:
        """Of what is asked; a press names it, so that a late one changes nothing."""
        if self.contradiction is not None:
            return self.contradiction.graver
        question = self.question or self.run
        return question.id if question is not None else self.screen.value


def judge(library: Library, session: Session) -> Assessment:
    """What the answers given so far come to."""
    return assess(library, _answers(library, session))


def _answers(library: Library, session: Session) -> Answers:
    """With what the questions about running say about today: who limps says so there too."""
    answers, progress = session.answers(), session.progress
    run_questions = (*library.running.last_run, *library.running.today)
    passed = [question for question in run_questions if question.id in progress.passed]
    chosen = [answer for q in passed for answer in q.answers if answer.id in progress.run.get(q.id, ())]
    return replace(answers, facts={**answers.facts, **{answer.fact: Answer.YES for answer in chosen if answer.fact}})


def next_step(library: Library, session: Session) -> Step:
    """The screen that the answers so far lead to."""
    return next(_steps(library, session), Step(Screen.RESULT))


def _steps(library: Library, session: Session) -> Iterator[Step]:
    asked, progress = questionnaire(library, session.areas), session.progress
    assessment = judge(library, session)
    # soreness alone keeps every question open
    tier = Disposition.CONTINUE if assessment.soreness else assessment.at_least
    if tier is Disposition.EMERGENCY:
        return
    answers = asked.settle(_answers(library, session))
    yield from (Step(Screen.QUESTION, q) for q in asked.follow_ups if _is_due(asked, q, answers, progress))
    yield from _core(asked, progress)
    yield from _contradictions(library, answers, progress)
    due = list(_due(library, session, answers, tier))
    if LAST_TIME not in progress.passed and carry_over.answers_any(carry_over.offered(library, session), due):
        yield Step(Screen.LAST_TIME)
    for question in due:
        shown = {"answers": question.answers[:RISKS_AT_ONCE]} if question.id == RISKS else {}
        yield Step(Screen.QUESTION, question.model_copy(update=shown))
    if session.running and not tier.worse_than(Disposition.MODIFY):
        yield from _run_steps(library, session)


def _core(asked: Questionnaire, progress: Progress) -> Iterator[Step]:
    if CORE in progress.passed:
        return
    groups = [group for group in asked.core if group.id not in progress.passed]
    opened = [group for group in groups if group.id == progress.opened or progress.every_group]
    yield Step(Screen.QUESTION, opened[0]) if opened else Step(Screen.CORE)


def _contradictions(library: Library, answers: Settled, progress: Progress) -> Iterator[Step]:
    for pair in library.triage.contradictions:
        if {pair.graver, pair.milder} <= answers.true and pair.graver not in progress.unresolved:
            yield Step(Screen.CONTRADICTION, contradiction=pair)


def _after_core(asked: Questionnaire, session: Session, tier: Disposition) -> tuple[Question, ...]:
    """What hurts comes before who it hurts: then most of what is asked about a person can no longer matter.

    Without a place, a person with nothing to tell is asked where it hurts first.
    """
    if not session.area and tier is Disposition.CONTINUE:
        return ()
    return (*asked.own, asked.age, asked.risks, *((asked.pain,) if session.area else ()))


def _due(library: Library, session: Session, answers: Settled, tier: Disposition) -> Iterator[Question]:
    """The questions after the core that can still make the result worse than `tier`."""
    asked = questionnaire(library, session.areas)
    facts = asked.open_facts(answers, tier)
    for question in _after_core(asked, session, tier):
        if _is_due(asked, question, answers, session.progress):
            narrowed = _narrowed(library, session, question, answers, tier, facts)
            if narrowed is not None:
                yield narrowed


def _is_due(asked: Questionnaire, question: Question, answers: Settled, progress: Progress) -> bool:
    """Whether something of a question is open, and what it follows on is true."""
    if question.id in progress.passed or (not question.many and progress.facts.keys() >= set(ids_of(question))):
        return False
    return not question.only_if or asked.holds(question.only_if, answers) in TRUE


def _narrowed(
    library: Library, session: Session, question: Question, answers: Settled, tier: Disposition, facts: Set[str]
) -> Question | None:
    """The question with the risks that can still matter; None when no answer of it can exceed `tier`.

    `facts` are those that a graver rule still looks at.
    """
    if question.id == PAIN:
        return question if Disposition.CLINICIAN.worse_than(tier) or any(map(_is_pain, facts)) else None
    if question.id == AGE:
        return question if any(is_number(fact) and not _is_pain(fact) for fact in facts) else None
    if question.id == RISKS:
        asked = questionnaire(library, session.areas)
        wanted = (facts | _raising(asked, answers, tier)) - session.progress.asked_about
        left = tuple(choice for choice in choices(question) if choice.id in wanted)
        return question.model_copy(update={"answers": left}) if left else None
    return None if facts.isdisjoint(ids_of(question)) else question


def _is_pain(fact: str) -> bool:
    return is_number(fact) and fact.startswith("pain_")


def _raising(asked: Questionnaire, answers: Settled, tier: Disposition) -> set[str]:
    """The risks that can raise a rule which holds or still may, to something worse than `tier`."""
    raised = [rule for rule in asked.rules if rule.raised_by and ONE_STEP_WORSE[rule.disposition].worse_than(tier)]
    return {risk.id for rule in raised if rule.answer(answers) is not Answer.NO for risk in rule.raised_by}


def open_group(library: Library, session: Session, group: str) -> None:
    """A group of the first screen is opened."""
    asked = questionnaire(library, session.areas)
    if next_step(library, session).screen is Screen.CORE and group in {entry.id for entry in asked.core}:
        session.step(opened=group)


def mark(library: Library, session: Session, question: str, fact: str, *, on: bool = True) -> None:
    """An answer is pressed, or taken back. One that is not on the screen changes nothing."""
    step = next_step(library, session)
    if step.id != question:
        return
    if step.run is not None:
        _mark_run(session, step.run, fact, on=on)
    elif step.screen is Screen.DURING and fact in {NOT_RUN, *PAINS}:
        session.step(during=fact)
    elif step.screen is Screen.LAST_TIME:
        carry_over.decide(library, session, fact)
    elif step.contradiction is not None:
        _resolve(library, session, step.contradiction, fact)
    elif step.question is not None and fact in ids_of(step.question):
        _mark(session, step.question, fact, on=on)


def _mark(session: Session, question: Question, fact: str, *, on: bool) -> None:
    progress = session.progress
    number = fact.rpartition("_")[2]
    if question.id == AGE:
        session.step(age=int(number), passed=progress.passed | {AGE})
    elif question.id == PAIN:
        session.step(pain=int(number), passed=progress.passed | {PAIN})
    elif question.many:
        answer = Answer.UNSURE if progress.unsure_of == question.id else Answer.YES
        facts = {**progress.facts, fact: answer} if on else {k: v for k, v in progress.facts.items() if k != fact}
        session.step(facts=facts, unsure_of="")
    else:
        facts = {**progress.facts, **dict.fromkeys(ids_of(question), Answer.NO), fact: Answer.YES}
        session.step(facts=facts, passed=progress.passed | {question.id})


def none_or_done(library: Library, session: Session, question: str) -> None:
    """*None of these*, or *That is all*: what is not marked is a no, and the check goes on."""
    step, progress = next_step(library, session), session.progress
    if step.id != question:
        return
    asked = questionnaire(library, session.areas)
    if step.screen is Screen.CORE:
        nothing = {fact: Answer.NO for group in asked.core for fact in ids_of(group)}
        session.step(facts={**nothing, **progress.facts}, passed=progress.passed | {CORE})
    elif step.run is not None:
        session.step(run={step.run.id: (), **progress.run}, passed=progress.passed | {step.run.id})
    elif step.question is not None and step.question.id == RISKS:
        shown = set(
            ids_of(step.question)
        )  # those never shown stay open: a place, or an answer, may still make them matter
        facts = {**dict.fromkeys(shown, Answer.NO), **progress.facts}
        session.step(facts=facts, unsure_of="", asked_about=progress.asked_about | shown)
    elif step.question is not None and step.question.many:
        passed = progress.passed | {question}
        if progress.every_group and {group.id for group in asked.core} <= passed:
            passed |= {CORE}  # it was the last group
        facts = {**dict.fromkeys(ids_of(step.question), Answer.NO), **progress.facts}
        session.step(facts=facts, passed=passed, opened="", unsure_of="")


def not_sure(library: Library, session: Session, question: str) -> None:
    """*Not sure*: on the first screen every group is asked; else the next answer is the one they are not sure of."""
    step, progress = next_step(library, session), session.progress
    if step.id != question:
        return
    if step.screen is Screen.CORE:
        session.step(every_group=True)
    elif step.question is not None and step.question.many:
        session.step(unsure_of=question)
    elif step.question is not None and step.question.unsure is not None:
        nothing = dict.fromkeys(ids_of(step.question), Answer.NO)
        facts = {**progress.facts, **nothing, step.question.unsure: Answer.UNSURE}
        session.step(facts=facts, passed=progress.passed | {question})


def _resolve(library: Library, session: Session, pair: Contradiction, fact: str) -> None:
    """Which of the two is right; anything else leaves both, and the graver one counts."""
    progress = session.progress
    if fact == pair.graver:
        session.step(facts={**progress.facts, pair.milder: Answer.NO})
    elif fact == pair.milder:
        run_questions = (*library.running.last_run, *library.running.today)
        wrong = {answer.id for question in run_questions for answer in question.answers if answer.fact == pair.graver}
        run = {name: tuple(id_ for id_ in answers if id_ not in wrong) for name, answers in progress.run.items()}
        session.step(facts={**progress.facts, pair.graver: Answer.NO}, run=run)
    else:
        session.step(unresolved=progress.unresolved | {pair.graver})


def _mark_run(session: Session, question: RunQuestion, answer: str, *, on: bool) -> None:
    progress = session.progress
    if answer not in {entry.id for entry in question.answers}:
        return
    if question.many:
        chosen = [entry for entry in progress.run.get(question.id, ()) if entry != answer]
        session.step(run={**progress.run, question.id: (*chosen, answer) if on else tuple(chosen)})
    else:
        session.step(run={**progress.run, question.id: (answer,)}, passed=progress.passed | {question.id})


def _run_steps(library: Library, session: Session) -> Iterator[Step]:
    """The last run, then today; nothing once it is red."""
    progress, area = session.progress, library.areas[session.area]
    if verdict(library, area, session).light is Light.RED:
        return
    if progress.during is None:
        yield Step(Screen.DURING)
    asked = questions(library, area, has_run=_has_run(session))
    yield from (Step(Screen.RUN, run=question) for question in asked if question.id not in progress.passed)


def verdict(library: Library, area: Area, session: Session) -> Verdict:
    """What the answers given so far say about running today."""
    progress = session.progress
    during = int(progress.during) if progress.during in PAINS else None
    done = {question: frozenset(answers) for question, answers in progress.run.items() if question in progress.passed}
    run_answers = RunAnswers(progress.pain, during, _has_run(session), done, session.diary, session.again)
    return may_run(library, area, judge(library, session), run_answers)


def _has_run(session: Session) -> bool | None:
    return None if session.progress.during is None else session.progress.during != NOT_RUN
