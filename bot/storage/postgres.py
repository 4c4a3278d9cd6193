"""One PostgreSQL database: a connection that writes, a few that read."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from time import perf_counter
from typing import Any, Final, Self

import asyncpg

from bot.observer import SILENT, Observer
from bot.storage.engine import Engine, Notifications, Statement
from bot.storage.errors import DatabaseUnreachable
from bot.storage.postgres_errors import GONE, Outage, explaining, without_password
from bot.storage.postgres_notifications import PostgresNotifications
from bot.storage.postgres_session import BEGIN_IN_TURN, PostgresSession
from bot.storage.sql import to_columns

READERS: Final = 4
CONNECT_TIMEOUT: Final = 5.0  # seconds, for one connection
ANSWER_TIMEOUT: Final = 12.0  # seconds until a server that says nothing at all counts as gone
SESSION_SETTINGS: Final = {
    "application_name": "limber",
    "default_transaction_read_only": "off",
    "default_transaction_isolation": "read committed",  # who waited its turn sees what was written meanwhile
    "synchronous_commit": "on",  # what is acknowledged is on disk, and on the standby that the server waits for
    "statement_timeout": "10s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "30s",  # a process that stands still keeps nobody from writing for longer
    "enable_bitmapscan": "off",  # few rows are asked for, in the order of an index;
    "enable_seqscan": "off",  # never a whole table, however many of its rows the server counted in the queue,
    "jit": "off",  # nor is a query worth compiling
    "tcp_keepalives_idle": "10",  # seconds: a process that was cut off keeps no lock for hours
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}
# Advisory locks of the database:
RUNNING: Final = 0x4C696D62657202  # who runs the bot, alone or, sharing this one, as one of several,
UPGRADING: Final = 0x4C696D62657203  # who changes the schema,
STARTING: Final = 0x4C696D62657204  # who looks whether it may run;
SHARES: Final = 0x4C000000  # and of two numbers: how the shards are shared, and which share,
IDENTIFYING: Final = 0x4D000000  # who identifies at the gateway, and in which bucket


class PostgresDatabase(Engine):
    """As `Engine` promises. Writers of all processes take turns by an advisory lock, as those of a SQLite file do.

    What a lost connection was about to write is not written; whoever asks next is connected anew.
    """

    path = None

    def __init__(self, url: str, observer: Observer = SILENT) -> None:
        self.name = without_password(url)
        self._url = url
        self._outage = Outage(self.name)  # so that it is one line in the log, whoever asks
        self._writer = _Pool(partial(connect, url), 1, self._outage, partial(observer.queried, "write"))
        reader = partial(connect, url, default_transaction_read_only="on")
        self._readers = _Pool(reader, READERS, self._outage, partial(observer.queried, "read"))

    @classmethod
    async def open(cls, url: str, observer: Observer = SILENT) -> Self:
        """Open a database that has its schema: see `bot.storage.postgres_schema`. Raises StorageError."""
        opened = cls(url, observer)
        try:
            for pool in (opened._writer, opened._readers):
                async with pool.session():
                    pass  # it answers
        except BaseException:
            await opened.close()
            raise
        return opened

    async def close(self) -> None:
        for pool in (self._readers, self._writer):
            await pool.close()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[PostgresSession]:
        async with self._writer.session() as session:
            try:
                await session.execute(BEGIN_IN_TURN)
                yield session
                await session.execute("commit")
            except BaseException:
                await _undone(session.raw)
                raise

    def reading(self) -> "_Checkout":
        return self._readers.session()

    async def execute_all(self, *statements: Statement) -> list[int]:
        """In one trip. Cancelled meanwhile, it is written whole or not at all: which, the server's answer would say."""
        async with self._writer.session() as session:
            return await session.write_in_turn(*((query.sql, to_columns(given)) for query, given in statements))

    def notifications(self, channel: str, heard: Callable[[], None]) -> Notifications:
        return PostgresNotifications(partial(connect, self._url), self._outage, channel, heard)


class _Pool:
    """Connections for as many as may ask at once. asyncpg's own costs a third of a read, and logs tracebacks."""

    def __init__(
        self, connect: Callable[[], Awaitable[Any]], size: int, outage: Outage, queried: Callable[[float], None]
    ) -> None:
        """`queried` hears of each use that went well, how long it took."""
        self._connect = connect
        self._outage = outage
        self.queried = queried
        self._places = asyncio.Semaphore(size)
        self._idle: list[PostgresSession] = []

    def session(self) -> "_Checkout":
        """A connection that nobody else has meanwhile; a new one where the last was lost."""
        return _Checkout(self)

    async def take(self) -> PostgresSession:
        await self._places.acquire()
        try:
            session = self._idle.pop() if self._idle else None
            if session is None or session.raw.is_closed():
                with self._outage:
                    session = PostgresSession(await self._connect(), self._outage)
        except BaseException:
            self._places.release()
            raise
        return session

    def give_back(self, session: PostgresSession, error: BaseException | None) -> None:
        if isinstance(error, DatabaseUnreachable):
            session.raw.terminate()
        if not session.raw.is_closed():
            self._idle.append(session)
        self._places.release()

    async def close(self) -> None:
        while self._idle:
            connection = self._idle.pop().raw
            try:
                await connection.close(timeout=CONNECT_TIMEOUT)
            except GONE:  # it cannot be taken leave of
                connection.terminate()


class _Checkout(AbstractAsyncContextManager[PostgresSession]):
    """A connection in the hands of one asker. No generator: that takes 10 microseconds more, a fifth of a read."""

    __slots__ = ("_began", "_pool", "_session")

    def __init__(self, pool: _Pool) -> None:
        self._pool = pool
        self._began = perf_counter()

    async def __aenter__(self) -> PostgresSession:
        self._session = await self._pool.take()
        return self._session

    async def __aexit__(self, _kind: object, error: BaseException | None, _traceback: object) -> None:
        self._pool.give_back(self._session, error)
        if error is None:
            self._pool.queried(perf_counter() - self._began)


async def _undone(connection: Any) -> None:
    """Roll back what was begun, if the connection is still there; else the server does."""
    try:
        await connection.execute("rollback")  # waits until a statement that was cancelled has ended
    except (asyncpg.PostgresError, asyncpg.InterfaceError, *GONE):
        connection.terminate()
    except BaseException:
        connection.terminate()
        raise


async def connect(url: str, **settings: str) -> Any:
    """One connection of asyncpg's, to be closed. Raises StorageError."""
    with explaining(url):
        return await asyncpg.connect(
            url,
            timeout=CONNECT_TIMEOUT,
            command_timeout=None if "statement_timeout" in settings else ANSWER_TIMEOUT,  # who may wait longer says so
            server_settings={**SESSION_SETTINGS, **settings},
        )
