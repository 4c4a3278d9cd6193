"""Reading the content again while the bot runs."""

import asyncio

import structlog

from bot.advice.problem import ContentError
from bot.ui.locales import Locales

log = structlog.get_logger("limber.content")

EVERY_SECONDS = 2.0


async def watch_content(locales: Locales, every: float = EVERY_SECONDS) -> None:
    """Look for changed files every few seconds, for ever; broken content is reported and the last good one served."""
    while True:
        await asyncio.sleep(every)
        try:
            if await asyncio.to_thread(locales.refresh):
                log.info("content read again", version=locales.base.library.version)
        except ContentError as error:
            log.error("content is broken; still serving the last good one", problems=[str(p) for p in error.problems])
        except OSError as error:
            log.warning("content cannot be read right now; still serving the last good one", reason=error.strerror)
        except Exception:  # a fault of ours must not end the watching: the author mends the file and is served
            log.exception("content could not be read; still serving the last good one")
