"""From one line that somebody types to a schedule."""

import re
from datetime import date
from itertools import zip_longest
from zoneinfo import ZoneInfo

from bot.errors import UserError
from bot.schedules.parse.clock_time import CLOCK, LONGEST, PARTS, SeveralTimes, TimeMissing, TimeUnreadable, clock_time
from bot.schedules.parse.days import DaysUnreadable, counts, days_from, spelled
from bot.schedules.schedule import Schedule
from bot.zones import UnknownZone, zone_from

_DIGIT = re.compile(r"\d")
_PART = re.compile(rf"\b(?:{'|'.join(PARTS)})\b")
_CUT = re.compile(r",\s*|\s+(?=\S+/)")


def schedule_from(text: str, zone: ZoneInfo, today: date) -> Schedule:
    """The schedule a line means: "weekdays at 07:30", "6pm tue thu", "every other day 8pm", "7:30", "sundays at noon".

    A time alone is every day. A place after the time and a comma ("7:30, London") stands in for `zone`. What is counted
    in days counts from `today`. Raises what `time_from`, `days_from` and `zone_from` raise.

    >>> weekdays = schedule_from("weekdays 6.30 p.m., Europe/London", ZoneInfo("Europe/Berlin"), date(2026, 11, 20))
    >>> f"{weekdays.at:%H:%M}", sorted(weekdays.rhythm.days), weekdays.zone.key
    ('18:30', [0, 1, 2, 3, 4], 'Europe/London')
    """
    if len(text) > LONGEST:
        raise DaysUnreadable
    said = spelled(text)
    clocks = _clocks(said)
    if len(clocks) > 1:
        raise SeveralTimes
    if not clocks and _unread_number(said):
        raise TimeUnreadable
    before, after = (said[: clocks[0].start()], said[clocks[0].end() :]) if clocks else (said, "")
    after, place = _place_apart(after)
    days, parts = _parts_apart(_around(before, after))
    rhythm = days_from(days, today)
    if not clocks:
        raise TimeMissing
    if len(parts) > 1:
        raise SeveralTimes
    return Schedule(clock_time(clocks[0], *parts), rhythm, _zone(place) if place else zone)


def _clocks(said: str) -> list[re.Match[str]]:
    """Every time named; the 2 of "every 2 days" is none."""
    return [clock for clock in CLOCK.finditer(said) if not _counted(said, clock.start())]


def _unread_number(said: str) -> bool:
    """Whether there is a number that says neither how many days nor a time we can read."""
    return any(not _counted(said, digit.start()) for digit in _DIGIT.finditer(said))


def _counted(said: str, place: int) -> bool:
    return any(found.start() <= place < found.end() for found in counts(said))


def _around(before: str, after: str) -> str:
    """What stands around the time. A dash or colon beside it is no range: "weekdays - 7:30", "weekdays: 7:30"."""
    if not after:
        return before.rstrip(" -:,")
    if not before:
        return after.lstrip(" -,")
    return f"{before} , {after}"


def _parts_apart(said: str) -> tuple[str, set[str]]:
    """The text without parts of the day, and which they are."""
    return _PART.sub(" ", said), {PARTS[word] for word in _PART.findall(said)}


def _place_apart(after: str) -> tuple[str, str]:
    """What follows the time, cut before the first piece that does not speak of days."""
    cuts = list(_CUT.finditer(after))
    for cut, following in zip_longest(cuts, cuts[1:]):
        end = following.start() if following else len(after)
        piece = _parts_apart(after[cut.end() : end])[0]
        if not _about_days(piece) and not _about_days(f"daily {piece}"):  # "7:30, except sundays"
            return after[: cut.start()], after[cut.end() :]
    return after, ""


def _about_days(piece: str) -> bool:
    try:
        days_from(piece, date.min)
    except DaysUnreadable:
        return False
    except UserError:
        pass
    return True


def _zone(place: str) -> ZoneInfo:
    """The zone of a place; what is not even like one was meant as a day, and misspelt."""
    try:
        return zone_from(place)
    except UnknownZone as error:
        if error.choices:
            raise
        raise DaysUnreadable from error
