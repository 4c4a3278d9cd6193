"""Archives of the two databases for another place, sealed with the host key: whoever keeps one reads nothing."""

import os
import secrets
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.settings import Settings
from bot.storage.backup import copy_now
from bot.storage.database import address, explaining
from bot.storage.errors import KEYS, LIMBER, StorageError, WrongKey
from bot.storage.files import exclusive, flush, replacement, unusable
from bot.storage.host_key import host_key, present_key, stored_fingerprint

MARK: Final = {LIMBER: b"Limber entries 1\n", KEYS: b"Limber keys 1\n"}
NONCE: Final = 12  # bytes
SECRET: Final = 32  # bytes


def seal(settings: Settings, name: str, to: Path, now: datetime) -> Path:
    """Write an archive of limber.db or keys.db, as it is now, while the bot may run; it replaces what stands there.

    In the clear it is never in the target's folder. Raises StorageError.
    """
    source, folder = settings.data / name, to.absolute().parent
    cipher = _cipher(settings)
    try:
        plain = _copied(source, now)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f"{to.name}-", dir=folder) as fresh:
            nonce, sealed = secrets.token_bytes(NONCE), Path(fresh, "sealed")
            sealed.touch(mode=0o600)
            sealed.write_bytes(MARK[name] + nonce + cipher.encrypt(nonce, zlib.compress(plain), MARK[name]))
            flush(sealed)
            sealed.replace(to)
            flush(folder)
    except OSError as error:
        raise unusable(to, error) from error
    return to


def is_archive(file: Path, name: str) -> bool:
    """Whether a file is an archive of that database."""
    try:
        with file.open("rb") as stream:
            return stream.read(len(MARK[name])) == MARK[name]
    except OSError:
        return False


def unseal(settings: Settings, name: str, archive: Path, to: Path) -> None:
    """Write the database that an archive holds to a file that only its owner reads. Raises StorageError."""
    sealed = archive.read_bytes().removeprefix(MARK[name])
    try:
        plain = zlib.decompress(_cipher(settings).decrypt(sealed[:NONCE], sealed[NONCE:], MARK[name]))
    except (InvalidTag, ValueError, zlib.error):
        raise StorageError(
            f"{archive} is damaged, or was sealed with another host key. Put the right host key in its place first."
        ) from None
    try:
        with os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            stream.write(plain)
    except OSError as error:
        raise unusable(to, error) from error


@contextmanager
def unsealed(settings: Settings, backup: Path) -> Iterator[Path]:
    """A backup as it is, or what an archive of limber.db holds, for as long as it is needed. Raises StorageError."""
    if not is_archive(backup, LIMBER):
        yield backup
        return
    with TemporaryDirectory(prefix="limber-", dir=settings.data) as folder:
        plain = Path(folder, backup.name)
        unseal(settings, LIMBER, backup, plain)
        yield plain


def restore_keys(settings: Settings, archive: Path) -> int:
    """Put the keys of an archive in the place of keys.db; how many people have one. Stop the bot first.

    Raises StorageError, also when there are keys already: older ones would bring back who was erased.
    """
    target = settings.data / KEYS
    if not is_archive(archive, KEYS):
        raise StorageError(f"{archive} is no archive of keys. limber db backup --keys --to FILE makes one.")
    if target.exists():
        raise StorageError(
            f"There is a {target} already; older keys would bring back people who were erased. "
            "If it is of no use, move it away first."
        )
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with replacement(target) as copy:
        unseal(settings, KEYS, archive, copy)
    with exclusive(target) as connection:
        return int(connection.execute("select count(*) from person_key").fetchone()[0])


def _copied(source: Path, now: datetime) -> bytes:
    """What is in a database at this moment; of limber.db as a backup has it. The copy never leaves the data folder."""
    if not source.exists():
        raise StorageError(f"There is no {source} to back up yet. Run the bot first, or set LIMBER_DATA.")
    try:
        with TemporaryDirectory(prefix="limber-", dir=source.parent) as folder:
            if source.name == LIMBER:
                return copy_now(source, now, Path(folder)).read_bytes()
            return _copy_of_keys(source, Path(folder, KEYS)).read_bytes()
    except OSError as error:
        raise unusable(source.parent, error) from error


def _copy_of_keys(source: Path, copy: Path) -> Path:
    copy.touch(mode=0o600)
    with (
        explaining(source),
        closing(sqlite3.connect(address(source), uri=True)) as opened,
        closing(sqlite3.connect(copy)) as target,
    ):
        opened.backup(target)
        target.execute("pragma journal_mode = delete")
    return copy


def _cipher(settings: Settings) -> AESGCM:
    """A key of its own, derived from the host key. Raises StorageError where that is missing."""
    keys = settings.data / KEYS
    fingerprint = None
    if keys.exists():
        with explaining(keys), closing(sqlite3.connect(address(keys), uri=True)) as opened:
            fingerprint = stored_fingerprint(opened)
    key = host_key(settings, fingerprint) if fingerprint else present_key(settings)
    if key is None:
        raise WrongKey(f"There is no host key at {settings.key_file}. Put your copy there first, or set LIMBER_KEY.")
    return AESGCM(HKDF(SHA256(), SECRET, None, b"limber archive").derive(key.secret))
