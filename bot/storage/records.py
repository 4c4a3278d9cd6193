"""What people logged, sealed: check-ins, assessments, weekly answers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.storage.database import Database
from bot.storage.sql import load, reader, values_of


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


_record = reader(Record, person="person_id")


class Records:
    """Every query is about one person: two people's records never meet."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queries = load("records")

    async def add(self, record: Record) -> None:
        """Kept for good when this returns. Raises UnknownPerson, or Duplicate for an id that is taken."""
        await self._database.execute(self._queries.add, **values_of(record))

    async def replace(self, record: Record) -> bool:
        """A new time and content under the same id; False when this person has no such record of this kind."""
        return bool(await self._database.execute(self._queries.replace, **values_of(record)))

    async def remove(self, person: int, id: str) -> bool:  # noqa: A002
        """False when this person has no such record."""
        return bool(await self._database.execute(self._queries.remove, id=id, person=person))

    async def find(self, person: int, id: str) -> Record | None:  # noqa: A002
        return await self._database.read_one(_record, self._queries.find, id=id, person=person)

    async def between(self, person: int, kind: RecordKind, since: datetime, until: datetime) -> list[Record]:
        """Oldest first, from `since` up to but not including `until`."""
        period = {"since": since, "until": until}
        return await self._database.read_all(_record, self._queries.between, person=person, kind=kind, **period)

    async def checkins_and_assessments(
        self, person: int, since: datetime, until: datetime, assessments_since: datetime
    ) -> list[Record]:
        """Check-ins as `between` has them, and every assessment from `assessments_since` on; each oldest first."""
        query = self._queries.checkins_and_assessments
        instants = {"since": since, "until": until, "assessments_since": assessments_since}
        return await self._database.read_all(_record, query, person=person, **instants)

    async def of_person(self, person: int) -> list[Record]:
        """Everything kept of them: by kind, oldest first."""
        return await self._database.read_all(_record, self._queries.of_person, person=person)

    async def count(self, person: int) -> dict[RecordKind, int]:
        """How many of each kind; what there is none of is left out."""
        rows = await self._database.fetch_all(self._queries.count, person=person)
        return {RecordKind(kind): count for kind, count in rows}
