"""From what somebody types behind `/wind` to an instant."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import LimberError, UserError
from bot.localtime import DAY, instant_of, wall_time
from bot.schedules.parse.clock_time import time_from

MOST: Final = timedelta(days=60)
EXAMPLES: Final = "“/wind 15 min”, “/wind 1 hour”, “/wind tomorrow 8:00” or “/wind 2 days”"

_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
_STEP = re.compile(
    rf"(?<!\w)(?:(?P<count>\d{{1,4}}) ?|(?P<word>{'|'.join(_COUNTS)}) )"
    r"(?:(?P<minutes>m|mins?|minutes?)|(?P<hours>h|hrs?|hours?)|(?P<days>d|days?)|(?P<weeks>w|wks?|weeks?))(?!\w)"
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = re.compile(rf"(?<!\S)(?:today|tomorrow|{'|'.join(_DAYS)})(?!\S)")


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
    said = " ".join(re.sub(r"^(?:in|by|to|until|till) |,| and ", " ", text.strip().casefold()).split())
    steps = list(_STEP.finditer(said))
    until = _after(steps, now, zone) if steps and not _STEP.sub("", said).strip() else _at(said, now, zone)
    if until <= now:
        raise CannotWind(f"Time only goes forward here. Try {EXAMPLES}.")
    if wall_time(until, zone) - wall_time(now, zone) > MOST:
        raise CannotWind(f"{MOST.days} days at a time at most, please.")
    return until


def _after(steps: Sequence[re.Match[str]], now: datetime, zone: ZoneInfo) -> datetime:
    total = dict.fromkeys(("minutes", "hours", "days", "weeks"), 0)
    for step in steps:
        unit = next(unit for unit in total if step[unit])
        total[unit] += int(step["count"] or _COUNTS.get(step["word"], 0))
    days = total["days"] + 7 * total["weeks"]
    there = instant_of(_later(wall_time(now, zone).date(), days), wall_time(now, zone).time(), zone) if days else now
    return there + timedelta(hours=total["hours"], minutes=total["minutes"])


def _at(said: str, now: datetime, zone: ZoneInfo) -> datetime:
    """A time without a day is the next one; a day without a time is at the present one."""
    here, found = wall_time(now, zone), _DAY.search(said)
    named, clock = found and found[0], _DAY.sub("", said, count=1).strip()
    if not said or said.isdecimal():
        raise _unreadable(said)
    try:
        at = time_from(clock) if clock else here.time()
    except UserError:
        raise _unreadable(said) from None
    if named in _DAYS:
        ahead, again = (_DAYS.index(named) - here.weekday()) % 7, 7
    else:
        ahead, again = int(named == "tomorrow"), 0 if named else 1
    until = instant_of(_later(here.date(), ahead), at, zone)
    return until if until > now else instant_of(_later(here.date(), ahead + again), at, zone)


def _unreadable(said: str) -> CannotWind:
    return CannotWind(f"I cannot read “{said[:40]}”. Try {EXAMPLES}." if said else f"Say how far: {EXAMPLES}.")


def _later(day: date, days: int) -> date:
    return day + DAY * min(days, 2 * MOST.days)  # so that no calendar ends on the way to "too far"
