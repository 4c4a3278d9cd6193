"""The words people type for dates and times, once for every reader of typed time."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Final, NamedTuple

LONGEST: Final = 120  # letters; nobody needs more to say when

WEEKDAY_NAMES: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH_NAMES: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
COUNTS: Final = {"a": 1, "an": 1} | {word: count for count, word in enumerate(_NUMBERS, start=1)}
ORDINALS: Final = {word: count for count, word in enumerate(_ORDINALS, start=1)}

# Patterns: the end of 2nd, and units.
TH: Final = "(?:st|nd|rd|th)"
MINUTES, HOURS, DAYS, WEEKS = "(?:m|mins?|minutes?)", "(?:h|hrs?|hours?)", "(?:d|days?)", "(?:w|wks?|weeks?)"


class DayPart(NamedTuple):
    """A part of a day."""

    hours: range  # that a clock can show in it: 8 in the evening is 20:00
    begins: time
    typical: time  # what it stands for where nobody says a time


DAY_PARTS: Final = {
    "morning": DayPart(range(12), time(4), time(8)),
    "afternoon": DayPart(range(12, 19), time(12), time(15)),
    "evening": DayPart(range(16, 24), time(17), time(19)),
    "night": DayPart(range(18, 24), time(20), time(22)),  # a 2 at night belongs to a date that people do not agree on
}

_SPELLINGS = {
    r"\b([ap])\.m\b\.?": r"\1m",
    r"[–—−]": "-",
    "’": "'",
    "@": " at ",
    r"\b(?:in|during) the (?=morning|afternoon|evening|night)": "",
    r"\bat (?=night)": "",
    r"\b12(?:[:.]00)? (?=noon|midday|midnight)": "",
}


def plain(text: str) -> str:
    """One spelling for what people type alike: small letters, single spaces, the same dashes."""
    return respelled(folded(text), _SPELLINGS).rstrip(".!?, ")


def folded(text: str) -> str:
    """Small letters, one code for letters that look alike."""
    return unicodedata.normalize("NFKC", text).casefold()


def respelled(text: str, spellings: Mapping[str, str]) -> str:
    """Each pattern replaced in turn by its one wording; single spaces."""
    for pattern, spelling in spellings.items():
        text = re.sub(pattern, spelling, text)
    return " ".join(text.split())


def words_up_to(most: int) -> str:
    """A pattern for the words of COUNTS that say `most` or less."""
    return "|".join(word for word, count in COUNTS.items() if count <= most)


def count_of(word: str) -> int:
    """The number that digits, or a word of COUNTS, say."""
    return COUNTS.get(word) or int(word)


def place_among(names: Sequence[str], beginning: str) -> int | None:
    """The place of the first name that begins so, with three letters at least; None when there is none."""
    return next((at for at, name in enumerate(names) if len(beginning) >= 3 and name.startswith(beginning)), None)


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
