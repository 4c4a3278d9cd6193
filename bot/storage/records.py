"""What people logged, sealed: check-ins, assessments, weekly answers."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from sqlite3 import Row
from typing import Any

from bot.storage.database import Database
from bot.storage.instants import from_microseconds, to_microseconds
from bot.storage.sql import load


class RecordKind(StrEnum):
    """What a record is about."""

    CHECKIN = "checkin"
    ASSESSMENT = "assessment"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Record:
    """One sealed entry; only its owner's key says what is in it."""

    id: str
    person: int
    kind: RecordKind
    at: datetime
    sealed: bytes


class Records:
    """Every query is about one person: two people's records never meet."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queries = load("records")

    async def add(self, record: Record) -> None:
        """Kept for good when this returns. Raises UnknownPerson, or Duplicate for an id that is taken."""
        columns = _columns(record)
        async with self._database.writing() as connection:
            await self._queries.add(connection, **columns)

    async def replace(self, record: Record) -> bool:
        """A new time and content under the same id; False when this person has no such record of this kind."""
        columns = _columns(record)
        async with self._database.writing() as connection:
            return bool(await self._queries.replace(connection, **columns))

    async def remove(self, person: int, id: str) -> bool:  # noqa: A002
        """False when this person has no such record."""
        async with self._database.writing() as connection:
            return bool(await self._queries.remove(connection, id=id, person=person))

    async def find(self, person: int, id: str) -> Record | None:  # noqa: A002
        async with self._database.reading() as connection:
            row = await self._queries.find(connection, id=id, person=person)
        return row and _record(row)

    async def between(self, person: int, kind: RecordKind, since: datetime, until: datetime) -> list[Record]:
        """Oldest first, from `since` up to but not including `until`."""
        async with self._database.reading() as connection:
            return await _records(
                self._queries.between(
                    connection, person=person, kind=kind, since=to_microseconds(since), until=to_microseconds(until)
                )
            )

    async def checkins_and_assessments(
        self, person: int, since: datetime, until: datetime, assessments_since: datetime
    ) -> list[Record]:
        """Check-ins as `between` has them, and every assessment from `assessments_since` on; each oldest first."""
        instants = {
            "since": to_microseconds(since),
            "until": to_microseconds(until),
            "assessments_since": to_microseconds(assessments_since),
        }
        async with self._database.reading() as connection:
            return await _records(self._queries.checkins_and_assessments(connection, person=person, **instants))

    async def of_person(self, person: int) -> list[Record]:
        """Everything kept of them: by kind, oldest first."""
        async with self._database.reading() as connection:
            return await _records(self._queries.of_person(connection, person=person))

    async def count(self, person: int) -> dict[RecordKind, int]:
        """How many of each kind; what there is none of is left out."""
        async with self._database.reading() as connection:
            return {RecordKind(kind): count async for kind, count in self._queries.count(connection, person=person)}


def _columns(record: Record) -> dict[str, Any]:
    return {
        "id": record.id,
        "person": record.person,
        "kind": record.kind,
        "at": to_microseconds(record.at),
        "sealed": record.sealed,
    }


async def _records(rows: AsyncIterator[Row]) -> list[Record]:
    return [_record(row) async for row in rows]


def _record(row: Row) -> Record:
    return Record(row["id"], row["person_id"], RecordKind(row["kind"]), from_microseconds(row["at"]), row["sealed"])
