"""The parser of how far the demo's clock is to be wound: from a length, or a moment ahead, to an instant."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import LimberError, UserError
from bot.localtime import DAY, instant_of, wall_time
from bot.schedules.parse import vocabulary
from bot.schedules.parse.vocabulary import time_from

FARTHEST_WIND: Final = timedelta(days=60)
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


def wind_target(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The instant somebody means, UTC; after `now`, at most FARTHEST_WIND ahead.

    Reads "15 min", "1 hour 30 min", "2 days", "tomorrow 8:00", "monday 7am", "18:00", "tomorrow". Minutes and hours are
    real ones; days, weeks and times are on the wall in `zone`. Raises CannotWind.

    >>> evening = datetime.fromisoformat("2026-03-28T20:00+00:00")
    >>> wind_target("tomorrow 8:00", evening, ZoneInfo("Europe/London")).isoformat()
    '2026-03-29T07:00:00+00:00'
    """
    phrase = vocabulary.respelled(vocabulary.plain(text), _SPELLINGS)
    steps = list(_STEP.finditer(phrase))
    until = _after(steps, now, zone) if steps and not _STEP.sub("", phrase).strip() else _at(phrase, now, zone)
    if until <= now:
        raise CannotWind(f"Time only goes forward here. Try {EXAMPLES}.")
    if wall_time(until, zone) - wall_time(now, zone) > FARTHEST_WIND:
        raise CannotWind(f"{FARTHEST_WIND.days} days at a time at most, please.")
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


def _weekday(word: str) -> int | None:
    meant = vocabulary.weekdays_meant(word)
    return meant[0] if len(meant) == 1 else None


def _at_wall(here: datetime, ahead: int, zone: ZoneInfo) -> datetime:
    """The time on the wall some days ahead, UTC; not so many that the calendar ends on the way to "too far"."""
    return instant_of(here.date() + DAY * min(ahead, 2 * FARTHEST_WIND.days), here.time(), zone)


def _unreadable(phrase: str) -> CannotWind:
    return CannotWind(f"I cannot read “{phrase[:40]}”. Try {EXAMPLES}." if phrase else f"Say how far: {EXAMPLES}.")
