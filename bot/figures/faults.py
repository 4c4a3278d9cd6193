"""Faults of a scene: what floats, sinks or misses its hold, arrows outside, a movement that is none."""

import math
from collections.abc import Iterator
from typing import Final

from bot.figures.arrows import arrows
from bot.figures.bases import ANCHORS, SURFACES
from bot.figures.body import SIDES, Skeleton
from bot.figures.camera import PANEL, fitted
from bot.figures.pose import REACH_TOLERANCE, Pose
from bot.figures.scene import PropSize, Scene

SUNK: Final = 0.035  # metres of flesh that may give way where the body rests
HARD: Final = 0.012  # metres by which bone may be off what it touches, before one sees it
LIFTED: Final = 0.06  # metres from which on a foot that moves is seen to be in the air
RESTS_BELOW: Final = 0.16  # metres up to which a foot that does not move has to lie on something
SOFT: Final = ("hip", "rib", "waist", "shoulder", "calf", "nape", "neck", "hair")
PROPPING: Final = ("pillow", "towel", "roller", "ball", "pillow_between")
WIDE: Final = {"stool": (-0.21, 0.21), "table": (0, 0.55)}  # metres ahead of where each is said to be

Fault = tuple[str, str]
"""What is wrong, and how to mend it."""


def sunk(scene: Scene, body: Skeleton, name: str) -> Iterator[Fault]:
    """What is deepest in the floor, and in each wall."""
    fleshy = _fleshy(body)
    lowest = min(fleshy, key=lambda part: body.at[part].z - body.radius(part) + _gives(part))
    if (depth := -(body.at[lowest].z - body.radius(lowest))) > _gives(lowest):
        yield f"in the {name} pose {lowest} is {depth * 100:.0f} cm below the floor", "bend it up, or mend the anchor"
    for wall in scene.setting.walls:
        deepest = max(fleshy, key=lambda part: _into(scene, wall, body, part))
        if (depth := _into(scene, wall, body, deepest)) > HARD:
            yield f"in the {name} pose {deepest} is {depth * 100:.0f} cm inside the {wall}", "move the wall away"


def _fleshy(body: Skeleton) -> list[str]:
    return [part for part in body.at if part not in ("pelvis", "spine")]


def _gives(part: str) -> float:
    """How far a part may sink into what it lies on."""
    return SUNK if part.rpartition("_")[0] in SOFT or part in SOFT else HARD


def _into(scene: Scene, wall: str, body: Skeleton, part: str) -> float:
    """How deep a part is in a wall, in metres; below 0 it is before it."""
    at, axis = scene.setting.walls[wall], 0 if wall == "wall" else 1
    return (body.at[part][axis] - at) * (1 if at > 0 else -1) + body.radius(part)


def hovering(scene: Scene, first: Pose, second: Pose) -> Iterator[Fault]:
    """Feet a little above what they should stand or lie on."""
    for side in SIDES:
        if _propped(scene, side) or set(ANCHORS[f"foot_{side}"]) & set(scene.setting.parts):
            continue
        rests = all(math.dist(first.body.at[part], second.body.at[part]) < HARD for part in ANCHORS[f"foot_{side}"])
        for name, pose in (("first", first), ("second", second)):
            gap = pose.body.lowest(ANCHORS[f"foot_{side}"])
            if HARD < gap < (RESTS_BELOW if rests else LIFTED):
                yield (
                    f"in the {name} pose foot_{side} hovers {gap * 100:.0f} cm above the floor",
                    f"set it down, as with `reach: {{foot_{side}: floor}}`, lift it clear of it, or put a pillow there",
                )


def _propped(scene: Scene, side: str) -> bool:
    """Whether a lower leg lies on something soft."""
    below = [part for prop in PROPPING for part in _named(scene.props.get(prop))]
    return any(f"{part}_{side}" in below for part in ("calf", "ankle", "heel", "ball", "toe"))


def _named(size: PropSize | None) -> tuple[object, ...]:
    return size if isinstance(size, tuple) else (size,)


def untouched(scene: Scene, *bodies: Skeleton) -> Iterator[Fault]:
    """Walls, stools and tables that are there for nothing."""
    held = any(not isinstance(part, str) for prop in ("band", "roller") for part in _named(scene.props.get(prop, "")))
    for wall in scene.setting.walls:
        if not held and all(_into(scene, wall, body, part) < -HARD for body in bodies for part in _fleshy(body)):
            yield f"nothing touches the {wall}", "move it nearer, or leave it out"
    for prop, (near, far) in WIDE.items():
        at = scene.props.get(prop)
        if isinstance(at, float | int) and not any(
            at + near - 0.1 < place.x < at + far + 0.1 and abs(place.z - body.radius(part) - SURFACES[prop]) < 2 * HARD
            for body in bodies
            for part in _fleshy(body)
            for place in [body.at[part]]
        ):
            yield f"nothing touches the {prop}", "move it nearer, lower what rests on it, or leave it out"


HEAD: Final = 8  # pixels that an arrow's head needs to the edge
SEEN: Final = 6  # pixels by which something has to move, or nobody sees it
STAYS: Final = {"push", "circle", "letter"}  # arrows that show what the two poses need not


def faults(scene: Scene, *, still: bool) -> Iterator[Fault]:
    """Everything wrong with what these angles come to; `still` scenes need not move."""
    first = scene.pose_at(0)
    second = scene.pose_at(1, first)
    for name, pose in (("first", first), ("second", second)):
        yield from _short(pose, name)
        yield from sunk(scene, pose.body, name)
    yield from hovering(scene, first, second)
    yield from untouched(scene, first.body, second.body)
    camera, height = fitted(scene, first, second)
    moved = max(math.dist(camera.point(at), camera.point(second.body.at[part])) for part, at in first.body.at.items())
    if moved < SEEN and not still and not any(STAYS & set(arrow.split()) for arrow in scene.arrows):
        yield "the two poses look alike", "give `move` larger angles, or say `still: true`"
    for arrow, (line, _) in zip(scene.arrows, arrows(scene, camera, first, second), strict=True):
        if any(not (HEAD < x < PANEL - HEAD and HEAD < y < height - HEAD) for x, y in line):
            yield (
                f"the arrow `{arrow}` leaves the picture",
                "add `above`, `below`, `before` or `behind`, or another focus",
            )
        elif math.dist(line[0], line[-1]) < SEEN:
            yield f"the arrow `{arrow}` has no length", "name a part that moves, or write `push` and a direction"


def _short(pose: Pose, name: str) -> Iterator[Fault]:
    for limb, metres in pose.missed.items():
        if metres > REACH_TOLERANCE:
            what = f"in the {name} pose {limb} is {metres * 100:.0f} cm short of where it should be"
            yield what, "move what it reaches for nearer, or lean and bend towards it"
