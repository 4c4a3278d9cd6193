"""The models of what a symptom check asks beside the signs, and of what raises its result."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from bot.advice.disposition import Disposition
from bot.advice.model.base import Cited, Id, Line, Model, Text


class AgeBand(Model):
    """One answer to the question of age; `from_age` is its lowest year."""

    id: Id
    name: Annotated[Text, StringConstraints(max_length=80)]
    from_age: int = Field(ge=0, le=120)


class PainStep(Model):
    """From this pain on, 0-10, the result is at least this."""

    from_pain: int = Field(ge=0, le=10)
    disposition: Disposition
    reason: Line
    sources: Cited


class Floor(Model):
    """In these areas the result is at least this, whatever else was said."""

    areas: Annotated[tuple[Id, ...], Field(min_length=1)]
    at_least: Disposition


class Modifier(Model):
    """Something about the person that raises the result; clinical facts, rules 9 and 10 of section 1.2."""

    id: Id
    aliases: tuple[Id, ...] = Field(default=(), description="Other names a case file may use.")
    name: Annotated[Text, StringConstraints(max_length=80)]
    raises: Literal[0, 1] = Field(default=0, description="Tiers.")
    at_least: Disposition | None = None
    age_below: int | None = Field(default=None, description="Only for people younger than this.")
    areas: tuple[Id, ...] = Field(default=(), description="Only for these areas; empty for all.")
    floors: tuple[Floor, ...] = Field(default=(), description="Areas whose warning signs name it.")
    sources: Cited


class TriageFile(Model):
    """triage.yaml."""

    ages: Annotated[tuple[AgeBand, ...], Field(min_length=2, max_length=10)]
    pain: Annotated[tuple[PainStep, ...], Field(min_length=1, description="The most pain first.")]
    ceiling_reason: Line
    modifiers: Annotated[tuple[Modifier, ...], Field(min_length=1, max_length=20)]
