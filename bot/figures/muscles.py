"""Muscles: the regions that are tinted where an exercise is felt, each as a few round pieces of flesh."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.figures.body import SIDES, TABLES, Skeleton, both_sides
from bot.figures.vectors import Vec

Piece = tuple[str, str, Vec, float]
"""From which point, in which frame, how far from it (y is outwards), how thick."""

Region = tuple[frozenset[str], list[tuple[Vec, float]], Vec]


MUSCLES: Final[Mapping[str, tuple[str, Sequence[Piece]]]] = {
    name: (part, [(at, frame, Vec(*place), radius) for at, frame, *place, radius in pieces])
    for part, muscles in TABLES["muscles"].items()
    for name, pieces in muscles.items()
}
"""By name: the part of the body it is drawn on, and its pieces."""


def muscle_known(name: str) -> bool:
    """Whether a muscle has this name, with or without its side."""
    return both_sides(name) in MUSCLES


def regions(body: Skeleton, names: tuple[str, ...]) -> Iterator[Region]:
    """Each region: on which parts it is drawn (`leg_left`), its pieces, and the way it faces."""
    for name in names:
        part, pieces = MUSCLES[both_sides(name)]
        for side in SIDES:
            if name in {both_sides(name), f"{both_sides(name)}_{side}"}:
                yield _region(body, part, pieces, side)


def _region(body: Skeleton, part: str, pieces: Sequence[Piece], side: str) -> Region:
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
