"""Putting a backup in the place of limber.db."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.storage.backup import TIMESTAMP
from bot.storage.errors import KEYS, LIMBER, Damaged, Newer, StorageError
from bot.storage.exclusive import exclusive
from bot.storage.files import SUFFIXES, flush, replacement, unusable
from bot.storage.schema import migrate, pending


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
