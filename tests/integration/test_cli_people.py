"""`limber export-user`, `erase-user` and `db`, as a host starts them, on a diary that a bot wrote."""

import asyncio
import errno
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.checkins.diary import CONSENT_VERSION, OpenDiary
from bot.checkins.models import CheckIn
from bot.checkins.person_diary import Terms
from bot.cli.commands import app
from bot.clock import WallClock
from bot.clubs.service import ClubService
from bot.errors import StartError
from bot.ids import new_id
from bot.reminders.club_service import ClubReminderService
from bot.settings import read_settings
from bot.storage.storage import open_storage

ANA, BEN, CLUB = 111111111111111111, 222222222222222222, 333333333333333333


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two people's diaries in it."""
    monkeypatch.setenv("LIMBER_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("LIMBER_KEY_FILE", str(tmp_path / "host.key"))
    monkeypatch.chdir(tmp_path)

    async def written() -> None:
        storage = await open_storage(read_settings())
        diary = OpenDiary(storage, WallClock(), Terms())
        for person in (ANA, BEN):
            await diary.agree(person)
            await (await diary.of(person)).keep(CheckIn(id=new_id(), at=WallClock().now(), area="hip", pain=4))
        await storage.close()

    asyncio.run(written())
    return tmp_path


def limber(*words: str, typed: str | None = None):
    return CliRunner().invoke(app, [*words], input=typed)


def test_a_copy_for_a_request_by_mail(host: Path) -> None:
    done = limber("export-user", str(ANA))

    with zipfile.ZipFile(host / f"limber-{ANA}.zip") as copied:
        told = json.loads(copied.read("everything.json"))
    assert done.exit_code == 0
    assert [entry["pain"] for entry in told["checkins"]] == [4]
    assert (host / f"limber-{ANA}.zip").stat().st_mode & 0o077 == 0


def test_an_existing_file_is_not_overwritten(host: Path) -> None:
    (host / "mine.zip").write_text("mine")
    done = limber("export-user", str(ANA), "--to", "mine.zip")

    assert done.exit_code != 0
    assert (host / "mine.zip").read_text() == "mine"


def test_a_copy_that_does_not_fit_on_the_disk_leaves_no_half_of_it(host: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.fdopen

    @contextmanager
    def full(handle: int, mode: str) -> Iterator[None]:
        with opened(handle, mode) as stream:
            stream.write(b"PK")
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fdopen", full)
    done = limber("export-user", str(ANA), "--to", "ana.zip")

    assert "No space left on device" in str(done.exception)
    assert not (host / "ana.zip").exists()


def test_erasing_asks_once_and_takes_one_person_only(host: Path) -> None:
    refused = limber("erase-user", str(ANA), typed="n\n")
    done = limber("erase-user", str(ANA), typed="y\n")
    again = limber("erase-user", str(ANA), "--yes")
    other = limber("export-user", str(BEN), "--to", "ben.zip")

    assert refused.exit_code == 1
    assert "Deleted for good: 1 checkin" in done.stdout
    assert "Nothing is kept" in again.stdout
    assert "1 check-ins" in other.stdout
    assert limber("export-user", str(ANA)).stdout.startswith("Nothing is kept")


def test_a_copy_also_of_who_agreed_to_older_words(host: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.checkins.diary.STILL_COVERED", CONSENT_VERSION + 1)

    assert "1 check-ins" in limber("export-user", str(ANA)).stdout


@pytest.mark.parametrize("words", [("export-user", str(ANA)), ("erase-user", str(ANA), "--yes")])
def test_a_wrong_folder_is_said_to_be_one_and_nothing_is_made_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("LIMBER_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("LIMBER_KEY_FILE", str(tmp_path / "host.key"))
    monkeypatch.chdir(tmp_path)
    done = limber(*words)

    assert isinstance(done.exception, StartError)
    assert (
        str(done.exception)
        == f"There is no {tmp_path / 'data' / 'limber.db'}. Set LIMBER_DATA to the data folder of the bot."
    )
    assert list(tmp_path.iterdir()) == []


def test_a_server_s_settings_are_deleted_for_good(host: Path) -> None:
    async def set_up() -> None:
        clock = WallClock()
        async with await open_storage(read_settings()) as storage:
            desk = ClubService(storage, ClubReminderService(storage, clock, lambda: None), clock)
            await desk.change(CLUB, ANA, contact="Jo, physio")

    asyncio.run(set_up())
    done, again = limber("erase-club", str(CLUB), "--yes"), limber("erase-club", str(CLUB), "--yes")

    assert done.exit_code == again.exit_code == 0
    assert "Deleted for good: 0 schedules, 1 lines" in done.stdout
    assert "Nothing is kept" in again.stdout
    assert b"Jo, physio" not in (host / "data" / "limber.db").read_bytes()
