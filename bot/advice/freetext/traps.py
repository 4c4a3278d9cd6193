"""Traps: words and phrases that only look like those the search knows, such as "hip hop" and "kneed"."""

from collections.abc import Iterable

PlacedWords = tuple[tuple[int, str], ...]
"""Words, with their places in a text."""


class Traps:
    """The traps of one language, by their first word."""

    def __init__(self, phrases: Iterable[tuple[str, ...]]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in filter(None, phrases):
            self._by_first.setdefault(phrase[0], []).append(phrase)
        self._words = {word for word, phrases_ in self._by_first.items() if (word,) in phrases_}

    def without(self, placed: PlacedWords) -> PlacedWords:
        """A text without its traps."""
        typed = tuple(word for _, word in placed)
        others, at = [], 0
        while at < len(typed):
            trap = next(
                (trap for trap in self._by_first.get(typed[at], ()) if typed[at : at + len(trap)] == trap), None
            )
            if trap is None:
                others.append(placed[at])
            at += len(trap) if trap else 1
        return tuple(others)

    def without_words(self, placed: PlacedWords) -> PlacedWords:
        """A text without those that are one word."""
        return tuple((at, word) for at, word in placed if word not in self._words)
