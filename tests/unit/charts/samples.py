"""Made-up diaries to draw, and what to look for in a drawing."""

import struct
from datetime import date, timedelta
from math import isnan

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.lines import Line2D
from matplotlib.text import Text

from bot.charts.draw.canvas import POINTS_PER_INCH, Canvas
from bot.charts.draw.panel import CURVE
from bot.charts.picture import Band, DayPoint, Fact, HistoryPicture, ReportArea, ReportPage, Series

MONDAY = date(2026, 2, 9)
BANDS = (Band(0, 2.5, "green"), Band(2.5, 5.5, "amber"), Band(5.5, 10, "red"))
HAIR = 1.5  # points
NOTE = "better with a shorter stride, worse on stairs and after sitting"
FOOTER = "General information, made by the person from their own diary; not a medical record."


def day(offset: int) -> date:
    return MONDAY + timedelta(days=offset)


def series(name: str = "Hip", logged=range(21)) -> Series:
    """A day for each offset; pain goes round from 1 to 8, a little lower and a little higher within the day."""
    points = (DayPoint(day(at), at % 8 + 1, at % 8, min(10, at % 8 + 3)) for at in logged)
    return Series(name, tuple(points))


def history(*shown: Series, days: int = 21, **changes) -> HistoryPicture:
    picture = {"title": "Your pain", "series": shown or (series(),), "start": day(0), "end": day(days - 1)}
    return HistoryPicture(**{**picture, "bands": BANDS, **changes})


def page(*names: str, items: int = 2, notes: int | tuple[str, ...] = 3, **changes) -> ReportPage:
    labels = ("First logged", "Trend", "What aggravates it", "Warning signs asked", "What was tried")
    facts = tuple(Fact(label, tuple(f"{label.lower()}, item {at}" for at in range(items))) for label in labels)
    whole = {
        "title": "Pain diary",
        "made_on": "Made on 3 March 2026",
        "covers": "9 February – 1 March 2026",
        "start": day(0),
        "end": day(20),
        "areas": tuple(ReportArea(series(name), facts) for name in names or ("Hip",)),
        "notes": notes if isinstance(notes, tuple) else tuple(f"Day {at}: {NOTE}" for at in range(notes)),
        "footer": FOOTER,
        "bands": BANDS,
    }
    return ReportPage(**{**whole, **changes})


def png_size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


def curves(sheet: Canvas) -> list[Line2D]:
    """The lines of typical values."""
    return [line for line in sheet.figure.findobj(Line2D) if line.get_gid() == CURVE]


def runs(curve: Line2D) -> list[int]:
    """How many days each unbroken piece of a line has."""
    found, length = [], 0
    for height in [*curve.get_ydata(), float("nan")]:
        if not isnan(height):
            length += 1
        elif length:
            found.append(length)
            length = 0
    return found


def words(sheet: Canvas) -> list[str]:
    """Every text of a drawing."""
    return [text.get_text() for text in sheet.figure.findobj(Text) if text.get_text()]


def boxes(sheet: Canvas) -> list[tuple[str, float, float, float, float]]:
    """Every text of a drawing with its left, lower, right and upper end, in points."""
    canvas = FigureCanvasAgg(sheet.figure)
    canvas.draw()
    scale = POINTS_PER_INCH / sheet.figure.dpi
    texts = [text for text in sheet.figure.findobj(Text) if text.get_text().strip()]
    return [(text.get_text(), *(text.get_window_extent(canvas.get_renderer()).extents * scale)) for text in texts]


def collisions(sheet: Canvas) -> list[str]:
    """Texts that overlap another or leave the sheet; letters may touch the line above by a hair."""
    found, placed = [], boxes(sheet)
    for at, (text, x0, y0, x1, y1) in enumerate(placed):
        if min(x0, y0) < 0 or x1 > sheet.width or y1 > sheet.height:
            found.append(f"{text} leaves the sheet")
        for other, a0, b0, a1, b1 in placed[:at]:
            if min(x1, a1) - max(x0, a0) > HAIR and min(y1, b1) - max(y0, b0) > HAIR:
                found.append(f"{text} overlaps {other}")
    return found
