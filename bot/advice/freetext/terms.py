"""The terms of pages: words that together name one; and what of a text speaks for a page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from sys import intern

CONFIDENT = 0.7  # a term reaches it when each of its words is there, perhaps misspelt


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """Words that together name a page, and how many others may stand between them."""

    page: str
    words: tuple[str, ...]  # each once: as a set of two words it would take three times the room
    gap: int
    shared: bool = False  # with other pages, and all of them are offered


def term_of(page: str, telling: Iterable[str], gap: int, *, shared: bool = False) -> Term:
    """The words are interned: one stands in many terms."""
    return Term(page, tuple(map(intern, telling)), gap, shared)


def merged(terms: Iterable[Term]) -> Iterable[Term]:
    """Each page's terms of the same words as one, with the widest gap."""
    by_words: dict[tuple[str, frozenset[str]], Term] = {}
    for term in terms:
        key = term.page, frozenset(term.words)
        same = by_words.get(key, term)
        by_words[key] = Term(term.page, term.words, max(same.gap, term.gap), same.shared or term.shared)
    return by_words.values()


class Evidence:
    """What speaks for one page: which typed words its matching terms explain, and how well."""

    def __init__(self) -> None:
        self._explained: dict[str, float] = {}
        self.shared: set[str] = set()
        self.matched: set[frozenset[str]] = set()  # the typed words of each matching term
        self.first = 10**6

    @property
    def explained(self) -> frozenset[str]:
        return frozenset(self._explained)

    def add(self, used: Mapping[str, float], places: Mapping[str, Sequence[int]], *, shared: bool) -> None:
        self.matched.add(frozenset(used))
        if shared:
            self.shared.update(used)
        for word, likeness in used.items():
            self._explained[word] = max(likeness, self._explained.get(word, 0.0))
            self.first = min(self.first, places[word][0])

    def score(self, typed: int) -> float:
        """Between CONFIDENT and 1: how well its words fit, and how much of the text they explain."""
        fit = sum(self._explained.values()) / len(self._explained)
        covered = min(1.0, len(self._explained) / max(typed, 1))
        return round(CONFIDENT + (1 - CONFIDENT) * fit * covered, 3)


def stem(word: str) -> str:
    """Without the plural s; the same on both sides of every comparison, so it need not be a real word."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def near(used: Mapping[str, float], places: Mapping[str, Sequence[int]], gap: int) -> bool:
    """Whether the words of a term stand close together somewhere in the text."""
    width = len(used) + gap
    if not used.keys() <= places.keys():
        return False
    starts = (at for word in used for at in places[word])
    return any(all(any(0 <= at - start < width for at in places[word]) for word in used) for start in starts)


def closest_words(likeness: Mapping[str, Mapping[str, float]]) -> dict[str, tuple[float, str]]:
    """Of each known word that was typed, perhaps misspelt: the typed one most like it, and how alike they are."""
    closest: dict[str, tuple[float, str]] = {}
    for word, alike in likeness.items():
        for known, how in alike.items():
            closest[known] = max(closest.get(known, (0.0, "")), (how, word))
    return closest


def explained_by(term: Sequence[str], closest: Mapping[str, tuple[float, str]]) -> dict[str, float]:
    """The typed words that stand for all words of a term, with how alike they are; empty when one is missing."""
    for wanted in term:
        if wanted not in closest:
            return {}
    return {word: how for how, word in map(closest.__getitem__, term)}
