"""The model of a routine: some exercises in a row."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from bot.advice.model.base import Cited, Id, Line, Model, Name


class Step(Model):
    """One station of a routine."""

    exercise: Id
    seconds: int = Field(ge=10, le=180, description="How long; for each side where `each_side` is true.")
    each_side: bool = False
    cue: Line | None = Field(default=None, description="The one thing to think of.")

    @property
    def total_seconds(self) -> int:
        return self.seconds * (2 if self.each_side else 1)


CHANGEOVER_SECONDS = 10  # to get from one station to the next


class Routine(Model):
    """Some exercises in a row, three to ten minutes."""

    id: Id
    name: Name
    kind: Literal["stretch", "strength", "mobility", "warm_up", "wind_down"]
    areas: tuple[Id, ...] = Field(default=(), description="Areas it is for; empty for the whole body.")
    intro: Line
    steps: Annotated[tuple[Step, ...], Field(min_length=3, max_length=12)]
    sources: Cited

    @property
    def seconds(self) -> int:
        """How long it takes, changing over included."""
        return sum(step.total_seconds + CHANGEOVER_SECONDS for step in self.steps)

    @property
    def minutes(self) -> int:
        return max(1, round(self.seconds / 60))

    @model_validator(mode="after")
    def _three_to_ten_minutes(self) -> Self:
        if not 150 <= self.seconds <= 629:
            raise ValueError(f"a routine takes 3 to 10 minutes, this one {self.seconds} s; change its seconds or steps")
        return self


class RoutineFile(Model):
    routines: Annotated[tuple[Routine, ...], Field(min_length=1)]
