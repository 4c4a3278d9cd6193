"""One PostgreSQL database: a connection that writes, a few that read."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import cache, partial
from time import perf_counter
from typing import Any, Final, NamedTuple, Self
from urllib.parse import parse_qs, urlsplit

import asyncpg
import structlog
from asyncpg import exceptions as pg

from bot.errors import LimberError
from bot.observer import SILENT, Observer
from bot.storage.engine import Engine, Notifications
from bot.storage.errors import Disallowed, Duplicate, StorageError, TooSlow, UnknownPerson, Unreachable
from bot.storage.postgres_notifications import PostgresNotifications

READERS: Final = 4
CONNECT_TIMEOUT: Final = 5.0  # seconds, for one connection
ANSWER_TIMEOUT: Final = 12.0  # seconds until a server that says nothing at all counts as gone
SESSION: Final = {
    "application_name": "limber",
    "synchronous_commit": "on",  # what is acknowledged is on disk, and on the standby that the server waits for
    "statement_timeout": "10s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "30s",  # a process that stands still keeps nobody from writing for longer
    "tcp_keepalives_idle": "10",  # seconds: a process that was cut off keeps no lock for hours
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}
WRITING: Final = 0x4C696D62657201  # advisory locks, of the database: who writes,
RUNNING: Final = 0x4C696D62657202  # who runs the bot,
UPGRADING: Final = 0x4C696D62657203  # who changes the schema
PARAMETER: Final = re.compile(r"(?<![:\w]):([a-z_]+)")

GONE: Final = (
    OSError,
    TimeoutError,
    pg.PostgresConnectionError,
    pg.AdminShutdownError,
    pg.CrashShutdownError,
    pg.CannotConnectNowError,
    pg.TooManyConnectionsError,
    pg.ReadOnlySQLTransactionError,  # of a server that is a standby now
    pg.IdleInTransactionSessionTimeoutError,
    pg.InternalClientError,
    pg.TargetServerAttributeNotMatched,
)
CLOSED: Final = re.compile("closed|closing|released back to the pool")  # of asyncpg's errors without a class
SLOW: Final = (pg.QueryCanceledError, pg.LockNotAvailableError, pg.DeadlockDetectedError)
REFUSED: Final = (
    pg.InvalidAuthorizationSpecificationError,  # a wrong password too
    pg.InvalidCatalogNameError,
    pg.InsufficientPrivilegeError,
    pg.InsufficientResourcesError,  # the disk is full
    pg.ClientConfigurationError,
)

Noticing = Callable[[], AbstractContextManager[None]]

log = structlog.get_logger("limber.storage")


class Written(NamedTuple):
    """What a statement did."""

    rowcount: int


@dataclass(frozen=True, slots=True)
class Session:
    """A connection that takes the same queries as SQLite's."""

    raw: Any  # of asyncpg, which has no types
    noticing: Noticing

    async def execute_fetchall(self, sql: str, parameters: Mapping[str, Any] | None = None, /) -> list[Any]:
        text, names = numbered(sql)
        with self.noticing():
            return await self.raw.fetch(text, *_values(names, parameters or {}))  # type: ignore[no-any-return]

    async def execute(self, sql: str, parameters: Mapping[str, Any] | None = None, /) -> Written:
        text, names = numbered(sql)
        with self.noticing():
            done = await self.raw.execute(text, *_values(names, parameters or {}))
        count = done.rpartition(" ")[2]  # INSERT 0 1
        return Written(int(count) if count.isdecimal() else 0)

    async def executemany(self, sql: str, parameters: Iterable[Mapping[str, Any]], /) -> None:
        text, names = numbered(sql)
        if rows := [_values(names, row) for row in parameters]:
            with self.noticing():
                await self.raw.executemany(text, rows)


class PostgresDatabase(Engine):
    """As `Engine` promises. Writers of all processes take turns by an advisory lock, as those of a SQLite file do.

    What a lost connection was about to write is not written; whoever asks next is connected anew.
    """

    path = None

    def __init__(self, url: str, observer: Observer = SILENT) -> None:
        self.name = place(url)
        self._url = url
        self._writer, self._readers = _Pool(url, 1, self._noticing), _Pool(url, READERS, self._noticing, "on")
        self._observer = observer
        self._gone = False  # so that an outage is one line in the log

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
    async def writing(self) -> AsyncIterator[Session]:
        began = perf_counter()
        async with self._writer.session() as session:
            try:
                await session.execute(f"begin; select pg_advisory_xact_lock({WRITING})")
                yield session
                await session.execute("commit")
            except BaseException:
                await _undone(session.raw)
                raise
        self._observer.queried("write", perf_counter() - began)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Session]:
        began = perf_counter()
        async with self._readers.session() as session:
            yield session
        self._observer.queried("read", perf_counter() - began)

    def notifications(self, channel: str, heard: Callable[[], None]) -> Notifications:
        return PostgresNotifications(partial(connect, self._url), self._noticing, channel, heard)

    @contextmanager
    def _noticing(self) -> Iterator[None]:
        """Say once that the server is gone, and once that it is back."""
        try:
            with explaining(self.name):
                yield
        except Unreachable as error:
            if not self._gone:
                log.error("the database is gone; what is asked of it fails until it is back", why=str(error))
            self._gone = True
            raise
        if self._gone:
            self._gone = False
            log.info("the database is back", database=self.name)


class _Pool:
    """Connections for as many as may ask at once. asyncpg's own costs a third of a read, and logs tracebacks."""

    def __init__(self, url: str, size: int, noticing: Noticing, read_only: str = "off") -> None:
        self._url = url
        self._noticing = noticing
        self._read_only = read_only
        self._places = asyncio.Semaphore(size)
        self._idle: list[Any] = []

    @asynccontextmanager
    async def session(self) -> AsyncIterator[Session]:
        """A connection that nobody else has meanwhile; a new one where the last was lost."""
        async with self._places:
            connection = self._idle.pop() if self._idle else None
            if connection is None or connection.is_closed():
                with self._noticing():
                    connection = await connect(self._url)
                    await connection.execute(f"set default_transaction_read_only = {self._read_only}")
            try:
                yield Session(connection, self._noticing)
            except Unreachable:
                connection.terminate()
                raise
            finally:
                if not connection.is_closed():
                    self._idle.append(connection)

    async def close(self) -> None:
        while self._idle:
            connection = self._idle.pop()
            try:
                await connection.close(timeout=CONNECT_TIMEOUT)
            except GONE:  # it cannot be taken leave of
                connection.terminate()


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
            command_timeout=None if settings else ANSWER_TIMEOUT,
            server_settings={**SESSION, **settings},
        )


@cache
def numbered(sql: str) -> tuple[str, tuple[str, ...]]:
    """The same query with numbers for its parameters, and their names in that order.

    >>> numbered("select :b, :a where x = :b")
    ('select $1, $2 where x = $1', ('b', 'a'))
    """
    names: dict[str, int] = {}
    text = PARAMETER.sub(lambda found: f"${names.setdefault(found[1], len(names) + 1)}", sql)
    return text, tuple(names)


def place(url: str) -> str:
    """Which database a URL means, without user and password.

    >>> place("postgresql://me:secret@db.example:5433/limber")
    'limber at db.example:5433'
    """
    parts = urlsplit(url)
    if not parts.scheme:
        return url
    host = parts.netloc.rpartition("@")[2] or ",".join(parse_qs(parts.query).get("host", ["this machine"]))
    return f"{parts.path.removeprefix('/') or 'the default database'} at {host}"


@contextmanager
def explaining(url: str) -> Iterator[None]:
    """Turn errors of PostgreSQL, and of the way there, into ours."""
    try:
        yield
    except (asyncpg.PostgresError, asyncpg.InterfaceError, pg.InternalClientError, OSError, TimeoutError) as error:
        clear = _explained(error, place(url))
        if clear is error:
            raise
        raise clear from None  # the server's own words may quote a whole row


def _explained(error: Exception, where: str) -> Exception:
    """The error itself when it is a mistake in our code."""
    if isinstance(error, pg.IntegrityConstraintViolationError):
        return _violated(error)
    if isinstance(error, REFUSED):
        return StorageError(f"PostgreSQL refuses {where}: {error}. See docs/self-hosting.md, On PostgreSQL.")
    if isinstance(error, SLOW):
        return TooSlow(where)
    if isinstance(error, asyncpg.InterfaceError) and CLOSED.search(str(error)):
        return Unreachable(where, "the connection was lost")
    return Unreachable(where, str(error) or type(error).__name__) if isinstance(error, GONE) else error


def _violated(error: Exception) -> LimberError:
    if isinstance(error, pg.ForeignKeyViolationError):
        return UnknownPerson("This belongs to nobody who is here.")
    if isinstance(error, pg.UniqueViolationError):
        return Duplicate("There is a row with this id already.")
    return Disallowed(type(error).__name__)


def _values(names: tuple[str, ...], parameters: Mapping[str, Any]) -> list[Any]:
    return [parameters[name] for name in names]
