"""The lock that makes this the one process that runs the bot on a PostgreSQL database."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any, Final

import structlog

from bot.storage.errors import StorageError, TakenOver
from bot.storage.postgres import RUNNING, connect
from bot.storage.postgres_errors import explaining, place

RETRY: Final = 1.0  # seconds until the next look, at the other process or at our own connection
SILENCE: Final = "15s"  # who has said nothing for so long holds the lock no more: hung, or cut off

PATIENCE: Final = 5.0  # seconds for the server to answer
SESSION: Final = "select pid, backend_start from pg_stat_activity where pid = pg_backend_pid()"
END: Final = "select pg_terminate_backend(pid, 3000) from pg_stat_activity where pid = $1 and backend_start = $2"

log = structlog.get_logger("limber.storage")


@asynccontextmanager
async def sole_process(url: str, *, wait: bool = True) -> AsyncIterator[None]:
    """As `bot.storage.sole_process`, for all machines that use this database. It is held by a connection.

    When that is lost it is taken anew as soon as the server answers. When another process was faster the block is
    cancelled, and TakenOver raised in its place: two at a time would both answer.
    """
    lock = _Lock(url)
    try:
        await lock.connect()
        if not await lock.take():
            if not wait:
                raise StorageError(f"A bot is running on {place(url)}. Stop it, then try again.")
            log.info("another process runs the bot on this database; this one stands by and takes over when that ends")
            await lock.wait()
        async with _or_taken_over(lock.keep(), url):
            yield
    finally:
        lock.close()


@asynccontextmanager
async def _or_taken_over(keeping: Coroutine[Any, Any, None], url: str) -> AsyncIterator[None]:
    """Cancels the block, and raises TakenOver, when the lock can be kept no longer."""
    body, keeper = asyncio.current_task(), asyncio.create_task(keeping)
    assert body is not None  # noqa: S101  # a coroutine runs in a task
    keeper.add_done_callback(lambda ended: None if ended.cancelled() else body.cancel())
    try:
        yield
    except asyncio.CancelledError:
        if keeper.done() and not keeper.cancelled():
            body.uncancel()
            raise keeper.exception() or TakenOver(place(url)) from None
        raise
    finally:
        keeper.cancel()
        await asyncio.wait([keeper])


class _Lock:
    """The lock, and the connection that holds it."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: Any = None
        self._session: Any = None  # the server's process behind it, and since when

    async def connect(self) -> None:
        self._connection = await connect(self._url, idle_session_timeout=SILENCE)

    async def take(self) -> bool:
        """False while another process has it."""
        with explaining(self._url):
            taken = await self._connection.fetchval(f"select pg_try_advisory_lock({RUNNING})", timeout=PATIENCE)
            if taken:
                self._session = await self._connection.fetchrow(SESSION, timeout=PATIENCE)
        return bool(taken)

    async def wait(self) -> None:
        """Until it is ours, wherever the server is meanwhile."""
        while True:
            try:
                if await self.take():
                    return
            except StorageError:
                self.close()
                with suppress(StorageError):
                    await self.connect()
            await asyncio.sleep(RETRY)

    async def keep(self) -> None:
        """For ever; returns when another process has it."""
        while True:
            await asyncio.sleep(RETRY)
            try:
                with explaining(self._url):
                    await self._connection.execute("select 1", timeout=PATIENCE)
            except StorageError:
                if not await self._taken_again():
                    return

    async def _taken_again(self) -> bool:
        while True:
            self.close()
            try:
                await self.connect()
                with explaining(self._url):  # what is left of us there has the lock until the server misses us
                    await self._connection.execute(END, *self._session, timeout=PATIENCE)
                return await self.take()
            except StorageError:
                await asyncio.sleep(RETRY)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.terminate()
