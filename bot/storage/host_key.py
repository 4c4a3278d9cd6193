"""The host's key, which wraps everybody's: from the environment, or from a file made on the first run; rotated."""

import base64
import errno
import hmac
import os
import secrets
import sqlite3
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.settings import Settings
from bot.storage.errors import KEYS, CannotOpen, DiskFull, StorageError, WrongKey
from bot.storage.files import exclusive, flush
from bot.storage.schema import pending, upgrade
from bot.storage.vault import unwrap, wrap

KEY_LENGTH: Final = 32  # bytes: AES-256


@dataclass(frozen=True, slots=True)
class HostKey:
    """The key, and the file it came from, if it did."""

    secret: bytes = field(repr=False)
    file: Path | None = None

    @property
    def fingerprint(self) -> str:
        """Tells keys apart and gives nothing of them away; keys.db holds it."""
        return hmac.digest(self.secret, b"limber host key", "sha256").hex()[:32]


def host_key(settings: Settings, fingerprint: str | None) -> HostKey:
    """The key of this installation; `fingerprint` is the one keys.db expects, None on the first run.

    Only then is a key made. Raises StorageError when it is missing, unreadable or another one.
    """
    key = present_key(settings)
    if fingerprint is None:
        return key or _made(settings.key_file)
    if key and key.fingerprint == fingerprint:
        return key
    if settings.key is None and (rotated := _rotated(settings.key_file, fingerprint)):
        return rotated
    where = "LIMBER_KEY" if settings.key else settings.key_file
    problem = f"{where} is not the host key" if key else f"There is no host key at {where}: the one"
    raise WrongKey(
        f"{problem} that the entries in {settings.data} are sealed with. Put the right one back, as that file or as "
        "LIMBER_KEY; until then nothing is changed and nothing is lost."
    )


def present_key(settings: Settings) -> HostKey | None:
    """The key that this host was given or has a file of; None where there is neither. Raises WrongKey."""
    return _given(settings) or read_key(settings.key_file)


def stored_fingerprint(connection: sqlite3.Connection) -> str | None:
    """The fingerprint that an open keys.db expects; None before the first run, when there may be no table either."""
    if not connection.execute("select 1 from sqlite_master where name = 'host_key'").fetchone():
        return None
    row: tuple[str] | None = connection.execute("select fingerprint from host_key").fetchone()
    return row[0] if row else None


def concerns(settings: Settings, key: HostKey) -> list[str]:
    """What a host should hear about the key; a sentence each."""
    if key.file is None:
        return []
    warnings = []
    if os.name == "posix" and key.file.stat().st_mode & 0o077:
        warnings.append(f"Others on this machine can read the host key; mend it with: chmod 600 {key.file}")
    if key.file.resolve().is_relative_to(settings.data.resolve()):
        warnings.append(
            f"The host key lies in the data folder ({key.file}), so a copy of the folder can be read by whoever "
            "gets it; move the key elsewhere and set LIMBER_KEY_FILE."
        )
    return warnings


def new_key() -> HostKey:
    """A random key of KEY_LENGTH bytes, in no file yet."""
    return HostKey(secrets.token_bytes(KEY_LENGTH))


def read_key(file: Path) -> HostKey | None:
    """None when there is no such file. Raises StorageError when it holds no key."""
    try:
        return HostKey(_decoded(file.read_bytes()), file)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unusable(file, error) from error
    except ValueError:
        raise WrongKey(f"{file} holds no host key: it must be {KEY_LENGTH} bytes in base64. Put it back.") from None


def write_key(file: Path, key: HostKey, *, replace: bool = False) -> None:
    """Whole or not at all, readable by its owner only. Raises FileExistsError rather than replace, unless told to."""
    fresh = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(fresh, "xb", opener=_for_the_owner) as stream:
            stream.write(base64.b64encode(key.secret) + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
        if replace:
            fresh.replace(file)
        else:
            file.hardlink_to(fresh)
    except FileExistsError:
        raise
    except OSError as error:
        raise _unusable(file, error) from error
    finally:
        fresh.unlink(missing_ok=True)


def waiting(file: Path) -> Path:
    """Where a new key stands while a rotation is under way."""
    return file.with_name(f"{file.name}.new")


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _given(settings: Settings) -> HostKey | None:
    if settings.key is None:
        return None
    try:
        return HostKey(_decoded(settings.key.get_secret_value().encode()))
    except ValueError:
        raise WrongKey(
            f"LIMBER_KEY must be {KEY_LENGTH} random bytes in base64; make one with: openssl rand -base64 {KEY_LENGTH}"
        ) from None


def _decoded(text: bytes) -> bytes:
    """Raises ValueError."""
    secret = base64.b64decode(text.strip(), validate=True)
    if len(secret) != KEY_LENGTH:
        raise ValueError(len(secret))
    return secret


def _made(file: Path) -> HostKey:
    key = new_key()
    try:
        write_key(file, key)
    except FileExistsError:  # another process was faster
        return read_key(file) or _made(file)
    return HostKey(key.secret, file)


def _rotated(file: Path, fingerprint: str) -> HostKey | None:
    """A rotation was cut short after keys.db had taken the new key: finish it."""
    key = read_key(waiting(file))
    if key is None or key.fingerprint != fingerprint:
        return None
    waiting(file).replace(file)
    return HostKey(key.secret, file)


def _unusable(file: Path, error: OSError) -> StorageError:
    if error.errno == errno.ENOSPC:
        return DiskFull(file)
    return StorageError(
        f"The host key {file} cannot be used ({error.strerror}). Make the file readable and its folder writable for "
        "this user, or name another place in LIMBER_KEY_FILE, or give the key itself as LIMBER_KEY."
    )


@dataclass(frozen=True, slots=True)
class Rotated:
    """What a rotation did."""

    people: int  # whose keys the new host key wraps
    damaged: int  # keys that the old one did not open either; they are as they were
    file: Path  # where the new host key is


def rotate(settings: Settings, new_file: Path | None = None) -> Rotated:
    """Make a new host key, and wrap everybody's key with it.

    Crash-safe: the new key is on disk before keys.db takes it, in one transaction, and moves to its place after;
    `host_key()` finishes that. Raises StorageError, also when a bot is running on the folder.
    """
    path = settings.data / KEYS
    if not path.exists():
        raise StorageError(f"There is no {path}, so there is no key to change. Run the bot first, or set LIMBER_DATA.")
    if pending(path, KEYS):
        upgrade(path, KEYS)
    with exclusive(path) as connection:
        old, new = host_key(settings, stored_fingerprint(connection)), new_key()
        file = _written(new, settings, new_file)
        try:
            people, damaged = _wrap_anew(connection, old, new)
        except BaseException:
            connection.rollback()
            if stored_fingerprint(connection) == old.fingerprint:  # else it is the only key there is
                file.unlink(missing_ok=True)
            raise
        connection.execute("vacuum")  # what the old key could open is nowhere in the file any more
    if new_file is None:
        file = file.replace(settings.key_file)
        flush(file.parent)
    return Rotated(people, damaged, file)


def _wrap_anew(connection: sqlite3.Connection, old: HostKey, new: HostKey) -> tuple[int, int]:
    """In one transaction; how many keys are wrapped anew, and how many are damaged and stay as they are."""
    before, after, anew = AESGCM(old.secret), AESGCM(new.secret), []
    connection.execute("begin immediate")
    rows = connection.execute("select person_id, wrapped from person_key").fetchall()
    for person, wrapped in rows:
        with suppress(CannotOpen):
            anew.append((wrap(after, person, unwrap(before, person, wrapped)), person))
    connection.executemany("update person_key set wrapped = ? where person_id = ?", anew)
    connection.execute("update host_key set fingerprint = ?", (new.fingerprint,))
    connection.execute("commit")
    return len(anew), len(rows) - len(anew)


def _written(key: HostKey, settings: Settings, new_file: Path | None) -> Path:
    """Where the new key waits for keys.db to take it."""
    if new_file is not None:
        try:
            write_key(new_file, key)
        except FileExistsError:
            raise StorageError(f"{new_file} exists already; name a file that does not.") from None
        return new_file
    if settings.key is not None:
        raise StorageError(
            "LIMBER_KEY stands in the environment, where Limber cannot change it. Stop the bot, run "
            "limber db rotate-key --new-key-file FILE, then set LIMBER_KEY to what FILE holds."
        )
    write_key(waiting(settings.key_file), key, replace=True)
    return waiting(settings.key_file)
