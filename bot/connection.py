"""The connection to Discord: it waits for a network that is away, and ends for what waiting cannot mend."""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Final
from urllib.parse import urlsplit

import aiohttp
import discord
import structlog
from discord.http import Route

from bot.client import LimberBot
from bot.errors import IntentsRefused, LimberError, StartError, TokenRefused

FIRST_WAIT: Final = 1.0  # seconds; doubled after each try
LONGEST_WAIT: Final = 60.0  # seconds; also how often the log says that Discord is away

#: What a network that is away looks like from here. RecursionError: discord.py tries a shard again from within itself.
AWAY: Final = (aiohttp.ClientError, OSError, TimeoutError, discord.GatewayNotFound, RecursionError)

#: Close codes of the gateway (topics/opcodes-and-status-codes) that the next try would meet again.
AUTHENTICATION_FAILED: Final = 4004
INTENT_CODES: Final = frozenset({4013, 4014})  # invalid, disallowed
FINAL_CODES: Final = frozenset({4010, 4011, 4012})  # a shard that is none, too few shards, a retired version of the API

LOGIN_REFUSED: Final = (
    "Discord refused the token. Copy it again from the Bot page of your application "
    "at discord.com/developers/applications; a reset makes the old one useless."
)
DISALLOWED: Final = "Discord refuses the intents; Limber asks for guilds alone. Is it the right token?"

log = structlog.get_logger("limber.connection")


class Unreachable(LimberError):
    """Discord cannot be reached just now, or is ill: waiting mends it."""


def send_to(api: str) -> None:
    """From now on every request of this process goes there: discord.py knows one address for all of its clients."""
    Route.BASE = api + urlsplit(Route.BASE).path


async def keep_online(
    attempt: Callable[[], Awaitable[None]],
    *,
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    elapsed: Callable[[], float] = monotonic,
) -> None:
    """Make one attempt after the other until one ends without Unreachable; what else it raises is raised.

    Between two it waits, longer each time, up to a minute. A line a minute at most says so.
    """
    wait, logged_at = FIRST_WAIT, -LONGEST_WAIT
    while True:
        began = elapsed()
        try:
            return await attempt()
        except Unreachable as error:
            now = elapsed()
            if now - began > LONGEST_WAIT:  # it was there for a while
                wait = FIRST_WAIT
            if now - logged_at >= LONGEST_WAIT:
                log.warning("Discord cannot be reached; tried again until it is there", why=str(error))
                logged_at = now
        await sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT)


async def log_in(bot: LimberBot, token: str) -> None:
    """Log in and publish the commands. Raises Unreachable, or StartError for what waiting cannot mend."""
    try:
        await bot.login(token)
        if bot.sender is not None:
            await bot.sender.login(token)
    except discord.LoginFailure:
        raise TokenRefused(LOGIN_REFUSED) from None
    except discord.HTTPException as error:
        if _passes(error.status):
            raise Unreachable(f"it answers with {error.status}") from None
        raise StartError(
            f"Discord does not take what was sent ({error.status}, {error.code}). Update Limber."
        ) from None
    except AWAY as error:
        raise Unreachable(type(error).__name__) from None


async def stay_connected(bot: LimberBot) -> None:
    """Listen until the bot is closed. Raises Unreachable, or StartError for what waiting cannot mend.

    Cancelled, it ends at once, and closing the bot ends the connection: discord.py waits for each shard with
    `wait_for`, which before Python 3.12 may swallow a cancellation, so a SIGTERM in that moment was lost.
    """
    connecting = asyncio.create_task(bot.connect())
    try:
        await asyncio.wait([connecting])
    finally:
        connecting.cancel()
    try:
        await connecting
    except discord.PrivilegedIntentsRequired:
        raise IntentsRefused(DISALLOWED) from None
    except discord.ConnectionClosed as error:
        raise _closed(error.code) from None
    except discord.HTTPException as error:
        raise Unreachable(f"it answers with {error.status}") from None
    except AWAY as error:
        raise Unreachable(type(error).__name__) from None


def _passes(status: int) -> bool:
    """Not only what is Discord's own fault: a firewall in front of it answers 403 for a while."""
    return status >= 500 or status in {403, 408, 429}


def _closed(code: int) -> LimberError:
    if code == AUTHENTICATION_FAILED:
        return TokenRefused(LOGIN_REFUSED)
    if code in INTENT_CODES:
        return IntentsRefused(DISALLOWED)
    if code in FINAL_CODES:
        return StartError(f"Discord closed the connection for good ({code}). Leave out LIMBER_SHARD_COUNT, or update.")
    return Unreachable(f"it closed the connection with {code}")
