"""From what people type to the area they mean, or to nothing: a wrong card is worse than none."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.advice.freetext.text import words
from bot.advice.library import Library
from bot.advice.model import Area

LONGEST_WORD = 30  # letters; nobody runs more together
LONGEST = 60  # words looked at; nobody needs more to say where it hurts
CONFIDENT = 0.7  # a term reaches it when each of its words is there, perhaps misspelt


@dataclass(frozen=True, slots=True)
class Match:
    """An area a text leads to; score between 0 and 1."""

    area: Area
    score: float


@dataclass(frozen=True, slots=True)
class _Term:
    area: str
    words: frozenset[str]


class Search:
    """Finds areas by names, anatomy, lay words and typos.

    A term counts only when all of its telling words are in the text, so that "front of the thigh" never becomes the
    back of it. Among the terms that do, the one that explains more of the text wins.
    """

    def __init__(self, library: Library) -> None:
        vocabulary = library.search
        self._areas = library.areas
        self._names = {
            area.id: [" ".join(words(n)) for n in (area.name, *area.synonyms)] for area in library.areas.values()
        }
        self._filler = {stem(word) for text in vocabulary.filler for word in words(text)}
        self._never = [tuple(words(text)) for text in vocabulary.never]
        self._others = {stem(word) for text in vocabulary.elsewhere for word in words(text)}
        self._known: frozenset[str] = frozenset()
        self._terms = list(self._read(library.areas))
        self._known = frozenset(word for term in self._terms for word in term.words)
        self._breadth = Counter(term.area for term in self._terms)

    def _read(self, areas: Mapping[str, Area]) -> Iterator[_Term]:
        for area in areas.values():
            for text in (area.name, *area.synonyms, *area.symptoms):
                telling = frozenset(self._telling(words(text)))
                if telling:
                    yield _Term(area.id, telling)

    def find(self, text: str) -> tuple[Match, ...]:
        """The areas a text leads to with confidence, best first; empty when it should not guess."""
        typed = self._telling(self._without_traps(words(text)[:LONGEST]))
        likeness = {word: self._alike(word) for word in dict.fromkeys(typed)}
        likeness |= self._joined(typed)
        found: dict[str, _Evidence] = {}
        for term in self._terms:
            if used := _explained(term.words, likeness):
                found.setdefault(term.area, _Evidence()).add(
                    used, {word: at for at, word in reversed(list(enumerate(typed)))}
                )
        ranked = sorted(found, key=lambda area: self._rank(area, found[area], len(set(typed))))
        return tuple(Match(self._areas[area], found[area].score(len(set(typed)))) for area in ranked)

    def _rank(self, area: str, evidence: "_Evidence", typed: int) -> tuple[float, bool, int, int]:
        """Best score first; then the area that asks more before it speaks; then what was mentioned first.

        Of two pages that know the same word, the narrower one wins: "groin" is the groin's before it is the hip's.
        """
        return -evidence.score(typed), not self._areas[area].screen_first, evidence.first, self._breadth[area]

    def suggest(self, text: str) -> list[Area]:
        """The areas to offer while somebody types: all before the first word, none for words we do not know."""
        typed = " ".join(words(text))
        found = [match.area.id for match in self.find(text)]
        begun = [
            area.id for area in self._areas.values() if typed and any(_begins(n, typed) for n in self._names[area.id])
        ]
        return [self._areas[area] for area in dict.fromkeys([*found, *begun] if typed else self._areas)]

    def _telling(self, typed: Iterable[str]) -> list[str]:
        whole = (part for word in typed for part in self._parts(stem(word)))
        return [word for word in whole if word not in self._filler]

    def _parts(self, word: str) -> tuple[str, ...]:
        """A word, or the two of ours it was run together from: "neckpain", "runnersknee"."""
        if word in self._known or word in self._filler or word in self._others or len(word) > LONGEST_WORD:
            return (word,)
        for at in range(2, len(word) - 1):
            parts = (stem(word[:at]), stem(word[at:]))
            ours = [part for part in parts if part in self._known]
            if max(map(len, ours), default=0) > 2 and all(
                part in self._known or part in self._filler for part in parts
            ):
                return parts
        return (word,)

    def _without_traps(self, typed: list[str]) -> list[str]:
        """Leave out words and phrases that only look like ours: "hip hop", "kneed"."""
        kept, at = [], 0
        while at < len(typed):
            trap = next((trap for trap in self._never if tuple(typed[at : at + len(trap)]) == trap), None)
            if trap is None:
                kept.append(typed[at])
            at += len(trap) if trap else 1
        return kept

    def _joined(self, typed: Sequence[str]) -> dict[str, dict[str, float]]:
        """Two typed words that are one of ours ("ham string"), under their joined name."""
        pairs = {first + second for first, second in pairwise(typed)}
        return {pair: {stem(pair): 1.0} for pair in pairs if stem(pair) in self._known}

    def _alike(self, word: str) -> dict[str, float]:
        """Known words this one may stand for, with how alike they are."""
        if word in self._others or word in self._known or len(word) < 3:
            return {word: 1.0}
        close = process.extract(word, self._known, scorer=OSA.distance, score_cutoff=_slips(word), limit=5)
        return {known: 1 - slips / len(known) / 2 for known, slips, _ in close if _plausible(word, known, slips)}


class _Evidence:
    """What speaks for one area: which typed words its matching terms explain, and how well."""

    def __init__(self) -> None:
        self._explained: dict[str, float] = {}
        self.first = 10**6

    def add(self, used: Mapping[str, float], places: Mapping[str, int]) -> None:
        for word, likeness in used.items():
            self._explained[word] = max(likeness, self._explained.get(word, 0.0))
            self.first = min(self.first, places.get(word, 0))

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


def _slips(word: str) -> int:
    return 1 if len(word) < 7 else 2


def _plausible(word: str, known: str, slips: int) -> bool:
    """Whether a slip of the finger explains the difference; in short words a changed letter makes another word."""
    if slips == 0:
        return True
    if word == known[1:] and len(word) > 4:
        return True
    if word[0] != known[0] and sorted(word) != sorted(known):
        return False
    if len(known) < 5:
        return len(word) != len(known) or sorted(word) == sorted(known)
    return True


def _explained(term: frozenset[str], likeness: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """The typed words that stand for all words of a term, with how alike they are; empty when one is missing."""
    used: dict[str, float] = {}
    for wanted in term:
        best, word = max(((alike.get(wanted, 0.0), word) for word, alike in likeness.items()), default=(0.0, ""))
        if not best:
            return {}
        used[word] = best
    return used


def _begins(name: str, typed: str) -> bool:
    return name.startswith(typed) or any(word.startswith(typed) for word in name.split())
