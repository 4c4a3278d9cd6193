"""Made-up diaries to draw, and what to look for in a drawing."""

import re
import struct
from datetime import date, timedelta

from bot.charts.draw.canvas import Canvas, Shape, Text
from bot.charts.draw.panel import CURVE
from bot.charts.picture import Band, DayPoint, Fact, HistoryPicture, ReportArea, ReportPage, Series, Week, WeeklyPicture
from tests.support import chart_words

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
    return HistoryPicture(**{**picture, "bands": BANDS, **chart_words.PAIN, **changes})


def weekly(*weeks: Week, start: date, end: date, **changes) -> WeeklyPicture:
    return WeeklyPicture(title="Weekly check", weeks=weeks, start=start, end=end, **chart_words.SCORE, **changes)


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
        **chart_words.PAGE,
    }
    return ReportPage(**{**whole, **changes})


def png_size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


def curves(sheet: Canvas) -> list[Shape]:
    """The lines of typical values."""
    return [it for it in sheet.drawn if isinstance(it, Shape) and it.name == CURVE]


def runs(curve: Shape) -> list[int]:
    """How many days each unbroken piece of a line has."""
    return list(map(len, curve.pieces))


def texts(sheet: Canvas) -> list[Text]:
    return [it for it in sheet.drawn if isinstance(it, Text)]


def words(sheet: Canvas) -> list[str]:
    """Every text of a drawing."""
    return [text.words for text in texts(sheet)]


def heights(outline: str) -> list[float]:
    """How far down the points of a relative path are, from where it begins; a corner's handle counts as a point."""
    reached, at, start = [0.0], 0.0, 0.0
    for command, points in re.findall("([mlqcz])([^mlqcz]*)", outline):
        downs = [at + float(down) for down in points.split()[1::2]]
        reached += downs
        at = downs[-1] if downs else start
        start = at if command == "m" else start
    return reached


def box(text: Text) -> tuple[float, float, float, float]:
    """The left, lower, right and upper end of the ink of a text; its width with the room after its last letter."""
    left, glyphs = text.shaped()
    right, low, high = left, 0.0, 0.0
    for font, of_font in glyphs:
        for glyph in of_font:
            reached = [glyph.up - y for y in heights(font.outline(glyph.number))]
            low, high = min([low, *reached]), max([high, *reached])
            right += glyph.advance * text.size
    return left, text.y + low * text.size, right, text.y + high * text.size


def boxes(sheet: Canvas) -> list[tuple[str, float, float, float, float]]:
    """Every text of a drawing with the ends of its ink."""
    return [(text.words, *box(text)) for text in texts(sheet)]


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
