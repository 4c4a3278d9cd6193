"""A blank sheet: text, strokes and shapes, kept in the order they were drawn until they are written as SVG or PDF."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, cos, sin, tau
from typing import Literal

from bot.charts.draw.font_metrics import font_metrics
from bot.charts.draw.fonts import Font, Glyph
from bot.charts.draw.theme import Dashes, Theme

Point = tuple[float, float]
Align = Literal["left", "center", "right"]

_BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0}  # how much of a text stands to the left of its place
HATCH = 11.0, 1.0  # from one stroke to the next, and how wide each is


def _polygon(corners: int, first: float = 0.0, reach: float = 1.0) -> tuple[Point, ...]:
    """Around (0, 0); `first` is the angle of one corner in turns, `reach` its distance."""
    turns = (first + at / corners for at in range(corners))
    return tuple((reach * cos(tau * turn), reach * sin(tau * turn)) for turn in turns)


MARKERS: dict[str, tuple[Point, ...]] = {  # in halves of a marker's size
    "o": _polygon(24),
    "D": _polygon(4, reach=1.35),
    "s": _polygon(4, 1 / 8, reach=1.3),
    "^": ((0, 1), (-1, -1), (1, -1)),
    "v": ((0, -1), (-1, 1), (1, 1)),
    "P": (
        *((0.4, 0.4), (0.4, 1), (-0.4, 1), (-0.4, 0.4), (-1, 0.4), (-1, -0.4)),
        *((-0.4, -0.4), (-0.4, -1), (0.4, -1), (0.4, -0.4), (1, -0.4), (1, 0.4)),
    ),
}


@dataclass(frozen=True, slots=True)
class Text:
    """One line; `y` is its base line."""

    x: float
    y: float
    words: str
    size: float
    colour: str
    bold: bool
    align: Align

    def shaped(self) -> tuple[float, list[tuple[Font, list[Glyph]]]]:
        """Where it begins, and its glyphs, font by font."""
        glyphs = font_metrics(bold=self.bold).shaped(self.words)
        width = self.size * sum(glyph.advance for _, of_font in glyphs for glyph in of_font)
        return self.x - _BEFORE[self.align] * width, glyphs


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Lines through points, each piece by itself; filled, or stroked, or both."""

    pieces: tuple[tuple[Point, ...], ...]
    closed: bool = False
    fill: str | None = None
    stroke: str | None = None
    width: float = 0.0
    dashes: Dashes = ()  # lengths
    round_ends: bool = False
    opacity: float = 1.0
    name: str = ""


class Canvas:
    """`width` x `height` units; (0, 0) is the lower left corner. Text is cleaned. What is drawn later lies above."""

    def __init__(self, width: float, height: float, look: Theme) -> None:
        self.width, self.height, self.look = width, height, look
        self.drawn: list[Text | Shape] = []
        self.box(0, 0, width, height, look.ground)

    def text(  # noqa: PLR0913  # all that a text has
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        colour: str | None = None,
        bold: bool = False,
        align: Align = "left",
        within: float | None = None,
    ) -> None:
        """One line; `y` is its base line. What is wider than `within` is cut."""
        letters = font_metrics(bold=bold)
        shown = letters.drawable(words)
        if within is not None:
            shown = letters.cut(shown, size, within)
        if shown:
            self.drawn.append(Text(x, y, shown, size, colour or self.look.ink, bold, align))

    def lines(
        self,
        pieces: Iterable[Sequence[Point]],
        colour: str,
        width: float,
        *,
        dashes: Dashes = (),
        opacity: float = 1.0,
        name: str = "",
    ) -> None:
        """Strokes, each through its points; round at the ends where they let through what is behind."""
        self.drawn.append(
            Shape(
                pieces=tuple(map(tuple, pieces)),
                stroke=colour,
                width=width,
                dashes=tuple(length * width for length in dashes),
                round_ends=opacity < 1,
                opacity=opacity,
                name=name,
            )
        )

    def marks(self, places: Iterable[Point], marker: str, colour: str, size: float) -> None:
        """Markers with an edge in the colour of the ground."""
        half = size / 2
        corners = MARKERS[marker]
        pieces = tuple(tuple((x + half * right, y + half * up) for right, up in corners) for x, y in places)
        self.drawn.append(Shape(pieces=pieces, closed=True, fill=colour, stroke=self.look.ground, width=size / 9))

    def area(self, corners: Iterable[Point], colour: str, opacity: float = 1.0) -> None:
        self.drawn.append(Shape(pieces=(tuple(corners),), closed=True, fill=colour, opacity=opacity))

    def box(self, left: float, bottom: float, width: float, height: float, colour: str, opacity: float = 1.0) -> None:
        self.area(_corners(left, bottom, width, height), colour, opacity)

    def frame(self, left: float, bottom: float, width: float, height: float, stroke: float) -> None:
        corners = _corners(left, bottom, width, height)
        self.drawn.append(Shape(pieces=(corners,), closed=True, stroke=self.look.hatch, width=stroke))

    def hatch(self, left: float, bottom: float, width: float, height: float) -> None:
        """Rising strokes over a rectangle."""
        apart, wide = HATCH
        right, top = left + width, bottom + height
        rises = (at * apart for at in range(ceil((bottom - right) / apart), ceil((top - left) / apart)))
        ends = ((rise, max(left, bottom - rise), min(right, top - rise)) for rise in rises)
        self.lines([((x0, x0 + rise), (x1, x1 + rise)) for rise, x0, x1 in ends], self.look.hatch, wide)


def _corners(left: float, bottom: float, width: float, height: float) -> tuple[Point, ...]:
    return (left, bottom), (left + width, bottom), (left + width, bottom + height), (left, bottom + height)
