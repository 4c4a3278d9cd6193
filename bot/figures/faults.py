"""Faults of a scene: hands that miss their hold, feet in the floor, arrows outside, a movement that is none."""

import math
from collections.abc import Iterator
from typing import Final

from bot.figures.arrows import arrows
from bot.figures.camera import PANEL, fitted
from bot.figures.pose import REACH_TOLERANCE, Pose
from bot.figures.scene import Scene

SUNK: Final = 0.035  # metres of flesh that may give way where the body rests
HEAD: Final = 8  # pixels that an arrow's head needs to the edge
SEEN: Final = 6  # pixels by which something has to move, or nobody sees it

Fault = tuple[str, str]
"""What is wrong, and how to mend it."""


def faults(scene: Scene, *, still: bool) -> Iterator[Fault]:
    """Everything wrong with what these angles come to; `still` scenes need not move."""
    first = scene.pose_at(0)
    second = scene.pose_at(1, first)
    for name, pose in (("first", first), ("second", second)):
        yield from _of_pose(scene, pose, name)
    camera, height = fitted(scene, first, second)
    moved = max(math.dist(camera.point(at), camera.point(second.body.at[part])) for part, at in first.body.at.items())
    if moved < SEEN and not still and not any("push" in said or "circle" in said for said in scene.arrows):
        yield "the two poses look alike", "give `move` larger angles, or say `still: true`"
    for said, (line, _) in zip(scene.arrows, arrows(scene, camera, first, second), strict=True):
        if any(not (HEAD < x < PANEL - HEAD and HEAD < y < height - HEAD) for x, y in line):
            yield (
                f"the arrow `{said}` leaves the picture",
                "add `above`, `below`, `before` or `behind`, or another focus",
            )
        elif math.dist(line[0], line[-1]) < SEEN:
            yield f"the arrow `{said}` has no length", "name a part that moves, or write `push` and a direction"


def _of_pose(scene: Scene, pose: Pose, name: str) -> Iterator[Fault]:
    for limb, metres in pose.missed.items():
        if metres > REACH_TOLERANCE:
            what = f"in the {name} pose {limb} is {metres * 100:.0f} cm short of where it should be"
            yield what, "move what it reaches for nearer, or lean and bend towards it"
    body = pose.body
    fleshy = [part for part in body.at if part not in ("pelvis", "spine")]
    lowest = min(fleshy, key=lambda part: body.at[part].z - body.radius(part))
    if (depth := -(body.at[lowest].z - body.radius(lowest))) > SUNK:
        yield f"in the {name} pose {lowest} is {depth * 100:.0f} cm below the floor", "bend it up, or mend the anchor"
    for wall, at in scene.setting.walls.items():
        axis = 0 if wall == "wall" else 1
        toward = 1 if at > 0 else -1
        deepest = max(fleshy, key=lambda part: body.at[part][axis] * toward + body.radius(part))
        depth = (body.at[deepest][axis] - at) * toward + body.radius(deepest)
        if depth > SUNK + 0.015:
            yield f"in the {name} pose {deepest} is {depth * 100:.0f} cm inside the {wall}", "move the wall away"
