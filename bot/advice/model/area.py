"""The model of an area: one place that hurts, with its signs, causes, exercises and sources."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints, field_validator

from bot.advice.model.base import CardSign, Cited, FlagId, Id, Line, Model, Name, Paragraph, Prose, Text
from bot.advice.model.exercise import Dose
from bot.advice.model.sign import Condition, Pattern, Question, RedFlag


class ExerciseRef(Model):
    """An exercise as one area prescribes it."""

    id: Id
    dose: Dose | None = Field(default=None, description="Where this area wants another dose.")
    note: Line | None = None


class Evidence(StrEnum):
    """How sure we are of a claim; each has its own words on the card."""

    GOOD = "good"  # trials or reviews agree
    SOME = "some"  # a trial, a large cohort, or mixed results
    WEAK = "weak"  # laboratory, small or second-hand
    OPINION = "opinion"  # what experienced people say, untested


class Clue(Model):
    """Facts that point to causes; never a reason for alarm by themselves."""

    id: Id
    when: Annotated[Condition, Field(min_length=1)]
    causes: Annotated[tuple[Id, ...], Field(min_length=1)]


class Cause(Model):
    """Something that often is behind the pain, and what to change."""

    id: Id
    name: Name
    what: Prose = Field(max_length=130, description="What it is or how it feels; on the card.")
    change: Prose = Field(max_length=160, description="What to do about it; on the card.")
    why: Paragraph = Field(description="How it comes to hurt; behind a button.")
    evidence: Evidence
    sources: Cited


class Avoid(Model):
    """Something not to do."""

    text: Line
    why: Line
    sources: Cited


class Note(Model):
    """A sentence with its source."""

    text: Line
    sources: Cited


class CanRun(Model):
    """Running with it: the most pain that is acceptable, and the rules around it."""

    ceiling: int = Field(ge=0, le=5, description="0-10 scale; clinical facts, section 3.2.")
    hops: bool = Field(
        default=True, description="Whether hopping may be asked about; false where a tear or rupture is likely."
    )
    painless_walk: bool = Field(
        default=False, description="Run only when a brisk walk is free of pain, as after a pull."
    )
    notes: Annotated[tuple[Note, ...], Field(min_length=1, max_length=6)]


class Area(Model):
    """One place that hurts, whole: it cannot load without red flags, sources and a review date."""

    id: Id
    name: Name
    title: Name = Field(description="The card's heading.")
    reviewed: date
    reviewed_by: Line
    screen_first: bool = Field(default=False, description="Show nothing but the warning signs until they are cleared.")
    summary: Prose = Field(max_length=400)
    first: Prose = Field(
        max_length=140, description="On the first card: the first thing to do, safe before anything is known."
    )
    card: Annotated[tuple[CardSign, ...], Field(min_length=1, max_length=5)] = Field(
        description="On the first card: three to five signs that matter most here; H5.1 is the first that worsens H5."
    )
    synonyms: Annotated[
        tuple[Annotated[Text, StringConstraints(max_length=40)], ...],
        Field(min_length=3, description="Names of the place, lay and anatomical."),
    ]
    symptoms: tuple[Annotated[Text, StringConstraints(max_length=60)], ...] = Field(
        default=(), description="What people type when it hurts there."
    )
    check: Annotated[tuple[Question | Id, ...], Field(min_length=1, max_length=12)] = Field(
        description="What the check asks after the core, in this order; an id names a question that stands elsewhere."
    )
    red_flags: Annotated[tuple[RedFlag, ...], Field(min_length=1)]
    also: tuple[FlagId, ...] = Field(default=(), description="Red flags of other areas that are asked here too.")
    patterns: tuple[Pattern, ...] = ()
    clues: tuple[Clue, ...] = ()
    causes: Annotated[tuple[Cause, ...], Field(min_length=2)]
    exercises: Annotated[tuple[ExerciseRef, ...], Field(min_length=1)]
    helps: Annotated[tuple[Note, ...], Field(max_length=5)] = Field(
        default=(), description="Only with screen_first: what to try first, shown once no warning sign applies."
    )
    avoid: Annotated[tuple[Avoid, ...], Field(min_length=1)]
    can_run: CanRun
    see_someone: Annotated[tuple[Note, ...], Field(min_length=1, max_length=6)]
    sources: Cited

    @field_validator("reviewed")
    @classmethod
    def _plausible(cls, value: date) -> date:
        if value.year < 2020:
            raise ValueError("the review date is too old to be true; write the day somebody last read the whole page")
        return value
