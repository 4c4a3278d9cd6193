"""The real English content as it stands in the files."""

from typing import Any

import pytest

from bot.settings import CONTENT
from tests.support.content import parsed

ENGLISH = CONTENT / "en"


@pytest.fixture(scope="session")
def written() -> dict[str, Any]:
    """Every content file by its path without the ending: `areas/hip`, `sources`."""
    return {
        file.relative_to(ENGLISH).with_suffix("").as_posix(): parsed(file) for file in sorted(ENGLISH.rglob("*.yaml"))
    }
