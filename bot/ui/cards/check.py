"""The screens of the symptom check, those about running too, and its results."""

import re
from collections.abc import Iterator

from discord import ui

from bot.advice.disposition import Disposition
from bot.advice.library import Library
from bot.advice.model import Area, Contradiction, Guidance, Question, RunQuestion
from bot.triage.answers import NOT_RUN, Answer, Session
from bot.triage.assessment import Assessment, TriageReason
from bot.triage.flow import DURING, PAINS, Screen, Step, judge, verdict
from bot.triage.questionnaire import choices, ids_of, questionnaire
from bot.ui.cards import unwell
from bot.ui.cards.area import general_stop
from bot.ui.cards.heights import Part
from bot.ui.cards.pages import ResultPages
from bot.ui.cards.parts import Block, Card, answer_rows, area_menu, box, bullets, button, row, small
from bot.ui.cards.running import last_time, light
from bot.ui.cards.style import AMBER, CALM, GOOD, PLAIN, PRIMARY, QUIET, STOP
from bot.ui.catalog import Catalog

CAUSES_SHOWN = 3
REASONS_SHOWN = 2
SENTENCE_END = re.compile(r"(?<=[.!?]) ")
COLOURS = {
    Disposition.EMERGENCY: STOP,
    Disposition.URGENT: STOP,
    Disposition.CLINICIAN: STOP,
    Disposition.CONTINUE: CALM,
}


def screen(library: Library, session: Session, step: Step, words: Catalog) -> Card:
    """The card of any screen, the result too; "be seen today" stands above every question that follows on it."""
    if step.screen is Screen.RESULT:
        return outcome_pages(library, session, words)[0]
    assessment = judge(library, session)
    urgent = [_urgent_so_far(assessment, words)] if assessment.at_least is Disposition.URGENT else []
    return Card(*urgent, box(PLAIN, *_blocks(library, session, step, words)))


def _blocks(library: Library, session: Session, step: Step, words: Catalog) -> Iterator[Block]:
    if step.contradiction is not None:
        yield from _contradiction(library, session, step.contradiction, words)
    elif step.run is not None:
        yield from _about_running(session, step.run, words)
    elif step.question is not None:
        yield from _question(session, step.question, words)
    elif step.screen is Screen.LAST_TIME:
        yield from last_time(library, session, words)
    elif step.screen is Screen.DURING:
        yield from _during(session, words)
    else:
        yield from _core(library, session, words)


def _core(library: Library, session: Session, words: Catalog) -> Iterator[Block]:
    """The first screen: the groups of what cannot wait."""
    asked, progress = questionnaire(library, session.areas), session.progress
    again = any(group.id in progress.passed for group in asked.core)
    place = library.areas.get(session.area)
    title = f"## {words('check-anything-else') if again else library.triage.ask.core}"
    known = [place.name] if place else []
    known += [words("check-logged", pain=session.logged)] if session.logged is not None else []
    yield "\n".join([title, *map(small, known)])
    groups = [group for group in asked.core if group.id not in progress.passed]
    yield from answer_rows(button(group.name, "check.group", session.id, group.id) for group in groups)
    none = words("check-nothing-else") if again else words("check-none")
    yield _navigation(session, Screen.CORE.value, words, none=none, unsure=not again)


def _question(session: Session, question: Question, words: Catalog) -> Iterator[Block]:
    progress = session.progress
    unsure = progress.unsure_of == question.id
    yield f"## {words('check-which-unsure') if unsure else question.ask}"
    marked = {choice.id: progress.facts.get(choice.id) for choice in choices(question)} if question.many else {}
    yield from answer_rows(
        _answer(session, question.id, choice.id, choice.text, marked.get(choice.id), words)
        for choice in choices(question)
    )
    any_marked = any(answer in {Answer.YES, Answer.UNSURE} for answer in marked.values())
    none = words("check-that-is-all") if any_marked else words("check-none")
    offer_unsure = (question.many or question.unsure is not None) and not unsure
    shown = none if question.many and not unsure else None
    yield _navigation(session, question.id, words, none=shown, unsure=offer_unsure)


def _answer(
    session: Session, question: str, answer: str, text: str, marked: Answer | None, words: Catalog
) -> ui.Button[Card]:
    """One that is pressed already takes itself back."""
    if marked is Answer.YES:
        return button(text, "check.clear", session.id, question, answer, style=PRIMARY)
    if marked is Answer.UNSURE:
        label = words("check-not-sure-about", answer=text)
        return button(label, "check.clear", session.id, question, answer, style=PRIMARY)
    return button(text, "check.mark", session.id, question, answer)


def _contradiction(library: Library, session: Session, pair: Contradiction, words: Catalog) -> Iterator[Block]:
    asked, facts = questionnaire(library, session.areas), (pair.graver, pair.milder)
    asks = {fact: question.ask for question in asked.questions for fact in ids_of(question)}
    answers = [f"{asks[fact]} **{asked.fact_texts[fact]}**" for fact in facts if fact in asks]
    yield f"## {words('check-contradiction')}\n{bullets(answers)}"
    yield from answer_rows(
        button(asked.fact_texts[fact], "check.mark", session.id, pair.graver, fact) for fact in facts
    )
    neither = button(words("check-both"), "check.mark", session.id, pair.graver, "both")
    yield row(neither, _back(session, words))


def _during(session: Session, words: Catalog) -> Iterator[Block]:
    yield f"## {words('run-during')}"
    yield from answer_rows(button(level, "check.mark", session.id, DURING, level) for level in PAINS)
    yield row(button(words("run-not-run"), "check.mark", session.id, DURING, NOT_RUN), _back(session, words))


def _about_running(session: Session, question: RunQuestion, words: Catalog) -> Iterator[Block]:
    chosen = session.progress.run.get(question.id, ())
    yield f"## {question.ask}"
    yield from answer_rows(
        _answer(session, question.id, answer.id, answer.text, Answer.YES if answer.id in chosen else None, words)
        for answer in question.answers
    )
    none = words("check-that-is-all") if chosen else words("check-none")
    yield _navigation(session, question.id, words, none=none, unsure=False)


def _navigation(
    session: Session, question: str, words: Catalog, *, none: str | None, unsure: bool
) -> ui.ActionRow[Card]:
    buttons = [button(none, "check.none", session.id, question, style=GOOD)] if none else []
    if unsure:
        buttons.append(button(words("check-unsure"), "check.unsure", session.id, question))
    if session.earlier or not buttons:
        buttons.append(_back(session, words))
    elif session.area:
        buttons.append(button(words("page-back"), "advice.turn", "pain", session.area, 0))
    return row(*buttons)


def _back(session: Session, words: Catalog) -> ui.Button[Card]:
    return button(words("check-back"), "check.back", session.id)


def _urgent_so_far(assessment: Assessment, words: Catalog) -> ui.Container[Card]:
    """An urgent answer shows its advice at once; a graver sign may be behind it."""
    reasons = [_reason_text(reason, words) for reason in assessment.reasons[:1]]
    title = words("light-urgent")
    return box(STOP, f"### {title}\n" + "\n".join([*reasons, words("check-urgent-so-far")]))


def _reason_text(reason: TriageReason, words: Catalog) -> str:
    """What decided it: the answers as they were given; of a milder picture its name."""
    if not reason.said:
        return words("result-name", reason=reason.text.removesuffix("."))
    return words("result-unsure" if reason.unsure else "result-said", said=reason.said)


def gone(library: Library, words: Catalog) -> Card:
    """The answers are no longer there: the stop signs, and a fresh start."""
    again = row(button(words("check-again"), "check.start", style=PRIMARY))
    return Card(general_stop(library, words), box(PLAIN, words("check-gone"), again))


def outcome_pages(library: Library, session: Session, words: Catalog) -> list[Card]:
    """Whether to run, where that was asked and no warning sign settles it; else what the check comes to. In pages."""
    assessment = judge(library, session)
    stopped = assessment.disposition is None or assessment.disposition.worse_than(Disposition.MODIFY)
    area = library.areas.get(session.area)
    if area is None and not stopped:
        return [_where_then(library, session, words)]
    if session.running and not stopped and area is not None:
        return light(library, area, verdict(library, area, session), session, words)
    return result(library, area, assessment, session.id, words, running=session.running)


def _where_then(library: Library, session: Session, words: Catalog) -> Card:
    """Nothing that cannot wait, and no place yet: which one, or who to ask."""
    places = area_menu(library, "check.place", words, session.id)
    return Card(box(PLAIN, f"## {words('check-where')}", places), *unwell.otherwise(library, words))


def result(
    library: Library, area: Area | None, assessment: Assessment, session: str, words: Catalog, *, running: bool = False
) -> list[Card]:
    """What decided it, what to do, what would make it worse; then the rest, on pages of its own.

    `running`: the question was whether to run. Without an area nothing is said about places.
    """
    outcome = assessment.disposition
    if outcome is None:
        raise ValueError("the screens ask until no warning sign is open")
    if (crisis := next((reason.alarm for reason in assessment.reasons if reason.alarm), None)) is not None:
        return [_crisis(library, crisis, words)]
    guidance = library.guidance[outcome]
    parts = [*_because(assessment, words), *_plan(guidance, assessment, area, words, running=running)]
    parts += [Part(guidance.safety_net)]
    if assessment.causes and outcome in {Disposition.CLINICIAN, Disposition.MODIFY}:
        names = [cause.cause.name for cause in assessment.causes[:CAUSES_SHOWN]]
        parts.append(Part(f"**{words('result-often')}** {', '.join(names)}.", rank=3))
    foot = words("result-foot", content=assessment.content)
    title, colour = words(f"light-{outcome}"), COLOURS.get(outcome, AMBER)
    return ResultPages(colour, title, session, _next(area, outcome, words), foot).pages(parts, words)


def _because(assessment: Assessment, words: Catalog) -> Iterator[Part]:
    """The reasons in one sentence each, the first with why it matters, at least its first sentence.

    Two signs of the same answers are told once.
    """
    distinct: dict[str, TriageReason] = {}
    for reason in assessment.reasons:
        distinct.setdefault(reason.said or reason.text, reason)
    for at, reason in enumerate([*distinct.values()][:REASONS_SHOWN]):
        yield Part(f"**{_reason_text(reason, words)}**", rank=2 if at else 0)
        if reason.why and not at:
            held_back = assessment.disposition is not Disposition.CONTINUE
            yield Part(reason.why, rank=1, shorter=SENTENCE_END.split(reason.why, maxsplit=1)[0] if held_back else "")


def _plan(
    guidance: Guidance, assessment: Assessment, area: Area | None, words: Catalog, *, running: bool
) -> Iterator[Part]:
    """What it means for running, then the steps; the first cannot be left out."""
    rest = any(reason.no_running for reason in assessment.reasons)
    plan = guidance.running
    if rest and guidance.disposition is Disposition.MODIFY:
        plan = words("result-no-running")
    if rest and guidance.disposition is Disposition.CLINICIAN:
        plan = words("result-not-until-seen")
    if assessment.bone:
        plan = f"**{words('result-bone')}**"
    rank = 2 if guidance.disposition is Disposition.EMERGENCY else 0
    yield Part(f"**{words('run-no')}** {plan}" if running else plan, rank)
    runs = guidance.disposition is Disposition.MODIFY and not rest
    limit = [words("run-limit", ceiling=area.can_run.ceiling)] if runs and area is not None else []
    steps = guidance.steps_within(assessment.within_days)
    yield from (Part(f"- {step}", rank=min(at, 3)) for at, step in enumerate([*limit, *steps]))


def _next(area: Area | None, disposition: Disposition, words: Catalog) -> list[ui.Button[Card]]:
    again = button(words("check-again"), "check.start", style=QUIET)
    if area is None or disposition.worse_than(Disposition.MODIFY):
        return [again]
    exercises = button(words("result-exercises"), "advice.beside", "exercises", area.id, 0, style=GOOD)
    return [exercises, button(words("card-run"), "run.begin", area.id), again]


def _crisis(library: Library, alarm: str, words: Catalog) -> Card:
    """The contacts of that alarm at once, and whom to call; nothing else (clinical facts 1.2, rule 16)."""
    says = [entry.say for entry in library.alarms if entry.id == alarm]
    steps = library.guidance[Disposition.EMERGENCY].steps[:3]
    return Card(box(STOP, f"## {words('result-crisis')}", *says, bullets(steps)))
