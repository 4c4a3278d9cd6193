"""The parser of a whole schedule in one line."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import combinations, zip_longest
from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import UserError
from bot.schedules.parse.days import COUNTED, COUNTINGS, days_from, spelled, uncountable
from bot.schedules.parse.unsupported import DaysUnreadable, LineUnreadable, refuse_unsupported
from bot.schedules.parse.vocabulary import (
    CLOCK,
    MAX_TIME_LENGTH,
    TYPED_PARTS,
    SeveralTimes,
    TimeMissing,
    TimeSpan,
    TimeUnreadable,
    clock_time,
)
from bot.schedules.schedule import Schedule
from bot.zones import UnclearZone, is_zone, zone_from

_PART = "|".join(TYPED_PARTS)
LONGEST_PLACE: Final = 5  # words
#: Places, and words that somebody may mean otherwise; after a comma they are places.
_WORDS_TOO = frozenset(
    {"bath", "nice", "cork", "reading", "cat", "art", "met", "west", "pt", "mt", "et", "ct", "la", "z"}
)
_SPAN = re.compile(r"\d ?(?:[ap]m)? ?(?:-|to|until|till) ?\d{1,2}(?:[:.h]\d\d)?(?: ?[ap]m)?(?![\w/:-])")
_TWO_TIMES = re.compile(r"\d[:.h]\d\d ?/ ?\d")
#: 7,30 is no two times, and no one that we write so; half 7 is 6:30 to some; nobody knows when a run is over.
_NO_TIME = re.compile(
    r"(?<!\S)\d{1,2}[,;]\d\d(?!\d)|\bhalf (?!an\b|past\b)|\band a half\b|\b(?:before|after|between)\b"
)
_DIGIT = re.compile(r"\d")
_PART_OF_DAY = re.compile(rf"\b(?:{_PART})\b")
_CUT = re.compile(r",\s*|\s+(?=\S+/)")


def schedule_from(text: str, zone: ZoneInfo, today: date, meant: ZoneInfo | None = None) -> Schedule:
    """The schedule a line means: "weekdays at 07:30", "6pm tue thu", "every other day 8pm", "7:30", "sundays at noon".

    A time alone is every day. A place after the time and a comma ("7:30, London") stands in for `zone`. What is counted
    in days counts from `today`. `meant`: which of the zones that the place could be.
    Raises what `time_from`, `days_from` and `zone_from` raise.

    >>> weekdays = schedule_from("weekdays 6.30 p.m., Europe/London", ZoneInfo("Europe/Berlin"), date(2026, 11, 20))
    >>> f"{weekdays.at:%H:%M}", sorted(weekdays.rhythm.days), weekdays.zone.key
    ('18:30', [0, 1, 2, 3, 4], 'Europe/London')
    """
    if len(text) > MAX_TIME_LENGTH:
        raise DaysUnreadable
    phrase = spelled(text)
    refuse_unsupported(phrase, uncountable(phrase))
    clocks = _uncounted(CLOCK, phrase)
    _refuse_times(phrase, clocks)
    before, after = (phrase[: clocks[0].start()], phrase[clocks[0].end() :]) if clocks else (phrase, "")
    after, place = _place_apart(after)
    around = _around(before, after)
    if not place:
        around, place = _place_among(around)
    try:
        rhythm = days_from(_PART_OF_DAY.sub(" ", around), today)
    except DaysUnreadable as error:
        raise (error if clocks or type(error) is not DaysUnreadable else LineUnreadable()) from None
    parts = {TYPED_PARTS[part] for part in _PART_OF_DAY.findall(around)}
    if not clocks:
        raise TimeMissing
    if len(parts) > 1:
        raise SeveralTimes
    return Schedule(clock_time(clocks[0], *parts), rhythm, _zone(place, meant) if place else zone)


def _uncounted(pattern: re.Pattern[str], phrase: str) -> list[re.Match[str]]:
    """Where a pattern stands; but not in what says how many days, as the 2 of "every 2 days"."""
    taken = [range(*match.span()) for counting in COUNTINGS for match in counting.finditer(phrase)]
    return [match for match in pattern.finditer(phrase) if not any(match.start() in span for span in taken)]


def _around(before: str, after: str) -> str:
    """What stands around the time. A dash or colon beside it is no range: "weekdays - 7:30", "weekdays: 7:30"."""
    if not after:
        return before.rstrip(" -:,")
    if not before:
        return after.lstrip(" -,")
    return f"{before} , {after}"


def _place_apart(after: str) -> tuple[str, str]:
    """What follows the time, cut before the first piece that does not speak of days."""
    cuts = list(_CUT.finditer(after))
    for cut, following in zip_longest(cuts, cuts[1:]):
        piece = _PART_OF_DAY.sub(" ", after[cut.end() : following.start() if following else len(after)])
        if not _about_days(piece) and not _about_days(f"daily {piece}"):  # "7:30, except sundays"
            return after[: cut.start()], after[cut.end() :]
    return after, ""


def _refuse_times(phrase: str, clocks: Sequence[re.Match[str]]) -> None:
    if _SPAN.search(phrase) and not COUNTED.search(phrase):
        raise TimeSpan
    if _TWO_TIMES.search(phrase):
        raise SeveralTimes
    if _NO_TIME.search(phrase) or (not clocks and _uncounted(_DIGIT, phrase)):
        raise TimeUnreadable
    if len(clocks) > 1:
        raise SeveralTimes


def _place_among(around: str) -> tuple[str, str]:
    """What stands around the time, without the words that are a place and speak of no days: "9am PST on mondays"."""
    words = around.split()
    runs = [run for run in combinations(range(len(words) + 1), 2) if run[1] - run[0] <= LONGEST_PLACE]
    for begin, end in sorted(runs, key=lambda run: run[0] - run[1]):
        place = " ".join(words[begin:end]).removeprefix("in ")
        if is_zone(place) and place not in _WORDS_TOO and not any(map(_about_days, place.split())):
            return " ".join([*words[:begin], ",", *words[end:]]), place
    return around, ""


def _about_days(piece: str) -> bool:
    try:
        days_from(piece, date.min)
    except UserError as error:
        return not isinstance(error, DaysUnreadable)
    return True


def _zone(place: str, meant: ZoneInfo | None) -> ZoneInfo:
    """The zone of a place; what is not even like one was meant as a day, and misspelt."""
    try:
        return zone_from(place)
    except UnclearZone as error:
        if meant is not None and meant.key in {key for _, key in error.choices}:
            return meant
        if error.choices:
            raise
        raise DaysUnreadable from error
