"""Words that must fit: lines of a given width, no more than a given number, with a word for what was left out."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.charts.draw.font_metrics import MOST_LETTERS_PER_SIZE, FontMetrics

BETWEEN_ITEMS = " · "


@dataclass(frozen=True, slots=True)
class Column:
    """Where text stands: `width` points wide, set in letters of `size` points."""

    letters: FontMetrics
    size: float
    width: float
    more: str  # with {count}

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
        found: list[list[str]] = []
        taken = 0
        for at, item in enumerate(items):
            lines = self.lines(item, each)
            last = at == len(items) - 1
            if taken + len(lines) + (0 if last else 1) > most:
                return [*found, [self._more(len(items) - at)]] if taken < most else found
            found.append(lines)
            taken += len(lines)
        return found

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
        return self.letters.drawable(text)[: int((most + 1) * letters_per_line)]
