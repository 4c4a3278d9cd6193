"""Looking through a file for the id of somebody."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage import remnants
from bot.storage.remnants import may_hold

BYTE = st.integers(1, 255)  # a number with zeros in it may stand in any file
IDS = st.tuples(st.integers(1, 127), *[BYTE] * 7).map(lambda digits: int.from_bytes(bytes(digits)))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("remnants") / "x.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("create table rowid (id integer primary key)")
        connection.execute("create table plain (id integer)")
    return path


@pytest.mark.parametrize("table", ["rowid", "plain"])
@given(person=IDS)
def test_whatever_id_stands_in_the_file_is_found_and_no_other(file: Path, table: str, person: int) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("pragma secure_delete = on")
        connection.execute(f"insert into {table} values (?)", (person,))  # noqa: S608
        connection.commit()
        assert may_hold(file, [person])
        assert not may_hold(file, [person ^ 1 << 40])
        connection.execute(f"delete from {table}")  # noqa: S608
        connection.commit()
    assert not may_hold(file, [person])


def test_it_is_found_across_two_reads_and_in_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remnants, "BYTES_AT_ONCE", 16)
    person = 1_100_000_000_000_000_001
    for before in range(20):
        (tmp_path / "x.db").write_bytes(bytes(before) + person.to_bytes(8) + bytes(9))
        assert may_hold(tmp_path / "x.db", [5, person])
    (tmp_path / "x.db").write_bytes(b"")
    assert not may_hold(tmp_path / "x.db", [person])
    (tmp_path / "x.db-wal").write_bytes(person.to_bytes(8))
    assert may_hold(tmp_path / "x.db", [person])


def test_a_look_that_would_take_longer_than_writing_anew_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.db").write_bytes(bytes(100))
    assert not may_hold(tmp_path / "x.db", [1 << 60])
    monkeypatch.setattr(remnants, "MOST_COMPARED", 150)
    assert may_hold(tmp_path / "x.db", [1 << 60])
