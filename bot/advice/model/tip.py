"""Tips, and the sources that advice rests on."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from bot.advice.model.base import Cited, Id, Model, Prose, SourceId, shaped


class Grade(StrEnum):
    """How strong a source is, strongest first."""

    GUIDELINE = "guideline"
    REVIEW = "review"  # systematic review or meta-analysis
    TRIAL = "trial"  # randomised
    COHORT = "cohort"  # people followed over time, or a diagnostic rule tested on patients
    LAB = "lab"  # measured in a laboratory or in one small group
    EXPERT = "expert"  # narrative review, consensus, experienced people
    HOUSE = "house"  # a cautious choice of this project, not a published finding


class Checked(StrEnum):
    """How far this project has checked what a source says."""

    READ = "read"  # its abstract or its own text was read
    SECOND_HAND = "second_hand"  # a summary of it was read
    NOT_YET = "not_yet"  # from general knowledge


class Source(Model):
    """One thing we lean on. Lives once, in sources.yaml, and is referred to by id."""

    id: SourceId
    title: Prose = Field(max_length=180)
    authors: Prose = Field(max_length=120)
    year: int | None = Field(ge=1900, le=2100, description="Null where it carries no date.")
    where: Prose = Field(max_length=120, description="Journal, guideline body or publisher.")
    doi: Annotated[str, shaped(r"^10\.\d{4,9}/\S+$", "begin with 10., such as 10.1055/s-0043-103946")] | None = None
    url: Annotated[str, shaped(r"^https://\S+$", "begin with https://, without spaces", max_length=300)] | None = None
    grade: Grade
    checked: Checked
    finding: Prose = Field(max_length=240, description="What it found, in one plain sentence with its numbers.")


class SourceFile(Model):
    """sources.yaml."""

    sources: Annotated[tuple[Source, ...], Field(min_length=1)]


class TipMoment(StrEnum):
    """When a tip is of use."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"
    DESK = "desk"
    STRENGTH = "strength"
    SLEEP = "sleep"
    PLAN = "plan"  # the training week
    EVERYDAY = "everyday"


class Tip(Model):
    """One thing to do."""

    id: Id
    moment: TipMoment
    text: Prose = Field(max_length=280)
    exercise: Id | None = Field(default=None, description="The exercise it asks for; must be unscreened_ok.")
    sources: Cited


class TipFile(Model):
    """tips/*.yaml: the tips for one area."""

    area: Id
    tips: Annotated[tuple[Tip, ...], Field(min_length=1)]
