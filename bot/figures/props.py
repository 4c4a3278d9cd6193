"""Props: what stands about a person, as solid pieces in space."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from bot.figures.bases import CHAIR_BACK, SEAT, SURFACES, TABLE
from bot.figures.body import Skeleton
from bot.figures.scene import Place, PropSize
from bot.figures.vectors import Vec, middle

Material = Literal["wood", "wall", "cloth", "rubber", "webbing", "iron"]

PROPS: Final = (  # docs/figures.md says what each is given
    *("wall", "wall_left", "chair", "stool", "step", "step_left", "table", "mat"),
    *("pillow", "pillow_between", "roller", "towel", "ball", "band", "strap", "weight"),
)

ROUND: Final = {"roller": 0.09, "ball": 0.07}  # radius in metres, at most


@dataclass(frozen=True, slots=True)
class Solid:
    """The convex hull of some balls."""

    balls: tuple[tuple[Vec, float], ...]
    material: Material
    in_front: bool = False  # of the person, whatever its depth


def solids(props: Mapping[str, PropSize], first: Skeleton, body: Skeleton, surface: float) -> Iterator[Solid]:
    """Every piece of the props; what stands still by the start, what goes along by the pose."""
    for name, size in props.items():
        if name in _STANDING:
            yield from _STANDING[name](_ahead(size, first))
        elif name in ("wall", "wall_left") and isinstance(size, float | int):
            yield _wall(name, size)
        elif isinstance(size, tuple | str):
            parts = (size,) if isinstance(size, str) else size
            yield from _soft(name, parts, body, surface)
            if name == "band":
                yield from (_post(_place(part, body)) for part in parts if _needs_post(part, props))


def _ahead(size: PropSize, first: Skeleton) -> float:
    return first.at["pelvis"].x if isinstance(size, bool | str | tuple) else size


def _box(low: Vec, high: Vec, material: Material, radius: float = 0.012) -> Solid:
    corners = (
        Vec(x, y, z)
        for x in (low.x + radius, high.x - radius)
        for y in (low.y + radius, high.y - radius)
        for z in (low.z + radius, high.z - radius)
    )
    return Solid(tuple((corner, radius) for corner in corners), material)


def _wall(name: str, at: float) -> Solid:
    near, far = sorted((at, at + (0.1 if at > 0 else -0.1)))
    if name == "wall":
        return _box(Vec(near, -0.6, 0), Vec(far, 0.6, 2.4), "wall", 0.002)
    return _box(Vec(-0.6, near, 0), Vec(0.6, far, 2.4), "wall", 0.002)


def _chair(at: float) -> Iterator[Solid]:
    back, front = at - 0.2, at + 0.24
    yield from _legs(back + 0.03, front - 0.03, SEAT)
    yield _box(Vec(back, -0.2, SEAT - 0.045), Vec(front, 0.2, SEAT), "wood")
    yield _box(Vec(back - 0.02, -0.2, SEAT - 0.03), Vec(back + 0.02, 0.2, CHAIR_BACK), "wood")


def _stool(at: float) -> Iterator[Solid]:
    yield from _legs(at - 0.18, at + 0.18, SEAT)
    yield _box(Vec(at - 0.21, -0.2, SEAT - 0.05), Vec(at + 0.21, 0.2, SEAT), "wood")


def _table(at: float) -> Iterator[Solid]:
    yield from _legs(at + 0.05, at + 0.5, TABLE)
    yield _box(Vec(at, -0.35, TABLE - 0.045), Vec(at + 0.55, 0.35, TABLE), "wood")


def _step(at: float) -> Iterator[Solid]:
    yield _box(Vec(at, -0.3, 0), Vec(at + 0.5, 0.3, SURFACES["step"]), "wood")


def _step_left(at: float) -> Iterator[Solid]:
    yield _box(Vec(-0.25, at, 0), Vec(0.25, at + 0.5, SURFACES["step"]), "wood")


def _mat(at: float) -> Iterator[Solid]:
    yield _box(Vec(at - 1.0, -0.32, -0.025), Vec(at + 1.0, 0.32, 0), "cloth", 0.008)


def _legs(back: float, front: float, height: float) -> Iterator[Solid]:
    for x in (back, front):
        for y in (-0.17, 0.17):
            yield _box(Vec(x - 0.018, y - 0.018, 0), Vec(x + 0.018, y + 0.018, height - 0.03), "wood")


_STANDING = {"chair": _chair, "stool": _stool, "table": _table, "step": _step, "step_left": _step_left, "mat": _mat}


def _soft(name: str, parts: tuple[str | Place, ...], body: Skeleton, surface: float) -> Iterator[Solid]:
    named = tuple(part for part in parts if isinstance(part, str))
    if name in ("band", "strap"):
        ends = [_place(part, body) for part in parts]
        for one, two in pairwise(ends):
            yield Solid(((one, 0.011), (two, 0.011)), "rubber" if name == "band" else "webbing", in_front=True)
    elif name == "weight":
        for part in named:
            at = body.at[part].plus(Vec(0, 0, -0.01))
            yield Solid(((at.plus(Vec(-0.07, 0, 0)), 0.04), (at.plus(Vec(0.07, 0, 0)), 0.04)), "iron", in_front=True)
    elif name == "pillow_between":
        at = middle(body.at[part] for part in named)
        yield Solid(((at.plus(Vec(-0.03, 0, 0)), 0.055), (at.plus(Vec(0.03, 0, 0)), 0.055)), "cloth")
    elif not named:
        yield from (_round(name, _place(place, body), ROUND[name]) for place in parts)
    else:
        yield from _under(name, named, body, surface)


def _needs_post(part: str | Place, props: Mapping[str, PropSize]) -> bool:
    return not isinstance(part, str) and part[0] != props.get("wall")


def _post(at: Vec) -> Solid:
    """A table leg, to which a band is tied."""
    return _box(Vec(at.x - 0.03, at.y - 0.03, 0), Vec(at.x + 0.03, at.y + 0.03, at.z + 0.22), "wood")


def _round(name: str, centre: Vec, radius: float) -> Solid:
    wide = 0.2 if name == "roller" else 0
    return Solid(tuple((centre.plus(Vec(0, y, 0)), radius) for y in (-wide, wide)), "rubber")


def _under(name: str, parts: tuple[str, ...], body: Skeleton, surface: float) -> Iterator[Solid]:
    at = middle(body.at[part] for part in parts)
    top = min(body.at[part].z - body.radius(part) for part in parts) + 0.015
    if name in ROUND:
        radius = max(0.03, min((top - surface) / 2, ROUND[name]))
        yield _round(name, Vec(at.x, at.y, top - radius), radius)
        return
    half = 0.16 if name == "pillow" else 0.07
    corner = max(0.012, min(0.04, (top - surface) / 2 - 0.001))
    bottom = min(surface, top - 2 * corner)
    low, high = Vec(at.x - half, at.y - 0.13, bottom), Vec(at.x + half, at.y + 0.13, top)
    yield _box(low, high, "cloth", corner)


def _place(part: str | Place, body: Skeleton) -> Vec:
    if isinstance(part, str):
        return body.at[part]
    ahead, high, *left = part
    return Vec(ahead, left[0] if left else 0, high)
