"""A club's barometer as a picture: a row for each area, a cell for each week, what the cell says in words in it."""

from bot.charts.draw import key
from bot.charts.draw.canvas import Canvas
from bot.charts.draw.chart_image import DATES, FOOT, HEAD, INNER, KEY_ROW, MARGIN, SMALL, TEXT, TITLE, WIDTH, written
from bot.charts.draw.font_metrics import font_metrics
from bot.charts.draw.key import Entry
from bot.charts.draw.panel import X_HEIGHT, fitting
from bot.charts.draw.plot import MOST_CHART_TICKS, ticks
from bot.charts.draw.theme import DARK, LIGHT, Theme
from bot.charts.picture import BarometerPicture

ROW = 66.0  # points: a name, and its cells below
HIGH = 32.0  # of a cell
INSET = 1.5  # around a cell
FEWEST_COLUMNS = 6  # a single week does not fill the width
DEEPER = (0.18, 0.29, 0.4)  # how much of the colour is in a cell: 5 to 9, 10 to 14, and from 15 on
STEP = 5  # people to the next colour
SIZES = (20.0, 17.0, 15.5, 14.5, 13.0, 12.0, 10.5, 9.0)  # of the words in a cell, the first in which all fit


def draw(picture: BarometerPicture) -> bytes:
    """PNG, for a place 600 pixels wide."""
    return written(sheet(picture))


def sheet(picture: BarometerPicture) -> Canvas:
    """The drawing before it is written, for whoever wants to look at its words."""
    look = DARK if picture.dark else LIGHT
    rows = key.rows(_legend(picture, look), SMALL, INNER)
    floor = FOOT + KEY_ROW * len(rows) + DATES
    drawn = Canvas(WIDTH, floor + ROW * len(picture.rows) + HEAD, look)
    _head(drawn, picture)
    for at in range(len(picture.rows)):
        _row(drawn, picture, at, floor + ROW * (len(picture.rows) - 1 - at))
    _dates(drawn, picture, floor)
    for at, row in enumerate(reversed(rows)):
        key.write(drawn, row, MARGIN, FOOT + 3 + KEY_ROW * at, SMALL)
    return drawn


def fill(low: int, look: Theme) -> str:
    """The ground of a cell: the more people, the further from the ground of the picture."""
    share = DEEPER[min(low // STEP, len(DEEPER)) - 1]
    pairs = ((int(look.ground[at : at + 2], 16), int(look.styles[0].colour[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(ground + (colour - ground) * share):02x}" for ground, colour in pairs)


def _head(drawn: Canvas, picture: BarometerPicture) -> None:
    drawn.text(MARGIN, drawn.height - 32, picture.title, TITLE, bold=True, within=INNER)
    drawn.text(MARGIN, drawn.height - HEAD + 18, picture.unit, SMALL, colour=drawn.look.soft_ink, within=INNER)


def _pitch(picture: BarometerPicture) -> float:
    """Points from one week to the next."""
    return INNER / max(len(picture.mondays), FEWEST_COLUMNS)


def _row(drawn: Canvas, picture: BarometerPicture, at: int, bottom: float) -> None:
    row, look, pitch = picture.rows[at], drawn.look, _pitch(picture)
    drawn.text(MARGIN, bottom + HIGH + 8, row.name, TEXT, within=INNER)
    size, wide = _size(picture), pitch - 2 * INSET
    for week, (monday, cell) in enumerate(zip(picture.mondays, row.cells, strict=True)):
        left = MARGIN + week * pitch + INSET
        drawn.box(left, bottom, wide, HIGH, fill(cell.low, look) if cell else look.field)
        if monday in picture.unknown:
            drawn.hatch(left, bottom, wide, HIGH)
        if cell:
            middle, line = left + wide / 2, bottom + HIGH / 2 - size * X_HEIGHT
            drawn.text(middle, line, cell.label, size, align="center", within=wide)


def _size(picture: BarometerPicture) -> float:
    """Of the words in all cells: one size, so that none looks more important than another."""
    room = _pitch(picture) - 2 * INSET - 3
    labels = {font_metrics().drawable(cell.label) for row in picture.rows for cell in row.cells if cell}
    longest = max((font_metrics().width(label, 1) for label in labels), default=0)
    return next((size for size in SIZES if longest * size <= room), SIZES[-1])


def _dates(drawn: Canvas, picture: BarometerPicture, floor: float) -> None:
    """Under the weeks' left ends: each begins there. The year under the first of its days."""
    pitch, soft = _pitch(picture), drawn.look.soft_ink
    first, last = picture.mondays[0], picture.mondays[-1]
    wide = pitch * len(picture.mondays)
    most = fitting([f"28 {month}" for month in picture.months], TEXT, wide, MOST_CHART_TICKS)
    for tick in ticks(first, last, picture.months, most):
        x = MARGIN + (tick.day - first).days / 7 * pitch + INSET
        drawn.lines([((x, floor - 5), (x, floor - 1))], soft, 1)
        for line, words in enumerate(filter(None, (tick.label, tick.year)), start=1):
            drawn.text(x, floor - 6 - line * TEXT * 1.15, words, TEXT, colour=soft)


def _legend(picture: BarometerPicture, look: Theme) -> list[Entry]:
    """Only what there is to see."""
    legend = picture.legend
    cells = [
        cell
        for row in picture.rows
        for monday, cell in zip(picture.mondays, row.cells, strict=True)
        if monday not in picture.unknown
    ]
    entries = [_sign(legend.shown, fill(STEP, look))]
    entries += [_sign(legend.nothing, look.field)] if None in cells else []
    entries += [key.hole(legend.gap)] if picture.unknown else []
    return entries


def _sign(words: str, colour: str) -> Entry:
    def draw(drawn: Canvas, x: float, y: float, size: float) -> None:
        place = (x, y - 0.45 * size, key.HOLE_WIDE * size, 0.9 * size)
        drawn.box(*place, colour)
        drawn.frame(*place, 0.8)

    return Entry(draw, key.HOLE_WIDE, words)
