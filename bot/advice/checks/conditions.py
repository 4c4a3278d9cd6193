"""The conditions of warning signs: every fact is asked, means one thing, and leads somewhere."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.advice.checks.raw_library import RawLibrary, flags_of
from bot.advice.document import Document
from bot.advice.model import Area, Pattern, Question, RedFlag, TriageFile, all_questions
from bot.advice.model.base import Place
from bot.advice.model.sign import Condition, facts_of
from bot.advice.problem import Problem

DEFINE = "make it an answer, in triage.yaml or under `check` of an area, or mend the word"

#: Keys under which facts are named; under `answers` by those that another question puts in words.
MENTIONING = frozenset({"when", "unless", "only_if", "unsure", "graver", "milder", "answers", "fact"})

QUESTION_MARKS = frozenset("?;؟？")  # English, Greek, Arabic, Chinese and Japanese


@dataclass(frozen=True, slots=True)
class _Facts:
    """Every fact there is, by where it comes from."""

    triage: TriageFile
    areas: dict[str, Area]
    answers: frozenset[str]  # the facts that a question puts in words

    @classmethod
    def of(cls, triage: TriageFile, areas: dict[str, Area]) -> "_Facts":
        questions = all_questions(triage, areas.values())
        return cls(triage, areas, frozenset(a.id for q in questions for a in q.answers if not isinstance(a, str)))

    def known(self, fact: str) -> bool:
        """Whether somebody can say it."""
        if fact in self.triage.means:
            return True
        kind, _, rest = fact.partition("_")
        if kind == "at" and rest in self.areas:
            return True
        if kind in {"under", "from"} and rest.isdecimal():
            return int(rest) in {band.from_age for band in self.triage.ages}
        if kind == "pain" and rest.isdecimal():
            return 0 <= int(rest) <= 10
        return fact in self.answers or any(fact == risk.id for risk in self.triage.risks)

    def asked_of(self, area: Area) -> frozenset[str]:
        """The answers that a check of one area offers."""
        named = {question.id: question for question in all_questions(self.triage, self.areas.values())}
        own = [named[entry] if isinstance(entry, str) else entry for entry in area.check if _there(entry, named)]
        return _answers((*self.triage.core, *self.triage.follow_ups, *own))

    def reachable(self, condition: Condition, area: Area, asked: frozenset[str]) -> bool:
        """Whether the answers `asked` of that area can make it true."""
        return any(all(self._sayable(fact, area, asked) for fact in facts.split(" + ")) for facts in condition)

    def _sayable(self, fact: str, area: Area, asked: frozenset[str]) -> bool:
        if fact in self.triage.means:
            return self.reachable(self.triage.means[fact], area, asked)
        if fact.startswith("at_") and fact not in self.answers:
            return fact == f"at_{area.id}"
        return fact in asked or (self.known(fact) and fact not in self.answers)


def unknown_facts(raw: RawLibrary) -> Iterator[Problem]:
    """Facts in conditions, in questions and in what follows that nobody can say."""
    if (facts := _facts(raw)) is None:
        return
    for document, place, names in _named_facts(raw, "triage", "general", "areas", "running"):
        for name in sorted(names):
            if not facts.known(name):
                yield document.problem(place, f"there is no fact `{name}`", DEFINE)


def facts_defined_twice(raw: RawLibrary) -> Iterator[Problem]:
    """One fact, one wording: whoever offers it again names its id alone."""
    seen: dict[str, Document] = {}
    for document, place, name in _worded(raw):
        if name in seen:
            what = f"the fact `{name}` is worded twice; first in {seen[name].file.name}"
            yield document.problem(place[:-1], what, f"write only its id here: {name}")
        seen.setdefault(name, document)


def out_of_reach(raw: RawLibrary) -> Iterator[Problem]:
    """Signs that no answers of the area's check can bring about."""
    if (facts := _facts(raw)) is None:
        return
    flags = {flag.id: flag for _, _, flag in raw.flags()}
    for document, area in raw.models("areas"):
        signs = [*flags_of(area)]
        shared = ((("also", at), flags[name]) for at, name in enumerate(area.also) if name in flags)
        signs += [(place, flag) for place, flag in shared if isinstance(flag, RedFlag)]
        asked = facts.asked_of(area)
        for place, flag in signs:
            for name, condition in _conditions(flag):
                if not facts.reachable(condition, area, asked):
                    what = f"{name} can never come about here: what it needs is not asked in `{area.id}`"
                    yield document.problem(place, what, "ask it under `check`, or mend `when`")


def risks_without_effect(raw: RawLibrary) -> Iterator[Problem]:
    """What is asked about a person and changes no result."""
    used = frozenset().union(*(names for _, _, names in _named_facts(raw, "triage", "general", "areas")))
    for document, triage in raw.models("triage"):
        for at, risk in enumerate(triage.risks):
            if not risk.raises and risk.id not in used:
                what = f"`{risk.id}` changes nothing"
                yield document.problem(("risks", at), what, "give it `raises`, use it in a `when`, or remove it")


def names_used_twice(raw: RawLibrary) -> Iterator[Problem]:
    """A risk is one fact: its id and its aliases are nobody else's."""
    worded = {name for _, _, name in _worded(raw)}
    for document, triage in raw.models("triage"):
        used = worded
        for at, risk in enumerate(triage.risks):
            for name in (risk.id, *risk.aliases):
                if name in used:
                    yield document.problem(("risks", at), f"`{name}` is used twice", "rename this one")
                used = used | {name}


def not_a_question(raw: RawLibrary) -> Iterator[Problem]:
    """Texts over answers that ask nothing; a sentence may follow the question."""
    for document, pattern, place, text in raw.leaves("triage", "areas"):
        if (pattern.endswith(".ask") or pattern.startswith("triage.ask.")) and not QUESTION_MARKS & set(text):
            yield document.problem(place, "this stands over answers, and is no question", "ask it with a question mark")


def _facts(raw: RawLibrary) -> _Facts | None:
    """None while a file with facts cannot be read."""
    if raw.unreadable & {"triage", "general", "areas"}:
        return None
    areas = {area.id: area for area in raw.areas()}
    triage = next((file for _, file in raw.models("triage")), None)
    return _Facts.of(triage, areas) if triage is not None and raw.every_area_read else None


def _worded(raw: RawLibrary) -> Iterator[tuple[Document, Place, str]]:
    """Every fact that a question puts in words, and where."""
    leaves = raw.leaves("triage", "areas")
    return ((document, place, name) for document, pattern, place, name in leaves if pattern.endswith(".answers.*.id"))


def _named_facts(raw: RawLibrary, *kinds: str) -> Iterator[tuple[Document, Place, frozenset[str]]]:
    """Every mention of facts: where it stands, and which."""
    for document, pattern, place, text in raw.leaves(*kinds):
        key = pattern.removesuffix(".*").rpartition(".")[2]
        if key in MENTIONING or pattern.startswith("triage.means."):
            yield document, place, facts_of((text,))


def _conditions(flag: RedFlag | Pattern) -> Iterator[tuple[str, Condition]]:
    yield flag.id, flag.when
    for number, worse in enumerate(flag.escalations, start=1):
        yield f"{flag.id}.{number}", worse.when


def _answers(questions: Iterable[Question]) -> frozenset[str]:
    return frozenset(a if isinstance(a, str) else a.id for question in questions for a in question.answers)


def _there(entry: Question | str, named: dict[str, Question]) -> bool:
    return not isinstance(entry, str) or entry in named
