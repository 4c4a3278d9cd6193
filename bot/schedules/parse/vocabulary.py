"""The vocabulary of typed dates and times, and the parser of a time on the wall."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Final, NamedTuple

from bot.errors import UserError

Spellings = Mapping[str, str | Callable[[re.Match[str]], str]]  # patterns, each with what takes its place

MAX_TIME_LENGTH: Final = 120  # letters; nobody needs more to say when

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

_HOURS_IN_WORDS = {word: hour for hour, word in enumerate((*_NUMBERS, "eleven", "twelve"), start=1)}
_HOUR = rf"\d{{1,2}}|{'|'.join(_HOURS_IN_WORDS)}"
_MINUTES_IN_WORDS = {"half": 30, "quarter": 15, "five": 5, "ten": 10, "twenty": 20, "twenty-five": 25}


def _clock_in_words(match: re.Match[str]) -> str:
    """ "half past 7" as 7:30."""
    hour = _HOURS_IN_WORDS.get(match["hour"]) or int(match["hour"])
    minute = _MINUTES_IN_WORDS.get(match["minute"]) or int(match["minute"])
    return f"{hour}:{minute:02}" if match["way"] == "past" else f"{(hour - 1) % 24 or 12}:45"


_SPELLINGS: Final[Spellings] = {
    r"\b([ap])\.m\b\.?": r"\1m",
    r"[–—−]": "-",
    "’": "'",
    "@": " at ",
    r"\b(?:in|during) the (?=morning|afternoon|evening|night)": "",
    r"\bat (?=night)": "",
    r"\b12(?:[:.]00)? (?=noon|midday|midnight)": "",
    rf"\b(?:a )?(?P<minute>half|quarter|twenty-five|twenty|ten|five|\d\d?) (?:minutes )?(?P<way>past) (?P<hour>{_HOUR})"
    r"(?=\b|[ap]m\b)(?![:.\d])": _clock_in_words,
    rf"\b(?:a )?(?P<minute>quarter) (?P<way>to|before) (?P<hour>{_HOUR})"
    r"(?=\b|[ap]m\b)(?![:.\d])": _clock_in_words,
    rf"\bat ({'|'.join(_HOURS_IN_WORDS)})\b": lambda match: f"at {_HOURS_IN_WORDS[match[1]]}",
    r"(?<=\d[:.]\d\d):00(?!\d)": "",
    r"(?<=\d)t(?=\d\d)": " ",
}


def plain(text: str) -> str:
    """One spelling for what people type alike: small letters, single spaces, the same dashes."""
    return respelled(folded(text), _SPELLINGS).rstrip(".!?, ")


def folded(text: str) -> str:
    """Small letters, one code for letters that look alike."""
    return unicodedata.normalize("NFKC", text).casefold()


def respelled(text: str, spellings: Spellings) -> str:
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


def weekdays_meant(word: str) -> list[int]:
    """The days of the week whose names a word begins, Monday 0: "wed", "weds", "Mondays", "th"; two for "t".

    >>> weekdays_meant("weds"), weekdays_meant("t"), weekdays_meant("wendesday")
    ([2], [1, 3], [])
    """
    stem = word.removesuffix("'s")
    stem = stem.removesuffix("s") if len(stem) > len("wed") else stem
    return [day for day, name in enumerate(WEEKDAY_NAMES) if stem and name.startswith(stem)]


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


class TimeMissing(UserError, message="error-time-missing"):
    """Days, but no time."""


class TimeUnreadable(UserError, message="error-time-unreadable"):
    """No time we know how to read, or one no clock shows."""


class TimeSpan(TimeUnreadable, message="error-time-span"):
    """From one time to another: a reminder comes at one."""


class TimeAmbiguous(UserError, message="error-time-ambiguous"):
    """Midnight in words, 12 am or 24:00: the beginning of a day to some, its end to others. 00:00 is not."""


class SeveralTimes(UserError, message="error-time-several"):
    """A reminder has one time."""


#: A time among other words: 7:30, 7.30pm, 7h30, 0730, 6 pm, 18h, 9, noon. A lone number is an hour.
CLOCK: Final = re.compile(
    r"(?<![^\s,])(?:at )?(?:"
    r"(?P<hour>\d{1,2})[:.h]?(?P<minute>\d\d) ?(?:(?P<half>[ap]m)|h|hrs?)?"
    r"|(?P<h>\d{1,2})(?: ?(?P<m>[ap]m)| ?o'?clock|h)?"
    r"|(?P<word>noon|midday|midnight)"
    r")(?![^\s,])"
)
_NOON = (12, 0, "pm")
_IN_WORDS = {"noon": _NOON, "midday": _NOON, "midnight": (24, 0, None)}

#: How people type the parts of a day: "monday evenings at 8", "7 in the morning".
TYPED_PARTS: Final = {f"{part}{plural}": part for part in DAY_PARTS for plural in ("", "s")} | {"nightly": "night"}


def time_from(text: str) -> time:
    """The time somebody means, to the minute: "7:30", "7.30am", "6 pm", "0730", "noon", "9", "7 in the morning".

    Without am, pm or a part of the day the clock has 24 hours. Raises TimeMissing for nothing at all, TimeUnreadable,
    TimeAmbiguous or SeveralTimes.

    >>> time_from("6.30 p.m.").isoformat("minutes")
    '18:30'
    """
    if len(text) > MAX_TIME_LENGTH:
        raise TimeUnreadable
    phrase = plain(text)
    if not phrase:
        raise TimeMissing
    clocks = list(CLOCK.finditer(phrase))
    if len(clocks) > 1:
        raise SeveralTimes
    parts = CLOCK.sub("", phrase).split()
    if not clocks or len(parts) > 1 or not TYPED_PARTS.keys() >= set(parts):
        raise TimeUnreadable
    return clock_time(clocks[0], TYPED_PARTS[parts[0]] if parts else None)


def clock_time(clock: re.Match[str], part: str | None = None) -> time:
    """The time a match of CLOCK says, in a part of the day if there is one. Raises TimeUnreadable and TimeAmbiguous."""
    hour, minute, half = _IN_WORDS.get(clock["word"]) or numbers_of(clock)
    midnight_or_noon = hour == 12 and half is None and part in {"morning", "night"}
    if midnight_or_noon or (hour, minute, half) in {(12, 0, "am"), (24, 0, None)}:
        raise TimeAmbiguous
    shown = on_the_clock(hour, minute, half)
    if shown is None:
        raise TimeUnreadable
    if part is None:
        return shown
    could_be = {hour % 12, hour % 12 + 12} if half is None and 1 <= hour <= 12 else {shown.hour}
    meant = could_be.intersection(DAY_PARTS[part].hours)
    if not meant:
        raise TimeUnreadable
    return shown.replace(hour=meant.pop())


def numbers_of(clock: re.Match[str]) -> tuple[int, int, str | None]:
    """Hour, minute, and am or pm, of a match with these groups."""
    return int(clock["hour"] or clock["h"]), int(clock["minute"] or 0), clock["half"] or clock["m"]


def on_the_clock(hour: int, minute: int, half: str | None) -> time | None:
    """The time these numbers say, or None where no clock shows it."""
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0) if 1 <= hour <= 12 else 24
    return time(hour, minute) if hour < 24 and minute < 60 else None
