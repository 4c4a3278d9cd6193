"""The small web server that says how the bot is: /healthz, /readyz, and /metrics where that extra is installed."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Final

import structlog
from aiohttp import web

from bot.clock import Clock
from bot.monitoring.monitor import Monitor, Status

SHUTDOWN_TIMEOUT: Final = 1.0  # seconds for requests that are under way when it stops

MetricsText = Callable[[Status, datetime], bytes]

log = structlog.get_logger("limber.monitor")


@asynccontextmanager
async def served(host: str, port: int, monitor: Monitor, clock: Clock, text: MetricsText | None) -> AsyncIterator[None]:
    """While the bot runs. An address that is taken is a line in the log and no more.

    `text` makes /metrics; without it there is none.
    """

    async def health(_request: web.Request) -> web.Response:
        """The process answers: it is alive, whatever becomes of Discord."""
        return web.Response(text="ok\n")

    async def ready(_request: web.Request) -> web.Response:
        status = await monitor.status()
        return web.json_response(status.as_json(), status=200 if status.ready else 503)

    async def metrics(_request: web.Request) -> web.Response:
        if text is None:
            return web.Response(status=404, text="This needs one more package: pip install 'limber[metrics]'\n")
        return web.Response(body=text(await monitor.status(), clock.now()), headers={"Content-Type": PROMETHEUS})

    app = web.Application()
    app.add_routes([web.get("/healthz", health), web.get("/readyz", ready), web.get("/metrics", metrics)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_TIMEOUT)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        mend = "give each bot its own LIMBER_HTTP_PORT, or 0 for none"
        log.warning("health and metrics are not served", address=f"{host}:{port}", why=error.strerror, mend=mend)
    try:
        yield
    finally:
        await runner.cleanup()


PROMETHEUS: Final = "text/plain; version=0.0.4; charset=utf-8"
