"""One chart on a sheet: the traffic light behind, the days in front, the holes in the diary left as holes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import nan
from typing import Any

from bot.charts.draw.canvas import Canvas, Style, Theme
from bot.charts.draw.font_metrics import font_metrics
from bot.charts.draw.plot import Chart, Dot, Line, Stretch, Tick, runs
from bot.charts.picture import Band

ROOM = 0.05  # of the scale, above and below: a marker at 0 or 10 is not cut
LABEL_GAP = 6.0  # points between the axes and their words
WIDEST_LABEL = 96.0  # points for the words of the bands
DENSE = 5.0  # points from one dot to the next below which markers would touch
VEIL = 0.72  # how much of the traffic light a hole hides
SIDE_BY_SIDE = 0.24  # of a day, between the lines of two areas
CURVE = "curve"  # the name of the lines of typical values in a drawing
X_HEIGHT = 0.36  # of the size of a text: half a digit's height


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a chart stands and how high its scale goes. Words at its sides stand outside. Lengths in points."""

    left: float
    bottom: float
    width: float
    height: float
    top: float  # the scale goes from 0 to here
    marks: tuple[float, ...]  # the numbers written on the scale
    text: float  # size of numbers and days


class Panel:
    """A chart, drawn into a frame. What is drawn later lies above what was drawn before."""

    def __init__(self, sheet: Canvas, frame: Frame, chart: Chart) -> None:
        self._sheet, self._frame, self._chart, self._look = sheet, frame, chart, sheet.look
        self._pitch = frame.width / chart.days  # points from one day to the next

    def draw(self, bands: Sequence[Band], gap: str) -> None:
        """The traffic light, the scale, the holes with their words where these fit, the lines."""
        self._bands(bands)
        self._scale()
        for hole in self._chart.gaps:
            self._veil(hole, gap)
        for at, line in enumerate(self._chart.lines):
            self._curve(line, shift=(at - (len(self._chart.lines) - 1) / 2) * SIDE_BY_SIDE * self._chart.step)

    def dates(self, ticks: Iterable[Tick]) -> None:
        """Write days below the chart, the year under the first of its days."""
        frame, soft = self._frame, self._look.soft_ink
        for tick in ticks:
            x = self._x(tick.day)
            centre = self._within(x, max(tick.label, tick.year, key=len))
            self._sheet.line((x, x), (frame.bottom - 0.25 * frame.text, frame.bottom), color=soft, linewidth=1)
            for row, words in enumerate(filter(None, (tick.label, tick.year)), start=1):
                y = frame.bottom - LABEL_GAP - row * frame.text * 1.15
                self._sheet.text(centre, y, words, frame.text, colour=soft, align="center")

    def _bands(self, bands: Sequence[Band]) -> None:
        frame, bold = self._frame, font_metrics(bold=True)
        self._sheet.box(frame.left, frame.bottom, frame.width, frame.height, facecolor=self._look.field, linewidth=0)
        room = ROOM * frame.top
        for at, (band, tone) in enumerate(zip(bands, self._look.tones, strict=False)):
            low = self._y(band.low - room if at == 0 else band.low)
            high = self._y(band.high + room if at == len(bands) - 1 else band.high)
            self._sheet.box(frame.left, low, frame.width, high - low, facecolor=tone.fill, linewidth=0)
            size = label_size(frame.text)
            words = bold.cut(bold.drawable(band.label), size, WIDEST_LABEL)
            x, y = frame.left + frame.width + LABEL_GAP, (low + high) / 2 - size * X_HEIGHT
            self._sheet.text(x, y, words, size, colour=tone.word, bold=True)

    def _scale(self) -> None:
        frame, soft = self._frame, self._look.soft_ink
        for mark in frame.marks:
            y = self._y(mark)
            self._sheet.line((frame.left, frame.left + frame.width), (y, y), color=self._look.grid, linewidth=0.9)
            below = y - frame.text * X_HEIGHT
            self._sheet.text(frame.left - LABEL_GAP, below, f"{mark:g}", frame.text, colour=soft, align="right")

    def _veil(self, hole: Stretch, words: str) -> None:
        frame, wide = self._frame, hole.days * self._pitch
        left = self._x(hole.first) - self._pitch / 2
        place = (left, frame.bottom, wide, frame.height)
        self._sheet.box(*place, facecolor=self._look.ground, alpha=VEIL, linewidth=0)
        self._sheet.box(*place, **hatching(self._look))
        size = frame.text * 0.85
        needed = font_metrics().width(font_metrics().drawable(words), size) + size / 2
        if needed + size / 2 <= wide:
            self._plate(left + wide / 2, words, size, needed)

    def _plate(self, x: float, words: str, size: float, wide: float) -> None:
        """Words on a quiet ground, centred at `x`, in the middle of the height."""
        y = self._frame.bottom + self._frame.height / 2
        self._sheet.box(x - wide / 2, y - size * 0.75, wide, size * 1.5, facecolor=self._look.ground, linewidth=0)
        self._sheet.text(x, y - size * X_HEIGHT, words, size, colour=self._look.soft_ink, align="center")

    def _curve(self, line: Line, shift: float) -> None:
        """A line that breaks at every hole, over a bar from each dot's lowest to its highest; `shift` is in days."""
        style, text, room = self._look.styles[line.number], self._frame.text, self._room(line)
        segments = runs(line.dots, lambda dot: dot.day, self._chart.step)
        self._spreads(segments, shift, style, room)
        marker = min(0.6 * text, max(0.25 * text, room / 2))
        dotted = room > DENSE
        x, y = [], []
        for run in segments:
            x += [*(self._x(dot.day, shift) for dot in run), nan]
            y += [*(self._y(dot.value) for dot in run), nan]
            if not dotted and len(run) == 1:
                self._sheet.mark(x[-2], y[-2], marker=style.marker, color=style.colour, markersize=marker)
        self._sheet.line(
            x,
            y,
            gid=CURVE,
            color=style.colour,
            linewidth=(0.15 if dotted else 0.1) * text,
            dashes=style.dashes or (None, None),
            marker=style.marker if dotted else "",
            markersize=marker,
            markeredgecolor=self._look.ground,
            markeredgewidth=marker / 9,
        )

    def _spreads(self, segments: Sequence[Sequence[Dot]], shift: float, style: Style, room: float) -> None:
        strokes = []
        for run in segments:
            low = [(self._x(dot.day, shift), self._y(dot.low)) for dot in run]
            high = [(self._x(dot.day, shift), self._y(dot.high)) for dot in run]
            if room > DENSE or len(run) == 1:
                strokes += [pair for pair in zip(low, high, strict=True) if pair[0] != pair[1]]
            else:
                self._sheet.area([*low, *reversed(high)], color=style.colour, alpha=0.28)
        width = min(0.45 * self._frame.text, max(0.16 * self._frame.text, room * 0.28))
        self._sheet.bars(strokes, color=style.colour, alpha=0.45, linewidth=width, capstyle="round")

    def _room(self, line: Line) -> float:
        """Points from one dot to the next, mostly; in a chart of lone dots there is room for larger ones."""
        dots, step = line.dots, self._chart.step
        apart = (dots[-1].day - dots[0].day).days / (len(dots) - 1) if len(dots) > 1 else 2 * step
        return self._pitch * min(2 * step, apart)

    def _x(self, day: date, shift: float = 0.0) -> float:
        return self._frame.left + ((day - self._chart.first).days + 0.5 + shift) * self._pitch

    def _y(self, value: float) -> float:
        frame = self._frame
        return frame.bottom + frame.height * (value / frame.top + ROOM) / (1 + 2 * ROOM)

    def _within(self, x: float, words: str) -> float:
        """So that a centred word does not leave the sheet."""
        half = font_metrics().width(font_metrics().drawable(words), self._frame.text) / 2 + 4
        return min(max(x, half), self._sheet.width - half)


def hatching(look: Theme) -> dict[str, Any]:
    """The strokes over a stretch nothing is known of, in the words of a matplotlib patch."""
    return {"facecolor": "none", "edgecolor": look.hatch, "hatch": "//", "linewidth": 0}


def label_size(text: float) -> float:
    """Of the words of the bands, in points."""
    return text * 0.9


def label_room(bands: Sequence[Band], text: float) -> float:
    """Points to leave at the right of a frame for the words of its bands."""
    bold = font_metrics(bold=True)
    widths = [bold.width(bold.drawable(band.label), label_size(text)) for band in bands]
    return min(WIDEST_LABEL, max(widths)) + LABEL_GAP if widths else 0.0


def fitting(days: Iterable[str], text: float, width: float, most: int) -> int:
    """How many of such words have room beside each other, 1 to `most`."""
    widest = max(font_metrics().width(font_metrics().drawable(words), text) for words in days)
    return max(1, min(most, int(width / (widest + text * 0.8))))
