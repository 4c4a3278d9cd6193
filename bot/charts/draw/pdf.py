"""The writer of PDF: a sheet as a document of one page with its fonts inside. The same sheet gives the same bytes."""

from collections.abc import Mapping
from io import BytesIO
from itertools import groupby

import pydyf

from bot.charts.draw.canvas import Canvas, Point, Shape, Text
from bot.charts.draw.fonts import Font, Glyph

_IDENTITY = "<</Registry (Adobe) /Ordering (Identity) /Supplement 0>>"
_NOT_SYMBOLIC = 32  # of the flags of a font
_MOST_MAPPINGS = 100  # in one section of a CMap
_CMAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Letters def /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange
{sections}
endcmap CMapName currentdict /CMap defineresource pop end end"""


def pdf(sheet: Canvas, title: str) -> bytes:
    """The sheet as a PDF of one page; a unit is a point."""
    document, page = pydyf.PDF(), _Page()
    for item in sheet.drawn:
        if isinstance(item, Text):
            page.write(item)
        else:
            page.draw(item)
    fonts = " ".join(f"/{page.fonts[font]} {_embedded(document, font, used)}" for font, used in page.letters.items())
    states = " ".join(f"/{name} <</ca {share} /CA {share}>>" for share, name in page.opacities.items())
    content = _added(document, pydyf.Stream(page.content, compress=True))
    entries = {
        "Type": "/Page",
        "Parent": document.pages.reference,
        "MediaBox": f"[0 0 {sheet.width:g} {sheet.height:g}]",
        "Resources": f"<</Font <<{fonts}>> /ExtGState <<{states}>>>>",
        "Contents": content,
    }
    document.add_page(pydyf.Dictionary(entries))
    document.info.update(Title=pydyf.String(title), Creator=pydyf.String("Limber"))
    written = BytesIO()
    document.write(written)
    return written.getvalue()


class _Page:
    """The operators of a page, and what they name: its fonts, the letters used of each by glyph, its opacities."""

    def __init__(self) -> None:
        self.content: list[str] = []
        self.fonts: dict[Font, str] = {}
        self.letters: dict[Font, dict[int, str]] = {}
        self.opacities: dict[float, str] = {}

    def draw(self, shape: Shape) -> None:
        """Fill or stroke a shape, or both."""
        state = []
        if shape.opacity < 1:
            state.append(f"/{self.opacities.setdefault(shape.opacity, f'o{len(self.opacities)}')} gs")
        if shape.fill:
            state.append(f"{_channels(shape.fill)} rg")
        if shape.stroke:
            dashes = " ".join(f"{length:.2f}" for length in shape.dashes)
            state.append(f"{_channels(shape.stroke)} RG {shape.width:.2f} w [{dashes}] 0 d {shape.round_ends:d} J")
        end = " h" if shape.closed else ""
        pieces = (" ".join(map(_point, piece, ["m", *"l" * (len(piece) - 1)])) + end for piece in shape.pieces)
        paint = "B" if shape.fill and shape.stroke else "f" if shape.fill else "S"
        self.content.append(" ".join(["q", *state, *pieces, paint, "Q"]))

    def write(self, text: Text) -> None:
        """Set a text in its fonts."""
        left, shaped = text.shaped()
        shown = [f"BT {_channels(text.colour)} rg {left:.2f} {text.y:.2f} Td"]
        for font, glyphs in shaped:
            shown.append(f"/{self.fonts.setdefault(font, f'f{len(self.fonts)}')} {text.size:g} Tf")
            for up, level in groupby(glyphs, lambda glyph: glyph.up):
                moved = "".join(self._moved(font, glyph) for glyph in level)
                shown.append(f"{up * text.size:.2f} Ts [{moved}] TJ")
        self.content.append(" ".join([*shown, "ET"]))

    def _moved(self, font: Font, glyph: Glyph) -> str:
        """A glyph between moves to the left, in thousandths, that put it and the next one where they were shaped to."""
        letters = self.letters.setdefault(font, {})
        letters[glyph.number] = letters.get(glyph.number) or glyph.text
        after = font.glyph_advance(glyph.number) + glyph.right - glyph.advance
        return f"{-1000 * glyph.right:.0f}<{glyph.number:04x}>{1000 * after:.0f}"


def _point(point: Point, operator: str) -> str:
    return f"{point[0]:.2f} {point[1]:.2f} {operator}"


def _channels(colour: str) -> str:
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.3f}" for at in (1, 3, 5))


def _added(document: pydyf.PDF, it: pydyf.Object) -> str:
    """The reference to an object, which is part of the document from now on."""
    document.add_object(it)
    return str(it.reference, "ascii")


def _embedded(document: pydyf.PDF, font: Font, letters: Mapping[int, str]) -> str:
    """The reference to a font that has these letters only."""
    name = f"/LIMBER+{font.name}"
    low, high = (round(1000 * height) for height in font.extent)
    widths = " ".join(f"{number} [{1000 * font.glyph_advance(number):.0f}]" for number in sorted(letters))
    about = {
        "Type": "/FontDescriptor",
        "FontName": name,
        "Flags": _NOT_SYMBOLIC,
        "StemV": 80,
        "ItalicAngle": 0,
        "FontBBox": f"[0 {low} 1000 {high}]",
        "Ascent": high,
        "Descent": low,
        "CapHeight": high,
        "FontFile2": _added(document, pydyf.Stream([font.subset(letters)], compress=True)),
    }
    glyphs = {
        "Type": "/Font",
        "Subtype": "/CIDFontType2",
        "BaseFont": name,
        "CIDSystemInfo": _IDENTITY,
        "CIDToGIDMap": "/Identity",
        "W": f"[{widths}]",
        "FontDescriptor": _added(document, pydyf.Dictionary(about)),
    }
    entries = {
        "Type": "/Font",
        "Subtype": "/Type0",
        "BaseFont": name,
        "Encoding": "/Identity-H",
        "DescendantFonts": f"[{_added(document, pydyf.Dictionary(glyphs))}]",
        "ToUnicode": _added(document, pydyf.Stream([_cmap(letters)], compress=True)),
    }
    return _added(document, pydyf.Dictionary(entries))


def _cmap(letters: Mapping[int, str]) -> str:
    """What each glyph says, so that the page can be searched and read aloud."""
    mappings = [
        f"<{number:04x}> <{text.encode('utf-16-be').hex()}>" for number, text in sorted(letters.items()) if text
    ]
    sections = (mappings[at : at + _MOST_MAPPINGS] for at in range(0, len(mappings), _MOST_MAPPINGS))
    return _CMAP.format(sections="\n".join(f"{len(part)} beginbfchar {' '.join(part)} endbfchar" for part in sections))
