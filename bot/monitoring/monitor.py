"""The monitor of a running bot: it reads its state when asked, and watches the event loop."""

import asyncio
import math
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Final

import structlog

from bot import __version__
from bot.client import LimberBot
from bot.clock import Clock
from bot.monitoring.status import Shard, Status
from bot.settings import Settings
from bot.storage.backup import last_backup
from bot.storage.errors import StorageError
from bot.storage.folder import backups
from bot.storage.lease import DELIVERY
from bot.storage.storage import Storage
from bot.ui.locales import Locales

TICK: Final = 1.0  # seconds between two looks at the loop
REMEMBERED: Final = 60  # ticks
HELD: Final = 5.0  # seconds; so late, it is worth a line in the log

log = structlog.get_logger("limber.monitor")


class Monitor:
    """Of one process, whichever client it has just now."""

    def __init__(self, storage: Storage | None, locales: Locales, settings: Settings, clock: Clock) -> None:
        self._storage = storage
        self._locales = locales
        self._settings = settings
        self._clock = clock
        self._started = clock.now()
        self._bot: LimberBot | None = None
        self._lags: deque[float] = deque([0.0], maxlen=REMEMBERED)

    @contextmanager
    def watching(self, bot: LimberBot) -> Iterator[None]:
        """While it is the one that is connected, or trying to."""
        self._bot = bot
        try:
            yield
        finally:
            self._bot = None

    async def watch_loop(self, elapsed: Callable[[], float]) -> None:
        """For ever: how late the event loop is. Held for seconds, it says so."""
        while True:
            before = elapsed()
            await asyncio.sleep(TICK)
            late = max(0.0, elapsed() - before - TICK)
            self._lags.append(late)
            if late > HELD:
                log.warning("the bot was stuck and answered nobody", seconds=round(late, 1))

    async def status(self) -> Status:
        """As it is now. A database that fails is part of it, never raised."""
        bot, library = self._bot, self._locales.base.library
        found = Status(
            version=__version__,
            content=library.version,
            cluster=str(self._settings.cluster or ""),
            started=self._started,
            shards=_shards(bot) if bot else (),
            servers=len(bot.guilds) if bot else 0,
            lag=max(self._lags),
            diary=self._storage is not None,
            last_backup=last_backup(backups(self._settings.data)),
        )
        return await self._with_database(found, self._storage) if self._storage else found

    async def _with_database(self, found: Status, storage: Storage) -> Status:
        now = self._clock.now()
        try:
            lease, backlog = await storage.leases.find(DELIVERY), await storage.reminders.backlog(now)
            deliveries = await storage.occurrences.settled_since(now - timedelta(hours=1))
        except StorageError as error:
            return replace(found, database=str(error))
        return replace(
            found, halted=lease.halted, waiting=backlog.count, oldest_due=backlog.since, deliveries=deliveries
        )


def _shards(bot: LimberBot) -> list[Shard]:
    shards = []
    for number, shard in bot.shards.items():
        latency = shard.latency
        connected = not shard.is_closed() and bot.is_ready()
        shards.append(Shard(number, connected, latency if math.isfinite(latency) else None))
    return shards
