"""The niggle barometer: bands that give nobody away, who takes part, a week closed once for good."""

import hmac
import secrets
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from datetime import date, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import structlog

from bot.checkins.diary import Diary
from bot.checkins.models import CheckIn
from bot.checkins.person_diary import DiaryClosed, NeedsConsent
from bot.clock import Clock
from bot.errors import UserError
from bot.localtime import DAY, instant_of, local_day, monday_of
from bot.storage.barometer import Membership, Snapshot
from bot.storage.errors import UnknownPerson
from bot.storage.storage import Storage, opened_or

NIGGLE: Final = 3  # from here on pain is more than "green", 0 to 2 (clinical facts, section 3.2)
MIN_DAYS: Final = 2  # with a check-in, for somebody to be counted in a week
MIN_PEOPLE: Final = 5  # people on either side of a number that is shown; and how wide a band is
MOST_LEFT_OUT: Final = 4  # people, by lot

#: Where somebody was sore in one week, by areas' ids.
Sore = frozenset[str]


def sore(week: Collection[CheckIn], zone: ZoneInfo) -> Sore | None:
    """Where it hurt, by one person's check-ins of one week; None for whoever checked in too seldom to be counted.

    The worst of the last 24 hours does not count: on a Monday it speaks of the week before.
    """
    if len({entry.day(zone) for entry in week}) < MIN_DAYS:
        return None
    return frozenset(entry.area for entry in week if max(entry.pain, entry.during or 0) >= NIGGLE)


def left_out_by_lot(secret: bytes, monday: date, area: str) -> int:
    """How many are left out, 0 to 4: the same whenever it is asked, and known to nobody without the secret."""
    drawn = hmac.digest(secret, f"{monday.isoformat()} {area}".encode(), "sha256")
    return int.from_bytes(drawn) % (MOST_LEFT_OUT + 1)


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
    """What is shown of these people, by area; `left_out` gives how many of each area are not counted."""
    counted = list(people)
    sore_in = Counter(area for areas in counted for area in areas)
    lowest = {area: band(count, len(counted) - count, left_out(area)) for area, count in sore_in.items()}
    return {area: low for area, low in sorted(lowest.items()) if low is not None}


WEEK: Final = timedelta(weeks=1)
BAROMETER_WEEKS: Final = 12
CLOSED_AFTER: Final = DAY  # so that Sunday can still be logged on Monday
CLOSED_WITHIN: Final = WEEK  # later, too many have left, deleted or added something for the number to be that week's
RETENTION: Final = timedelta(weeks=53)
SECRET_BYTES: Final = 32  # as long as the digest

log = structlog.get_logger("limber.barometer")


class BarometerOff(UserError, message="error-stats-off"):
    """The host has switched it off."""


class Barometer:
    """The barometers of clubs. Who may look, whoever calls has asked. Raises DiaryClosed where there is no diary."""

    def __init__(self, diary: Diary, storage: Storage | None, clock: Clock, *, on: bool = True) -> None:
        """`on`: whether the host allows it; leaving works all the same."""
        self._diary = diary
        self._storage = storage
        self._clock = clock
        self._on = on
        self._opened = opened_or(storage if on else None, BarometerOff if storage else DiaryClosed)

    async def join(self, person: int, club: int) -> None:
        """From the next whole week on they are counted there. Raises NeedsConsent, BarometerOff."""
        barometers = self._opened.barometer
        await self._diary.of(person)
        try:
            await barometers.join(club, person, self._clock.now(), secrets.token_bytes(SECRET_BYTES))
        except UnknownPerson:
            raise NeedsConsent(self._diary.terms) from None  # erased while this was on its way

    async def leave(self, person: int, club: int | None = None) -> int:
        """Not counted any more there, or anywhere, in no week that is still open; how many clubs that were."""
        left = 0
        for membership in await self.of_person(person):
            if self._storage is not None and club in {None, membership.club}:
                left += await self._storage.barometer.leave(membership.club, person)
        return left

    async def of_person(self, person: int) -> list[Membership]:
        """Where somebody is counted."""
        return await self._storage.barometer.of_person(person) if self._storage else []

    async def close_due(self, zone: Callable[[int], Awaitable[ZoneInfo]]) -> int:
        """Close what is due in every club, by its zone; how many weeks that were. A club that fails is tried again."""
        if self._storage is None or not self._on:
            return 0
        await self._storage.barometer.forget(self._clock.now().date() - RETENTION)
        closed = 0
        for club in await self._storage.barometer.clubs():
            try:
                closed += await self.close_weeks(club, await zone(club))
            except Exception as error:  # noqa: BLE001  # one club must not keep the others waiting
                log.error("a week could not be closed; it is tried again", why=type(error).__name__)
        return closed

    async def close_weeks(self, club: int, zone: ZoneInfo) -> int:
        """Close each week that is over for a day and was not closed before; how many that were.

        One that comes too late is closed as not known.
        """
        storage = self._opened
        members = await storage.barometer.members(club)
        if not members:
            return 0
        last = monday_of(local_day(self._clock.now() - CLOSED_AFTER, zone)) - WEEK
        joined = monday_of(local_day(members[0].since, zone))  # in that week nobody is counted yet
        before = max(joined, await storage.barometer.latest(club) or joined)
        monday, closed = max(before + WEEK, last - (BAROMETER_WEEKS - 1) * WEEK), 0
        while monday <= last:
            closed += await storage.barometer.close(club, await self._snapshot(storage, club, monday, zone))
            monday += WEEK
        return closed

    async def closed_weeks(self, club: int, weeks: int = BAROMETER_WEEKS) -> Sequence[Snapshot]:
        """The last closed weeks without a hole, oldest first; none while there is nothing to show of them."""
        snapshots = {snapshot.monday: snapshot for snapshot in await self._opened.barometer.weeks(club, weeks)}
        if not any(snapshot.bands for snapshot in snapshots.values()):
            return ()
        last = max(snapshots)
        mondays = [last - back * WEEK for back in reversed(range(weeks))]
        first = min(snapshots)
        return tuple(snapshots.get(day, Snapshot(day, known=False, bands={})) for day in mondays if day >= first)

    async def _snapshot(self, storage: Storage, club: int, monday: date, zone: ZoneInfo) -> Snapshot:
        """Count only who was in for the whole week, and still is when all has been read."""
        start, end = instant_of(monday, time(), zone), instant_of(monday + WEEK, time(), zone)
        secret = await storage.barometer.secret(club)
        if secret is None or self._clock.now() - (end + CLOSED_AFTER) > CLOSED_WITHIN:
            return Snapshot(monday, known=False, bands={})
        sore_areas: dict[Membership, Sore | None] = {}
        for member in await storage.barometer.members(club):
            if member.since <= start:
                checkins = await self._diary.without_touch(member.person).checkins(start)
                sore_areas[member] = sore([entry for entry in checkins if entry.at < end], zone)
        still_members = set(await storage.barometer.members(club))
        counted = [areas for member, areas in sore_areas.items() if areas is not None and member in still_members]
        return Snapshot(monday, known=True, bands=bands(counted, lambda area: left_out_by_lot(secret, monday, area)))
