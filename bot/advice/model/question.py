"""The models of what a symptom check asks, and of conditions over the answers."""

from functools import lru_cache
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from bot.advice.model.base import TYPESET, Id, Model, Text

Alternative = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*( \+ [a-z][a-z0-9_]*)*$")]
"""Facts that all have to be true: "fall + no_steps"."""

Condition = tuple[Alternative, ...]
"""True when one of its alternatives is."""

Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), TYPESET]
"""Fits a button."""


class Choice(Model):
    """One answer of a question, and the fact it states; facts have one meaning in the whole content."""

    id: Id
    text: Label = Field(description="As it is shown: what makes the fact a fact stands in these words.")


class Question(Model):
    """One question of the check. An answer may be the id of a fact that another question puts in words."""

    id: Id
    ask: Annotated[Text, StringConstraints(max_length=120)]
    many: bool = Field(default=False, description="More than one answer may be true; none may be, too.")
    only_if: Condition = Field(default=(), description="Asked only when this is true; empty: always.")
    unsure: Id | None = Field(
        default=None, description="Of a question with one answer: the fact that *Not sure* counts as, if it is offered."
    )
    answers: Annotated[tuple[Choice | Id, ...], Field(min_length=1, max_length=60)]

    @model_validator(mode="after")
    def _different_answers(self) -> Self:
        ids = [answer if isinstance(answer, str) else answer.id for answer in self.answers]
        if len(set(ids)) < len(ids):
            raise ValueError("two answers have the same id; remove one")
        return self


class Group(Question):
    """One of the groups of the first screen; what it asks is shown once somebody opens it."""

    name: Label = Field(description="On the button that opens it.")


def facts_of(condition: Condition) -> frozenset[str]:
    """Every fact that a condition mentions."""
    return frozenset(fact for alternative in condition for fact in alternative.split(" + "))


@lru_cache(maxsize=4096)  # all facts there are
def is_number(fact: str) -> bool:
    """Whether a fact follows from the age or the pain: `under_18`, `from_55`, `pain_7`."""
    kind, _, number = fact.partition("_")
    return kind in {"from", "under", "pain"} and number.isdecimal()
