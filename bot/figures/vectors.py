"""Vectors and rotations in space: x forwards, y to the left, z up; lengths in metres, angles in degrees."""

import math
from collections.abc import Iterable
from typing import NamedTuple


class Vec(NamedTuple):
    """A point or a direction."""

    x: float
    y: float
    z: float

    def plus(self, other: "Vec", times: float = 1) -> "Vec":
        return Vec(self.x + other.x * times, self.y + other.y * times, self.z + other.z * times)

    def minus(self, other: "Vec") -> "Vec":
        return self.plus(other, -1)

    def scaled(self, times: float) -> "Vec":
        return Vec(self.x * times, self.y * times, self.z * times)

    def dot(self, other: "Vec") -> float:
        return self.x * other.x + self.y * other.y + self.z * other.z

    def cross(self, other: "Vec") -> "Vec":
        return Vec(
            self.y * other.z - self.z * other.y,
            self.z * other.x - self.x * other.z,
            self.x * other.y - self.y * other.x,
        )

    @property
    def length(self) -> float:
        return math.sqrt(self.dot(self))

    def unit(self) -> "Vec":
        """The same direction, one metre long; straight down where there is none."""
        return self.scaled(1 / self.length) if self.length > 1e-9 else Vec(0, 0, -1)


ZERO = Vec(0, 0, 0)
UP = Vec(0, 0, 1)


class Frame(NamedTuple):
    """Where a part of the body points: its own forwards, left and up, seen from outside."""

    forward: Vec
    left: Vec
    up: Vec

    def of(self, local: Vec) -> Vec:
        """A direction of the part, seen from outside."""
        return self.forward.scaled(local.x).plus(self.left, local.y).plus(self.up, local.z)

    def then(self, inner: "Frame") -> "Frame":
        """This frame, turned further by a rotation in its own axes."""
        return Frame(self.of(inner.forward), self.of(inner.left), self.of(inner.up))


LEVEL = Frame(Vec(1, 0, 0), Vec(0, 1, 0), UP)


def tip(degrees: float) -> Frame:
    """Up tips forwards."""
    c, s = _turns(degrees)
    return Frame(Vec(c, 0, -s), Vec(0, 1, 0), Vec(s, 0, c))


def roll(degrees: float) -> Frame:
    """Up tips to the right."""
    c, s = _turns(degrees)
    return Frame(Vec(1, 0, 0), Vec(0, c, s), Vec(0, -s, c))


def spin(degrees: float) -> Frame:
    """Forwards turns to the left."""
    c, s = _turns(degrees)
    return Frame(Vec(c, s, 0), Vec(-s, c, 0), UP)


def _turns(degrees: float) -> tuple[float, float]:
    angle = math.radians(degrees)
    return math.cos(angle), math.sin(angle)


def middle(points: Iterable[Vec]) -> Vec:
    """The middle of some points. Raises ZeroDivisionError for none."""
    listed = list(points)
    return Vec(*(sum(axis) / len(listed) for axis in zip(*listed, strict=True)))


def two_bones(root: Vec, end: Vec, upper: float, lower: float, pole: Vec) -> tuple[Vec, float]:
    """Where the joint between two bones lies, on the side of `pole`; and by how much they are too short."""
    line = end.minus(root)
    distance = min(max(line.length, abs(upper - lower) + 1e-6), upper + lower - 1e-6)
    along = line.unit()
    near = (upper * upper - lower * lower + distance * distance) / (2 * distance)
    off = math.sqrt(max(upper * upper - near * near, 0))
    aside = pole.minus(root)
    side = aside.plus(along, -aside.dot(along)).unit()
    return root.plus(along, near).plus(side, off), max(0.0, line.length - upper - lower)


def upright(up: Vec, near: Frame) -> Frame:
    """A frame of which up is this, turned as little as may be from another."""
    up = up.unit()
    left = near.left.plus(up, -near.left.dot(up)).unit()
    return Frame(left.cross(up), left, up)
