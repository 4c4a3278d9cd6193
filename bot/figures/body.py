"""The body: joints with what they can do, lengths of its parts, and where each comes to lie by its angles."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bot.figures.vectors import LEVEL, ZERO, Frame, Vec, roll, spin, tip

SIDES: Final = ("left", "right")

TABLES: Final[Mapping[str, Any]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

#: What each joint can do: its least and its greatest angle.
TRUNK: Final[Mapping[str, tuple[float, float]]] = {joint: (low, high) for joint, (low, high) in TABLES["trunk"].items()}
LIMBS: Final[Mapping[str, tuple[float, float]]] = {joint: (low, high) for joint, (low, high) in TABLES["limbs"].items()}

Angles = Mapping[str, float]


def both_sides(name: str) -> str:
    """The name without its side: `hip` for `hip_left`, and for `hip`."""
    return next((name.removesuffix(f"_{side}") for side in SIDES if name.endswith(f"_{side}")), name)


def angle_limits(name: str) -> tuple[float, float] | None:
    """What this joint can do, for `hip` as for `hip_left`; None for no joint."""
    return LIMBS.get(both_sides(name)) or TRUNK.get(name)


def spread(angles: Angles) -> dict[str, float]:
    """Every angle under its own side: what is given for both counts for each, unless one is given by itself."""
    by_side = {f"{name}_{side}": value for name, value in angles.items() if name in LIMBS for side in SIDES}
    return by_side | {name: value for name, value in angles.items() if name not in LIMBS}


THIGH, SHIN, UPPER_ARM, FOREARM = 0.42, 0.41, 0.28, 0.25
HIP: Final = Vec(0, 0.085, -0.02)
LUMBAR, THORAX, NECK = Vec(0, 0, 0.2), Vec(0, 0, 0.27), Vec(0.02, 0, 0.1)
SHOULDER: Final = Vec(0, 0.165, -0.035)
SKULL: Final = Vec(0.02, 0, 0.1)
EARS: Final = Vec(0.005, 0, 0.075)  # where a head nods
ANKLE_TO: Final = {"heel": Vec(-0.045, 0, -0.045), "ball": Vec(0.125, 0, -0.055)}
TOE: Final = Vec(0.06, 0, -0.005)
EACH_TOE: Final[Mapping[str, int]] = {"toe1": -2, "toe2": -1, "toe3": 0, "toe4": 1, "toe5": 2}  # from the big one out
TOE_STEP: Final = 0.011  # metres from one to the next
TOES_TURN: Final = 0.9  # of the turn of the sole: the axis below the ankle is oblique, so the toes go the same way
HAND: Final = Vec(0, 0, -0.085)

RADII: Final[Mapping[str, float]] = TABLES["radii"]


@dataclass(slots=True)
class Skeleton:
    """Joints and parts in space; `at` by name, those of a limb with its side: `knee_left`."""

    at: dict[str, Vec] = field(default_factory=dict)
    frames: dict[str, Frame] = field(default_factory=dict)
    toes: dict[str, tuple[float, float]] = field(default_factory=dict)  # by side: degrees lifted, degrees apart

    def radius(self, name: str) -> float:
        """How thick the flesh is there, in metres."""
        return RADII[name.rpartition("_")[0] or name]

    def lowest(self, names: tuple[str, ...]) -> float:
        """The height of the lowest point of these parts."""
        return min(self.at[name].z - self.radius(name) for name in names)

    def move(self, by: Vec) -> None:
        """Carry all of it elsewhere."""
        for name, point in self.at.items():
            self.at[name] = point.plus(by)


def stand_up(angles: Angles, root: Frame = LEVEL) -> Skeleton:
    """The skeleton of these angles, pelvis at the origin; `root` is how the pelvis lies before `lean` and the like."""
    angles = spread(angles)
    body = Skeleton()
    frame = root.then(tip(angles.get("lean", 0))).then(roll(angles.get("roll", 0))).then(spin(-angles.get("spin", 0)))
    body.frames["pelvis"] = frame
    body.at["pelvis"] = ZERO
    _spine(body, angles)
    for side in SIDES:
        mirrored = 1 if side == "left" else -1
        _leg(body, angles, side, mirrored)
        _arm(body, angles, side, mirrored)
    return body


def _spine(body: Skeleton, angles: Angles) -> None:
    pelvis = body.frames["pelvis"]
    low = pelvis.then(_bend(angles, "back"))
    chest = low.then(_bend(angles, "chest"))
    neck = chest.then(_bend(angles, "neck"))
    body.frames |= {"low": low, "chest": chest}
    middle = body.at["pelvis"].plus(low.of(LUMBAR))
    top = middle.plus(chest.of(THORAX))
    body.at["spine"] = middle
    body.at["nape"] = top
    for side, mirrored in (("left", 1), ("right", -1)):
        body.at[f"waist_{side}"] = middle.plus(low.of(Vec(0, 0.05 * mirrored, 0)))
        body.at[f"rib_{side}"] = middle.plus(chest.of(Vec(0, 0.072 * mirrored, 0.16)))
    hold_head(body, neck, neck.then(tip(angles.get("head", 0))))


def hold_head(body: Skeleton, neck: Frame, head: Frame) -> None:
    """Put neck and head on the trunk, turned like this."""
    body.frames |= {"neck": neck, "head": head}
    base = body.at["nape"].plus(neck.of(NECK))
    ear = base.plus(neck.of(EARS))
    body.at["neck"] = base
    for name, place in (
        ("head", SKULL),
        ("jaw", Vec(0.05, 0, 0.055)),
        ("nose", Vec(0.127, 0, 0.085)),
        ("hair", Vec(-0.012, 0, 0.132)),
        ("eye_left", Vec(0.108, 0.038, 0.108)),
        ("eye_right", Vec(0.108, -0.038, 0.108)),
    ):
        body.at[name] = ear.plus(head.of(place.minus(EARS)))


def _bend(angles: Angles, part: str) -> Frame:
    turned = spin(-angles.get(f"{part}_turn", 0))
    return turned.then(roll(angles.get(f"{part}_side", 0))).then(tip(angles.get(part, 0)))


def _joint(angles: Angles, joint: str, side: str, mirrored: int) -> Frame:
    """A ball joint: bent forwards, then led outwards, then turned about its own length."""
    flexed = tip(-angles.get(f"{joint}_{side}", 0))
    out = roll(angles.get(f"{joint}_out_{side}", 0) * mirrored)
    return flexed.then(out).then(spin(angles.get(f"{joint}_turn_{side}", 0) * mirrored))


def _leg(body: Skeleton, angles: Angles, side: str, mirrored: int) -> None:
    pelvis = body.frames["pelvis"]
    hip = body.at["pelvis"].plus(pelvis.of(Vec(HIP.x, HIP.y * mirrored, HIP.z)))
    thigh = pelvis.then(_joint(angles, "hip", side, mirrored))
    shin = thigh.then(tip(angles.get(f"knee_{side}", 0)))
    body.at[f"hip_{side}"] = hip
    set_leg(body, side, thigh, shin)
    foot = shin.then(tip(-angles.get(f"ankle_{side}", 0)))
    inwards = angles.get(f"foot_in_{side}", 0) * -mirrored
    foot = foot.then(spin(inwards * TOES_TURN)).then(roll(inwards))
    body.toes[side] = angles.get(f"toes_{side}", 0), angles.get(f"toes_apart_{side}", 0)
    set_foot(body, side, foot)


def set_leg(body: Skeleton, side: str, thigh: Frame, shin: Frame) -> None:
    """Thigh and shin in these directions, from the hip on."""
    knee = body.at[f"hip_{side}"].plus(thigh.up, -THIGH)
    body.at[f"knee_{side}"] = knee
    body.at[f"calf_{side}"] = knee.plus(shin.of(Vec(-0.016, 0, -0.13)))
    body.at[f"ankle_{side}"] = knee.plus(shin.up, -SHIN)
    body.frames |= {f"thigh_{side}": thigh, f"shin_{side}": shin}


def set_foot(body: Skeleton, side: str, foot: Frame) -> None:
    """The foot in this direction, from the ankle on, with its toes as they are."""
    toes, apart = body.toes[side]
    ankle = body.at[f"ankle_{side}"]
    for name, place in ANKLE_TO.items():
        body.at[f"{name}_{side}"] = ankle.plus(foot.of(place))
    body.frames[f"foot_{side}"] = foot
    ball, lifted, outwards = body.at[f"ball_{side}"], foot.then(tip(-toes)), 1 if side == "left" else -1
    body.at[f"toe_{side}"] = ball.plus(lifted.of(TOE))
    for name, steps in EACH_TOE.items():
        turned = lifted.then(spin(apart * steps * outwards))
        body.at[f"{name}_{side}"] = ball.plus(turned.of(TOE)).plus(foot.left, TOE_STEP * steps * outwards)


def _arm(body: Skeleton, angles: Angles, side: str, mirrored: int) -> None:
    chest = body.frames["chest"]
    shrug, blade = angles.get(f"shrug_{side}", 0), angles.get(f"blade_{side}", 0)
    place = Vec(SHOULDER.x - 0.0025 * blade, SHOULDER.y * mirrored, SHOULDER.z + 0.0022 * shrug)
    body.at[f"shoulder_{side}"] = body.at["nape"].plus(chest.of(place))
    upper = chest.then(_joint(angles, "shoulder", side, mirrored))
    fore = upper.then(tip(-angles.get(f"elbow_{side}", 0)))
    set_arm(body, side, upper, fore)
    set_hand(body, side, fore.then(tip(-angles.get(f"wrist_{side}", 0))))


def set_arm(body: Skeleton, side: str, upper: Frame, fore: Frame) -> None:
    """Upper arm and forearm in these directions, from the shoulder on."""
    elbow = body.at[f"shoulder_{side}"].plus(upper.up, -UPPER_ARM)
    body.at[f"elbow_{side}"] = elbow
    body.at[f"wrist_{side}"] = elbow.plus(fore.up, -FOREARM)
    body.frames |= {f"upper_{side}": upper, f"fore_{side}": fore}


def set_hand(body: Skeleton, side: str, hand: Frame) -> None:
    """The hand in this direction, from the wrist on."""
    body.frames[f"hand_{side}"] = hand
    body.at[f"hand_{side}"] = body.at[f"wrist_{side}"].plus(hand.of(HAND))
