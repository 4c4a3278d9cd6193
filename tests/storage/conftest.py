"""A data folder of its own for every test, and the engines behind the repositories."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.engine import Engine
from bot.storage.postgres import PostgresDatabase
from bot.storage.storage import Storage, open_storage
from tests.storage.given import hosted
from tests.support.data import migrated
from tests.support.postgres import postgres


@pytest.fixture
def host(tmp_path: Path) -> Settings:
    """A host with nothing set up yet."""
    return hosted(tmp_path)


@pytest.fixture
async def storage(host: Settings) -> AsyncIterator[Storage]:
    migrated(host.data)
    opened = await open_storage(host)
    yield opened
    await opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Engine]:
    """Every engine the repositories run on; each new one must pass the same tests."""
    if request.param == "sqlite":
        migrated(tmp_path)
        opened: Engine = await Database.open(tmp_path / "limber.db")
    else:
        opened = await PostgresDatabase.open((await (await postgres()).pair()).database)
    yield opened
    await opened.close()
