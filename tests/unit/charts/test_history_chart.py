"""The picture of a pain history, drawn for real."""

import pytest

from bot.charts.draw import chart_image as drawing
from bot.charts.draw.chart_image import written
from bot.charts.picture import Band, DayPoint, Legend, Series, Week
from tests.unit.charts.samples import collisions, curves, day, history, png_size, runs, series, texts, weekly, words

PHONE = 340  # pixels that a picture has there


@pytest.mark.parametrize("days", [1, 3, 21, 90, 1096], ids="{} days".format)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_three_days_and_three_years_are_one_picture_of_the_same_size(days, dark):
    sheet = drawing.sheet(history(series("Hip", range(days)), days=days, dark=dark))
    wide, high = png_size(written(sheet))
    assert collisions(sheet) == []
    assert wide == 800
    assert 505 <= high <= 570


@pytest.mark.parametrize("areas", [1, 2, 6])
def test_every_word_is_large_enough_on_a_phone(areas):
    names = [f"Area {at}" for at in range(areas)]
    sheet = drawing.sheet(history(*(series(name, [0, 1, 15]) for name in names)))
    assert min(text.size for text in texts(sheet)) * PHONE / sheet.width >= 11


def test_light_and_dark_differ():
    assert drawing.draw(history()) != drawing.draw(history(dark=True))


def test_the_same_diary_is_the_same_picture():
    assert drawing.draw(history()) == drawing.draw(history())


def test_a_missing_day_breaks_the_line():
    (curve,) = curves(drawing.sheet(history(series("Hip", [0, 1, 2, 4, 5, 12, 20]))))
    assert runs(curve) == [3, 2, 1, 1]


def test_a_missing_week_breaks_the_line_of_three_years():
    logged = [at for at in range(700) if not 210 <= at < 224]
    (curve,) = curves(drawing.sheet(history(series("Hip", logged), days=700)))
    assert runs(curve) == [30, 68]


def test_a_long_hole_says_that_nothing_was_logged():
    whole = drawing.sheet(history(series("Hip", range(21))))
    holed = drawing.sheet(history(series("Hip", [0, 1, 15, 16])))
    assert "nothing logged" not in words(whole)
    assert words(holed).count("nothing logged") == 2  # in the hole itself and in the key


def test_a_single_entry_is_a_picture():
    sheet = drawing.sheet(history(Series("Hip", (DayPoint(day(3), 4, 4, 4),))))
    assert runs(curves(sheet)[0]) == [1]
    assert "lowest to highest" not in words(sheet)
    assert png_size(written(sheet))


def test_the_scale_always_goes_from_0_to_10_and_has_its_unit():
    written = words(drawing.sheet(history(Series("Hip", (DayPoint(day(3), 1, 1, 1),)))))
    assert {"0", "10", "Pain (0–10)", "green", "amber", "red"} <= set(written)


def test_two_areas_over_weeks_share_a_chart():
    sheet = drawing.sheet(history(series("Hip"), series("Knee")))
    assert {"Hip", "Knee"} <= set(words(sheet))
    assert len({(line.dashes, line.stroke) for line in curves(sheet)}) == 2
    assert png_size(written(sheet))[1] < 640


@pytest.mark.parametrize("areas", [3, 4, 6])
def test_more_areas_have_a_chart_each(areas):
    names = [f"Area {at}" for at in range(areas)]
    sheet = drawing.sheet(history(*map(series, names)))
    assert set(names) <= set(words(sheet))
    assert len(curves(sheet)) == areas
    assert words(sheet).count("10") == areas
    assert png_size(written(sheet))[1] > 800


def test_two_areas_over_a_year_have_a_chart_each():
    year = range(365)
    assert words(drawing.sheet(history(series("Hip", year), series("Knee", year), days=365))).count("10") == 2


@pytest.mark.parametrize("name", ["$x^2$ $", "hip 🏃🏽‍♀️", "الورك الأيمن", "膝", "x" * 500, "\u202e", "a\\frac{b}"])
def test_any_name_is_drawn_without_a_word_of_complaint(name):
    for areas in (series(name), series("Knee")), (series("Hip"), series(name), series("Neck")):
        sheet = drawing.sheet(history(*areas, title=name, y_label=name))
        assert collisions(sheet) == []
        assert png_size(written(sheet))  # a warning would be an error here


def test_months_are_the_callers_words():
    sheet = drawing.sheet(history(months=("Januar", "Februar", "März", *"AMJJASOND")))
    assert "16 Februar" in words(sheet)
    assert collisions(sheet) == []


def test_long_words_take_more_room_and_never_each_others():
    legend = Legend(
        "typischer Wert des Tages",
        "vom niedrigsten zum höchsten Wert",
        "an diesen Tagen nichts eingetragen",
        "Mitte der Woche",
    )
    bands = (Band(0, 2.5, "unbedenklich"), Band(2.5, 5.5, "mit Vorsicht"), Band(5.5, 10, "Laufpause einlegen"))
    sheet = drawing.sheet(history(series("Hüfte", [0, 1, 15]), legend=legend, bands=bands, months=("Thermidor",) * 12))
    assert collisions(sheet) == []
    assert png_size(written(sheet))[1] > png_size(drawing.draw(history()))[1]


def test_weekly_scores_are_drawn_with_their_holes():
    weeks = tuple(Week(day(7 * at), 60 - at) for at in range(12) if at not in {4, 5, 6})
    picture = weekly(*weeks, start=day(0), end=day(83))
    sheet = drawing.sheet(picture)
    assert runs(curves(sheet)[0]) == [4, 5]
    assert {"0", "100", "Score (0–100)", "not answered"} <= set(words(sheet))
    assert png_size(drawing.draw(picture))[0] == 800


def test_one_week_is_a_picture():
    picture = weekly(Week(day(0), 0), start=day(3), end=day(3), dark=True)
    assert png_size(drawing.draw(picture))
