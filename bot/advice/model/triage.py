"""The model of triage.yaml: what every symptom check asks, and what raises its result."""

from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import Field, field_validator

from bot.advice.disposition import Disposition
from bot.advice.model.area import Area
from bot.advice.model.base import Cited, Id, Line, Model
from bot.advice.model.sign import Concern, Condition, Group, Label, Question


class AgeBand(Model):
    """One answer to the question of age; `from_age` is its lowest year."""

    from_age: int = Field(ge=0, le=119)
    name: Label


class Asks(Model):
    """The questions that every check has."""

    core: Label
    age: Label
    risks: Label
    pain: Label


class PainStep(Model):
    """From this pain on, 0-10, the result is at least this."""

    from_pain: int = Field(ge=0, le=10)
    disposition: Disposition
    reason: Line
    sources: Cited


class PersonalRisk(Model):
    """Something lasting about the person: a fact by its id, which may raise what it bears on by one step."""

    id: Id
    aliases: tuple[Id, ...] = Field(default=(), description="Other names a case file may use.")
    name: Label
    raises: tuple[Concern, ...] = Field(
        default=(), description="Signs about these are raised one step, never to emergency (second reading, R5)."
    )
    sources: Cited


class Contradiction(Model):
    """Two facts of which only one can be true; who says both is asked again, and the first is the graver."""

    graver: Id
    milder: Id


class TriageFile(Model):
    """triage.yaml."""

    ask: Asks
    core: Annotated[tuple[Group, ...], Field(min_length=1, max_length=8)]
    follow_ups: tuple[Question, ...] = Field(default=(), description="What some answers of the core are followed by.")
    ages: Annotated[tuple[AgeBand, ...], Field(min_length=2, max_length=10)] = Field(
        description="The youngest first; they begin at every year at which a rule changes."
    )
    risks: Annotated[tuple[PersonalRisk, ...], Field(min_length=1, max_length=20)]
    questions: tuple[Question, ...] = Field(description="What an area may ask by its id.")
    means: dict[Id, Condition] = Field(default={}, description="Facts that follow from others.")
    contradictions: tuple[Contradiction, ...] = ()
    pain: Annotated[tuple[PainStep, ...], Field(min_length=1, description="The most pain first.")]
    ceiling_reason: Line

    @field_validator("ages")
    @classmethod
    def _rising_ages(cls, ages: tuple[AgeBand, ...]) -> tuple[AgeBand, ...]:
        begins = [band.from_age for band in ages]
        if begins[0] != 0 or begins != sorted(set(begins)):
            raise ValueError("everybody finds one age; begin with `from_age: 0`, and put the youngest first")
        return ages


def all_questions(triage: TriageFile, areas: Iterable[Area]) -> Iterator[Question]:
    """Every question of the check that is written out, here or in an area."""
    yield from (*triage.core, *triage.follow_ups, *triage.questions)
    for area in areas:
        yield from (entry for entry in area.check if isinstance(entry, Question))
