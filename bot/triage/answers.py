"""The answers of a symptom check, by question."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Answer(StrEnum):
    """To one question. `unsure` counts as yes for what cannot wait (clinical facts, rule 2 of section 1.2)."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything a symptom check knows; what is not in it was not answered, and that is never a no."""

    areas: tuple[str, ...]  # ids
    flags: Mapping[str, Answer] = field(default_factory=dict)  # by sign: "K7", "K7.1" for its first escalation
    default: Answer | None = None  # what a flag that is not listed counts as; None: unanswered
    pain: int | None = None  # 0-10, now
    clues: frozenset[str] = frozenset()
    age: int | None = None
    about: frozenset[str] = frozenset()  # ids of modifiers

    def to(self, sign: str) -> Answer | None:
        """The answer to one sign; None when there is none."""
        return self.flags.get(sign, self.default)
