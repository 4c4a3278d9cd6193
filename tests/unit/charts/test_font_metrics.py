"""Any text can be drawn, cut and wrapped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.charts.draw.font_metrics import Column, font_metrics

TEXTS = st.text(max_size=300)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Outer hip", "Outer hip"),
        ("costs $5 or $x^2$", "costs $5 or $x^2$"),
        ("膝 knee", "□ knee"),
        ("膝蓋", "□"),
        ("run 🏃🏽 now", "run 🏃 now"),
        ("Hüfte", "Hüfte"),
        ("two\nlines\tand  more", "two lines and more"),
        ("a\u202eb\u2066c\x07d", "abcd"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\u200d\ufe0f", ""),
        ("z" + "\u0301" * 40, "ź\u0301\u0301"),
    ],
)
def test_what_the_font_lacks_becomes_a_box_and_what_cannot_be_seen_goes(typed, shown):
    assert font_metrics().drawable(typed) == shown


@pytest.mark.parametrize(
    "note",
    [
        "Żółta łąka, ścięgno boli",
        "Dizim ağrıyor, çok şiştiğinde",
        "Đầu gối của tôi bị đau",
        "Το γόνατό μου πονάει",
        "Коліно болить, їзжу на велосипеді",
        "הברך כואבת",
        "الركبة تؤلمني",
        "მუხლი მტკივა",
        "ծունկս ցավում է",
        "घुटने में दर्द",
        "ปวดเข่า",
    ],
)
def test_a_note_in_many_scripts_is_drawn_with_no_box(note):
    drawable = font_metrics().drawable(note)
    assert "□" not in drawable
    for bold in (False, True):
        glyphs = [glyph for _, of_font in font_metrics(bold=bold).shaped(drawable) for glyph in of_font]
        assert all(glyph.number for glyph in glyphs)  # 0 is the box of a font
        assert sorted("".join(glyph.text for glyph in glyphs)) == sorted(drawable)


@given(TEXTS)
def test_any_text_can_be_shaped(text):
    glyphs = font_metrics().shaped(font_metrics().drawable(text))
    assert all(font.outline(glyph.number) is not None for font, of_font in glyphs for glyph in of_font)


@given(TEXTS)
def test_what_is_drawable_stays_as_it_is(text):
    drawable = font_metrics().drawable(text)
    assert font_metrics().drawable(drawable) == drawable


@given(TEXTS, st.floats(30, 300))
def test_a_cut_text_fits(text, width):
    drawable = font_metrics().drawable(text)
    cut = font_metrics().cut(drawable, 10, width)
    assert font_metrics().width(cut, 10) <= width
    assert cut == drawable or (cut.endswith("…") and drawable.startswith(cut[:-1].rstrip()))


@given(TEXTS, st.floats(30, 300))
def test_wrapped_lines_fit_and_lose_no_letter(text, width):
    drawable = font_metrics().drawable(text)
    lines = font_metrics().wrap(drawable, 10, width)
    assert all(font_metrics().width(line, 10) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == "".join(drawable.split())


COLUMN = Column(font_metrics(), 9, 200, "…and {count} more", "(cannot be printed here)")


def test_a_long_note_ends_in_dots():
    lines = COLUMN.lines("worse on stairs " * 50, 3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")


def test_items_that_do_not_fit_are_counted():
    (line,) = COLUMN.sentence([f"item {at}" for at in range(12)], 1)
    shown = line.count("item")
    assert line.endswith(f"· …and {12 - shown} more")


def test_items_that_fit_are_all_there():
    assert COLUMN.sentence(["running", "stairs"], 1) == ["running · stairs"]
    assert COLUMN.sentence([], 3) == []


def test_notes_that_do_not_fit_are_counted():
    shown = COLUMN.paragraphs([f"note {at}" for at in range(12)], 3, 5)
    assert shown == [["note 0"], ["note 1"], ["note 2"], ["note 3"], ["…and 8 more"]]


def test_notes_that_just_fit_need_no_word_for_more():
    assert len(COLUMN.paragraphs(["one", "two", "three"], 3, 3)) == 3
    assert COLUMN.paragraphs(["one"], 3, 0) == []


@given(st.lists(st.text(max_size=80), max_size=12), st.integers(1, 6))
def test_a_column_never_takes_more_lines_than_it_may(items, most):
    assert len(COLUMN.sentence(items, most)) <= most
    assert sum(map(len, COLUMN.paragraphs(items, 3, most))) <= most


@pytest.mark.parametrize(
    ("note", "printed"),
    [
        ("2 March: 膝が痛い、階段で", "2 March: (cannot be printed here)"),
        ("무릎이 아파요 - 계단에서", "(cannot be printed here)"),
        ("left 膝 after the run", "left (cannot be printed here) after the run"),
        ("ปวดเข่า, घुटने में दर्द 🏃", "ปวดเข่า, घुटने में दर्द 🏃"),
    ],
)
def test_what_no_font_has_is_said_to_be_missing(note, printed):
    wide = Column(font_metrics(), 9, 500, "…and {count} more", "(cannot be printed here)")
    assert wide.lines(note, 1) == [printed]
    assert wide.sentence([note], 1) == [printed]
    assert wide.paragraphs([note], 1, 1) == [[printed]]
