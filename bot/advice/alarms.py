"""Words that cannot wait: they win over search, and they only ever raise."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.advice.model import Alarm
from bot.advice.text import words

WINDOW = 8  # words within which all groups of a line must occur
TYPO_FROM = 5  # letters from which one slip of the finger is forgiven

Phrase = tuple[str, ...]
Groups = tuple[tuple[Phrase, ...], ...]

_GRAVEST_FIRST = ("crisis", "emergency", "urgent")


class AlarmSyntaxError(ValueError):
    """A `match` line that cannot be read."""


@dataclass(frozen=True, slots=True)
class _Line:
    alarm: Alarm
    groups: Groups


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


class Alarms:
    """Recognises the reviewed list of emergency and crisis words in free text."""

    def __init__(self, alarms: Iterable[Alarm]) -> None:
        self._lines = [_Line(alarm, compile_line(line)) for alarm in alarms for line in alarm.match]
        self._patterns = {part for line in self._lines for group in line.groups for phrase in group for part in phrase}
        self._by_letter: dict[str, list[str]] = {}
        for pattern in sorted(self._patterns):
            if len(pattern.removesuffix("*")) >= TYPO_FROM:
                self._by_letter.setdefault(pattern[0], []).append(pattern)

    def raised_by(self, text: str) -> tuple[Alarm, ...]:
        """The alarms a text raises, gravest first and then in the order of the file; empty for most texts."""
        places: dict[str, list[int]] = {}
        typed = words(text)
        said = {word: self._said(word) for word in set(typed)}
        for at, word in enumerate(typed):
            for pattern in said[word]:
                places.setdefault(pattern, []).append(at)
        if not places:
            return ()
        hits = {line.alarm.id: line.alarm for line in self._lines if _close_together(line.groups, places)}
        return tuple(sorted(hits.values(), key=lambda alarm: _GRAVEST_FIRST.index(alarm.kind)))

    def _said(self, word: str) -> set[str]:
        """The patterns of the list that one typed word stands for; one slip of the finger is forgiven."""
        exact = {word} | {word[:end] + "*" for end in range(2, len(word) + 1)}
        found = exact & self._patterns
        if len(word) >= TYPO_FROM:
            found |= {pattern for pattern in self._by_letter.get(word[0], ()) if _nearly(word, pattern)}
        return found


def _nearly(word: str, pattern: str) -> bool:
    stem = pattern.removesuffix("*")
    begun = word[: len(stem)] if stem is not pattern and len(word) > len(stem) + 1 else word
    return OSA.distance(begun, stem, score_cutoff=1) <= 1


def _close_together(groups: Groups, places: dict[str, list[int]]) -> bool:
    spots = []
    for group in groups:
        found = {at for phrase in group if phrase[0] in places for at in _starts(phrase, places)}
        if not found:
            return False
        spots.append(found)
    return any(
        all(any(first <= at < first + WINDOW for at in others) for others in spots) for first in set().union(*spots)
    )


def _starts(phrase: Phrase, places: dict[str, list[int]]) -> Iterable[int]:
    first, *rest = phrase
    for at in places.get(first, ()):
        if all(at + offset in places.get(part, ()) for offset, part in enumerate(rest, start=1)):
            yield at
