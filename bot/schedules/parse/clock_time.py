"""A time on the wall, from what somebody types."""

import re
from datetime import time
from typing import Final

from bot.errors import UserError
from bot.schedules.parse.vocabulary import DAY_PARTS, LONGEST, plain


class TimeMissing(UserError, message="error-time-missing"):
    """Days, but no time."""


class TimeUnreadable(UserError, message="error-time-unreadable"):
    """No time we know how to read, or one no clock shows."""


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
    if len(text) > LONGEST:
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
