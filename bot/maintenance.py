"""Jobs that a running bot does by itself: it reloads content, deletes what has had its time, makes backups."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Final

import structlog

from bot.advice.problem import ContentError
from bot.clock import Clock, ClockJumps
from bot.delivery.planner import BACKFILL
from bot.privacy import PrivacyService
from bot.reminders.posts import COUNTING_PERIOD
from bot.storage.backup import back_up, backup_due, last_backup
from bot.storage.folder import backups
from bot.storage.storage import Storage
from bot.ui.locales import Locales

JOB_INTERVAL: Final = 15 * 60.0  # seconds; each job knows by itself whether it is due
RELOAD_INTERVAL: Final = 2.0  # seconds

MaintenanceJob = Callable[[], Awaitable[object]]

log = structlog.get_logger("limber.maintenance")


async def run_jobs(jobs: Sequence[MaintenanceJob]) -> None:
    """For ever, one after the other. One that fails is logged and tried again at the next look."""
    while True:
        for job in jobs:
            try:
                await job()
            except Exception as error:  # noqa: BLE001  # a full disk today must not end tomorrow's backup
                log.error("a maintenance job failed; it is tried again", why=str(error) or type(error).__name__)
        await asyncio.sleep(JOB_INTERVAL)


async def unless_clock_jumped(jumps: ClockJumps, job: MaintenanceJob) -> None:
    """What deletes for good by the date waits for a day after the clock jumped ahead."""
    if jumps.recent():
        log.error("the clock of this machine jumped ahead; for a day nothing is deleted by its date, nor backed up")
    else:
        await job()


async def delete_and_back_up(storage: Storage, privacy: PrivacyService, clock: Clock) -> Path | None:
    """Delete what has had its time; once a day, back up what is left.

    Returns the backup, if one was due.
    """
    now, file = clock.now(), storage.limber.path
    await storage.posts.forget(now - COUNTING_PERIOD)
    await storage.occurrences.forget(now - BACKFILL)
    if people := await privacy.sweep():
        log.info("people deleted who had not been here for long", count=people)
    if file is None or not backup_due(last_backup(backups(file.parent), now), now):
        return None  # what is on a server is backed up there
    await storage.limber.release()
    backup = await back_up(file.parent, now)
    log.info("backed up", file=backup.name)
    return backup


async def watch_content(locales: Locales, asked: asyncio.Event | None = None) -> None:
    """Look for changed files every few seconds, for ever; broken content is reported and the last good one served.

    When `asked` is set it reads them at once, changed or not, and says how that went.
    """
    asked = asked or asyncio.Event()
    while True:
        with suppress(TimeoutError):
            async with asyncio.timeout(RELOAD_INTERVAL):  # `wait_for` may swallow a cancellation, before Python 3.12
                await asked.wait()
        again = asked.is_set()
        asked.clear()
        try:
            if await _in_thread(partial(locales.refresh, again=again)):
                log.info("content read again", version=locales.base.library.version)
        except ContentError as error:
            log.error("content is broken; still serving the last good one", problems=[str(p) for p in error.problems])
        except OSError as error:
            log.warning("content cannot be read right now; still serving the last good one", reason=error.strerror)
        except Exception:  # a fault of ours must not end the watching: the author mends the file and is served
            log.exception("content could not be read; still serving the last good one")


async def _in_thread(work: Callable[[], bool]) -> bool:
    """What `work` returns or raises. Unlike a thread of the loop's own, no process waits for this one when it ends."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[bool] = loop.create_future()

    def settle(result: bool, error: BaseException | None) -> None:
        if done.cancelled():
            return
        if error is None:
            done.set_result(result)
        else:
            done.set_exception(error)

    def run() -> None:
        result, failure = False, None
        try:
            result = work()
        except BaseException as error:  # noqa: BLE001  # it is raised where it is waited for
            failure = error
        with suppress(RuntimeError):  # the loop has ended: nobody waits
            loop.call_soon_threadsafe(settle, result, failure)

    Thread(target=run, name="content", daemon=True).start()
    return await done
