"""A new host key: everything still opens, with the new one only, whenever it is cut short."""

import base64
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import Settings
from bot.storage import host_key as rotation
from bot.storage.errors import KEYS, InUse, StorageError
from bot.storage.host_key import Rotated, new_key, rotate, waiting, write_key
from bot.storage.storage import open_storage
from tests.storage.given import ANA, BEN, NOON, keep, opened


async def fill(host: Settings) -> None:
    async with await open_storage(host) as storage:
        for person in (ANA, BEN):
            await storage.consent(person, 1, NOON)
            await keep(storage, person, f"{person}", b"%d: hip 4" % person)


async def works(host: Settings) -> None:
    async with await open_storage(host) as storage:
        for person in (ANA, BEN):
            (record,) = await storage.records.of_person(person)
            assert await opened(storage, record) == b"%d: hip 4" % person


async def test_everything_opens_with_the_new_key_and_nothing_with_the_old(host: Settings) -> None:
    await fill(host)
    old = host.key_file.read_bytes()
    assert rotate(host) == Rotated(2, 0, host.key_file)
    assert host.key_file.read_bytes() != old
    assert [file.name for file in host.key_file.parent.iterdir()] == ["host.key"]
    await works(host)
    host.key_file.write_bytes(old)
    with pytest.raises(StorageError, match="is not the host key"):
        await open_storage(host)


async def test_cut_short_before_the_change_the_old_key_stays(host: Settings) -> None:
    await fill(host)
    write_key(waiting(host.key_file), new_key())
    await works(host)
    rotate(host)
    await works(host)


@pytest.mark.parametrize("name", [None, "new.key"])
async def test_one_that_fails_leaves_no_new_key(
    host: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str | None
) -> None:
    await fill(host)
    new_file = tmp_path / name if name else None
    with monkeypatch.context() as patched:
        patched.setattr(rotation, "wrap", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            rotate(host, new_file)
    assert not waiting(host.key_file).exists()
    assert new_file is None or not new_file.exists()
    await works(host)
    rotate(host, new_file)


async def test_a_damaged_key_of_one_person_stays_and_the_others_are_wrapped_anew(host: Settings) -> None:
    await fill(host)
    async with await open_storage(host) as storage:
        await storage.consent(BEN + 1, 1, NOON)
    with closing(sqlite3.connect(host.data / KEYS)) as connection, connection:
        connection.execute("update person_key set wrapped = ? where person_id = ?", (b"damaged" * 9, BEN + 1))

    assert rotate(host) == Rotated(2, 1, host.key_file)

    with closing(sqlite3.connect(host.data / KEYS)) as connection:
        assert connection.execute("select wrapped from person_key where person_id = ?", (BEN + 1,)).fetchone() == (
            b"damaged" * 9,
        )
    await works(host)


async def test_cut_short_after_the_change_the_new_key_is_found(host: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    await fill(host)
    with monkeypatch.context() as patched:
        patched.setattr(rotation, "write_key", lambda file, key, **_: write_key(file, key))
        patched.setattr(Path, "replace", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            rotate(host)
    await works(host)
    assert not waiting(host.key_file).exists()
    await works(host)


async def test_a_running_bot_is_in_the_way(host: Settings) -> None:
    await fill(host)
    async with await open_storage(host):
        with pytest.raises(InUse, match="Is a bot running"):
            rotate(host)
    await works(host)


async def test_a_key_from_the_environment_needs_a_place_for_the_new_one(host: Settings, tmp_path: Path) -> None:
    key = SecretStr(base64.b64encode(new_key().secret).decode())
    given = host.model_copy(update={"key": key})
    await fill(given)
    with pytest.raises(StorageError, match="limber db rotate-key --new-key-file FILE"):
        rotate(given)
    await works(given)
    file = tmp_path / "new.key"
    assert rotate(given, file) == Rotated(2, 0, file)
    with pytest.raises(StorageError, match="LIMBER_KEY is not the host key"):
        await open_storage(given)
    await works(host.model_copy(update={"key": SecretStr(file.read_text())}))
    await works(host.model_copy(update={"key_file": file}))


async def test_a_new_key_replaces_no_file(host: Settings, tmp_path: Path) -> None:
    await fill(host)
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(StorageError, match="exists already"):
        rotate(host, tmp_path / "mine")
    assert (tmp_path / "mine").read_text() == "mine"
    await works(host)


def test_there_must_be_a_key_to_change(host: Settings) -> None:
    with pytest.raises(StorageError, match="Run the bot first"):
        rotate(host)
