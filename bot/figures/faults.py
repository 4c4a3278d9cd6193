"""Faults of a scene: what misses its hold or what it rests on, arrows outside, a movement that is none."""

import math
from collections.abc import Iterator
from typing import Final

from bot.figures.arrows import arrows
from bot.figures.camera import PANEL, fitted
from bot.figures.contact import Fault, hovering, sunk, untouched
from bot.figures.pose import REACH_TOLERANCE, Pose
from bot.figures.scene import Scene

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
    if moved < SEEN and not still and not any(STAYS & set(said.split()) for said in scene.arrows):
        yield "the two poses look alike", "give `move` larger angles, or say `still: true`"
    for said, (line, _) in zip(scene.arrows, arrows(scene, camera, first, second), strict=True):
        if any(not (HEAD < x < PANEL - HEAD and HEAD < y < height - HEAD) for x, y in line):
            yield (
                f"the arrow `{said}` leaves the picture",
                "add `above`, `below`, `before` or `behind`, or another focus",
            )
        elif math.dist(line[0], line[-1]) < SEEN:
            yield f"the arrow `{said}` has no length", "name a part that moves, or write `push` and a direction"


def _short(pose: Pose, name: str) -> Iterator[Fault]:
    for limb, metres in pose.missed.items():
        if metres > REACH_TOLERANCE:
            what = f"in the {name} pose {limb} is {metres * 100:.0f} cm short of where it should be"
            yield what, "move what it reaches for nearer, or lean and bend towards it"
