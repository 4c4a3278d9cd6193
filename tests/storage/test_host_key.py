"""The host key: made once, never replaced by accident, told apart from another one."""

import base64
import os
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import Settings
from bot.storage.errors import StorageError
from bot.storage.host_key import (
    HostKey,
    concerns,
    host_key,
    new_key,
    read_key,
    stored_fingerprint,
    waiting,
    write_key,
)
from bot.storage.schema import migrate

POSIX = pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")


def given(settings: Settings, secret: bytes) -> Settings:
    return settings.model_copy(update={"key": SecretStr(base64.b64encode(secret).decode())})


def test_the_first_run_makes_a_key_for_the_owner_only(host: Settings) -> None:
    key = host_key(host, None)
    assert key.file == host.key_file
    assert host_key(host, key.fingerprint) == key
    assert [file.name for file in host.key_file.parent.iterdir()] == ["host.key"]
    if os.name == "posix":
        assert host.key_file.stat().st_mode & 0o777 == 0o600
        assert host.key_file.parent.stat().st_mode & 0o777 == 0o700


def test_a_key_file_that_is_there_is_used(host: Settings) -> None:
    key = new_key()
    write_key(host.key_file, key)
    assert host_key(host, None).secret == key.secret


def test_a_key_in_the_environment_wins_and_makes_no_file(host: Settings) -> None:
    secret = secrets.token_bytes(32)
    key = host_key(given(host, secret), None)
    assert key == HostKey(secret, None)
    assert not host.key_file.exists()


def test_a_key_is_never_shown() -> None:
    key = new_key()
    for form in (key.secret.hex(), base64.b64encode(key.secret).decode(), repr(key.secret)):
        assert form not in repr(key)
        assert form not in key.fingerprint


@pytest.mark.parametrize("text", ["", "abc", "x" * 44, base64.b64encode(bytes(16)).decode(), "ключ"])
def test_a_key_that_is_none_is_one_sentence_without_it(host: Settings, text: str) -> None:
    with pytest.raises(StorageError, match="openssl rand -base64 32") as raised:
        host_key(host.model_copy(update={"key": SecretStr(text)}), None)
    assert not text or text not in str(raised.value)


def test_a_missing_key_is_never_made_anew(host: Settings) -> None:
    with pytest.raises(StorageError, match=r"There is no host key at .*Put the right one back.*nothing is lost"):
        host_key(host, new_key().fingerprint)
    assert not host.key_file.exists()


@pytest.mark.parametrize("source", ["file", "environment"])
def test_another_key_is_refused(host: Settings, source: str) -> None:
    other = new_key()
    if source == "file":
        write_key(host.key_file, other)
        settings, name = host, str(host.key_file)
    else:
        settings, name = given(host, other.secret), "LIMBER_KEY"
    with pytest.raises(StorageError, match=r"is not the host key.*nothing is lost") as raised:
        host_key(settings, new_key().fingerprint)
    assert str(raised.value).startswith(name)


def test_a_file_that_holds_no_key_is_left_alone(host: Settings) -> None:
    host.key_file.parent.mkdir()
    host.key_file.write_text("shopping: milk, bread")
    with pytest.raises(StorageError, match="holds no host key"):
        host_key(host, None)
    assert host.key_file.read_text() == "shopping: milk, bread"


def test_a_place_that_cannot_be_used_is_named(host: Settings) -> None:
    host.key_file.parent.write_text("a file where a folder should be")
    with pytest.raises(StorageError, match=r"cannot be used .*LIMBER_KEY_FILE.*LIMBER_KEY"):
        host_key(host, None)


def test_writing_does_not_replace(host: Settings) -> None:
    first = new_key()
    write_key(host.key_file, first)
    with pytest.raises(FileExistsError):
        write_key(host.key_file, new_key())
    assert read_key(host.key_file) == HostKey(first.secret, host.key_file)


def test_a_rotation_cut_short_is_finished(host: Settings) -> None:
    old, new = new_key(), new_key()
    write_key(host.key_file, old)
    write_key(waiting(host.key_file), new)
    assert host_key(host, old.fingerprint).secret == old.secret  # keys.db has not taken the new one yet
    assert host_key(host, new.fingerprint).secret == new.secret  # it has
    assert read_key(host.key_file) == HostKey(new.secret, host.key_file)
    assert not waiting(host.key_file).exists()


def test_a_file_that_is_still_to_be_filled_expects_no_key(tmp_path: Path) -> None:
    migrate(tmp_path / "keys.db", "keys.db")
    for file in ("empty.db", "keys.db"):
        with closing(sqlite3.connect(tmp_path / file)) as connection:
            assert stored_fingerprint(connection) is None


@POSIX
def test_a_host_is_told_when_others_can_read_the_key(host: Settings) -> None:
    key = host_key(host, None)
    assert concerns(host, key) == []
    host.key_file.chmod(0o640)
    (told,) = concerns(host, key)
    assert f"chmod 600 {host.key_file}" in told


def test_a_host_is_told_when_the_key_lies_with_the_data(host: Settings) -> None:
    club_notes = host.model_copy(update={"key_file": host.data / "host.key"})
    (told,) = concerns(club_notes, host_key(club_notes, None))
    assert "LIMBER_KEY_FILE" in told


def test_it_stands_in_the_configuration_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LIMBER_KEY_FILE", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative/is/ignored")
    assert Settings().key_file == tmp_path / ".config" / "limber" / "host.key"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "elsewhere"))
    assert Settings().key_file == tmp_path / "elsewhere" / "limber" / "host.key"
