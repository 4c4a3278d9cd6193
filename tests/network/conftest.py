"""A Discord on this machine for each test, and one bot that serves it for all that only ask questions."""

import shutil
from pathlib import Path

import pytest
import pytest_asyncio

from bot.settings import CONTENT
from tests.network.loopback import Loopback
from tests.network.process import started


@pytest_asyncio.fixture(loop_scope="module")
async def discord():
    async with Loopback() as loopback:
        yield loopback


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served(tmp_path_factory):
    """A Loopback with a connected `limber run`, shared: nothing in it may be broken."""
    async with Loopback() as loopback, started(loopback, tmp_path_factory.mktemp("served"), "run") as bot:
        await bot.serving(loopback)
        yield loopback
        assert await bot.stop() == 0


@pytest.fixture
def content(tmp_path) -> Path:
    """A copy of the content that a test may break."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))
