"""Figures: how the picture of an exercise is drawn, as joint angles of two poses."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from bot.advice.model.base import Id, Model, Text
from bot.figures.bases import ANCHORS, BASES, SURFACES
from bot.figures.body import angle_limits
from bot.figures.muscles import muscle_known
from bot.figures.pose import KEEPABLE, PAIRS, WALLS, Setting, target_known
from bot.figures.props import PROPS
from bot.figures.scene import FOCUS, VIEWS, Place, PropSize, Scene, arrow_fault

Angles = dict[str, Annotated[float, Field(allow_inf_nan=False)]]
Reach = dict[str, str]


LIMBS_THAT_REACH = (*PAIRS, *(limb for pair in PAIRS.values() for limb in pair))


class Figure(Model):
    """One exercise in two poses. docs/figures.md says what each key does."""

    id: Id = Field(description="The exercise it shows.")
    base: str = Field(description="The pose to begin with.")
    view: str = "side"
    turn: float = Field(default=0, ge=-90, le=90, description="Degrees to look from further round.")
    above: float = Field(default=0, ge=0, le=60, description="Degrees to look down from.")
    focus: str = Field(default="whole", description="What has to be in the picture.")
    anchor: str | None = Field(default=None, description="What stays in its place.")
    surface: str | None = Field(default=None, description="What the anchor rests on.")
    start: Angles = Field(default={}, description="Angles of the first pose, in degrees, over those of the base.")
    move: Angles = Field(default={}, description="Angles that are different in the second pose.")
    reach: Reach = Field(default={}, description="What hands or feet are led to, in both poses.")
    move_reach: Reach = Field(default={}, description="What they are led to in the second pose only.")
    keep: tuple[str, ...] = Field(default=(), description="What stays where it was in the first pose.")
    still: bool = Field(default=False, description="Nothing moves: a hold, a rest, or work that cannot be seen.")
    props: dict[str, bool | float | str | tuple[str | Place, ...]] = Field(default={}, description="What stands about.")
    muscles: Annotated[tuple[str, ...], Field(max_length=4)] = Field(
        default=(), description="What works or is stretched."
    )
    arrows: Annotated[tuple[str, ...], Field(max_length=3)] = ()
    alt: Annotated[Text, Field(max_length=300)] | None = Field(
        default=None, description="What the picture shows, for who cannot see it; else name, start and first steps."
    )

    @field_validator("start", "move")
    @classmethod
    def _what_joints_can_do(cls, angles: Angles) -> Angles:
        for name, angle in angles.items():
            limits = angle_limits(name)
            if limits is None:
                raise ValueError(f"there is no joint `{name}`; docs/figures.md lists them")
            if not limits[0] <= angle <= limits[1]:
                raise ValueError(f"`{name}` cannot be {angle:g}; give {limits[0]:g} to {limits[1]:g} degrees")
        return angles

    @model_validator(mode="after")
    def _known_names(self) -> Self:
        for key, value, known in (
            ("base", self.base, BASES),
            ("view", self.view, VIEWS),
            ("focus", self.focus, FOCUS),
            ("anchor", self.anchor, ANCHORS),
            ("surface", self.surface, SURFACES),
            *(("keep", kept, KEEPABLE) for kept in self.keep),
            *(("props", prop, PROPS) for prop in self.props),
        ):
            if value is not None and value not in known:
                raise ValueError(f"there is no {key} `{value}`; write one of: {', '.join(known)}")
        for muscle in self.muscles:
            if not muscle_known(muscle):
                raise ValueError(f"there is no muscle `{muscle}`; docs/figures.md lists them")
        for arrow in self.arrows:
            if fault := arrow_fault(arrow):
                raise ValueError(f"`{arrow}` is no arrow: {fault}; docs/figures.md says how they are written")
        for limb, target in {**self.reach, **self.move_reach}.items():
            if limb not in LIMBS_THAT_REACH or not target_known(target):
                raise ValueError(f"nothing reaches like `{limb}: {target}`; docs/figures.md lists what does")
        return self

    @property
    def scene(self) -> Scene:
        """What the drawing needs to know."""
        props: Mapping[str, PropSize] = self.props
        walls = {name: float(at) for name, at in props.items() if name in WALLS and isinstance(at, float | int)}
        return Scene(
            Setting(self.base, self.anchor, self.surface, walls),
            self.start,
            self.move,
            self.reach,
            {**self.reach, **self.move_reach},
            self.keep,
            self.view,
            self.turn,
            self.above,
            self.focus,
            props,
            self.muscles,
            self.arrows,
        )


class FigureFile(Model):
    """figures/*.yaml."""

    figures: Annotated[tuple[Figure, ...], Field(min_length=1)]
