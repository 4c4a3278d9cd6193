"""Phrases and classes of words, and where they stand in a text."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from sys import intern
from typing import TypeVar

from bot.advice.freetext.spelling import Folder, Speller, Tokens

GAP = "~"  # stands for up to SKIPPED other words inside a phrase
SKIPPED = 2
_GAPS = re.compile(r"(~)")
_MARKED = re.compile(r"[~*<]")

T = TypeVar("T")
Phrase = tuple[str, ...]
Group = tuple[Phrase, ...]
Spot = tuple[int, ...]  # where the words of a phrase stand in a text


class PhraseError(ValueError):
    """A phrase that cannot be read."""


class Grammar:
    """Reads the notation of phrases, in the spelling of one language.

    >>> Grammar(Folder(None), {"calf"}).group("sore ~ <calf>|hurt*")
    (('sore', '~', '<calf>'), ('hurt*',))
    """

    def __init__(self, folder: Folder, names: Iterable[str]) -> None:
        self._folder = folder
        self._names = names
        self._phrases: dict[str, Phrase] = {}  # half of all alternatives stand in several lines

    def line(self, line: str) -> tuple[Group, ...]:
        """Groups joined by ' + '. Raises PhraseError."""
        return tuple(self.group(group) for group in line.split(" + "))

    def group(self, group: str) -> Group:
        """Alternatives joined by '|'. Raises PhraseError."""
        return tuple(dict.fromkeys(self._phrase(option) for option in group.split("|")))

    def _phrase(self, option: str) -> Phrase:
        if option not in self._phrases:
            self._phrases[option] = self._read(option)
        return self._phrases[option]

    def _read(self, option: str) -> Phrase:
        phrase = self._marked(option) if _MARKED.search(option) else self._folded(option.split())
        if not phrase or phrase[-1] == GAP or (GAP, GAP) in pairwise(phrase):
            raise PhraseError("an alternative is empty, or ends in a gap")
        return tuple(map(intern, phrase))  # one word stands in many phrases

    def _marked(self, option: str) -> list[str]:
        """What has words with any ending, classes or gaps in it."""
        phrase: list[str] = []
        side: list[str] = []  # words side by side, which may be written in another way together
        for part in option.split():
            if part == GAP or part.endswith("*") or part.startswith("<"):
                phrase += [*self._folded(side), self._special(part, begun=bool(phrase or side))]
                side = []
            else:
                side.append(part)
        return [*phrase, *self._folded(side)]

    def _folded(self, side: list[str]) -> list[str]:
        for part in side:
            if not part.isalnum():
                raise PhraseError(f"`{part}` is not one word")
        return list(self._folder.written([word for part in side for word in self._folder.plain(part)]))

    def _special(self, part: str, *, begun: bool) -> str:
        if part == GAP and begun:
            return GAP
        if part.startswith("<") and part.endswith(">"):
            if part[1:-1] not in self._names:
                raise PhraseError(f"`{part}` is not defined under `concepts`")
            return part
        if part == GAP or not part[:-1].isalnum() or len(part) < 3:
            raise PhraseError(f"`{part}` is not one word, or too short before its *")
        return part


@dataclass(frozen=True, slots=True, eq=False)
class Options:
    """The phrases of one group or class; equal to itself alone, and so looked up fast."""

    phrases: Group


class Concepts:
    """The classes of words of one language, each a name for many ways to say one thing."""

    def __init__(self, named: Mapping[str, Iterable[str]], folder: Folder) -> None:
        """Raises PhraseError."""
        grammar = Grammar(folder, named.keys())
        self.groups = {name: tuple(p for line in lines for p in grammar.group(line)) for name, lines in named.items()}
        self.options = {f"<{name}>": Options(group) for name, group in self.groups.items()}
        self._begun_by = {f"<{name}>": self._beginnings(group) for name, group in self.groups.items()}

    def beginnings(self, group: Iterable[Phrase]) -> set[str]:
        """The words with which a phrase of a group can begin, those of the classes it names included."""
        first = {phrase[0] for phrase in group}
        return first.union(*(self._begun_by[name] for name in first & self._begun_by.keys()))

    def _beginnings(self, group: Iterable[Phrase]) -> set[str]:
        beginnings: set[str] = set()
        open_ = {phrase[0] for phrase in group}
        while open_:
            beginnings |= open_
            named = (self.groups[first[1:-1]] for first in open_ if first.startswith("<"))
            open_ = {phrase[0] for inner in named for phrase in inner} - beginnings
        return beginnings

    def begun_by(self, named: Iterable[tuple[T, Iterable[Phrase]]]) -> dict[str, tuple[T, ...]]:
        """What groups are named, by the words they can begin with; words that begin the same share it."""
        begun: dict[str, list[T]] = {}
        for name, group in named:
            for word in self.beginnings(group):
                begun.setdefault(word, []).append(name)
        alike: dict[tuple[T, ...], tuple[T, ...]] = {}
        return {word: alike.setdefault(tuple(names), tuple(names)) for word, names in begun.items()}

    def names(self) -> dict[str, tuple[str, ...]]:
        """The names of the classes, by the words they can begin with."""
        return self.begun_by((f"<{name}>", group) for name, group in self.groups.items())

    def words(self) -> Iterator[str]:
        """Every word of every class."""
        return (part for group in self.groups.values() for phrase in group for part in phrase)


class Mentions:
    """What one text mentions: where each wanted word, class and phrase stands; looked for once each."""

    def __init__(
        self,
        tokens: Tokens,
        speller: Speller,
        options: Mapping[str, Options],
        passed: frozenset[str],
        not_meant: set[int],
    ) -> None:
        """`passed`: words that may stand anywhere inside a phrase. `not_meant`: positions that count for nothing."""
        self.places: dict[str, list[int]] = {}
        for at, word in enumerate(tokens.words):
            for wanted in speller.stands_for(word) if at not in not_meant else ():
                self.places.setdefault(wanted, []).append(at)
        self.last = len(tokens.words) - 1
        self._speller, self._options = speller, options
        self._not_of: Mapping[Options, Set[int]] = {}
        self._sentence = list(accumulate(mark in {".", "?"} for mark in tokens.breaks))
        self._telling_before = [0, *accumulate(word not in passed for word in tokens.words)]
        self._named: dict[str, list[Spot]] = {}
        self._groups: dict[Options, list[Spot]] = {}

    def without(self, not_of: Mapping[str, Set[int]]) -> "Mentions":
        """The same text, where positions do not count for a class: by its name, those positions."""
        other = copy(self)
        other._named, other._groups = {}, {}
        other._not_of = {self._options[name]: at for name, at in not_of.items() if name in self._options}
        return other

    def distance(self, first: int, last: int) -> int:
        """How many telling words stand between two positions."""
        return self._telling_before[last] - self._telling_before[first + 1]

    def begun(self, groups: Mapping[str, Iterable[Options]]) -> set[Options]:
        """The groups of which some phrase may stand here, by the words they can begin with."""
        return {group for word in self.places for group in groups.get(word, ())}

    def looked_for(self, word: str) -> str:
        """The shortest word that a typed one stands for; itself where nobody looks for it."""
        return min(self._speller.stands_for(word), key=lambda wanted: (len(wanted), wanted), default=word)

    def classes(self, named_by: Mapping[str, Iterable[str]]) -> dict[int, tuple[str, int]]:
        """Where classes stand: by the position of the first word, the name and the end of the one that covers most.

        `named_by`: the names of the classes, by the words they can begin with.
        """
        longest: dict[int, tuple[str, int]] = {}
        for name in sorted({name for word in self.places for name in named_by.get(word, ())}):
            for spot in self.spots(self._options[name]):
                if spot[0] not in longest or spot[-1] + 1 > longest[spot[0]][1]:
                    longest[spot[0]] = name, spot[-1] + 1
        return longest

    def spots(self, options: Options) -> list[Spot]:
        """Where a phrase of a group or class stands."""
        spots = self._groups.get(options)
        if spots is None:
            spots = sorted(set(self._spots_of(options)))
            if no := self._not_of.get(options):
                spots = [spot for spot in spots if no.isdisjoint(spot)]
            self._groups[options] = spots
        return spots

    def _spots_of(self, options: Options) -> Iterator[Spot]:
        for phrase in options.phrases:
            if phrase[0] in self.places or phrase[0] in self._options:
                yield from self._standing(phrase)

    def _of(self, part: str) -> list[Spot]:
        """Where one part of a phrase stands, a word or a class."""
        if part not in self._named:
            self._named[part] = []  # a class that names itself is found nowhere inside itself
            known = self._options.get(part)
            self._named[part] = self.spots(known) if known else [(at,) for at in self.places.get(part, ())]
        return self._named[part]

    def _standing(self, phrase: Phrase) -> list[Spot]:
        if phrase[-1] not in self.places and phrase[-1] not in self._options:
            return []  # most phrases end here, before anything is looked for
        spots = self._of(phrase[0])
        for before, part in pairwise(phrase):
            if not spots or part == GAP:
                continue
            most = SKIPPED if before == GAP else 0
            spots = [(*spot, *more) for spot in spots for more in self._next(part, spot[-1], most)]
        return spots

    def _next(self, part: str, last: int, most: int) -> Iterator[Spot]:
        """Where a part stands behind a position, with no more telling words between, in the same sentence."""
        there = self._of(part)
        for spot in there[bisect_left(there, (last + 1,)) :]:
            if self._sentence[last] != self._sentence[spot[0]] or self.distance(last, spot[0]) > most:
                break
            yield spot


def reader(folder: Folder) -> Callable[[str], tuple[str, ...]]:
    """Reads a plain phrase of a list, folded; remembered, because lists share them."""
    return lru_cache(maxsize=None)(
        lambda text: tuple(
            intern(part)
            for piece in _GAPS.split(text)
            for part in ([GAP] if piece == GAP else folder.fold(piece).words)
        )
    )
