"""`limber db`, as a host types it."""

import asyncio
import base64
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import hosting
from bot.settings import Settings
from bot.storage.errors import StorageError
from bot.storage.host_key import new_key
from bot.storage.storage import open_storage
from tests.storage.given import ANA, BEN, NOON, keep

Limber = Callable[..., list[str]]


@pytest.fixture
def limber(host: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Limber:
    """Runs `limber db …` on this host; the lines it prints."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LIMBER_DATA", str(host.data))
    monkeypatch.setenv("LIMBER_KEY_FILE", str(host.key_file))
    monkeypatch.setattr(hosting, "configure", lambda _: None)  # the log belongs to the tests

    def run(*arguments: str) -> list[str]:
        result = CliRunner().invoke(hosting.database, arguments, catch_exceptions=False)
        assert result.exit_code == 0
        return result.stdout.splitlines()

    return run


def fill(host: Settings) -> None:
    async def story() -> None:
        async with await open_storage(host) as storage:
            for person in (ANA, BEN):
                await storage.consent(person, 1, NOON)
                await keep(storage, person, f"{person}", b"hip 4")

    asyncio.run(story())


def erase(host: Settings, person: int) -> None:
    async def story() -> None:
        async with await open_storage(host) as storage:
            await storage.erase(person)

    asyncio.run(story())


def test_upgrade_makes_the_files_and_then_has_nothing_to_do(limber: Limber, host: Settings) -> None:
    assert limber("upgrade") == [
        "keys.db: 0001-keys",
        "limber.db: 0001-people-and-records",
        "limber.db: 0002-reminders",
        "limber.db: 0003-posts",
        "limber.db: 0004-clubs",
        "limber.db: 0005-barometer",
        "limber.db: 0006-views",
        "limber.db: 0007-summary",
        "limber.db: 0008-turns",
        "limber.db: 0009-clubs-index",
    ]
    assert limber("upgrade") == ["The database is up to date."]


def test_backup_and_restore(limber: Limber, host: Settings, tmp_path: Path) -> None:
    fill(host)
    (name,) = limber("backup")
    assert Path(name).parent == host.data / "backups"
    (elsewhere,) = limber("backup", "--to", str(tmp_path / "safe"))
    assert Path(elsewhere).parent == tmp_path / "safe"
    erase(host, BEN)
    first, second, third = limber("restore", name)
    assert first == "Restored, with 1 people in it."
    assert second.startswith("1 more were left out")
    assert f"kept as {host.data / 'limber.db.before-restore-'}" in third


def test_rotating_the_key(limber: Limber, host: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(host)
    assert limber("rotate-key") == [
        f"The keys of 2 people are wrapped with a new host key, which is in {host.key_file}."
    ]
    file = tmp_path / "new.key"
    assert limber("rotate-key", "--new-key-file", str(file))[1] == (
        f"Set LIMBER_KEY_FILE={file} before you start the bot."
    )
    monkeypatch.setenv("LIMBER_KEY", file.read_text())
    with pytest.raises(StorageError, match="--new-key-file FILE"):
        limber("rotate-key")
    last = tmp_path / "last.key"
    assert limber("rotate-key", "--new-key-file", str(last))[1].startswith(f"Set LIMBER_KEY to what {last} holds")


def test_what_is_wrong_is_one_line_and_exit_code_one(host: Settings, tmp_path: Path) -> None:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("LIMBER_", "COVERAGE"))}
    key = base64.b64encode(new_key().secret).decode()
    result = subprocess.run(
        [sys.executable, "-m", "bot", "db", "backup"],
        cwd=tmp_path,
        env={**kept, "LIMBER_DATA": str(host.data), "LIMBER_KEY": key, "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == (
        f"limber: There is no {host.data / 'limber.db'} to back up yet. Run the bot first, or set LIMBER_DATA.\n"
    )
