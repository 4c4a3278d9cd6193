"""What PostgreSQL's errors mean to whoever asked, and what of them the log is told."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from urllib.parse import parse_qs, urlsplit

import asyncpg
import structlog
from asyncpg import exceptions as pg

from bot.errors import LimberError
from bot.storage.errors import DatabaseUnreachable, Disallowed, Duplicate, StorageError, TooSlow, UnknownPerson

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
    pg.InvalidCachedStatementError,  # a newer process has changed the tables: a new connection plans anew
)
CLOSED: Final = re.compile("closed|closing|released back to the pool")  # of asyncpg's errors without a class
SLOW: Final = (pg.QueryCanceledError, pg.LockNotAvailableError, pg.DeadlockDetectedError)
SERVER_REFUSALS: Final = (
    pg.InvalidAuthorizationSpecificationError,  # a wrong password too
    pg.InvalidCatalogNameError,
    pg.InsufficientPrivilegeError,
    pg.InsufficientResourcesError,  # the disk is full
    pg.ClientConfigurationError,
)
DRIVER_ERRORS: Final = (asyncpg.PostgresError, asyncpg.InterfaceError, pg.InternalClientError, OSError, TimeoutError)

log = structlog.get_logger("limber.storage")


class Outage:
    """Around every statement: its errors become ours; that the server is gone is said once, and once that it is back.

    A class, since a generator takes 2 microseconds more.
    """

    def __init__(self, database: str) -> None:
        self._database = database
        self._gone = False

    def __enter__(self) -> None: ...

    def __exit__(self, _kind: object, error: BaseException | None, _traceback: object) -> None:
        if error is None:
            if self._gone:
                self._gone = False
                log.info("the database is back", database=self._database)
            return
        clear = _explained(error, self._database) if isinstance(error, DRIVER_ERRORS) else error
        if isinstance(clear, DatabaseUnreachable):
            if not self._gone:
                log.error("the database is gone; what is asked of it fails until it is back", why=str(clear))
            self._gone = True
        if clear is not error:
            raise clear from None  # the server's own words may quote a whole row


@contextmanager
def explaining(url: str) -> Iterator[None]:
    """Turn errors of PostgreSQL, and of the way there, into ours."""
    try:
        yield
    except DRIVER_ERRORS as error:
        clear = _explained(error, without_password(url))
        if clear is error:
            raise
        raise clear from None


def _explained(error: Exception, where: str) -> Exception:
    """The error itself when it is a mistake in our code."""
    if isinstance(error, pg.IntegrityConstraintViolationError):
        return _violated(error)
    if isinstance(error, GONE):  # some are of a kind that is refused otherwise
        return DatabaseUnreachable(where, str(error) or type(error).__name__)
    if isinstance(error, SERVER_REFUSALS):
        return StorageError(f"PostgreSQL refuses {where}: {error}. See docs/self-hosting.md, On PostgreSQL.")
    if isinstance(error, SLOW):
        return TooSlow(where)
    if isinstance(error, asyncpg.InterfaceError) and CLOSED.search(str(error)):
        return DatabaseUnreachable(where, "the connection was lost")
    return error


def _violated(error: Exception) -> LimberError:
    if isinstance(error, pg.ForeignKeyViolationError):
        return UnknownPerson("This belongs to nobody who is here.")
    if isinstance(error, pg.UniqueViolationError):
        return Duplicate("There is a row with this id already.")
    return Disallowed(type(error).__name__)


def without_password(url: str) -> str:
    """Which database a URL means, without user and password.

    >>> without_password("postgresql://me:secret@db.example:5433/limber")
    'limber at db.example:5433'
    """
    parts = urlsplit(url)
    if not parts.scheme:
        return url
    host = parts.netloc.rpartition("@")[2] or ",".join(parse_qs(parts.query).get("host", ["this machine"]))
    return f"{parts.path.removeprefix('/') or 'the default database'} at {host}"
