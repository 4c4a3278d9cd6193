"""The camera: from where a scene is seen, and how large, so that both poses are whole in their panels."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.figures.arrows import arrows
from bot.figures.pose import Pose
from bot.figures.props import solids
from bot.figures.scene import FOCUS, VIEWS, Scene
from bot.figures.svg import Disc, Point
from bot.figures.vectors import Vec

WIDTH: Final = 680
PANEL: Final = 335
TALLEST, LOWEST = 320, 210
MARGIN: Final = 22
EDGE: Final = 16  # pixels between an arrow and the edge, for its head
PIXELS_PER_METRE: Final = 215  # at most, for a whole body
CLOSE_UP: Final = 520  # at most, for a part of it


@dataclass(frozen=True, slots=True)
class Camera:
    """From space to the picture, without perspective."""

    right: Vec
    up: Vec
    toward: Vec  # to who looks
    scale: float = 1
    left: float = 0  # of the picture, in pixels
    top: float = 0

    @classmethod
    def of(cls, scene: Scene) -> "Camera":
        around, above = math.radians(VIEWS[scene.view] + scene.turn), math.radians(scene.above)
        toward = Vec(math.sin(around) * math.cos(above), -math.cos(around) * math.cos(above), math.sin(above))
        right = Vec(math.cos(around), math.sin(around), 0)
        return cls(right, toward.cross(right), toward)

    def point(self, at: Vec) -> Point:
        return at.dot(self.right) * self.scale + self.left, self.top - at.dot(self.up) * self.scale

    def disc(self, at: Vec, radius: float) -> Disc:
        return (*self.point(at), radius * self.scale)


def framed(scene: Scene, pose: Pose, camera: Camera) -> list[Disc]:
    """What has to lie inside the picture."""
    wanted = FOCUS[scene.focus]
    body = pose.body
    named = [
        name
        for name in body.at
        if name not in ("pelvis", "spine") and (not wanted or (name.rpartition("_")[0] or name) in wanted)
    ]
    return [camera.disc(body.at[name], body.radius(name)) for name in named]


def fitted(scene: Scene, first: Pose, second: Pose) -> tuple[Camera, float]:
    """The camera that shows both poses whole, and how high the picture is."""
    plain = Camera.of(scene)
    discs = framed(scene, first, plain) + framed(scene, second, plain)
    if scene.focus == "whole":
        for solid in solids(scene.props, first.body, first.body, scene.setting.height):
            if solid.material == "wood":
                discs += [plain.disc(at, radius) for at, radius in solid.balls]
        discs.append(plain.disc(Vec(0, 0, 0), 0.03))
    camera, height = _around(scene, plain, discs)
    ends = [point for line, _ in arrows(scene, camera, first, second) for point in line]
    outside = [(x, y) for x, y in ends if not (EDGE < x < PANEL - EDGE and EDGE < y < height - EDGE)]
    if not outside:
        return camera, height
    reach = EDGE / camera.scale
    return _around(
        scene,
        plain,
        [*discs, *(((x - camera.left) / camera.scale, (y - camera.top) / camera.scale, reach) for x, y in outside)],
    )


def _around(scene: Scene, plain: Camera, discs: Sequence[Disc]) -> tuple[Camera, float]:
    """The camera that has all these in its panel."""
    left, right = min(x - r for x, _, r in discs), max(x + r for x, _, r in discs)
    top, bottom = min(y - r for _, y, r in discs), max(y + r for _, y, r in discs)
    most = PIXELS_PER_METRE if scene.focus == "whole" else CLOSE_UP
    scale = min((PANEL - 2 * MARGIN) / (right - left), (TALLEST - 2 * MARGIN) / (bottom - top), most)
    height = max(LOWEST, (bottom - top) * scale + 2 * MARGIN)
    spare = (height - (bottom - top) * scale) / 2
    return (
        Camera(
            plain.right,
            plain.up,
            plain.toward,
            scale,
            PANEL / 2 - (left + right) / 2 * scale,
            (height - MARGIN - bottom * scale) if scene.focus == "whole" else spare - top * scale,
        ),
        height,
    )
