"""Changing the host key: every person's key wrapped anew, nothing else touched."""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.settings import Settings
from bot.storage.errors import KEYS, StorageError
from bot.storage.exclusive import exclusive
from bot.storage.files import flush
from bot.storage.host_key import HostKey, host_key, new_key, waiting, write_key
from bot.storage.schema import pending, upgrade
from bot.storage.vault import unwrap, wrap


def rotate(settings: Settings, new_file: Path | None = None) -> tuple[int, Path]:
    """Make a new host key; how many people's keys it wraps now, and the file it is in.

    Crash-safe: the new key is on disk before keys.db takes it, in one transaction, and moves to its place after;
    `bot.storage.host_key` finishes that. Raises StorageError, also when a bot is running on the folder.
    """
    path = settings.data / KEYS
    if not path.exists():
        raise StorageError(f"There is no {path}, so there is no key to change. Run the bot first, or set LIMBER_DATA.")
    if pending(path, KEYS):
        upgrade(path, KEYS)
    with exclusive(path) as connection:
        (fingerprint,) = connection.execute("select fingerprint from host_key").fetchone() or (None,)
        old, new = host_key(settings, fingerprint), new_key()
        file = _written(new, settings, new_file)
        connection.execute("begin immediate")
        rows = connection.execute("select person_id, wrapped from person_key").fetchall()
        before, after = AESGCM(old.secret), AESGCM(new.secret)
        connection.executemany(
            "update person_key set wrapped = ? where person_id = ?",
            [(wrap(after, person, unwrap(before, person, wrapped)), person) for person, wrapped in rows],
        )
        connection.execute("update host_key set fingerprint = ?", (new.fingerprint,))
        connection.execute("commit")
        connection.execute("vacuum")  # what the old key could open is nowhere in the file any more
    if new_file is None:
        file = file.replace(settings.key_file)
        flush(file.parent)
    return len(rows), file


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
