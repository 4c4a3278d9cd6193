"""A club with the real bot in it, and a judge that reads along."""

from collections.abc import AsyncIterator, Iterator, MutableMapping
from contextlib import asynccontextmanager
from typing import Any

import structlog

from bot.demo.club import DemoClub, open_club
from bot.errors import UserError
from bot.settings import Settings
from bot.ui.locales import Locales
from tests.openapi import discord_api
from tests.support.data import migrated

#: Seconds; the first chart starts a process, which on a busy machine takes far longer than the five that SimCord waits.
PATIENCE = 60.0

#: Faults that were answered with a code: SimCord does not see those behind buttons and forms.
FAULTS: list[str] = []


def heard(_logger: object, _name: str, event: MutableMapping[str, Any]) -> object:
    """The only processor of the tests' log: nothing is written, and faults are kept for the judge."""
    if event.get("event") == "unexpected error":
        FAULTS.append(repr(event))
    raise structlog.DropEvent


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


def complaints(club: DemoClub) -> Iterator[str]:
    """What Discord's schema has to say about everything the bot sent."""
    api = discord_api()
    for entry in club.env.http_requests if api else ():
        yield from api.complaints(entry.method, entry.path, entry.json)


def root(error: BaseException) -> BaseException:
    """What lies under discord.py's wrapping."""
    return root(error.__cause__) if error.__cause__ is not None else error
