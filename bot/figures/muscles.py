"""Muscles: the regions that are tinted where an exercise is felt, each as a few round pieces of flesh."""

from collections.abc import Iterator, Mapping
from typing import Final

from bot.figures.body import SIDES, Skeleton
from bot.figures.vectors import Vec

Piece = tuple[str, str, Vec, float]
"""From which point, in which frame, how far from it (y is outwards), how thick."""

Region = tuple[frozenset[str], list[tuple[Vec, float]], Vec]


def _along(at: str, frame: str, *places: tuple[float, float, float, float]) -> tuple[Piece, ...]:
    return tuple((at, frame, Vec(x, y, z), radius) for x, y, z, radius in places)


MUSCLES: Final[Mapping[str, tuple[str, tuple[Piece, ...]]]] = {
    "calf": (
        "leg",
        _along("knee", "shin", (-0.03, 0, -0.06, 0.05), (-0.034, 0, -0.14, 0.048), (-0.02, 0, -0.25, 0.03)),
    ),
    "achilles": ("leg", _along("knee", "shin", (-0.022, 0, -0.27, 0.03), (-0.03, 0, -0.42, 0.03))),
    "shin": ("leg", _along("knee", "shin", (0.04, 0, -0.08, 0.034), (0.034, 0, -0.32, 0.026))),
    "hamstring": ("leg", _along("hip", "thigh", (-0.05, 0, -0.13, 0.06), (-0.045, 0, -0.36, 0.045))),
    "quads": ("leg", _along("hip", "thigh", (0.05, 0, -0.11, 0.06), (0.045, 0, -0.37, 0.045))),
    "groin": ("leg", _along("hip", "thigh", (0, -0.05, -0.08, 0.05), (0, -0.04, -0.28, 0.035))),
    "side_thigh": ("leg", _along("hip", "thigh", (0, 0.055, -0.08, 0.04), (0, 0.045, -0.38, 0.03))),
    "hip_flexor": (
        "hip",
        (*_along("hip", "pelvis", (0.075, 0, 0.05, 0.05)), *_along("hip", "thigh", (0.06, 0, -0.12, 0.045))),
    ),
    "glutes": ("hip", _along("hip", "pelvis", (-0.06, 0.0, 0.0, 0.075), (-0.055, 0.01, -0.05, 0.06))),
    "side_hip": ("hip", _along("hip", "pelvis", (-0.01, 0.06, 0.04, 0.055), (0, 0.065, -0.04, 0.045))),
    "knee": ("leg", _along("knee", "shin", (0.02, 0, 0, 0.055))),
    "ankle": ("leg", _along("ankle", "foot", (0, 0, 0, 0.055))),
    "sole": ("leg", _along("ankle", "foot", (-0.04, 0, -0.072, 0.026), (0.11, 0, -0.078, 0.022))),
    "toes": ("leg", _along("ball", "foot", (0.01, 0, 0, 0.032), (0.06, 0, 0, 0.06))),
    "core": ("trunk", _along("spine", "low", (0.07, 0, -0.13, 0.06), (0.075, 0, 0.02, 0.055))),
    "low_back": ("trunk", _along("spine", "low", (-0.075, 0, -0.14, 0.05), (-0.07, 0, 0.03, 0.05))),
    "upper_back": ("trunk", _along("spine", "chest", (-0.075, 0.04, 0.09, 0.05), (-0.075, 0.07, 0.21, 0.05))),
    "chest": ("trunk", _along("spine", "chest", (0.075, 0.07, 0.18, 0.05), (0.06, 0.1, 0.21, 0.04))),
    "neck_side": (
        "trunk",
        (
            *_along("nape", "chest", (-0.02, 0.12, -0.012, 0.035)),
            *_along("nape", "neck", (-0.01, 0.04, 0.02, 0.03), (0, 0.05, 0.1, 0.03)),
        ),
    ),
    "neck_back": ("trunk", _along("nape", "neck", (-0.05, 0, -0.02, 0.035), (-0.045, 0, 0.09, 0.035))),
    "neck_front": ("trunk", _along("nape", "neck", (0.045, 0, 0.02, 0.03), (0.06, 0, 0.09, 0.03))),
    "shoulder": ("arm", _along("shoulder", "upper", (0, 0.01, 0, 0.06), (0, 0.01, -0.07, 0.045))),
}
"""By name: the part of the body it is drawn on, and its pieces; `hip` is where the leg and the trunk meet."""


def muscle_known(name: str) -> bool:
    """Whether a muscle has this name, with or without its side."""
    return next((name.removesuffix(f"_{side}") for side in SIDES if name.endswith(f"_{side}")), name) in MUSCLES


def regions(body: Skeleton, names: tuple[str, ...]) -> Iterator[Region]:
    """Each region: on which parts it is drawn (`leg_left`), its pieces, and the way it faces."""
    for name in names:
        side_given = name.rpartition("_")[2]
        sides = (side_given,) if side_given in SIDES else SIDES
        part, pieces = MUSCLES[name.removesuffix(f"_{side_given}") if side_given in SIDES else name]
        for side in sides:
            yield _region(body, part, pieces, side)


def _region(body: Skeleton, part: str, pieces: tuple[Piece, ...], side: str) -> Region:
    mirrored = 1 if side == "left" else -1
    balls: list[tuple[Vec, float]] = []
    facing = Vec(0, 0, 0)
    for at, frame_name, local, radius in pieces:
        origin = body.at.get(at) or body.at[f"{at}_{side}"]
        frame = body.frames.get(frame_name) or body.frames[f"{frame_name}_{side}"]
        offset = frame.of(Vec(local.x, local.y * mirrored, local.z))
        balls.append((origin.plus(offset), radius))
        facing = facing.plus(frame.of(Vec(local.x, local.y * mirrored, 0)))
    parts = {"trunk": ("trunk",), "hip": ("trunk", f"leg_{side}")}.get(part, (f"{part}_{side}",))
    return frozenset(parts), balls, facing
