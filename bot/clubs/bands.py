"""Bands that give nobody away, of what people logged in one week. Pure. Why so: docs/adr/0013-barometer.md."""

import hmac
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from bot.checkins.models import CheckIn
from bot.localtime import local_day

NIGGLE: Final = 3  # from here on pain is more than "green", 0 to 2 (clinical facts, section 3.2)
MIN_DAYS: Final = 2  # with a check-in, for somebody to be counted in a week
MIN_PEOPLE: Final = 5  # people on either side of a number that is shown; and how wide a band is
LOTS: Final = 5  # nobody to four people are left out

#: Where somebody was sore in one week, by areas' ids.
Sore = frozenset[str]


def sore(week: Collection[CheckIn], zone: ZoneInfo) -> Sore | None:
    """Where it hurt, by one person's check-ins of one week; None for whoever checked in too seldom to be counted.

    The worst of the last 24 hours does not count: on a Monday it speaks of the week before.
    """
    if len({local_day(entry.at, zone) for entry in week}) < MIN_DAYS:
        return None
    return frozenset(entry.area for entry in week if max(entry.pain, entry.during or 0) >= NIGGLE)


def lot(secret: bytes, monday: date, area: str) -> int:
    """How many are left out, 0 to 4: the same whenever it is asked, and known to nobody without the secret."""
    drawn = hmac.digest(secret, f"{monday.isoformat()} {area}".encode(), "sha256")
    return int.from_bytes(drawn) % LOTS


def band(sore: int, others: int, left_out: int) -> int | None:
    """The lowest number of the band: 5 for "5 to 9 people"; None when nothing is shown.

    One person more or less on one side changes the answer for one `left_out` of the five at most.

    >>> [band(9, 30, left_out) for left_out in range(5)], band(40, 4, 0)
    ([5, 5, 5, 5, 5], None)
    """
    if min(sore, others) - left_out < MIN_PEOPLE:
        return None
    return (sore - left_out) // MIN_PEOPLE * MIN_PEOPLE


def bands(people: Iterable[Sore], left_out: Callable[[str], int]) -> dict[str, int]:
    """What is shown of these people, by area; `left_out` gives each area's lot."""
    counted = list(people)
    sore_in = Counter(area for areas in counted for area in areas)
    lowest = {area: band(count, len(counted) - count, left_out(area)) for area, count in sore_in.items()}
    return {area: low for area, low in sorted(lowest.items()) if low is not None}
