"""Base poses: where a body begins before an author's own angles, and what it rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from bot.figures.body import SIDES, TABLES, Angles
from bot.figures.vectors import LEVEL, Frame, Vec, tip

SEAT, CHAIR_BACK, STEP, TABLE, STOOL = 0.4, 0.82, 0.14, 0.72, 0.4  # heights in metres
SURFACES: Final[Mapping[str, float]] = {
    "floor": 0, "chair": SEAT, "chair_back": CHAIR_BACK, "step": STEP, "table": TABLE, "stool": STOOL,
}  # fmt: skip


def _both(*parts: str) -> tuple[str, ...]:
    return tuple(f"{part}_{side}" for part in parts for side in SIDES)


ANCHORS: Final[Mapping[str, tuple[str, ...]]] = {
    "feet": _both("heel", "ball", "toe"),
    "foot_left": ("heel_left", "ball_left", "toe_left"),
    "foot_right": ("heel_right", "ball_right", "toe_right"),
    "toes": _both("ball", "toe"),
    "heels": _both("heel"),
    "knees": _both("knee"),
    "knee_left": ("knee_left",),
    "knee_right": ("knee_right",),
    "pelvis": _both("hip"),
    "back": _both("hip", "rib"),
    "shoulders": ("nape", *_both("shoulder", "rib")),
    "front": _both("hip", "rib"),
    "right_side": ("hip_right", "shoulder_right"),
    "elbow_right": ("elbow_right", "wrist_right"),
    "elbows": _both("elbow", "wrist"),
    "hands": _both("hand"),
}
"""The parts that stay in place and touch the surface, by the name an author gives them."""


@dataclass(frozen=True, slots=True)
class Base:
    """A pose without an author's own angles: degrees by joint, how the pelvis lies, what rests on which surface."""

    angles: Angles = field(default_factory=dict)
    root: Frame = LEVEL
    anchor: str = "feet"
    surface: str = "floor"
    level_feet: bool = False  # an ankle without an angle keeps its sole flat
    reach: Mapping[str, str] = field(default_factory=dict)
    props: Sequence[str] = ()


_ON_RIGHT_SIDE: Final = Frame(Vec(0, -1, 0), Vec(0, 0, 1), Vec(-1, 0, 0))


def _base(begins: Sequence[str] = (), angles: Angles = MappingProxyType({}), root: Any = 0, **own: Any) -> Base:
    """From a line of the table: the angles it begins with under its own, and how the pelvis lies."""
    shared = {joint: angle for group in begins for joint, angle in TABLES["angles"][group].items()}
    return Base({**shared, **angles}, _ON_RIGHT_SIDE if root == "right_side" else tip(root), **own)


BASES: Final[Mapping[str, Base]] = {name: _base(**entry) for name, entry in TABLES["bases"].items()}
