"""Backups of limber.db: made while the bot runs, put back while it does not; keys.db is never in them."""

import asyncio
import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bot.storage.database import address, explaining
from bot.storage.errors import KEYS, LIMBER, Damaged, Newer, StorageError
from bot.storage.files import SUFFIXES, exclusive, flush, remove, replacement, unusable
from bot.storage.schema import migrate, pending

BACKUPS_KEPT: Final = 7
BACKUP_INTERVAL: Final = timedelta(days=1)
TIMESTAMP: Final = "%Y%m%d-%H%M%S"  # UTC
BACKUP_NAME: Final = re.compile(r"limber-(\d{8}-\d{6})\.db")


def backup_due(last: datetime | None, now: datetime) -> bool:
    """Whether a day has passed since the last one; a last one in the future, by a clock gone wrong, does not count.

    >>> now = datetime(2026, 3, 2, tzinfo=UTC)
    >>> [backup_due(now - ago, now) for ago in (BACKUP_INTERVAL, BACKUP_INTERVAL / 2, -BACKUP_INTERVAL)]
    [True, False, True]
    >>> backup_due(None, now)
    True
    """
    return last is None or not timedelta(0) <= now - last < BACKUP_INTERVAL


def last_backup(folder: Path) -> datetime | None:
    """When the newest backup in a folder was made."""
    names = [made for file in _ours(folder) if (made := _when(file))]
    return max(names, default=None)


async def back_up(data: Path, now: datetime, to: Path | None = None) -> Path:
    """Copy limber.db to `data`/backups, where seven are kept, or to a folder of the host's, where all are.

    Writers are not held up. The file appears when it is whole and was read through. Raises StorageError.
    """
    return await asyncio.to_thread(_back_up, data / LIMBER, now, to)


def backups(data: Path) -> Path:
    """Where they are kept."""
    return data / "backups"


def _back_up(original: Path, now: datetime, to: Path | None) -> Path:
    if not original.exists():
        raise StorageError(f"There is no {original} to back up yet. Run the bot first, or set LIMBER_DATA.")
    folder = to or backups(original.parent)
    target = folder / now.astimezone(UTC).strftime(f"limber-{TIMESTAMP}.db")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise unusable(folder, error) from error
    with replacement(target) as copy:
        _copy(original, copy)
    if to is None:
        for old in _ours(folder)[:-BACKUPS_KEPT]:
            old.unlink(missing_ok=True)
    for cut_short in folder.glob("limber-*.db.new"):
        if cut_short.name < target.name:
            remove(cut_short)
    return target


def _copy(original: Path, copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as target, explaining(copy):
        with explaining(original), closing(sqlite3.connect(address(original), uri=True)) as source:
            source.backup(target)
        if target.execute("pragma quick_check(1)").fetchone() != ("ok",):
            raise Damaged(original)
        target.execute("pragma journal_mode = delete")  # one file, nothing beside it
        _forget_who_pressed(target)


def _forget_who_pressed(copy: sqlite3.Connection) -> None:
    """What tells apart who pressed *Done* under a club's post lives for a day, and a backup for longer."""
    if copy.execute("select 1 from sqlite_master where name = 'post'").fetchone():  # not in a file of before
        copy.execute("delete from done")
        copy.execute("update post set key = null")
        copy.commit()
        copy.execute("vacuum")


def _ours(folder: Path) -> list[Path]:
    """Oldest first; nothing but what we named ourselves."""
    return sorted(file for file in folder.glob("limber-*.db") if BACKUP_NAME.fullmatch(file.name))


def _when(file: Path) -> datetime | None:
    try:
        return datetime.strptime(file.name, f"limber-{TIMESTAMP}.db").replace(tzinfo=UTC)
    except ValueError:
        return None  # the 45th of some month


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did."""

    people: int
    removed: int  # people of the backup who have been erased since
    aside: Path | None  # where the replaced file is now


def restore(data: Path, backup: Path, now: datetime) -> Restored:
    """Replace limber.db by a backup that was read through and upgraded first; nobody erased since comes back.

    The keys stay as they are. Raises StorageError, with nothing replaced, when the backup cannot be used or a
    bot is running on the folder.
    """
    keys, limber = data / KEYS, data / LIMBER
    if not backup.is_file():
        raise StorageError(f"There is no file {backup}. limber db backup makes one.")
    if not keys.exists():
        raise StorageError(f"{keys} is missing, and without it nothing in a backup can be read. Put {KEYS} back first.")
    with exclusive(keys) as vault:
        holders = {person for (person,) in vault.execute("select person_id from person_key")}
        with replacement(limber) as copy:
            _fill(copy, backup)
            people, removed = _keep_only(copy, holders)
            if removed and not people:
                raise StorageError(
                    f"{KEYS} has no key for any of the {removed} people in {backup}: they were all erased, "
                    "or the backup is of another installation. Nothing was changed."
                )
            aside = _put_aside(limber, now) if limber.exists() else None
    return Restored(people, removed, aside)


def _fill(copy: Path, backup: Path) -> None:
    """With the backup, checked and brought up to date; the backup itself is only read."""
    try:
        for end in SUFFIXES:  # a plain copy of a folder may have the log beside it
            part = backup.with_name(backup.name + end)
            if part.exists():
                shutil.copyfile(part, copy.with_name(copy.name + end))
    except OSError as error:
        raise unusable(copy, error) from error
    try:
        with closing(sqlite3.connect(copy)) as connection:
            whole = connection.execute("pragma integrity_check(1)").fetchone() == ("ok",)
            connection.execute("pragma journal_mode = delete")
            persons = connection.execute("select 1 from sqlite_master where name = 'person'").fetchone()
        if not whole or not persons:
            raise Damaged(copy)
        if pending(copy, LIMBER):
            migrate(copy, LIMBER)
    except Newer as error:
        raise Newer(backup, error.migration) from None
    except (Damaged, sqlite3.Error):
        raise StorageError(
            f"{backup} is damaged, or no backup of Limber. Choose another one; nothing was changed."
        ) from None


def _keep_only(copy: Path, holders: set[int]) -> tuple[int, int]:
    """Remove who has no key any more; how many people are left and how many went."""
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("pragma foreign_keys = on")
        connection.execute("pragma secure_delete = on")
        people = {person for (person,) in connection.execute("select id from person")}
        connection.execute("begin")
        connection.executemany("delete from person where id = ?", [(person,) for person in people - holders])
        connection.execute("commit")
        connection.execute("vacuum")
    return len(people & holders), len(people - holders)


def _put_aside(limber: Path, now: datetime) -> Path:
    aside = limber.with_name(now.astimezone(UTC).strftime(f"{LIMBER}.before-restore-{TIMESTAMP}"))
    try:
        with exclusive(limber):
            pass  # nobody has it open, and its log is now in it
    except Damaged:
        pass  # the very reason to restore
    _also_called(aside, limber)
    for end in SUFFIXES[1:]:  # those of a damaged file; the new one must not take them for its own
        part = limber.with_name(limber.name + end)
        if part.exists():
            part.replace(aside.with_name(aside.name + end))
    flush(limber.parent)
    return aside


def _also_called(aside: Path, limber: Path) -> None:
    """A second name, not a new one: at no moment is there no limber.db."""
    try:
        aside.hardlink_to(limber)
    except FileExistsError:
        raise StorageError(f"There is a {aside} already. Try again in a second.") from None
    except OSError:  # a file system without links
        shutil.copyfile(limber, aside)
