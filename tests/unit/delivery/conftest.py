"""Books of its own for every test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.database import Database
from tests.support.data import migrated
from tests.unit.delivery.engine import Books, Engine, HandClock, Pretend


@pytest.fixture
async def books(tmp_path: Path) -> AsyncIterator[Books]:
    migrated(tmp_path)
    database = await Database.open(tmp_path / "limber.db")
    yield Books.on(database)
    await database.close()


@pytest.fixture
async def engine(books: Books) -> AsyncIterator[Engine]:
    clock = HandClock()
    made = Engine(books, clock, Pretend(clock))
    yield made
    await made.runner.stop()
