"""One chart on a sheet: the traffic light behind, the days in front, the holes in the diary left as holes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.charts.draw.canvas import Canvas
from bot.charts.draw.font_metrics import font_metrics
from bot.charts.draw.plot import Chart, Dot, Line, Stretch, Tick, runs
from bot.charts.draw.theme import Style
from bot.charts.picture import Band

ROOM = 0.05  # of the scale, above and below: a marker at 0 or 10 is not cut
LABEL_GAP = 6.0  # points between the axes and their words
WIDEST_LABEL = 110.0  # points for the words of the bands
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
            self._sheet.lines([((x, frame.bottom - 0.25 * frame.text), (x, frame.bottom))], soft, 1)
            for row, words in enumerate(filter(None, (tick.label, tick.year)), start=1):
                y = frame.bottom - LABEL_GAP - row * frame.text * 1.15
                self._sheet.text(centre, y, words, frame.text, colour=soft, align="center")

    def _bands(self, bands: Sequence[Band]) -> None:
        frame = self._frame
        self._sheet.box(frame.left, frame.bottom, frame.width, frame.height, self._look.field)
        room = ROOM * frame.top
        for at, (band, tone) in enumerate(zip(bands, self._look.tones, strict=False)):
            low = self._y(band.low - room if at == 0 else band.low)
            high = self._y(band.high + room if at == len(bands) - 1 else band.high)
            self._sheet.box(frame.left, low, frame.width, high - low, tone.fill)
            x, y = frame.left + frame.width + LABEL_GAP, (low + high) / 2 - frame.text * X_HEIGHT
            self._sheet.text(x, y, band.label, frame.text, colour=tone.word, bold=True, within=WIDEST_LABEL)

    def _scale(self) -> None:
        frame, soft = self._frame, self._look.soft_ink
        for mark in frame.marks:
            y = self._y(mark)
            self._sheet.lines([((frame.left, y), (frame.left + frame.width, y))], self._look.grid, 0.9)
            below = y - frame.text * X_HEIGHT
            self._sheet.text(frame.left - LABEL_GAP, below, f"{mark:g}", frame.text, colour=soft, align="right")

    def _veil(self, hole: Stretch, words: str) -> None:
        frame, wide = self._frame, hole.days * self._pitch
        left = self._x(hole.first) - self._pitch / 2
        place = (left, frame.bottom, wide, frame.height)
        self._sheet.box(*place, self._look.ground, VEIL)
        self._sheet.hatch(*place)
        needed = font_metrics().width(font_metrics().drawable(words), frame.text) + frame.text / 2
        if needed + frame.text / 2 <= wide:
            self._plate(left + wide / 2, words, needed)

    def _plate(self, x: float, words: str, wide: float) -> None:
        """Words on a quiet ground, centred at `x`, in the middle of the height."""
        y, size = self._frame.bottom + self._frame.height / 2, self._frame.text
        self._sheet.box(x - wide / 2, y - size * 0.75, wide, size * 1.5, self._look.ground)
        self._sheet.text(x, y - size * X_HEIGHT, words, size, colour=self._look.soft_ink, align="center")

    def _curve(self, line: Line, shift: float) -> None:
        """A line that breaks at every hole, over a bar from each dot's lowest to its highest; `shift` is in days."""
        style, text, room = self._look.styles[line.number], self._frame.text, self._room(line)
        segments = runs(line.dots, lambda dot: dot.day, self._chart.step)
        self._spreads(segments, shift, style, room)
        marker = min(0.6 * text, max(0.25 * text, room / 2))
        dotted = room > DENSE
        pieces = [[(self._x(dot.day, shift), self._y(dot.value)) for dot in run] for run in segments]
        width = (0.15 if dotted else 0.1) * text
        self._sheet.lines(pieces, style.colour, width, dashes=style.dashes, name=CURVE)
        places = [place for piece in pieces if dotted or len(piece) == 1 for place in piece]
        self._sheet.marks(places, style.marker, style.colour, marker)

    def _spreads(self, segments: Sequence[Sequence[Dot]], shift: float, style: Style, room: float) -> None:
        strokes = []
        for run in segments:
            low = [(self._x(dot.day, shift), self._y(dot.low)) for dot in run]
            high = [(self._x(dot.day, shift), self._y(dot.high)) for dot in run]
            if room > DENSE or len(run) == 1:
                strokes += [pair for pair in zip(low, high, strict=True) if pair[0] != pair[1]]
            else:
                self._sheet.area([*low, *reversed(high)], style.colour, 0.28)
        width = min(0.45 * self._frame.text, max(0.16 * self._frame.text, room * 0.28))
        self._sheet.lines(strokes, style.colour, width, opacity=0.45)

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


def label_room(bands: Sequence[Band], text: float) -> float:
    """Points to leave at the right of a frame for the words of its bands."""
    bold = font_metrics(bold=True)
    widths = [bold.width(bold.drawable(band.label), text) for band in bands]
    return min(WIDEST_LABEL, max(widths)) + LABEL_GAP if widths else 0.0


def fitting(days: Iterable[str], text: float, width: float, most: int) -> int:
    """How many of such words have room beside each other, 1 to `most`."""
    widest = max(font_metrics().width(font_metrics().drawable(words), text) for words in days)
    return max(1, min(most, int(width / (widest + text * 0.8))))
