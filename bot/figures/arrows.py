"""Arrows: the way a part of the body goes from the first pose to the second, beside the body."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from bot.figures.body import Skeleton
from bot.figures.pose import Pose
from bot.figures.scene import SIDES_OF_ARROW, WAYS, Scene
from bot.figures.svg import Point

if TYPE_CHECKING:
    from bot.figures.camera import Camera

Line = tuple[list[Point], bool]
"""Its points in pixels, and whether it has a head at both ends."""

ARROW_SAMPLES: Final = 6  # of a movement, from which its arrow is drawn


LETTER: Final = ((20, 26), (20, -26), (54, 26), (54, -26))  # an N, as one writes it


def arrows(scene: Scene, camera: "Camera", first: Pose, moved: Pose) -> list[Line]:
    """Every arrow of the second panel."""
    return [_arrow(arrow, scene, camera, first, moved) for arrow in scene.arrows]


def _arrow(arrow: str, scene: Scene, camera: "Camera", first: Pose, moved: Pose) -> Line:
    part, *how = arrow.split()
    thick = _thickness(part, moved.body) * camera.scale
    x, y = camera.point(moved.body.at[part])
    if "circle" in how:
        ring = (math.radians(turn) for turn in range(-60, 230, 10))
        return [(x + (thick + 14) * math.cos(turn), y + (thick + 14) * math.sin(turn)) for turn in ring], False
    if "letter" in how:
        return [(x + thick + dx, y + dy) for dx, dy in LETTER], False
    if "push" in how:
        dx, dy = WAYS[how[1]]
        return [(x - dx * (thick + off), y - dy * (thick + off)) for off in (58, 18)], False
    poses = [first] + [scene.pose_at(at / ARROW_SAMPLES, first) for at in range(1, ARROW_SAMPLES + 1)]
    line = _long_enough([camera.point(pose.body.at[part]) for pose in poses])
    side = next((SIDES_OF_ARROW[word] for word in how if word in SIDES_OF_ARROW), None)
    return _aside(line, camera.point(moved.body.at["spine"]), thick + 16, side), "both" in how


def _thickness(part: str, body: Skeleton) -> float:
    """Of the flesh round a part, in metres."""
    return body.radius(part) if part not in ("pelvis", "spine") else 0.13


SHORTEST: Final = 44


def _long_enough(line: Sequence[Point]) -> list[Point]:
    """The same way, at least SHORTEST pixels long."""
    length = math.dist(line[0], line[-1])
    if length >= SHORTEST or length < 0.5:
        return list(line)
    times = SHORTEST / length
    x, y = (line[0][0] + line[-1][0]) / 2, (line[0][1] + line[-1][1]) / 2
    return [(x + (px - x) * times, y + (py - y) * times) for px, py in line]


def _aside(line: Sequence[Point], centre: Point, by: float, side: Point | None) -> list[Point]:
    """The line carried off the body: to one side, or else away from its middle."""
    if side:
        return [(x + side[0] * by, y + side[1] * by) for x, y in line]
    (ax, ay), (bx, by_) = line[0], line[-1]
    length = math.dist(line[0], line[-1]) or 1
    nx, ny = (ay - by_) / length, (bx - ax) / length
    mx, my = line[len(line) // 2]
    if (mx - centre[0]) * nx + (my - centre[1]) * ny < 0:
        nx, ny = -nx, -ny
    return [(x + nx * by, y + ny * by) for x, y in line]
