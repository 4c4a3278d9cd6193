"""What the repositories ask of a database, whichever engine keeps it."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar

BREATH: Final = 100  # rows read until others get their turn: half a millisecond

T = TypeVar("T")
Query = Callable[..., Any]  # of a file of queries, see `bot.storage.sql`
Row = Any  # a column by its name or its place: sqlite3.Row, asyncpg.Record


class Connection(Protocol):
    """Takes SQL with `:name` for each parameter."""

    async def execute_fetchall(self, sql: str, parameters: Any = None, /) -> Iterable[Row]: ...

    async def execute(self, sql: str, parameters: Any = None, /) -> Any:
        """What has `rowcount`: how many rows were written."""

    async def executemany(self, sql: str, parameters: Iterable[Mapping[str, Any]], /) -> Any: ...


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
        """Read every row."""
        async with self.reading() as connection:
            return [row async for row in query(connection, **parameters)]

    async def record(self, read: Callable[[Row], T], query: Query, **parameters: Any) -> T | None:
        """What `read` makes of one row; None where there is none."""
        async with self.reading() as connection:
            row = await query(connection, **parameters)
        return None if row is None else read(row)

    async def records(self, read: Callable[[Row], T], query: Query, **parameters: Any) -> list[T]:
        """What `read` makes of every row; of many rows, step by step, so that others get their turn."""
        made: list[T] = []
        async with self.reading() as connection:
            async for row in query(connection, **parameters):
                made.append(read(row))
                if len(made) % BREATH == 0:
                    await asyncio.sleep(0)
        return made

    async def execute(self, query: Query, **parameters: Any) -> int:
        """A transaction with one statement; how many rows it wrote."""
        async with self.writing() as connection:
            return int(await query(connection, **parameters))
