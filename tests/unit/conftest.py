"""The words of the shipped content; and a draft of it that a test may break."""

import shutil
from pathlib import Path

import pytest

from bot.settings import CONTENT
from bot.ui.catalog import Catalog
from bot.ui.locales import LocalizedContent
from tests.support.draft import Draft


@pytest.fixture(scope="session")
def words(localized: LocalizedContent) -> Catalog:
    return localized.words


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    return Draft(Path(shutil.copytree(CONTENT / "en", tmp_path / "content" / "en")))
