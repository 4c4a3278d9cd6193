"""A picture for Discord: title, one or more charts under each other, key; readable at the width of a phone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.charts.draw import key
from bot.charts.draw.canvas import Canvas
from bot.charts.draw.dates import MOST_TICKS, Tick, ticks
from bot.charts.draw.font_metrics import font_metrics
from bot.charts.draw.panel import Frame, Panel, fitting, label_room
from bot.charts.draw.plot import Chart
from bot.charts.draw.theme import DARK, LIGHT
from bot.charts.picture import Band, Legend

WIDTH = 576.0  # points, eight inches; 1,200 pixels
MARGIN = 20.0
TITLE, TEXT, SMALL = 21.0, 16.0, 14.5  # points; on a phone (350 px wide) about 13, 10 and 9 px
HEAD = 74.0  # for the title and the words of the scale
DATES = 46.0
KEY_ROW = 22.0
NAME_ROW = 25.0  # above a chart, where there is more than one
FOOT = 8.0
HEIGHTS = (230.0, 130.0, 110.0)  # of one chart, of each of two, of each of more


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartImage:
    """What stands around the charts."""

    title: str
    y_label: str
    bands: tuple[Band, ...]
    top: float  # of the scale
    marks: tuple[float, ...]  # of a high chart; a low one has its first, middle and last number
    legend: Legend
    first: date  # of the days below; `shift` moves them all to the right
    last: date
    months: tuple[str, ...]
    dark: bool
    shift: timedelta = timedelta()


def compose(poster: ChartImage, charts: Sequence[Chart]) -> Canvas:
    """The drawing, before it is written as PNG."""
    look = DARK if poster.dark else LIGHT
    rows = key.rows(key.entries(charts, poster.legend, look), SMALL, WIDTH - 2 * MARGIN)
    alone = len(charts) == 1
    high = HEIGHTS[min(len(charts), len(HEIGHTS)) - 1]
    each = high if alone else high + NAME_ROW
    floor = FOOT + KEY_ROW * len(rows) + DATES
    sheet = Canvas(WIDTH, floor + each * len(charts) + HEAD, look)
    _head(sheet, poster, charts[0] if alone else None)
    for at, chart in enumerate(reversed(charts)):
        frame = _frame(poster, floor + at * each, high)
        panel = Panel(sheet, frame, chart)
        panel.draw(poster.bands, poster.legend.gap)
        if at == 0:
            panel.dates(_days(poster, frame.width))
        if not alone:
            _names(sheet, chart, frame.left, frame.bottom + high + 7)
    for at, row in enumerate(reversed(rows)):
        key.write(sheet, row, MARGIN, FOOT + 3 + KEY_ROW * at, SMALL)
    return sheet


def _frame(poster: ChartImage, bottom: float, high: float) -> Frame:
    left = MARGIN + font_metrics().width(f"{poster.top:g}", TEXT) + 6
    right = max(MARGIN, MARGIN - 6 + label_room(poster.bands, TEXT))
    marks = poster.marks if high == HEIGHTS[0] else (0, poster.top / 2, poster.top)
    return Frame(left, bottom, WIDTH - left - right, high, poster.top, marks, TEXT)


def _days(poster: ChartImage, width: float) -> list[Tick]:
    most = fitting([f"28 {month}" for month in poster.months], TEXT, width, MOST_TICKS)
    found = ticks(poster.first, poster.last, poster.months, most)
    return [replace(tick, day=tick.day + poster.shift) for tick in found]


def _head(sheet: Canvas, poster: ChartImage, shared: Chart | None) -> None:
    bold = font_metrics(bold=True)
    title = bold.cut(bold.drawable(poster.title), TITLE, WIDTH - 2 * MARGIN)
    sheet.text(MARGIN, sheet.height - 32, title, TITLE, bold=True)
    line = sheet.height - HEAD + (14 if shared else 18)
    shares = shared is not None and len(shared.lines) > 1
    room = (WIDTH - 2 * MARGIN) / (3 if shares else 1)
    unit = font_metrics().cut(font_metrics().drawable(poster.y_label), SMALL, room)
    sheet.text(MARGIN, line, unit, SMALL, colour=sheet.look.soft_ink)
    if shared and shares:
        taken = font_metrics().width(unit, SMALL)
        _names(sheet, shared, MARGIN + taken + key.BETWEEN * SMALL, line, to_the_right=True)


def _names(sheet: Canvas, chart: Chart, left: float, y: float, *, to_the_right: bool = False) -> None:
    """Whose lines these are, between `left` and the right margin; long names are cut."""
    room = (WIDTH - MARGIN - left) / len(chart.lines) - (key.LINE_WIDE + key.AFTER_SIGN + key.BETWEEN) * SMALL
    names = [font_metrics().cut(font_metrics().drawable(line.name), SMALL, room) for line in chart.lines]
    row = [key.dot(name, sheet.look.styles[line.number]) for name, line in zip(names, chart.lines, strict=True)]
    x = WIDTH - MARGIN - key.length(row, SMALL) if to_the_right else left
    key.write(sheet, row, x, y, SMALL)
