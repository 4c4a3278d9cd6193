"""`limber run`, `limber sync` and `limber demo`: the bot on Discord, its commands there, the bot in a browser."""

import asyncio
import contextlib
import gc
import signal
import sys
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Annotated, Any, Final

import structlog
import typer

from bot.app import Services, build, opened
from bot.client import LimberBot
from bot.clock import Clock, WallClock
from bot.collector import collector_paused
from bot.connection import Unreachable, keep_online, log_in, send_to, stay_connected
from bot.errors import StartError, TokenRefused
from bot.logs import configure
from bot.maintenance import run_jobs, watch_content
from bot.monitoring.monitor import Monitor
from bot.monitoring.systemd import notifying
from bot.observer import SILENT, Observer
from bot.settings import Settings, read_service_manager, read_settings
from bot.storage.sole_process import sole_process
from bot.ui.error_mapping import NoRetryClient
from bot.ui.locales import Locales
from bot.ui.tree import Publisher

if TYPE_CHECKING:
    from bot.monitoring.metrics import Metrics

SWITCH_INTERVAL: Final = 0.001  # seconds until the event loop has its turn while a thread computes; Python's are five

log = structlog.get_logger("limber.run")


def run(
    context: typer.Context,
    cluster: Annotated[
        str | None, typer.Option(help="A share of the shards, such as 2/4. Needs PostgreSQL.", metavar="I/N")
    ] = None,
) -> None:
    """Run the bot. Needs DISCORD_TOKEN in the environment or in a .env file."""
    settings = read_settings(cluster=cluster)
    configure(settings)
    send_to(settings.discord_api)
    sys.setswitchinterval(SWITCH_INTERVAL)
    in_event_loop(_serve(settings, token_of(settings), context.obj))


def token_of(settings: Settings) -> str:
    """The bot's token. Raises TokenRefused when there is none."""
    if settings.discord_token is None or not (token := settings.discord_token.get_secret_value().strip()):
        raise TokenRefused(
            "There is no token. Put DISCORD_TOKEN=… into the environment or into a file named .env; "
            "docs/self-hosting.md shows where to get one. To look around without one: limber demo"
        )
    if not (token.isascii() and token.isprintable()):
        raise TokenRefused("DISCORD_TOKEN holds characters that no token has. Copy it again, on one line.")
    return token


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


async def _serve(settings: Settings, token: str, given: Locales | None) -> None:
    """The database is opened and the content read once, a client made for each attempt to reach Discord."""
    with collector_paused():
        locales, clock, manager = given or Locales(settings.content), WallClock(), read_service_manager()
        gc.freeze()  # content stays for good: the collector need not walk it again and again
    observer, web = _watched(settings, clock)
    async with AsyncExitStack() as running:
        await running.enter_async_context(notifying(manager.notify_socket, manager.watchdog))
        running.callback(asyncio.create_task(watch_content(locales, _asked_to_reload())).cancel)
        async with web(Monitor(None, locales, settings, clock)):  # one that stands by is well, not ready
            await running.enter_async_context(sole_process(settings))
        services = await running.enter_async_context(opened(settings, observer))
        monitor = Monitor(services.storage, locales, settings, clock)
        await running.enter_async_context(web(monitor))
        running.callback(asyncio.create_task(monitor.watch_loop(monotonic)).cancel)
        await keep_online(partial(_stay, settings, token, locales, services, monitor))


def _watched(
    settings: Settings, clock: Clock
) -> tuple[Observer, Callable[[Monitor], AbstractAsyncContextManager[None]]]:
    """What hears what happens, and the web server that tells a host; neither where nobody may ask."""
    if not settings.http_port:
        return SILENT, lambda _: contextlib.nullcontext()
    from bot.monitoring.web import served

    metrics = _metrics()
    observer, text = (metrics.observer, metrics.text) if metrics else (SILENT, None)
    return observer, lambda monitor: served(settings.http_host, settings.http_port, monitor, clock, text)


def _metrics() -> "Metrics | None":
    """None where that extra is not installed."""
    try:
        from prometheus_client import CollectorRegistry

        from bot.monitoring.metrics import Metrics
    except ModuleNotFoundError:
        return None
    return Metrics(CollectorRegistry())


def _asked_to_reload() -> asyncio.Event:
    """Set by SIGHUP, where there is such a signal."""
    asked = asyncio.Event()
    with contextlib.suppress(NotImplementedError, AttributeError):
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, asked.set)
    return asked


async def _stay(settings: Settings, token: str, locales: Locales, services: Services, monitor: Monitor) -> None:
    sender = NoRetryClient(observer=services.observer)
    async with build(settings, locales=locales, services=services, sender=sender) as bot:
        await log_in(bot, token)
        if bot.features.worker is not None:
            bot.features.worker.start()  # sending needs no gateway
        gc.collect()
        gc.freeze()  # so do the commands
        jobs = asyncio.create_task(run_jobs(bot.features.maintenance))
        try:
            with monitor.watching(bot):
                await stay_connected(bot)
        finally:
            jobs.cancel()


def sync(
    context: typer.Context, force: Annotated[bool, typer.Option(help="Even when nothing has changed.")] = False
) -> None:
    """Publish the commands to Discord, if their definition changed; `limber run` does this by itself."""
    settings = read_settings()
    configure(settings)
    send_to(settings.discord_api)
    token = token_of(settings)
    publisher = Publisher(settings.data, force=force)
    in_event_loop(_log_in_once(build(settings, locales=context.obj, publisher=publisher), token))
    typer.echo("Discord knows the current commands.")


async def _log_in_once(bot: LimberBot, token: str) -> None:
    async with bot:
        try:
            await log_in(bot, token)
        except Unreachable as error:
            raise StartError(f"Discord cannot be reached ({error}). Check the network, then try again.") from None


def without_extra(extra: str, error: ModuleNotFoundError) -> StartError:
    """What to say when a package of an extra is not there."""
    return StartError(f"This needs one more package ({error.name}): pip install 'limber[{extra}]'")


def demo(
    port: Annotated[int, typer.Option(help="Where the page is served, on this machine only.", min=0, max=65535)] = 8765,
) -> None:
    """Try the bot in the browser: a small club, two runners and a moderator. Ctrl-C ends it."""
    settings = read_settings().model_copy(update={"log": "error"})
    configure(settings)
    try:
        from bot.demo.page import serve
    except ModuleNotFoundError as error:
        raise without_extra("demo", error) from None
    try:
        asyncio.run(serve(settings, port, announce=typer.echo))
    except KeyboardInterrupt:
        typer.echo("Bye.")
