"""The models of everyday pages, and of what to say to somebody who stands beside a person in trouble."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from bot.advice.disposition import Disposition
from bot.advice.model.base import Cited, FlagId, Id, Line, Model, Name, Paragraph, Text

#: Words of an everyday page, beside the stop line: more is not read on a phone.
PAGE_WORDS = 80


class Worry(Model):
    """When to worry, and how soon to be seen then."""

    disposition: Literal[Disposition.EMERGENCY, Disposition.URGENT, Disposition.CLINICIAN]
    text: Line
    sources: Cited


class EverydayPage(Model):
    """Something runners ask that is no place that hurts: four lines, and when to worry beside the stop line."""

    id: Id = Field(description="No area may have the same.")
    name: Name = Field(description="The card's heading, and its button.")
    reviewed: date
    synonyms: Annotated[
        tuple[Annotated[Text, StringConstraints(max_length=40)], ...],
        Field(min_length=3, description="What people call it."),
    ]
    symptoms: tuple[Annotated[Text, StringConstraints(max_length=60)], ...] = Field(
        default=(), description="What people type when they have it."
    )
    lines: Annotated[
        tuple[Line, ...],
        Field(min_length=4, max_length=4, description="What it is, what to do now, running with it, what helps later."),
    ]
    worry: Annotated[tuple[Worry, ...], Field(min_length=1, max_length=5, description="Worst first.")]
    areas: Annotated[tuple[Id, ...], Field(max_length=3)] = Field(
        default=(), description="Places it may belong to; a button leads to each."
    )
    sources: Cited

    @model_validator(mode="after")
    def _short(self) -> Self:
        length = sum(len(text.split()) for text in (self.name, *self.lines, *(worry.text for worry in self.worry)))
        if length > PAGE_WORDS:
            raise ValueError(f"`{self.id}` has {length} words; say it in {PAGE_WORDS}, so that it is read on a phone")
        return self


class EverydayFile(Model):
    """everyday.yaml: the everyday pages, in the order people see them listed."""

    everyday: Annotated[tuple[EverydayPage, ...], Field(min_length=1, max_length=25)]


class BystanderFirst(Model):
    """What somebody beside the person does first, where an alarm speaks of one of these signs."""

    flags: Annotated[tuple[FlagId, ...], Field(min_length=1)]
    say: Paragraph
    sources: Cited


class Bystander(Model):
    """bystander.yaml: the words to somebody who asks for another person who is in trouble now."""

    title: Name
    call: Line = Field(description="The call for help, which goes on throughout.")
    first: Annotated[tuple[BystanderFirst, ...], Field(min_length=1, description="Each that fits is said.")]
    steps: Annotated[tuple[Line, ...], Field(min_length=1, max_length=6)]
    sources: Cited
