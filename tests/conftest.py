"""The club every SimCord test plays in, and a judge that reads along."""

from collections.abc import AsyncIterator, Iterator, MutableMapping
from contextlib import asynccontextmanager
from typing import Any

import pytest
import structlog

from bot.advice.library import Library
from bot.demo.club import DemoClub, open_club
from bot.errors import UserError
from bot.settings import Settings
from bot.ui.locales import Locales, LocalizedContent
from tests.openapi import discord_api
from tests.support.content import shipped
from tests.support.data import migrated
from tests.support.examples import load_profile

load_profile()

#: Seconds; the first chart starts a process, which on a busy machine takes far longer than the five that SimCord waits.
PATIENCE = 60.0

#: Faults that were answered with a code: SimCord does not see those behind buttons and forms.
FAULTS: list[str] = []


def _heard(_logger: object, _name: str, event: MutableMapping[str, Any]) -> object:
    if event.get("event") == "unexpected error":
        FAULTS.append(repr(event))
    raise structlog.DropEvent


def pytest_report_header() -> str:
    if discord_api() is None:
        return "requests are not held against Discord's schema: DISCORD_OPENAPI names no file"
    return "every request is held against Discord's schema"


@pytest.fixture(scope="session", autouse=True)
def quiet_logs() -> None:
    """A test that wants the log captures it."""

    structlog.configure(processors=[_heard])


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The shipped content, and nothing from the environment of whoever runs the tests."""
    return Settings(_env_file=None, log="error")


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


@asynccontextmanager
async def judged(settings: Settings, locales: Locales, **given: Any) -> AsyncIterator[DemoClub]:
    """The demo's club with the real bot. Fails when the bot raised anything that is no person's mistake.

    Every request the bot made is held against Discord's own schema, where DISCORD_OPENAPI names it.
    """
    FAULTS.clear()
    async with open_club(settings, locales=locales, prepare=migrated, **given) as opened:
        opened.env.settle_timeout = PATIENCE
        yield opened
    assert FAULTS == []
    faults = [error for error in map(root, opened.env.errors) if not isinstance(error, UserError)]
    assert not faults
    assert list(complaints(opened)) == []


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
async def faulty_club(settings: Settings) -> AsyncIterator[DemoClub]:
    """A club in which the bot may raise, with content of its own to break: the test itself looks at what it raised."""
    async with open_club(settings, prepare=migrated) as opened:
        opened.env.settle_timeout = PATIENCE
        yield opened


def complaints(club: DemoClub) -> Iterator[str]:
    """What Discord's schema has to say about everything the bot sent."""
    api = discord_api()
    for entry in club.env.http_requests if api else ():
        yield from api.complaints(entry.method, entry.path, entry.json)


def root(error: BaseException) -> BaseException:
    """What lies under discord.py's wrapping."""
    return root(error.__cause__) if error.__cause__ is not None else error


def texts(components: list[dict[str, Any]]) -> str:
    """Every text of a message, in reading order."""
    return "\n".join(part["content"] for part in flat(components) if part["type"] == 10)


def labels(components: list[dict[str, Any]]) -> list[str]:
    """Every button of a message, in reading order."""
    return [part["label"] for part in flat(components) if part["type"] == 2]


def flat(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """All components, nested ones after their parents."""
    for part in components:
        yield part
        yield from flat(part.get("components", []))
