"""What people logged, sealed: check-ins, assessments, weekly answers."""

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
        await self._database.execute(self._queries.add, **_columns(record))

    async def replace(self, record: Record) -> bool:
        """A new time and content under the same id; False when this person has no such record of this kind."""
        return bool(await self._database.execute(self._queries.replace, **_columns(record)))

    async def remove(self, person: int, id: str) -> bool:  # noqa: A002
        """False when this person has no such record."""
        return bool(await self._database.execute(self._queries.remove, id=id, person=person))

    async def find(self, person: int, id: str) -> Record | None:  # noqa: A002
        row = await self._database.fetch_one(self._queries.find, id=id, person=person)
        return row and _record(row)

    async def between(self, person: int, kind: RecordKind, since: datetime, until: datetime) -> list[Record]:
        """Oldest first, from `since` up to but not including `until`."""
        period = {"since": to_microseconds(since), "until": to_microseconds(until)}
        rows = await self._database.fetch_all(self._queries.between, person=person, kind=kind, **period)
        return [_record(row) for row in rows]

    async def checkins_and_assessments(
        self, person: int, since: datetime, until: datetime, assessments_since: datetime
    ) -> list[Record]:
        """Check-ins as `between` has them, and every assessment from `assessments_since` on; each oldest first."""
        instants = {
            "since": to_microseconds(since),
            "until": to_microseconds(until),
            "assessments_since": to_microseconds(assessments_since),
        }
        rows = await self._database.fetch_all(self._queries.checkins_and_assessments, person=person, **instants)
        return [_record(row) for row in rows]

    async def of_person(self, person: int) -> list[Record]:
        """Everything kept of them: by kind, oldest first."""
        rows = await self._database.fetch_all(self._queries.of_person, person=person)
        return [_record(row) for row in rows]

    async def count(self, person: int) -> dict[RecordKind, int]:
        """How many of each kind; what there is none of is left out."""
        rows = await self._database.fetch_all(self._queries.count, person=person)
        return {RecordKind(kind): count for kind, count in rows}


def _columns(record: Record) -> dict[str, Any]:
    return {
        "id": record.id,
        "person": record.person,
        "kind": record.kind,
        "at": to_microseconds(record.at),
        "sealed": record.sealed,
    }


def _record(row: Row) -> Record:
    return Record(row["id"], row["person_id"], RecordKind(row["kind"]), from_microseconds(row["at"]), row["sealed"])
