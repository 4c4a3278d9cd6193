"""The errors of the storage: each is one sentence or two, with the way out."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bot.errors import LimberError, StartError

LIMBER: Final = "limber.db"
KEYS: Final = "keys.db"


class StorageError(StartError):
    """The storage cannot be used, for a reason the host can mend. Nothing that was saved is lost or overwritten."""


class InUse(StorageError):
    """Another program, most likely a running bot, has the file."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is in use. Is a bot running on this folder? Stop it, then try again.")


class Damaged(StorageError):
    """The file is not what was written to it."""

    def __init__(self, path: Path) -> None:
        mend = (
            f"Bring back a backup: limber db restore {path.parent / 'backups'}/{LIMBER[:-3]}-….db"
            if path.name == LIMBER
            else "Put back a good copy."
        )
        super().__init__(f"{path} is damaged, or no database at all. {mend}")


class Newer(StorageError):
    """Written by a Limber that knows more than this one."""

    exit_code = 5

    def __init__(self, path: Path | str, migration: str) -> None:
        self.migration = migration
        super().__init__(
            f"{path} was written by a newer Limber (it has {migration}). "
            "Update Limber, or restore a backup made before the update: limber db restore FILE"
        )


class WrongKey(StorageError):
    """The host key is missing, unreadable, or not the one the entries are sealed with."""

    exit_code = 6


class Unwritable(StorageError):
    """The host has to grant something first."""

    def __init__(self, path: Path, reason: str = "it is read-only") -> None:
        super().__init__(
            f"{path} cannot be written ({reason}). Make it and its folder writable for this user, "
            "or set LIMBER_DATA to another folder."
        )


class DiskFull(StorageError):
    """Nothing more fits."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"The disk of {path.parent} is full. Free some space; what was saved before is safe.")


class DiskFault(StorageError):
    """The disk itself gave an error."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"The disk of {path.parent} gave an error at {path.name}. See to the disk, then try again.")


class DatabaseUnreachable(StorageError):
    """The server is not there, or has turned into a standby; whether it took a last commit nobody can say."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"PostgreSQL cannot be reached: {where} ({why}). Start it, or mend the way to it.")


class TooSlow(StorageError):
    """The server broke a statement off: it took too long, or waited too long for others."""

    def __init__(self, where: str) -> None:
        super().__init__(f"PostgreSQL took too long: {where}. Nothing was changed. See what keeps the server busy.")


class TakenOver(StorageError):
    """This process was cut off from the server, and another one runs the bot now."""

    def __init__(self, where: str) -> None:
        super().__init__(f"Another process runs the bot on {where} now. Started again, this one stands by.")


class OnServer(StorageError):
    """This is for the files of SQLite, and the diary is on PostgreSQL."""

    def __init__(self, instead: str) -> None:
        super().__init__(f"The diary is on PostgreSQL. {instead} See docs/self-hosting.md, On PostgreSQL.")


class UnknownPerson(LimberError):
    """Something was to be kept for a person who is not, or no longer, here."""


class Duplicate(LimberError):
    """There is a row with this id already; it was not touched."""


class Disallowed(LimberError):
    """The tables do not allow this row: a mistake in our code. What stood in it is not repeated."""


class NoKey(LimberError):
    """The person has no key: never agreed, or erased. What was sealed under it stays shut for good."""


class CannotOpen(LimberError):
    """A sealed thing does not open: damaged, or put in another's place."""


@contextmanager
def requiring_asyncpg() -> Iterator[None]:
    """Turn the want of asyncpg into an error that names it: a host without PostgreSQL need not have it."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise StorageError(
            f"PostgreSQL needs one more package ({error.name}): pip install 'limber[postgres]'"
        ) from None


def explained(error: sqlite3.Error, path: Path) -> Exception:
    """What to raise instead of an error of SQLite; the error itself when it is a mistake in our code."""
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_CONSTRAINT_FOREIGNKEY":
        return UnknownPerson("This belongs to nobody who is here.")
    if name in {"SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT_UNIQUE"}:
        return Duplicate("There is a row with this id already.")
    if name.startswith("SQLITE_CONSTRAINT"):
        return Disallowed(name)
    kind = KINDS.get("_".join(name.split("_")[:2]))  # what follows is detail: SQLITE_IOERR_FSYNC
    return kind(path) if kind else error


KINDS: dict[str, type[InUse | Damaged | Unwritable | DiskFull | DiskFault]] = {
    "SQLITE_BUSY": InUse,
    "SQLITE_LOCKED": InUse,
    "SQLITE_READONLY": Unwritable,
    "SQLITE_CANTOPEN": Unwritable,
    "SQLITE_PERM": Unwritable,
    "SQLITE_FULL": DiskFull,
    "SQLITE_IOERR": DiskFault,
    "SQLITE_CORRUPT": Damaged,
    "SQLITE_NOTADB": Damaged,
}
