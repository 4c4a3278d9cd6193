"""The models of warning signs, of what is asked whatever hurts, and of the guidance for each disposition."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from bot.advice.disposition import Disposition
from bot.advice.model.base import Cited, FlagId, Id, Line, Model, Name, Paragraph, Short, Text


class Escalation(Model):
    """What makes a sign worse than it is by itself."""

    disposition: Disposition
    short: Short
    when: Line
    bone: bool = Field(default=False, description="A bone could be cracking: then no running pain is acceptable.")
    age_from: int | None = Field(
        default=None, ge=1, le=120, description="From this age on, a yes to the sign is a yes to this too."
    )


class RedFlag(Model):
    """A question that outranks everything else when the answer is yes or not sure."""

    id: FlagId
    disposition: Literal[Disposition.EMERGENCY, Disposition.URGENT, Disposition.CLINICIAN]
    short: Short = Field(description="For the card: a noun phrase one can scan.")
    ask: Line = Field(description="For the questions: ends in a question mark.")
    why: Paragraph
    sources: Cited
    bone: bool = Field(default=False, description="A bone could be cracking: then no running pain is acceptable.")
    escalations: tuple[Escalation, ...] = ()

    @model_validator(mode="after")
    def _escalates_upwards(self) -> Self:
        _check_escalations(self.disposition, self.escalations)
        return self


class Pattern(Model):
    """A familiar, milder picture: it never outranks a red flag and never clears one."""

    id: FlagId
    disposition: Literal[Disposition.MODIFY, Disposition.CONTINUE]
    short: Short
    ask: Line
    why: Paragraph
    sources: Cited
    causes: tuple[Id, ...] = Field(default=(), description="Causes of the same area that fit this picture.")
    escalations: tuple[Escalation, ...] = ()

    @model_validator(mode="after")
    def _escalates_upwards(self) -> Self:
        _check_escalations(self.disposition, self.escalations)
        return self


def _check_escalations(base: Disposition, escalations: tuple[Escalation, ...]) -> None:
    for escalation in escalations:
        if not escalation.disposition.worse_than(base):
            raise ValueError(f"an escalation must be worse than {base.value}; raise it or remove it")


class General(Model):
    """general.yaml: what is asked whatever hurts."""

    line: Text = Field(max_length=240, description="The fixed general line on every card.")
    red_flags: Annotated[tuple[RedFlag, ...], Field(min_length=1)]
    patterns: tuple[Pattern, ...] = ()


class Guidance(Model):
    """What one disposition asks of the runner."""

    disposition: Disposition
    title: Name
    running: Line = Field(description="What it means for running.")
    steps: Annotated[tuple[Line, ...], Field(min_length=1, max_length=6)]
    safety_net: Line = Field(description="What would make it worse, and what to do then.")
    sources: Cited


class GuidanceFile(Model):
    """guidance.yaml: one entry for each disposition."""

    guidance: Annotated[tuple[Guidance, ...], Field(min_length=5, max_length=5)]
