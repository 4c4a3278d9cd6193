"""The page for a physio, written for real."""

import doctest
import re
import shutil
import subprocess
from dataclasses import replace

import pytest

from bot.charts.draw import report
from bot.charts.picture import Fact, Legend, ReportArea
from tests.unit.charts.samples import collisions, page, series, words

THREE = ("Hip", "Achilles tendon", "Neck")
LONG = "worse on the stairs, after sitting and on the first kilometre, " * 200


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b(?!s)", pdf))


def overlong():
    facts = tuple(
        Fact(label * 9, (LONG, *["stairs (4 days)"] * 300)) for label in ("Trend", "Tried", "Signs", "A", "B", "C")
    )
    areas = tuple(ReportArea(series(name * 40), facts) for name in THREE)
    notes = tuple(f"{at} {LONG}" for at in range(100))
    legend = Legend(LONG, LONG, LONG, LONG)
    return page(
        areas=areas,
        notes=notes,
        title=LONG,
        legend=legend,
        y_label=LONG,
        months=("Fructidor",) * 12,
        made_on=LONG,
        covers=LONG,
        footer=LONG,
        notes_label=LONG,
    )


def test_the_example_is_true():
    assert doctest.testmod(report).failed == 0


@pytest.mark.parametrize("asked", [page(notes=0), overlong()], ids=["short", "overlong"])
def test_it_is_always_one_page(asked):
    pdf = report.draw(asked)
    assert pdf.startswith(b"%PDF-")
    assert pages(pdf) == 1
    assert b"/MediaBox [0 0 595.28 841.89]" in pdf


@pytest.mark.parametrize(
    "asked", [page(*THREE), page(*THREE, items=40, notes=60), overlong()], ids=["short", "long", "overlong"]
)
def test_nothing_overlaps_and_nothing_leaves_the_page(asked):
    assert collisions(report.sheet(asked)) == []


def test_what_is_left_out_is_counted():
    written = words(report.sheet(page(*THREE, items=40, notes=60)))
    assert sum(bool(re.search(r"…and \d+ more$", line)) for line in written) >= 15


def test_every_fact_of_every_area_has_a_line():
    written = words(report.sheet(page(*THREE, items=40, notes=60)))
    assert written.count("What was tried") == 3
    assert sum(line.startswith("what was tried, item 0") for line in written) == 3


def test_notes_may_be_left_out():
    assert "Notes" in words(report.sheet(page()))
    assert "Notes" not in words(report.sheet(page(notes=0)))


def test_a_fact_without_items_is_left_out():
    area = ReportArea(series("Hip"), (Fact("Trend", ()), Fact("Tried", ("rest",))))
    written = words(report.sheet(page(areas=(area,))))
    assert "Tried" in written
    assert "Trend" not in written


def test_fonts_are_inside_and_nobody_is_named():
    pdf = report.draw(page())
    assert b"/FontFile2" in pdf
    assert b"/Type3" not in pdf
    assert b"/Creator (Limber)" in pdf
    for word in (b"/Author", b"/CreationDate", b"/Producer", b"/ModDate"):
        assert word not in pdf


def test_the_same_diary_is_the_same_page():
    assert report.draw(page()) == report.draw(page())


def test_dollars_emoji_and_right_to_left_are_only_text():
    notes = ("$x^2$ and $", "🏃🏽‍♀️ 膝 @everyone **bold**", "ملاحظة طويلة", "z" + "\u0301" * 60)
    assert pages(report.draw(replace(page(), notes=notes))) == 1


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext (apt-get install poppler-utils)")
def test_the_page_can_be_read_and_searched(tmp_path):
    file = tmp_path / "page.pdf"
    file.write_bytes(report.draw(page(*THREE)))
    read = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    for line in ("Pain diary", "Achilles tendon", "trend, item 0", "not a medical record"):
        assert line in read
