"""A connection to PostgreSQL that takes the same queries as SQLite's."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from typing import Any, Final, NamedTuple

from bot.storage.postgres_errors import Outage

PARAMETER: Final = re.compile(r"(?<![:\w]):([a-z_]+)")
NUMBER: Final = re.compile(r"\$(\d+)")  # of a parameter
WRITING: Final = 0x4C696D62657201  # an advisory lock of the database: who writes
BEGIN_IN_TURN: Final = f"begin; select pg_advisory_xact_lock({WRITING})"
#: A transaction in one trip. It sees what was written while it waited: in PL/pgSQL each statement
#: takes a snapshot of its own, where a `with` would have taken the only one before it waits.
WRITE_IN_TURN: Final = f"""
create or replace function pg_temp.{{name}}({{types}}) returns bigint[] language plpgsql as $turn$
declare written bigint; counts bigint[];
begin
  perform pg_advisory_xact_lock({WRITING});
  {{statements}}
  return counts;
end $turn$
"""
COUNTED: Final = "{statement}; get diagnostics written = row_count; counts := counts || written;"

Parameters = Mapping[str, Any]


class Written(NamedTuple):
    """What a statement did."""

    rowcount: int


@dataclass(frozen=True, slots=True)
class PostgresSession:
    """A connection that takes the same queries as SQLite's."""

    raw: Any  # of asyncpg, which has no types
    outage: Outage
    writes: dict[tuple[str, ...], str] = field(default_factory=dict)  # by statements, the call of their function

    async def execute_fetchall(self, sql: str, parameters: Parameters | None = None, /) -> list[Any]:
        text, names = numbered(sql)
        with self.outage:
            return await self.raw.fetch(text, *_values(names, parameters or {}))  # type: ignore[no-any-return]

    async def execute(self, sql: str, parameters: Parameters | None = None, /) -> Written:
        text, names = numbered(sql)
        with self.outage:
            done = await self.raw.execute(text, *_values(names, parameters or {}))
        count = done.rpartition(" ")[2]  # INSERT 0 1
        return Written(int(count) if count.isdecimal() else 0)

    async def executemany(self, sql: str, parameters: Iterable[Parameters], /) -> None:
        text, names = numbered(sql)
        if rows := [_values(names, row) for row in parameters]:
            with self.outage:
                await self.raw.executemany(text, rows)

    async def write_in_turn(self, *statements: tuple[str, Parameters]) -> list[int]:
        """A transaction of its own, when it is this writer's turn; how many rows each statement wrote."""
        queries = [(numbered(sql), parameters) for sql, parameters in statements]
        texts = tuple(text for (text, _), _ in queries)
        values = [value for (_, names), parameters in queries for value in _values(names, parameters)]
        with self.outage:
            call = self.writes.get(texts) or await self._made(texts)
            return await self.raw.fetchval(call, *values)  # type: ignore[no-any-return]

    async def _made(self, texts: tuple[str, ...]) -> str:
        """The function of these statements, for as long as this connection lasts."""
        types, counted = list[str](), list[str]()
        for text in texts:
            statement = _numbered_from(len(types), text.rstrip().removesuffix(";"))
            counted.append(COUNTED.format(statement=statement))
            types += [each.name for each in (await self.raw.prepare(text)).get_parameters()]
        name = f"write_{sha256(repr(texts).encode()).hexdigest()[:16]}"
        await self.raw.execute(WRITE_IN_TURN.format(name=name, types=", ".join(types), statements="\n  ".join(counted)))
        marks = ", ".join(f"${number}" for number, _ in enumerate(types, 1))
        self.writes[texts] = call = f"select pg_temp.{name}({marks})"  # our own, and a number
        return call


@cache
def numbered(sql: str) -> tuple[str, tuple[str, ...]]:
    """The same query with numbers for its parameters, and their names in that order.

    >>> numbered("select :b, :a where x = :b")
    ('select $1, $2 where x = $1', ('b', 'a'))
    """
    names: dict[str, int] = {}
    text = PARAMETER.sub(lambda match: f"${names.setdefault(match[1], len(names) + 1)}", sql)
    return text, tuple(names)


def _values(names: tuple[str, ...], parameters: Parameters) -> list[Any]:
    return [parameters[name] for name in names]


def _numbered_from(before: int, text: str) -> str:
    return NUMBER.sub(lambda match: f"${int(match[1]) + before}", text)
