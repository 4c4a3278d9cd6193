"""Having a database file to oneself."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from bot.storage.database import address, explaining

BUSY_TIMEOUT: Final = 0.5  # seconds; who has the file open is a running bot, and that will not go away


@contextmanager
def exclusive(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection with the file locked for everybody else, even for reading.

    Raises StorageError when somebody has it open, if only idly: in WAL mode, the exclusive locking mode
    fails where `begin exclusive` would not. On leaving, everything is in the file and nothing in its log.
    """
    with explaining(path), closing(_connected(path)) as connection:
        connection.execute("pragma locking_mode = exclusive")
        connection.execute("begin exclusive")
        connection.execute("commit")  # the lock stays until the connection closes
        yield connection
        connection.execute("pragma wal_checkpoint(truncate)")


def _connected(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(address(path), uri=True, isolation_level=None, timeout=BUSY_TIMEOUT)
