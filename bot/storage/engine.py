"""What the repositories ask of a database, whichever engine keeps it."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, Final, TypeVar

from bot.storage.sql import Connection, Query, Row, to_columns

YIELD_EVERY: Final = 100  # rows read until others get their turn: half a millisecond

T = TypeVar("T")
Statement = tuple[Query, Mapping[str, Any]]  # one that writes, with its parameters


class Notifications:
    """What the processes on one database tell each other. A file is one process's at a time: nobody else is told."""

    def notify(self) -> None:
        """Have `heard` called in the others, soon; not at all where the way there is lost."""

    async def close(self) -> None:
        """The others are told a last time."""


class Engine(ABC):
    """Whole transactions, one at a time; what was acknowledged survives a kill.

    Raises StorageError when the database cannot be used; UnknownPerson and Duplicate as the tables say.
    """

    name: str  # for the log
    path: Path | None  # the file; None: it is on a server

    @abstractmethod
    async def close(self) -> None: ...

    @abstractmethod
    def writing(self) -> AbstractAsyncContextManager[Connection]:
        """One transaction: all of it is kept, durably, or nothing. Not to be nested."""

    @abstractmethod
    def reading(self) -> AbstractAsyncContextManager[Connection]:
        """Sees everything committed so far; each query for itself."""

    def notifications(self, channel: str, heard: Callable[[], None]) -> Notifications:  # noqa: ARG002
        """To be closed. `heard` is called for what others told, and whenever something may have been missed."""
        return Notifications()

    # Where what is deleted lies is a server's own business; a file's is ours.

    async def may_hold(self, ids: Sequence[int]) -> bool:  # noqa: ARG002
        """Whether one of these ids may still stand between the rows, where we could write over it."""
        return False

    async def release(self) -> bool:
        """Give back the space of what was deleted; False when a reader stood in the way."""
        return True

    async def rebuild_indexes(self) -> bool:
        """Write every index anew; as `release` otherwise."""
        return True

    async def rewrite(self) -> bool:
        """Write everything anew; as `release` otherwise."""
        return True

    async def fetch_one(self, query: Query, **parameters: Any) -> Any:
        """Read one row, or one value; None where there is none."""
        async with self.reading() as connection:
            return await query(connection, **parameters)

    async def fetch_all(self, query: Query, **parameters: Any) -> list[Row]:
        """Read every row; all at once, where aiosql would hand them on one by one."""
        async with self.reading() as connection:
            return [*await connection.execute_fetchall(query.sql, to_columns(parameters))]

    async def record(self, read: Callable[[Row], T], query: Query, **parameters: Any) -> T | None:
        """What `read` makes of one row; None where there is none."""
        rows = await self.fetch_all(query, **parameters)
        return read(rows[0]) if rows else None

    async def records(self, read: Callable[[Row], T], query: Query, **parameters: Any) -> list[T]:
        """What `read` makes of every row; of many rows, step by step, so that others get their turn."""
        rows = await self.fetch_all(query, **parameters)
        records = [read(row) for row in rows[:YIELD_EVERY]]
        for first in range(YIELD_EVERY, len(rows), YIELD_EVERY):
            await asyncio.sleep(0)
            records += [read(row) for row in rows[first : first + YIELD_EVERY]]
        return records

    async def execute(self, query: Query, **parameters: Any) -> int:
        """A transaction with one statement; how many rows it wrote."""
        (count,) = await self.execute_all((query, parameters))
        return count

    async def execute_all(self, *statements: Statement) -> list[int]:
        """A transaction with these statements, all or none; how many rows each wrote."""
        async with self.writing() as connection:
            return [int(await query(connection, **parameters)) for query, parameters in statements]

    async def execute_after(
        self, query: Query, parameters: Mapping[str, Any], then: Callable[[Row | None], Sequence[Statement]]
    ) -> list[int]:
        """As `execute_all`, of what `then` makes of one row, perhaps in another thread, perhaps more than once.

        Raises what it does; nothing is written then. Others may write in between: the statements see to that.
        """
        return await self.execute_all(*then(await self.fetch_one(query, **parameters)))
