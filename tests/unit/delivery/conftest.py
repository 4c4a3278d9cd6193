"""A database of its own for every test, made once and copied."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.database import Database
from tests.support.data import migrated
from tests.unit.delivery.engine import Engine, HandClock, Pretend


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    migrated(tmp_path)
    opened = await Database.open(tmp_path / "limber.db")
    yield opened
    await opened.close()


@pytest.fixture
async def engine(database: Database) -> AsyncIterator[Engine]:
    clock = HandClock()
    made = Engine(database, clock, Pretend(clock))
    yield made
    await made.worker.stop()
