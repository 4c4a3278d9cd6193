"""From what somebody types to the days of a rhythm."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from bot.errors import UserError
from bot.schedules.parse.clock_time import LONGEST, PARTS, plain
from bot.schedules.schedule import ALL_WEEK, DAILY, MOST_DAYS, WEEKDAYS, WEEKENDS, EveryDays, Rhythm, Weekdays


class DaysUnreadable(UserError):
    """No days we know how to read, or none that a schedule can have."""

    message = "error-days-unreadable"


class DaysAmbiguous(UserError):
    """More than one thing could be meant: "t", "biweekly", "every second monday"."""

    message = "error-days-ambiguous"


class DaysMissing(UserError):
    """So many times or weeks, but not on which days of the week."""

    message = "error-days-missing"


class DaysTooFar(UserError):
    """Further apart than MOST_DAYS; `most` says how many that is."""

    message = "error-days-too-far"

    def __init__(self) -> None:
        super().__init__(most=MOST_DAYS)


_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_GROUPS = {
    **dict.fromkeys(("weekday", "weekdays", "workday", "workdays"), WEEKDAYS.days),
    **dict.fromkeys(("weekend", "weekends"), WEEKENDS.days),
}
_EACH = {"daily", "day", "days"}  # does not say which: "every day mon-fri" is mon-fri
_FILLERS = {"on", "at", "the", "and", "only", "please"}
_BUT = {"but", "except", "excluding", "without", "not"}

_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDINALS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_COUNTS = {"other": 2} | {word: count for words in (_NUMBERS, _ORDINALS) for count, word in enumerate(words, start=2)}
_COUNT = rf"\d{{1,6}}(?:st|nd|rd|th)?|{'|'.join(_COUNTS)}"
_PART = "|".join(PARTS)

_PHRASES = {
    r"(?<=[a-z])\.": " ",
    r"(?<=[a-z])-(?=[a-z])": " - ",
    r"\b(?:each|all)\b": "every",
    r"\bevery single\b": "every",
    r"\beveryday\b": "every day",
    r"\b(?:7|seven) days (?:a|per) week\b": "daily",
    r"\b(?:week|work|working|business) (?=days?\b)": "week",
    r"\b(?:but not|except for|except on|apart from|other than)\b": "except",
    r"\balternat(?:e|ing)\b": "every other",
    r"\b(?:every )+(?=every\b)": "",
    r"\bfortnightly\b": "every other week",
    r"\bevery fortnight\b": "every other week",
    r"\bbi - weekly\b": "biweekly",
    r"\bweekly\b": "every week",
    r"\b(?:once (?:a|per|every)|every (?:1|one)) (?=(?:week|day)s?\b)": "every ",
    r"(?<=\d)(?=(?:week|day)s?\b)": " ",
    rf"\bevery (?=(?:{_PART})\b)": "every day ",
    rf"\b(every (?:{_COUNT})) (?=(?:{_PART})\b)": r"\1 days ",
}
_WEEKLY = re.compile(r"\bevery weeks?\b")
_OFTEN = re.compile(r"\b(?:twice|thrice|\w+ (?:times|days)) (?:a|per|every) week\b")
_RANGE = re.compile(r"\b([a-z]+) (?:-|to|thru|through|till|until) ([a-z]+)\b")
_BREAKS = re.compile(r"[\s,;&+/]+")

_COUNTED = re.compile(
    rf"\bevery (?P<count>{_COUNT}) (?:(?P<day>days?)|(?P<week>weeks?)|(?P<name>(?:mo|tu|we|th|fr|sa|su)[a-z]*))\b"
)


def days_from(text: str, today: date) -> Rhythm:
    """The days somebody means: "daily", "weekdays", "mon, wed and fri", "tue-thu", "every day except sunday",
    "every 2 days", "every other monday". Nothing at all is every day.

    Every so many days count from `today`, every so many weeks from the next day of that name, which may be `today`.
    Raises DaysUnreadable, DaysAmbiguous, DaysMissing or DaysTooFar.

    >>> sorted(days_from("tues, thurs and weekends", date(2026, 11, 20)).days)
    [1, 3, 5, 6]
    """
    if len(text) > LONGEST:
        raise DaysUnreadable
    said = spelled(text)
    if "biweekly" in said:
        raise DaysAmbiguous
    if _OFTEN.search(said):
        raise DaysMissing
    if counted := _COUNTED.search(said):
        return _counted(counted, _words(_COUNTED.sub(" ", said, count=1)), today)
    weekly = _WEEKLY.search(said)
    words = _words(_WEEKLY.sub(" ", said))
    if weekly and not words:
        raise DaysMissing
    return _weekdays(words) if words else DAILY


def counts(said: str) -> Iterator[re.Match[str]]:
    """Where `spelled` text has numbers that are no time: "every 2 days", "3 times a week"."""
    return chain(_COUNTED.finditer(said), _OFTEN.finditer(said))


def spelled(text: str) -> str:
    """`plain`, with one wording for what can be said in several."""
    said = plain(text)
    for pattern, meant in _PHRASES.items():
        said = re.sub(pattern, meant, said)
    return " ".join(said.split())


def _words(said: str) -> list[str]:
    """What is left to understand, ranges of weekdays written out."""
    return [word for word in _BREAKS.split(_RANGE.sub(_written_out, said)) if word and word not in _FILLERS]


def _written_out(found: re.Match[str]) -> str:
    try:
        first, last = _weekday(found[1]), _weekday(found[2])
    except DaysUnreadable:
        return found[0]
    if first == last:
        raise DaysAmbiguous
    return " ".join(_NAMES[(first + days) % 7] for days in range((last - first) % 7 + 1))


def _counted(said: re.Match[str], rest: Sequence[str], today: date) -> Rhythm:
    number = re.match(r"\d+", said["count"])
    ordinal = said["count"] in _ORDINALS or (number is not None and number[0] != said["count"])
    count = int(number[0]) if number else _COUNTS[said["count"]]
    if said["day"]:
        if not _EACH.issuperset(rest):
            raise DaysUnreadable
        return _every(count, today)
    if said["name"] and ordinal:
        raise DaysAmbiguous  # of the month, or all of them?
    if said["week"] and not rest:
        raise DaysMissing
    named = _weekdays([said["name"]] if said["name"] else rest)
    if len(named.days) != 1 or (said["name"] and rest):
        raise DaysUnreadable
    return _every(7 * count, named.on_or_after(today)) if count != 1 else named


def _every(count: int, first: date) -> Rhythm:
    if count > MOST_DAYS:
        raise DaysTooFar
    if count < 1:
        raise DaysUnreadable
    return EveryDays(count, first) if count > 1 else DAILY


def _weekdays(words: Sequence[str]) -> Weekdays:
    """A set of weekdays in words, perhaps with another set to leave out."""
    cut = next((place for place, word in enumerate(words) if word in _BUT), len(words))
    kept, left_out = _union(words[:cut]), words[cut + 1 :]
    if cut < len(words):
        kept -= _union(left_out)
    if not kept:
        raise DaysUnreadable
    return Weekdays(kept)


def _union(words: Sequence[str]) -> frozenset[int]:
    """All the weekdays named; every day of the week when only "day" is."""
    meant = [word for word in words if word != "every"]
    if not meant:
        raise DaysUnreadable
    named = [_GROUPS.get(word) or frozenset({_weekday(word)}) for word in meant if word not in _EACH]
    return frozenset().union(*named) if named else ALL_WEEK


def _weekday(word: str) -> int:
    """The day a word begins the name of: "wed", "weds", "Mondays", "th"."""
    stem = word.removesuffix("'s")
    stem = stem.removesuffix("s") if len(stem) > 3 else stem
    meant = [day for day, name in enumerate(_NAMES) if name.startswith(stem)]
    if not stem or not meant:
        raise DaysUnreadable
    if len(meant) > 1:
        raise DaysAmbiguous
    return meant[0]
