"""What a text denies, or tells of long ago."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.advice.freetext.text import LONGEST, words
from bot.advice.model import Denial

REACH = 14  # words a denial can reach over; longer ones are no plain no

Phrase = tuple[str, ...]

_BREAK = re.compile(r"([.;:!?()\n\r\u2026\u2013\u2014\u3002\uff01\uff1b\uff1f]|(?<=\s)-(?=\s)|[,\uff0c\u3001]|/)")
_COMMAS = ",\uff0c\u3001"
_YEAR = re.compile("(19|20)[0-9]{2}")
_BEFORE_A_VERB = {"place", "determiner", "bridge"}
_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class No:
    """One denial: where its words stand, and the words that narrow it ("at rest")."""

    at: frozenset[int]
    partly: frozenset[int] = _NONE


@dataclass(frozen=True, slots=True)
class Reading:
    """For the words of one text, by position: what denies them, and which are long past."""

    denied: dict[int, tuple[No, ...]]
    past: frozenset[int] = _NONE
    plain: frozenset[int] = _NONE  # where even a crisis is denied
    sentence: tuple[int, ...] = ()  # the number of the sentence each word stands in

    def denies(self, spot: Sequence[int], own: frozenset[int]) -> bool:
        """Whether the words at `spot` are denied, to somebody who looks for the words at `own`.

        A "no" that belongs to what is looked for ("no pulse") denies none of it.
        """
        return self.sentence[spot[0]] == self.sentence[spot[-1]] and any(
            no.at.isdisjoint(own) and no.partly <= own for no in self.denied.get(spot[0], ())
        )


class _Phrases:
    """A list of phrases, found where they begin."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[Phrase]] = {}
        for phrase in {tuple(words(text)) for text in phrases}:
            self._by_first.setdefault(phrase[0], []).append(phrase)
        for found in self._by_first.values():
            found.sort(key=len, reverse=True)

    def at(self, typed: Sequence[str], at: int) -> int:
        """How many words the longest phrase beginning here has; 0 when none does."""
        for phrase in self._by_first.get(typed[at], ()):
            if tuple(typed[at : at + len(phrase)]) == phrase:
                return len(phrase)
        return 0

    def within(self, typed: Sequence[str], span: range) -> Iterator[range]:
        """Where they stand, for those that begin inside a span."""
        return (range(at, at + size) for at in span if (size := self.at(typed, at)))


@dataclass(slots=True)
class _Thought:
    """How far one denied thing has been spelled out."""

    predicate: bool  # "not swollen" is complete, "no swollen" waits for a noun
    named: bool = False
    placed: bool = False
    joined: bool = False  # "pain in ..."

    def takes(self, kind: str) -> bool:
        """Take the next word in; False where it begins a new thought."""
        if kind == "onward":
            self.named, self.placed, self.joined = False, False, self.joined or self.named
            return True
        if self.named and kind not in {"particle", "list"}:
            return False
        if self.placed and kind in {"determiner", "quality", "verb"}:
            return False
        if kind == "place":
            self.placed, self.named = True, self.joined
        elif kind == "quality":
            self.named = self.predicate
        elif kind in {"thing", "verb"}:
            self.named = True
        return True


class Negation:
    """Reads texts with one language's words for no and for long ago."""

    def __init__(self, denial: Denial) -> None:
        self._things, self._states = _Phrases(denial.of_things), _Phrases(denial.of_states)
        self._nothing, self._undone, self._partly = map(_Phrases, (denial.nothing, denial.undone, denial.partly))
        self._plain, self._doubts = _Phrases(denial.plain), _Phrases(denial.doubts)
        self._past, self._at_age, self._in_year = map(_Phrases, (denial.past, denial.at_age, denial.in_year))
        self._present, self._settled = _Phrases(denial.present), _Phrases(denial.settled)
        self._conditions = _Phrases(denial.conditions)
        self._kinds = {
            word: kind
            for kind, lines in (  # a word of several lists is what the last of them says
                ("bridge", denial.bridges),
                ("determiner", denial.determiners),
                ("place", denial.places),
                ("quality", denial.qualities),
                ("verb", denial.verbs),
                ("particle", denial.particles),
                ("onward", denial.onward),
                ("list", denial.lists),
                ("end", denial.halts),
                ("end", denial.ends),
            )
            for word in _words(lines)
        }
        self._ends, self._joins = _words(denial.ends), _words(denial.joins)
        self._places, self._qualities = _words(denial.places), _words(denial.qualities)
        self._causes, self._not_an_age, self._kin = map(_words, (denial.causes, denial.not_an_age, denial.kin))
        self._pointers = _words(denial.pointers)
        self._had, self._here = _words(denial.had), _words(denial.here)
        self._long_past = denial.long_past

    def read(self, text: str) -> Reading:
        """What the text denies and what it tells of long ago, by the positions of `words(text)`."""
        typed, breaks = split(text)
        if not typed:
            return Reading({})
        denied: dict[int, tuple[No, ...]] = {}
        for no, reached in (*self._denials(typed, breaks), *self._of_kin(typed, breaks)):
            for at in reached:
                denied[at] = (*denied.get(at, ()), no)
        sentence, count = [], 0
        for mark in breaks:
            count += mark == "."
            sentence.append(count)
        return Reading(denied, self._long_ago(typed, breaks), frozenset(self._plainly(typed, breaks)), tuple(sentence))

    # --- denial -------------------------------------------------------------------------------------------------------

    def _denials(self, typed: Sequence[str], breaks: Sequence[str]) -> Iterator[tuple[No, list[int]]]:
        at = 0
        while at < len(typed):
            things, states = self._things.at(typed, at), self._states.at(typed, at)
            if idle := self._nothing.at(typed, at):
                at += idle
            elif size := max(things, states):
                reached = self._reached(typed, breaks, at + size, named=things >= states)
                clause = self._clause(typed, breaks, at + size, max(reached, default=at + size - 1))
                if self._points_back(typed, breaks, max(reached, default=at) + 1):
                    reached = [spot for spot in reached if typed[spot] not in self._places]
                if reached and not any(self._undone.within(typed, clause)):
                    partly = (spot for found in self._partly.within(typed, clause) for spot in found)
                    yield No(frozenset(range(at, at + size)), frozenset(partly)), reached
                at += size
            else:
                at += 1

    def _negates(self, typed: Sequence[str], at: int) -> bool:
        return bool(self._things.at(typed, at) or self._states.at(typed, at))

    def _reached(self, typed: Sequence[str], breaks: Sequence[str], begin: int, *, named: bool) -> list[int]:
        """The words a denial reaches: one thing, then what "or", "in" and the like join to it.

        It stops where a new thought may begin, also when nobody typed a comma: "no fever knee hot" denies the fever.
        """
        reached: list[int] = []
        list_from: int | None = None  # words after a comma count only once "or" shows that the list goes on
        thought = _Thought(predicate=not named)
        for at in range(begin, min(begin + REACH, len(typed))):
            kind = self._kind(typed, at)
            if breaks[at] == "." or kind == "end":
                break
            if breaks[at] == ",":
                if not reached or (list_from is None and typed[at - 1] in self._causes):
                    break
                list_from = len(reached) if list_from is None else list_from
            if breaks[at] or kind == "list":
                thought = _Thought(predicate=not named)
            if not thought.takes(kind):
                while kind == "verb" and reached and self._kind(typed, reached[-1]) in _BEFORE_A_VERB:
                    reached.pop()  # "no fever or knee hurts": the knee does
                break
            list_from = None if kind == "list" else list_from
            reached.append(at)
        return reached if list_from is None else reached[:list_from]

    def _kind(self, typed: Sequence[str], at: int) -> str:
        return "end" if self._negates(typed, at) else self._kinds.get(typed[at], "thing")

    def _points_back(self, typed: Sequence[str], breaks: Sequence[str], begin: int) -> bool:
        """Whether what follows speaks of the same place: "no calf pain, but it is red"; "no calf pain, but red"."""
        for at in range(begin, len(typed)):
            if typed[at] in self._pointers:
                return True
            if typed[at] in self._qualities and (breaks[at] or typed[at - 1] in self._ends):
                named = (word for word in typed[at:] if word not in self._qualities | self._joins)
                if next(named, "") not in self._places:
                    return True
        return False

    def _clause(self, typed: Sequence[str], breaks: Sequence[str], begin: int, last: int) -> range:
        """From a denial to the end of the clause in which its reach ends."""
        end = last + 1
        while end < len(typed) and breaks[end] not in (",", ".") and typed[end] not in self._ends:
            if self._negates(typed, end):
                break
            end += 1
        return range(begin, end)

    def _plainly(self, typed: Sequence[str], breaks: Sequence[str]) -> Iterator[int]:
        """Where a crisis is denied in so many words, and nothing after it takes that back."""
        for at in range(len(typed)):
            end = at + self._plain.at(typed, at)
            inside = any(breaks[spot] for spot in range(at + 1, end))
            if not inside and not (end < len(typed) and self._doubts.at(typed, end)):
                yield from range(at, end)

    # --- long ago -----------------------------------------------------------------------------------------------------

    def _long_ago(self, typed: Sequence[str], breaks: Sequence[str]) -> frozenset[int]:
        past: set[int] = set()
        clauses = self._clauses(typed, breaks)
        if not self._speaks_of_now(typed):
            for number, clause in enumerate(clauses):
                told = {spot for found in self._told(typed, clause) for spot in found}
                if not told:
                    continue
                past.update(clause)
                if len(clause) - len(told) <= 1:  # "last year, I fainted"; "I fainted, years ago"
                    other = number - 1 if number and breaks[clause.start] == "," else number + 1
                    joined = other < len(clauses) and breaks[max(clause.start, clauses[other].start)] == ","
                    past.update(clauses[other] if joined else ())
        return frozenset(past)

    def _clauses(self, typed: Sequence[str], breaks: Sequence[str]) -> list[range]:
        starts = [at for at, word in enumerate(typed) if at == 0 or breaks[at] in (",", ".") or word in self._joins]
        return [range(start, end) for start, end in zip(starts, [*starts[1:], len(typed)], strict=True)]

    def _told(self, typed: Sequence[str], clause: range) -> Iterator[range]:
        yield from self._past.within(typed, clause)
        for found in self._at_age.within(typed, clause):
            after = typed[found.stop : found.stop + 2]
            if (
                after
                and after[0].isascii()
                and after[0].isdecimal()
                and len(after[0]) < 3
                and not set(after[1:]) & self._not_an_age
            ):
                yield range(found.start, found.stop + 1)
        for found in self._in_year.within(typed, clause):
            year = typed[found.stop] if found.stop < clause.stop else ""
            if _YEAR.fullmatch(year) and int(year) <= self._long_past:
                yield range(found.start, found.stop + 1)

    def _speaks_of_now(self, typed: Sequence[str]) -> bool:
        everything = range(len(typed))
        settled = {spot for found in self._settled.within(typed, everything) for spot in found}
        return any(found[0] not in settled for found in self._present.within(typed, everything))

    def _of_kin(self, typed: Sequence[str], breaks: Sequence[str]) -> Iterator[tuple[No, range]]:
        """A relative's history, from the relative to the illness, which is not the runner's."""
        for clause in self._clauses(typed, breaks):
            if any(typed[at] in self._here for at in clause):
                continue
            for at in clause:
                if typed[at] in self._kin and self._had.intersection(typed[at + 1 : min(at + 3, clause.stop)]):
                    for found in self._conditions.within(typed, clause[at - clause.start :]):
                        yield No(frozenset({at})), range(at, found.stop)


def split(text: str) -> tuple[list[str], list[str]]:
    """The words of a text, and what stands before each: a full stop for all that ends a sentence, ',', '/' or nothing.

    >>> split("No fever, chills/rash. Hip sore")
    (['no', 'fever', 'chills', 'rash', 'hip', 'sore'], ['', '', ',', '/', '.', ''])
    """
    typed: list[str] = []
    breaks: list[str] = []
    mark = ""
    for number, part in enumerate(_BREAK.split(text[:LONGEST])):
        if number % 2:
            mark = max(mark, "," if part in _COMMAS else "/" if part == "/" else ".", key=("", "/", ",", ".").index)
        elif found := words(part):
            typed += found
            breaks += [mark] + [""] * (len(found) - 1)
            mark = ""
    return typed, breaks


def _words(lines: Iterable[str]) -> frozenset[str]:
    return frozenset(word for line in lines for word in words(line))
