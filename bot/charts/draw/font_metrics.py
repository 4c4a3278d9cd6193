"""The metrics of letters: what can be shown, how wide a text is, where it is cut and wrapped."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise

from bot.charts.draw.fonts import BOLD, REGULAR, Font, Glyph, fonts

PLACEHOLDER = "□"  # drawn as the box that a font has for a missing letter
RUN_OF_MISSING = re.compile(rf"{PLACEHOLDER}(?:[\W_]*{PLACEHOLDER})*")  # across what stands between words
ELLIPSIS = "…"
MOST_LETTERS_PER_SIZE = 5  # of "i" or ".", the narrowest, side by side
MOST_MARKS = 2  # accents on one letter; a tower of them would climb into the next line
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}  # controls, directions, halves of characters, private and unassigned ones
_MARKS = {"Mn", "Me", "Mc"}
_JOINERS = {"\N{ZERO WIDTH NON-JOINER}", "\N{ZERO WIDTH JOINER}"}  # Persian is misspelt without the first
_CLINGING = "MC"  # the categories of accents and joiners: in the font of the letter before
_BETWEEN = "PZ"  # those of punctuation and spaces


class FontMetrics:
    """The letters of one weight, in whichever font has them. Sizes and widths are in points (1/72 inch)."""

    def __init__(self, weight: int) -> None:
        self._fonts = fonts(weight)
        self._font_of: dict[str, Font | None] = {}
        self._advances: dict[str, float] = {}

    def drawable(self, text: str) -> str:
        """The text in one line, a box for each picture or letter that no font has.

        What cannot be seen is left out: controls, marks that turn the direction round, parts of an emoji.
        """
        shown: list[str] = []
        marks = 0
        for character in unicodedata.normalize("NFC", " ".join(text.split())):
            marks = marks + 1 if unicodedata.category(character) in _MARKS else 0
            if marks > MOST_MARKS:
                continue
            if self._having(character):
                if not _unseen(character) or character in _JOINERS:
                    shown.append(character)
            elif not _part_of_the_one_before(character) and shown[-1:] != [PLACEHOLDER]:
                shown.append(PLACEHOLDER)
        return " ".join("".join(shown).split()).strip("".join(_JOINERS) + " ")

    def shaped(self, text: str) -> list[tuple[Font, list[Glyph]]]:
        """A drawable text font by font, each piece from left to right."""
        pieces = groupby(zip(self._placed(text), text, strict=True), lambda placed: placed[0])
        return [(font, font.shaped("".join(character for _, character in piece))) for font, piece in pieces]

    def _placed(self, text: str) -> list[Font]:
        """The font of every character; spaces and stops between two letters of a font are in it."""
        of = [self._having(character) or self._fonts[0] for character in text]
        kinds = [unicodedata.category(character)[0] for character in text]
        for at in range(1, len(text)):
            if kinds[at] in _CLINGING and of[at - 1].has(text[at]):
                of[at] = of[at - 1]
        for before, after in pairwise(at for at, kind in enumerate(kinds) if kind not in _BETWEEN):
            if of[before] is of[after] and all(map(of[before].has, text[before + 1 : after])):
                of[before + 1 : after] = [of[before]] * (after - before - 1)
        return of

    def width(self, text: str, size: float) -> float:
        """About how wide a drawable text is: every letter by itself. Arabic, whose letters join, is narrower."""
        return sum(map(self._advance, text)) * size

    def _having(self, character: str) -> Font | None:
        """The first font that has it."""
        if character not in self._font_of:
            self._font_of[character] = next((font for font in self._fonts if font.has(character)), None)
        return self._font_of[character]

    def _advance(self, character: str) -> float:
        """In sizes. Remembered: shaping every text that is only tried takes seconds on a full page."""
        if character not in self._advances:
            self._advances[character] = (self._having(character) or self._fonts[0]).advance(character)
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
    """Controls, and what only chooses between pictures of the character before."""
    picks = "\ufe00" <= character <= "\ufe0f" or "🏻" <= character <= "🏿"
    return picks or unicodedata.category(character) in _INVISIBLE


@cache
def font_metrics(*, bold: bool = False) -> FontMetrics:
    """Read once in a drawing process."""
    return FontMetrics(BOLD if bold else REGULAR)


BETWEEN_ITEMS = " · "


@dataclass(frozen=True, slots=True)
class Column:
    """Where text stands: `width` points wide, set in letters of `size` points."""

    letters: FontMetrics
    size: float
    width: float
    more: str  # with {count}
    missing: str  # stands for a run of letters that no font has

    def lines(self, text: str, most: int) -> list[str]:
        """At most `most` lines, the last one ending in "…" when there would have been more."""
        lines = self.letters.wrap(self._enough(text, most), self.size, self.width)
        if len(lines) <= most:
            return lines
        last = self.letters.cut(" ".join(lines[most - 1 : most + 1]), self.size, self.width)
        return [*lines[: most - 1], last]

    def sentence(self, items: Sequence[str], most: int) -> list[str]:
        """The items in one paragraph of at most `most` lines; the last ones may be left out, which is said."""
        shown = [self._enough(item, most) for item in items]
        best = self._first_only(shown, most) if shown else []
        for kept in range(1, len(shown) + 1):
            if len(self._joined(shown[:kept])) > most:
                return best
            left_out = len(shown) - kept
            lines = self._joined([*shown[:kept], *([self._more(left_out)] if left_out else [])])
            best = lines if len(lines) <= most else best
        return best

    def paragraphs(self, items: Sequence[str], each: int, most: int) -> list[list[str]]:
        """Every item in at most `each` lines, `most` lines in all; the last ones may be left out, which is said."""
        paragraphs: list[list[str]] = []
        taken = 0
        for at, item in enumerate(items):
            lines = self.lines(item, each)
            last = at == len(items) - 1
            if taken + len(lines) + (0 if last else 1) > most:
                return [*paragraphs, [self._more(len(items) - at)]] if taken < most else paragraphs
            paragraphs.append(lines)
            taken += len(lines)
        return paragraphs

    def _joined(self, items: Sequence[str]) -> list[str]:
        return self.letters.wrap(BETWEEN_ITEMS.join(items), self.size, self.width)

    def _first_only(self, shown: Sequence[str], most: int) -> list[str]:
        if len(shown) == 1 or most == 1:
            return self.lines(shown[0], most)
        return [*self.lines(shown[0], most - 1), self._more(len(shown) - 1)]

    def _more(self, count: int) -> str:
        words = self.letters.drawable(self.more.replace("{count}", str(count)))
        return self.letters.cut(words, self.size, self.width)

    def _enough(self, text: str, most: int) -> str:
        """As much of it, cleaned, as could stand in that many lines and one more; the rest is not worth measuring."""
        letters_per_line = MOST_LETTERS_PER_SIZE * self.width / self.size
        shown = RUN_OF_MISSING.sub(lambda _: self.missing, self.letters.drawable(text))
        return shown[: int((most + 1) * letters_per_line)]
