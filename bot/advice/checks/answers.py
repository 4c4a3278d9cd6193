"""The answers of the symptom check: whatever somebody says there counts for something."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.advice.checks.raw_library import RawLibrary
from bot.advice.document import Document
from bot.advice.model import Choice, Question
from bot.advice.model.base import Model, Place, leaves
from bot.advice.model.sign import Condition, facts_of
from bot.advice.problem import Problem

#: Keys under which a fact is looked at; under `answers`, `unsure` and `fact` it is only said.
READING = frozenset({"when", "unless", "only_if"})

NAME_IT = "name it in a `when`, or remove the answer"
MEAN_IT = "name it in a `when`, or add `neutral: true` if it only says that the other answers are not true"
ASK_LESS = "name it in a `when` here, or ask a question of your own with the ids that count"


def without_effect(raw: RawLibrary) -> Iterator[Problem]:
    """Answers that nothing looks at: whoever presses one is taken for well.

    Where one answer is chosen, one may only say that the others are not true: of two, the one that is left; of more,
    one that is `neutral`.
    """
    if not _readable(raw):
        return
    read = _Read.of(raw).anywhere
    neutral = {
        a.id for _, _, question in _questions(raw) for a in question.answers if isinstance(a, Choice) and a.neutral
    }
    for document, place, question in _questions(raw):
        facts = _facts(question)
        one_is_left = not question.many and len(facts) == 2 and bool(read & set(facts))
        for at, fact in enumerate(facts):
            here = (*place, "answers", at)
            if fact in read & neutral and isinstance(question.answers[at], Choice):
                what = f"`{fact}`, an answer of `{question.id}`, is neutral, and something looks at it"
                yield document.problem(here, what, "remove `neutral`")
            elif fact not in read | neutral and not one_is_left:
                what = f"no sign names `{fact}`, an answer of `{question.id}`"
                yield document.problem(here, what, NAME_IT if question.many else MEAN_IT)


def without_effect_here(raw: RawLibrary) -> Iterator[Problem]:
    """Answers that only signs of other places look at, where several may be true and each has to say something."""
    if not _readable(raw):
        return
    read = _Read.of(raw)
    anywhere = read.anywhere
    named = {question.id: question for _, _, question in _questions(raw)}
    flags = {flag.id: flag for _, _, flag in raw.flags()}
    for document, area in raw.models("areas"):
        questions = ((at, named.get(entry) if isinstance(entry, str) else entry) for at, entry in enumerate(area.check))
        asked = {at: question for at, question in questions if question is not None}
        here = read.by(document, *(flags[name] for name in area.also if name in flags), *asked.values())
        for at, question in asked.items():
            for number, fact in enumerate(_facts(question) if question.many else ()):
                if fact in anywhere - here:
                    what = f"no sign of `{area.id}` names `{fact}`, an answer of `{question.id}`"
                    yield document.problem(("check", at, "answers", number), what, ASK_LESS)


@dataclass(frozen=True, slots=True)
class _Read:
    """The facts that conditions look at, by file."""

    by_file: Mapping[Path, frozenset[str]]
    general: frozenset[str]  # by what is asked whatever hurts
    means: Mapping[str, Condition]

    @classmethod
    def of(cls, raw: RawLibrary) -> "_Read":
        by_file: defaultdict[Path, frozenset[str]] = defaultdict(frozenset)
        for document, pattern, _, text in raw.leaves("triage", "general", "areas"):
            if pattern.removesuffix(".*").rpartition(".")[2] in READING:
                by_file[document.file] |= facts_of((text,))
        general = [by_file[document.file] for kind in ("triage", "general") for document, _ in raw.models(kind)]
        means = next(file.means for _, file in raw.models("triage"))
        return cls(by_file, frozenset().union(*general), means)

    @property
    def anywhere(self) -> frozenset[str]:
        return self._behind(frozenset().union(*self.by_file.values()))

    def by(self, document: Document, *others: Model) -> frozenset[str]:
        """By a page, what is asked whatever hurts, and some flags and questions of other pages."""
        conditions = (leaf for other in others for place, leaf in leaves(other) if READING & set(place))
        named = facts_of(tuple(str(condition) for condition in conditions))
        return self._behind(self.general | self.by_file.get(document.file, frozenset()) | named)

    def _behind(self, facts: frozenset[str]) -> frozenset[str]:
        """With those that short names stand for."""
        following = facts.union(*(facts_of(self.means[fact]) for fact in facts & self.means.keys()))
        return facts if following == facts else self._behind(following)


def _readable(raw: RawLibrary) -> bool:
    """Whether every file with conditions could be read: a broken one may name whatever the others do not."""
    return raw.every_area_read and all(any(raw.models(kind)) for kind in ("triage", "general"))


def _questions(raw: RawLibrary) -> Iterator[tuple[Document, Place, Question]]:
    """Every question that is written out, and where."""
    for document, triage in raw.models("triage"):
        for part in ("core", "follow_ups", "questions"):
            yield from ((document, (part, at), question) for at, question in enumerate(getattr(triage, part)))
    for document, area in raw.models("areas"):
        yield from ((document, ("check", at), e) for at, e in enumerate(area.check) if isinstance(e, Question))


def _facts(question: Question) -> list[str]:
    return [answer.id if isinstance(answer, Choice) else answer for answer in question.answers]
