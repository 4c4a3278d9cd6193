"""The models of warning signs, of what is asked whatever hurts, and of the guidance for each disposition."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from bot.advice.disposition import Disposition
from bot.advice.model.base import Cited, FlagId, Id, Line, Model, Name, Paragraph, Prose, Short
from bot.advice.model.question import Condition


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


class Escalation(Model):
    """What makes a sign worse than it is by itself."""

    disposition: Disposition
    short: Short
    when: Annotated[Condition, Field(min_length=1)]
    unless: Condition = ()
    why: Paragraph | None = Field(default=None, description="The sign's own, where this is left out.")
    bone: bool = Field(default=False, description="A bone could be cracking: then no running pain is acceptable.")


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
    no_running: bool = Field(default=False, description="Light enough to look after oneself, and no running meanwhile.")
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
    sources: Cited


class GuidanceFile(Model):
    """guidance.yaml: one entry for each disposition."""

    guidance: Annotated[tuple[Guidance, ...], Field(min_length=5, max_length=5)]
