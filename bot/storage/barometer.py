"""The tables of the barometer: who lets themselves be counted in which club, what the closed weeks came to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.storage.engine import Engine
from bot.storage.sql import load, reader


@dataclass(frozen=True, slots=True)
class Membership:
    """One person is counted in one club."""

    club: int
    person: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What one closed week of a club came to. There is nobody in it."""

    monday: date
    known: bool  # False: it could not be counted in time
    bands: Mapping[str, int]  # by area's id, the lowest number of the band; what is not shown is not here


_membership = reader(Membership, club="club_id", person="person_id")


class Barometers:
    """The barometers of all clubs. A snapshot is kept once and never changed."""

    def __init__(self, database: Engine) -> None:
        self._database = database
        self._queries = load("barometer")

    async def join(self, club: int, person: int, since: datetime, secret: bytes) -> None:
        """Whoever is in already stays in since then. `secret`: the club's, if it has none yet.

        Raises UnknownPerson.
        """
        async with self._database.writing() as connection:
            await self._queries.add(connection, club=club, secret=secret)
            await self._queries.join(connection, club=club, person=person, since=since)

    async def leave(self, club: int, person: int) -> bool:
        """False when they were not in."""
        return bool(await self._database.execute(self._queries.leave, club=club, person=person))

    async def members(self, club: int) -> list[Membership]:
        """Longest in first."""
        return await self._database.records(_membership, self._queries.members, club=club)

    async def of_person(self, person: int) -> list[Membership]:
        """In every club, longest in first."""
        return await self._database.records(_membership, self._queries.of_person, person=person)

    async def clubs(self) -> list[int]:
        """Those in which anybody is counted."""
        return [row["club_id"] for row in await self._database.fetch_all(self._queries.clubs)]

    async def secret(self, club: int) -> bytes | None:
        """What the club's lots are drawn from; None where nobody ever took part."""
        secret: bytes | None = await self._database.fetch_one(self._queries.secret, club=club)
        return secret

    async def latest(self, club: int) -> date | None:
        """The Monday of the last closed week."""
        week = await self._database.fetch_one(self._queries.latest, club=club)
        return week and date.fromisoformat(week)

    async def close(self, club: int, snapshot: Snapshot) -> bool:
        """Kept for good when this returns; False, with nothing changed, when the week was closed before.

        Raises UnknownPerson for a club in which nobody ever took part.
        """
        async with self._database.writing() as connection:
            week = {"club": club, "week": snapshot.monday}
            new = bool(await self._queries.close(connection, **week, known=snapshot.known))
            for area, band in snapshot.bands.items() if new else ():
                await self._queries.show(connection, **week, area=area, band=band)
        return new

    async def weeks(self, club: int, limit: int) -> list[Snapshot]:
        """The last closed ones, oldest first."""
        async with self._database.reading() as connection:
            closed = [row async for row in self._queries.weeks(connection, club=club, limit=limit)][::-1]
            since = closed[0]["week"] if closed else ""
            bands = [row async for row in self._queries.bands(connection, club=club, since=since)]
        return [
            Snapshot(
                date.fromisoformat(week),
                bool(known),
                {area: band for of_week, area, band in bands if of_week == week},
            )
            for week, known in closed
        ]

    async def forget(self, before: date) -> int:
        """Weeks that began before then, of every club; how many that were."""
        return await self._database.execute(self._queries.forget, before=before)
