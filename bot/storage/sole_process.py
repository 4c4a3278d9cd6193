"""The lock that makes this the one process that runs the bot on a data folder."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import structlog

from bot.storage.database import address, explaining
from bot.storage.errors import InUse
from bot.storage.files import make_folder, unusable

LOCK: Final = "limber.lock"
RETRY: Final = 1.0  # seconds until the next look whether the other process has ended

log = structlog.get_logger("limber.storage")


@asynccontextmanager
async def sole_process(data: Path) -> AsyncIterator[None]:
    """Wait until no other process runs the bot on this folder; from then on this one does, until the block ends.

    The operating system lets go of the lock as soon as its process has ended, however it ended. Nothing but the lock is
    touched meanwhile; who only uses the database needs none. Raises StorageError when the folder cannot be used.
    """
    make_folder(data)
    lock = _acquire(data / LOCK)
    if lock is None:
        log.info("another process runs the bot on this folder; this one stands by and takes over when that ends")
    while lock is None:
        await asyncio.sleep(RETRY)
        lock = _acquire(data / LOCK)
    try:
        yield
    finally:
        lock.close()


def _acquire(path: Path) -> sqlite3.Connection | None:
    """SQLite's own lock, on a file that stays empty: it works wherever SQLite does. None while another has it."""
    try:
        path.touch(mode=0o600)
    except OSError as error:
        raise unusable(path, error) from error
    with explaining(path):
        lock = sqlite3.connect(address(path), uri=True, isolation_level=None, timeout=0)
    try:
        with explaining(path):
            lock.execute("begin exclusive")
    except BaseException as error:
        lock.close()
        if isinstance(error, InUse):
            return None
        raise
    return lock
