"""Made-up diaries, in Berlin unless a test says otherwise."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from bot.checkins.days import Day
from bot.checkins.models import CheckIn
from bot.localtime import instant_of

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 11, 2)  # winter time all month
_ids = count()


def moment(day: date | int, clock: str = "12:00", zone: ZoneInfo = BERLIN) -> datetime:
    """A wall-clock time in UTC; a number is so many days after MONDAY."""
    when = day if isinstance(day, date) else MONDAY + timedelta(days=day)
    return instant_of(when, time.fromisoformat(clock), zone)


def entry(day: date | int, clock: str, pain: int, *, area: str = "hip", **more) -> CheckIn:
    return CheckIn(id=f"{next(_ids):032x}", at=moment(day, clock), area=area, pain=pain, **more)


def run(day: date | int, clock: str, during: int, pain: int, **more) -> CheckIn:
    return entry(day, clock, pain, during=during, **more)


def daily(pains: Iterable[int | None], first: date = MONDAY) -> list[Day]:
    """A day for each pain, None for a day without a check-in."""
    return [
        Day(date=first + timedelta(days=at), best=p, level=p, worst=p) for at, p in enumerate(pains) if p is not None
    ]


NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)  # Friday, 09:00 in Berlin
