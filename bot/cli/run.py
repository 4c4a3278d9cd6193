"""`limber run`: the bot on Discord."""

import asyncio
import contextlib
import signal
from collections.abc import Coroutine
from typing import Any

import aiohttp
import discord
import structlog

from bot.app import build
from bot.client import LimberBot
from bot.errors import StartError
from bot.logs import configure
from bot.settings import Settings, read_settings
from bot.ui.publish import Publisher
from bot.watch import watch

log = structlog.get_logger("limber.run")


def run() -> None:
    """Run the bot. Needs DISCORD_TOKEN in the environment or in a .env file."""
    settings = read_settings()
    configure(settings)
    bot, token = prepare(settings, Publisher(settings.data))
    in_event_loop(_serve(bot, token))


def prepare(settings: Settings, publisher: Publisher) -> tuple[LimberBot, str]:
    """A built bot and its token. Raises StartError when there is no token, ContentError when the content is broken."""
    if settings.discord_token is None or not (token := settings.discord_token.get_secret_value().strip()):
        raise StartError(
            "There is no token. Put DISCORD_TOKEN=… into the environment or into a file named .env; "
            "docs/self-hosting.md shows where to get one. To look around without one: limber demo"
        )
    return build(settings, publisher=publisher), token


def in_event_loop(work: Coroutine[Any, Any, None]) -> None:
    """Run on uvloop where there is one (not on Windows)."""
    try:
        import uvloop
    except ImportError:
        asyncio.run(work)
    else:
        uvloop.run(work)


async def _serve(bot: LimberBot, token: str) -> None:
    async with bot, _stopping_on_signals(bot):
        await log_in(bot, token)
        watcher = asyncio.create_task(watch(bot.editions))
        try:
            await bot.connect()
        except (discord.ConnectionClosed, discord.GatewayNotFound) as error:
            raise StartError(
                f"Discord closed the connection for good ({error}). Check the token and the intents."
            ) from None
        except discord.PrivilegedIntentsRequired:
            raise StartError(
                "Discord asks for privileged intents. Limber needs none; is this the right token?"
            ) from None
        finally:
            watcher.cancel()
    log.info("stopped")


async def log_in(bot: LimberBot, token: str) -> None:
    """Log in and publish the commands. Raises StartError with one line for every way this can fail."""
    try:
        await bot.login(token)
    except discord.LoginFailure:
        raise StartError(
            "Discord refused the token. Copy it again from the Bot page of your application "
            "at discord.com/developers/applications; a reset makes the old one useless."
        ) from None
    except discord.HTTPException as error:
        raise StartError(f"Discord answered with an error ({error.status}). Try again in a few minutes.") from None
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise StartError(
            f"Discord cannot be reached ({type(error).__name__}). Check the network, then try again."
        ) from None


@contextlib.asynccontextmanager
async def _stopping_on_signals(bot: LimberBot) -> Any:
    loop = asyncio.get_running_loop()
    closing: list[asyncio.Task[None]] = []

    def stop() -> None:
        if not closing:
            closing.append(loop.create_task(bot.close()))

    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows has no such handlers; Ctrl-C raises there
            loop.add_signal_handler(number, stop)
    try:
        yield
    finally:
        if closing:
            await closing[0]
