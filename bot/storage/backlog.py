"""How much is waiting to be sent, for whoever hosts the bot."""

from dataclasses import dataclass
from datetime import datetime

from bot.storage.database import Database
from bot.storage.instants import from_column, to_microseconds
from bot.storage.sql import load


@dataclass(frozen=True, slots=True)
class Backlog:
    """What is due, and not settled yet."""

    count: int
    since: datetime | None  # when the oldest of it was due; None when there is none


async def backlog(database: Database, now: datetime) -> Backlog:
    """A reminder that is due and not materialized counts once, however many of its dates are over."""
    async with database.reading() as connection:
        row = await load("backlog").backlog(connection, now=to_microseconds(now))
    return Backlog(row["count"], from_column(row["since"]))
