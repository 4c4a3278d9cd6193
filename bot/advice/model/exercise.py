"""Exercises, with their doses, and routines made of them."""

from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import Field, model_serializer, model_validator

from bot.advice.model.base import Cited, FlagId, Id, Line, Model, Name


class Range(Model):
    """A count or a span of counts, written `3` or `10-15`."""

    low: int = Field(ge=1)
    high: int = Field(ge=1)

    @model_validator(mode="before")
    @classmethod
    def _from_yaml(cls, value: Any) -> Any:
        if isinstance(value, bool):
            raise ValueError("write a number such as 3, or a span such as 10-15")
        if isinstance(value, int):
            return {"low": value, "high": value}
        if isinstance(value, str):
            low, dash, high = value.partition("-")
            if not low.strip().isdecimal() or (dash and not high.strip().isdecimal()):
                raise ValueError("write a number such as 3, or a span such as 10-15")
            return {"low": int(low), "high": int(high or low)}
        return value

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low > self.high:
            raise ValueError("the smaller number comes first")
        return self

    @model_serializer
    def _to_yaml(self) -> int | str:
        return self.low if self.low == self.high else f"{self.low}-{self.high}"

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: Any) -> dict[str, Any]:
        return {
            "description": "A number such as 3, or a span such as 10-15.",
            "anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": r"^\d+(\s*-\s*\d+)?$"}],
        }

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}–{self.high}"


class Dose(Model):
    """How much: sets of repetitions, seconds or minutes, and how often."""

    sets: Range | None = None
    reps: Range | None = None
    hold: Range | None = Field(default=None, description="Seconds each repetition is held.")
    seconds: Range | None = Field(default=None, description="Seconds a set lasts, where repetitions are not counted.")
    minutes: Range | None = None
    each_side: bool = False
    per_day: Range | None = None
    per_week: Range | None = Field(default=None, description="Days a week.")
    weeks: Range | None = Field(default=None, description="Weeks before judging whether it helps.")

    @model_validator(mode="after")
    def _says_how_much(self) -> Self:
        if not (self.reps or self.seconds or self.minutes):
            raise ValueError("a dose says how much: give reps, seconds or minutes")
        if self.per_week and self.per_week.high > 7:
            raise ValueError("per_week counts days, so it is 7 at most")
        return self


class Demand(StrEnum):
    """What an exercise asks of sore tissue. Any of these needs the warning signs cleared first."""

    IMPACT = "impact"
    HEAVY_LOAD = "heavy_load"
    HOPPING = "hopping"
    END_RANGE = "end_range"


class ExerciseKind(StrEnum):
    """What an exercise does for who does it.

    `static_stretch`: to a mild pull, and held there. `moving_stretch`: into a light pull and out of it again, slowly.
    `mobility`: movement short of a pull: of a joint, of the whole body as in walking, or of a roller over muscle.
    `strength`: muscle works against weight, a band, the floor or itself. `balance`: standing steady. `rest`: lying
    or sitting still, and breathing.
    """

    STATIC_STRETCH = "static_stretch"
    MOVING_STRETCH = "moving_stretch"
    MOBILITY = "mobility"
    STRENGTH = "strength"
    BALANCE = "balance"
    REST = "rest"

    @property
    def is_stretch(self) -> bool:
        """Whether anything is stretched."""
        return self in {ExerciseKind.STATIC_STRETCH, ExerciseKind.MOVING_STRETCH}


class Exercise(Model):
    """One exercise, described so that somebody can do it from the words alone."""

    id: Id
    name: Name
    kind: ExerciseKind
    areas: tuple[Id, ...] = Field(default=(), description="Areas it belongs to; empty for the whole body.")
    unscreened_ok: bool = Field(description="Safe before any question was asked: gentle, no demand, not for headache.")
    demands: tuple[Demand, ...] = ()
    not_with: tuple[FlagId, ...] = Field(
        default=(), description="Warning signs and milder pictures with which it could do harm."
    )
    start: Line = Field(description="Where to be before the first movement.")
    steps: Annotated[tuple[Line, ...], Field(min_length=2, max_length=6)]
    dose: Dose
    feel: Line | None = Field(default=None, description="Where it should be felt.")
    stop_if: Line = Field(description="When to stop at once.")
    easier: Line | None = None
    harder: Line | None = None
    avoid_if: Line | None = None
    sources: Cited

    @model_validator(mode="after")
    def _gentle_when_unscreened(self) -> Self:
        if self.unscreened_ok and self.demands:
            wants = ", ".join(demand.value for demand in self.demands)
            raise ValueError(f"unscreened_ok means no demands, but it has {wants}; set unscreened_ok: false")
        if self.unscreened_ok and self.not_with:
            raise ValueError(
                f"unscreened_ok means that nobody was asked, but it could do harm with {', '.join(self.not_with)}; "
                "set unscreened_ok: false"
            )
        return self

    @model_validator(mode="after")
    def _says_who_leaves_it_out(self) -> Self:
        if self.demands and not self.not_with:
            raise ValueError("a demand can do harm; name in not_with the warning signs with which it could")
        if self.not_with and not self.avoid_if:
            raise ValueError("it could do harm with a warning sign; say in avoid_if who leaves it out")
        return self


class ExerciseFile(Model):
    """exercises/*.yaml."""

    exercises: Annotated[tuple[Exercise, ...], Field(min_length=1)]


class Step(Model):
    """One station of a routine."""

    exercise: Id
    seconds: int = Field(ge=10, le=180, description="How long; for each side where `each_side` is true.")
    each_side: bool = False
    cue: Line | None = Field(default=None, description="The one thing to think of.")

    @property
    def total_seconds(self) -> int:
        return self.seconds * (2 if self.each_side else 1)


CHANGEOVER_SECONDS = 10  # to get into place for a station


class RoutineMoment(StrEnum):
    """When a routine fits: moving before a run, held stretches after it and apart from running."""

    BEFORE_RUN = "before_run"
    AFTER_RUN = "after_run"
    DESK = "desk"
    BED = "bed"
    ANYTIME = "anytime"


class RoutineKind(StrEnum):
    """What most of a routine is. `loosening` and `rest` pull on nothing, and do not call themselves stretches."""

    STRETCH = "stretch"
    LOOSENING = "loosening"
    STRENGTH = "strength"
    REST = "rest"


class Routine(Model):
    """Some exercises in a row, three to ten minutes: the sum of its steps, with a changeover before each."""

    id: Id
    name: Name
    kind: RoutineKind
    moment: RoutineMoment
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
    """routines/*.yaml."""

    routines: Annotated[tuple[Routine, ...], Field(min_length=1)]
