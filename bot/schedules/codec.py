"""The stored form of a schedule: a line of text in a row of the database. That of 1.0.0, JSON, is read for good."""

import json
from dataclasses import replace
from datetime import date, time
from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import LimberError, UserError
from bot.localtime import DEFAULT_ZONE, zone_named
from bot.schedules.schedule import EveryDays, Pause, Schedule, Weekdays

VERSION: Final = 1  # of the JSON


class ScheduleUnreadable(LimberError):
    """No text that `to_stored` makes: a fault of the data or of ours, or from a newer version."""


class ZoneGone(UserError, message="error-zone-gone"):
    """The zone of a stored schedule is no longer in the time zone database; `zone` is what it was called.

    `from_stored_in` reads the rest of it, once somebody has said which zone to take.
    """


def to_stored(schedule: Schedule) -> str:
    """A schedule as a line: its time, its days, its zone, then the dates it has, each after its name.

    Days are those of the week, 0 is Monday, or how many lie between two and the first one, as `3/2026-11-20`. It says
    when and where on the globe, and nothing of what for.

    >>> to_stored(Schedule(time(7, 30), Weekdays(frozenset({0, 2})), ZoneInfo("Asia/Tokyo"), ends=date(2026, 12, 31)))
    '07:30 02 Asia/Tokyo ends 2026-12-31'
    """
    return _line(schedule, schedule.zone.key)


def from_stored(text: str) -> Schedule:
    """The schedule that `to_stored` made this of, now or in 1.0.0. Raises ScheduleUnreadable or ZoneGone."""
    schedule, key = _read(text, DEFAULT_ZONE)
    if (zone := zone_named(key)) is None:
        raise ZoneGone(zone=key)
    return replace(schedule, zone=zone)


def from_stored_in(text: str, zone: ZoneInfo) -> Schedule:
    """The stored schedule at the same times on the wall in another zone, whether its own is still known or not.

    Raises ScheduleUnreadable.
    """
    return _read(text, zone)[0]


def _read(text: str, zone: ZoneInfo) -> tuple[Schedule, str]:
    """The schedule in a zone, and the name of its own. Whatever comes out otherwise than it went in is refused."""
    try:
        return _read_json(text, zone) if text.startswith("{") else _read_line(text, zone)
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise ScheduleUnreadable("no schedule is written like this") from error


def _line(schedule: Schedule, key: str) -> str:
    rhythm, pause = schedule.rhythm, schedule.pause
    if isinstance(rhythm, Weekdays):
        days = "".join(str(int(day)) for day in sorted(rhythm.days))
    else:
        days = f"{rhythm.count}/{rhythm.first}"
    dates = {"starts": schedule.starts, "ends": schedule.ends}
    if pause:
        dates |= {"paused": pause.since, "until": pause.until}
    return " ".join((f"{schedule.at:%H:%M}", days, key, *(f"{name} {day}" for name, day in dates.items() if day)))


def _read_line(text: str, zone: ZoneInfo) -> tuple[Schedule, str]:
    at, days, key, *rest = text.split(" ")
    count, _, first = days.partition("/")
    dates = {name: date.fromisoformat(day) for name, day in zip(rest[::2], rest[1::2], strict=True)}
    schedule = Schedule(
        time.fromisoformat(at),
        EveryDays(int(count), date.fromisoformat(first)) if first else Weekdays(frozenset(map(int, days))),
        zone,
        dates.get("starts"),
        dates.get("ends"),
        Pause(dates["paused"], dates.get("until")) if "paused" in dates else None,
    )
    if _line(schedule, key) != text:
        raise ValueError("it would be written otherwise")
    return schedule, key


def _read_json(text: str, zone: ZoneInfo) -> tuple[Schedule, str]:
    fields = json.loads(text)
    key, pause = fields["zone"], fields["pause"]
    days = (fields["starts"], fields["ends"], pause and pause["until"])
    starts, ends, until = (None if day is None else date.fromisoformat(day) for day in days)
    schedule = Schedule(
        at=time.fromisoformat(fields["at"]),
        rhythm=Weekdays(frozenset(fields["weekdays"]))
        if "weekdays" in fields
        else EveryDays(fields["every"], date.fromisoformat(fields["first"])),
        zone=zone,
        starts=starts,
        ends=ends,
        pause=pause and Pause(date.fromisoformat(pause["since"]), until),
    )
    same = json.dumps(fields, sort_keys=True) == json.dumps(_fields(schedule, key), sort_keys=True)
    if not same or not isinstance(key, str):
        raise ValueError(f"not a schedule of version {VERSION}")
    return schedule, key


def _fields(schedule: Schedule, key: object) -> dict[str, object]:
    """What the JSON of a schedule holds."""
    rhythm, pause = schedule.rhythm, schedule.pause
    return {
        "version": VERSION,
        "at": f"{schedule.at:%H:%M}",
        **(
            {"weekdays": sorted(map(int, rhythm.days))}
            if isinstance(rhythm, Weekdays)
            else {"every": int(rhythm.count), "first": rhythm.first.isoformat()}
        ),
        "zone": key,
        "starts": schedule.starts and schedule.starts.isoformat(),
        "ends": schedule.ends and schedule.ends.isoformat(),
        "pause": {"since": pause.since.isoformat(), "until": pause.until and pause.until.isoformat()}
        if pause
        else None,
    }
