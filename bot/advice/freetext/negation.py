"""Negation as ConText reads it: cues before and after what they deny, and their scope."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.advice.freetext.phrases import GAP, SKIPPED
from bot.advice.freetext.spelling import STOPS
from bot.advice.model import NegationCues

REACH = 14  # words a denial can reach over; longer ones are no plain no
NEAR = 9  # words within which a negative before "without" turns it round

Read = Callable[[str], tuple[str, ...]]

_BEFORE_A_VERB = {"place", "determiner", "bridge"}
_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class No:
    """One denial: where its words stand, and the words that narrow it ("at rest")."""

    at: frozenset[int]
    partly: frozenset[int] = _NONE


@dataclass(frozen=True, slots=True)
class Text:
    """The words of one text and what stands before each."""

    typed: Sequence[str]
    breaks: Sequence[str]

    def __len__(self) -> int:
        return len(self.typed)

    def sentences(self) -> Iterator[range]:
        """Where each sentence stands."""
        starts = [at for at, mark in enumerate(self.breaks) if not at or mark in {".", "?"}]
        return (range(start, end) for start, end in pairwise([*starts, len(self.typed)]))

    def open(self, at: int) -> bool:
        """Whether the clause goes on over the place before this word."""
        return at < len(self.typed) and not self.breaks[at]


class Cues:
    """A list of phrases, found where they begin."""

    def __init__(self, phrases: Iterable[str], read: Read) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in {read(way) for line in phrases for way in line.split("|")}:
            self._by_first.setdefault(phrase[0], []).append(phrase)
        for phrases_ in self._by_first.values():
            phrases_.sort(key=len, reverse=True)

    def at(self, typed: Sequence[str], at: int) -> int:
        """How many words the longest phrase beginning here has; 0 when none does."""
        return next((size for phrase in self._by_first.get(typed[at], ()) if (size := _size(phrase, typed, at))), 0)

    def within(self, typed: Sequence[str], span: range) -> Iterator[range]:
        """Where they stand, for those that begin inside a span."""
        return (range(at, at + size) for at in span if (size := self.at(typed, at)))

    def inside(self, text: Text, span: range) -> Iterator[range]:
        """Where they stand, for those that begin and end inside a span."""
        return (place for place in self.within(text.typed, span) if place.stop <= span.stop)


def _size(phrase: Sequence[str], typed: Sequence[str], at: int) -> int:
    """How many words a phrase takes up from here on, its gaps filled with as few as will do; 0 when it is not there."""
    end = at
    for before, part in pairwise(("", *phrase)):
        if part == GAP:
            continue
        reach = typed[end : end + 1 + (SKIPPED if before == GAP else 0)]
        if part not in reach:
            return 0
        end += reach.index(part) + 1
    return end - at


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
    """Finds what a text denies, with one language's cues."""

    def __init__(self, cues: NegationCues, read: Read) -> None:
        self._things, self._states = Cues(cues.of_things, read), Cues(cues.of_states, read)
        self._after, self._answers = Cues(cues.after, read), Cues(cues.answers, read)
        self._pseudo, self._undone, self._partly = (Cues(c, read) for c in (cues.pseudo, cues.undone, cues.partly))
        self._negatives, self._turned = Cues(cues.negatives, read), Cues(cues.turned, read)
        self._circumstances, self._slight = Cues(cues.circumstances, read), listed(cues.slight)
        self._explained, self._lasting = Cues((*cues.explained, *cues.circumstances), read), Cues(cues.lasting, read)
        self._onto_others = Cues(cues.onto_others, read)
        self._never, self._likened = Cues(cues.never, read), Cues(cues.likened, read)
        self._kinds = {
            word: kind
            for kind, lines in (  # a word of several lists is what the last of them says
                ("bridge", cues.bridges),
                ("determiner", cues.determiners),
                ("place", cues.places),
                ("quality", cues.qualities),
                ("verb", cues.verbs),
                ("particle", cues.particles),
                ("onward", cues.onward),
                ("list", cues.lists),
                ("end", cues.halts),
                ("end", cues.ends),
            )
            for word in listed(lines)
        }
        self._ends, self._joins, self._causes = listed(cues.ends), listed(cues.joins), listed(cues.causes)
        self._places, self._qualities, self._pointers = map(listed, (cues.places, cues.qualities, cues.pointers))

    def denials(self, text: Text) -> Iterator[tuple[No, Iterable[int]]]:
        """Each denial, with the positions of the words it reaches."""
        at = 0
        while at < len(text):
            size = max(self._things.at(text.typed, at), self._states.at(text.typed, at))
            idle = self._pseudo.at(text.typed, at)
            if idle and idle >= size:
                at += idle
            elif size <= self._after_size(text, at) and (after := self._denied_before(text, at)):
                yield No(frozenset(range(at, at + self._after_size(text, at)))), after
                at += self._after_size(text, at)
            elif size:
                yield from self._forward(text, at, size)
                at += size
            else:
                at += 1

    # --- cues before what they deny -----------------------------------------------------------------------------------

    def _forward(self, text: Text, at: int, size: int) -> Iterator[tuple[No, list[int]]]:
        things = self._things.at(text.typed, at) == size
        reached = self._reached(text, at + size, named=things)
        clause = self._clause(text, at + size, max(reached, default=at + size - 1))
        if self._points_back(text, max(reached, default=at) + 1):
            reached = [spot for spot in reached if text.typed[spot] not in self._places]
        if reached and not self._open(text, at, clause):
            partly = (spot for cue in self._partly.within(text.typed, clause) for spot in cue)
            yield No(frozenset(range(at, at + size)), frozenset(partly)), reached

    def _open(self, text: Text, at: int, clause: range) -> bool:
        """Whether other words of the clause leave a denial open: "before"; "never ... this bad"; "never without"."""
        if any(self._undone.within(text.typed, clause)):
            return True
        if self._never.at(text.typed, at) and any(self._likened.within(text.typed, clause)):
            return True
        begin = at
        while begin > max(0, at - NEAR) and not text.breaks[begin] and text.typed[begin] not in self._joins:
            begin -= 1
        return bool(self._turned.at(text.typed, at)) and any(self._negatives.within(text.typed, range(begin, at)))

    def _negates(self, typed: Sequence[str], at: int) -> bool:
        return bool(self._things.at(typed, at) or self._states.at(typed, at))

    def _reached(self, text: Text, begin: int, *, named: bool) -> list[int]:
        """The words a denial reaches: one thing, then what "or", "in" and the like join to it.

        It stops where a new thought may begin, also when nobody typed a comma: "no fever knee hot" denies the fever.
        """
        reached: list[int] = []
        list_from: int | None = None  # words after a comma count only once "or" shows that the list goes on
        thought = _Thought(predicate=not named)
        for at in range(begin, min(begin + REACH, len(text))):
            kind = self._kind(text.typed, at)
            if text.breaks[at] in STOPS or kind == "end":
                break
            if text.breaks[at] == ",":
                if not reached or (list_from is None and text.typed[at - 1] in self._causes):
                    break
                list_from = len(reached) if list_from is None else list_from
            if text.breaks[at] or kind == "list":
                thought = _Thought(predicate=not named)
            if not thought.takes(kind):
                while kind == "verb" and reached and self._kind(text.typed, reached[-1]) in _BEFORE_A_VERB:
                    reached.pop()  # "no fever or knee hurts": the knee does
                break
            list_from = None if kind == "list" else list_from
            reached.append(at)
        return reached if list_from is None else reached[:list_from]

    def _kind(self, typed: Sequence[str], at: int) -> str:
        return "end" if self._negates(typed, at) else self._kinds.get(typed[at], "thing")

    def _points_back(self, text: Text, begin: int) -> bool:
        """Whether what follows speaks of the same place: "no calf pain, but it is red"; "no calf pain, but red"."""
        for at in range(begin, len(text)):
            if text.typed[at] in self._pointers and not self._onto_others.at(text.typed, at):
                return True
            if text.typed[at] in self._qualities and (text.breaks[at] or text.typed[at - 1] in self._ends):
                end = next((stop for stop in range(at + 1, len(text)) if text.breaks[stop]), len(text))
                named = (word for word in text.typed[at:end] if word not in self._qualities | self._joins)
                if next(named, "") not in self._places:
                    return True
        return False

    def _clause(self, text: Text, begin: int, last: int) -> range:
        """From a denial to the end of the clause in which its reach ends."""
        end = last + 1
        while end < len(text) and text.breaks[end] in ("", "/") and text.typed[end] not in self._ends:
            if self._negates(text.typed, end):
                break
            end += 1
        return range(begin, end)

    # --- cues behind what they deny -----------------------------------------------------------------------------------

    def _after_size(self, text: Text, at: int) -> int:
        return max(cues.at(text.typed, at) for cues in (self._after, self._answers, self._explained))

    def _denied_before(self, text: Text, at: int) -> Sequence[int]:
        """What a cue behind it denies: "a clot was ruled out"; "chest pain? no"; empty where nothing is."""
        none: Sequence[int] = ()
        answer, size = self._answers.at(text.typed, at), self._after_size(text, at)
        explained = self._explained.at(text.typed, at)
        if not size or not at or text.breaks[at] == "." or (text.breaks[at] == "," and not explained):
            return none
        if explained and any(self._lasting.within(text.typed, range(len(text)))):
            return none
        goes_on = text.open(at + size) and (answer or self._reached(text, at + size, named=True))
        if not explained and (goes_on or (text.breaks[at] and not answer)):
            return none
        begin = at
        while begin and (begin == at or not text.breaks[begin]) and text.typed[begin - 1] not in self._ends:
            begin -= 1
        denied = range(begin, at)
        if any(self._negatives.within(text.typed, denied)):
            return none
        slight = self._circumstances.at(text.typed, at)
        return [spot for spot in denied if text.typed[spot] in self._slight] if slight else denied


def listed(lines: Iterable[str]) -> frozenset[str]:
    """Every word of a list of lines."""
    return frozenset(word for line in lines for word in line.split())
