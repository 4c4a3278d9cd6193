"""Words that cannot wait: they win over search, and they only ever raise."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.advice.model import Alarm, Denial
from bot.advice.negation import Negation, Reading
from bot.advice.text import words

WINDOW = 8  # words within which all groups of a line must occur
TYPO_FROM = 5  # letters from which one slip of the finger is forgiven

Phrase = tuple[str, ...]
Groups = tuple[tuple[Phrase, ...], ...]
Places = dict[str, list[int]]

_GRAVEST_FIRST = ("crisis", "emergency", "urgent", "clinician")


class AlarmSyntaxError(ValueError):
    """A `match` line that cannot be read."""


@dataclass(frozen=True, slots=True)
class _Line:
    alarm: Alarm
    groups: Groups
    begins: tuple[frozenset[str], ...]  # for each group, the first words of its phrases


@lru_cache(maxsize=4096)  # checked by the loader, then used
def compile_line(line: str) -> Groups:
    """Read one `match` line: groups joined by ' + ', alternatives by '|', any ending by a final '*'.

    >>> compile_line("chest + pain*|hurt*")
    ((('chest',),), (('pain*',), ('hurt*',)))

    Raises AlarmSyntaxError.
    """
    return tuple(tuple(_phrase(option) for option in group.split("|")) for group in line.split(" + "))


def _phrase(option: str) -> Phrase:
    phrase: list[str] = []
    for part in option.split():
        stem = words(part.removesuffix("*"))
        if len(stem) != 1 or (part.endswith("*") and len(stem[0]) < 2):
            raise AlarmSyntaxError(f"`{part}` is not one word, or too short before its *")
        phrase.append(stem[0] + ("*" if part.endswith("*") else ""))
    if not phrase:
        raise AlarmSyntaxError("an alternative is empty")
    return tuple(phrase)


def _line(alarm: Alarm, match: str) -> _Line:
    groups = compile_line(match)
    return _Line(alarm, groups, tuple(frozenset(phrase[0] for phrase in group) for group in groups))


class Alarms:
    """Recognises the reviewed list of emergency and crisis words in free text.

    With a language's words for no and for long ago, what a text plainly denies or tells of long ago raises nothing.
    """

    def __init__(self, alarms: Iterable[Alarm], denial: Denial | None = None, real: Iterable[str] = ()) -> None:
        """`real` are words that only look like a slip of one of the list's: "child's", "fewer"."""
        self._real = {word for text in real for word in words(text)}
        self._negation = Negation(denial) if denial else None
        self._lines = [_line(alarm, line) for alarm in alarms for line in alarm.match]
        self._patterns = {part for line in self._lines for group in line.groups for phrase in group for part in phrase}
        self._by_letter: dict[str, list[str]] = {}
        for pattern in sorted(self._patterns):
            if len(pattern.removesuffix("*")) >= TYPO_FROM:
                self._by_letter.setdefault(pattern[0], []).append(pattern)

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
        begun = frozenset(places)
        heard = [
            line
            for line in self._lines
            if not any(map(begun.isdisjoint, line.begins)) and _close_together(line.groups, places)
        ]
        if heard and self._negation:
            reading = self._negation.read(text)
            heard = [line for line in heard if _stands(line, places, reading)]
        hits = {line.alarm.id: line.alarm for line in heard}
        return tuple(sorted(hits.values(), key=lambda alarm: _GRAVEST_FIRST.index(alarm.kind)))

    def _said(self, word: str) -> set[str]:
        """The patterns of the list that one typed word stands for; one slip of the finger is forgiven."""
        exact = {word} | {word[:end] + "*" for end in range(2, len(word) + 1)}
        found = exact & self._patterns
        if len(word) >= TYPO_FROM and word not in self._real:
            found |= {pattern for pattern in self._by_letter.get(word[0], ()) if _nearly(word, pattern)}
        return found


def _nearly(word: str, pattern: str) -> bool:
    stem = pattern.removesuffix("*")
    begun = word[: len(stem)] if stem is not pattern and len(word) > len(stem) + 1 else word
    return OSA.distance(begun, stem, score_cutoff=1) <= 1


def _close_together(groups: Groups, places: Places) -> bool:
    spots: list[set[int]] = []
    for group in groups:
        found = {spot[0] for spot in _spots(group, places)}
        if not found:
            return False
        spots.append(found)
    return _within_window(spots)


def _stands(line: _Line, places: Places, reading: Reading) -> bool:
    """Whether a line that was heard is still there without what is denied, and not all of it long past."""
    spots = [list(_spots(group, places)) for group in line.groups]
    if line.alarm.kind == "crisis":
        return _within_window([{spot[0] for spot in found if not reading.plain.issuperset(spot)} for found in spots])
    own = frozenset(at for found in spots for spot in found for at in spot)
    said = [{spot[0] for spot in found if not reading.denies(spot, own)} for found in spots]
    if not reading.past:
        return _within_window(said)
    fresh = [{spot[0] for spot in found if not reading.past.issuperset(spot)} for found in spots]
    return any(
        _within_window([others if other != at else others & fresh[at] for other, others in enumerate(said)])
        for at in range(len(said))
    )


def _within_window(spots: list[set[int]]) -> bool:
    return any(
        all(any(first <= at < first + WINDOW for at in others) for others in spots) for first in set().union(*spots)
    )


def _spots(group: tuple[Phrase, ...], places: Places) -> Iterator[range]:
    """Where a phrase of the group stands."""
    for phrase in group:
        first, *rest = phrase
        for at in places.get(first, ()):
            if all(at + offset in places.get(part, ()) for offset, part in enumerate(rest, start=1)):
                yield range(at, at + len(phrase))
