"""Two delivery workers on one PostgreSQL that never look by themselves: each sees what the other tells it."""

import asyncio
from collections.abc import AsyncIterator
from itertools import pairwise
from urllib.parse import urlsplit

import asyncpg
import pytest
from structlog.testing import capture_logs

from bot.delivery.config import MANUAL_CLOCK
from bot.storage import postgres_notifications
from bot.storage.postgres import PostgresDatabase
from bot.storage.postgres_errors import Outage
from bot.storage.postgres_notifications import PostgresNotifications
from tests.support.postgres import postgres
from tests.unit.delivery.engine import MINUTE, MORNING, Engine, HandClock, Pretend

LISTENING = "from pg_stat_activity where query = 'notify delivery' and datname = 'limber'"


class Pair:
    """Two processes; the first one delivers."""

    def __init__(self, server: asyncpg.Connection, first: Engine, second: Engine) -> None:
        self.server = server
        self.first, self.second = first, second

    async def listening(self) -> None:
        """Both listen, and have nothing to do."""
        while await self.server.fetchval(f"select count(*) {LISTENING}") < 2:
            pass
        await self.first.until(lambda: self.first.worker.idle and self.second.worker.idle)

    async def added_at_the_second(self, name: str, person: int) -> None:
        """A reminder that is due."""
        await self.second.remind(name, person, at=MORNING - MINUTE)
        self.second.worker.nudge()

    async def delivered(self, channels: list[int]) -> None:
        await self.first.until(lambda: len(self.first.discord.messages) >= len(channels))
        assert [message.channel for message in self.first.discord.messages] == channels


@pytest.fixture
async def pair() -> AsyncIterator[Pair]:
    url, clock = (await (await postgres()).pair()).database, HandClock()
    discord, server = Pretend(clock), await asyncpg.connect(url)
    databases = [await PostgresDatabase.open(url) for _ in range(2)]
    engines = [Engine(database, clock, discord, MANUAL_CLOCK) for database in databases]  # type: ignore[arg-type]
    for engine in engines:
        await engine.start()
    yield Pair(server, *engines)
    for engine, database in zip(engines, databases, strict=True):
        await engine.worker.stop()
        await database.close()
    await server.close()


async def test_what_one_changes_the_one_that_delivers_sees_at_once(pair: Pair) -> None:
    await pair.listening()
    await pair.added_at_the_second("a", 1)
    await pair.delivered([71])
    assert (pair.first.line.sent, pair.second.line.sent) == ([71], [])


async def test_what_is_changed_while_nobody_can_listen_is_seen_as_soon_as_somebody_can(pair: Pair) -> None:
    await pair.listening()
    assert await pair.server.fetch(f"select pg_terminate_backend(pid, 5000) {LISTENING}")
    await pair.added_at_the_second("a", 1)
    await pair.delivered([71])
    await pair.listening()
    await pair.added_at_the_second("b", 2)
    await pair.delivered([71, 72])


async def test_one_that_is_stopped_hands_over_at_once(pair: Pair) -> None:
    await pair.listening()
    await pair.second.remind(at=MORNING - MINUTE)  # and nobody is told
    await pair.first.worker.stop()
    await pair.delivered([71])
    assert (pair.first.line.sent, pair.second.line.sent) == ([], [71])


async def test_one_that_is_stopped_while_its_database_is_away_has_closed_all_the_same() -> None:
    server = await postgres()
    url, clock = await server.copied((await server.pair()).database), HandClock()
    database = await PostgresDatabase.open(url)
    engine = Engine(database, clock, Pretend(clock), MANUAL_CLOCK)  # type: ignore[arg-type]
    await engine.start()
    admin = await asyncpg.connect(server.url("postgres"))
    await admin.execute(f"drop database {urlsplit(url).path[1:]} with (force)")
    with capture_logs() as logged:
        await engine.worker.stop()
    assert "delivery could not be handed over; the next process waits" in [line["event"] for line in logged]
    await database.close()
    await admin.close()


async def test_however_much_is_told_while_nobody_hears_one_connection_at_a_time_is_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A server with no connection left for us was asked for one a second, for each change there had been."""
    monkeypatch.setattr(postgres_notifications, "RETRY", 0.02)
    loop, tried, enough = asyncio.get_running_loop(), list[float](), asyncio.Event()

    async def refused() -> None:
        tried.append(loop.time())
        if len(tried) == 20:
            enough.set()
        raise asyncpg.TooManyConnectionsError("sorry, too many clients already")

    notifications = PostgresNotifications(refused, Outage("limber"), "delivery", lambda: None)
    for _ in range(10):
        await asyncio.sleep(0.002)  # changes come one after the other
        notifications.notify()
    async with asyncio.timeout(10):
        await enough.wait()
    await notifications.close()
    assert all(later - earlier > 0.01 for earlier, later in pairwise(tried[15:20]))
