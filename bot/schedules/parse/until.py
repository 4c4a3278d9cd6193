"""The day a pause ends, from what somebody types."""

import re
from datetime import date
from typing import Final

from bot.errors import UserError
from bot.localtime import DAY
from bot.schedules.parse.days import days_from, spelled
from bot.schedules.parse.vocabulary import LONGEST, MONTH_NAMES, TH, calendar_day, count_of, place_among, words_up_to
from bot.schedules.schedule import PauseOver, Weekdays


class UntilUnreadable(UserError, message="error-until"):
    """No day we know how to read. `example` is one written so that we can."""

    def __init__(self, today: date) -> None:
        super().__init__(example=(today + 14 * DAY).isoformat())


FARTHEST: Final = 366  # days; longer than that is until resumed
OPEN: Final = frozenset({"", "while injured", "injured", "i say so", "i turn it on", "resumed", "further notice"})
_LEADING = re.compile(r"^(?:until|till|for|in|on)\s+")
_DAYS_OF = {"day": 1, "week": 7, "fortnight": 14, "month": 30}
_LENGTH = re.compile(rf"(?P<count>{words_up_to(4)}|\d{{1,3}}) (?P<unit>day|week|fortnight|month)s?")
_ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_NAMED_DATE = re.compile(
    rf"(?:(?P<day>\d{{1,2}}){TH}?(?: of)? (?P<month>[a-z]{{3,9}})"
    rf"|(?P<named>[a-z]{{3,9}}) (?P<on>\d{{1,2}}){TH}?),?(?: (?P<year>\d{{4}}))?"
)


def until_from(text: str, today: date) -> date | None:
    """The day it rings again: "friday", "a week", "for 10 days", "1 December", "2026-12-01"; None: until resumed.

    A day of the week is the next one after today, a date without a year the next such one; a month has 30 days. What
    lies more than a year ahead cannot be read. Raises UntilUnreadable, and PauseOver for a day that is not ahead.

    >>> until_from("for two weeks", date(2026, 11, 20)).isoformat()
    '2026-12-04'
    """
    if len(text) > LONGEST:
        raise UntilUnreadable(today)
    phrase = _LEADING.sub("", spelled(text))
    if phrase in OPEN:
        return None
    day = _after(phrase, today) or _date(phrase, today) or _weekday(phrase, today)
    if day is None or day > today + FARTHEST * DAY:
        raise UntilUnreadable(today)
    if day <= today:
        raise PauseOver(today)
    return day


def _after(phrase: str, today: date) -> date | None:
    if phrase == "tomorrow":
        return today + DAY
    length = _LENGTH.fullmatch(phrase)
    return today + count_of(length["count"]) * _DAYS_OF[length["unit"]] * DAY if length else None


def _date(phrase: str, today: date) -> date | None:
    if numbers := _ISO_DATE.fullmatch(phrase):
        return calendar_day(*map(int, numbers.groups()))
    named = _NAMED_DATE.fullmatch(phrase)
    month = place_among(MONTH_NAMES, (named["month"] or named["named"])[:3]) if named else None
    if named is None or month is None:
        return None
    years = [int(named["year"])] if named["year"] else [today.year, today.year + 1]
    days = [calendar_day(year, month + 1, int(named["day"] or named["on"])) for year in years]
    return next((day for day in days if day and (named["year"] or day > today)), None)


def _weekday(phrase: str, today: date) -> date | None:
    try:
        rhythm = days_from(phrase, today)
    except UserError:
        return None
    if not isinstance(rhythm, Weekdays) or len(rhythm.days) != 1:
        return None
    return rhythm.on_or_after(today + DAY)
