"""What a data folder holds: how many people in which file, which backups; refused where a part of it has gone."""

import re
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from bot.storage.database import address, explaining
from bot.storage.errors import KEYS, LIMBER, StorageError

BACKUP_NAME: Final = re.compile(r"limber-(\d{8}-\d{6})\.db")


def backups(data: Path) -> Path:
    """Where the copies of limber.db are kept."""
    return data / "backups"


def copies(folder: Path) -> list[Path]:
    """The backups in a folder, oldest first; nothing but what we named ourselves."""
    return sorted(file for file in folder.glob("limber-*.db") if BACKUP_NAME.fullmatch(file.name))


def refuse_incomplete(data: Path) -> None:
    """Raise StorageError, and touch nothing, when a file has gone that the rest of the folder was made with.

    An empty file is as good as none: nothing of ours is ever empty. Before anybody agreed, any of them may go.
    """
    limber, keys = data / LIMBER, data / KEYS
    people, holders = count(limber, "person"), count(keys, "person_key")
    if people and not holders and not count(keys, "erasure"):
        gone = "holds no key" if holders == 0 else f"is {_how(keys)}"
        raise StorageError(
            f"{keys} {gone}, and without it nothing of the {people} people in {LIMBER} can be read. "
            f"Put {KEYS} back. To start anew instead, move {LIMBER} away."
        )
    if people is None and holders:
        raise StorageError(
            f"{limber} is {_how(limber)}, while {KEYS} holds the keys of {holders} people. Put it back, or restore a "
            f"backup: limber db restore FILE. To start anew instead, move {KEYS} away."
        )
    if not people and holders is None and (copied := _most_people(data)):
        raise StorageError(
            f"{keys} is {_how(keys)}, while the backups beside it hold {copied} people. Put {KEYS} back, then restore "
            f"a backup: limber db restore FILE. To start anew instead, move {backups(data)} away."
        )


def count(path: Path, table: str) -> int | None:
    """How many rows there are; None where there is no file, or an empty one. Raises StorageError."""
    if not path.exists():
        return None
    if not path.is_file():
        raise StorageError(f"{path} is no file. Move it away, then put the right one in its place.")
    if not path.stat().st_size:  # not to be opened: SQLite would throw away the log beside it
        return None
    with explaining(path), closing(sqlite3.connect(address(path), uri=True)) as connection:
        exists = connection.execute("select 1 from sqlite_master where name = ?", (table,)).fetchone()
        return connection.execute(f"select count(*) from {table}").fetchone()[0] if exists else 0  # noqa: S608


def _how(path: Path) -> str:
    return "empty" if path.exists() else "missing"


def _most_people(data: Path) -> int:
    most = 0
    for copy in copies(backups(data)):
        with suppress(StorageError):  # a damaged one is no reason to refuse: there is nothing to put back
            most = max(most, count(copy, "person") or 0)
    return most
