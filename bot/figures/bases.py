"""Base poses: where a body begins before an author's own angles, and what it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.figures.body import SIDES, Angles
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
    angles: Angles = field(default_factory=dict)
    root: Frame = LEVEL
    anchor: str = "feet"
    surface: str = "floor"
    level_feet: bool = False  # an ankle without an angle keeps its sole flat
    reach: Mapping[str, str] = field(default_factory=dict)
    props: tuple[str, ...] = ()


_ON_RIGHT_SIDE: Final = Frame(Vec(0, -1, 0), Vec(0, 0, 1), Vec(-1, 0, 0))
_LYING: Final = {"shoulder": -9, "shoulder_out": 12, "elbow": 8, "ankle": -18, "hip_out": 3}
_LEGS_BENT: Final = {"hip": 50, "knee": 106}
_KNEELING: Final = {"knee": 90, "ankle": -60, "toes": 0}
_FOURS: Final = {"lean": 84, "hip": 84, "shoulder": 84, "neck": -18, "head": -4, **_KNEELING}

BASES: Final[Mapping[str, Base]] = {
    "standing": Base({"shoulder_out": 7, "elbow": 8}, level_feet=True),
    "walking": Base(
        {
            "hip_left": 24, "knee_left": 6, "hip_right": -14, "knee_right": 12, "ankle_left": 0, "ankle_right": 0,
            "toes_right": 24, "shoulder_right": 24, "shoulder_left": -24, "elbow": 24, "shoulder_out": 6,
        }
    ),
    "lunge": Base(
        {"hip_left": 48, "knee_left": 48, "hip_right": -24, "knee_right": 4, "shoulder_out": 7, "elbow": 8},
        level_feet=True,
    ),
    "squat": Base({"lean": 32, "hip": 92, "knee": 84, "shoulder": 70, "elbow": 8, "neck": -16}, level_feet=True),
    "hinge": Base({"lean": 55, "hip": 64, "knee": 18, "shoulder": 55, "neck": -10}, level_feet=True),
    "sitting": Base(
        {"hip": 90, "knee": 90, "shoulder": 22, "shoulder_out": 7, "elbow": 38},
        anchor="pelvis",
        surface="chair",
        level_feet=True,
        props=("chair",),
    ),
    "long_sitting": Base(
        {"hip": 89.5, "back": 6, "ankle": -12, "hip_out": 6, "shoulder": -34, "shoulder_out": 10, "elbow": 14},
        anchor="pelvis",
    ),
    "kneeling": Base({"shoulder_out": 7, "elbow": 8, **_KNEELING}, anchor="knees"),
    "half_kneeling": Base(
        {
            "hip_left": 90, "knee_left": 90, "knee_right": 90, "ankle_right": -60,
            "shoulder_out": 7, "elbow": 12, "shoulder": 30,
        },
        anchor="knee_right",
        level_feet=True,
        reach={"hands": "knee_left", "foot_left": "floor"},
    ),
    "hands_and_knees": Base(_FOURS, anchor="knees", reach={"hands": "floor"}),
    "plank": Base(
        {"lean": 76, "shoulder": 76, "elbow": 90, "ankle": 8, "toes": 70, "neck": -10},
        anchor="toes",
        reach={"elbows": "floor"},
    ),
    "push_up": Base(
        {"lean": 66, "shoulder": 66, "ankle": 8, "toes": 60, "neck": -10}, anchor="toes", reach={"hands": "floor"}
    ),
    "side_plank": Base(
        {"roll": -23, "shoulder_left": -4, "elbow_left": 10, "knee": 90, "ankle": -20},
        root=_ON_RIGHT_SIDE,
        anchor="knee_right",
        reach={"elbow_right": "floor"},
    ),
    "lying_back": Base(_LYING, root=tip(-90), anchor="back"),
    "lying_back_knees_bent": Base({**_LYING, **_LEGS_BENT}, root=tip(-90), anchor="back", level_feet=True),
    "lying_front": Base(
        {"shoulder": 170, "shoulder_out": 30, "shoulder_turn": -90, "elbow": 110, "ankle": -46, "neck": -8},
        root=tip(90),
        anchor="front",
    ),
    "lying_side": Base(
        {"shoulder_right": 172, "elbow_right": 12, "shoulder_left": 48, "elbow_left": 62, "hip_right": 20,
         "knee_right": 40, "ankle": -14, "hip_left": 8, "neck_side": 4},
        root=_ON_RIGHT_SIDE,
        anchor="right_side",
        reach={"foot_right": "floor"},
    ),
}  # fmt: skip
