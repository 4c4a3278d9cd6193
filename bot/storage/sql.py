"""Named queries, read from the SQL files beside this module."""

from collections.abc import AsyncIterator, Mapping
from functools import cache
from pathlib import Path
from sqlite3 import Row
from typing import Any, Final

import aiosql
from aiosql.adapters.aiosqlite import AioSQLiteAdapter
from aiosqlite import Connection

QUERIES: Final = Path(__file__).with_name("queries")
Parameters = Mapping[str, Any]


class OneTrip(AioSQLiteAdapter):
    """One trip to the connection's thread a query, where aiosql makes two or three.

    Faster, and no cursor stays open in between: an open one would keep later reads at its own, older snapshot.
    """

    async def select(
        self,
        conn: Connection,
        _query_name: str,
        sql: str,
        parameters: Parameters,
        record_class: Any = None,  # noqa: ARG002
    ) -> AsyncIterator[Row]:
        for row in await conn.execute_fetchall(sql, parameters):
            yield row

    async def select_one(
        self,
        conn: Connection,
        _query_name: str,
        sql: str,
        parameters: Parameters,
        record_class: Any = None,  # noqa: ARG002
    ) -> Row | None:
        return next(iter(await conn.execute_fetchall(sql, parameters)), None)

    async def select_value(self, conn: Connection, query_name: str, sql: str, parameters: Parameters) -> Any:
        row = await self.select_one(conn, query_name, sql, parameters)
        return row and row[0]

    async def insert_update_delete(self, conn: Connection, _query_name: str, sql: str, parameters: Parameters) -> int:
        """How many rows it was."""
        return (await conn.execute(sql, parameters)).rowcount


@cache
def load(aggregate: str) -> Any:
    """The queries of one file, each a method: `await database.fetch_one(queries.find, person=1)`."""
    return aiosql.from_path(QUERIES / f"{aggregate}.sql", OneTrip)  # type: ignore[arg-type]  # quicker than its protocol
