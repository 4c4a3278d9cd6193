"""From answers to a disposition with reasons: red flags outrank all, nothing unanswered is a no."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.advice.disposition import Disposition
from bot.advice.library import Library
from bot.advice.model import Area, Cause, Pattern
from bot.advice.model.sign import BONE_OR_CLOT_DAYS, USUAL_DAYS
from bot.triage.answers import TRUE, Answer, Answers, Settled
from bot.triage.questionnaire import Questionnaire, Rule, questionnaire

CANNOT_WAIT = frozenset({Disposition.EMERGENCY, Disposition.URGENT})


@dataclass(frozen=True, slots=True)
class TriageReason:
    """What decided the outcome: the id of a rule, "pain", "ceiling" or "about.<risk>", in words, and why it matters."""

    id: str
    disposition: Disposition
    text: str
    why: str = ""
    unsure: bool = False  # the person was not sure of one of its facts
    no_running: bool = False  # for now, or until somebody has looked
    within_days: int = USUAL_DAYS  # in which a doctor or physio is to look, where that is the disposition
    alarm: str | None = None  # the alarm whose words are the whole result
    said: str = ""  # the answers that made a warning sign hold, as they stood on their buttons; nothing nobody said


@dataclass(frozen=True, slots=True)
class LikelyCause:
    """Something that often is behind it, with the clues that point to it; never a diagnosis."""

    area: str
    cause: Cause
    clues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """The outcome. The same answers and the same content always give the same one.

    `disposition` is None while a rule that cannot wait is open and nothing answered is `clinician` or worse: then
    the check goes on asking. It is never `modify` or `continue` in that state.
    """

    disposition: Disposition | None
    at_least: Disposition  # what the answers so far come to, also while it still asks
    soreness: bool  # all that holds is muscle soreness, which its number does not grade (second reading, R12)
    reasons: tuple[TriageReason, ...]
    unanswered: tuple[str, ...]  # warning signs that are still open
    causes: tuple[LikelyCause, ...]
    bone: bool  # a bone could be cracking: no running pain is acceptable, not even 1 of 10
    content: str  # the version of the content

    @property
    def within_days(self) -> int:
        """In how many days a doctor or physio is to look, where that is the disposition."""
        return min((reason.within_days for reason in self.reasons), default=USUAL_DAYS)

    @property
    def complete(self) -> bool:
        """Whether no warning sign is open."""
        return not self.unanswered


def assess(library: Library, answers: Answers) -> Assessment:
    """Weigh the answers. Raises KeyError for an area the content does not have."""
    asked = questionnaire(library, (*answers.areas, *_spoken_of(library, answers)))
    settled = asked.settle(answers)
    areas = [library.areas[area] for area in answers.areas]
    by_rule = {rule: rule.answer(settled) for rule in asked.rules}
    soreness = _only_soreness(by_rule)
    serious = any(rule.may_be_bone_or_clot and answer in TRUE for rule, answer in by_rule.items())
    pain = () if soreness else _of_pain(library, areas, answers.pain, BONE_OR_CLOT_DAYS if serious else USUAL_DAYS)
    reasons = [*_of_rules(asked, by_rule, settled), *pain]
    unanswered = tuple(rule.id for rule, answer in by_rule.items() if rule.is_warning and answer is None)
    outcome = min((reason.disposition for reason in reasons), key=lambda d: d.rank, default=Disposition.CONTINUE)
    deciding = [reason for reason in reasons if reason.disposition is outcome]
    if outcome is Disposition.CLINICIAN:  # the first one says why
        deciding.sort(key=lambda reason: reason.within_days)
    open_tiers = {rule.disposition for rule, answer in by_rule.items() if answer is None}
    waits = bool(open_tiers & CANNOT_WAIT) and not outcome.worse_than(Disposition.MODIFY)
    return Assessment(
        disposition=None if waits else outcome,
        at_least=outcome,
        soreness=soreness,
        reasons=() if waits else tuple({reason.id: reason for reason in deciding}.values()),
        unanswered=unanswered,
        causes=tuple(_causes(areas, by_rule, asked, settled)),
        bone=any(answer in TRUE for rule, answer in by_rule.items() if rule.bone),
        content=library.version,
    )


def _spoken_of(library: Library, answers: Answers) -> tuple[str, ...]:
    """Places whose facts are said though the check is about others: the worst wins, wherever it stands."""
    asked = questionnaire(library, answers.areas)
    elsewhere = {fact for fact, answer in answers.facts.items() if answer in TRUE} - asked.asked
    if not elsewhere:
        return ()
    return tuple(a for a in library.areas if a not in answers.areas and elsewhere & questionnaire(library, (a,)).asked)


def _of_rules(asked: Questionnaire, by_rule: Mapping[Rule, Answer | None], answers: Settled) -> Iterator[TriageReason]:
    for rule, answer in by_rule.items():
        if answer not in TRUE:
            continue
        raising, tier = asked.raising(rule, answers), asked.tier(rule, answers)
        answers_text = asked.answers_text(rule, answers) if rule.is_warning else ""
        unsure = answer is Answer.UNSURE
        days, alarm = asked.within_days(rule, answers), rule.alarm
        yield TriageReason(rule.id, tier, rule.short, rule.why, unsure, rule.no_running, days, alarm, answers_text)
        for risk in raising:
            yield TriageReason(f"about.{risk.id}", tier, risk.name, "", risk.id not in answers.yes, within_days=days)


def _only_soreness(by_rule: Mapping[Rule, Answer | None]) -> bool:
    holding = [rule.flag for rule, answer in by_rule.items() if answer in TRUE]
    return bool(holding) and all(isinstance(flag, Pattern) and flag.plain_soreness for flag in holding)


def _of_pain(library: Library, areas: Iterable[Area], pain: int | None, days: int) -> Iterator[TriageReason]:
    if pain is None:
        return
    for step in library.triage.pain:
        if pain >= step.from_pain:
            yield TriageReason("pain", step.disposition, step.reason, within_days=days)
            break
    if any(pain > area.can_run.ceiling for area in areas):
        yield TriageReason("ceiling", Disposition.MODIFY, library.triage.ceiling_reason)


def _causes(
    areas: Iterable[Area], by_rule: Mapping[Rule, Answer | None], asked: Questionnaire, answers: Settled
) -> Iterator[LikelyCause]:
    """Causes that a clue or a familiar picture points to, most pointed at first; without any, the area's own order."""
    holding = {rule.id for rule, answer in by_rule.items() if answer is Answer.YES}
    for area in areas:
        pointers = [(p.id, p.causes) for p in area.patterns if p.id in holding]
        pointers += [(c.id, c.causes) for c in area.clues if asked.holds(c.when, answers) is Answer.YES]
        pointing = _by_cause(pointers)
        ranked = sorted(area.causes, key=lambda cause: -len(pointing.get(cause.id, ())))
        wanted = [cause for cause in ranked if cause.id in pointing] or list(area.causes[:3])
        yield from (LikelyCause(area.id, cause, tuple(pointing.get(cause.id, ()))) for cause in wanted)


def _by_cause(pointers: Sequence[tuple[str, tuple[str, ...]]]) -> Mapping[str, list[str]]:
    pointing: dict[str, list[str]] = {}
    for pointer, causes in pointers:
        for cause in causes:
            pointing.setdefault(cause, []).append(pointer)
    return pointing
