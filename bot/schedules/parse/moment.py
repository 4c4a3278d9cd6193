"""The parser of a moment in the past."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import UserError
from bot.localtime import DAY, instant_of, local_day, wall_time
from bot.schedules.parse import vocabulary
from bot.schedules.parse.dates import TypedDate, date_in, written_date_in

OLDEST_DAYS = 30  # nobody remembers a number from longer ago
NOON = time(12)  # a past day without a time: neither its morning nor its evening


class BadMoment(UserError):
    """A moment no check-in can have. `example` is a date written the way that always works."""

    def __init__(self, today: date, **values: object) -> None:
        super().__init__(example=(today - DAY).isoformat(), **values)


class MomentUnreadable(BadMoment, message="error-when-unreadable"):
    """Nothing we know how to read."""


class MomentTime(MomentUnreadable, message="error-when-time"):
    """No time of day that we know how to read, or one no clock shows."""


class MomentNowhere(MomentUnreadable, message="error-when-nowhere"):
    """The calendar has no such day: 30 February."""


class MomentAmbiguous(BadMoment, message="error-when-ambiguous"):
    """More than one day could be meant: 03/04, last Monday, 1:00 last night."""


class MomentMidnight(MomentAmbiguous, message="error-when-midnight"):
    """The beginning of the day to some, its end to others."""


class MomentAhead(BadMoment, message="error-when-ahead"):
    """It has not happened yet."""


class MomentTooOld(BadMoment, message="error-when-too-old"):
    """Longer ago than OLDEST_DAYS; `days` says how long that is."""


_COUNT = rf"(?P<count>\d{{1,4}}|{vocabulary.words_up_to(10)})"
_SHORT_AGO = re.compile(rf"{_COUNT} ?(?:(?P<hours>{vocabulary.HOURS})|{vocabulary.MINUTES}) ago")
_LONG_AGO = re.compile(
    rf"(?<!\S){_COUNT} ?(?:(?P<years>years?)|(?P<months>months?)|(?P<fortnights>fortnights?)"
    rf"|(?P<weeks>{vocabulary.WEEKS})|{vocabulary.DAYS}) ago(?!\S)"
)
_DAYS_IN = {"years": 365, "months": 31, "fortnights": 14, "weeks": 7}
_NAMED = re.compile(r"(?<!\S)(?:day before yesterday|yesterday|today)(?!\S)")
_AHEAD = re.compile(r"\b(?:tomorrow|next (?:week|month|year|[a-z]+day)|in \S+ (?:min|h|d|w|m)[a-z]*)\b")
_LAST = re.compile(r"\b(?:last (?!night|evening)|[a-z]+day (?:week|before last)\b)")
_SMALL_HOURS = re.compile(r"(?:at )?(?:12|0?[0-5])(?!\d)(?!.*pm).*")
_LIKE_A_TIME = re.compile(r"(?<![\d.])\d{1,2}[:;.,h]\d{1,2}(?![\d.])|\d ?[ap]m\b")
_WITH_OFFSET = re.compile(r"\d{4}-?\d\d-?\d\d[ t]\d\d(?::?\d\d){1,2}(?:\.\d+)?(?:z| ?[+-]\d\d(?::?\d\d)?)")

_SPELLINGS: Final[vocabulary.Spellings] = {
    r",|(?<=\d)t(?=\d)": " ",
    r"(?<=\d:\d\d):[0-5]\d(?:\.\d+)?(?!\S)": "",
    r"(?<!\S)(?:on|in|this|around|about|early|late)(?!\S)|(?<!\S)the (?!\d)": "",
    r"\b(?:yday|y'day|yest)\b": "yesterday",
    r"\blast\s+(?=(?:night|evening)\b)": "yesterday ",
    r"\btonight\b": "today night",
    r"\ba couple(?: of)?\b|\bcouple of\b": "2",
    r"\bhalf an hour\b": "30 minutes",
    r"\b(?:an|one|1) hour and a half\b|\b(?:one|1) and a half hours\b": "90 minutes",
    rf"(?<!\S)(\d\d?|{vocabulary.words_up_to(5)})(?:\.5| and a half) ?(?:h|hrs?|hours?)\b": (
        lambda match: f"{vocabulary.count_of(match[1]) * 60 + 30} minutes"
    ),
    r"\bnights? ago\b": "days ago night",
}
_DAYS_AGO = {"today": 0, "yesterday": 1, "day before yesterday": 2}


def when_from(text: str, zone: ZoneInfo, now: datetime) -> datetime:
    """The instant somebody in `zone` means, UTC; never after `now`, at most OLDEST_DAYS local days before it.

    Reads "now", "7:30", "yesterday", "today 7.30", "2 days ago 6pm", "an hour ago", "last night", "monday evening",
    "2026-11-20 07:30:00", "20th of nov", "20/11". A past day without a time is its noon, today without one is `now`. A
    weekday is the latest one before today. Raises MomentUnreadable, MomentAmbiguous, MomentAhead or MomentTooOld.

    >>> when_from("yesterday 7:30", ZoneInfo("Europe/Berlin"), datetime(2026, 11, 20, 9, tzinfo=UTC)).isoformat()
    '2026-11-19T06:30:00+00:00'
    """
    today, now = local_day(now, zone), now.astimezone(UTC)
    if len(text) > vocabulary.MAX_TIME_LENGTH:
        raise MomentUnreadable(today)
    plain = vocabulary.plain(text)
    phrase = vocabulary.respelled(plain, _SPELLINGS)
    instant = _instant(vocabulary.folded(text).strip(), phrase, now)
    if instant is not None:
        _check(local_day(instant, zone), today)
        return _not_ahead(instant, now, today)
    if _AHEAD.search(plain):
        raise MomentAhead(today)
    if _LAST.search(phrase):
        raise MomentAmbiguous(today)
    day, rest = _day_and_rest(phrase, today)
    clock, part = _clock_and_part(rest, phrase, today, named=day is not None)
    if clock is not None:
        return backdated(day or today, _time(clock, part, today), zone, now)
    at = vocabulary.DAY_PARTS[part].typical if part else NOON
    if day in {None, today}:
        if part is None:
            return now
        if wall_time(now, zone).time() >= vocabulary.DAY_PARTS[part].begins:
            return min(instant_of(today, at, zone), now)
    return backdated(day or today, at, zone, now)


def _clock_and_part(rest: str, phrase: str, today: date, *, named: bool) -> tuple[re.Match[str] | None, str | None]:
    """What the phrase says beside the day, which is `named` or not; not both are None without a day."""
    clock = vocabulary.CLOCK.search(rest)
    words = vocabulary.CLOCK.sub("", rest, count=1).split()
    if not phrase or len(words) > 1 or not vocabulary.TYPED_PARTS.keys() >= set(words):
        time_typed = _LIKE_A_TIME.search(phrase) or (named and re.search(r"\d", rest))
        raise MomentTime(today) if time_typed else MomentUnreadable(today)
    part = vocabulary.TYPED_PARTS[words[0]] if words else None
    if clock and not part and re.fullmatch(r"\d\d?", clock[0]) and (_weekday(phrase) or not named):
        raise MomentAmbiguous(today) if named else MomentUnreadable(today)  # 20: an hour, or a day of the month?
    return clock, part


def backdated(day: date, at: time, zone: ZoneInfo, now: datetime) -> datetime:
    """A local day and time as an instant, UTC. Raises MomentAhead and MomentTooOld.

    A time the clocks skipped moves forward by the gap, one they repeated is the first.
    """
    today = local_day(now, zone)
    _check(day, today)
    return _not_ahead(instant_of(day, at, zone), now, today)


def _not_ahead(instant: datetime, now: datetime, today: date) -> datetime:
    if instant > now:
        raise MomentAhead(today)
    return instant


def _check(day: date, today: date) -> None:
    if day > today:
        raise MomentAhead(today)
    if day < today - OLDEST_DAYS * DAY:
        raise MomentTooOld(today, days=OLDEST_DAYS)


def _instant(text: str, phrase: str, now: datetime) -> datetime | None:
    """What says an instant by itself: "now", "an hour ago", a timestamp with an offset."""
    if phrase in {"now", "just now"}:
        return now
    if ago := _SHORT_AGO.fullmatch(phrase):
        unit = timedelta(hours=1) if ago["hours"] else timedelta(minutes=1)
        return now - vocabulary.count_of(ago["count"]) * unit
    if _WITH_OFFSET.fullmatch(text):
        try:
            return datetime.fromisoformat(text.upper().replace(" +", "+").replace(" -", "-")).astimezone(UTC)
        except (ValueError, OverflowError):
            return None
    return None


def _day_and_rest(phrase: str, today: date) -> tuple[date | None, str]:
    """The day, None where none is named, and the phrase without it."""
    if named := _NAMED.search(phrase):
        return today - _DAYS_AGO[named[0]] * DAY, _without(phrase, *named.span())
    if ago := _LONG_AGO.search(phrase):
        days = next((_DAYS_IN[unit] for unit in _DAYS_IN if ago[unit]), 1)
        back = vocabulary.count_of(ago["count"]) * days
        return today - min(back, OLDEST_DAYS + 1) * DAY, _without(phrase, *ago.span())
    weekday = _weekday(phrase)
    typed = written_date_in(phrase) or (None if weekday else date_in(phrase))
    if typed and not (typed.text == phrase and _only_a_time(typed, today)):
        day, rest = _day_of(typed, today), _without(phrase, typed.begin, typed.end)
        number, *place = _weekday(rest) or (day.weekday(), 0, 0)
        if number != day.weekday():
            raise MomentAmbiguous(today)
        return day, _without(rest, *place)
    if weekday is None:
        return None, phrase
    number, *place = weekday
    return today - DAY * ((today.weekday() - number - 1) % 7 + 1), _without(phrase, *place)


def _only_a_time(typed: TypedDate, today: date) -> bool:
    """Whether 7.05 is a time: as a day it would be too long ago. Raises MomentAmbiguous where it can be both."""
    clock = vocabulary.CLOCK.fullmatch(typed.text)
    if clock is None or vocabulary.on_the_clock(*vocabulary.numbers_of(clock)) is None:
        return False
    day = typed.latest(today)
    if day is not None and day >= today - OLDEST_DAYS * DAY:
        raise MomentAmbiguous(today)
    return True


def _day_of(typed: TypedDate, today: date) -> date:
    if len(typed.readings) > 1:
        raise MomentAmbiguous(today)
    day = typed.latest(today)
    if day is None:
        raise MomentNowhere(today)
    return day


def _weekday(phrase: str) -> tuple[int, int, int] | None:
    """A day of the week, and where it begins and ends."""
    for word in re.finditer(r"(?<!\S)[a-z']{2,}(?!\S)", phrase):
        if len(meant := vocabulary.weekdays_meant(word[0])) == 1:
            return meant[0], *word.span()
    return None


def _without(phrase: str, begin: int, end: int) -> str:
    return " ".join(f"{phrase[:begin]} {phrase[end:]}".split())


def _time(clock: re.Match[str], part: str | None, today: date) -> time:
    if part == "night" and _SMALL_HOURS.fullmatch(clock[0]):
        raise MomentAmbiguous(today)  # of the day that began, or of the one before?
    try:
        return vocabulary.clock_time(clock, part)
    except vocabulary.TimeAmbiguous:
        raise MomentMidnight(today) from None
    except UserError:
        raise MomentTime(today) from None
