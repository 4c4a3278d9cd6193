"""People who agreed to have a diary kept."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.storage.database import Database
from bot.storage.sql import load, reader


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who agreed, by their Discord id."""

    id: int
    consented_at: datetime
    consent_version: int
    zone: str | None  # IANA name
    last_used: datetime


_person = reader(Person)


class People:
    """The people, one row each."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queries = load("people")

    async def find(self, person: int) -> Person | None:
        return await self._database.read_one(_person, self._queries.find, person=person)

    async def consent(self, person: int, version: int, at: datetime) -> None:
        """Somebody agrees, for the first time or again. Use `Storage.consent`, which makes the key as well."""
        await self._database.execute(self._queries.consent, person=person, version=version, at=at)

    async def set_zone(self, person: int, zone: str | None) -> bool:
        """False when the person is not here."""
        return bool(await self._database.execute(self._queries.set_zone, person=person, zone=zone))

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
