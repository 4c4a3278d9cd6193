"""The real English content, as the bot serves it and as it stands in the files."""

from typing import Any

import pytest
import yaml

from bot.advice.library import Library
from bot.settings import CONTENT
from bot.ui.locales import LocalizedContent, read_one

ENGLISH = CONTENT / "en"


@pytest.fixture(scope="session")
def localized() -> LocalizedContent:
    return read_one(ENGLISH)


@pytest.fixture(scope="session")
def library(localized: LocalizedContent) -> Library:
    return localized.library


@pytest.fixture(scope="session")
def written() -> dict[str, Any]:
    """Every content file by its path without the ending: `areas/hip`, `sources`."""
    return {
        file.relative_to(ENGLISH).with_suffix("").as_posix(): yaml.load(
            file.read_text(encoding="utf-8"), yaml.CSafeLoader
        )
        for file in sorted(ENGLISH.rglob("*.yaml"))
    }
