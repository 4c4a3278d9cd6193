"""The picture of a club's barometer, drawn for real."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from bot.charts.draw import barometer as drawing
from bot.charts.draw.chart_image import written
from bot.charts.draw.theme import DARK, LIGHT, Theme
from bot.charts.picture import MOST_ROWS, BandRow, BarometerLegend, BarometerPicture, Cell
from tests.support import chart_words
from tests.unit.charts.contrast import LEGIBLE, SHADES, contrast, lightness
from tests.unit.charts.samples import collisions, png_size, words

MONDAY = date(2025, 12, 15)
WEEKS = [MONDAY + timedelta(weeks=week) for week in range(12)]


def cell(low: int) -> Cell:
    return Cell(low, f"{low}–{low + 4}")


def picture(*names: str, weeks: int = 12, low: int = 5, **changes) -> BarometerPicture:
    """Every other week has something to show."""
    cells = tuple(cell(low) if week % 2 == 0 else None for week in range(weeks))
    whole = {
        "title": "Niggle barometer",
        "unit": "People with a niggle",
        "mondays": tuple(WEEKS[:weeks]),
        "rows": tuple(BandRow(name, cells) for name in names or ("Hip",)),
        **chart_words.BAROMETER,
    }
    return BarometerPicture(**{**whole, **changes})


@pytest.mark.parametrize("weeks", [1, 2, 6, 12])
@pytest.mark.parametrize("areas", [1, 4, MOST_ROWS])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_one_week_and_twelve_one_area_and_eight_can_be_read(weeks: int, areas: int, dark: bool) -> None:
    names = [f"Area {number}" for number in range(areas)]
    sheet = drawing.sheet(picture(*names, weeks=weeks, dark=dark))

    assert collisions(sheet) == []
    assert png_size(written(sheet))[0] == 800
    assert set(names) <= set(words(sheet))


def test_every_cell_says_its_band_and_the_scale_has_its_unit() -> None:
    written = words(drawing.sheet(picture("Hip", "Knee")))

    assert written.count("5–9") == 12
    assert {"Niggle barometer", "People with a niggle", "15 Dec", "2025", "12 Jan", "2026"} <= set(written)


def test_the_key_names_what_there_is_to_see() -> None:
    full = BandRow("Hip", (cell(5),) * 12)
    key = {"number of people", "nothing to show", "not counted"}

    assert key & set(words(drawing.sheet(picture(rows=(full,))))) == {"number of people"}
    assert key & set(words(drawing.sheet(picture()))) == {"number of people", "nothing to show"}
    assert key <= set(words(drawing.sheet(picture(unknown=frozenset(WEEKS[1:2])))))


@pytest.mark.parametrize("low", [5, 10, 15, 95, 100, 1_000])
def test_a_band_fits_its_cell(low: int) -> None:
    sheet = drawing.sheet(picture(rows=(BandRow("Hip", (cell(low),) * 12),)))

    assert collisions(sheet) == []


@pytest.mark.parametrize("name", ["$x^2$ $", "hip 🏃🏽‍♀️", "الورك الأيمن", "膝", "x" * 500, "\u202e"])
def test_any_word_is_drawn_without_a_word_of_complaint(name: str) -> None:
    legend = BarometerLegend(name, name, name)
    sheet = drawing.sheet(picture(name, "Knee", title=name, unit=name, legend=legend, unknown=frozenset(WEEKS[1:2])))

    assert collisions(sheet) == []
    assert png_size(written(sheet))


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_more_people_are_further_from_the_ground_and_every_band_can_be_read(look: Theme) -> None:
    fills = [drawing.fill(low, look) for low in (5, 10, 15, 20)]

    assert fills[2] == fills[3]
    assert all(contrast(look.ink, fill) >= LEGIBLE for fill in fills)
    steps = [look.field, *fills[:3]]
    assert all(contrast(one, other) >= SHADES for one, other in pairwise(steps))
    assert [lightness(one) for one in steps] == sorted(map(lightness, steps), reverse=look is LIGHT)


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="1 to 8 areas"):
        picture(rows=())
    with pytest.raises(ValueError, match="1 to 8 areas"):
        picture(*"abcdefghi")
    with pytest.raises(ValueError, match="a cell for each week"):
        picture(rows=(BandRow("Hip", (None,)),))
    with pytest.raises(ValueError, match="without holes"):
        picture(mondays=(WEEKS[0], WEEKS[2]), rows=(BandRow("Hip", (None, None)),))
