"""Pictures for Discord: title, one or more charts under each other, key; readable at the width of a phone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.charts.draw import key
from bot.charts.draw.canvas import Canvas
from bot.charts.draw.font_metrics import font_metrics
from bot.charts.draw.panel import Frame, Panel, fitting, label_room
from bot.charts.draw.plot import MOST_CHART_TICKS, Chart, Tick, charts, ticks, weeks_chart
from bot.charts.draw.svg import png, svg
from bot.charts.draw.theme import DARK, LIGHT
from bot.charts.picture import TOP_PAIN, TOP_SCORE, HistoryPicture, WeeklyPicture

WIDTH = 600.0
SCALE = 4 / 3  # pixels to a unit: sharp on a phone; most of the time a drawing takes goes into pixels
MARGIN = 20.0
INNER = WIDTH - 2 * MARGIN
TITLE, TEXT, SMALL = 26.0, 20.0, 20.0  # on a phone, 340 px wide, 14.7 and 11.3 px
HEAD = 84.0  # for the title and the words of the scale
DATES = 56.0
KEY_ROW = 29.0
NAME_ROW = 31.0  # above a chart, where there is more than one
FOOT = 10.0
MIDDLE = timedelta(days=3)  # a week's words stand below its dot
HEIGHTS = (240.0, 140.0, 120.0, 120.0, 100.0)  # of one chart, of each of two, and so on; the last: of more


@dataclass(frozen=True, slots=True)
class Axes:
    """The scale, and the days below the charts."""

    top: float  # of the scale
    marks: tuple[float, ...]  # of a high chart; a low one has its first, middle and last number
    first: date  # of the days below; `shift` moves them all to the right
    last: date
    shift: timedelta = timedelta()


def draw(picture: HistoryPicture | WeeklyPicture) -> bytes:
    """PNG, for a place 600 pixels wide."""
    return written(sheet(picture))


def written(sheet: Canvas) -> bytes:
    """A sheet as PNG, 800 pixels wide."""
    return png(svg(sheet), scale=SCALE)


def sheet(picture: HistoryPicture | WeeklyPicture) -> Canvas:
    """The drawing before it is written, for whoever wants to look at its lines."""
    if isinstance(picture, HistoryPicture):
        axes = Axes(TOP_PAIN, (0, 2, 4, 6, 8, 10), picture.start, picture.end)
        return _composed(picture, axes, charts(picture.series, picture.start, picture.end))
    chart = weeks_chart(picture.weeks, picture.start, picture.end)
    return _composed(picture, Axes(TOP_SCORE, (0, 25, 50, 75, 100), chart.first, chart.last - MIDDLE, MIDDLE), [chart])


def _composed(picture: HistoryPicture | WeeklyPicture, axes: Axes, charts: Sequence[Chart]) -> Canvas:
    look = DARK if picture.dark else LIGHT
    rows = key.rows(key.entries(charts, picture.legend, look), SMALL, INNER)
    alone = len(charts) == 1
    high = HEIGHTS[min(len(charts), len(HEIGHTS)) - 1]
    chart_height = high if alone else high + NAME_ROW
    floor = FOOT + KEY_ROW * len(rows) + DATES
    sheet = Canvas(WIDTH, floor + chart_height * len(charts) + HEAD, look)
    _head(sheet, picture, charts[0] if alone else None)
    for at, chart in enumerate(reversed(charts)):
        frame = _frame(picture, axes, floor + at * chart_height, high)
        panel = Panel(sheet, frame, chart)
        panel.draw(picture.bands, picture.legend.gap)
        if at == 0:
            panel.dates(_days(picture, axes, frame.width))
        if not alone:
            _names(sheet, chart, frame.left, frame.bottom + high + 7)
    for at, row in enumerate(reversed(rows)):
        key.write(sheet, row, MARGIN, FOOT + 3 + KEY_ROW * at, SMALL)
    return sheet


def _frame(picture: HistoryPicture | WeeklyPicture, axes: Axes, bottom: float, high: float) -> Frame:
    left = MARGIN + font_metrics().width(f"{axes.top:g}", TEXT) + 6
    right = max(MARGIN, MARGIN - 6 + label_room(picture.bands, TEXT))
    marks = axes.marks if high == HEIGHTS[0] else (0, axes.top / 2, axes.top)
    return Frame(left, bottom, WIDTH - left - right, high, axes.top, marks, TEXT)


def _days(picture: HistoryPicture | WeeklyPicture, axes: Axes, width: float) -> list[Tick]:
    """As many days as have room beside each other."""
    choices = (ticks(axes.first, axes.last, picture.months, most) for most in range(MOST_CHART_TICKS, 0, -1))
    days = next(
        days for days in choices if len(days) <= fitting([day.label for day in days], TEXT, width, MOST_CHART_TICKS)
    )
    return [replace(tick, day=tick.day + axes.shift) for tick in days]


def _head(sheet: Canvas, picture: HistoryPicture | WeeklyPicture, shared: Chart | None) -> None:
    sheet.text(MARGIN, sheet.height - 32, picture.title, TITLE, bold=True, within=INNER)
    line = sheet.height - HEAD + (14 if shared else 18)
    shares = shared is not None and len(shared.lines) > 1
    room = INNER / (3 if shares else 1)
    unit = font_metrics().cut(font_metrics().drawable(picture.y_label), SMALL, room)
    sheet.text(MARGIN, line, unit, SMALL, colour=sheet.look.soft_ink)
    if shared and shares:
        taken = font_metrics().width(unit, SMALL)
        _names(sheet, shared, MARGIN + taken + key.BETWEEN * SMALL, line, to_the_right=True)


def _names(sheet: Canvas, chart: Chart, left: float, y: float, *, to_the_right: bool = False) -> None:
    """Whose lines these are, between `left` and the right margin; long names are cut."""
    names = [key.dot(line.name, sheet.look.styles[line.number]) for line in chart.lines]
    row = key.one_row(names, SMALL, WIDTH - MARGIN - left)
    x = WIDTH - MARGIN - key.length(row, SMALL) if to_the_right else left
    key.write(sheet, row, x, y, SMALL)
