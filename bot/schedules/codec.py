"""The stored form of a schedule: JSON in a row of the database."""

import json
from dataclasses import replace
from datetime import date, time
from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import LimberError, UserError
from bot.localtime import zone_named
from bot.schedules.schedule import EveryDays, Pause, Schedule, Weekdays

VERSION: Final = 1
ANYWHERE: Final = ZoneInfo("UTC")  # until the schedule's own is found


class ScheduleUnreadable(LimberError):
    """No text that `to_stored` makes: a fault of the data or of ours, or from a newer version."""


class ZoneGone(UserError, message="error-zone-gone"):
    """The zone of a stored schedule is no longer in the time zone database; `zone` is what it was called.

    `from_stored_in` reads the rest of it, once somebody has said which zone to take.
    """


def to_stored(schedule: Schedule) -> str:
    """A schedule as JSON. It says when and where on the globe, and nothing of what for."""
    return json.dumps(_fields(schedule), separators=(",", ":"))


def from_stored(text: str) -> Schedule:
    """The schedule that `to_stored` made this of. Raises ScheduleUnreadable or ZoneGone.

    >>> text = '{"version":1,"at":"07:30","weekdays":[0],"zone":"Asia/Tokyo","starts":null,"ends":null,"pause":null}'
    >>> to_stored(from_stored(text)) == text
    True
    """
    schedule, key = _read(text, ANYWHERE)
    if (zone := zone_named(key)) is None:
        raise ZoneGone(zone=key)
    return replace(schedule, zone=zone)


def from_stored_in(text: str, zone: ZoneInfo) -> Schedule:
    """The stored schedule at the same times on the wall in another zone, whether its own is still known or not.

    Raises ScheduleUnreadable.
    """
    return _read(text, zone)[0]


def _fields(schedule: Schedule) -> dict[str, object]:
    rhythm, pause = schedule.rhythm, schedule.pause
    return {
        "version": VERSION,
        "at": f"{schedule.at:%H:%M}",
        **(
            {"weekdays": sorted(map(int, rhythm.days))}
            if isinstance(rhythm, Weekdays)
            else {"every": int(rhythm.count), "first": rhythm.first.isoformat()}
        ),
        "zone": schedule.zone.key,
        "starts": schedule.starts and schedule.starts.isoformat(),
        "ends": schedule.ends and schedule.ends.isoformat(),
        "pause": {"since": pause.since.isoformat(), "until": pause.until and pause.until.isoformat()}
        if pause
        else None,
    }


def _read(text: str, zone: ZoneInfo) -> tuple[Schedule, str]:
    """The schedule in a zone, and the name of its own. Whatever comes out otherwise than it went in is refused."""
    try:
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
        same = json.dumps(fields, sort_keys=True) == json.dumps(_fields(schedule) | {"zone": key}, sort_keys=True)
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise ScheduleUnreadable("a field is missing, or has a value that no schedule has") from error
    if not same or not isinstance(key, str):
        raise ScheduleUnreadable(f"not a schedule of version {VERSION}")
    return schedule, key
