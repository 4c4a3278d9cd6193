"""Between instants (UTC) and the wall clock of a time zone; what becomes of times that a clock change skips."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAY = timedelta(days=1)
DEFAULT_ZONE = ZoneInfo("UTC")  # where no time zone is known


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """The date on the wall in `zone` at an instant.

    >>> local_day(datetime(2026, 10, 25, 22, 59, tzinfo=UTC), ZoneInfo("Europe/Berlin"))  # 23:59, a day of 25 hours
    datetime.date(2026, 10, 25)
    """
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(zone).date()


def monday_of(day: date) -> date:
    """The first day of its ISO week."""
    return day - day.weekday() * DAY


def wall_time(at: datetime, zone: ZoneInfo) -> datetime:
    """An instant as the clock in `zone` shows it. Raises ValueError for an instant without a zone of its own."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(zone)


def instant_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """A wall-clock time as an instant, UTC.

    A time skipped in spring moves forward by the gap, a time repeated in autumn is the first one (RFC 5545, 3.3.5).

    >>> instant_of(date(2026, 3, 29), time(2, 30), ZoneInfo("Europe/Berlin")).isoformat()  # 02:30 is skipped that day
    '2026-03-29T01:30:00+00:00'
    """
    return datetime.combine(day, at.replace(fold=0), tzinfo=zone).astimezone(UTC)


def zone_named(key: str | None) -> ZoneInfo | None:
    """The zone with this IANA key; None for no key, and for a zone that no longer exists."""
    if not key:
        return None
    try:
        return ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of zones is none
        return None
