"""From answers to a disposition with reasons: red flags outrank all, nothing unanswered is a no."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.advice.disposition import Disposition
from bot.advice.library import Library
from bot.advice.model import Area, Cause, Clue, Modifier, Pattern, RedFlag
from bot.triage.answers import Answer, Answers

CANNOT_WAIT = frozenset({Disposition.EMERGENCY, Disposition.URGENT})


@dataclass(frozen=True, slots=True)
class Reason:
    """One answer that decided the outcome: the id of a sign, "pain", "ceiling" or "about.<modifier>", and its words."""

    id: str
    disposition: Disposition
    text: str


@dataclass(frozen=True, slots=True)
class LikelyCause:
    """Something that often is behind it, with the clues that point to it; never a diagnosis."""

    area: str
    cause: Cause
    clues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """The outcome. The same answers and the same content always give the same one.

    `disposition` is None while a question that cannot wait is unanswered and nothing answered is `clinician` or
    worse: then the check goes on asking. It is never `modify` or `continue` in that state.
    """

    disposition: Disposition | None
    reasons: tuple[Reason, ...]
    unanswered: tuple[str, ...]  # warning signs nobody answered
    causes: tuple[LikelyCause, ...]
    bone: bool  # a bone could be cracking: no running pain is acceptable, not even 1 of 10
    content: str  # the version of the content

    @property
    def complete(self) -> bool:
        """Whether every warning sign was answered."""
        return not self.unanswered


@dataclass(frozen=True, slots=True)
class _Question:
    """One sign as the engine asks it: an escalation matters only while its flag was not denied."""

    id: str
    flag: RedFlag | Pattern
    disposition: Disposition
    text: str
    bone: bool
    age_from: int | None = None

    @property
    def is_warning(self) -> bool:
        return self.disposition.worse_than(Disposition.MODIFY)

    def answer(self, answers: Answers) -> Answer | None:
        """An escalation nobody asked about is a no when its flag is a no; by age, it is what its flag is."""
        given = answers.to(self.id)
        if self.age_from is not None and answers.age is not None and answers.age >= self.age_from:
            flag = answers.to(self.flag.id)
            return flag if flag in {Answer.YES, Answer.UNSURE} else given
        if given is None and self.id != self.flag.id and answers.to(self.flag.id) is Answer.NO:
            return Answer.NO
        return given

    def weight(self, answers: Answers) -> Disposition | None:
        """What the answer asks for; None for nothing."""
        answer = self.answer(answers)
        # where a bone could be cracking, not sure is the higher of two plausible tiers: rule 8
        if answer is Answer.YES or (answer is Answer.UNSURE and (self.bone or self.disposition in CANNOT_WAIT)):
            return self.disposition
        return Disposition.MODIFY if answer is Answer.UNSURE and self.is_warning else None


def assess(library: Library, answers: Answers) -> Assessment:
    """Weigh the answers. Raises KeyError for an area or flag the content does not have."""
    areas = [library.areas[area] for area in answers.areas]
    asked = _questions(library, answers.areas, frozenset())
    known = {question.flag.id for question in asked}
    others = frozenset(sign.partition(".")[0] for sign in answers.flags) - known
    questions = _questions(library, answers.areas, others) if others else asked
    reasons = [*_of_flags(questions, answers), *_of_pain(library, areas, answers)]
    unanswered = tuple(q.id for q in questions if q.is_warning and q.answer(answers) is None)
    worst = min((reason.disposition for reason in reasons), key=lambda d: d.rank, default=Disposition.CONTINUE)
    deciding = [reason for reason in reasons if reason.disposition is worst]
    raising = list(_modifiers(library, areas, answers))
    outcome = _raised(worst, raising, answers.areas)
    deciding += [Reason(f"about.{m.id}", outcome, m.name) for m in raising if outcome is not worst]
    open_questions = {q.disposition for q in questions if q.id in unanswered}
    if open_questions & CANNOT_WAIT and not outcome.worse_than(Disposition.MODIFY):
        disposition, deciding = None, []
    else:
        disposition = outcome
    bone = any(q.weight(answers) is not None for q in questions if q.bone)
    causes = tuple(_causes(areas, answers))
    return Assessment(disposition, tuple(deciding), unanswered, causes, bone, library.version)


@lru_cache(maxsize=256)
def _questions(library: Library, areas: tuple[str, ...], others: frozenset[str]) -> tuple[_Question, ...]:
    """The areas' own flags, the general ones, and whatever else was answered: the worst wins, wherever it stands."""
    asked: list[RedFlag | Pattern] = []
    for area in map(library.areas.__getitem__, areas):
        asked += (*area.red_flags, *map(library.flag, area.also), *area.patterns)
    asked += (*library.general.red_flags, *library.general.patterns)
    asked += map(library.flag, sorted(others))
    questions = []
    for flag in {flag.id: flag for flag in asked}.values():
        bone = isinstance(flag, RedFlag) and flag.bone
        questions.append(_Question(flag.id, flag, flag.disposition, flag.short, bone))
        for number, worse in enumerate(flag.escalations, start=1):
            name, its_bone = f"{flag.id}.{number}", bone or worse.bone
            questions.append(_Question(name, flag, worse.disposition, worse.short, its_bone, worse.age_from))
    return tuple(questions)


def _of_flags(questions: Iterable[_Question], answers: Answers) -> Iterator[Reason]:
    for question in questions:
        weight = question.weight(answers)
        if weight is not None:
            yield Reason(question.id, weight, question.text)


def _of_pain(library: Library, areas: Iterable[Area], answers: Answers) -> Iterator[Reason]:
    pain = answers.pain
    if pain is None:
        return
    for step in library.triage.pain:
        if pain >= step.from_pain:
            yield Reason("pain", step.disposition, step.reason)
            break
    if any(pain > area.can_run.ceiling for area in areas):
        yield Reason("ceiling", Disposition.MODIFY, library.triage.ceiling_reason)


def _modifiers(library: Library, areas: Iterable[Area], answers: Answers) -> Iterator[Modifier]:
    here = {area.id for area in areas}
    for modifier in library.triage.modifiers:
        young = modifier.age_below is None or (answers.age is not None and answers.age < modifier.age_below)
        if modifier.id in answers.about and young and (not modifier.areas or here & set(modifier.areas)):
            yield modifier


def _raised(worst: Disposition, modifiers: Iterable[Modifier], areas: tuple[str, ...]) -> Disposition:
    """One tier up for any number of modifiers that raise, and no milder than any of them asks for."""
    tiers = list(Disposition)
    outcome = worst
    for modifier in modifiers:
        raised = tiers[max(0, worst.rank - modifier.raises)]
        floors = [floor.at_least for floor in modifier.floors if {*areas} & {*floor.areas}]
        outcome = min(outcome, raised, modifier.at_least or outcome, *floors, key=lambda d: d.rank)
    return outcome


def _causes(areas: Iterable[Area], answers: Answers) -> Iterator[LikelyCause]:
    """Causes that a clue or a familiar picture points to, most pointed at first; without any, the area's own order."""
    for area in areas:
        pointing = _pointing(area, answers)
        ranked = sorted(area.causes, key=lambda cause: -len(pointing.get(cause.id, ())))
        wanted = [cause for cause in ranked if cause.id in pointing] or list(area.causes[:3])
        yield from (LikelyCause(area.id, cause, tuple(pointing.get(cause.id, ()))) for cause in wanted)


def _pointing(area: Area, answers: Answers) -> Mapping[str, list[str]]:
    pointing: dict[str, list[str]] = {}
    pointers: list[Clue | Pattern] = [clue for clue in area.clues if clue.id in answers.clues]
    pointers += [pattern for pattern in area.patterns if answers.to(pattern.id) is Answer.YES]
    for pointer in pointers:
        for cause in pointer.causes:
            pointing.setdefault(cause, []).append(pointer.id)
    return pointing
