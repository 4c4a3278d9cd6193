"""From what somebody types to a time on the wall."""

import re
import unicodedata
from datetime import time
from typing import Final

from bot.errors import UserError

LONGEST: Final = 120  # letters; nobody needs more to say when


class TimeMissing(UserError):
    """Days, but no time."""

    message = "error-time-missing"


class TimeUnreadable(UserError):
    """No time we know how to read, or one no clock shows."""

    message = "error-time-unreadable"


class TimeAmbiguous(UserError):
    """Midnight in words, 12 am or 24:00: the beginning of a day to some, its end to others. 00:00 is not."""

    message = "error-time-ambiguous"


class SeveralTimes(UserError):
    """A reminder has one time."""

    message = "error-time-several"


#: A time among other words: 7:30, 7.30pm, 7h30, 6 pm, 18h, 0730, 9, noon. A lone number is an hour.
CLOCK: Final = re.compile(
    r"(?<![^\s,])(?:at )?(?:"
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d\d) ?(?:(?P<half>[ap]m)|h|hrs?)?"
    r"|(?P<h>\d{1,2})(?: ?(?P<m>[ap]m)| ?o'?clock|h)?"
    r"|(?P<digits>\d{3,4}) ?(?:(?P<d>[ap]m)|h|hrs?)?"
    r"|(?P<word>noon|midday|midnight)"
    r")(?![^\s,])"
)

#: Parts of a day, in the words that say them: "monday evening at 8", "7 in the morning".
PARTS: Final = {
    f"{part}{plural}": part for part in ("morning", "afternoon", "evening", "night") for plural in ("", "s")
} | {"nightly": "night"}

#: The hours each of them can have: 8 in the evening is 20:00.
_HOURS = {
    "morning": range(12),
    "afternoon": range(12, 19),
    "evening": range(16, 24),
    "night": range(18, 24),  # a 2 at night belongs to a date that people do not agree on
}

_PHRASES = {
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
    said = unicodedata.normalize("NFKC", text).casefold()
    for pattern, meant in _PHRASES.items():
        said = re.sub(pattern, meant, said)
    return " ".join(said.split()).rstrip(".!?, ")


def time_from(text: str) -> time:
    """The time somebody means, to the minute: "7:30", "7.30am", "6 pm", "0730", "noon", "9", "7 in the morning".

    Without am, pm or a part of the day the clock has 24 hours. Raises TimeMissing for nothing at all, TimeUnreadable,
    TimeAmbiguous or SeveralTimes.

    >>> time_from("6.30 p.m.").isoformat("minutes")
    '18:30'
    """
    if len(text) > LONGEST:
        raise TimeUnreadable
    said = plain(text)
    found = list(CLOCK.finditer(said))
    if not said:
        raise TimeMissing
    if len(found) > 1:
        raise SeveralTimes
    rest = (said[: found[0].start()] + said[found[0].end() :]).split() if found else []
    if not found or len(rest) > 1 or not PARTS.keys() >= set(rest):
        raise TimeUnreadable
    return clock_time(found[0], PARTS[rest[0]] if rest else None)


def clock_time(clock: re.Match[str], part: str | None = None) -> time:
    """The time a match of CLOCK says, in a part of the day if there is one. Raises TimeUnreadable and TimeAmbiguous."""
    hour, minute, half = _numbers(clock)
    midnight_or_noon = hour == 12 and half is None and part in {"morning", "night"}
    if midnight_or_noon or (hour, minute, half) in {(12, 0, "am"), (24, 0, None)}:
        raise TimeAmbiguous
    if hour > 23 or minute > 59 or (half and not 1 <= hour <= 12):
        raise TimeUnreadable
    if half:
        could_be = {hour % 12 + (12 if half == "pm" else 0)}
    elif part and 1 <= hour <= 12:
        could_be = {hour % 12, hour % 12 + 12}
    else:
        could_be = {hour}
    meant = could_be.intersection(_HOURS[part]) if part else could_be
    if not meant:
        raise TimeUnreadable
    return time(meant.pop(), minute)


def _numbers(clock: re.Match[str]) -> tuple[int, int, str | None]:
    """Hour, minute, and am or pm."""
    if clock["word"]:
        return (24, 0, None) if clock["word"] == "midnight" else (12, 0, "pm")
    digits = (clock["digits"] or "").zfill(4)
    hour, minute = clock["hour"] or clock["h"] or digits[:2], clock["minute"] or digits[2:]
    return int(hour), int(minute), clock["half"] or clock["m"] or clock["d"]
