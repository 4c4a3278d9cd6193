"""Archives for another place: sealed, whole, and enough, with the host key, to come back after a lost disk."""

import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.storage.archive import restore_keys, seal, unsealed
from bot.storage.errors import KEYS, LIMBER, StorageError, WrongKey
from bot.storage.restore import restore
from bot.storage.storage import open_storage
from tests.storage.given import ANA, BEN, NOON, keep
from tests.support.command_line import limber

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


@pytest.fixture
async def archives(host: Settings, tmp_path: Path) -> dict[str, Path]:
    """Of a folder with Ana and Ben, made while a bot has it open; Ben is erased afterwards."""
    made = {}
    async with await open_storage(host) as storage:
        for person, name in ((ANA, "a" * 32), (BEN, "b" * 32)):
            await storage.consent(person, 1, NOON)
            await keep(storage, person, name, b"hip 4, a canary")
        made[LIMBER] = seal(host, LIMBER, tmp_path / "off/limber.sealed", NOW)
        await storage.erase(BEN)
        made[KEYS] = seal(host, KEYS, tmp_path / "off/keys.sealed", NOW)
    return made


async def test_a_lost_disk_comes_back_without_whom_was_erased(host: Settings, archives: dict[str, Path]) -> None:
    shutil.rmtree(host.data)

    assert restore_keys(host, archives[KEYS]) == 1
    with unsealed(host, archives[LIMBER]) as backup:
        restored = restore(host, backup, NOW)

    assert (restored.people, restored.removed) == (1, 1)
    async with await open_storage(host) as storage:
        assert [record.id for record in await storage.records.of_person(ANA)] == ["a" * 32]
        assert await storage.records.of_person(BEN) == []
    assert [file.name for file in host.data.iterdir() if file.is_dir()] == []


async def test_an_archive_shows_nothing_and_only_its_owner_reads_it(archives: dict[str, Path]) -> None:
    for file in archives.values():
        sealed = file.read_bytes()
        assert file.stat().st_mode & 0o777 == 0o600
        assert b"SQLite" not in sealed
        assert ANA.to_bytes(8) not in sealed
        assert {left.name for left in file.parent.iterdir()} == {"limber.sealed", "keys.sealed"}


@pytest.mark.parametrize("name", [LIMBER, KEYS])
async def test_no_copy_in_the_clear_ever_stands_where_the_archive_goes(
    host: Settings, archives: dict[str, Path], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect, databases = sqlite3.connect, []

    def recording(file: object, *args: object, **options: object) -> sqlite3.Connection:
        databases.append(str(file))
        return connect(file, *args, **options)

    monkeypatch.setattr(sqlite3, "connect", recording)
    seal(host, name, archives[name], NOW)

    assert databases
    assert [file for file in databases if str(archives[name].parent) in file] == []
    assert [file.name for file in host.data.iterdir() if file.is_dir()] == []


def test_there_must_be_something_to_seal(tmp_path: Path) -> None:
    host = Settings(data=tmp_path / "data", key="A" * 43 + "=")
    for name in (LIMBER, KEYS):
        with pytest.raises(StorageError, match="Run the bot first"):
            seal(host, name, tmp_path / "off/some.sealed", NOW)
    assert list(tmp_path.iterdir()) == []


async def test_older_keys_never_replace_the_ones_that_are_there(host: Settings, archives: dict[str, Path]) -> None:
    before = (host.data / KEYS).read_bytes()

    with pytest.raises(StorageError, match="already"):
        restore_keys(host, archives[KEYS])
    assert (host.data / KEYS).read_bytes() == before


@pytest.mark.parametrize("flaw", ["bit", "cut", "key", "no key"])
async def test_what_cannot_be_opened_changes_nothing(host: Settings, archives: dict[str, Path], flaw: str) -> None:
    shutil.rmtree(host.data)
    sealed = bytearray(archives[KEYS].read_bytes())
    if flaw == "bit":
        sealed[-1] ^= 1
    archives[KEYS].write_bytes(sealed[:40] if flaw == "cut" else sealed)
    if flaw == "key":
        host.key_file.write_text("A" * 43 + "=\n")
    if flaw == "no key":
        host.key_file.unlink()

    with pytest.raises(WrongKey if flaw == "no key" else StorageError):
        restore_keys(host, archives[KEYS])
    assert not (host.data / KEYS).exists()
    assert host.key_file.exists() == (flaw != "no key")


async def test_the_command_line_makes_and_restores_them(
    host: Settings, archives: dict[str, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LIMBER_DATA", str(host.data))
    monkeypatch.setenv("LIMBER_KEY_FILE", str(host.key_file))
    for options in ((), ("--keys",)):
        assert limber("db", "backup", *options, "--to", str(tmp_path / f"made{len(options)}.sealed")).returncode == 0
    assert "sealed" in limber("db", "backup", "--keys").stderr
    shutil.rmtree(host.data)

    assert "keys of 1 people" in limber("db", "restore", str(tmp_path / "made1.sealed")).stdout
    assert "with 1 people" in limber("db", "restore", str(tmp_path / "made0.sealed")).stdout
