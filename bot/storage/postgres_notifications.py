"""Notifications between the processes on a PostgreSQL database, by LISTEN and NOTIFY."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

from bot.storage.engine import Notifications
from bot.storage.errors import StorageError
from bot.storage.postgres_errors import Outage

RETRY: Final = 1.0  # seconds until a lost connection is made anew
LAST_NOTIFY_TIMEOUT: Final = 5.0  # seconds to tell the others a last time


class PostgresNotifications(Notifications):
    """As `Engine.notifications` promises, by a connection of its own. Between two notifications no task waits."""

    def __init__(
        self,
        connect: Callable[[], Awaitable[Any]],
        outage: Outage,
        channel: str,
        heard: Callable[[], None],
    ) -> None:
        self._connect = connect
        self._outage = outage
        self._channel = channel
        self._heard = heard
        self._connection: Any = None
        self._open = True
        self._untold = False
        self._telling: asyncio.Task[None] | None = None
        self._retry: asyncio.TimerHandle | None = None
        self.notify()  # which connects

    def notify(self) -> None:
        if self._open:
            self._untold = True
            self._telling = self._telling or asyncio.create_task(self._tell())

    async def close(self) -> None:
        self.notify()
        self._open = False
        if (telling := self._telling) is not None:
            await asyncio.wait([telling], timeout=LAST_NOTIFY_TIMEOUT)
            telling.cancel()  # else it would connect when nobody is left to close that
        self._end()

    async def _tell(self) -> None:
        try:
            with self._outage:
                while self._untold:
                    self._untold = False  # before it is told: what comes meanwhile is told next
                    connection = await self._listening()
                    await connection.execute(f"notify {self._channel}")
        except StorageError:
            self._end()
            self._try_later()
        finally:
            self._telling = None

    async def _listening(self) -> Any:
        """The connection; when it is a new one, something may have been missed."""
        if self._connection is None or self._connection.is_closed():
            self._connection = await self._connect()
            self._connection.add_termination_listener(self._try_later)
            await self._connection.add_listener(self._channel, self._hear)
            self._heard()
        return self._connection

    def _hear(self, connection: Any, teller: int, *_: object) -> None:
        if teller != connection.get_server_pid():  # our own come back as well
            self._heard()

    def _try_later(self, *_: object) -> None:
        if self._retry is not None:  # each would go on for as long as the server is away
            self._retry.cancel()
        self._retry = asyncio.get_running_loop().call_later(RETRY, self.notify)

    def _end(self) -> None:
        if self._connection is not None:
            self._connection.terminate()
