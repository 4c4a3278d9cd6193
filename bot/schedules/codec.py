"""The stored form of a schedule: JSON in a row of the database."""

import json
from collections.abc import Mapping
from datetime import date, time
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.errors import LimberError, UserError
from bot.schedules.schedule import EveryDays, Pause, Rhythm, Schedule, Weekdays

VERSION: Final = 1


class ScheduleUnreadable(LimberError):
    """No text that `to_stored` makes: a fault of the data or of ours, or from a newer version."""


class ZoneGone(UserError, message="error-zone-gone"):
    """The zone of a stored schedule is no longer in the time zone database; `zone` is what it was called.

    `from_stored_in` reads the rest of it, once somebody has said which zone to take.
    """


def to_stored(schedule: Schedule) -> str:
    """A schedule as JSON. It says when and where on the globe, and nothing of what for."""
    pause = schedule.pause
    fields: dict[str, object] = {
        "version": VERSION,
        "at": f"{schedule.at:%H:%M}",
        **_rhythm_fields(schedule.rhythm),
        "zone": schedule.zone.key,
        "starts": _text_or_none(schedule.starts),
        "ends": _text_or_none(schedule.ends),
        "pause": {"since": pause.since.isoformat(), "until": _text_or_none(pause.until)} if pause else None,
    }
    return json.dumps(fields, separators=(",", ":"))


def from_stored(text: str) -> Schedule:
    """The schedule that `to_stored` made this of. Raises ScheduleUnreadable or ZoneGone.

    >>> text = '{"version":1,"at":"07:30","weekdays":[0],"zone":"Asia/Tokyo","starts":null,"ends":null,"pause":null}'
    >>> to_stored(from_stored(text)) == text
    True
    """
    fields = _fields(text)
    return _schedule(fields, _zone(fields["zone"]))


def from_stored_in(text: str, zone: ZoneInfo) -> Schedule:
    """The stored schedule at the same times on the wall in another zone, whether its own is still known or not.

    Raises ScheduleUnreadable.
    """
    return _schedule(_fields(text), zone)


def _fields(text: str) -> Mapping[str, Any]:
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ScheduleUnreadable("not JSON") from error
    if not isinstance(fields, dict) or type(fields.get("version")) is not int or fields["version"] != VERSION:
        raise ScheduleUnreadable(f"not a schedule of version {VERSION}")
    rhythm = {"weekdays"} if "weekdays" in fields else {"every", "first"}
    if fields.keys() != {"version", "at", "zone", "starts", "ends", "pause"} | rhythm:
        raise ScheduleUnreadable("fields missing or unknown")
    if not isinstance(fields["zone"], str):
        raise ScheduleUnreadable("the zone is no text")
    return fields


def _schedule(fields: Mapping[str, Any], zone: ZoneInfo) -> Schedule:
    try:
        return Schedule(
            at=_time(fields["at"]),
            rhythm=_rhythm(fields),
            zone=zone,
            starts=_date_or_none(fields["starts"]),
            ends=_date_or_none(fields["ends"]),
            pause=_pause(fields["pause"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ScheduleUnreadable("a field has a value that no schedule has") from error


def _zone(key: str) -> ZoneInfo:
    """Only what the database knows under this very name; "Europe", a path or nothing at all is no zone."""
    try:
        return ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ZoneGone(zone=key) from error


def _rhythm(fields: Mapping[str, Any]) -> Rhythm:
    if "weekdays" in fields:
        listed = fields["weekdays"]
        if [type(day) for day in listed] != [int] * len(listed) or listed != sorted(set(listed)):
            raise ValueError("weekdays are whole numbers, each once and in order")
        return Weekdays(frozenset(listed))
    if type(fields["every"]) is not int:
        raise ValueError("every so many whole days")
    return EveryDays(fields["every"], _date(fields["first"]))


def _pause(fields: Any) -> Pause | None:
    if fields is None:
        return None
    if not isinstance(fields, dict) or fields.keys() != {"since", "until"}:
        raise ValueError("a pause has two ends")
    return Pause(_date(fields["since"]), _date_or_none(fields["until"]))


def _time(text: str) -> time:
    parsed = time.fromisoformat(text)
    if text != f"{parsed:%H:%M}":
        raise ValueError("a time is HH:MM")
    return parsed


def _date(text: str) -> date:
    parsed = date.fromisoformat(text)
    if text != parsed.isoformat():
        raise ValueError("a date is YYYY-MM-DD")
    return parsed


def _date_or_none(text: str | None) -> date | None:
    return None if text is None else _date(text)


def _text_or_none(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _rhythm_fields(rhythm: Rhythm) -> dict[str, object]:
    if isinstance(rhythm, Weekdays):
        return {"weekdays": sorted(rhythm.days)}
    return {"every": rhythm.count, "first": rhythm.first.isoformat()}
