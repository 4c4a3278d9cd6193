"""From what somebody types to the moment they mean."""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import UserError
from bot.localtime import DAY, instant_of, local_day, wall_time

OLDEST_DAYS = 30  # nobody remembers a number from longer ago
NOON = time(12)  # a past day without a time: neither its morning nor its evening


class BadMoment(UserError):
    """A moment no check-in can have. `example` is a date written the way that always works."""

    def __init__(self, today: date, **values: object) -> None:
        super().__init__(example=(today - DAY).isoformat(), **values)


class MomentUnreadable(BadMoment):
    """Nothing we know how to read."""

    message = "error-when-unreadable"


class MomentAmbiguous(BadMoment):
    """More than one day could be meant: 03/04, last Monday."""

    message = "error-when-ambiguous"


class MomentAhead(BadMoment):
    """It has not happened yet."""

    message = "error-when-ahead"


class MomentTooOld(BadMoment):
    """Longer ago than OLDEST_DAYS; `days` says how long that is."""

    message = "error-when-too-old"


_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
_COUNT = rf"(?P<count>\d{{1,4}}|{'|'.join(_COUNTS)})"
_SHORT_AGO = re.compile(rf"{_COUNT} ?(?:(?P<hours>h|hrs?|hours?)|m|mins?|minutes?) ago")
_LONG_AGO = re.compile(rf"{_COUNT} ?(?:(?P<weeks>weeks?)|d|days?) ago")
_CLOCK = re.compile(
    r"(?<!\S)(?:(?P<hour>\d{1,2}):(?P<minute>\d\d) ?(?P<half>[ap]m)?|(?P<h>\d{1,2}) ?(?P<m>[ap]m))(?!\S)"
)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_NUMBERS_ONLY = re.compile(r"\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{0,4})?")

_WORDS = {"last night": "yesterday night", "last evening": "yesterday evening", "tonight": "today night"}
_DAYS = {"": 0, "today": 0, "yesterday": 1, "day before yesterday": 2}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)

#: Parts of a day: when they begin, and the time they stand for.
_PARTS = {
    "morning": (time(4), time(8)),
    "noon": (NOON, NOON),
    "midday": (NOON, NOON),
    "afternoon": (NOON, time(15)),
    "evening": (time(17), time(19)),
    "night": (time(20), time(22)),
}


def when_from(text: str, zone: ZoneInfo, now: datetime) -> datetime:
    """The instant somebody in `zone` means, UTC; never after `now`, at most OLDEST_DAYS local days before it.

    Reads "now", "7:30", "yesterday", "today 7:30", "2 days ago 6pm", "an hour ago", "last night", "monday evening",
    "2026-11-20 07:30", "20 nov". A past day without a time is its noon, today without one is `now`. A weekday is the
    latest one before today. Raises MomentUnreadable, MomentAmbiguous, MomentAhead or MomentTooOld.

    >>> when_from("yesterday 7:30", ZoneInfo("Europe/Berlin"), datetime(2026, 11, 20, 9, tzinfo=UTC)).isoformat()
    '2026-11-19T06:30:00+00:00'
    """
    today = local_day(now, zone)
    said = _plain(text)
    if ago := _SHORT_AGO.fullmatch(said):
        unit = timedelta(hours=1) if ago["hours"] else timedelta(minutes=1)
        return _checked((now - _count(ago["count"]) * unit).astimezone(UTC), zone, now)
    if said in {"now", "just now"}:
        return now.astimezone(UTC)
    clock = _CLOCK.search(said)
    rest = _without(said, clock)
    part = None if clock else next((word for word in rest.split() if word in _PARTS), None)
    rest = " ".join(word for word in rest.split() if word != part)
    if _ambiguous(rest):
        raise MomentAmbiguous(today)
    day = _day(rest, today) if said else None
    at = _time(clock) if clock else _PARTS[part][1] if part else NOON
    if day is None or at is None:
        raise MomentUnreadable(today)
    begun = part is None or wall_time(now, zone).time() >= _PARTS[part][0]
    if day == today and clock is None and begun:
        return now.astimezone(UTC) if part is None else min(instant_of(day, at, zone), now.astimezone(UTC))
    return backdated(day, at, zone, now)


def backdated(day: date, at: time, zone: ZoneInfo, now: datetime) -> datetime:
    """A local day and time as an instant, UTC. Raises MomentAhead and MomentTooOld.

    A time the clocks skipped moves forward by the gap, one they repeated is the first.
    """
    today = local_day(now, zone)
    if day > today:
        raise MomentAhead(today)
    if day < today - timedelta(days=OLDEST_DAYS):
        raise MomentTooOld(today, days=OLDEST_DAYS)
    return _checked(instant_of(day, at, zone), zone, now)


def _checked(at: datetime, zone: ZoneInfo, now: datetime) -> datetime:
    today = local_day(now, zone)
    if at > now:
        raise MomentAhead(today)
    if local_day(at, zone) < today - timedelta(days=OLDEST_DAYS):
        raise MomentTooOld(today, days=OLDEST_DAYS)
    return at


def _plain(text: str) -> str:
    """One spelling for what people type alike: small letters, single spaces, no filler."""
    said = unicodedata.normalize("NFKC", text).casefold().replace("a.m.", "am").replace("p.m.", "pm")
    said = re.sub(r"(?<=\d)t(?=\d)", " ", said.replace(",", " "))
    said = " ".join(word for word in said.split() if word not in {"at", "on", "the", "in", "this"})
    for phrase, meant in _WORDS.items():
        said = re.sub(rf"\b{phrase}\b", meant, said)
    return said


def _without(said: str, found: re.Match[str] | None) -> str:
    return " ".join((said[: found.start()] + said[found.end() :]).split()) if found else said


def _ambiguous(said: str) -> bool:
    """Day and month in numbers only, or "last" something: people on two continents read them differently."""
    numbers = _NUMBERS_ONLY.fullmatch(said) and not _YEAR_FIRST.fullmatch(said)
    return bool(numbers) or said.startswith("last ")


def _day(said: str, today: date) -> date | None:
    if said in _DAYS:
        return today - timedelta(days=_DAYS[said])
    if ago := _LONG_AGO.fullmatch(said):
        return today - _count(ago["count"]) * (7 * DAY if ago["weeks"] else DAY)
    if (weekday := _named(said, _WEEKDAYS)) is not None:
        return today - DAY * ((today.weekday() - weekday - 1) % 7 + 1)
    if numbers := _YEAR_FIRST.fullmatch(said):
        return _date(int(numbers[1]), int(numbers[3]), int(numbers[4]))
    return _named_month(said.split(), today)


def _named_month(words: list[str], today: date) -> date | None:
    """ "20 nov", "nov 20", "20 november 2026"; without a year the latest one that is not ahead."""
    months = [month for word in words if (month := _named(word, _MONTHS)) is not None]
    numbers = [int(number[1]) for word in words if (number := re.fullmatch(r"(\d{1,2}|\d{4})(?:st|nd|rd|th)?", word))]
    if len(months) != 1 or len(numbers) not in {1, 2} or len(words) != 1 + len(numbers):
        return None
    if len(numbers) == 2:
        return _date(numbers[1], months[0] + 1, numbers[0])
    found = _date(today.year, months[0] + 1, numbers[0])
    return _date(today.year - 1, months[0] + 1, numbers[0]) if found is None or found > today else found


def _named(word: str, names: tuple[str, ...]) -> int | None:
    """The place of a name among others, from its first three letters on; None when it is none of them."""
    return next((at for at, name in enumerate(names) if len(word) >= 3 and name.startswith(word)), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _time(clock: re.Match[str]) -> time | None:
    hour, minute = int(clock["hour"] or clock["h"]), int(clock["minute"] or 0)
    half = clock["half"] or clock["m"]
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _count(word: str) -> int:
    return _COUNTS.get(word) or int(word)
