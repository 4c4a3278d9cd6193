"""The schema of a PostgreSQL database: the same migrations, in the types of that engine."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from secrets import randbits
from typing import Any, Final

from bot.storage.errors import KEYS, LIMBER, Newer, StorageError
from bot.storage.postgres import UPGRADING, connect
from bot.storage.postgres_errors import explaining, without_password
from bot.storage.schema import NOTES, known, migrations

TYPES: Final = {"integer": "bigint", "blob": "bytea", "text": 'text collate "C"'}  # sorted by bytes, as SQLite does
TYPE: Final = re.compile(rf"\b({'|'.join(TYPES)})\b")
UPGRADE_TIMEOUT: Final = "60s"  # to wait for another process that does the same
UNLIMITED: Final = "0"
OURS: Final = """
select table_name as name from information_schema.tables
where table_schema = current_schema() and table_type = 'BASE TABLE'
"""
NOTE: Final = f"insert into {NOTES} values ($1, $2, now() at time zone 'utc')"  # noqa: S608


async def pending(url: str, name: str) -> list[str]:
    """What is still to be applied. Raises StorageError for one that cannot be reached, is newer or not ours."""
    async with _connected(url) as connection:
        return await missing(connection, name, without_password(url))


async def prepare(database_url: str, keys_url: str) -> dict[str, list[str]]:
    """Both databases up to date; which migrations each needed. Raises StorageError when one has gone missing."""
    await refuse_same(database_url, keys_url)
    for url, name in ((database_url, LIMBER), (keys_url, KEYS)):
        await pending(url, name)  # nothing is changed in the one where the other cannot be used
    await refuse_incomplete(database_url, keys_url)
    return {KEYS: await upgrade(keys_url, KEYS), LIMBER: await upgrade(database_url, LIMBER)}


async def inspect(database_url: str, keys_url: str) -> tuple[list[str], str | None]:
    """What the next start would apply, and the fingerprint of the host key. Changes nothing. Raises StorageError."""
    await refuse_same(database_url, keys_url)
    waiting = [*await pending(database_url, LIMBER), *(keys := await pending(keys_url, KEYS))]
    await refuse_incomplete(database_url, keys_url)
    if keys:
        return waiting, None
    async with _connected(keys_url) as connection:
        return waiting, await connection.fetchval("select fingerprint from host_key")


async def refuse_incomplete(database_url: str, keys_url: str) -> None:
    """Raise StorageError, and touch nothing, when the one database holds people whom the other knows nothing of."""
    async with _connected(database_url) as database, _connected(keys_url) as keys:
        people, holders, erasures = (
            await count(database, "person"),
            await count(keys, "person_key"),
            await count(keys, "erasure"),
        )
    if people and not holders and not erasures:
        raise StorageError(
            f"{without_password(keys_url)} holds no key, and without them nothing of the {people} people in "
            f"{without_password(database_url)} can be read. Bring the keys back first."
        )
    if people is None and holders:
        raise StorageError(
            f"{without_password(database_url)} is empty, while {without_password(keys_url)} holds the keys of "
            f"{holders} people. Restore the entries first. To start anew instead, give the keys an empty database too."
        )


async def count(connection: Any, table: str) -> int | None:
    """How many rows there are; None where there is no such table."""
    if await connection.fetchval("select to_regclass($1)", table) is None:
        return None
    return int(await connection.fetchval(f"select count(*) from {table}"))  # noqa: S608


async def upgrade(url: str, name: str) -> list[str]:
    """Apply what is pending, all of it or nothing; one process at a time; what that was. Raises StorageError."""
    async with _connected(url) as connection, connection.transaction():
        await connection.execute(f"select pg_advisory_xact_lock({UPGRADING})")
        return await migrate(connection, name, without_password(url))


async def migrate(connection: Any, name: str, where: str) -> list[str]:
    """The same, within a transaction of the caller's."""
    steps = await missing(connection, name, where)
    await connection.execute(
        f"create table if not exists {NOTES} (migration_hash varchar(64), migration_id varchar(255), "
        "applied_at_utc timestamp, primary key (migration_hash))"
    )
    for file in migrations(name):
        if file.stem in steps:
            await connection.execute(translated(file.read_text(encoding="utf-8")))
            await connection.execute(NOTE, sha256(file.stem.encode()).hexdigest(), file.stem)
    return steps


async def missing(connection: Any, name: str, where: str) -> list[str]:
    """Which migrations a database lacks. Raises StorageError for one that is newer or not ours."""
    tables = {row["name"] for row in await connection.fetch(OURS)}
    if not tables:
        return known(name)
    if NOTES not in tables:
        raise StorageError(f"{where} is not a database of Limber. Give it an empty one of its own.")
    applied = {row["migration_id"] for row in await connection.fetch(f"select migration_id from {NOTES}")}  # noqa: S608
    if applied & {*known(KEYS if name == LIMBER else LIMBER)}:
        raise StorageError(
            f"{where} holds the {'keys' if name == LIMBER else 'entries'}. "
            "LIMBER_DATABASE_URL and LIMBER_KEYS_URL have been swapped, or are the same."
        )
    if newer := sorted(applied.difference(known(name))):
        raise Newer(where, newer[-1])
    return [migration for migration in known(name) if migration not in applied]


def translated(script: str) -> str:
    """A migration in the types of PostgreSQL.

    >>> translated("create table a (id integer primary key, b blob, c text not null);  -- integer")
    'create table a (id bigint primary key, b bytea, c text collate "C" not null);'
    """
    return TYPE.sub(lambda match: TYPES[match[1]], re.sub(r"\s*--.*", "", script))


async def refuse_same(database_url: str, keys_url: str) -> None:
    """Raise StorageError when both are one database, by whichever name: what is held in one is seen in the other."""
    mark = randbits(62)
    async with _connected(database_url) as database, _connected(keys_url) as keys:
        await database.execute(f"select pg_advisory_lock({mark})")
        if not await keys.fetchval(f"select pg_try_advisory_lock({mark})"):
            raise StorageError(
                "LIMBER_DATABASE_URL and LIMBER_KEYS_URL are the same database. Give the keys one of their own: "
                "otherwise a dump or a snapshot holds the entries together with what opens them."
            )


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[Any]:
    connection = await connect(url, statement_timeout=UNLIMITED, lock_timeout=UPGRADE_TIMEOUT)
    try:
        with explaining(url):
            yield connection
    finally:
        await connection.close()
