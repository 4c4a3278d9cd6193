"""Opening the data folder: what is wrong is said in a sentence, and nothing is overwritten."""

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from structlog.testing import CapturingLogger

from bot.settings import Settings
from bot.storage import database, files
from bot.storage.errors import Damaged, DiskFull, InUse, Newer, StorageError, Unwritable
from bot.storage.host_key import host_key
from bot.storage.schema import known
from bot.storage.storage import open_storage, prepare
from tests.storage.given import ANA, NOON, keep, opened

NOBODY = 65534


class DiskUsage(NamedTuple):
    free: int


@pytest.fixture
async def folder(host: Settings) -> Path:
    """The data folder of a host whose bot ran, and knows Ana."""
    storage = await open_storage(host)
    await storage.consent(ANA, 1, NOON)
    await keep(storage, ANA, "a" * 32, b"hip 4")
    await storage.close()
    return host.data


def contents(folder: Path) -> dict[str, bytes]:
    """Of every file but those that hold nothing but a lock."""
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file() and file.suffix != ".lock"}


async def refused(host: Settings, kind: type[StorageError], words: str) -> None:
    """Opening raises this, in one line, and leaves every file as it was."""
    before = contents(host.data)
    with pytest.raises(kind, match=words) as raised:
        await open_storage(host)
    assert "\n" not in str(raised.value)
    assert contents(host.data) == before


async def test_the_first_run_makes_everything(host: Settings) -> None:
    storage = await open_storage(host)
    await storage.close()
    assert sorted(contents(host.data)) == ["keys.db", "limber.db"]
    if os.name == "posix":
        assert host.data.stat().st_mode & 0o777 == 0o700
        assert {file.stat().st_mode & 0o777 for file in host.data.iterdir()} == {0o600}


async def test_what_was_saved_is_there_after_a_restart(host: Settings, folder: Path) -> None:
    storage = await open_storage(host)
    found = await storage.records.find(ANA, "a" * 32)
    assert found
    assert await opened(storage, found) == b"hip 4"
    await storage.close()


async def test_folders_may_have_any_name(host: Settings, tmp_path: Path) -> None:
    odd = host.model_copy(update={"data": tmp_path / "a b#c?d%20[e]é"})
    for _ in range(2):
        storage = await open_storage(odd)
        await storage.consent(ANA, 1, NOON)
        await storage.close()
    assert sorted(contents(odd.data)) == ["keys.db", "limber.db"]


async def test_a_missing_host_key(host: Settings, folder: Path) -> None:
    host.key_file.unlink()
    await refused(host, StorageError, "There is no host key at")
    assert not host.key_file.exists()


async def test_missing_keys(host: Settings, folder: Path) -> None:
    (folder / "keys.db").unlink()
    await refused(host, StorageError, r"keys\.db is missing.*Put keys\.db back")


async def test_a_missing_database(host: Settings, folder: Path) -> None:
    (folder / "limber.db").unlink()
    await refused(host, StorageError, r"limber\.db is missing.*limber db restore FILE")


async def test_one_file_alone_is_fine_while_nobody_agreed(host: Settings) -> None:
    for name in ("limber.db", "keys.db"):
        storage = await open_storage(host)
        await storage.close()
        (host.data / name).unlink()
    await (await open_storage(host)).close()


@pytest.mark.parametrize("name", ["limber.db", "keys.db"])
async def test_a_newer_database(host: Settings, folder: Path, name: str) -> None:
    with closing(sqlite3.connect(folder / name)) as connection, connection:
        connection.execute("insert into _yoyo_migration values ('hash', '9999-from-the-future', '2030-01-01')")
    await refused(host, Newer, rf"{name} was written by a newer Limber \(it has 9999-from-the-future\)\. Update")


@pytest.mark.parametrize("name", ["limber.db", "keys.db"])
async def test_a_database_of_something_else(host: Settings, folder: Path, name: str) -> None:
    (folder / name).unlink()
    with closing(sqlite3.connect(folder / name)) as connection, connection:
        connection.execute("create table songs (title)")
    other = "keys.db" if name == "limber.db" else "limber.db"
    (folder / other).unlink()
    await refused(host, StorageError, "is not a database of Limber. Move it away")


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:6000])


def scribbled_over(file: Path) -> None:
    whole = bytearray(file.read_bytes())
    whole[5000:9000] = os.urandom(4000)
    file.write_bytes(whole)


def text(file: Path) -> None:
    file.write_text("not a database, but long enough to be looked at " * 50)


@pytest.mark.parametrize("spoil", [cut, scribbled_over, text])
@pytest.mark.parametrize("name", ["limber.db", "keys.db"])
async def test_a_damaged_file(host: Settings, folder: Path, name: str, spoil: Callable[[Path], None]) -> None:
    spoil(folder / name)
    way_out = "limber db restore" if name == "limber.db" else "good copy"
    await refused(host, Damaged, rf"{name} is damaged.*{way_out}")


async def test_a_locked_file(host: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT", 0.05)
    monkeypatch.setattr(files, "EXCLUSIVE_TIMEOUT", 0.05)
    with closing(sqlite3.connect(folder / "limber.db", isolation_level=None)) as connection:
        connection.execute("begin immediate")
        with pytest.raises(InUse, match=r"limber\.db is in use.*Stop it, then try again"):
            await open_storage(host)
        connection.rollback()
    await (await open_storage(host)).close()


@contextmanager
def as_somebody_else() -> Iterator[None]:
    """Root may write everywhere; whoever runs the tests as root becomes nobody for a moment."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@contextmanager
def read_only(folder: Path, mode: int) -> Iterator[None]:
    """The files in it; the folder itself has this mode, and everybody may look into what is above it."""
    paths = [folder, *folder.iterdir(), *(path for path in folder.parents if path.owner() == folder.owner())]
    before = {path: path.stat().st_mode for path in paths}
    for path in paths:
        path.chmod(mode if path == folder else 0o444 if path.is_file() else before[path] | 0o555)
    try:
        yield
    finally:
        for path in paths:
            path.chmod(before[path])


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
@pytest.mark.parametrize("folder_mode", [0o555, 0o777])
async def test_read_only_files(host: Settings, folder: Path, folder_mode: int) -> None:
    before = contents(folder)
    with read_only(folder, folder_mode), as_somebody_else(), pytest.raises(Unwritable, match=r"written .*LIMBER_DATA"):
        await open_storage(host)
    assert {name: contents(folder)[name] for name in before} == before


async def test_a_folder_that_cannot_be_made(host: Settings) -> None:
    host.data.write_text("a file where a folder should be")
    with pytest.raises(Unwritable, match=r"data cannot be written .*LIMBER_DATA"):
        await open_storage(host)


async def test_an_upgrade_waits_for_nobody(host: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A running bot is in the way of it, also when it does nothing."""
    storage = await open_storage(host)
    forget_migrations(monkeypatch, folder / "limber.db")
    with pytest.raises(InUse):
        prepare(host.data)
    await storage.close()


def forget_migrations(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("delete from _yoyo_migration")


async def test_a_failed_upgrade_leaves_the_file_as_it_was(
    host: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget_migrations(monkeypatch, folder / "limber.db")  # its tables are there already: the migration fails
    before = contents(folder)
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        prepare(host.data)
    assert contents(folder) == before


async def test_a_first_start_on_a_full_disk_is_one_sentence(host: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the migrations would make of it in the middle: they are not begun."""
    monkeypatch.setattr("shutil.disk_usage", lambda _: DiskUsage(free=500_000))
    with pytest.raises(DiskFull, match=r"data is full\. Free some space"):
        await open_storage(host)
    assert contents(host.data) == {}
    monkeypatch.undo()
    await (await open_storage(host)).close()


async def test_a_host_key_that_does_not_fit_on_the_disk(host: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(DiskFull, match="config is full"):
        host_key(host, None)
    assert list(host.key_file.parent.iterdir()) == []


async def test_an_upgrade_cut_short_is_begun_again(host: Settings) -> None:
    host.data.mkdir()
    (host.data / "limber.db.new").write_bytes(b"half of it")
    (host.data / "limber.db.new-wal").write_bytes(b"half of it")
    assert prepare(host.data) == {name: known(name) for name in ("keys.db", "limber.db")}
    assert prepare(host.data) == {"keys.db": [], "limber.db": []}
    assert sorted(contents(host.data)) == ["keys.db", "limber.db"]


async def test_concerns_about_the_key_are_logged(host: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    told = CapturingLogger()
    monkeypatch.setattr("bot.storage.storage.log", told)
    club_notes = host.model_copy(update={"key_file": host.data / "host.key"})
    await (await open_storage(club_notes)).close()
    (call,) = told.calls
    assert call.method_name == "warning"
    assert "LIMBER_KEY_FILE" in call.args[0]
