"""Words that cannot wait: they win over search, and they only ever raise."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, pairwise

from rapidfuzz.distance import OSA

from bot.advice.freetext.negation import Negation, Reading
from bot.advice.freetext.text import words
from bot.advice.model import Alarm, Denial

WINDOW = 10  # words within which two groups of a line must occur
WIDER = 6  # further words for each further group
GAP = "~"  # stands for up to SKIPPED other words inside a phrase
SKIPPED = 2
TYPO_FROM = 5  # letters from which one slip of the finger is forgiven
REMEMBERED = 2048  # typed words whose patterns are kept

Phrase = tuple[str, ...]
Groups = tuple[tuple[Phrase, ...], ...]
Places = dict[str, list[int]]
Spot = tuple[int, ...]  # where the words of a phrase stand in a text

_GRAVEST_FIRST = ("crisis", "emergency", "urgent", "clinician")


class AlarmSyntaxError(ValueError):
    """A `match` line that cannot be read."""


@dataclass(slots=True, eq=False)
class _Group:
    """One group of one or several lines: its phrases, by their first word."""

    by_first: dict[str, list[Phrase]] = field(default_factory=dict)
    leads: list["_Line"] = field(default_factory=list)  # the lines it stands first in

    def spots(self, places: Places) -> list[Spot]:
        """Where a phrase of the group stands."""
        begun = self.by_first.keys() & places.keys()
        return [spot for first in begun for phrase in self.by_first[first] for spot in _standing(phrase, places)]


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    number: int
    alarm: Alarm
    groups: tuple[_Group, ...]


@lru_cache(maxsize=4096)  # checked by the loader, then used
def compile_line(line: str) -> Groups:
    """Read one `match` line: groups joined by ' + ', alternatives by '|', any ending by a final '*', a gap by '~'.

    >>> compile_line("chest + pain*|hurt*")
    ((('chest',),), (('pain*',), ('hurt*',)))

    Raises AlarmSyntaxError.
    """
    return tuple(_group(group) for group in line.split(" + "))


@lru_cache(maxsize=4096)  # many lines share a class of words
def _group(group: str) -> tuple[Phrase, ...]:
    return tuple(dict.fromkeys(_phrase(option) for option in group.split("|")))


def _phrase(option: str) -> Phrase:
    phrase: list[str] = []
    for part in option.split():
        if part == GAP and phrase and phrase[-1] != GAP:
            phrase.append(GAP)
            continue
        if part.startswith("<") and part.endswith(">"):
            raise AlarmSyntaxError(f"`{part}` is not defined under `words`")
        stem = words(part.removesuffix("*"))
        if len(stem) != 1 or (part.endswith("*") and len(stem[0]) < 2):
            raise AlarmSyntaxError(f"`{part}` is not one word, or too short before its *")
        phrase.append(stem[0] + ("*" if part.endswith("*") else ""))
    if not phrase or phrase[-1] == GAP:
        raise AlarmSyntaxError("an alternative is empty, or ends in a gap")
    return tuple(phrase)


class Alarms:
    """Recognises the reviewed list of emergency and crisis words in free text.

    With a language's words for no and for long ago, what a text plainly denies or tells of long ago raises nothing.
    """

    def __init__(self, alarms: Iterable[Alarm], denial: Denial | None = None, real: Iterable[str] = ()) -> None:
        """`real` are words that only look like a slip of one of the list's: "child's", "fewer"."""
        self._real = _all(real)
        self._negation = Negation(denial) if denial else None
        if denial:  # "while" is no slip of "white"
            self._real |= _all((*denial.ends, *denial.halts, *denial.present))
        groups: dict[tuple[Phrase, ...], _Group] = {}
        self._begun_by: dict[str, list[_Group]] = {}
        for number, (alarm, match) in enumerate((one, line) for one in alarms for line in one.match):
            own = tuple(groups.setdefault(phrases, _Group()) for phrases in compile_line(match))
            own[0].leads.append(_Line(number, alarm, own))
        for phrases, group in groups.items():
            for phrase in phrases:
                group.by_first.setdefault(phrase[0], []).append(phrase)
            for first in group.by_first:
                self._begun_by.setdefault(first, []).append(group)
        self._patterns = set(chain.from_iterable(chain.from_iterable(groups))) - {GAP}
        self._by_letter: dict[str, list[str]] = {}
        for pattern in sorted(self._patterns):
            if len(pattern.removesuffix("*")) >= TYPO_FROM:
                self._by_letter.setdefault(pattern[0], []).append(pattern)
        self._said = lru_cache(maxsize=REMEMBERED)(self._stands_for)

    def raised_by(self, text: str) -> tuple[Alarm, ...]:
        """The alarms a text raises, gravest first and then in the order of the file; empty for most texts."""
        places: Places = {}
        typed = words(text)
        said = {word: self._said(word) for word in set(typed)}
        for at, word in enumerate(typed):
            for pattern in said[word]:
                places.setdefault(pattern, []).append(at)
        if not places:
            return ()
        heard = sorted(self._heard(places), key=lambda found: found[0].number)
        if heard and self._negation:
            reading = self._negation.read(text)
            heard = [(line, found) for line, found in heard if _stands(line.alarm, found, reading)]
        hits = {line.alarm.id: line.alarm for line, _ in heard}
        return tuple(sorted(hits.values(), key=lambda alarm: _GRAVEST_FIRST.index(alarm.kind)))

    def _heard(self, places: Places) -> Iterator[tuple[_Line, list[list[Spot]]]]:
        """The lines whose groups all occur close together, each with the spots of its groups."""
        begun = {group for first in places for group in self._begun_by.get(first, ())}
        spots: dict[_Group, list[Spot]] = {}  # found once, because lines share them
        for leader in begun:
            for line in leader.leads:
                if not begun.issuperset(line.groups):
                    continue
                for group in line.groups:
                    if group not in spots:
                        spots[group] = group.spots(places)
                found = [spots[group] for group in line.groups]
                if all(found) and _within_window([_ends(there) for there in found]):
                    yield line, found

    def _stands_for(self, word: str) -> frozenset[str]:
        """The patterns of the list that one typed word stands for; one slip of the finger is forgiven."""
        exact = {word} | {word[:end] + "*" for end in range(2, len(word) + 1)}
        found = exact & self._patterns
        if len(word) >= TYPO_FROM and word not in self._real:
            nearly = {pattern for pattern in self._by_letter.get(word[0], ()) if _nearly(word, pattern)}
            # a word of the list is no slip of another one: "couch" is not "cough", but "ankles" may be one ankle
            found |= {slip for slip in nearly if word not in self._patterns or _same_stem(word, slip)}
        return frozenset(found)


def _all(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in words(text)}


def _same_stem(word: str, pattern: str) -> bool:
    stem = pattern.removesuffix("*")
    return word.startswith(stem) or stem.startswith(word)


def _nearly(word: str, pattern: str) -> bool:
    stem = pattern.removesuffix("*")
    begun = word[: len(stem)] if stem is not pattern and len(word) > len(stem) + 1 else word
    return OSA.distance(begun, stem, score_cutoff=1) <= 1


def _stands(alarm: Alarm, spots: list[list[Spot]], reading: Reading) -> bool:
    """Whether a line that was heard is still there without what is denied, and not all of it long past."""
    if alarm.kind == "crisis":
        return _within_window([_ends(spot for spot in found if not reading.plain.issuperset(spot)) for found in spots])
    own = frozenset(at for found in spots for spot in found for at in spot)
    said = [_ends(spot for spot in found if not reading.denies(spot, own)) for found in spots]
    if not reading.past:
        return _within_window(said)
    fresh = [_ends(spot for spot in found if not reading.past.issuperset(spot)) for found in spots]
    return any(
        _within_window([others if other != at else others & fresh[at] for other, others in enumerate(said)])
        for at in range(len(said))
    )


def _ends(spots: Iterable[Spot]) -> set[int]:
    return {at for spot in spots for at in (spot[0], spot[-1])}


def _within_window(spots: list[set[int]]) -> bool:
    window = WINDOW + WIDER * max(0, len(spots) - 2)
    return any(
        all(any(first <= at < first + window for at in others) for others in spots) for first in set().union(*spots)
    )


def _standing(phrase: Phrase, places: Places) -> Iterator[Spot]:
    """Where the words of a phrase come one after the other, with no more between them than its gaps allow."""
    spots: list[Spot] = [(at,) for at in places.get(phrase[0], ())]
    for before, part in pairwise(phrase):
        if not spots:
            break
        if part != GAP:
            reach = 1 + (SKIPPED if before == GAP else 0)
            there = places.get(part, ())
            spots = [(*spot, at) for spot in spots for at in there if 0 < at - spot[-1] <= reach]
    return iter(spots)
