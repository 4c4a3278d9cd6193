"""The models of *Can I run?* and of the way back to running (clinical facts, section 3)."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from bot.advice.model.area import Note
from bot.advice.model.base import Cited, Id, Line, Model, Name, Text


class Light(StrEnum):
    """May I run today? Worst first."""

    RED = "red"  # not today
    AMBER = "amber"  # easy, less, and look again
    GREEN = "green"  # as planned


class RunAnswer(Model):
    """One answer to a question about running, and what it comes to."""

    id: Id
    text: Annotated[Text, StringConstraints(max_length=80)] = Field(description="On a button.")
    light: Light
    reason: Line | None = Field(default=None, description="Why, to the runner; for red and amber.")
    sore: bool = Field(default=False, description="It hurt: red where the area wants walking free of pain.")
    see_someone: bool = Field(default=False, description="A red light with this answer asks for a doctor or physio.")
    hops: bool = Field(default=False, description="Offered only where hopping cannot do harm: see can_run of the area.")
    fact: Id | None = Field(default=None, description="A fact of the check that this answer says is true.")

    @model_validator(mode="after")
    def _explained(self) -> Self:
        if self.reason is None and self.light is not Light.GREEN:
            raise ValueError(f"an answer that makes the light {self.light} says why in reason")
        return self


class RunQuestion(Model):
    """A question about the last run, or about today."""

    id: Id
    ask: Annotated[Text, StringConstraints(max_length=150)]
    many: bool = Field(default=False, description="More than one answer may be true.")
    answers: Annotated[tuple[RunAnswer, ...], Field(min_length=1, max_length=16)]
    sources: Cited


class RunLimits(Model):
    """The numbers of the rule, 0-10; clinical facts, sections 3.2 and 3.3."""

    rest: int = Field(ge=0, le=10, description="The most pain at rest with which to run.")
    green: int = Field(ge=0, le=10, description="The most pain in a run that is green.")
    amber: int = Field(ge=0, le=10, description="The most that is amber; an area's ceiling may be lower.")
    rest_reason: Line
    amber_reason: Line
    red_reason: Line
    ceiling_reason: Line
    not_run_reason: Line
    green_reason: Line
    sources: Cited


class LightGuidance(Model):
    """What one light asks of the runner."""

    light: Light
    title: Name
    running: Line
    not_run: Line | None = Field(default=None, description="Instead of `running`, for who has not run with it yet.")
    steps: Annotated[tuple[Line, ...], Field(min_length=1, max_length=5)]
    safety_net: Line
    sources: Cited


class LadderStep(Model):
    """One step of the way back: run and walk, so many times."""

    run: Annotated[Text, StringConstraints(max_length=40)]
    walk: Annotated[Text, StringConstraints(max_length=40)] | None = None
    times: int = Field(ge=1, le=20)


class Ladder(Model):
    """The way back to running; clinical facts, section 3.4."""

    before: Annotated[tuple[Note, ...], Field(min_length=1, max_length=4)]
    steps: Annotated[tuple[LadderStep, ...], Field(min_length=3, max_length=12)]
    rules: Annotated[tuple[Note, ...], Field(min_length=1, max_length=6)]
    after: Annotated[tuple[Note, ...], Field(min_length=1, max_length=4)]


class RunningFile(Model):
    """running.yaml."""

    limits: RunLimits
    last_run: Annotated[tuple[RunQuestion, ...], Field(min_length=1, max_length=2)]
    today: Annotated[tuple[RunQuestion, ...], Field(min_length=1, max_length=2)]
    lights: Annotated[tuple[LightGuidance, ...], Field(min_length=3, max_length=3)]
    ladder: Ladder

    @model_validator(mode="after")
    def _every_light(self) -> Self:
        if {entry.light for entry in self.lights} != set(Light):
            raise ValueError("lights needs one entry each for red, amber and green")
        ids = [question.id for question in (*self.last_run, *self.today)]
        if len(set(ids)) < len(ids):
            raise ValueError("two questions have the same id")
        return self
