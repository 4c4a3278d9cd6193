"""What a running bot does by itself: deleting what has had its time, and once a day a backup."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import structlog

from bot.clock import Clock
from bot.delivery.planner import BACKFILL
from bot.privacy.service import PrivacyService
from bot.reminders.club_service import COUNTING_PERIOD
from bot.storage.backup import back_up, backup_due, backups, last_backup
from bot.storage.storage import Storage

log = structlog.get_logger("limber.chores")

EVERY_SECONDS = 15 * 60  # how often to look whether a day has passed


MaintenanceJob = Callable[[], Awaitable[object]]


async def maintenance(them: Sequence[MaintenanceJob], every: float = EVERY_SECONDS) -> None:
    """For ever, one after the other. One that fails is logged and tried again at the next look."""
    while True:
        for chore in them:
            try:
                await chore()
            except Exception as error:  # noqa: BLE001  # a full disk today must not end tomorrow's backup
                log.error("a chore failed; it is tried again", why=str(error) or type(error).__name__)
        await asyncio.sleep(every)


async def daily(data: Path, storage: Storage, privacy: PrivacyService, clock: Clock) -> Path | None:
    """Delete what and who is due, then back up if a day has passed, without them.

    Returns the backup, if one was due.
    """
    now = clock.now()
    await storage.posts.forget(now - COUNTING_PERIOD)
    await storage.occurrences.forget(now - BACKFILL)
    if gone := await privacy.sweep():
        log.info("people deleted who had not been here for long", count=gone)
    if not backup_due(last_backup(backups(data)), now):
        return None
    await storage.limber.sweep()  # what was deleted one by one may have left a sealed copy between the pages
    file = await back_up(data, now)
    log.info("backed up", file=file.name)
    return file
