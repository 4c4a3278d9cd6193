"""A Discord on this machine for each test, and one bot that serves it for all that only ask questions."""

import shutil
from pathlib import Path

import discord as library
import pytest
import pytest_asyncio
import yarl

from bot.settings import CONTENT
from bot.ui.error_mapping import NoRetryClient
from tests.network.loopback import TOKEN, Loopback
from tests.network.process import started
from tests.unit.delivery.engine import QUICK


@pytest_asyncio.fixture(loop_scope="module")
async def discord():
    async with Loopback() as loopback:
        yield loopback


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served(tmp_path_factory):
    """A Loopback with a connected `limber run`, started as a host starts it; shared: nothing in it may be broken."""
    folder = tmp_path_factory.mktemp("served")
    async with Loopback() as loopback, started(loopback, folder, "run", fresh=True) as bot:
        await bot.serving(loopback)
        yield loopback
        assert await bot.stop() == 0


@pytest.fixture
def content(tmp_path) -> Path:
    """A copy of the content that a test may break."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


@pytest.fixture
def pointed(discord, monkeypatch):
    """discord.py in this process takes the Loopback for Discord."""
    monkeypatch.setattr(library.http.Route, "BASE", discord.api)
    monkeypatch.setattr(library.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(discord.gateway))


@pytest_asyncio.fixture(loop_scope="module")
async def client(pointed):
    """An ordinary client, logged in."""
    async with library.Client(intents=library.Intents(guilds=True), max_messages=None) as logged_in:
        await logged_in.login(TOKEN)
        yield logged_in


@pytest_asyncio.fixture(loop_scope="module")
async def sender(pointed):
    async with NoRetryClient(QUICK) as logged_in:
        await logged_in.login(TOKEN)
        yield logged_in
