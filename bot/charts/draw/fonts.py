"""The fonts of a drawing: Noto Sans, beside it a Noto font for every script that it lacks. Widths in ems."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import manimgx_fonts
import uharfbuzz as hb

REGULAR, BOLD = 400, 700
_FOLDER = Path(manimgx_fonts.__path__[0])
_FIRST = "NotoSans[wght].ttf"
_LAST = ("NotoSansSymbols[wght].ttf", "NotoEmoji[wght].ttf")  # what a script's own font has looks better
_LEFT_OUT = "NotoSans-Italic[wght].ttf"
_UNUSED_TABLES = ("GDEF", "GPOS", "GSUB", "OS/2", "STAT", "cmap", "name", "post")  # by a PDF

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph and where it stands. A ligature has the text of all its letters, further glyphs of a letter have none."""

    number: int
    text: str
    advance: float
    right: float  # off its place, as accents are
    up: float


class Font:
    """A font in one weight. The file is mapped, and read where it is used."""

    def __init__(self, path: Path, weight: int) -> None:
        """Raises HarfBuzzError where the file cannot be read."""
        self._path, self._weight = path, weight
        self._face = hb.Face(hb.Blob.from_file_path(path))
        self._font = hb.Font(self._face)
        self._font.set_variations({"wght": weight})
        self._outlines: dict[int, str] = {}

    @property
    def name(self) -> str:
        """In a PDF, e.g. NotoSansArabic-400."""
        return f"{self._path.name.partition('[')[0]}-{self._weight}"

    @property
    def extent(self) -> tuple[float, float]:
        """How far letters go below the base line (negative), and above it."""
        extents = self._font.get_font_extents("ltr")
        return extents.descender / self._face.upem, extents.ascender / self._face.upem

    def has(self, character: str) -> bool:
        """Whether there is a glyph for it."""
        return self._font.get_nominal_glyph(ord(character)) is not None

    def advance(self, character: str) -> float:
        """How wide a letter is by itself. One that is missing is a box."""
        return self.glyph_advance(self._font.get_nominal_glyph(ord(character)) or 0)

    def glyph_advance(self, number: int) -> float:
        """How wide a glyph is by itself."""
        return float(self._font.get_glyph_h_advance(number) / self._face.upem)

    def shaped(self, text: str) -> list[Glyph]:
        """The glyphs of a text from left to right: joined, kerned, accents in place."""
        buffer = hb.Buffer()
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(self._font, buffer)
        starts = sorted({info.cluster for info in buffer.glyph_infos})
        texts = {start: text[start:end] for start, end in pairwise([*starts, len(text)])}
        em = self._face.upem
        return [
            Glyph(info.codepoint, texts.pop(info.cluster, ""), at.x_advance / em, at.x_offset / em, at.y_offset / em)
            for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]

    def outline(self, number: int) -> str:
        """A glyph as a piece of an SVG's path, in ems, from where that has come; empty where nothing is to be seen."""
        if number not in self._outlines:
            pen = _Pen(self._face.upem)
            self._font.draw_glyph_with_pen(number, pen)
            self._outlines[number] = "".join(pen.path)
        return self._outlines[number]

    def subset(self, glyphs: Iterable[int]) -> bytes:
        """A font file of these glyphs in this weight; each keeps its number."""
        wanted = hb.SubsetInput()
        flags = hb.SubsetFlags
        wanted.flags = flags.RETAIN_GIDS | flags.NOTDEF_OUTLINE | flags.NO_LAYOUT_CLOSURE
        wanted.glyph_set.update(glyphs)
        wanted.drop_table_tag_set.update(int.from_bytes(tag.encode()) for tag in _UNUSED_TABLES)
        wanted.pin_axis_location(self._face, "wght", self._weight)
        return bytes(wanted.subset(self._face).blob.data)


class _Pen:
    """Writes down what HarfBuzz draws, by the names that it calls, each point relative to the one before."""

    def __init__(self, em: int) -> None:
        self._em = em
        self._at = self._start = (0.0, 0.0)
        self.path: list[str] = []

    def moveTo(self, *points: Point) -> None:  # noqa: N802
        self._write("m", points)
        self._start = self._at

    def lineTo(self, *points: Point) -> None:  # noqa: N802
        self._write("l", points)

    def qCurveTo(self, *points: Point) -> None:  # noqa: N802
        self._write("q", points)

    def curveTo(self, *points: Point) -> None:  # noqa: N802
        self._write("c", points)

    def closePath(self) -> None:  # noqa: N802
        self._write("z", ())
        self._at = self._start

    def _write(self, command: str, points: Sequence[Point]) -> None:
        (left, up), em = self._at, self._em
        self.path.append(command + " ".join(f"{(x - left) / em:.4f} {(up - y) / em:.4f}" for x, y in points))
        self._at = points[-1] if points else self._at


def fonts(weight: int) -> tuple[Font, ...]:
    """Noto Sans first, symbols last."""
    scripts = {path.name for path in _FOLDER.glob("*.ttf")} - {_FIRST, _LEFT_OUT, *_LAST}
    return tuple(Font(_FOLDER / name, weight) for name in (_FIRST, *sorted(scripts), *_LAST))
