"""The parser of a moment in the past."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import UserError
from bot.localtime import DAY, instant_of, local_day, wall_time
from bot.schedules.parse import vocabulary
from bot.schedules.parse.vocabulary import numbers_of, on_the_clock

OLDEST_DAYS = 30  # nobody remembers a number from longer ago
NOON = time(12)  # a past day without a time: neither its morning nor its evening


class BadMoment(UserError):
    """A moment no check-in can have. `example` is a date written the way that always works."""

    def __init__(self, today: date, **values: object) -> None:
        super().__init__(example=(today - DAY).isoformat(), **values)


class MomentUnreadable(BadMoment, message="error-when-unreadable"):
    """Nothing we know how to read."""


class MomentAmbiguous(BadMoment, message="error-when-ambiguous"):
    """More than one day could be meant: 03/04, last Monday."""


class MomentAhead(BadMoment, message="error-when-ahead"):
    """It has not happened yet."""


class MomentTooOld(BadMoment, message="error-when-too-old"):
    """Longer ago than OLDEST_DAYS; `days` says how long that is."""


_COUNT = rf"(?P<count>\d{{1,4}}|{vocabulary.words_up_to(3)})"
_SHORT_AGO = re.compile(rf"{_COUNT} ?(?:(?P<hours>{vocabulary.HOURS})|{vocabulary.MINUTES}) ago")
_LONG_AGO = re.compile(rf"{_COUNT} ?(?:(?P<weeks>weeks?)|{vocabulary.DAYS}) ago")
_CLOCK = re.compile(
    r"(?<!\S)(?:(?P<hour>\d{1,2}):(?P<minute>\d\d) ?(?P<half>[ap]m)?|(?P<h>\d{1,2}) ?(?P<m>[ap]m))(?!\S)"
)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_NUMBERS_ONLY = re.compile(r"\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{0,4})?")
_NUMBER = re.compile(rf"(\d{{1,2}}|\d{{4}}){vocabulary.TH}?")

_SPELLINGS = {
    r"([ap])\.m\.": r"\1m",
    r",|(?<=\d)t(?=\d)": " ",
    r"(?<!\S)(?:at|on|the|in|this)(?!\S)": "",
    r"\blast\s+(?=(?:night|evening)\b)": "yesterday ",
    r"\btonight\b": "today night",
}
_DAYS_AGO = {"": 0, "today": 0, "yesterday": 1, "day before yesterday": 2}
_PARTS = vocabulary.DAY_PARTS | dict.fromkeys(("noon", "midday"), vocabulary.DayPart(range(12, 13), NOON, NOON))


def when_from(text: str, zone: ZoneInfo, now: datetime) -> datetime:
    """The instant somebody in `zone` means, UTC; never after `now`, at most OLDEST_DAYS local days before it.

    Reads "now", "7:30", "yesterday", "today 7:30", "2 days ago 6pm", "an hour ago", "last night", "monday evening",
    "2026-11-20 07:30", "20 nov". A past day without a time is its noon, today without one is `now`. A weekday is the
    latest one before today. Raises MomentUnreadable, MomentAmbiguous, MomentAhead or MomentTooOld.

    >>> when_from("yesterday 7:30", ZoneInfo("Europe/Berlin"), datetime(2026, 11, 20, 9, tzinfo=UTC)).isoformat()
    '2026-11-19T06:30:00+00:00'
    """
    today, now = local_day(now, zone), now.astimezone(UTC)
    phrase = vocabulary.respelled(vocabulary.folded(text), _SPELLINGS)
    if ago := _SHORT_AGO.fullmatch(phrase):
        unit = timedelta(hours=1) if ago["hours"] else timedelta(minutes=1)
        instant = now - vocabulary.count_of(ago["count"]) * unit
        _check(local_day(instant, zone), today)
        return instant
    if phrase in {"now", "just now"}:
        return now
    clock = _CLOCK.search(phrase)
    words = _CLOCK.sub("", phrase, count=1).split()
    part = None if clock else next((word for word in words if word in _PARTS), None)
    rest = " ".join(word for word in words if word != part)
    if _ambiguous(rest):
        raise MomentAmbiguous(today)
    day = _day(rest, today) if phrase else None
    at = on_the_clock(*numbers_of(clock)) if clock else _PARTS[part].typical if part else NOON
    if day is None or at is None:
        raise MomentUnreadable(today)
    if day == today and not clock:
        if part is None:
            return now
        if wall_time(now, zone).time() >= _PARTS[part].begins:
            return min(instant_of(day, at, zone), now)
    return backdated(day, at, zone, now)


def backdated(day: date, at: time, zone: ZoneInfo, now: datetime) -> datetime:
    """A local day and time as an instant, UTC. Raises MomentAhead and MomentTooOld.

    A time the clocks skipped moves forward by the gap, one they repeated is the first.
    """
    today = local_day(now, zone)
    _check(day, today)
    instant = instant_of(day, at, zone)
    if instant > now:
        raise MomentAhead(today)
    return instant


def _check(day: date, today: date) -> None:
    if day > today:
        raise MomentAhead(today)
    if day < today - OLDEST_DAYS * DAY:
        raise MomentTooOld(today, days=OLDEST_DAYS)


def _ambiguous(phrase: str) -> bool:
    """Day and month in numbers only, or "last" something: people on two continents read them differently."""
    day_and_month = _NUMBERS_ONLY.fullmatch(phrase) and not _YEAR_FIRST.fullmatch(phrase)
    return bool(day_and_month) or phrase.startswith("last ")


def _day(phrase: str, today: date) -> date | None:
    if phrase in _DAYS_AGO:
        return today - _DAYS_AGO[phrase] * DAY
    if ago := _LONG_AGO.fullmatch(phrase):
        return today - vocabulary.count_of(ago["count"]) * (7 * DAY if ago["weeks"] else DAY)
    if (weekday := vocabulary.place_among(vocabulary.WEEKDAY_NAMES, phrase)) is not None:
        return today - DAY * ((today.weekday() - weekday - 1) % 7 + 1)
    if year_first := _YEAR_FIRST.fullmatch(phrase):
        return vocabulary.calendar_day(*map(int, year_first.group(1, 3, 4)))
    return _named_date(phrase.split(), today)


def _named_date(words: list[str], today: date) -> date | None:
    """ "20 nov", "nov 20", "20 november 2026"; without a year the latest one that is not ahead."""
    months = [month for word in words if (month := vocabulary.place_among(vocabulary.MONTH_NAMES, word)) is not None]
    numbers = [int(match[1]) for word in words if (match := _NUMBER.fullmatch(word))]
    if len(months) != 1 or len(numbers) not in {1, 2} or len(words) != 1 + len(numbers):
        return None
    number, *given = numbers
    years = given or (today.year, today.year - 1)
    days = [vocabulary.calendar_day(year, months[0] + 1, number) for year in years]
    return next((day for day in days if day and (given or day <= today)), None)
