"""The parser of the days of a schedule."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from bot.errors import UserError
from bot.schedules.parse.unsupported import DaysUnreadable, OneDayEach, refuse_unsupported
from bot.schedules.parse.vocabulary import (
    COUNTS,
    MAX_TIME_LENGTH,
    ORDINALS,
    TH,
    TYPED_PARTS,
    WEEKDAY_NAMES,
    plain,
    respelled,
    weekdays_meant,
)
from bot.schedules.schedule import ALL_WEEK, DAILY, MOST_DAYS, WEEKDAYS, WEEKENDS, EveryDays, Rhythm, Weekdays


class DaysAmbiguous(UserError, message="error-days-ambiguous"):
    """More than one thing could be meant: "t", "biweekly", "every second monday"."""


class DaysMissing(UserError, message="error-days-missing"):
    """So many times or weeks, but not on which days of the week."""


class DaysTooFar(UserError, message="error-days-too-far"):
    """Further apart than MOST_DAYS; `most` says how many that is."""


_GROUPS = {
    **dict.fromkeys(("weekday", "weekdays", "workday", "workdays"), WEEKDAYS.days),
    **dict.fromkeys(("weekend", "weekends"), WEEKENDS.days),
    "mwf": frozenset({0, 2, 4}),
}
_EACH = {"daily", "day", "days"}  # does not say which: "every day mon-fri" is mon-fri
_FILLERS = {"on", "at", "the", "and", "only", "please", "thanks", "remind", "me", "about", "around", "sharp", "exactly"}
_BUT = {"but", "except", "excluding", "without", "not", "no"}

_COUNTS = {"other": 2} | {word: count for word, count in (COUNTS | ORDINALS).items() if count > 1}
_COUNT = rf"\d{{1,6}}{TH}?|{'|'.join(_COUNTS)}"
_PART = "|".join(TYPED_PARTS)

_SPELLINGS = {
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
    r"(?<=\d) ?(?:w|wks?)\b": " weeks",
    r"(?<=\d) ?d\b": " days",
    r"(?<=\d)(?=(?:week|day)s?\b)": " ",
    r"[()]": " , ",
    r"\b(?:until|till) further notice\b": "",
    r"\bfrom (?=[a-z]+ (?:-|to|thru|through|till|until) )": "",
    rf"\bevery (?=(?:{_PART})\b)": "every day ",
    rf"\b(every (?:{_COUNT})) (?=(?:{_PART})\b)": r"\1 days ",
}
_WEEKLY = re.compile(r"\bevery weeks?\b")
_OFTEN = re.compile(r"\b(?:twice|thrice|\w+ (?:times|days?)) (?:a|per|every) week\b")
_RANGE = re.compile(r"\b([a-z]+) (?:-|to|thru|through|till|until) ([a-z]+)\b")
_BREAKS = re.compile(r"[\s,;&+/]+")

COUNTED = re.compile(
    rf"\bevery (?P<count>{_COUNT}) "
    r"(?:(?P<day>days?)|(?P<week>weeks?)|(?P<name>(?:mo(?!nth)|tu|we|th|fr|sa|su)[a-z]*))\b"
)
COUNTINGS: Final = (
    COUNTED,
    _OFTEN,
)  # where `spelled` text has numbers that are no time: "every 2 days", "2 days a week"


def days_from(text: str, today: date) -> Rhythm:
    """The days somebody means: "daily", "weekdays", "mon, wed and fri", "tue-thu", "every day except sunday",
    "every 2 days", "every other monday". Nothing at all is every day.

    Every so many days count from `today`, every so many weeks from the next day of that name, which may be `today`.
    Raises DaysUnreadable, DaysAmbiguous, DaysMissing or DaysTooFar.

    >>> sorted(days_from("tues, thurs and weekends", date(2026, 11, 20)).days)
    [1, 3, 5, 6]
    """
    if len(text) > MAX_TIME_LENGTH:
        raise DaysUnreadable
    phrase = spelled(text)
    refuse_unsupported(phrase, uncountable(phrase))
    if "biweekly" in phrase:
        raise DaysAmbiguous
    if _OFTEN.search(phrase):
        raise DaysMissing
    if counted := COUNTED.search(phrase):
        return _counted(counted, _words(COUNTED.sub(" ", phrase, count=1)), today)
    words = _words(_WEEKLY.sub(" ", phrase))
    if not words and _WEEKLY.search(phrase):
        raise DaysMissing
    return _weekdays(words) if words else DAILY


def spelled(text: str) -> str:
    """`plain`, with one wording for what can be said in several."""
    return respelled(plain(text), _SPELLINGS)


def _words(phrase: str) -> list[str]:
    """What is left to understand, ranges of weekdays written out."""
    return [word for word in _BREAKS.split(_RANGE.sub(_written_out, phrase)) if word and word not in _FILLERS]


def _written_out(span: re.Match[str]) -> str:
    try:
        first, last = _weekday(span[1]), _weekday(span[2])
    except DaysUnreadable:
        return span[0]
    if first == last:
        raise DaysAmbiguous
    return " ".join(WEEKDAY_NAMES[(first + days) % 7] for days in range((last - first) % 7 + 1))


def _counted(counted: re.Match[str], rest: Sequence[str], today: date) -> Rhythm:
    digits = re.match(r"\d+", counted["count"])
    ordinal = counted["count"] in ORDINALS or (digits is not None and digits[0] != counted["count"])
    count = int(digits[0]) if digits else _COUNTS[counted["count"]]
    if counted["day"]:
        if not _EACH.issuperset(rest):
            raise DaysUnreadable
        return _every(count, today)
    if counted["name"] and ordinal:
        raise DaysAmbiguous  # of the month, or all of them?
    if counted["week"] and not rest:
        raise DaysMissing
    named = _weekdays([counted["name"]] if counted["name"] else rest)
    if len(named.days) != 1 and count != 1:
        raise OneDayEach
    if counted["name"] and rest:
        raise DaysUnreadable
    return _every(7 * count, named.on_or_after(today)) if count != 1 else named


def _every(count: int, first: date) -> Rhythm:
    if count > MOST_DAYS:
        raise DaysTooFar(most=MOST_DAYS)
    if count < 1:
        raise DaysUnreadable
    return EveryDays(count, first) if count > 1 else DAILY


def _weekdays(words: Sequence[str]) -> Weekdays:
    """A set of weekdays in words, perhaps with another set to leave out."""
    cut = next((place for place, word in enumerate(words) if word in _BUT), len(words))
    days = _union(words[:cut]) if cut or len(words) == 1 else ALL_WEEK  # "not on sundays"
    if cut < len(words):
        days -= _union(words[cut + 1 :])
    if not days:
        raise DaysUnreadable
    return Weekdays(days)


def _union(words: Sequence[str]) -> frozenset[int]:
    """All the weekdays named; every day of the week when only "day" is."""
    meant = [word for word in words if word != "every"]
    if not meant:
        raise DaysUnreadable
    named = [_GROUPS.get(word) or frozenset({_weekday(word)}) for word in meant if word not in _EACH]
    return frozenset().union(*named) if named else ALL_WEEK


def _weekday(word: str) -> int:
    """The one day a word begins the name of."""
    meant = weekdays_meant(word)
    if not meant:
        raise DaysUnreadable
    if len(meant) > 1:
        raise DaysAmbiguous
    return meant[0]


def uncountable(phrase: str) -> str:
    """Without what says how many days, and with ranges of weekdays written out."""
    for counting in COUNTINGS:
        phrase = counting.sub(" ", phrase)
    try:
        return _RANGE.sub(_written_out, phrase)
    except DaysAmbiguous:
        return phrase
