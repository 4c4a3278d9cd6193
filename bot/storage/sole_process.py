"""The lock that makes this the one process that runs the bot, or its share of it, on a data folder or database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from pathlib import Path
from typing import Final

import structlog

from bot.settings import Settings
from bot.storage.errors import InUse, StorageError, requiring_asyncpg
from bot.storage.files import locked, make_folder

PROCESS_LOCK: Final = "limber.lock"
LOCK_TIMEOUT: Final = 0.1  # seconds; without any, two that look at the same moment both find it taken
RETRY: Final = 1.0  # seconds until the next look whether the other process has ended

log = structlog.get_logger("limber.storage")


@asynccontextmanager
async def sole_process(settings: Settings, *, wait: bool = True) -> AsyncIterator[None]:
    """Wait until no other process runs the bot on this data; from then on this one does, until the block ends.

    The operating system lets go of the lock as soon as its process has ended, however it ended. Nothing but the lock is
    touched meanwhile; who only uses the database needs none. Raises StorageError when the data cannot be used, and
    without `wait` when any other process runs the bot. With `wait` a cluster waits for its share alone.
    """
    make_folder(data := settings.data)
    if settings.server is not None:
        with requiring_asyncpg():
            from bot.storage.postgres_lock import Share  # noqa: PLC0415
            from bot.storage.postgres_lock import sole_process as on_server  # noqa: PLC0415
        cluster = settings.cluster if wait else None
        share = Share(*cluster, settings.shard_count or 0) if cluster else None
        async with AsyncExitStack() as lock:
            try:
                await lock.enter_async_context(on_server(settings.server.database, share, wait=wait))
            except StorageError as error:
                if settings.diary or not wait:
                    raise
                log.warning("the diary is switched off and its server cannot be asked who runs", why=str(error))
            yield
        return
    with ExitStack() as held:
        if not _taken(held, data / PROCESS_LOCK):
            if not wait:
                raise InUse(data / PROCESS_LOCK)
            log.info("another process runs the bot on this folder; this one stands by and takes over when that ends")
            while not _taken(held, data / PROCESS_LOCK):  # noqa: ASYNC110  # another process lets go of it
                await asyncio.sleep(RETRY)
        yield


def _taken(held: ExitStack, path: Path) -> bool:
    try:
        held.enter_context(locked(path, LOCK_TIMEOUT))
    except InUse:
        return False
    return True
