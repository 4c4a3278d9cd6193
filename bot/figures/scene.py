"""A scene: what one figure shows, in plain values; and its two poses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.figures.body import Angles, both_sides, stand_up
from bot.figures.pose import Pose, Setting, placed

VIEWS: Final[Mapping[str, float]] = {"side": 0, "front": 90, "back": -90, "left": 180}
"""From where one looks, in degrees round the person: `side` sees the right of who faces to the right."""

FOCUS: Final[Mapping[str, tuple[str, ...]]] = {
    "whole": (),
    "upper": ("head", "hair", "nose", "nape", "shoulder", "rib", "waist", "elbow", "wrist", "hand"),
    "head": ("head", "hair", "nose", "jaw", "nape", "shoulder", "rib"),
    "lower": ("hip", "knee", "calf", "ankle", "heel", "ball", "toe"),
    "foot": ("calf", "ankle", "heel", "ball", "toe"),
    "hips": ("rib", "waist", "hip", "knee"),
}
"""What has to be in the picture; the rest may lie outside."""

WAYS: Final[Mapping[str, tuple[float, float]]] = {"up": (0, -1), "down": (0, 1), "left": (-1, 0), "right": (1, 0)}
"""In the picture: right and down."""


def arrow_fault(arrow: str) -> str | None:
    """What is wrong with `part`, `part both`, `part circle`, `part letter`, `part push up`; None for nothing."""
    part, *how = arrow.split()
    if part not in PARTS_OF_BODY:
        return f"there is no part `{part}`"
    if (
        not how
        or how in (["both"], ["circle"], ["letter"])
        or (how[0] == "push" and how[1:] and how[1] in WAYS and len(how) == 2)
    ):
        return None
    return None if set(how) <= {"both", *SIDES_OF_ARROW} else f"`{' '.join(how)}` is none of its kinds"


SIDES_OF_ARROW: Final[Mapping[str, tuple[float, float]]] = {
    "above": (0, -1),
    "below": (0, 1),
    "before": (1, 0),
    "behind": (-1, 0),
}
"""On which side of the body an arrow runs: `before` to the right in the picture, `behind` to the left."""

PARTS_OF_BODY: Final = frozenset(stand_up({}).at)

Place = tuple[float, float] | tuple[float, float, float]  # metres ahead, high, and to the left
PropSize = float | bool | str | tuple[str | Place, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """Two poses of one person among some props."""

    setting: Setting
    start: Angles
    move: Angles
    reach_start: Mapping[str, str] = field(default_factory=dict)
    reach_move: Mapping[str, str] = field(default_factory=dict)
    keep: tuple[str, ...] = ()
    view: str = "side"
    turn: float = 0  # degrees further round to the left of the person
    above: float = 0  # degrees from above
    focus: str = "whole"
    props: Mapping[str, PropSize] = field(default_factory=dict)
    muscles: tuple[str, ...] = ()
    arrows: tuple[str, ...] = ()

    def pose_at(self, share: float, first: Pose | None = None) -> Pose:
        """The pose between start (0) and movement (1); beyond the start it needs `first`, the pose of the start."""
        if first is None or share == 0:
            return placed(self.setting, self.start, self.reach_start)
        base = self.setting.start.angles
        angles = dict(self.start)
        for name, goal in self.move.items():
            begin = _begins(name, self.start, base)
            angles[name] = begin + (goal - begin) * share
        reach = self.reach_move if share == 1 else self.reach_start
        return placed(self.setting, angles, reach, self.keep, first.body)


def _begins(name: str, start: Angles, base: Angles) -> float:
    for angles in (start, base):
        for key in (name, both_sides(name)):
            if key in angles:
                return angles[key]
    return next((angles[f"{name}_left"] for angles in (start, base) if f"{name}_left" in angles), 0)
