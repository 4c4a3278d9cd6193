"""The parser of what lies ahead: the day a pause ends, an instant to wind a clock to."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import LimberError, UserError
from bot.localtime import DAY, instant_of, wall_time
from bot.schedules.parse import vocabulary
from bot.schedules.parse.line import days_from, spelled
from bot.schedules.parse.vocabulary import (
    LONGEST,
    MONTH_NAMES,
    TH,
    calendar_day,
    count_of,
    place_among,
    time_from,
    words_up_to,
)
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
    day = _in_days(phrase, today) or _date(phrase, today) or _weekday(phrase, today)
    if day is None or day > today + FARTHEST * DAY:
        raise UntilUnreadable(today)
    if day <= today:
        raise PauseOver(today)
    return day


def _in_days(phrase: str, today: date) -> date | None:
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


MOST: Final = timedelta(days=60)
EXAMPLES: Final = "“/wind 15 min”, “/wind 1 hour”, “/wind tomorrow 8:00” or “/wind 2 days”"

_SPELLINGS = {"^(?:in|by|to|until|till) |,| and ": " "}
_STEP = re.compile(
    rf"(?<!\w)(?:(?P<count>\d{{1,4}}) ?|(?P<word>{vocabulary.words_up_to(3)}) )"
    rf"(?:(?P<minutes>{vocabulary.MINUTES})|(?P<hours>{vocabulary.HOURS})"
    rf"|(?P<days>{vocabulary.DAYS})|(?P<weeks>{vocabulary.WEEKS}))(?!\w)"
)
_DAY = re.compile(rf"(?<!\S)(?:today|tomorrow|{'|'.join(vocabulary.WEEKDAY_NAMES)})(?!\S)")


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
    phrase = vocabulary.respelled(text.strip().casefold(), _SPELLINGS)
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
    here, named = wall_time(now, zone), _DAY.search(phrase)
    clock = _DAY.sub("", phrase, count=1).strip()
    if not phrase or phrase.isdecimal():
        raise _unreadable(phrase)
    try:
        here = datetime.combine(here.date(), time_from(clock), zone) if clock else here
    except UserError:
        raise _unreadable(phrase) from None
    day = named[0] if named else None
    if day in vocabulary.WEEKDAY_NAMES:
        ahead, again = (vocabulary.WEEKDAY_NAMES.index(day) - here.weekday()) % 7, 7
    else:
        ahead, again = int(day == "tomorrow"), 0 if day else 1
    until = _at_wall(here, ahead, zone)
    return until if until > now else _at_wall(here, ahead + again, zone)


def _at_wall(here: datetime, ahead: int, zone: ZoneInfo) -> datetime:
    """The time on the wall some days ahead, UTC; not so many that the calendar ends on the way to "too far"."""
    return instant_of(here.date() + DAY * min(ahead, 2 * MOST.days), here.time(), zone)


def _unreadable(phrase: str) -> CannotWind:
    return CannotWind(f"I cannot read “{phrase[:40]}”. Try {EXAMPLES}." if phrase else f"Say how far: {EXAMPLES}.")
