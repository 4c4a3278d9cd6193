"""Migrations by yoyo, as we need it; slow to import, so only where something is to be applied."""

import glob
import sqlite3
from pathlib import Path
from typing import Any

from yoyo import read_migrations
from yoyo.backends.core.sqlite3 import SQLiteBackend
from yoyo.connections import DatabaseURI
from yoyo.migrations import default_migration_table

from bot.storage.database import INCREMENTAL


class Backend(SQLiteBackend):  # type: ignore[misc]  # yoyo is not typed
    """yoyo's own, with plain connections, and without the log that would name the host's user and machine."""

    def connect(self, dburi: DatabaseURI) -> sqlite3.Connection:
        connection = sqlite3.connect(dburi.database, isolation_level=None)
        connection.execute(f"pragma auto_vacuum = {INCREMENTAL}")  # before the first table: later it takes a `vacuum`
        connection.execute("pragma foreign_keys = on")
        connection.execute("pragma secure_delete = on")
        return connection

    def log_migration(self, migration: Any, operation: str) -> None:
        """What was applied is noted in another table."""


def apply(path: Path, folder: Path) -> None:
    """Apply what the file lacks, in order. Raises sqlite3.Error; the file is then of no more use.

    Without yoyo's own lock: nobody else has the file, and what the lock raises on a full disk hides the reason.
    """
    uri = DatabaseURI("sqlite", None, None, None, None, str(path), {})
    with Backend(uri, default_migration_table) as backend:
        backend.init_database()
        backend.apply_migrations(backend.to_apply(read_migrations(glob.escape(str(folder)))))
