"""The table of posts: what clubs were sent, and how many pressed Done; never who."""

from dataclasses import dataclass
from datetime import datetime

from bot.storage.database import Database
from bot.storage.sql import load, reader, values_of


@dataclass(frozen=True, slots=True)
class Post:
    """One occurrence of a club's reminder, put together."""

    occurrence: str
    reminder: str
    routine: str  # its id in the content
    key: bytes | None  # what people's tags are made with; None: nothing is counted any more
    made_at: datetime
    done: int = 0


_post = reader(Post, occurrence="occurrence_id", reminder="reminder_id")


class Posts:
    """The posts, one row each. A tag says nothing without its post's key, and goes with it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queries = load("posts")

    async def keep(self, post: Post) -> Post:
        """What is kept of this occurrence from now on: this post, or the one that was kept before it.

        Raises UnknownPerson when there is no such occurrence, or no longer.
        """
        async with self._database.writing() as connection:
            await self._queries.add(connection, **values_of(post))
            return _post(await self._queries.find(connection, occurrence=post.occurrence))

    async def find(self, occurrence: str) -> Post | None:
        return await self._database.record(_post, self._queries.find, occurrence=occurrence)

    async def latest(self, reminder: str, limit: int) -> list[str]:
        """The routines that were posted last, the latest first."""
        rows = await self._database.fetch_all(self._queries.latest, reminder=reminder, limit=limit)
        return [row["routine"] for row in rows]

    async def count(self, occurrence: str, tag: bytes) -> tuple[int, bool]:
        """How many there are now, and whether this tag was new. Without a key nothing is new."""
        async with self._database.writing() as connection:
            new = bool(await self._queries.one_more(connection, occurrence=occurrence, tag=tag))
            if new:
                await self._queries.tag(connection, occurrence=occurrence, tag=tag)
            row = await self._queries.find(connection, occurrence=occurrence)
        return (_post(row).done if row else 0), new

    async def forget(self, before: datetime) -> int:
        """Drop keys and tags of posts made before then, and keep the counts; how many posts that were."""
        async with self._database.writing() as connection:
            await self._queries.forget_tags(connection, before=before)
            return int(await self._queries.forget_keys(connection, before=before))
