"""The lock that makes this the one process that runs the bot on a data folder."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Final

import structlog

from bot.storage.errors import InUse
from bot.storage.files import locked, make_folder

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
    with ExitStack() as held:
        if not _taken(held, data / LOCK):
            log.info("another process runs the bot on this folder; this one stands by and takes over when that ends")
            while not _taken(held, data / LOCK):  # noqa: ASYNC110  # another process lets go of it
                await asyncio.sleep(RETRY)
        yield


def _taken(held: ExitStack, path: Path) -> bool:
    try:
        held.enter_context(locked(path, 0))
    except InUse:
        return False
    return True
