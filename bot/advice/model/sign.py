"""The models of what a symptom check asks, of warning signs, and of the guidance for each disposition."""

from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Final, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from bot.advice.disposition import Disposition
from bot.advice.model.base import TYPESET, Cited, FlagId, Id, Line, Model, Name, Paragraph, Prose, Short, Text, shaped

Alternative = Annotated[
    str,
    shaped(
        r"^[a-z][a-z0-9_]*( \+ [a-z][a-z0-9_]*)*$",
        "write facts with ' + ' between them, such as fall + no_steps; what may be true instead is an entry of its own",
    ),
]
"""Facts that all have to be true: "fall + no_steps"."""

Condition = tuple[Alternative, ...]
"""True when one of its alternatives is."""

Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), TYPESET]
"""Fits a button."""


class Choice(Model):
    """One answer of a question, and the fact it states; facts have one meaning in the whole content."""

    id: Id
    text: Label = Field(description="As it is shown: what makes the fact a fact stands in these words.")
    neutral: bool = Field(
        default=False,
        description="No sign names it, and none has to: it only says that the other answers are not true.",
    )


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


class Concern(StrEnum):
    """What a sign is about, where somebody's condition or medicine makes that worse (second reading, R5)."""

    BLOW = "blow"
    BRUISE = "bruise"
    SWELLING = "swelling"
    HEAD = "head"
    BACK = "back"
    SPINE = "spine"
    BONE = "bone"
    CLOT = "clot"
    JOINT = "joint"
    WOUND = "wound"
    TENDON = "tendon"
    BELLY = "belly"
    FOOT = "foot"  # a sore, blister or wound of it


USUAL_DAYS: Final = 7  # of `clinician`, where nothing names another number (clinical facts, the tier `clinician`)
BONE_OR_CLOT_DAYS: Final = 3  # whatever is named (as above)

WithinDays = Annotated[
    Literal[3, 7, 14],
    Field(
        description="Of `clinician`: in how many days. Always 3 with `bone: true`, or with `clot` among the `concerns`."
    ),
]


class Escalation(Model):
    """What makes a sign worse than it is by itself."""

    disposition: Disposition
    short: Short
    when: Annotated[Condition, Field(min_length=1)]
    unless: Condition = ()
    why: Paragraph | None = Field(default=None, description="The sign's own, where this is left out.")
    bone: bool = Field(default=False, description="A bone could be cracking: then no running pain is acceptable.")
    no_running: bool = Field(default=False, description="No running for now, or until somebody has looked.")
    within_days: WithinDays = USUAL_DAYS


class Flag(Model):
    """What a red flag and a milder picture have in common: facts that make it hold, and what makes it worse."""

    id: FlagId
    disposition: Disposition
    short: Short = Field(description="For the card: a noun phrase one can scan.")
    when: Annotated[Condition, Field(min_length=1)]
    unless: Condition = Field(default=(), description="Not when one of these is surely true.")
    why: Paragraph
    sources: Cited
    concerns: tuple[Concern, ...] = ()
    no_running: bool = Field(default=False, description="No running for now, or until somebody has looked.")
    within_days: WithinDays = USUAL_DAYS
    escalations: tuple[Escalation, ...] = ()

    @model_validator(mode="after")
    def _escalates_upwards(self) -> Self:
        if not all(escalation.disposition.worse_than(self.disposition) for escalation in self.escalations):
            raise ValueError(f"an escalation must be worse than {self.disposition.value}; raise it or remove it")
        return self


class RedFlag(Flag):
    """A combination of facts that outranks everything else; a fact somebody is not sure of counts as true."""

    disposition: Literal[Disposition.EMERGENCY, Disposition.URGENT, Disposition.CLINICIAN]
    bone: bool = Field(default=False, description="A bone could be cracking: then no running pain is acceptable.")
    alarm: Id | None = Field(default=None, description="Of a crisis: the alarm whose words are its whole result.")


class Pattern(Flag):
    """A familiar, milder picture: it never outranks a red flag and never clears one. All its facts are sure."""

    disposition: Literal[Disposition.MODIFY, Disposition.CONTINUE]
    causes: tuple[Id, ...] = Field(default=(), description="Causes of the same area that fit this picture.")
    plain_soreness: bool = Field(default=False, description="Muscle soreness that its number does not grade.")


class General(Model):
    """general.yaml: what is asked whatever hurts."""

    line: Prose = Field(max_length=240, description="The fixed general line on every card.")
    red_flags: Annotated[tuple[RedFlag, ...], Field(min_length=1)]
    patterns: tuple[Pattern, ...] = ()


class Guidance(Model):
    """What one disposition asks of the runner."""

    disposition: Disposition
    title: Name
    running: Line = Field(description="What it means for running.")
    steps: Annotated[tuple[Line, ...], Field(min_length=1, max_length=6)]
    safety_net: Line = Field(description="What would make it worse, and what to do then.")
    book: Annotated[Line, shaped(r"\{days\}", "write `{days}` where their number belongs")] | None = Field(
        default=None, description="Replaces the first step in a result; `{days}` stands for the number of days."
    )
    sources: Cited

    @model_validator(mode="after")
    def _books_a_visit(self) -> Self:
        if self.book and self.disposition is not Disposition.CLINICIAN:
            raise ValueError("only `clinician` knows in how many days; leave `book` out")
        return self

    def steps_within(self, days: int) -> tuple[str, ...]:
        """The steps of a result that asks to be seen within so many days."""
        return (self.book.replace("{days}", str(days)), *self.steps[1:]) if self.book else self.steps


class GuidanceFile(Model):
    """guidance.yaml: one entry for each disposition."""

    guidance: Annotated[tuple[Guidance, ...], Field(min_length=5, max_length=5)]
