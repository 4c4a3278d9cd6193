"""A club for every test that asks for one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.advice.library import Library
from tests.unit.clubs.house import House, opened


@pytest.fixture
async def house(tmp_path: Path, library: Library) -> AsyncIterator[House]:
    async with opened(tmp_path, library) as house:
        yield house
