"""A contact sheet of figures, to look at them side by side: `python docs/figure_sheet.py hip sheet.png`.

The figures of one area's file, or of all, with their ids, light and dark.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import resvg_py

from bot.advice.document import read
from bot.advice.model import Figure, FigureFile
from bot.figures.camera import WIDTH
from bot.figures.drawing import drawn
from bot.figures.theme import DARK, LIGHT, Theme

GAP, CAPTION = 16, 36
FOLDER = Path(__file__).parent.parent / "content/en/figures"


def figures_of(area: str) -> list[Figure]:
    """Those of one file, or of every file for `all`. Raises ContentError."""
    files = sorted(FOLDER.glob("*.yaml")) if area == "all" else [FOLDER / f"{area}.yaml"]
    return [figure for file in files for figure in FigureFile.model_validate(read(file).data).figures]


def sheet(figures: list[Figure], looks: tuple[Theme, ...], columns: int) -> str:
    """One SVG of them all: rows as high as the highest in them."""
    cells = [(figure.id, drawn(figure.scene, look), at) for at, figure in enumerate(figures) for look in looks]
    wide = columns * len(looks)
    rows = [cells[at : at + wide] for at in range(0, len(cells), wide)]
    body, top = [], GAP
    for row in rows:
        body += list(_row(row, top, len(looks)))
        top += max(height_of(svg) for _, svg, _ in row) + CAPTION + GAP
    width = wide * (WIDTH + GAP) + GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{top}">'
        f'<rect width="{width}" height="{top}" fill="#8a8d93"/>{"".join(body)}</svg>'
    )


def height_of(svg: str) -> int:
    """In pixels, as it says itself."""
    return int(svg.partition(' height="')[2].partition('"')[0])


def _row(row: list[tuple[str, str, int]], top: int, looks: int) -> Iterator[str]:
    for column, (name, svg, at) in enumerate(row):
        left = GAP + column * (WIDTH + GAP)
        own = f"f{at}-{column % looks}-"
        inner = svg.replace('id="', f'id="{own}').replace("url(#", f"url(#{own}")
        yield (
            f'<text x="{left}" y="{top + 24}" font-size="26" font-family="DejaVu Sans" fill="#fff">{name}</text>'
            f'<svg x="{left}" y="{top + CAPTION}" {inner.removeprefix("<svg ")}'
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("area", help="the name of a file in content/en/figures, or all")
    parser.add_argument("file", type=Path, help="where to write the PNG")
    parser.add_argument("--light", action="store_true", help="the light theme only")
    parser.add_argument("--columns", type=int, default=2, help="figures in a row")
    given = parser.parse_args()
    svg = sheet(figures_of(given.area), (LIGHT,) if given.light else (LIGHT, DARK), given.columns)
    given.file.write_bytes(bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=0.4)))


if __name__ == "__main__":
    main()
