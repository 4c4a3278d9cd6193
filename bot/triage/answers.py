"""The answers of a symptom check, by fact."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from bot.advice.model.question import is_number


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
        given = self.facts.get(fact)
        if given is not None:
            return given
        if is_number(fact):
            kind, _, number = fact.partition("_")
            value = self.pain if kind == "pain" else self.age
            if value is None:
                return self.default
            return Answer.YES if (value < int(number)) is (kind == "under") else Answer.NO
        return self.default
