"""SVG of shapes: convex hulls of circles, arrows, and the numbers of two panels."""

import math
from collections.abc import Iterable, Sequence

Point = tuple[float, float]
Disc = tuple[float, float, float]
"""Middle and radius, in pixels."""

TURN_SEGMENTS = 20  # of a whole turn
STROKE = 6  # how wide an arrow is, in pixels


def hull(discs: Sequence[Disc]) -> list[Point]:
    """The outline of what a rubber band round these discs encloses."""
    if len(discs) == 1:
        return _arc(discs[0], 0, 2 * math.pi)
    if len(discs) == 2:
        return _capsule(*discs)
    points = sorted(
        (x + r * math.cos(2 * math.pi * at / TURN_SEGMENTS), y + r * math.sin(2 * math.pi * at / TURN_SEGMENTS))
        for x, y, r in discs
        for at in range(TURN_SEGMENTS)
    )
    return _chain(points)[:-1] + _chain(points[::-1])[:-1]


def _capsule(one: Disc, two: Disc) -> list[Point]:
    """Two discs and the tangents between them: most of a body is made of these."""
    distance = math.dist(one[:2], two[:2])
    if distance <= abs(one[2] - two[2]):
        return _arc(max(one, two, key=lambda disc: disc[2]), 0, 2 * math.pi)
    way = math.atan2(two[1] - one[1], two[0] - one[0])
    wide = math.acos((one[2] - two[2]) / distance)
    return _arc(two, way - wide, way + wide) + _arc(one, way + wide, way + 2 * math.pi - wide)


def _arc(disc: Disc, start: float, end: float) -> list[Point]:
    x, y, r = disc
    steps = max(2, round(TURN_SEGMENTS * (end - start) / (2 * math.pi)))
    turns = (start + (end - start) * at / steps for at in range(steps + 1))
    return [(x + r * math.cos(turn), y + r * math.sin(turn)) for turn in turns]


def _chain(points: Sequence[Point]) -> list[Point]:
    chain: list[Point] = []
    for point in points:
        while len(chain) > 1 and _turns_wrong(chain[-2], chain[-1], point):
            chain.pop()
        chain.append(point)
    return chain


def _turns_wrong(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) <= 0


def path(points: Iterable[Point], *, closed: bool = True) -> str:
    """The `d` of a path through points, to a tenth of a pixel."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + ("Z" if closed else "")


def arrow(points: Sequence[Point], colour: str, halo: str, *, both: bool = False) -> str:
    """A line with a head at its end, or at both ends, set off from what is behind it."""
    line = path(points, closed=False)
    heads = [_head(points[-2], points[-1])] + ([_head(points[1], points[0])] if both else [])
    shapes = "".join(path(head) for head in heads)
    drawn = f'fill="none" stroke-linecap="round" stroke-linejoin="round" d="{line}"'
    return (
        f'<path stroke="{halo}" stroke-width="{STROKE + 6}" {drawn}/>'
        f'<path fill="{halo}" stroke="{halo}" stroke-width="6" stroke-linejoin="round" d="{shapes}"/>'
        f'<path stroke="{colour}" stroke-width="{STROKE}" {drawn}/>'
        f'<path fill="{colour}" stroke="{colour}" stroke-width="2" stroke-linejoin="round" d="{shapes}"/>'
    )


def _head(before: Point, tip: Point) -> list[Point]:
    way = math.atan2(tip[1] - before[1], tip[0] - before[0])
    ahead = (tip[0] + math.cos(way) * STROKE * 1.5, tip[1] + math.sin(way) * STROKE * 1.5)
    wings = [
        (ahead[0] - math.cos(way + turn) * STROKE * 3, ahead[1] - math.sin(way + turn) * STROKE * 3)
        for turn in (0.55, -0.55)
    ]
    return [ahead, *wings]


def number(at: Point, which: int, ink: str, ground: str) -> str:
    """A small 1 or 2 in a ring, drawn without a font."""
    x, y = at
    strokes = {
        1: f"M{x - 4:.0f} {y - 3:.0f}L{x + 1:.0f} {y - 7:.0f}L{x + 1:.0f} {y + 7:.0f}",
        2: f"M{x - 4:.0f} {y - 3:.0f}C{x - 4:.0f} {y - 9:.0f} {x + 5:.0f} {y - 9:.0f} {x + 5:.0f} {y - 3:.0f}"
        f"C{x + 5:.0f} {y:.0f} {x - 3:.0f} {y + 3:.0f} {x - 4:.0f} {y + 7:.0f}L{x + 5:.0f} {y + 7:.0f}",
    }
    return (
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="14" fill="{ground}"/>'
        f'<path fill="none" stroke="{ink}" stroke-width="3" stroke-linecap="round" stroke-linejoin="round" '
        f'd="{strokes[which]}"/>'
    )
