"""The parser of a calendar day: in numbers, or with the name of its month."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from bot.schedules.parse.vocabulary import MONTH_NAMES, TH, calendar_day

MONTHS_SEARCHED: Final = 12 * 9  # a 29 February is never farther away

_MONTHS: Final = {name[:end]: at for at, name in enumerate(MONTH_NAMES, start=1) for end in range(3, len(name) + 1)}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WRITTEN: Final = (
    r"(?P<year>\d{4})(?P<dash>[-/.])(?P<month>\d{1,2})(?P=dash)(?P<day>\d{1,2})",
    r"(?P<year>20\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)",
    rf"(?:the )?(?P<day>\d{{1,2}}){TH}?(?: of|\.)? (?P<name>{_MONTH})\b\.?,?(?: (?P<year>\d{{4}}))?",
    rf"(?P<name>{_MONTH})\.? (?:the )?(?P<day>\d{{1,2}}){TH}?(?!:),?(?: (?P<year>\d{{4}}))?",
)
_SHORT: Final = (
    r"(?P<one>\d{1,2})(?P<mark>[-/.])(?P<two>\d{1,2})(?:(?P=mark)(?P<year>\d{4}|\d\d))?\.?",
    rf"(?:the )?(?P<day>\d{{1,2}}){TH}",
)


class TypedDate(NamedTuple):
    """What was typed, where it stands, and what it can mean."""

    begin: int
    end: int
    text: str
    year: int | None
    readings: tuple[tuple[int | None, int], ...]  # month and day of the month; no month: any

    def latest(self, today: date) -> date | None:
        """The latest such day up to today, or the one of its year; None where the calendar has none."""
        return next((day for day in self._days(today, -1) if self.year or day <= today), None)

    def next(self, today: date) -> date | None:
        """The next such day after today, or the one of its year; None where the calendar has none."""
        return next((day for day in self._days(today, 1) if self.year or day > today), None)

    def _days(self, today: date, step: int) -> Iterator[date]:
        ((month, day),) = self.readings
        this_month = today.year * 12 + today.month - 1
        months = range(this_month, this_month + step * MONTHS_SEARCHED, step)
        if self.year and month:
            months = range(self.year * 12 + month - 1, self.year * 12 + month)
        for at in months:
            if month in {None, at % 12 + 1} and (candidate := calendar_day(at // 12, at % 12 + 1, day)):
                yield candidate


def written_date_in(phrase: str) -> TypedDate | None:
    """The first day in a phrase in small letters that has a year or the name of a month, whether the calendar has it.

    >>> written_date_in("on 27th of november at 9").readings
    ((11, 27),)
    """
    return next(_dates_in(_WRITTEN, phrase), None)


def date_in(phrase: str) -> TypedDate | None:
    """The same, or the first in numbers only; none that is no day in any order, as 7.30.

    One reading is left where one number is beyond 12, or with a dot between them.

    >>> date_in("3/4").readings, date_in("27/11").readings, date_in("7.30")
    (((4, 3), (3, 4)), ((11, 27),), None)
    """
    return written_date_in(phrase) or next(_dates_in(_SHORT, phrase), None)


def _dates_in(patterns: Iterable[str], phrase: str) -> Iterator[TypedDate]:
    for pattern in patterns:
        for match in re.finditer(rf"(?<![\w.:/-])(?:{pattern})(?![\w/-]|\.\d)", phrase):
            groups = {name: text for name, text in match.groupdict().items() if text}
            readings = _in_numbers(groups) if "one" in groups else ((_month(groups), int(groups["day"])),)
            if readings:
                year = int(groups["year"]) if "year" in groups else None
                yield TypedDate(*match.span(), match[0], year, readings)


def _month(groups: Mapping[str, str]) -> int | None:
    return _MONTHS.get(groups.get("name", "")) or (int(groups["month"]) if "month" in groups else None)


def _in_numbers(groups: Mapping[str, str]) -> tuple[tuple[int, int], ...]:
    one, two = int(groups["one"]), int(groups["two"])
    orders = ((two, one),) if groups["mark"] == "." else ((two, one), (one, two))
    if len(groups.get("year", "")) == len("26"):
        return (two, one), (one, two)  # may be a day of the month as well
    return tuple(dict.fromkeys((month, day) for month, day in orders if 1 <= month <= 12 and 1 <= day <= 31))
