"""From what somebody types to the day a pause ends."""

import re
from datetime import date, timedelta
from typing import Final

from bot.errors import UserError
from bot.localtime import DAY
from bot.schedules.parse.clock_time import LONGEST
from bot.schedules.parse.days import days_from, spelled
from bot.schedules.schedule import PauseOver, Weekdays


class UntilUnreadable(UserError):
    """No day we know how to read. `example` is one written so that we can."""

    message = "error-until"

    def __init__(self, today: date) -> None:
        super().__init__(example=(today + 14 * DAY).isoformat())


FARTHEST: Final = 366  # days; longer than that is until resumed
OPEN: Final = frozenset({"", "while injured", "injured", "i say so", "i turn it on", "resumed", "further notice"})
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LENGTHS = {"day": 1, "week": 7, "fortnight": 14, "month": 30}
_LEADING = re.compile(r"^(?:until|till|for|in|on)\s+")
_LENGTH = re.compile(r"(?P<count>an?|one|two|three|four|\d{1,3}) (?P<unit>day|week|fortnight|month)s?")
_DATE = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)")
_NAMED = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? (?P<month>[a-z]{3,9})"
    r"|(?P<named>[a-z]{3,9}) (?P<on>\d{1,2})(?:st|nd|rd|th)?),?(?: (?P<year>\d{4}))?"
)
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4}


def until_from(text: str, today: date) -> date | None:
    """The day it rings again: "friday", "a week", "for 10 days", "1 December", "2026-12-01"; None: until resumed.

    A day of the week is the next one after today, a date without a year the next such one; a month has 30 days. What
    lies more than a year ahead cannot be read. Raises UntilUnreadable, and PauseOver for a day that is not ahead.

    >>> until_from("for two weeks", date(2026, 11, 20)).isoformat()
    '2026-12-04'
    """
    if len(text) > LONGEST:
        raise UntilUnreadable(today)
    said = _LEADING.sub("", spelled(text))
    if said in OPEN:
        return None
    found = _length(said, today) or _date(said, today) or _weekday(said, today)
    if found is None or found > today + timedelta(days=FARTHEST):
        raise UntilUnreadable(today)
    if found <= today:
        raise PauseOver(today)
    return found


def _length(said: str, today: date) -> date | None:
    if said == "tomorrow":
        return today + DAY
    found = _LENGTH.fullmatch(said)
    if found is None:
        return None
    count = _COUNTS.get(found["count"]) or int(found["count"])
    return today + timedelta(days=count * _LENGTHS[found["unit"]])


def _date(said: str, today: date) -> date | None:
    if found := _DATE.fullmatch(said):
        return _valid(int(found["year"]), int(found["month"]), int(found["day"]))
    found = _NAMED.fullmatch(said)
    month = (found["month"] or found["named"])[:3] if found else ""
    if found is None or month not in _MONTHS:
        return None
    number, day = _MONTHS.index(month) + 1, int(found["day"] or found["on"])
    if found["year"]:
        return _valid(int(found["year"]), number, day)
    this_year = _valid(today.year, number, day)
    return this_year if this_year and this_year > today else _valid(today.year + 1, number, day)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekday(said: str, today: date) -> date | None:
    try:
        rhythm = days_from(said, today)
    except UserError:
        return None
    if not isinstance(rhythm, Weekdays) or len(rhythm.days) != 1:
        return None
    return rhythm.on_or_after(today + DAY)
