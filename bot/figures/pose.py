"""A pose: a skeleton placed on what it rests on, with hands and feet led to what they hold."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.figures.bases import ANCHORS, BASES, SURFACES, Base
from bot.figures.body import (
    FOREARM,
    HAND,
    SHIN,
    SIDES,
    THIGH,
    UPPER_ARM,
    Angles,
    Skeleton,
    both_sides,
    hold_head,
    set_arm,
    set_foot,
    set_hand,
    set_leg,
    spread,
    stand_up,
)
from bot.figures.vectors import UP, Frame, Vec, middle, two_bones, upright

FREE: Final = "free"  # of a hand: led nowhere, though the base says so
STANDS: Final = 0.002  # metres by which a sole may miss what it stands on
REACH_TOLERANCE: Final = 0.03  # metres by which a hand may miss what it reaches for
PAIRS: Final[Mapping[str, tuple[str, ...]]] = {
    name: (f"{one}_left", f"{one}_right") for name, one in (("hands", "hand"), ("feet", "foot"), ("elbows", "elbow"))
}
WALLS: Final = ("wall", "wall_left")
KEEPABLE: Final = ("hands", "feet", "head", "hand_left", "hand_right", "foot_left", "foot_right")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a pose is placed by: the base, what touches which surface, what hands reach for, where the wall is."""

    base: str
    anchor: str | None = None
    surface: str | None = None
    walls: Mapping[str, float] = field(default_factory=dict)  # `wall` ahead, `wall_left` beside, in metres

    @property
    def start(self) -> Base:
        return BASES[self.base]

    @property
    def parts(self) -> tuple[str, ...]:
        return ANCHORS[self.anchor or self.start.anchor]

    @property
    def height(self) -> float:
        return SURFACES[self.surface or self.start.surface]


@dataclass(slots=True)
class Pose:
    """A skeleton in its place, and what a hand or foot could not get to."""

    body: Skeleton
    missed: dict[str, float] = field(default_factory=dict)  # metres, by `hand_left` and the like


def placed(
    setting: Setting,
    angles: Angles,
    reach: Mapping[str, str],
    keep: tuple[str, ...] = (),
    first: Skeleton | None = None,
) -> Pose:
    """The pose of these angles over those of the base.

    `first` is the skeleton of the start: the anchor stays where it was there, and so does what is to be kept.
    """
    base = setting.start
    all_angles = spread(base.angles) | spread(angles)
    body = stand_up(all_angles, base.root)
    if base.level_feet:
        named = {name for name in spread(angles) if name.startswith("ankle")}
        for side in SIDES:
            if f"ankle_{side}" not in named and f"ankle_{side}" not in base.angles:
                set_foot(body, side, _level(body.frames[f"foot_{side}"]))
    _settle(body, setting, first)
    if setting.parts == ANCHORS["feet"]:
        _stand_on_both(body, setting.height)
    pose = Pose(body)
    if first and "head" in keep:
        hold_head(body, first.frames["neck"], first.frames["head"])
    for limb, target in _limbs({**base.reach, **reach}):
        _lead(pose, limb, target, setting)
    if first:
        for limb in _singles(keep):
            _return(pose, limb, first)
    return pose


def _settle(body: Skeleton, setting: Setting, first: Skeleton | None) -> None:
    parts = setting.parts
    here = middle(body.at[part] for part in parts)
    there = middle(first.at[part] for part in parts) if first else Vec(0, 0, 0)
    body.move(Vec(there.x - here.x, there.y - here.y, setting.height - body.lowest(parts)))


def _stand_on_both(body: Skeleton, height: float) -> None:
    """Bring down the foot that hangs higher: straighten its leg, and where that is too short lower the body."""
    ankles = {side: _sole_on(body, side, height) for side in SIDES}
    body.move(Vec(0, 0, -max(_too_high(body.at[f"hip_{side}"], ankle) for side, ankle in ankles.items())))
    for side, ankle in ankles.items():
        if math.dist(body.at[f"ankle_{side}"], ankle) > STANDS:
            bend_leg(body, side, ankle, body.frames[f"foot_{side}"])


def _too_high(hip: Vec, ankle: Vec) -> float:
    """By how much a hip is too high for a leg to this ankle."""
    aside = math.hypot(hip.x - ankle.x, hip.y - ankle.y)
    return max(0.0, hip.z - ankle.z - math.sqrt(max((THIGH + SHIN) ** 2 - aside**2, 0)))


def _sole_on(body: Skeleton, side: str, height: float) -> Vec:
    """Where an ankle is when its foot, turned as it is, comes straight down or up to this height."""
    ankle = body.at[f"ankle_{side}"]
    return ankle.plus(Vec(0, 0, height - body.lowest(ANCHORS[f"foot_{side}"])))


def _level(foot: Frame) -> Frame:
    """The same heading, sole down."""
    flat = Vec(foot.forward.x, foot.forward.y, 0)
    if flat.length < 0.2:
        return foot
    forward = flat.unit()
    return Frame(forward, UP.cross(forward), UP)


def _singles(names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        if name != "head":
            yield from PAIRS.get(name, (name,))


def _limbs(reach: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each limb with its goal; what is said of one limb holds over what is said of both, and FREE over all."""
    pairs = {limb: target for name, target in reach.items() for limb in PAIRS.get(name, ())}
    for limb, target in {**pairs, **{name: target for name, target in reach.items() if name not in PAIRS}}.items():
        side = limb.rpartition("_")[2]
        if target.rpartition("_")[2] in SIDES or target in ("head", "nape"):
            yield limb, target
        elif target != FREE:
            yield limb, f"{target}_{side}" if target in RESTING else target


RESTING: Final = ("knee", "ankle", "hip", "shoulder", "toe", "ball", "heel", "calf", "waist", "elbow")
"""Parts of the body a hand can rest on; without a side, each hand goes to its own."""


def _lead(pose: Pose, limb: str, target: str, setting: Setting) -> None:
    part, _, side = limb.partition("_")
    body = pose.body
    goal, hand = _goal(body, part, side, target, setting)
    if part == "elbow":
        _point_elbow(body, side, goal)
        return
    if part == "foot":
        frame = body.frames[f"foot_{side}"]
        pose.missed[limb] = bend_leg(body, side, goal, frame)
        return
    frame = hand or body.frames[f"hand_{side}"]
    pose.missed[limb] = bend_arm(body, side, goal.minus(frame.of(HAND)), frame)


def _goal(body: Skeleton, part: str, side: str, target: str, setting: Setting) -> tuple[Vec, Frame | None]:
    """Where to, and how the hand lies there; None as it is."""
    name, _, height = target.partition(" ")
    if name in WALLS:
        return _on_wall(body, side, name, setting.walls.get(name, 0.5), float(height or 0))
    if name in SURFACES and part == "foot":
        return _sole_on(body, side, SURFACES[name]), None
    if name in SURFACES:
        now, radius = body.at[f"{part}_{side}"], body.radius(f"{part}_{side}")
        # a hand lies flat, fingers ahead
        return Vec(now.x, now.y, SURFACES[name] + radius), _flat(body)
    part_at = body.at[name]
    return part_at.plus(_outside(body, name, side)), None


def _on_wall(body: Skeleton, side: str, name: str, at: float, height: float) -> tuple[Vec, Frame | None]:
    shoulder = body.at[f"shoulder_{side}"]
    z = height or shoulder.z - 0.02
    gap = body.radius("hand") * 0.8
    if name == "wall":
        toward = 1 if at > 0 else -1
        return Vec(at - gap * toward, shoulder.y, z), Frame(Vec(toward, 0, 0), Vec(0, -toward, 0), Vec(0, 0, -1))
    toward = 1 if at > 0 else -1
    return Vec(shoulder.x + 0.05, at - gap * toward, z), Frame(Vec(0, toward, 0), Vec(toward, 0, 0), Vec(0, 0, -1))


def _flat(body: Skeleton) -> Frame:
    """Palm down, fingers where the chest faces or, lying over them, where its top points."""
    chest = body.frames["chest"]
    ahead = chest.up if abs(chest.up.x) > abs(chest.forward.x) else chest.forward
    along = Vec(ahead.x, ahead.y, 0).unit()
    back = along.scaled(-1)
    return Frame(Vec(0, 0, -1), Vec(0, 0, -1).cross(back).scaled(-1), back)


def _outside(body: Skeleton, name: str, side: str) -> Vec:
    """From the middle of a part to where a hand would touch it."""
    mirrored = 1 if side == "left" else -1
    if name == "head":
        return body.frames["head"].of(Vec(-0.07, 0.08 * mirrored, 0.02))
    if name == "nape":
        return body.frames["neck"].of(Vec(-0.07, 0.02 * mirrored, 0.03))
    if name.startswith("shoulder"):
        return body.frames["chest"].of(Vec(0.03, 0, 0.06))
    if name.startswith("knee"):
        return body.frames[f"thigh_{name.rpartition('_')[2]}"].of(Vec(0.06, 0, 0.04))
    if name.startswith("waist"):
        return body.frames["low"].of(Vec(0.09, 0, -0.05))
    return Vec(0, 0, 0.03)


def target_known(target: str) -> bool:
    """Whether a hand can be led there."""
    if target == FREE:
        return True
    name, _, height = target.partition(" ")
    if name in WALLS:
        return not height or height.replace(".", "", 1).isdecimal()
    return not height and (name in SURFACES or name in ("head", "nape") or both_sides(name) in RESTING)


def _point_elbow(body: Skeleton, side: str, goal: Vec) -> None:
    """The forearm along the floor, the elbow below its shoulder."""
    shoulder = body.at[f"shoulder_{side}"]
    chest = body.frames["chest"]
    way = chest.forward if abs(chest.forward.z) < 0.5 else chest.up
    ahead = Vec(way.x, way.y, 0).unit()
    upper = upright(shoulder.minus(Vec(shoulder.x, goal.y, goal.z)).unit(), body.frames[f"upper_{side}"])
    fore = upright(ahead.scaled(-1), upper)
    set_arm(body, side, upper, fore)
    set_hand(body, side, fore)


def _return(pose: Pose, limb: str, first: Skeleton) -> None:
    part, _, side = limb.partition("_")
    if part == "hand":
        pose.missed[limb] = bend_arm(pose.body, side, first.at[f"wrist_{side}"], first.frames[f"hand_{side}"])
    else:
        pose.body.toes[side] = first.toes[side]
        pose.missed[limb] = bend_leg(pose.body, side, first.at[f"ankle_{side}"], first.frames[f"foot_{side}"])


def bend_arm(body: Skeleton, side: str, wrist: Vec, hand: Frame) -> float:
    """Bend an arm so that its wrist comes to a point; how many metres are missing."""
    shoulder, elbow = body.at[f"shoulder_{side}"], body.at[f"elbow_{side}"]
    middle_joint, missing = two_bones(shoulder, wrist, UPPER_ARM, FOREARM, elbow)
    upper = upright(shoulder.minus(middle_joint), body.frames[f"upper_{side}"])
    fore = upright(middle_joint.minus(wrist), upper)
    set_arm(body, side, upper, fore)
    set_hand(body, side, hand)
    return missing


def bend_leg(body: Skeleton, side: str, ankle: Vec, foot: Frame) -> float:
    """Bend a leg so that its ankle comes to a point; how many metres are missing."""
    hip, knee = body.at[f"hip_{side}"], body.at[f"knee_{side}"]
    ahead = body.frames[f"thigh_{side}"].forward
    middle_joint, missing = two_bones(hip, ankle, THIGH, SHIN, knee.plus(ahead, 0.05))
    thigh = upright(hip.minus(middle_joint), body.frames[f"thigh_{side}"])
    set_leg(body, side, thigh, upright(middle_joint.minus(ankle), thigh))
    set_foot(body, side, foot)
    return missing
