"""The parser of the day a pause ends."""

import re
from datetime import date
from typing import Final

from bot.errors import UserError
from bot.localtime import DAY
from bot.schedules.parse import vocabulary
from bot.schedules.parse.dates import date_in
from bot.schedules.parse.days import spelled
from bot.schedules.parse.vocabulary import MAX_TIME_LENGTH, count_of, words_up_to
from bot.schedules.schedule import PauseOver, Weekdays


class UntilUnreadable(UserError, message="error-until"):
    """No day we know how to read. `example` is one written so that we can."""

    def __init__(self, today: date) -> None:
        super().__init__(example=(today + 14 * DAY).isoformat())


class UntilAmbiguous(UntilUnreadable, message="error-until-ambiguous"):
    """More than one day could be meant: 03/04, next Monday."""


class UntilNowhere(UntilUnreadable, message="error-until-nowhere"):
    """The calendar has no such day: 30 February."""


class UntilTooFar(UntilUnreadable, message="error-until-far"):
    """More than FARTHEST days ahead."""


class UntilTime(UntilUnreadable, message="error-until-time"):
    """A day, and a time on it."""


FARTHEST: Final = 366  # days; longer than that is until resumed
OPEN: Final = frozenset({"", "while injured", "injured", "i say so", "i turn it on", "resumed", "further notice"})
_LEADING = re.compile(r"^(?:until|till|for|in|on|this)\s+")
_DAYS_OF = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}
_LENGTH = re.compile(rf"(?P<count>{words_up_to(10)}|\d{{1,4}}) (?P<unit>{'|'.join(_DAYS_OF)})s?")
_CLOCK_TIME = re.compile(r"\d[:h]\d\d|\d ?[ap]m\b|\b(?:noon|midday|midnight)\b")
_TWO_DAYS = re.compile(r"\b(?:next|coming) [a-z]+\b|\b[a-z]+ after next\b")


def until_from(text: str, today: date) -> date | None:
    """The day it rings again: "friday", "a week", "for 10 days", "1st of December", "27/12"; None: until resumed.

    A day of the week is the next one after today, a date without a year the next such one; a month has 30 days. Raises
    UntilUnreadable, and PauseOver for a day that is not ahead.

    >>> until_from("for two weeks", date(2026, 11, 20)).isoformat()
    '2026-12-04'
    """
    if len(text) > MAX_TIME_LENGTH:
        raise UntilUnreadable(today)
    phrase = _LEADING.sub("", spelled(text))
    if phrase in OPEN:
        return None
    phrase = vocabulary.respelled(phrase, {r",": " ", r"(?<=\d) 0?0:00$": ""})
    if _TWO_DAYS.search(phrase):
        raise UntilAmbiguous(today)
    day = _in_days(phrase, today) or _date(phrase, today) or _weekday(phrase)
    if isinstance(day, int):
        day = Weekdays(frozenset({day})).on_or_after(today + DAY)
    if day is None:
        raise UntilTime(today) if _CLOCK_TIME.search(phrase) else UntilUnreadable(today)
    if day > today + FARTHEST * DAY:
        raise UntilTooFar(today)
    if day <= today:
        raise PauseOver(today)
    return day


def _in_days(phrase: str, today: date) -> date | None:
    if phrase in {"today", "tomorrow", "yesterday"}:
        return today + {"today": 0, "tomorrow": 1, "yesterday": -1}[phrase] * DAY
    length = _LENGTH.fullmatch(phrase.replace("a couple of", "2"))
    if length is None:
        return None
    return today + min(count_of(length["count"]) * _DAYS_OF[length["unit"]], FARTHEST + 1) * DAY


def _date(phrase: str, today: date) -> date | None:
    typed = date_in(phrase)
    if typed is None:
        return None
    rest = f"{phrase[: typed.begin]} {phrase[typed.end :]}".split()
    if len(typed.readings) > 1:
        raise UntilAmbiguous(today)
    day = typed.next(today)
    if day is None:
        raise UntilNowhere(today)
    if not rest or _weekday(" ".join(rest)) == day.weekday():
        return day
    if _CLOCK_TIME.search(phrase):
        raise UntilTime(today)
    raise UntilUnreadable(today) if _weekday(rest[0]) is None else UntilAmbiguous(today)


def _weekday(phrase: str) -> int | None:
    meant = vocabulary.weekdays_meant(phrase) if len(phrase) > 1 else []
    return meant[0] if len(meant) == 1 else None
