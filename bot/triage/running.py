"""*Can I run?*: from answers about a run to red, amber or green (clinical facts, sections 3.2 and 3.3)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.advice.disposition import Disposition
from bot.advice.library import Library
from bot.advice.model import Area, Light, RunAnswer, RunQuestion
from bot.triage.assessment import Assessment


@dataclass(frozen=True, slots=True)
class RunAnswers:
    """What somebody said about running with it; what is not in it was not answered."""

    rest: int | None = None  # pain at rest, 0-10
    during: int | None = None  # pain on the last run, 0-10
    has_run: bool | None = None  # False: not since it hurts, so there is no last run to ask about
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)  # answers, by question; maybe none of them
    diary: tuple[tuple[Light, str], ...] = ()  # what the diary says of the last run, in words
    again: bool = False  # the diary says that it keeps going wrong


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether to run today. `light` is None while a question is open and nothing answered makes it red."""

    light: Light | None
    reasons: tuple[str, ...]  # why, in the words of the content; only those of the deciding light
    unanswered: tuple[str, ...]  # ids of questions, and "rest" or "during"
    see_someone: bool  # red again and again: a doctor or physio within days
    assessment: Assessment
    not_run: bool = False  # they have not run with it yet, so there is no last run to repeat


def questions(library: Library, area: Area, *, has_run: bool | None) -> list[RunQuestion]:
    """What is asked about running with this area; without a last run only what is asked of today."""
    running = library.running
    asked = (*(() if has_run is False else running.last_run), *running.today)
    return [_offered(question, area) for question in asked]


def _offered(question: RunQuestion, area: Area) -> RunQuestion:
    """Without hops where they could do harm."""
    answers = tuple(answer for answer in question.answers if area.can_run.hops or not answer.hops)
    return question.model_copy(update={"answers": answers})


def may_run(library: Library, area: Area, assessment: Assessment, answers: RunAnswers) -> Verdict:
    """Weigh everything; the worst light wins, and an open question is never green.

    A warning sign, possible bone stress or an unanswered emergency sign settles it before anything about running is
    looked at. All of the gate must be a yes, and any no is red.
    """
    lights = list(_lights(library, area, assessment, answers))
    unanswered = tuple(_open(library, area, answers))
    worst = min((light for light, _, _ in lights), key=list(Light).index, default=Light.GREEN)
    reasons = tuple(dict.fromkeys(reason for light, reason, _ in lights if light is worst and reason))
    stopped = assessment.disposition is None or assessment.disposition.worse_than(Disposition.MODIFY)
    if (unanswered or assessment.disposition is None) and worst is not Light.RED:
        return Verdict(None, (), unanswered, see_someone=False, assessment=assessment)
    again = worst is Light.RED and (answers.again or any(see for _, _, see in lights))
    not_run = answers.has_run is False
    return Verdict(worst, reasons, unanswered, see_someone=again or stopped, assessment=assessment, not_run=not_run)


def _lights(
    library: Library, area: Area, assessment: Assessment, answers: RunAnswers
) -> Iterator[tuple[Light, str | None, bool]]:
    """Every answer as a light, its reason, and whether it asks for somebody's help when it is red."""
    yield from _of_assessment(assessment)
    yield from _of_numbers(library, area, answers)
    yield from ((light, text, False) for light, text in answers.diary)
    for question in questions(library, area, has_run=answers.has_run):
        for answer in _answers(question, answers):
            sore = answer.sore and area.can_run.painless_walk
            yield Light.RED if sore else answer.light, answer.reason, answer.see_someone


def _answers(question: RunQuestion, answers: RunAnswers) -> Sequence[RunAnswer]:
    chosen = answers.chosen.get(question.id, frozenset())
    return [answer for answer in question.answers if answer.id in chosen]


def _of_assessment(assessment: Assessment) -> Iterator[tuple[Light, str | None, bool]]:
    outcome = assessment.disposition
    if assessment.bone or (outcome is not None and outcome.worse_than(Disposition.MODIFY)):
        yield from ((Light.RED, reason.text, False) for reason in assessment.reasons)
        yield Light.RED, None, False
        return
    for reason in assessment.reasons if outcome is Disposition.MODIFY else ():
        if reason.id == "ceiling" or reason.no_running:
            yield Light.RED, reason.text, False


def _of_numbers(library: Library, area: Area, answers: RunAnswers) -> Iterator[tuple[Light, str | None, bool]]:
    limits = library.running.limits
    if answers.rest is not None and answers.rest > limits.rest:
        yield Light.RED, _with_pain(limits.rest_reason, answers.rest), False
    if answers.has_run is False:
        yield Light.AMBER, limits.not_run_reason, False
    if answers.during is None:
        return
    if answers.during > limits.amber:
        yield Light.RED, _with_pain(limits.red_reason, answers.during), False
    elif answers.during > area.can_run.ceiling:
        yield Light.RED, _with_pain(limits.ceiling_reason, answers.during), False
    elif answers.during > limits.green:
        yield Light.AMBER, _with_pain(limits.amber_reason, answers.during), False
    else:
        yield Light.GREEN, _with_pain(limits.green_reason, answers.during), False


def _with_pain(reason: str, pain: int) -> str:
    """The reason with the number that was said."""
    return reason.replace("{pain}", str(pain))


def _open(library: Library, area: Area, answers: RunAnswers) -> Iterator[str]:
    if answers.rest is None:
        yield "rest"
    if answers.during is None and answers.has_run is not False:
        yield "during"
    for question in questions(library, area, has_run=answers.has_run):
        if question.id not in answers.chosen:
            yield question.id
