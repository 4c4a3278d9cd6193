"""Both engines, for tests of what holds on either."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.engine import Engine
from bot.storage.postgres import PostgresDatabase
from tests.support.data import migrated
from tests.support.postgres import postgres

ENGINES: Final = ("sqlite", "postgresql")


@asynccontextmanager
async def opened_on(engine: str, folder: Path) -> AsyncIterator[Engine]:
    """The entries, with nothing in them."""
    if engine == "sqlite":
        migrated(folder)
        database: Engine = await Database.open(folder / "limber.db")
    else:
        database = await PostgresDatabase.open((await (await postgres()).pair()).database)
    try:
        yield database
    finally:
        await database.close()


async def host_on(engine: str, host: Settings) -> Settings:
    """The same host with nothing in its databases, on this engine."""
    if engine == "sqlite":
        migrated(host.data)
        return host
    return host.on(await (await postgres()).pair())
