"""The turns of several processes to identify at Discord's gateway, in the order they ask, by locks of the database."""

import asyncio
from typing import Final

from bot.storage.postgres import IDENTIFYING, connect
from bot.storage.postgres_errors import explaining

INTERVAL: Final = 5.25  # seconds: five of a bucket's (topics/gateway, Session Start Limit), and a little for the way
IDLE_TIMEOUT: Final = "15s"  # who has said nothing for so long has lost its turn: hung, or cut off
UNLIMITED: Final = "0"  # it waits as long as others are before it


class IdentifyTurns:
    """Of all processes on one database."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def wait(self, bucket: int) -> None:
        """Until it is our turn; nobody else has one in this bucket for that long from then. Raises StorageError."""
        connection = await connect(
            self._url, lock_timeout=UNLIMITED, statement_timeout=UNLIMITED, idle_session_timeout=IDLE_TIMEOUT
        )
        try:
            with explaining(self._url):
                await connection.execute(f"select pg_advisory_lock({IDENTIFYING}, {bucket})")
        except BaseException:
            connection.terminate()
            raise
        asyncio.get_running_loop().call_later(INTERVAL, connection.terminate)
