"""Backups of limber.db, made while the bot runs; keys.db is never in them."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import structlog

from bot.storage.database import address, explaining
from bot.storage.errors import KEYS, LIMBER, Damaged, StorageError
from bot.storage.files import remove, replacement, unusable
from bot.storage.folder import backups, copies, count

BACKUPS_KEPT: Final = 7  # the newest
MONTHS_KEPT: Final = 3  # the first of each, beside those: what went wrong unseen may be older than a week
BACKUP_INTERVAL: Final = timedelta(days=1)
UNDER_WAY: Final = timedelta(hours=1)  # so long a copy that is not whole may still be somebody's at work
TIMESTAMP: Final = "%Y%m%d-%H%M%S"  # UTC
MONTH: Final = len("limber-YYYYMM")

log = structlog.get_logger("limber.storage")


def backup_due(last: datetime | None, now: datetime) -> bool:
    """Whether a day has passed since the last one.

    >>> now = datetime(2026, 3, 2, tzinfo=UTC)
    >>> [backup_due(last, now) for last in (now - BACKUP_INTERVAL, now - BACKUP_INTERVAL / 2, None)]
    [True, False, True]
    """
    return last is None or now - last >= BACKUP_INTERVAL


def last_backup(folder: Path, now: datetime) -> datetime | None:
    """When the newest backup in a folder was made; one dated after now, by a clock gone wrong, does not count."""
    return max((at for at in map(_when, copies(folder)) if at and at <= now), default=None)


async def back_up(data: Path, now: datetime, to: Path | None = None) -> Path:
    """Copy limber.db to `data`/backups, where seven are kept and one a month, or to a folder of the host's: all.

    Writers are not held up. The file appears when it is whole and was read through. Raises StorageError.
    """
    return await asyncio.to_thread(copy_now, data / LIMBER, now, to)


def copy_now(original: Path, now: datetime, to: Path | None = None) -> Path:
    """The same, in this thread."""
    if count(original, "person") is None:
        raise StorageError(f"There is no {original} to back up yet. Run the bot first, or set LIMBER_DATA.")
    folder = to or backups(original.parent)
    while (folder / _named(now)).exists() or (folder / f"{_named(now)}.new").exists():
        now += timedelta(seconds=1)  # another process makes one in this very second
    target = folder / _named(now)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise unusable(folder, error) from error
    with replacement(target) as copy:
        _copy(original, copy)
    if to is None:
        _prune(folder, original.with_name(KEYS), now)
    for cut_short in folder.glob("limber-*.db.new"):
        if cut_short.name < _named(now - UNDER_WAY):
            remove(cut_short)
    return target


def _named(at: datetime) -> str:
    return at.astimezone(UTC).strftime(f"limber-{TIMESTAMP}.db")


def _copy(original: Path, copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as target, explaining(copy):
        with explaining(original), closing(sqlite3.connect(address(original), uri=True)) as source:
            source.backup(target)
        whole = target.execute("pragma quick_check(1)").fetchone() == ("ok",)
        if not whole or not target.execute("select 1 from sqlite_master where name = 'person'").fetchone():
            raise Damaged(original)  # emptied, for one
        target.execute("pragma journal_mode = delete")  # one file, nothing beside it
        _forget_who_pressed(target)


def _forget_who_pressed(copy: sqlite3.Connection) -> None:
    """What tells apart who pressed *Done* under a club's post lives for a day, and a backup for longer."""
    if copy.execute("select 1 from sqlite_master where name = 'post'").fetchone():  # not in a file of before
        copy.execute("delete from done")
        copy.execute("update post set key = null")
        copy.commit()
        copy.execute("vacuum")


def _prune(folder: Path, keys: Path, now: datetime) -> None:
    """Remove what is too old; nothing while the newest holds nobody although people have keys.

    What is dated after now counts for nothing and stays: nobody can tell which of the two clocks was wrong.
    """
    ours = [copy for copy in copies(folder) if copy.name <= _named(now)]
    if not count(ours[-1], "person") and (holders := count(keys, "person_key")) != 0:
        log.warning(
            "nobody is in limber.db any more, so no older backup is removed; put one back with limber db restore",
            keys=holders,
        )
        return
    first_of_month = {file.name[:MONTH]: file for file in reversed(ours)}
    monthly = sorted(first_of_month.values())[-MONTHS_KEPT:]
    for old in set(ours[:-BACKUPS_KEPT]).difference(monthly):
        old.unlink(missing_ok=True)


def _when(file: Path) -> datetime | None:
    try:
        return datetime.strptime(file.name, f"limber-{TIMESTAMP}.db").replace(tzinfo=UTC)
    except ValueError:
        return None  # the 45th of some month
