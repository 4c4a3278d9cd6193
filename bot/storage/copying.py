"""An installation carried from SQLite to PostgreSQL, or back: every row of both databases, counted on both sides."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bot.settings import Server, Settings
from bot.storage.engine import Engine
from bot.storage.errors import KEYS, LIMBER, StorageError
from bot.storage.files import flush, make_folder
from bot.storage.sole_process import sole_process
from bot.storage.sql import Connection, Row
from bot.storage.storage import open_databases

ROWS_AT_ONCE: Final = 500
#: Every table with its primary key; what others refer to comes first.
TABLES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    LIMBER: {
        "person": ("id",),
        "record": ("id",),
        "summary": ("person_id",),
        "reminder": ("id",),
        "occurrence": ("id",),
        "post": ("occurrence_id",),
        "done": ("occurrence_id", "tag"),
        "club": ("id",),
        "club_change": ("club_id", "number"),
        "barometer": ("club_id",),
        "barometer_member": ("club_id", "person_id"),
        "barometer_week": ("club_id", "week"),
        "barometer_band": ("club_id", "week", "area"),
        "lease": ("name",),
    },
    KEYS: {"host_key": ("id",), "person_key": ("person_id",), "erasure": ("person_id",)},
}
MADE_WITH_THE_SCHEMA: Final = "delete from lease"


Databases = tuple[Engine, Engine]  # the entries, the keys
Progress = Callable[[int, int], object]


def named(settings: Settings, place: str, keys_url: str | None) -> Settings:
    """A host whose diary is in a folder, or in two databases on a server, as the command line names it.

    Raises StorageError.
    """
    if "://" not in place:
        return settings.on(None).model_copy(update={"data": Path(place)})
    if keys_url is None:
        raise StorageError("The keys have a database of their own: name it with --keys-url.")
    return settings.on(Server(place, keys_url))


async def carry(source: Settings, target: Settings, progress: Progress) -> int:
    """Copy everything, and say how many rows that was; `progress` hears how many of how many are done.

    No bot may run on the source. The target must be empty, and is empty again when anything fails. The host key is no
    part of it. Raises StorageError.
    """
    if (source.server is None) == (target.server is None):
        raise StorageError(
            "One of the two is a folder, the other a postgresql://… address. Within one engine copy the folder, "
            "or use pg_dump."
        )
    if source.server is None and not (source.data / LIMBER).exists():
        raise StorageError(f"There is no {source.data / LIMBER}. Name the data folder of the bot.")
    async with sole_process(source, wait=False), _opened(source) as old, _to_fill(target) as new:
        return await _filled(old, new, progress)


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Databases]:
    limber, keys = await open_databases(settings)
    try:
        yield limber, keys
    finally:
        await limber.close()
        await keys.close()


@asynccontextmanager
async def _to_fill(target: Settings) -> AsyncIterator[Databases]:
    if target.server is not None:
        async with _opened(target) as databases:
            await _refuse_unless_empty(databases)
            try:
                yield databases
            except BaseException:
                await _emptied(databases)
                raise
        return
    if existing := [name for name in (LIMBER, KEYS) if (target.data / name).exists()]:
        raise StorageError(f"There is a {target.data / existing[0]} already. Name a folder without one.")
    make_folder(target.data)
    with TemporaryDirectory(prefix="copy-", dir=target.data) as fresh:
        async with _opened(target.model_copy(update={"data": Path(fresh)})) as databases:
            yield databases
        _moved(Path(fresh), target.data)


def _moved(fresh: Path, folder: Path) -> None:
    for name in (KEYS, LIMBER):
        flush(fresh / name)
        (fresh / name).replace(folder / name)
    flush(folder)


async def _filled(source: Databases, target: Databases, progress: Progress) -> int:
    """One transaction in each; nobody else writes to the source meanwhile."""
    async with (
        source[1].writing() as old_keys,
        source[0].writing() as old,
        target[1].writing() as new_keys,
        target[0].writing() as new,
    ):
        for connection, table in ((old, "person"), (old_keys, "person_key")):
            await connection.execute(f"delete from {table} where 1 = 0")  # noqa: S608  # SQLite locks with a write
        pairs = ((LIMBER, old, new), (KEYS, old_keys, new_keys))
        total = sum([await _count(reader, table) for name, reader, _ in pairs for table in TABLES[name]])
        done = 0
        await new.execute(MADE_WITH_THE_SCHEMA)
        for name, reader, writer in pairs:
            for table, key in TABLES[name].items():
                async for rows in _chunks(reader, table, key):
                    await _insert(writer, table, rows)
                    done += len(rows)
                    progress(done, total)
                before, after = await _count(reader, table), await _count(writer, table)
                if before != after:
                    raise StorageError(f"Of {before} rows of {table}, {after} arrived. Nothing was kept of them.")
    return done


async def _chunks(connection: Connection, table: str, key: tuple[str, ...]) -> AsyncIterator[list[Row]]:
    order = ", ".join(key)
    first = f"select * from {table} order by {order} limit {ROWS_AT_ONCE}"  # noqa: S608
    marks = ", ".join(f":{column}" for column in key)
    later = f"select * from {table} where ({order}) > ({marks}) order by {order} limit {ROWS_AT_ONCE}"  # noqa: S608
    rows = list(await connection.execute_fetchall(first))
    while rows:
        yield rows
        rows = list(await connection.execute_fetchall(later, {column: rows[-1][column] for column in key}))


async def _insert(connection: Connection, table: str, rows: Sequence[Row]) -> None:
    columns = list(rows[0].keys())
    marks = ", ".join(f":{column}" for column in columns)
    await connection.executemany(
        f"insert into {table} ({', '.join(columns)}) values ({marks})",  # noqa: S608
        [dict(zip(columns, row, strict=True)) for row in rows],
    )


async def _refuse_unless_empty(databases: Databases) -> None:
    for database, name in zip(databases, TABLES, strict=True):
        async with database.reading() as connection:
            for table in TABLES[name]:
                if table != "lease" and await _count(connection, table):
                    raise StorageError(f"{database.name} is not empty: there are rows in {table}. Name an empty one.")


async def _emptied(databases: Databases) -> None:
    for database, name in zip(databases, TABLES, strict=True):
        async with database.writing() as connection:
            for table in reversed([table for table in TABLES[name] if table != "lease"]):
                await connection.execute(f"delete from {table}")  # noqa: S608


async def _count(connection: Connection, table: str) -> int:
    ((count,),) = await connection.execute_fetchall(f"select count(*) from {table}")  # noqa: S608
    return int(count)
