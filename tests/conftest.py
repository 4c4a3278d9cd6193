"""The club every SimCord test plays in."""

import gc
from collections.abc import AsyncIterator

import pytest
import structlog

from bot.advice.library import Library
from bot.demo.club import DemoClub, open_club
from bot.settings import Settings
from bot.ui.locales import Locales, LocalizedContent
from tests.openapi import discord_api
from tests.support.content import shipped
from tests.support.data import migrated
from tests.support.examples import load_profile
from tests.support.judged import PATIENCE, heard, judged

load_profile()


def pytest_report_header() -> str:
    if discord_api() is None:
        return "requests are not held against Discord's schema: DISCORD_OPENAPI names no file"
    return "every request is held against Discord's schema"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long, and mostly waits, begins first: others compute meanwhile, and nobody waits for it at the end."""
    names = ["tests/network/test_soak.py", "tests/browser/", "tests/network/", ""]
    items.sort(key=lambda item: next(at for at, name in enumerate(names) if item.nodeid.startswith(name)))


def pytest_collection_finish() -> None:
    """Thousands of tests and all they were made from stay to the end: the collector need not walk them, nor hurry."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def quiet_logs() -> None:
    """A test that wants the log captures it."""

    structlog.configure(processors=[heard])


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The shipped content, and nothing from the environment of whoever runs the tests.

    No pictures of exercises but where they are the point: each club that shows one starts a drawing process.
    """
    return Settings(log="error", pictures=False)


@pytest.fixture(scope="session")
def locales() -> Locales:
    """The shipped content, read once: nothing in it changes."""
    return shipped()


@pytest.fixture(scope="session")
def localized(locales: Locales) -> LocalizedContent:
    return locales.base


@pytest.fixture(scope="session")
def library(localized: LocalizedContent) -> Library:
    return localized.library


@pytest.fixture
async def club(settings: Settings, locales: Locales) -> AsyncIterator[DemoClub]:
    """A club, judged."""
    async with judged(settings, locales) as opened:
        yield opened


@pytest.fixture
async def notes_club(settings: Settings, locales: Locales) -> AsyncIterator[DemoClub]:
    """The club of a host who allows notes."""
    async with judged(settings.model_copy(update={"notes": True}), locales) as opened:
        yield opened


@pytest.fixture
async def faulty_club(settings: Settings, locales: Locales) -> AsyncIterator[DemoClub]:
    """A club in which the bot may raise: the test itself looks at what it raised."""
    async with open_club(settings, locales=locales, prepare=migrated) as opened:
        opened.env.settle_timeout = PATIENCE
        yield opened
