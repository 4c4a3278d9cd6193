"""The lock that makes this the one process that runs the bot, or its share of it, on a PostgreSQL database."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any, Final, NamedTuple

import structlog

from bot.storage.errors import StorageError, TakenOver
from bot.storage.postgres import RUNNING, SHARES, STARTING, connect
from bot.storage.postgres_errors import GONE, explaining, without_password

RETRY: Final = 1.0  # seconds until the next look, at the other process or at our own connection
IDLE_TIMEOUT: Final = "15s"  # who has said nothing for so long holds the lock no more: hung, or cut off

LOCK_ANSWER_TIMEOUT: Final = 5.0  # seconds for the server to answer
OWN_SESSION: Final = "select pid, backend_start from pg_stat_activity where pid = pg_backend_pid()"
END: Final = "select pg_terminate_backend(pid, 3000) from pg_stat_activity where pid = $1 and backend_start = $2"

OTHERS: Final = f"""
select exists(
  select from pg_locks where locktype = 'advisory' and objsubid = 2 and classid <> $1
  and classid between {SHARES} and {SHARES | 0xFFFFF}
  and database = (select oid from pg_database where datname = current_database())
)
"""  # noqa: S608

ANOTHER: Final = "another process runs the bot on this database; this one stands by and takes over when that ends"
SAME_SHARE: Final = "another process runs this cluster; this one stands by and takes over when that ends"
OTHER_SHARES: Final = "the shards are shared in another way; this process stands by until all that do so have ended"

log = structlog.get_logger("limber.storage")


class Share(NamedTuple):
    """Which of how many shares of so many shards; at most 1000 of either."""

    number: int
    of: int
    shards: int

    @property
    def key(self) -> tuple[int, int]:
        """Of its lock: the first number is that of all which fit together."""
        return SHARES | self.of << 10 | self.shards, self.number


@asynccontextmanager
async def sole_process(url: str, share: Share | None = None, *, wait: bool = True) -> AsyncIterator[None]:
    """As `bot.storage.sole_process`, for all machines that use this database. It is held by a connection.

    Without a share for all of the bot. One process holds each share, and only shares that fit together are held. When
    the connection is lost it is taken anew as soon as the server answers. When another process was faster the block is
    cancelled, and TakenOver raised in its place: two at a time would both answer.
    """
    lock = _Lock(url, share)
    try:
        await lock.connect()
        if (why := await lock.take()) is not None:
            if not wait:
                raise StorageError(f"A bot is running on {without_password(url)}. Stop it, then try again.")
            await lock.wait(why)
        async with _or_taken_over(lock.keep(), url):
            yield
    finally:
        await lock.release()


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
            raise keeper.exception() or TakenOver(without_password(url)) from None
        raise
    finally:
        keeper.cancel()
        await asyncio.wait([keeper])


class _Lock:
    """The lock, and the connection that holds it."""

    def __init__(self, url: str, share: Share | None) -> None:
        self._url = url
        self._share = share
        self._connection: Any = None
        self._session: Any = None  # the server's process behind it, and since when

    async def connect(self) -> None:
        self._connection = await connect(self._url, idle_session_timeout=IDLE_TIMEOUT)

    async def take(self) -> str | None:
        """None: it is ours. Else why it is not."""
        with explaining(self._url):
            async with self._connection.transaction():
                await self._ask("select pg_advisory_xact_lock($1)", STARTING)
                why = await (self._take_all() if self._share is None else self._take_share(self._share))
                if why is not None:
                    await self._ask("select pg_advisory_unlock_all()")
            self._session = await self._connection.fetchrow(OWN_SESSION, timeout=LOCK_ANSWER_TIMEOUT)
        return why

    async def _take_all(self) -> str | None:
        return None if await self._ask("select pg_try_advisory_lock($1)", RUNNING) else ANOTHER

    async def _take_share(self, share: Share) -> str | None:
        if not await self._ask("select pg_try_advisory_lock_shared($1)", RUNNING):
            return ANOTHER
        if await self._ask(OTHERS, share.key[0]):
            return OTHER_SHARES
        return None if await self._ask("select pg_try_advisory_lock($1, $2)", *share.key) else SAME_SHARE

    async def _ask(self, question: str, *numbers: int) -> Any:
        return await self._connection.fetchval(question, *numbers, timeout=LOCK_ANSWER_TIMEOUT)

    async def wait(self, why: str | None) -> None:
        """Until it is ours, wherever the server is meanwhile."""
        logged = None
        while why is not None:
            if why != logged:
                log.info(logged := why)
            await asyncio.sleep(RETRY)
            try:
                why = await self.take()
            except StorageError:
                self.close()
                with suppress(StorageError):
                    await self.connect()

    async def keep(self) -> None:
        """For ever; returns when another process has it."""
        while True:
            await asyncio.sleep(RETRY)
            try:
                with explaining(self._url):
                    await self._connection.execute("select 1", timeout=LOCK_ANSWER_TIMEOUT)
            except StorageError:
                if not await self._taken_again():
                    return

    async def _taken_again(self) -> bool:
        while True:
            self.close()
            try:
                await self.connect()
                with explaining(self._url):  # what is left of us there has the lock until the server misses us
                    await self._connection.execute(END, *self._session, timeout=LOCK_ANSWER_TIMEOUT)
                return await self.take() is None
            except StorageError:
                await asyncio.sleep(RETRY)

    async def release(self) -> None:
        """Whoever asks next finds it free: the server has let go of it, as far as it answers."""
        if self._connection is not None:
            with suppress(*GONE):
                await self._connection.close(timeout=LOCK_ANSWER_TIMEOUT)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.terminate()
