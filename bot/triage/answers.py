"""The answers of a symptom check, by fact, and its session: as long as it lasts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from bot.advice.disposition import Disposition
from bot.advice.model import Light
from bot.advice.model.sign import is_number


class Answer(StrEnum):
    """Whether a fact is true. `unsure` counts as true for every red flag (second reading, R7)."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


TRUE: Final = frozenset({Answer.YES, Answer.UNSURE})


@dataclass(frozen=True, slots=True)
class Lasting:
    """What may still be right at the next check: age, conditions and how it began; everything else is asked anew."""

    age: int | None = None  # the lowest year of the band; None: not asked
    conditions: Mapping[str, Answer] = field(default_factory=dict)  # personal risks that were asked about
    began: str = ""  # the fact; of one place


NOTHING_LASTS: Final = Lasting()


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything a symptom check knows; what is not in it was not answered, and that is never a no."""

    areas: tuple[str, ...]  # ids; empty: no place was named
    facts: Mapping[str, Answer] = field(default_factory=dict)  # personal risks among them
    default: Answer | None = None  # what a fact that is not listed counts as; None: unanswered
    pain: int | None = None  # 0-10, now
    age: int | None = None  # years; of a band its lowest

    def to(self, fact: str) -> Answer | None:
        """The answer to one fact; None when there is none.

        Facts of age and pain, such as `under_18`, `from_55` and `pain_7`, follow from the numbers.
        """
        answer = self.facts.get(fact)
        if answer is not None:
            return answer
        if is_number(fact):
            kind, _, number = fact.partition("_")
            value = self.pain if kind == "pain" else self.age
            if value is None:
                return self.default
            return Answer.YES if (value < int(number)) is (kind == "under") else Answer.NO
        return self.default


@dataclass(frozen=True, slots=True)
class Settled:
    """Every fact that a check looks at, by its answer; what is in none of these is open."""

    yes: frozenset[str]
    true: frozenset[str]  # yes, and not sure
    no: frozenset[str]

    def strongest(self, alternatives: Collection[frozenset[str]]) -> Answer | None:
        """The strongest of some sets of facts: a yes, then not sure, then open (None), then a no; no set is a no.

        One set is a no when one of its facts is false, else open when one is, else not sure when one is.
        """
        if not any(map(self.no.isdisjoint, alternatives)):
            return Answer.NO
        if any(map(self.yes.issuperset, alternatives)):
            return Answer.YES
        return Answer.UNSURE if any(map(self.true.issuperset, alternatives)) else None


NOT_RUN = "not_run"


@dataclass(frozen=True, slots=True)
class Progress:
    """What was answered so far, and where in the check that leads."""

    facts: Mapping[str, Answer] = field(default_factory=dict)
    passed: frozenset[str] = frozenset()  # ids of questions and groups that are done
    opened: str = ""  # the group that is open
    every_group: bool = False  # *Not sure* on the first screen: all groups are asked
    unsure_of: str = ""  # the question of which the next answer is one they are not sure of
    unresolved: frozenset[str] = frozenset()  # graver facts of contradictions that were asked about and stay
    age: int | None = None  # the lowest year of the band
    asked_about: frozenset[str] = frozenset()  # personal risks somebody answered, or said again; no other no is theirs
    pain: int | None = None
    during: str | None = None  # pain on the last run, "0" to "10"; NOT_RUN
    run: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # answers about running, by question


@dataclass(slots=True)
class Session:
    """One person's symptom check; kept in memory, see `bot.expiring`."""

    area: str = ""  # empty: no place was named
    running: bool = False  # whether it was asked in order to run today
    id: str = ""  # under which it is kept
    finding: str = ""  # under which its result goes into a diary
    logged: int | None = None  # the pain of the check-in it began from; it is not asked again
    diary: tuple[tuple[Light, str], ...] = ()  # what the diary says of the last run, in words
    open: tuple[str, ...] = ()  # ids of findings the person was shown as open
    again: bool = False  # the diary says that it keeps going wrong
    last: Lasting = NOTHING_LASTS  # what the diary has of checks before; shown, and only said again with a press
    may_ask_to_keep: bool = False  # nobody has asked them yet whether that may be kept
    kept: tuple[Disposition, Lasting] | None = None  # what the diary has of this check so far
    progress: Progress = Progress()
    earlier: list[Progress] = field(default_factory=list)  # for *Back*

    @property
    def areas(self) -> tuple[str, ...]:
        return (self.area,) if self.area else ()

    def answers(self) -> Answers:
        progress = self.progress
        return Answers(self.areas, progress.facts, None, progress.pain, progress.age)

    def step(self, **changed: object) -> None:
        """Go on to the next state; the one before stays for *Back*."""
        self.earlier.append(self.progress)
        self.progress = replace(self.progress, **changed)  # type: ignore[arg-type]

    def at(self, area: str) -> None:
        """A check that began without a place goes on at one; what was answered stays."""
        self.area = self.area or area

    def back(self) -> None:
        """To the state before the last answer; at the beginning nothing happens."""
        if self.earlier:
            self.progress = self.earlier.pop()
