"""The metrics of a running bot, for Prometheus, in a registry that is handed in."""

from datetime import datetime
from functools import cache, partial
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, generate_latest

from bot.monitoring.monitor import Status
from bot.observer import Observer
from bot.storage.occurrences import OccurrenceState

SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0)
SETTLED: Final = frozenset(OccurrenceState) - {OccurrenceState.PENDING, OccurrenceState.CLAIMED}
ON_DISK: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0)


class Metrics:
    """Counts what `observer` is told, and shows the rest as it is when somebody asks."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry
        counter, gauge = partial(Counter, registry=registry), partial(Gauge, registry=registry)
        histogram, info = partial(Histogram, registry=registry), partial(Info, registry=registry)
        self._answers = histogram(
            "limber_answer_seconds",
            "From when a command or a press came in until it was dealt with, by its name and how it ended.",
            ("name", "outcome"),
            buckets=SECONDS,
        )
        self._queries = histogram(
            "limber_database_seconds",
            "Reads and writes of the database.",
            ("kind",),
            buckets=ON_DISK,
        )
        self._limited = counter("limber_rate_limited", "Answers of Discord that asked for a pause (429).")
        self._lag = gauge(
            "limber_event_loop_lag_seconds",
            "How late the event loop was, at worst, in the last minute.",
        )
        self._deliveries = gauge(
            "limber_deliveries_last_hour", "Reminders and posts by what became of them.", ("state",)
        )
        self._waiting = gauge("limber_waiting", "Reminders and posts that are due and not sent yet.")
        self._oldest = gauge("limber_oldest_due_seconds", "How long the oldest of them has been due.")
        self._halted = gauge("limber_delivery_halted", "1 while `limber delivery off` holds.")
        self._ready = gauge("limber_ready", "1 while every shard is connected and the database answers.")
        self._connected = gauge("limber_shard_connected", "1 while the shard is connected.", ("shard",))
        self._latency = gauge("limber_shard_latency_seconds", "Heartbeat and its answer.", ("shard",))
        self._servers = gauge("limber_servers", "Servers the bot is in.")
        self._backup = gauge(
            "limber_backup_age_seconds", "How old the newest daily backup is; while there is none, the database."
        )
        self._started = gauge("limber_start_time_seconds", "When the bot was started, Unix time.")
        self._version = info("limber", "Versions of the bot and of its content, and its share of the shards.")

    @property
    def observer(self) -> Observer:
        answers, queries = cache(self._answers.labels), cache(self._queries.labels)  # `labels` builds a key and locks
        return Observer(
            answered=lambda name, outcome, seconds: answers(name, outcome).observe(seconds),
            queried=lambda kind, seconds: queries(kind).observe(seconds),
            limited=self._limited.inc,
        )

    def text(self, status: Status, now: datetime) -> bytes:
        """All of them in Prometheus' text format."""
        self._lag.set(status.lag)
        self._halted.set(status.halted)
        self._ready.set(status.ready)
        self._servers.set(status.servers)
        self._started.set(status.started.timestamp())
        self._version.info({"version": status.version, "content": status.content, "cluster": status.cluster})
        self._waiting.set(status.waiting)
        self._oldest.set((now - status.oldest_due).total_seconds() if status.oldest_due else 0)
        if since := status.last_backup or status.database_made:
            self._backup.set((now - since).total_seconds())
        for state in SETTLED:
            self._deliveries.labels(state.value).set(status.deliveries.get(state, 0))
        self._connected.clear()
        self._latency.clear()
        for shard in status.shards:
            self._connected.labels(shard.id).set(shard.connected)
            if shard.latency is not None:
                self._latency.labels(shard.id).set(shard.latency)
        return generate_latest(self._registry)
