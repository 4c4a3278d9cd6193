"""What an administrator does on the PostgreSQL server behind the bot's back."""

import asyncpg


async def rows(url: str, sql: str) -> list[tuple[object, ...]]:
    connection = await asyncpg.connect(url)
    try:
        return [tuple(row) for row in await connection.fetch(sql)]
    finally:
        await connection.close()


async def cut(url: str, application: str = "limber") -> None:
    """As a failover, or an administrator, ends every connection of ours."""
    ending = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = '{}'"
    await rows(url, ending.format(application))
