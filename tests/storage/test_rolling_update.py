"""A process goes on while a newer one brings its PostgreSQL forward: columns that may be empty, new tables."""

from dataclasses import replace

import asyncpg
import pytest

from bot.settings import Settings
from bot.storage.clubs import ClubRow
from bot.storage.occurrences import occurrence_id
from bot.storage.reminders import Reminders
from bot.storage.storage import open_storage
from tests.storage.given import ANA, CLUB, NOON, keep, keep_ringing, opened, plain, post
from tests.support.postgres import postgres

TABLES = "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'"


@pytest.fixture
async def server_host(host: Settings) -> Settings:
    """In databases of its own: other tests do not want the columns."""
    server = await postgres()
    return host.on(type(await server.pair())(await server.empty(), await server.empty()))


async def extend(url: str, step: int) -> None:
    """As a migration of the first of two steps does."""
    connection = await asyncpg.connect(url)
    try:
        for (table,) in await connection.fetch(TABLES):
            await connection.execute(f"alter table {table} add column new_{step} bigint")
        await connection.execute(f"create table new_{step} (id bigint primary key)")
    finally:
        await connection.close()


async def test_an_older_process_goes_on_reading_and_writing(server_host: Settings) -> None:
    assert server_host.server
    async with await open_storage(server_host) as storage:
        await storage.consent(ANA, 1, NOON)
        for step in range(3):
            name = f"{step}" * 32
            await keep(storage, ANA, name, plain(name))
            await keep_ringing(storage.limber, Reminders(storage.limber), name)
            await storage.posts.keep(post(occurrence_id(name, "day 0"), reminder=name))
            assert await storage.posts.count(occurrence_id(name, "day 0"), b"tag") == (1, True)
            await storage.clubs.joined(CLUB + step, NOON)
            assert await storage.clubs.find(CLUB + step) == ClubRow(CLUB + step, None, 0, NOON)
            await storage.clubs.forget(CLUB + step)
            kept = await storage.records.of_person(ANA)
            assert [await opened(storage, record) for record in kept if record.id == name] == [plain(name)]
            await storage.records.replace(replace(kept[0], at=NOON))
            for url in server_host.server:
                await extend(url, step)
        assert (await storage.erase(ANA)).records == {"checkin": 3}
