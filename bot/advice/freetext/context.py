"""What turns a sign round, after ConText: negation, the past, what is only supposed, and whose sign it is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.advice.freetext.negation import Cues, Negation, No, Read, Text, listed
from bot.advice.freetext.spelling import STOPS
from bot.advice.model import AgeCues, Context

_YEAR = re.compile("(19|20)[0-9]{2}")
_ENDS = STOPS | {","}
_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """For the words of one text, by position: what denies them, and which are long past."""

    denied: dict[int, tuple[No, ...]]
    past: frozenset[int] = _NONE
    plain: frozenset[int] = _NONE  # where even a crisis is denied

    def denies(self, spot: Sequence[int], own: frozenset[int]) -> bool:
        """Whether the words at `spot` are denied, to somebody who looks for the words at `own`.

        A "no" that belongs to what is looked for ("no pulse") denies none of it.
        """
        return any(
            no.at.isdisjoint(own) and (not no.partly or no.partly & own)
            for at in spot
            for no in self.denied.get(at, ())
        )


class ContextReader:
    """Reads texts with one language's cues."""

    def __init__(self, written: Context, read: Read) -> None:
        self._negation = Negation(written.negation, read)
        self._plain, self._doubts = Cues(written.crisis.plain, read), Cues(written.crisis.doubts, read)
        self.ages = Ages(written.ages, read)
        self._historical = _Historical(written, read, self.ages)
        self._real_there = Cues(written.hypothetical.unless_there, read)
        self._roles = Cues(written.hypothetical.roles, read)
        self._supposed, self._real = Cues(written.hypothetical.cues, read), Cues(written.hypothetical.unless, read)
        experiencer = written.experiencer
        self._kin, self._had = Cues(experiencer.kin, read), Cues(experiencer.had, read)
        self._conditions = Cues(experiencer.conditions, read)
        self._here, self._others = Cues(experiencer.here, read), Cues(experiencer.others, read)
        self._joins = listed(written.negation.joins)
        self._turns = listed(written.hypothetical.turns)

    def read(self, typed: Sequence[str], breaks: Sequence[str]) -> Reading:
        """What the text denies and what it tells of long ago, by the positions of its words."""
        text = Text(typed, breaks)
        denied: dict[int, tuple[No, ...]] = {}
        for no, reached in (*self._negation.denials(text), *self._only_supposed(text), *self._of_others(text)):
            for at in reached:
                denied[at] = (*denied.get(at, ()), no)
        return Reading(denied, self._historical.past(text), frozenset(self._plainly(text)))

    def _plainly(self, text: Text) -> Iterator[int]:
        """Where a crisis is denied in so many words, and nothing after it takes that back."""
        for at in range(len(text)):
            end = at + self._plain.at(text.typed, at)
            inside = any(text.breaks[spot] for spot in range(at + 1, end))
            if not inside and not (end < len(text) and self._doubts.at(text.typed, end)):
                yield from range(at, end)

    def _only_supposed(self, text: Text) -> Iterator[tuple[No, range]]:
        """What is asked or read about: from its cue to the end of the sentence, unless it is said to be there."""
        cues = list(self._supposed.within(text.typed, range(len(text))))
        of_cues = {at for cue in cues for at in cue}  # "first aid course tonight" tells of nothing tonight
        if any(cue.start not in of_cues for cue in self._real.within(text.typed, range(len(text)))):
            return
        for cue in cues:
            end = cue.stop
            while end < len(text) and text.breaks[end] not in _ENDS and text.typed[end] not in self._turns:
                end += 1
            there = self._real_there.within(text.typed, _sentence(text, cue.start))
            if all(self._roles.at(text.typed, place.start) for place in there):
                yield No(_NONE), range(cue.start, end)

    def _of_others(self, text: Text) -> Iterator[tuple[No, range]]:
        """A relative's history, and what happened to no person at all: not the runner's."""
        for clause in clauses(text, self._joins):
            if any(self._here.within(text.typed, clause)):
                continue
            for at in clause:
                near = range(at, min(at + 6, clause.stop))
                if self._others.at(text.typed, at):
                    yield No(frozenset({at})), range(at, clause.stop)
                elif self._kin.at(text.typed, at) and any(self._had.within(text.typed, near)):
                    for condition in self._conditions.within(text.typed, range(at, clause.stop)):
                        yield No(frozenset({at})), condition


class Ages:
    """Tells an age from a number that counts something else: "16 weeks", "16 to 17 miles"."""

    def __init__(self, written: AgeCues, read: Read) -> None:
        self.concepts = frozenset(f"<{name}>" for name in listed(written.concepts))
        self._not_before, self._ranges = Cues(written.not_before, read), listed(written.ranges)

    def counting(self, text: Text) -> frozenset[int]:
        """Where numbers stand that are no age."""
        return frozenset(at for at, word in enumerate(text.typed) if _is_age(word) and self.counts(text, at))

    def counts(self, text: Text, at: int) -> bool:
        """Whether the number there counts what follows; a mark between them ("I'm 16, weeks of pain") parts them."""
        after = at + 1
        if not text.open(after):
            return False
        if size := self._not_before.at(text.typed, after):
            return not any(text.breaks[after : after + size])
        last = after + (text.typed[after] in self._ranges)
        return self._goes_up(text, at, last) and self.counts(text, last)

    @staticmethod
    def _goes_up(text: Text, first: int, last: int) -> bool:
        """Whether a second number belongs to the first: "16 to 18", "16-17"; not "16 3 weeks"."""
        if not text.open(last) or not _is_age(text.typed[last]):
            return False
        more = int(text.typed[last]) - int(text.typed[first])
        return more == 1 or (more > 1 and last - first > 1)


class _Historical:
    """What a text puts long ago."""

    def __init__(self, written: Context, read: Read, ages: Ages) -> None:
        cues = written.historical
        self._past, self._at_age, self._in_year = (Cues(c, read) for c in (cues.past, cues.at_age, cues.in_year))
        self._goes_on = Cues(cues.goes_on, read)
        self._present, self._settled = Cues(cues.present, read), Cues(cues.settled, read)
        self._ages, self._joins = ages, listed(written.negation.joins)
        self._long_past, self._refers = cues.long_past, listed(cues.refers)

    def past(self, text: Text) -> frozenset[int]:
        past: set[int] = set()
        if self._speaks_of_now(text.typed):
            return _NONE
        parted = clauses(text, self._joins)
        for number, clause in enumerate(parted):
            of_cues = {spot for cue in self._past_cues(text, clause) for spot in cue}
            if not of_cues:
                continue
            past.update(clause)
            for more in parted[number + 1 :]:
                if text.breaks[more.start] or not self._goes_on.at(text.typed, more.start):
                    break
                past.update(more)
            if number and not {text.typed[at] for at in clause} - {text.typed[at] for at in of_cues} - self._refers:
                past.update(parted[number - 1])  # "a concussion? that was in 2019"
            if len(clause) - len(of_cues) <= 1:  # "last year, I fainted"; "I fainted, years ago"
                other = number - 1 if number and text.breaks[clause.start] == "," else number + 1
                joined = other < len(parted) and text.breaks[max(clause.start, parted[other].start)] == ","
                past.update(parted[other] if joined else ())
        return frozenset(past)

    def _past_cues(self, text: Text, clause: range) -> Iterator[range]:
        typed = text.typed
        yield from self._past.within(typed, clause)
        for cue in self._at_age.within(typed, clause):
            age = cue.stop
            if age < len(text) and _is_age(typed[age]) and not self._ages.counts(text, age):
                yield range(cue.start, cue.stop + 1)
        for cue in self._in_year.within(typed, clause):
            year = typed[cue.stop] if cue.stop < clause.stop else ""
            if _YEAR.fullmatch(year) and int(year) <= self._long_past:
                yield range(cue.start, cue.stop + 1)

    def _speaks_of_now(self, typed: Sequence[str]) -> bool:
        everything = range(len(typed))
        settled = {spot for cue in self._settled.within(typed, everything) for spot in cue}
        return any(cue.start not in settled for cue in self._present.within(typed, everything))


def _sentence(text: Text, at: int) -> range:
    return next(sentence for sentence in text.sentences() if at in sentence)


def clauses(text: Text, joins: frozenset[str]) -> list[range]:
    """The clauses of a text: between its marks and its "and" and "but"."""
    if not text.typed:
        return []
    starts = [at for at, word in enumerate(text.typed) if not at or text.breaks[at] not in ("", "/") or word in joins]
    return [range(start, end) for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _is_age(word: str) -> bool:
    return word.isascii() and word.isdecimal() and len(word) < 3
