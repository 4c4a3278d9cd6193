"""Books of its own for every test, made once and copied."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.database import Database
from bot.storage.schema import upgrade
from tests.unit.delivery.engine import Books, Engine, HandClock, Pretend


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "limber.db"
    upgrade(path, "limber.db")
    return path


@pytest.fixture
async def books(empty: Path, tmp_path: Path) -> AsyncIterator[Books]:
    path = shutil.copyfile(empty, tmp_path / "limber.db")
    database = await Database.open(path)
    yield Books.on(database)
    await database.close()


@pytest.fixture
async def engine(books: Books) -> AsyncIterator[Engine]:
    clock = HandClock()
    made = Engine(books, clock, Pretend(clock))
    yield made
    await made.runner.stop()
