"""A data folder of its own for every test, and the engines behind the repositories."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.storage.engine import Engine
from bot.storage.storage import Storage, open_storage
from tests.storage.given import hosted
from tests.support.data import migrated
from tests.support.engines import ENGINES, host_on, opened_on


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


@pytest.fixture(params=ENGINES)
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Engine]:
    """Every engine the repositories run on; each new one must pass the same tests."""
    async with opened_on(request.param, tmp_path) as opened:
        yield opened


@pytest.fixture(params=ENGINES)
async def either_host(request: pytest.FixtureRequest, host: Settings) -> Settings:
    """A host on each engine."""
    return await host_on(request.param, host)


@pytest.fixture
async def either_storage(either_host: Settings) -> AsyncIterator[Storage]:
    async with await open_storage(either_host) as opened:
        yield opened
