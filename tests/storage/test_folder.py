"""A data folder of which a part has gone: it is refused, and stays as it is for whoever puts the part back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.storage.backup import back_up
from bot.storage.errors import StorageError
from bot.storage.folder import backups
from bot.storage.storage import open_storage, prepare
from tests.storage.given import ANA, BEN, NOON, keep
from tests.support.data import migrated


@pytest.fixture
async def folder(host: Settings) -> Path:
    """Of a host who knows two people, and has a backup of them."""
    migrated(host.data)
    async with await open_storage(host) as storage:
        for person in (ANA, BEN):
            await storage.consent(person, 1, NOON)
            await keep(storage, person, f"{person}", b"hip 4")
        await back_up(host.data, NOON)
    return host.data


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def only_a_header(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:100])


def only_a_page(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:4096])


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def made_anew(file: Path) -> None:
    file.unlink()
    migrated(file.parent / "new")
    (file.parent / "new" / file.name).replace(file)


def refused(data: Path, words: str) -> None:
    before = {file: file.is_file() and file.read_bytes() for file in data.rglob("*")}
    with pytest.raises(StorageError, match=words) as raised:
        prepare(data)
    assert "\n" not in str(raised.value)
    assert {file: file.is_file() and file.read_bytes() for file in data.rglob("*")} == before


LIMBER_GONE = r"limber\.db is %s, while keys\.db holds the keys of 2 people.*limber db restore FILE"
KEYS_GONE = r"keys\.db %s, and without it nothing of the 2 people.*Put keys\.db back"


@pytest.mark.parametrize(
    ("name", "lose", "words"),
    [
        ("limber.db", emptied, LIMBER_GONE % "empty"),
        ("limber.db", Path.unlink, LIMBER_GONE % "missing"),
        ("limber.db", only_a_header, r"limber\.db is damaged.*limber db restore"),
        ("limber.db", only_a_page, r"limber\.db is damaged.*limber db restore"),
        ("limber.db", a_folder, r"limber\.db is no file\. Move it away"),
        ("keys.db", emptied, KEYS_GONE % "is empty"),
        ("keys.db", Path.unlink, KEYS_GONE % "is missing"),
        ("keys.db", made_anew, KEYS_GONE % "holds no key"),
        ("keys.db", only_a_header, r"keys\.db is damaged.*good copy"),
        ("keys.db", only_a_page, r"keys\.db is damaged.*good copy"),
        ("keys.db", a_folder, r"keys\.db is no file\. Move it away"),
    ],
)
def test_a_file_that_is_not_what_was_there(folder: Path, name: str, lose: Callable[[Path], object], words: str) -> None:
    lose(folder / name)
    refused(folder, words)


@pytest.mark.parametrize("limber", [emptied, Path.unlink, made_anew])
@pytest.mark.parametrize("keys", [emptied, Path.unlink])
def test_both_gone_while_backups_say_that_people_were_there(
    folder: Path, limber: Callable[[Path], object], keys: Callable[[Path], object]
) -> None:
    limber(folder / "limber.db")
    keys(folder / "keys.db")
    refused(folder, r"keys\.db is (empty|missing), while the backups beside it hold 2 people\. Put keys\.db back")


async def test_an_emptied_database_keeps_the_log_beside_it(host: Settings, folder: Path, tmp_path: Path) -> None:
    """SQLite throws it away as soon as it opens the file: with it, what may be saved."""
    emptied(folder / "limber.db")
    (folder / "limber.db-wal").write_bytes(b"what a kill left")
    refused(folder, "limber.db is empty")


@pytest.mark.parametrize("lose", [emptied, Path.unlink])
@pytest.mark.parametrize("names", [["limber.db"], ["keys.db"], ["limber.db", "keys.db"]])
async def test_before_anybody_agreed_any_of_them_may_go(
    host: Settings, lose: Callable[[Path], object], names: list[str]
) -> None:
    migrated(host.data)
    await back_up(host.data, NOON)
    (backups(host.data) / "limber-20260101-000000.db").write_text("damaged, so nothing to put back")
    for name in names:
        lose(host.data / name)
    async with await open_storage(host) as storage:
        await storage.consent(ANA, 1, NOON)
        assert await storage.people.find(ANA)


async def test_whoever_was_the_only_one_may_be_half_erased(host: Settings) -> None:
    """Their key is gone and their rows are still to go: a kill in between, not a loss."""
    migrated(host.data)
    async with await open_storage(host) as storage:
        await storage.consent(ANA, 1, NOON)
        await storage.vault.destroy(ANA)
    async with await open_storage(host) as storage:
        assert await storage.people.find(ANA) is None
