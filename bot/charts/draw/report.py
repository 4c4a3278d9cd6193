"""The page for a physio: A4, always one page, whatever goes in."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.charts.draw import key
from bot.charts.draw.canvas import Canvas
from bot.charts.draw.font_metrics import Column, font_metrics
from bot.charts.draw.panel import Frame, Panel, fitting, label_room
from bot.charts.draw.pdf import pdf
from bot.charts.draw.plot import Chart, Tick, charts, ticks
from bot.charts.draw.theme import LIGHT
from bot.charts.picture import TOP_PAIN, ReportPage

WIDTH, HEIGHT = 595.28, 841.89  # points; A4
MARGIN = 48.0
INNER = WIDTH - 2 * MARGIN
TITLE, HEADING, TEXT, SMALL = 20.0, 12.5, 9.0, 8.0
LEADING = 12.0  # from one line of text to the next
TOP, BOTTOM = HEIGHT - 110.0, 70.0  # between head and foot
FOOT_LINES = 2
CHART_HIGH = {1: 200.0, 2: 110.0, 3: 66.0}  # by number of areas
AREA_HEADING = 20.0
DATES = 22.0
AFTER_AREA = 10.0
FACT_LABEL = 124.0
FACT_LINES = 8  # a fact takes no more, however much room there is
NOTES_HEADING = 18.0
NOTES_LEAST = NOTES_HEADING + 7 * LEADING  # kept for them before a fact gets a second line
NOTE_LINES = 3
BULLET, INDENT = "–", 10.0
UNIT = 130.0  # for the words of the scale, beside the key
MOST_REPORT_TICKS = 9


def draw(page: ReportPage) -> bytes:
    """PDF, one page."""
    return pdf(sheet(page), font_metrics().drawable(page.title))


@dataclass(frozen=True, slots=True)
class Block:
    """An area on the page: its chart, and the lines of every fact."""

    chart: Chart
    facts: tuple[tuple[str, list[str]], ...]


def sheet(page: ReportPage) -> Canvas:
    """The page before it is written, for whoever wants to look at it."""
    drawn = Canvas(WIDTH, HEIGHT, LIGHT)
    blocks = _blocks(page)
    _head(drawn, page, [block.chart for block in blocks])
    y = TOP
    for block in blocks:
        y = _area(drawn, page, block, y)
    if page.notes:
        _notes(drawn, page, y)
    _foot(drawn, page)
    return drawn


def _blocks(page: ReportPage) -> list[Block]:
    """How many lines each fact gets: one each, then one more in turn for whoever needs it while there is room."""
    column = _column(page, INNER - FACT_LABEL)
    facts = [[fact for fact in area.facts if fact.items] for area in page.areas]
    fixed = AREA_HEADING + CHART_HIGH[len(page.areas)] + DATES + AFTER_AREA
    room = TOP - BOTTOM - fixed * len(page.areas) - (NOTES_LEAST if page.notes else 0)
    every = [fact for of_area in facts for fact in of_area]
    needs = [len(column.sentence(fact.items, FACT_LINES)) for fact in every]
    shares = _shared(needs, int(room / LEADING))
    lines = iter([(fact.label, column.sentence(fact.items, most)) for fact, most in zip(every, shares, strict=True)])
    return [
        Block(charts((area.series,), page.start, page.end)[0], tuple(next(lines) for _ in of_area))
        for area, of_area in zip(page.areas, facts, strict=True)
    ]


def _shared(needs: Sequence[int], lines: int) -> list[int]:
    """One line for each, and the rest in turn.

    >>> _shared([1, 4, 2], 6)
    [1, 3, 2]
    """
    shares = [1 for _ in needs]
    while sum(shares) < lines and any(has < need for has, need in zip(shares, needs, strict=True)):
        for at, need in enumerate(needs):
            if shares[at] < need and sum(shares) < lines:
                shares[at] += 1
    return shares


def _column(page: ReportPage, width: float) -> Column:
    return Column(font_metrics(), TEXT, width, page.more, page.missing)


def _head(drawn: Canvas, page: ReportPage, drawn_charts: Sequence[Chart]) -> None:
    soft = drawn.look.soft_ink
    drawn.text(MARGIN, HEIGHT - 62, page.title, TITLE, bold=True, within=INNER)
    drawn.text(MARGIN, HEIGHT - 79, f"{page.covers}  ·  {page.made_on}", TEXT + 1, colour=soft, within=INNER)
    _rule(drawn, HEIGHT - 87)
    drawn.text(MARGIN, HEIGHT - 100, page.y_label, SMALL, colour=soft, within=UNIT)
    row = key.one_row(key.entries(drawn_charts, page.legend, drawn.look), SMALL, INNER - UNIT)
    key.write(drawn, row, WIDTH - MARGIN - key.length(row, SMALL), HEIGHT - 100, SMALL)


def _area(drawn: Canvas, page: ReportPage, block: Block, y: float) -> float:
    """Draws downwards from `y`; how far it came."""
    high = CHART_HIGH[len(page.areas)]
    drawn.text(MARGIN, y - HEADING, block.chart.lines[0].name, HEADING, bold=True, within=INNER)
    y -= AREA_HEADING + high
    left = MARGIN + font_metrics().width("10", SMALL) + 6
    marks = (0, 2, 4, 6, 8, 10) if high > CHART_HIGH[3] else (0, 5, 10)
    width = WIDTH - MARGIN - label_room(page.bands, SMALL) - left
    panel = Panel(drawn, Frame(left, y, width, high, TOP_PAIN, marks, SMALL), block.chart)
    panel.draw(page.bands, page.legend.gap)
    most = fitting([f"28 {month} 2026" for month in page.months], SMALL, width, MOST_REPORT_TICKS)
    days = ticks(page.start, page.end, page.months, most)
    panel.dates([Tick(tick.day, f"{tick.label} {tick.year}".strip()) for tick in days])
    y -= DATES
    for label, lines in block.facts:
        drawn.text(MARGIN, y - TEXT, label, TEXT, bold=True, within=FACT_LABEL - 8)
        y = _lines(drawn, lines, MARGIN + FACT_LABEL, y)
    return y - AFTER_AREA


def _notes(drawn: Canvas, page: ReportPage, y: float) -> None:
    column = _column(page, INNER - INDENT)
    room = int((y - NOTES_HEADING - BOTTOM) / LEADING)
    paragraphs = column.paragraphs(page.notes, NOTE_LINES, room)
    if not paragraphs:
        return
    drawn.text(MARGIN, y - TEXT, page.notes_label, TEXT + 1, bold=True, within=INNER)
    y -= NOTES_HEADING
    for lines in paragraphs:
        drawn.text(MARGIN, y - TEXT, BULLET, TEXT, colour=drawn.look.soft_ink)
        y = _lines(drawn, lines, MARGIN + INDENT, y)


def _lines(drawn: Canvas, lines: Sequence[str], x: float, y: float) -> float:
    for line in lines:
        drawn.text(x, y - TEXT, line, TEXT)
        y -= LEADING
    return y


def _foot(drawn: Canvas, page: ReportPage) -> None:
    _rule(drawn, BOTTOM - 16)
    lines = Column(font_metrics(), SMALL, INNER, page.more, page.missing).lines(page.footer, FOOT_LINES)
    for at, line in enumerate(lines):
        drawn.text(MARGIN, BOTTOM - 29 - at * 11, line, SMALL, colour=drawn.look.soft_ink)


def _rule(drawn: Canvas, y: float) -> None:
    drawn.lines([((MARGIN, y), (WIDTH - MARGIN, y))], drawn.look.hatch, 0.8)
