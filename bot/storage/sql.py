"""The named queries, read from the SQL files beside this module, and what their columns hold."""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import cache
from operator import itemgetter
from pathlib import Path
from types import NoneType
from typing import Any, Final, Protocol, TypeVar, get_args, get_type_hints

import aiosql
from aiosql.adapters.aiosqlite import AioSQLiteAdapter

QUERIES: Final = Path(__file__).with_name("queries")
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

TO_COLUMN: Final[Mapping[type, Callable[[Any], Any]]] = {
    datetime: lambda at: (at - EPOCH) // timedelta.resolution,
    timedelta: lambda length: length // timedelta.resolution,
    date: date.isoformat,
}
FROM_COLUMN: Final[Mapping[type, Callable[[Any], Any]]] = {
    datetime: lambda microseconds: EPOCH + microseconds * timedelta.resolution,  # as `instant`, without a call
    date: date.fromisoformat,
}

Parameters = Mapping[str, Any]
T = TypeVar("T")
Row = Any  # a column by its name or its place: sqlite3.Row, asyncpg.Record


class Connection(Protocol):
    """Takes SQL with `:name` for each parameter."""

    async def execute_fetchall(self, sql: str, parameters: Any = None, /) -> Iterable[Row]: ...

    async def execute(self, sql: str, parameters: Any = None, /) -> Any:
        """What has `rowcount`: how many rows were written."""

    async def executemany(self, sql: str, parameters: Iterable[Mapping[str, Any]], /) -> Any: ...


class Query(Protocol):
    """One of a file of queries."""

    sql: str

    def __call__(self, connection: Connection, /, **parameters: Any) -> Any: ...


class OneTrip(AioSQLiteAdapter):
    """One trip to the connection a query, where aiosql makes two or three, whichever engine it is of.

    Faster, and no cursor stays open in between: an open one would keep later reads at its own, older snapshot.
    Parameters may be what `to_column` takes.
    """

    async def select(
        self,
        conn: Connection,
        _query_name: str,
        sql: str,
        parameters: Parameters,
        record_class: Any = None,  # noqa: ARG002
    ) -> AsyncIterator[Row]:
        for row in await conn.execute_fetchall(sql, to_columns(parameters)):
            yield row

    async def select_one(
        self,
        conn: Connection,
        _query_name: str,
        sql: str,
        parameters: Parameters,
        record_class: Any = None,  # noqa: ARG002
    ) -> Row | None:
        return next(iter(await conn.execute_fetchall(sql, to_columns(parameters))), None)

    async def select_value(self, conn: Connection, query_name: str, sql: str, parameters: Parameters) -> Any:
        row = await self.select_one(conn, query_name, sql, parameters)
        return row and row[0]

    async def insert_update_delete(self, conn: Connection, _query_name: str, sql: str, parameters: Parameters) -> int:
        """How many rows it was."""
        return int((await conn.execute(sql, to_columns(parameters))).rowcount)

    async def insert_update_delete_many(
        self, conn: Connection, _query_name: str, sql: str, parameters: Sequence[Parameters]
    ) -> None:
        await conn.executemany(sql, map(to_columns, parameters))


@cache
def load(aggregate: str) -> Any:
    """The queries of one file, each a method: `await database.fetch_one(queries.find, person=1)`."""
    return aiosql.from_path(QUERIES / f"{aggregate}.sql", OneTrip)  # type: ignore[arg-type]  # quicker than its protocol


def to_column(value: Any) -> Any:
    """What a column holds: of an aware instant microseconds since 1970, UTC, so that it comes back exactly as it was.

    Of a length of time microseconds, of a day its ISO date; anything else as it is.

    >>> to_column(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)), to_column(date(1970, 1, 1)), to_column("1970")
    (1000000, '1970-01-01', '1970')
    """
    return TO_COLUMN[type(value)](value) if type(value) in TO_COLUMN else value


def instant(microseconds: int) -> datetime:
    """Back to an aware instant in UTC."""
    return EPOCH + microseconds * timedelta.resolution


def values_of(record: Any) -> dict[str, Any]:
    """The fields of a dataclass by name, as parameters of a query."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def reader(kind: type[T], **columns: str) -> Callable[[Row], T]:
    """What makes a dataclass of a row: each of its fields from the column of that name, or of the one given here.

    Their types say how a column is read: an instant, a day, a truth, an enumeration; of `Enumeration | text`, text is
    what the enumeration does not know. A field that has no column is given as "".
    """
    hints = get_type_hints(kind)
    plan = [
        (field.name, column, _reading(hints[field.name]))
        for field in fields(kind)  # type: ignore[arg-type]  # a dataclass
        if (column := columns.get(field.name, field.name))
    ]
    names, row_values = [name for name, _, _ in plan], itemgetter(*(column for _, column, _ in plan))
    conversions = [(place, convert) for place, (_, _, convert) in enumerate(plan) if convert]
    in_order = names == [field.name for field in fields(kind) if not field.kw_only]  # type: ignore[arg-type]

    def read(row: Row) -> T:
        values = list(row_values(row))
        for place, convert in conversions:
            if (value := values[place]) is not None:
                values[place] = convert(value)
        return kind(*values) if in_order else kind(**dict(zip(names, values, strict=True)))

    return read


def _reading(hint: Any) -> Callable[[Any], Any] | None:
    """How to read a column for a field of this type; None: as it is."""
    kind, *others = [option for option in get_args(hint) or (hint,) if option is not NoneType]
    known = {member.value: member for member in kind} if issubclass(kind, Enum) else {}
    if others:
        return lambda value: known.get(value, value)
    if known:
        return known.__getitem__
    return None if kind in {int, str, bytes} else FROM_COLUMN.get(kind, kind)


def to_columns(parameters: Parameters) -> Parameters:
    """The same, each as its column holds it."""
    return {
        name: TO_COLUMN[type(value)](value) if type(value) in TO_COLUMN else value for name, value in parameters.items()
    }
