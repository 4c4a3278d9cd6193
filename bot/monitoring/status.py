"""The state of a running bot: what it is connected to, what waits, what is wrong. Numbers alone, nobody's name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


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

    @property
    def problems(self) -> list[str]:
        """Why it is not ready; a sentence each."""
        away = [str(shard.id) for shard in self.shards if not shard.connected]
        found = [] if self.shards else ["Not connected to Discord yet."]
        found += [f"Not connected to Discord: shard {', '.join(away)}."] if away else []
        return found + ([self.database] if self.database else [])

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
