"""The parser of what lies ahead: the day a pause ends, an instant to wind a clock to."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import LimberError, UserError
from bot.localtime import DAY, instant_of, wall_time
from bot.schedules.parse import vocabulary
from bot.schedules.parse.dates import date_in
from bot.schedules.parse.days import spelled
from bot.schedules.parse.vocabulary import LONGEST, count_of, time_from, words_up_to
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
    if len(text) > LONGEST:
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


MOST: Final = timedelta(days=60)
EXAMPLES: Final = "“/wind 15 min”, “/wind 1 hour”, “/wind tomorrow 8:00” or “/wind 2 days”"

_SPELLINGS = {"^(?:in|by|to|until|till) |,| and ": " "}
_STEP = re.compile(
    rf"(?<!\w)(?:(?P<count>\d{{1,4}}) ?|(?P<word>{vocabulary.words_up_to(3)}) )"
    rf"(?:(?P<minutes>{vocabulary.MINUTES})|(?P<hours>{vocabulary.HOURS})"
    rf"|(?P<days>{vocabulary.DAYS})|(?P<weeks>{vocabulary.WEEKS}))(?!\w)"
)
_DAY = re.compile(r"(?<!\S)(?:today|tomorrow|[a-z']{2,})(?!\S)")


class CannotWind(LimberError):
    """The text says how to write it."""


def parse_duration(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The instant somebody means, UTC; after `now`, at most MOST ahead.

    Reads "15 min", "1 hour 30 min", "2 days", "tomorrow 8:00", "monday 7am", "18:00", "tomorrow". Minutes and hours are
    real ones; days, weeks and times are on the wall in `zone`. Raises CannotWind.

    >>> evening = datetime.fromisoformat("2026-03-28T20:00+00:00")
    >>> parse_duration("tomorrow 8:00", evening, ZoneInfo("Europe/London")).isoformat()
    '2026-03-29T07:00:00+00:00'
    """
    phrase = vocabulary.respelled(vocabulary.plain(text), _SPELLINGS)
    steps = list(_STEP.finditer(phrase))
    until = _after(steps, now, zone) if steps and not _STEP.sub("", phrase).strip() else _at(phrase, now, zone)
    if until <= now:
        raise CannotWind(f"Time only goes forward here. Try {EXAMPLES}.")
    if wall_time(until, zone) - wall_time(now, zone) > MOST:
        raise CannotWind(f"{MOST.days} days at a time at most, please.")
    return until


def _after(steps: Iterable[re.Match[str]], now: datetime, zone: ZoneInfo) -> datetime:
    total = dict.fromkeys(("minutes", "hours", "days", "weeks"), 0)
    for step in steps:
        unit = next(unit for unit in total if step[unit])
        total[unit] += vocabulary.count_of(step["count"] or step["word"])
    days = total["days"] + 7 * total["weeks"]
    later = _at_wall(wall_time(now, zone), days, zone) if days else now
    return later + timedelta(hours=total["hours"], minutes=total["minutes"])


def _at(phrase: str, now: datetime, zone: ZoneInfo) -> datetime:
    """A time without a day is the next one; a day without a time is at the present one."""
    here, named = wall_time(now, zone), next(filter(_ahead, _DAY.finditer(phrase)), None)
    clock = f"{phrase[: named.start()]} {phrase[named.end() :]}".strip() if named else phrase
    if not phrase or phrase.isdecimal():
        raise _unreadable(phrase)
    try:
        here = datetime.combine(here.date(), time_from(clock), zone) if clock else here
    except UserError:
        raise _unreadable(phrase) from None
    day = named[0] if named else None
    if (weekday := _weekday(day or "")) is not None:
        ahead, again = (weekday - here.weekday()) % 7, 7
    else:
        ahead, again = int(day == "tomorrow"), 0 if day else 1
    until = _at_wall(here, ahead, zone)
    return until if until > now else _at_wall(here, ahead + again, zone)


def _ahead(word: re.Match[str]) -> bool:
    return word[0] in {"today", "tomorrow"} or _weekday(word[0]) is not None


def _at_wall(here: datetime, ahead: int, zone: ZoneInfo) -> datetime:
    """The time on the wall some days ahead, UTC; not so many that the calendar ends on the way to "too far"."""
    return instant_of(here.date() + DAY * min(ahead, 2 * MOST.days), here.time(), zone)


def _unreadable(phrase: str) -> CannotWind:
    return CannotWind(f"I cannot read “{phrase[:40]}”. Try {EXAMPLES}." if phrase else f"Say how far: {EXAMPLES}.")
