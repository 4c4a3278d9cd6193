"""One SQLite file: a connection that writes, another that reads."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any, Final, Self, cast

import aiosqlite

from bot.errors import LimberError
from bot.observer import SILENT, Observer
from bot.storage.engine import Engine, Statement
from bot.storage.errors import explained
from bot.storage.group_commit import GroupCommit, Job, Outcome, committed
from bot.storage.remnants import may_hold
from bot.storage.sql import Query, Row, to_columns

BUSY_TIMEOUT: Final = 5.0  # seconds to wait for another process to finish its write
WRITER_PRAGMAS: Final = ("journal_mode = wal", "synchronous = full", "foreign_keys = on", "secure_delete = on")
INCREMENTAL: Final = 2  # of `auto_vacuum`: freed pages are given back when it is asked for
FREED_AT_ONCE: Final = 256  # pages, 1 MB: others write between one such step and the next


class Database(Engine):
    """Whole transactions, one at a time; what was acknowledged survives a kill.

    A transaction that fails, or whose task is cancelled, leaves nothing behind. This needs no shield: statements
    reach the connection's thread in the order they were queued, and the rollback is queued before the lock is free.
    """

    def __init__(
        self, path: Path, writer: aiosqlite.Connection, reader: aiosqlite.Connection, observer: Observer = SILENT
    ) -> None:
        self.path: Path = path
        self.name = path.name
        self._observer = observer
        self._writer = writer
        self._reader = reader
        self._lock = asyncio.Lock()
        self._together = GroupCommit(self._lock, self._committed)

    @classmethod
    async def open(cls, path: Path, observer: Observer = SILENT) -> Self:
        """Open a file that exists; `bot.storage.schema` makes it. Raises StorageError when it cannot be used."""
        with explaining(path):
            writer = await _connected(path, *WRITER_PRAGMAS)
            try:
                await writer.execute("begin immediate")
                await writer.execute("pragma user_version = 0")  # as it was; a file that cannot be written says so now
                await writer.rollback()
                ((auto_vacuum,),) = await writer.execute_fetchall("pragma auto_vacuum")
                if auto_vacuum != INCREMENTAL:  # of an older Limber
                    await writer.execute(f"pragma auto_vacuum = {INCREMENTAL}")
                    with suppress(sqlite3.OperationalError):  # no room for it, or others use the file: another time
                        await writer.execute("vacuum")
                reader = await _connected(path, "query_only = on")
            except BaseException:
                await writer.close()
                raise
        return cls(path, writer, reader, observer)

    async def close(self) -> None:
        async with self._lock:
            await self._reader.close()
            await self._writer.close()  # the last one out empties the log and removes it

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[aiosqlite.Connection]:
        """One transaction: all of it is kept, durably, or nothing. Not to be nested.

        It begins, immediate, with the first insert, update or delete, in the same trip to the connection's thread:
        a quarter faster than a `begin` of its own. What is read before that, another process may still change.
        """
        began = perf_counter()
        async with self._lock:
            with explaining(self.path):
                try:
                    yield self._writer
                    await self._writer.commit()
                except BaseException:
                    await self._writer.rollback()  # does nothing when there is nothing to undo
                    raise
        self._observer.queried("write", perf_counter() - began)

    async def execute_all(self, *statements: Statement) -> list[int]:
        return await self._execute(partial(_executed, statements))

    async def execute_after(
        self, query: Query, parameters: Mapping[str, Any], then: Callable[[Row | None], Sequence[Statement]]
    ) -> list[int]:
        """In one trip to the connection's thread, `then` too."""

        def job(connection: sqlite3.Connection) -> Outcome:
            rows = connection.execute(query.sql, to_columns(parameters)).fetchall()
            try:
                statements = then(rows[0] if rows else None)
            except LimberError as error:
                return error
            return _executed(statements, connection)

        return await self._execute(job)

    async def _execute(self, job: Job) -> list[int]:
        began = perf_counter()
        with explaining(self.path):
            counts = await self._together.execute(job)
        self._observer.queried("write", perf_counter() - began)
        return counts

    async def _committed(self, jobs: list[Job]) -> list[Outcome]:
        """In the connection's thread, in one trip. For work of one's own aiosqlite has no public way."""
        outcomes = await self._writer._execute(committed, self._writer._conn, jobs)  # type: ignore[no-untyped-call]
        return cast("list[Outcome]", outcomes)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[aiosqlite.Connection]:
        """Sees everything committed so far; each query for itself."""
        began = perf_counter()
        with explaining(self.path):
            yield self._reader
        self._observer.queried("read", perf_counter() - began)

    async def may_hold(self, ids: Sequence[int]) -> bool:
        return await asyncio.to_thread(may_hold, self.path, ids)

    async def release(self) -> bool:
        """Give back the pages of what was deleted, zeroed, and empty the log; False when a reader stood in the way.

        In small steps, so that nobody who writes waits for long, however large the file is.
        """
        free, before = 1, 0
        while free not in {0, before}:  # a file that could not be set to it at the start gives nothing back
            before = free
            async with self._maintaining() as writer:
                # as a script, for `execute` ends at the first page: SQLite makes a row, without a column, of each
                await writer.executescript(f"pragma incremental_vacuum({FREED_AT_ONCE})")
                ((free,),) = await writer.execute_fetchall("pragma freelist_count")
        return await self._empty_log()

    async def rebuild_indexes(self) -> bool:
        """Write every index anew, one at a time, so that no stale copy of a key is left; as `release` otherwise."""
        async with self._maintaining() as writer:
            indexes = await writer.execute_fetchall("select name from sqlite_master where type = 'index'")
        for (name,) in indexes:
            async with self._maintaining() as writer:
                await writer.execute(f'reindex "{name}"')
        return await self.release()

    async def rewrite(self) -> bool:
        """Write the whole file anew, while nobody else can write: seconds for a large one; as `release` otherwise."""
        async with self._maintaining() as writer:
            await writer.execute("vacuum")
        return await self._empty_log()

    async def _empty_log(self) -> bool:
        async with self._maintaining() as writer:
            ((busy, _, _),) = await writer.execute_fetchall("pragma wal_checkpoint(truncate)")
        return not busy

    @asynccontextmanager
    async def _maintaining(self) -> AsyncIterator[aiosqlite.Connection]:
        """For statements that are a transaction each."""
        async with self._lock:
            with explaining(self.path):
                yield self._writer


def _executed(statements: Sequence[Statement], connection: sqlite3.Connection) -> list[int]:
    """In the connection's thread: how many rows each wrote."""
    return [connection.execute(query.sql, to_columns(given)).rowcount for query, given in statements]


async def _connected(path: Path, *pragmas: str) -> aiosqlite.Connection:
    connection = await aiosqlite.connect(address(path), uri=True, isolation_level="IMMEDIATE")
    connection.row_factory = sqlite3.Row  # columns have names
    try:
        for pragma in (f"busy_timeout = {int(BUSY_TIMEOUT * 1000)}", *pragmas):
            await connection.execute_fetchall(f"pragma {pragma}")
    except BaseException:
        await connection.close()
        raise
    return connection


def address(path: Path) -> str:
    """The URI of a file to open, never to make."""
    return f"{path.absolute().as_uri()}?mode=rw"


@contextmanager
def explaining(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours."""
    try:
        yield
    except sqlite3.Error as error:
        clear = explained(error, path)
        if clear is error:
            raise
        raise clear from error
