"""What the font can show and how wide it is: text is cut, wrapped and cleaned before it is drawn."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import matplotlib as mpl
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags

SIZE = 100.0  # points; only to measure
EM = SIZE * 65536  # FreeType counts in 16.16 fixed point
PLACEHOLDER = "□"
ELLIPSIS = "…"
MOST_LETTERS_PER_SIZE = 5  # of "i" or ".", the narrowest, side by side
MOST_MARKS = 2  # accents on one letter; a tower of them would climb into the next line
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}  # controls, directions, halves of characters, private and unassigned ones
_MARKS = {"Mn", "Me", "Mc"}
_JOINERS = {"\N{ZERO WIDTH NON-JOINER}", "\N{ZERO WIDTH JOINER}"}  # Persian is misspelt without the first


class FontMetrics:
    """One weight of DejaVu Sans, the font that comes with matplotlib. Sizes and widths are in points (1/72 inch)."""

    def __init__(self, path: Path) -> None:
        self.properties = FontProperties(fname=path)
        self._font = FT2Font(str(path))
        self._font.set_size(SIZE, 72)
        self._advances: dict[str, float] = {}

    def drawable(self, text: str) -> str:
        """The text in one line, a box for each picture or letter the font does not have.

        What cannot be seen is left out: controls, marks that turn the direction round, parts of an emoji.
        """
        shown: list[str] = []
        marks = 0
        for character in unicodedata.normalize("NFC", " ".join(text.split())):
            marks = marks + 1 if unicodedata.category(character) in _MARKS else 0
            if marks > MOST_MARKS:
                continue
            if self._font.get_char_index(ord(character)):
                if not _unseen(character) or character in _JOINERS:
                    shown.append(character)
            elif not _part_of_the_one_before(character) and shown[-1:] != [PLACEHOLDER]:
                shown.append(PLACEHOLDER)
        return "".join(shown).strip("".join(_JOINERS) + " ")

    def width(self, text: str, size: float) -> float:
        """About how wide a drawable text is: every letter by itself. Arabic, whose letters join, is narrower."""
        return sum(map(self._advance, text)) * size

    def _advance(self, character: str) -> float:
        """In sizes. Remembered: shaping every text that is only tried takes seconds on a full page."""
        if character not in self._advances:
            self._advances[character] = (
                self._font.load_char(ord(character), LoadFlags.NO_HINTING).linearHoriAdvance / EM
            )
        return self._advances[character]

    def cut(self, text: str, size: float, width: float) -> str:
        """As much of a drawable text as fits, with "…" where something is missing."""
        short = text[: int(MOST_LETTERS_PER_SIZE * width / size) + 1]  # a very long text takes long to measure
        if short == text and self.width(text, size) <= width:
            return text
        text = short
        kept, lost = 0, len(text)  # the longest beginning that fits lies between them
        while lost - kept > 1:
            middle = (kept + lost) // 2
            if self.width(text[:middle].rstrip() + ELLIPSIS, size) <= width:
                kept = middle
            else:
                lost = middle
        return text[:kept].rstrip() + ELLIPSIS

    def wrap(self, text: str, size: float, width: float) -> list[str]:
        """The lines of a drawable text; a word that is wider than a line is broken."""
        lines: list[str] = []
        line = ""
        for word in self._words(text, size, width):
            longer = f"{line} {word}" if line else word
            if line and self.width(longer, size) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        return [*lines, line] if line else lines

    def _words(self, text: str, size: float, width: float) -> Iterator[str]:
        for word in text.split():
            rest = word
            while self.width(rest, size) > width and len(rest) > 1:
                head = max(1, len(self.cut(rest, size, width)) - 1)
                yield rest[:head]
                rest = rest[head:]
            yield rest


def _part_of_the_one_before(character: str) -> bool:
    """An accent, a skin tone, a variation mark, an invisible control."""
    category = unicodedata.category(character)
    return category in _INVISIBLE - {"Co", "Cn"} or category in _MARKS or "🏻" <= character <= "🏿"


def _unseen(character: str) -> bool:
    """Controls, and what only chooses between two pictures of the character before."""
    return unicodedata.category(character) in _INVISIBLE or "\ufe00" <= character <= "\ufe0f"


@cache
def font_metrics(*, bold: bool = False) -> FontMetrics:
    """Read once in a drawing process."""
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return FontMetrics(Path(mpl.get_data_path()) / "fonts" / "ttf" / name)
