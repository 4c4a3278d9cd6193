"""The log of every club: who changed what, from what to what."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from sqlite3 import Row
from typing import Any

from bot.storage.database import Database
from bot.storage.instants import from_microseconds, to_microseconds
from bot.storage.sql import load


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line of a club's log, as it is kept."""

    club: int
    at: datetime
    moderator: int | None  # None: the bot by itself, or its host
    what: str
    post: str | None = None  # which post it is about, as bot.clubs writes it; None: the settings
    before: str | None = None
    after: str | None = None


class Changes:
    """The logs; a club never meets another's."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queries = load("changes")

    async def add(self, changes: Sequence[ChangeRow]) -> None:
        """All of them in this order, kept for good when this returns."""
        async with self._database.writing() as connection:
            await self._queries.add(connection, change_rows(changes))

    async def of_club(self, club: int, since: datetime, limit: int) -> list[ChangeRow]:
        """The latest first."""
        limits = {"since": to_microseconds(since), "limit": limit}
        return [_change(row) for row in await self._database.fetch_all(self._queries.of_club, club=club, **limits)]

    async def forget(self, before: datetime) -> int:
        """Of every club; how many lines that were."""
        return await self._database.execute(self._queries.forget, before=to_microseconds(before))


def change_rows(changes: Iterable[ChangeRow]) -> list[dict[str, Any]]:
    """What the query `add` takes."""
    return [asdict(change) | {"at": to_microseconds(change.at)} for change in changes]


def _change(row: Row) -> ChangeRow:
    return ChangeRow(
        club=row["club_id"],
        at=from_microseconds(row["at"]),
        moderator=row["moderator_id"],
        what=row["what"],
        post=row["post"],
        before=row["before"],
        after=row["after"],
    )
