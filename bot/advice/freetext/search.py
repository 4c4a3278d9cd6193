"""From what people type to the page they mean, to several, or to nothing: a wrong card is worse than none."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.advice.freetext.mentioned import Mentioned
from bot.advice.freetext.terms import Evidence, Term, closest_words, explained_by, merged, near, stem, term_of
from bot.advice.freetext.text import every_word, words
from bot.advice.freetext.traps import PlacedWords, Traps
from bot.advice.library import Library
from bot.advice.model import Area, EverydayPage
from bot.advice.model.base import texts

LONGEST_WORD = 30  # letters; nobody runs more together
MAX_WORDS = 60  # words looked at; nobody needs more to say where it hurts
MOST_PAGES = 4  # offered where several were named
NEAR = 3  # words that may stand between those of a term, so that a story's far ends are not read as one
CLOSE = 2  # the same where one of them only looks like ours: "get back of my thigh"
SET = 1  # the same in a set phrase: "hot day", "run down"
SET_WORDS = 2  # a set phrase of words that tell no place has more: "sore all over", and not "the runs"

FEW = 3  # words at most of a text whose suggestions are kept: what many type, and nobody's story
REMEMBERED_SEARCHES = 1024  # such texts; and words, with those they may stand for

Page = Area | EverydayPage


@dataclass(frozen=True, slots=True)
class Match:
    """An area a text leads to; score between 0 and 1."""

    area: Area
    score: float


class Search:
    """Finds pages by names, anatomy, lay words and typos.

    A term counts only when all of its telling words are in the text and near each other, so that "front of the thigh"
    never becomes the back of it. Among the terms that do, the one that explains more of the text wins.
    """

    def __init__(self, library: Library) -> None:
        vocabulary = library.search
        self._areas = library.areas
        self._pages: dict[str, Page] = {**library.areas, **library.everyday}
        self._names = {
            page.id: [" ".join(words(n)) for n in (page.name, *page.synonyms)] for page in self._pages.values()
        }
        self._listed = {page: "\n".join(("", *names)) for page, names in self._names.items()}
        self._filler = {stem(word) for text in vocabulary.filler for word in words(text)}
        never = [tuple(words(text)) for text in vocabulary.never]
        everyday = [f" {name} " for page in library.everyday for name in self._names[page]]
        traps = [trap for trap in never if not any(f" {' '.join(trap)} " in name for name in everyday)]
        self._never, self._traps = Traps(never), Traps(traps)
        self._mentioned = Mentioned(vocabulary, lambda word: stem(word) in self._filler)
        self._others = {stem(word) for text in vocabulary.elsewhere for word in words(text)}
        self._spelt = frozenset(stem(word) for page in _advice(library) for word in every_word(texts(page)))
        self._known: frozenset[str] = frozenset()
        self._terms = [term for page in self._pages.values() for term in self._read(page)]
        self._terms += [
            term_of(page, telling, gap, shared=True)
            for either in vocabulary.either
            for telling, gap in self._required(phrase for _, phrase in either.phrases)
            for page in either.pages
        ]
        self._known = frozenset(word for term in self._terms for word in term.words) - self._filler
        self._breadth = Counter(term.page for term in self._terms)
        self._titles = {page.id: self._telling(words(page.name)) for page in self._pages.values()}
        self._by_word: dict[str, list[Term]] = {}
        for term in merged(self._terms):
            for word in term.words:
                self._by_word.setdefault(word, []).append(term)
        self._likened = lru_cache(maxsize=REMEMBERED_SEARCHES)(self._alike)
        self._weighed = lru_cache(maxsize=4)(self._weigh)  # what leads and what is found differ in their traps alone
        self._remembered = lru_cache(maxsize=REMEMBERED_SEARCHES)(self._suggested)

    def _read(self, page: Page) -> Iterator[Term]:
        texts = (page.name, *page.synonyms, *page.symptoms)
        for telling, gap in self._required(texts, sets=isinstance(page, EverydayPage)):
            yield term_of(page.id, telling, gap)

    def _required(self, phrases: Iterable[str], *, sets: bool = False) -> Iterator[tuple[frozenset[str], int]]:
        """What has to be there of each text. Where one word at most is telling, and no name by itself, it is all.

        `sets`: so are the words of a set phrase of which none is telling.
        """
        spelt = (enumerate(words(text)) for text in phrases)
        texts = [[word for _, word in self._traps.without(tuple(text))] for text in spelt]
        names = {stem(text[0]) for text in texts if len(text) == 1}
        for text in texts:
            telling = self._telling(text)
            if len(telling) > 1 or telling & names:
                yield telling, max(NEAR, self._between(text))
            elif (telling and len(text) > 1) or (sets and len(text) > SET_WORDS):
                yield frozenset(map(stem, text)), SET

    def _between(self, text: Sequence[str]) -> int:
        """How many words stand between the first and the last telling one, and tell nothing themselves."""
        places = [at for at, word in enumerate(text) if self._telling([word])]
        return places[-1] - places[0] + 1 - len(places)

    def find(self, text: str) -> tuple[Match, ...]:
        """The areas a text leads to with confidence, best first; empty when it should not guess."""
        evidence, typed = self._evidence(self._typed(text), self._never)
        areas = [page for page in evidence if page in self._areas]
        areas.sort(key=lambda area: self._rank(area, evidence[area], typed))
        return tuple(Match(self._areas[area], evidence[area].score(typed)) for area in areas)

    def lead(self, text: str) -> tuple[Page, ...]:
        """The page a text names; several, best first, where it names several; none when it should not guess."""
        stated, thought = self._mentioned.parted(self._typed(text))
        pages = self._pages_of(stated)
        if thought and (pages or not self._mentioned.elsewhere(stated)):
            pages += self._pages_of(thought)
        return tuple({page.id: page for page in pages}.values())[:MOST_PAGES]

    def _pages_of(self, typed: Sequence[str]) -> list[Page]:
        """The pages of words, best first; of those with the same words the first one, or all that share them."""
        pages: dict[tuple[frozenset[str], str], Page] = {}
        for page, explained, shared in self._named(typed):
            pages.setdefault((explained, page.id if shared else ""), page)
        return list(pages.values())

    def _typed(self, text: str) -> list[str]:
        return self._mentioned.understood(words(text)[:MAX_WORDS])

    def names(self, text: str, page: Page) -> bool:
        """Whether a text names this page, perhaps beside others that claim the same words."""
        return any(named is page for named, _, _ in self._named(self._typed(text)))

    def _named(self, text: Sequence[str]) -> list[tuple[Page, frozenset[str], bool]]:
        """The pages words name, best first, with those words, and whether the pages share them.

        Not those of which another explains more.
        """
        evidence, typed = self._evidence(text, self._traps)
        telling = {page: of_page for page, of_page in evidence.items() if not of_page.explained <= self._filler}
        evidence = telling or evidence
        return [
            (self._pages[page], evidence[page].explained, bool(evidence[page].explained & evidence[page].shared))
            for page in sorted(evidence, key=lambda page: self._rank(page, evidence[page], typed))
            if not any(self._explains_more(other, evidence[page]) for other in evidence.values())
        ]

    @staticmethod
    def _explains_more(one: Evidence, other: Evidence) -> bool:
        """Whether one explains all the other does, and more; of what they share, more about that very part."""
        if not other.explained < one.explained:
            return False
        shared = other.explained <= other.shared
        return not shared or any(term & other.explained and not term <= other.explained for term in one.matched)

    def _evidence(self, typed: Sequence[str], traps: Traps) -> tuple[Mapping[str, Evidence], int]:
        """What speaks for each page, and how many telling words there are.

        What only moves speaks where nothing else does: "it hurts when I bend my knee".
        """
        placed = _but(tuple(enumerate(typed)), self._mentioned.idioms(typed))
        beside, close = traps.without(placed), traps.without_words(placed)
        alone = _but(beside, self._mentioned.directions(typed))
        if moved := self._mentioned.moved(typed):
            evidence, count = self._weighed(_but(alone, moved), _but(beside, moved), _but(close, moved))
            if evidence:
                return evidence, count
        return self._weighed(alone, beside, close)

    def _weigh(self, alone: PlacedWords, beside: PlacedWords, close: PlacedWords) -> tuple[Mapping[str, Evidence], int]:
        """`alone`: words that may name a place by themselves; `beside`: with others; `close`: close to others."""
        places = self._places(beside)
        places_alone = places if alone == beside else self._places(alone)
        places_close = places if close == beside else self._places(close)
        closest = closest_words({word: self._likened(word) for word in places_close})
        evidence: dict[str, Evidence] = {}
        for term in dict.fromkeys(term for word in closest for term in self._by_word.get(word, ())):
            used = explained_by(term.words, closest)
            if not used:
                continue
            if (
                near(used, places, term.gap) or near(used, places_close, CLOSE)
                if len(used) > 1
                else used.keys() <= places_alone.keys()
            ):
                evidence.setdefault(term.page, Evidence()).add(used, places_close, shared=term.shared)
        return evidence, sum(word not in self._filler for word in places)

    def _places(self, placed: Sequence[tuple[int, str]]) -> dict[str, list[int]]:
        """Where each word stands: the telling ones, two that are one of ours ("ham string"), and the filler."""
        typed = [(part, at) for at, word in placed for part in self._parts(stem(word))]
        telling = [(word, at) for word, at in typed if word not in self._filler]
        pairs = [(first + second, at) for (first, at), (second, _) in pairwise(telling)]
        places: dict[str, list[int]] = {}
        for word, at in (*typed, *((stem(pair), at) for pair, at in pairs if stem(pair) in self._known)):
            places.setdefault(word, []).append(at)
        return places

    def _rank(self, page: str, evidence: Evidence, typed: int) -> tuple[float, bool, bool, bool, int, int]:
        """Best score first; then the page that asks more before it speaks; then what was mentioned first.

        Of two pages that know the same words, the one so named wins, then a place, then the narrower: "groin" is the
        groin's before it is the hip's.
        """
        area = self._areas.get(page)
        asks = area is not None and area.screen_first
        so_named = evidence.explained == self._titles[page]
        return -evidence.score(typed), not asks, not so_named, area is None, evidence.first, self._breadth[page]

    def suggest(self, text: str) -> list[Page]:
        """The pages to offer while somebody types: all areas before the first word, none for words we do not know."""
        typed = tuple(words(text))
        if not typed:
            return list(self._areas.values())
        return list((self._remembered if len(typed) <= FEW else self._suggested)(" ".join(typed)))

    def _suggested(self, typed: str) -> tuple[Page, ...]:
        named = [page.id for page in self.lead(typed)]
        likely = [match.area.id for match in self.find(typed)]
        starts = (f"\n{typed}",) if " " in typed else (f"\n{typed}", f" {typed}")  # of a name; of any word in one
        begun = [page for page, names in self._listed.items() if any(start in names for start in starts)]
        return tuple(self._pages[page] for page in dict.fromkeys([*named, *likely, *begun]))

    def _telling(self, typed: Iterable[str]) -> frozenset[str]:
        """The words that say something."""
        return frozenset(part for word in typed for part in self._parts(stem(word)) if part not in self._filler)

    def _parts(self, word: str) -> tuple[str, ...]:
        """A word, or the two of ours it was run together from: "neckpain", "runnersknee"."""
        if not self._known or word in self._known or word in self._filler or word in self._others:
            return (word,)
        if len(word) > LONGEST_WORD:
            return (word,)
        for at in range(2, len(word) - 1):
            parts = (stem(word[:at]), stem(word[at:]))
            ours = [part for part in parts if part in self._known]
            if max(map(len, ours), default=0) > 2 and all(
                part in self._known or part in self._filler for part in parts
            ):
                return parts
        return (word,)

    def _alike(self, word: str) -> dict[str, float]:
        """Known words this one may stand for, with how alike they are; a word that our own advice uses is no slip."""
        if word in self._spelt or word in self._filler or word in self._others or word in self._known or len(word) < 3:
            return {word: 1.0}
        close = process.extract(word, self._known, scorer=OSA.distance, score_cutoff=_slips(word), limit=5)
        return {known: 1 - slips / len(known) / 2 for known, slips, _ in close if _plausible(word, known, slips)}


def _but(placed: PlacedWords, without: Container[int]) -> PlacedWords:
    return tuple(each for each in placed if each[0] not in without)


def _advice(library: Library) -> Iterator[object]:
    """The pages of the advice, in which nothing is misspelt."""
    yield from (area.model_copy(update={"synonyms": (), "symptoms": ()}) for area in library.areas.values())
    yield from (library.general, *library.exercises.values(), *library.tips.values())


def _slips(word: str) -> int:
    return 1 if len(word) < 8 else 2


def _plausible(word: str, known: str, slips: int) -> bool:
    """Whether a slip of the finger explains the difference; in short words a changed letter makes another word."""
    if slips == 0:
        return True
    if slips > 1 and len(known) < 7:
        return False
    if word == known[1:] and len(word) > 4:
        return True
    if word[0] != known[0] and sorted(word) != sorted(known):
        return False
    if len(known) < 5:  # a letter twice, or two in the wrong order
        return sorted(word) == sorted(known) or _squeezed(word) == _squeezed(known)
    return True


def _squeezed(word: str) -> str:
    return "".join(letter for letter, _ in groupby(word))
