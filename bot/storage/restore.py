"""Restoring a backup of limber.db: checked first, put in its place in one step, without who was erased since."""

import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.settings import Settings
from bot.storage.backup import TIMESTAMP
from bot.storage.database import address, explaining
from bot.storage.errors import KEYS, LIMBER, CannotOpen, Damaged, Newer, StorageError
from bot.storage.files import SUFFIXES, exclusive, flush, replacement, unusable
from bot.storage.folder import count
from bot.storage.host_key import host_key, stored_fingerprint
from bot.storage.schema import migrate, pending
from bot.storage.vault import associated_data_of, unseal, unwrap

SEALED: Final = """
select kind, id, sealed from record where person_id = :person
union all
select 'reminder', id, sealed from reminder where person_id = :person and sealed is not null
"""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did."""

    people: int
    removed: int  # people of the backup of whom the keys here open nothing: erased since, agreed again or not
    aside: Path | None  # where the replaced file is now


def restore(settings: Settings, backup: Path, now: datetime) -> Restored:
    """Replace limber.db by a backup that was read through and upgraded first; nobody erased since comes back.

    The keys stay as they are. Whoever was erased and agreed again has another key now: of them nothing comes back
    either. Raises StorageError, with nothing replaced, when the backup cannot be used or a bot runs on the folder.
    """
    keys, limber = settings.data / KEYS, settings.data / LIMBER
    if not backup.is_file():
        raise StorageError(f"There is no file {backup}. limber db backup makes one.")
    if count(keys, "person_key") is None:
        raise StorageError(f"{keys} is missing, and without it nothing in a backup can be read. Put {KEYS} back first.")
    with exclusive(keys) as vault, replacement(limber) as copy:
        ciphers = _ciphers(vault, settings)
        _fill(copy, backup)
        people, removed = _keep_only(copy, ciphers, _agreements(limber))
        if not people and (removed or ciphers):
            raise StorageError(
                f"{KEYS} opens nothing of the {removed} people in {backup}: they were all erased, or the backup was "
                "made before anybody agreed, or it is of another installation. Nothing was changed."
            )
        aside = _put_aside(limber, now) if limber.exists() else None
    return Restored(people, removed, aside)


def _ciphers(vault: sqlite3.Connection, settings: Settings) -> dict[int, AESGCM]:
    """The key of each person who has one. Raises StorageError when the host key is not there."""
    wrapped = vault.execute("select person_id, wrapped from person_key").fetchall()
    if not wrapped:
        return {}
    fingerprint = stored_fingerprint(vault)
    if fingerprint is None:  # whoever made a person's key had stored it
        raise Damaged(settings.data / KEYS)
    host, ciphers = AESGCM(host_key(settings, fingerprint).secret), {}
    for person, key in wrapped:
        with suppress(CannotOpen):  # damaged: it opens nothing
            ciphers[person] = AESGCM(unwrap(host, person, key))
    return ciphers


def _fill(copy: Path, backup: Path) -> None:
    """With the backup, checked and brought up to date; the backup itself is only read."""
    try:
        for end in SUFFIXES:  # a plain copy of a folder may have the log beside it
            part = backup.with_name(backup.name + end)
            if part.exists():
                with _opened(part) as source, copy.with_name(copy.name + end).open("wb") as target:
                    shutil.copyfileobj(source, target)
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


def _opened(part: Path) -> BinaryIO:
    """A file of the backup, to be read. Raises StorageError."""
    try:
        return part.open("rb")
    except OSError as error:
        raise StorageError(
            f"{part} cannot be read ({error.strerror}). Make it readable for this user; nothing was changed."
        ) from error


def _agreements(limber: Path) -> dict[int, int]:
    """When everybody agreed who is in the file that is to be replaced; nobody, where it is lost or damaged."""
    with suppress(StorageError):
        if count(limber, "person"):
            with explaining(limber), closing(sqlite3.connect(address(limber), uri=True)) as connection:
                return dict(connection.execute("select id, consented_at from person"))
    return {}


def _keep_only(copy: Path, ciphers: Mapping[int, AESGCM], agreed: Mapping[int, int]) -> tuple[int, int]:
    """Remove whose key of today is not that of the backup; how many people are left and how many went."""
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("pragma foreign_keys = on")
        connection.execute("pragma secure_delete = on")
        people = connection.execute("select id, consented_at from person").fetchall()
        gone = [
            person
            for person, at in people
            if person not in ciphers or not _opens(connection, person, ciphers[person], agreed.get(person) == at)
        ]
        connection.execute("begin")
        connection.executemany("delete from person where id = ?", [(person,) for person in gone])
        connection.execute("commit")
        connection.execute("vacuum")
    return len(people) - len(gone), len(gone)


def _opens(connection: sqlite3.Connection, person: int, cipher: AESGCM, same_agreement: bool) -> bool:
    """Whether anything of a person was sealed under this key; if nothing is sealed, whether they never agreed anew."""
    any_sealed = False
    for kind, name, sealed in connection.execute(SEALED, {"person": person}):
        any_sealed = True
        with suppress(CannotOpen):
            unseal(cipher, person, sealed, associated_data_of(kind, name))
            return True
    return same_agreement and not any_sealed


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
