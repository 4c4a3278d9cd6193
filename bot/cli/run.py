"""`limber run`: the bot on Discord."""

import asyncio
import contextlib
import gc
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
    if not (token.isascii() and token.isprintable()):
        raise StartError("DISCORD_TOKEN holds characters that no token has. Copy it again, on one line.")
    return build(settings, publisher=publisher), token


def in_event_loop(work: Coroutine[Any, Any, None]) -> None:
    """Run until done or until a signal ends it cleanly; on uvloop where there is one (not on Windows)."""
    try:
        import uvloop
    except ImportError:
        asyncio.run(_until_signalled(work))
    else:
        uvloop.run(_until_signalled(work))


async def _until_signalled(work: Coroutine[Any, Any, None]) -> None:
    task, loop = asyncio.ensure_future(work), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows has no such handlers; Ctrl-C raises there
            loop.add_signal_handler(number, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task
    log.info("stopped")


async def _serve(bot: LimberBot, token: str) -> None:
    async with bot:
        await log_in(bot, token)
        gc.collect()
        gc.freeze()  # cards and content stay for good: the collector need not walk them again and again
        watcher = asyncio.create_task(watch(bot.editions))
        try:
            await bot.connect()
        except (discord.ConnectionClosed, discord.GatewayNotFound) as error:
            raise StartError(f"Discord closed the connection for good ({error}). Check token and intents.") from None
        except (aiohttp.ClientError, OSError, TimeoutError, discord.HTTPException) as error:
            raise StartError(f"Discord cannot be reached ({type(error).__name__}). Check the network.") from None
        except discord.PrivilegedIntentsRequired:
            raise StartError("Discord asks for privileged intents; Limber needs none. Is it the right token?") from None
        finally:
            watcher.cancel()


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
