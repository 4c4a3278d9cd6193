"""The tables of people who agreed to a diary, and of what they logged, sealed."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.storage.engine import Engine, Statement
from bot.storage.errors import UnknownPerson
from bot.storage.sql import Query, Row, load, reader, values_of


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who agreed, by their Discord id."""

    id: int
    consented_at: datetime
    consent_version: int
    zone: str | None  # IANA name
    last_used: datetime
    mornings: bool = False  # whether a reminder asks them on the mornings after runs
    summary: bytes | None = None  # of their entries, sealed; None: it is to be made anew
    summary_version: int = 0  # one more with every write to their entries


_person = reader(Person)


class People:
    """The people, one row each."""

    def __init__(self, database: Engine) -> None:
        self._database = database
        self._queries = load("people")
        self._records = load("records")

    async def find(self, person: int) -> Person | None:
        return await self._database.record(_person, self._queries.find, person=person)

    async def consent(self, person: int, version: int, at: datetime) -> None:
        """Somebody agrees, for the first time or again. Use `Storage.consent`, which makes the key as well."""
        await self._database.execute(self._queries.consent, person=person, version=version, at=at)

    async def set_version(self, person: int, version: int) -> bool:
        """Other words are theirs now, and what they agreed to before stays; False when they are not here."""
        return bool(await self._database.execute(self._queries.set_version, person=person, version=version))

    async def set_zone(self, person: int, zone: str | None) -> bool:
        """False when the person is not here. The days of entries may be others now."""
        moved = (self._queries.set_zone, {"person": person, "zone": zone})
        return bool((await self._database.execute_all(moved, (self._records.forget_summary, {"person": person})))[0])

    async def touch(self, person: int, at: datetime) -> None:
        """They used the bot. A write to disk: once a day is often enough for retention."""
        await self._database.execute(self._queries.touch, person=person, at=at)

    async def unused_since(self, instant: datetime) -> list[int]:
        """Who has not used the bot since then, longest away first."""
        rows = await self._database.fetch_all(self._queries.unused_since, instant=instant)
        return [row["id"] for row in rows]

    @asynccontextmanager
    async def forgetting(self, person: int, unused_since: datetime) -> AsyncIterator[bool]:
        """Whether they have stayed away since then: if so, they and their records are deleted as the block ends.

        Nobody else writes until then, so nobody comes back in the meantime. An error in the block keeps everything.
        Use `Storage.erase_unused`, which destroys the key as well.
        """
        async with self._database.writing() as connection:
            yield bool(await self._queries.forget_unused(connection, person=person, instant=unused_since))

    async def forget(self, person: int) -> bool:
        """Delete the person and their records. Use `Storage.erase`, which destroys the key as well."""
        return bool(await self._database.execute(self._queries.forget, person=person))


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
    """Every query is about one person: two people's records never meet.

    Whatever is written, the summary that is kept of a person's entries is written with it, or forgotten.
    """

    def __init__(self, database: Engine) -> None:
        self._database = database
        self._queries = load("records")
        self._people = load("people")

    async def add(self, record: Record, agreed: datetime | None = None) -> None:
        """Kept for good when this returns. Raises UnknownPerson, or Duplicate for an id that is taken.

        `agreed`: `Person.consented_at`, read before it was sealed. Who agreed anew since then is unknown: their key may
        be another.
        """
        if not await self._write(self._queries.add, record.person, values_of(record) | {"agreed": agreed}):
            raise UnknownPerson("This belongs to nobody who is here.")

    async def add_summed_up(self, record: Record, summary: bytes, owner: Person) -> bool:
        """As `add`, with a sealed summary of all there is then, itself included.

        False, and nothing is kept, where since `owner` was read an entry was written, or they were erased.
        """
        return bool((await self._database.execute_all(*self._summed_up(record, summary, owner)))[1])

    async def add_next(
        self, person: int, at: datetime, touch: timedelta, made: Callable[[Person | None], tuple[Record, bytes]]
    ) -> bool:
        """As `add_summed_up`, of what is made of the person, in one step where the engine can.

        They used the bot `at` then, which is noted where the last time was `touch` before that. Raises what `made`
        does; see `Engine.execute_after`.
        """

        def statements(row: Row | None) -> list[Statement]:
            owner = _person(row) if row else None
            summed_up = self._summed_up(*made(owner), owner)
            due = owner is not None and owner.last_used < at - touch
            return [(self._people.touch, {"person": person, "at": at}), *summed_up] if due else summed_up

        counts = await self._database.execute_after(self._people.find, {"person": person}, statements)
        return bool(counts[-1])

    def _summed_up(self, record: Record, summary: bytes, owner: Person | None) -> list[Statement]:
        expected = {"version": owner and owner.summary_version, "agreed": owner and owner.consented_at}
        values = {**values_of(record), "summary": summary, **expected}
        return [(self._queries.sum_up, values), (self._queries.add_if_summed_up, values)]

    async def replace(self, record: Record) -> bool:
        """A new time and content under the same id; False when this person has no such record of this kind."""
        return await self._write(self._queries.replace, record.person, values_of(record))

    async def remove(self, person: int, id: str) -> bool:  # noqa: A002
        """False when this person has no such record."""
        return await self._write(self._queries.remove, person, {"id": id, "person": person})

    async def _write(self, query: Query, person: int, parameters: Mapping[str, Any]) -> bool:
        forgotten = (self._queries.forget_summary, {"person": person})
        return bool((await self._database.execute_all((query, parameters), forgotten))[0])

    async def find(self, person: int, id: str) -> Record | None:  # noqa: A002
        return await self._database.record(_record, self._queries.find, id=id, person=person)

    async def between(self, person: int, kind: RecordKind, since: datetime, until: datetime) -> list[Record]:
        """Oldest first, from `since` up to but not including `until`."""
        period = {"since": since, "until": until}
        return await self._database.records(_record, self._queries.between, person=person, kind=kind, **period)

    async def checkins_and_assessments(
        self, person: int, since: datetime, until: datetime, assessments_since: datetime
    ) -> list[Record]:
        """Check-ins as `between` has them, and every assessment from `assessments_since` on; each oldest first."""
        query = self._queries.checkins_and_assessments
        instants = {"since": since, "until": until, "assessments_since": assessments_since}
        return await self._database.records(_record, query, person=person, **instants)

    async def of_person(self, person: int) -> list[Record]:
        """Everything kept of them: by kind, oldest first."""
        return await self._database.records(_record, self._queries.of_person, person=person)

    async def count(self, person: int) -> dict[RecordKind, int]:
        """How many of each kind; what there is none of is left out."""
        rows = await self._database.fetch_all(self._queries.count, person=person)
        return {RecordKind(kind): count for kind, count in rows}
