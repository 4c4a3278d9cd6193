"""The monitor of a running bot: its state when somebody asks, and how late its event loop is. Nobody's name."""

import asyncio
import math
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

import structlog

from bot import __version__
from bot.client import LimberBot
from bot.clock import Clock
from bot.settings import Settings
from bot.storage.backup import last_backup
from bot.storage.errors import StorageError
from bot.storage.folder import backups
from bot.storage.lease import DELIVERY
from bot.storage.schema import made
from bot.storage.storage import Storage
from bot.ui.locales import Locales


@dataclass(frozen=True, slots=True)
class Shard:
    """One connection to Discord's gateway."""

    id: int
    connected: bool
    latency: float | None = None  # seconds; None before the first heartbeat was answered


@dataclass(frozen=True, slots=True)
class Status:
    """How a bot is, at one moment."""

    version: str
    content: str
    started: datetime
    cluster: str = ""  # its share of the shards, such as 2/4; empty: all of them
    shards: Sequence[Shard] = ()
    servers: int = 0
    lag: float = 0.0  # seconds the event loop was late, at worst, in the last minute
    database: str | None = None  # what is wrong with it
    diary: bool = True  # whether there is a database at all
    halted: bool = False
    waiting: int = 0
    oldest_due: datetime | None = None
    deliveries: Mapping[str, int] = field(default_factory=dict)  # of the last hour, by state
    last_backup: datetime | None = None
    database_made: datetime | None = None  # for as long as there is no backup of it; None: it is on a server

    @property
    def problems(self) -> list[str]:
        """Why it is not ready; a sentence each."""
        away = [str(shard.id) for shard in self.shards if not shard.connected]
        problems = [] if self.shards else ["Not connected to Discord yet."]
        problems += [f"Not connected to Discord: shard {', '.join(away)}."] if away else []
        return problems + ([self.database] if self.database else [])

    @property
    def ready(self) -> bool:
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        """For /readyz and `limber status --json`."""
        return {
            "ready": self.ready,
            "problems": self.problems,
            "version": self.version,
            "content": self.content,
            "cluster": self.cluster or None,
            "started": self.started.isoformat(timespec="seconds"),
            "shards": [{"id": shard.id, "connected": shard.connected} for shard in self.shards],
            "servers": self.servers,
            "delivery": "off" if self.halted else "on",
            "waiting": self.waiting,
            "oldest_due": self.oldest_due and self.oldest_due.isoformat(timespec="seconds"),
            "deliveries_last_hour": dict(self.deliveries),
            "last_backup": self.last_backup and self.last_backup.isoformat(timespec="seconds"),
        }


TICK: Final = 1.0  # seconds between two looks at the loop
REMEMBERED_LAGS: Final = 60  # ticks
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
        self._lags: deque[float] = deque([0.0], maxlen=REMEMBERED_LAGS)

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
        status = Status(
            version=__version__,
            content=library.version,
            cluster=str(self._settings.cluster or ""),
            started=self._started,
            shards=_shards(bot) if bot else (),
            servers=len(bot.guilds) if bot else 0,
            lag=max(self._lags),
            diary=self._storage is not None,
            last_backup=last_backup(backups(self._settings.data), self._clock.now()),
        )
        return await self._with_database(status, self._storage) if self._storage else status

    async def _with_database(self, status: Status, storage: Storage) -> Status:
        now = self._clock.now()
        try:
            await storage.vault.fingerprint()  # the database of the keys answers too
            lease, backlog = await storage.leases.find(DELIVERY), await storage.reminders.backlog(now)
            deliveries = await storage.occurrences.settled_since(now - timedelta(hours=1))
            file = None if status.last_backup else storage.limber.path
            database_made = await asyncio.to_thread(made, file) if file else None
        except StorageError as error:
            return replace(status, database=str(error))
        return replace(
            status,
            halted=lease.halted,
            waiting=backlog.count,
            oldest_due=backlog.since,
            deliveries=deliveries,
            database_made=database_made,
        )


def _shards(bot: LimberBot) -> list[Shard]:
    shards = []
    for number, shard in bot.shards.items():
        latency = shard.latency
        connected = not shard.is_closed() and bot.is_ready()
        shards.append(Shard(number, connected, latency if math.isfinite(latency) else None))
    return shards
