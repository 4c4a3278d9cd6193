"""What stands in which column: nothing of health in the clear."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.storage.schema import known
from bot.storage.storage import prepare
from tests.support.clear_columns import COLUMNS

NOTES = {"_yoyo_migration"}


@pytest.fixture
def folder(host: Settings) -> Path:
    prepare(host.data)
    return host.data


@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_is_known_and_clear_ones_hold_nothing_of_health(folder: Path, name: str) -> None:
    with closing(sqlite3.connect(folder / name)) as connection:
        tables = {table for (table,) in connection.execute("select name from sqlite_master where type = 'table'")}
        found = {
            table: {row[1]: row[2] for row in connection.execute(f"pragma table_info({table})")}
            for table in tables - NOTES
        }
    assert found == COLUMNS[name]


def test_a_kind_is_one_of_three_words(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "limber.db")) as connection:
        connection.execute("insert into person values (1, 0, 1, null, 0)")
        for kind in ("checkin", "assessment", "weekly"):
            connection.execute("insert into record values (?, 1, ?, 0, x'00')", (kind, kind))
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("insert into record values ('x', 1, 'hip', 0, x'00')")


@pytest.mark.parametrize("name", COLUMNS)
def test_migrations_name_neither_user_nor_machine(folder: Path, name: str) -> None:
    with closing(sqlite3.connect(folder / name)) as connection:
        columns = [row[1] for row in connection.execute("pragma table_info(_yoyo_migration)")]
        applied = [migration for (migration,) in connection.execute("select migration_id from _yoyo_migration")]
    assert (columns, applied) == (["migration_hash", "migration_id", "applied_at_utc"], known(name))


@pytest.mark.parametrize(
    "query",
    [
        "select * from record where person_id = 1 and kind = 'checkin' and at >= 0 and at < 9 order by at, id",
        "select * from record where person_id = 1 and kind = 'checkin' order by at desc, id desc limit 1",
        "select * from person where last_used < 9",
        "select * from club where left_at < 9 order by left_at, id",
        "select * from club_change where club_id = 1 and at >= 9 order by number desc limit 9",
        "delete from club_change where at < 9",
        "delete from reminder where club_id = 1 and person_id is null",
        "select count(*) from reminder where club_id = ? and person_id is null and ? is null",
        "select * from occurrence_row where reminder_id = 'a' order by local_at desc limit 9",
        "select * from occurrence_with_reminder where id = 'a'",
        "select * from occurrence_with_reminder where person_id = 1 order by due_at, id",
    ],
)
def test_what_is_asked_often_has_an_index(folder: Path, query: str) -> None:
    with closing(sqlite3.connect(folder / "limber.db")) as connection:
        plan = " ".join(row[3] for row in connection.execute(f"explain query plan {query}", [1] * query.count("?")))
    assert "SEARCH" in plan
    assert "SCAN" not in plan
