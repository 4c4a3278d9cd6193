"""The schema of a database file, brought to what this code knows."""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from bot.storage.database import INCREMENTAL, address, explaining
from bot.storage.errors import Damaged, DiskFull, Newer, StorageError
from bot.storage.files import exclusive, locked, replacement

MIGRATIONS: Final = Path(__file__).with_name("migrations")
NOTES: Final = "_yoyo_migration"  # what was applied, under the name it has had from the first version on

_NOTED: Final = (
    f"create table if not exists {NOTES} (migration_hash varchar(64), migration_id varchar(255), "  # noqa: S608
    "applied_at_utc timestamp, primary key (migration_hash));"
    f"insert into {NOTES} values ('{{hash}}', '{{id}}', strftime('%Y-%m-%dT%H:%M:%f', 'now'));"
)
UPGRADE_LOCK: Final = "upgrade.lock"
UPGRADE_TIMEOUT: Final = 60.0  # seconds to wait for another process that does the same
ROOM: Final = 1 << 20  # bytes that migrations write beside a copy of the file: the tables, and a journal


def known(name: str) -> list[str]:
    """The migrations this code has for limber.db or keys.db, oldest first."""
    return [file.stem for file in migrations(name)]


def migrations(name: str) -> list[Path]:
    """Their files."""
    return sorted((MIGRATIONS / Path(name).stem).glob("*.sql"))


def pending(path: Path, name: str) -> list[str]:
    """What is still to be applied. Raises StorageError for a file that is damaged, newer or not ours."""
    if not path.exists():
        return known(name)
    with explaining(path), closing(sqlite3.connect(address(path), uri=True)) as connection:
        if connection.execute("pragma quick_check(1)").fetchone() != ("ok",):  # 0.3 s for 100 MB
            raise Damaged(path)
        applied = _applied(connection)
    if applied is None:
        raise StorageError(f"{path} is not a database of Limber. Move it away, or set LIMBER_DATA to another folder.")
    if newer := sorted(applied.difference(known(name))):
        raise Newer(path, newer[-1])
    return [migration for migration in known(name) if migration not in applied]


def made(path: Path) -> datetime | None:
    """When a database was made, by the note of its first migration; None where there is none. Raises StorageError."""
    if not path.exists():
        return None
    with explaining(path), closing(sqlite3.connect(address(path), uri=True)) as connection:
        if not _applied(connection):
            return None
        first = f"select applied_at_utc from {NOTES} order by migration_id limit 1"  # noqa: S608
        return datetime.fromisoformat(connection.execute(first).fetchone()[0]).replace(tzinfo=UTC)


def upgrade(path: Path, name: str) -> None:
    """Make the file, or apply what is pending; one process at a time. Raises StorageError, with the file as it was.

    The work is done on a copy that takes the file's place when it is whole.
    """
    size = path.stat().st_size if path.exists() else 0
    if shutil.disk_usage(path.parent).free < size + ROOM:
        raise DiskFull(path)
    with locked(path.with_name(UPGRADE_LOCK), UPGRADE_TIMEOUT):
        if not pending(path, name):
            return  # the one that was quicker has done it
        with replacement(path) as copy, explaining(path):
            if path.exists():
                with exclusive(path) as original, closing(sqlite3.connect(copy)) as target:
                    original.backup(target)
            migrate(copy, name)


def migrate(path: Path, name: str) -> None:
    """Apply what is missing to a file nobody else uses, each step whole or not at all. Raises sqlite3.Error."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"pragma auto_vacuum = {INCREMENTAL}")  # before the first table: later it takes a `vacuum`
        connection.execute("pragma foreign_keys = on")
        connection.execute("pragma secure_delete = on")
        applied = _applied(connection) or set()
        for file in migrations(name):
            if file.stem not in applied:
                noted = _NOTED.format(hash=sha256(file.stem.encode()).hexdigest(), id=file.stem)
                connection.executescript(f"begin; {file.read_text(encoding='utf-8')}; {noted} commit;")


def _applied(connection: sqlite3.Connection) -> set[str] | None:
    """None when the database is not one of ours; an empty one is ours to fill."""
    tables = {name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")}
    if NOTES in tables:
        return {migration for (migration,) in connection.execute(f"select migration_id from {NOTES}")}  # noqa: S608
    return None if tables else set()
