"""Which local days a schedule rings on, before zones and pauses."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.localtime import DAY

MOST_DAYS: Final = 365  # between two: beyond a year it is a calendar entry, and a typing error more often


@dataclass(frozen=True, slots=True)
class Weekdays:
    """The same days of every week; Monday is 0."""

    days: frozenset[int]

    def __post_init__(self) -> None:
        if not self.days or not self.days <= ALL_WEEK:
            raise ValueError("weekdays are one or more of 0 to 6")

    def on_or_after(self, day: date) -> date:
        """The first day of the rhythm that is not before `day`.

        >>> WEEKDAYS.on_or_after(date(2026, 11, 21)).isoformat()  # a Saturday
        '2026-11-23'
        """
        return day + DAY * min((weekday - day.weekday()) % 7 for weekday in self.days)


@dataclass(frozen=True, slots=True)
class EveryDays:
    """Every so many days, counted from `first` on, across the ends of months and years; nothing before it."""

    count: int  # 2 to MOST_DAYS; every single day is DAILY
    first: date

    def __post_init__(self) -> None:
        if not 2 <= self.count <= MOST_DAYS:
            raise ValueError(f"every 2 to {MOST_DAYS} days")

    def on_or_after(self, day: date) -> date:
        """The first day of the rhythm that is not before `day`.

        >>> EveryDays(3, date(2026, 12, 30)).on_or_after(date(2026, 12, 31)).isoformat()
        '2027-01-02'
        """
        late = max(0, (day - self.first).days)
        return max(day, self.first) + DAY * (-late % self.count)


Rhythm = Weekdays | EveryDays

ALL_WEEK: Final = frozenset(range(7))
DAILY: Final = Weekdays(ALL_WEEK)
WEEKDAYS: Final = Weekdays(frozenset(range(5)))
WEEKENDS: Final = Weekdays(frozenset({5, 6}))
