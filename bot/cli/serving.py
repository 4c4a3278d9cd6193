"""How `limber run` serves, and `limber sync` publishes: the event loop, what runs in it, and what ends it."""

import asyncio
import contextlib
import gc
import signal
import sys
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

import structlog

from bot.app import Services, build, opened
from bot.client import LimberBot
from bot.clock import Clock, WallClock
from bot.connection import Unreachable, keep_online, log_in, send_to, stay_connected
from bot.errors import StartError
from bot.maintenance import run_jobs, watch_content
from bot.monitoring.monitor import Monitor
from bot.monitoring.systemd import notifying
from bot.observer import SILENT, Observer
from bot.settings import Settings, read_service_manager
from bot.storage.sole_process import sole_process
from bot.ui.error_mapping import NoRetryClient
from bot.ui.locales import Locales
from bot.ui.tree import Publisher

if TYPE_CHECKING:
    from bot.monitoring.metrics import Metrics

SWITCH_INTERVAL: Final = 0.001  # seconds until the event loop has its turn while a thread computes; Python's are five

log = structlog.get_logger("limber.run")


def serve(settings: Settings, token: str, locales: Locales) -> None:
    """Run until done or until a signal ends it cleanly."""
    send_to(settings.discord_api)
    sys.setswitchinterval(SWITCH_INTERVAL)
    _in_event_loop(_serve(settings, token, locales))


def publish(settings: Settings, token: str, locales: Locales | None, *, force: bool) -> None:
    """Tell Discord the commands. Raises StartError where it cannot be reached."""
    send_to(settings.discord_api)
    bot = build(settings, locales=locales, publisher=Publisher(settings.data, force=force))
    _in_event_loop(_log_in_once(bot, token))


def _in_event_loop(work: Coroutine[Any, Any, None]) -> None:
    """On uvloop where there is one (not on Windows)."""
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


async def _serve(settings: Settings, token: str, locales: Locales) -> None:
    """The database is opened once, a client made for each attempt to reach Discord."""
    clock, manager = WallClock(), read_service_manager()
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


async def _log_in_once(bot: LimberBot, token: str) -> None:
    async with bot:
        try:
            await log_in(bot, token)
        except Unreachable as error:
            raise StartError(f"Discord cannot be reached ({error}). Check the network, then try again.") from None
