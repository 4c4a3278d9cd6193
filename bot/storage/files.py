"""Files that are there whole or not at all, and the exclusive lock on a database file."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from bot.storage.database import address, explaining
from bot.storage.errors import DiskFull, StorageError, Unwritable

SUFFIXES: Final = ("", "-wal", "-shm", "-journal")  # a database and what SQLite puts beside it


@contextmanager
def replacement(path: Path) -> Iterator[Path]:
    """A new, empty file to fill; when all went well it takes the place of `path`, in one step and durably."""
    fresh = path.with_name(f"{path.name}.new")
    try:
        remove(fresh)
        fresh.touch(mode=0o600)
        yield fresh
        flush(fresh)
        fresh.replace(path)
        flush(path.parent)
    except OSError as error:
        raise unusable(path, error) from error
    finally:
        remove(fresh)


def remove(path: Path) -> None:
    """A database with its logs, if it is there."""
    for end in SUFFIXES:
        path.with_name(path.name + end).unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Have a file, or the names in a folder, on disk before going on."""
    folder = path.is_dir()
    if folder and os.name == "nt":
        return  # Windows cannot, and need not
    handle = os.open(path, os.O_RDONLY if folder else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(path: Path) -> None:
    """The folder is there, for this user alone if it was not. Raises StorageError."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise unusable(path, error) from error


def unusable(path: Path, error: OSError) -> StorageError:
    """The sentence for what the operating system refused."""

    return DiskFull(path) if error.errno == errno.ENOSPC else Unwritable(path, error.strerror or type(error).__name__)


@contextmanager
def locked(path: Path, wait: float) -> Iterator[None]:
    """No other process is in such a block with this file until this one leaves it, or ends, however it ends.

    It is SQLite's own lock, on a file that stays empty: it works wherever our databases do. Raises InUse after `wait`
    seconds, StorageError when the file cannot be made.
    """
    try:
        path.touch(mode=0o600)
    except OSError as error:
        raise unusable(path, error) from error
    with closing(sqlite3.connect(address(path), uri=True, isolation_level=None, timeout=wait)) as connection:
        with explaining(path):
            connection.execute("begin exclusive")
        yield


EXCLUSIVE_TIMEOUT: Final = 0.5  # seconds; who has the file open is a running bot, and that will not go away


@contextmanager
def exclusive(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection with the file locked for everybody else, even for reading.

    Raises StorageError when somebody has it open, if only idly: in WAL mode, the exclusive locking mode
    fails where `begin exclusive` would not. On leaving, everything is in the file and nothing in its log.
    """
    with (
        explaining(path),
        closing(
            sqlite3.connect(address(path), uri=True, isolation_level=None, timeout=EXCLUSIVE_TIMEOUT)
        ) as connection,
    ):
        connection.execute("pragma locking_mode = exclusive")
        connection.execute("begin exclusive")
        connection.execute("commit")  # the lock stays until the connection closes
        yield connection
        connection.execute("pragma wal_checkpoint(truncate)")
