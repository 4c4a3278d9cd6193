"""The key of a chart: what a dot, a bar and a hatched stretch stand for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.charts.draw.canvas import Canvas
from bot.charts.draw.font_metrics import font_metrics
from bot.charts.draw.panel import X_HEIGHT
from bot.charts.draw.plot import Chart
from bot.charts.draw.theme import Style, Theme
from bot.charts.picture import Legend


@dataclass(frozen=True, slots=True)
class Entry:
    """A drawn sign and its word. Lengths are in sizes of the text."""

    draw: Callable[[Canvas, float, float, float], None]  # sheet, x and y of the sign's left middle, size
    wide: float
    words: str

    def length(self, size: float) -> float:
        """Points from the sign's left to the word's right."""
        return (self.wide + AFTER_SIGN) * size + font_metrics().width(font_metrics().drawable(self.words), size)


LINE_WIDE, BAR_WIDE, HOLE_WIDE = 1.8, 0.5, 1.8
AFTER_SIGN, BETWEEN = 0.45, 1.5


def entries(charts: Sequence[Chart], legend: Legend, look: Theme) -> list[Entry]:
    """What can be seen in these charts, in words."""
    areas = sum(len(chart.lines) for chart in charts)
    style = look.styles[0] if areas == 1 else look.plain
    shown = [dot(legend.typical if charts[0].step == 1 else legend.weekly, style)]
    if any(chart.spreads for chart in charts):
        shown.append(bar(legend.spread, style))
    if any(chart.gaps for chart in charts):
        shown.append(hole(legend.gap))
    return shown


def dot(words: str, style: Style) -> Entry:
    """A line with its marker."""

    def draw(sheet: Canvas, x: float, y: float, size: float) -> None:
        end = x + LINE_WIDE * size
        sheet.lines([((x, y), (end, y))], style.colour, 0.16 * size, dashes=style.dashes)
        sheet.marks([((x + end) / 2, y)], style.marker, style.colour, 0.62 * size)

    return Entry(draw, LINE_WIDE, words)


def bar(words: str, style: Style) -> Entry:
    """The bar from lowest to highest."""

    def draw(sheet: Canvas, x: float, y: float, size: float) -> None:
        middle, half = x + BAR_WIDE * size / 2, 0.42 * size
        sheet.lines([((middle, y - half), (middle, y + half))], style.colour, 0.4 * size, opacity=0.45)

    return Entry(draw, BAR_WIDE, words)


def hole(words: str) -> Entry:
    """A stretch nothing is known of."""

    def draw(sheet: Canvas, x: float, y: float, size: float) -> None:
        place = (x, y - 0.4 * size, HOLE_WIDE * size, 0.8 * size)
        sheet.hatch(*place)
        sheet.frame(*place, 0.06 * size)

    return Entry(draw, HOLE_WIDE, words)


def rows(entries: Sequence[Entry], size: float, width: float) -> list[list[Entry]]:
    """The entries in as many rows as that width needs."""
    lines: list[list[Entry]] = []
    for entry in entries:
        if lines and length([*lines[-1], entry], size) <= width:
            lines[-1].append(entry)
        else:
            lines.append([_cut(entry, size, width)])
    return lines


def one_row(entries: Sequence[Entry], size: float, width: float) -> list[Entry]:
    """The entries in one row; words that are too long for it are cut."""
    if length(entries, size) <= width:
        return list(entries)
    share = (width - BETWEEN * size * (len(entries) - 1)) / len(entries)
    return [_cut(entry, size, share) for entry in entries]


def _cut(entry: Entry, size: float, width: float) -> Entry:
    words = font_metrics().cut(font_metrics().drawable(entry.words), size, width - (entry.wide + AFTER_SIGN) * size)
    return replace(entry, words=words)


def length(row: Sequence[Entry], size: float) -> float:
    """Points a row takes."""
    return sum(entry.length(size) for entry in row) + BETWEEN * size * (len(row) - 1)


def write(sheet: Canvas, row: Sequence[Entry], x: float, y: float, size: float) -> None:
    """One row from `x` on; `y` is the base line of its words."""
    for entry in row:
        entry.draw(sheet, x, y + size * X_HEIGHT, size)
        sheet.text(x + (entry.wide + AFTER_SIGN) * size, y, entry.words, size, colour=sheet.look.soft_ink)
        x += entry.length(size) + BETWEEN * size
