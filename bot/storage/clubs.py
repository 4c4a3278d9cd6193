"""The tables of clubs: settings, presence, the log of every change, posts and how many pressed Done; never who."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.storage.engine import Engine
from bot.storage.sql import load, reader, values_of


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line of a club's log, as it is kept."""

    club: int
    at: datetime
    moderator: int | None  # None: the bot by itself, or its host
    what: str
    post: str | None = None  # which post it is about, as bot.clubs writes it; None: the settings
    before: str | None = None
    after: str | None = None


_change = reader(ChangeRow, club="club_id", moderator="moderator_id")


class Changes:
    """The logs; a club never meets another's."""

    def __init__(self, database: Engine) -> None:
        self._database = database
        self._queries = load("changes")

    async def add(self, changes: Sequence[ChangeRow]) -> None:
        """All of them in this order, kept for good when this returns."""
        async with self._database.writing() as connection:
            await self._queries.add(connection, map(values_of, changes))

    async def of_club(self, club: int, since: datetime, limit: int) -> list[ChangeRow]:
        """The latest first."""
        return await self._database.records(_change, self._queries.of_club, club=club, since=since, limit=limit)

    async def moderators(self) -> set[int]:
        """Who stands in any of them."""
        return {row["moderator_id"] for row in await self._database.fetch_all(self._queries.moderators)}

    async def forget(self, before: datetime) -> int:
        """Of every club; how many lines that were."""
        return await self._database.execute(self._queries.forget, before=before)


@dataclass(frozen=True, slots=True)
class ClubRow:
    """One server the bot is in, or was."""

    id: int
    settings: str | None  # as bot.clubs writes them; None: nothing was set yet
    version: int  # one more with every change of the settings
    joined_at: datetime
    left_at: datetime | None = None
    welcomed: bool = False


@dataclass(frozen=True, slots=True)
class ErasedClub:
    """What an erasure took away, for the receipt."""

    settings: bool  # whether anything was set
    posts: int
    changes: int
    barometer: bool


_club = reader(ClubRow)


class Clubs:
    """The clubs, one row each."""

    def __init__(self, database: Engine) -> None:
        self._database = database
        self._queries = load("clubs")
        self._changes = load("changes")

    async def find(self, club: int) -> ClubRow | None:
        return await self._database.record(_club, self._queries.find, club=club)

    async def put(
        self, club: int, settings: str, version: int, at: datetime, changes: Sequence[ChangeRow] = ()
    ) -> bool:
        """New settings in place of those that were read, with their lines in the log; `version` as it was then.

        0 where there was no row. False, and nothing is written, when somebody was faster, or took everything away.
        """
        async with self._database.writing() as connection:
            done = await self._queries.change(connection, club=club, settings=settings, version=version)
            if not done and version == 0:
                done = await self._queries.begin(connection, club=club, settings=settings, at=at)
            if done and changes:
                await self._changes.add(connection, map(values_of, changes))
        return bool(done)

    async def joined(self, club: int, at: datetime) -> None:
        """The bot is there, for the first time or again."""
        await self._database.execute(self._queries.joined, club=club, at=at)

    async def left(self, club: int, at: datetime) -> None:
        """The bot is there no more. A server that Discord cannot reach for the moment has not been left."""
        await self._database.execute(self._queries.left, club=club, at=at)

    async def present(self, clubs: Collection[int], among: Callable[[int], bool], at: datetime) -> None:
        """The bot is in these and in no others `among` some: who came and went while nobody was looking."""
        left_at = {row["id"]: row["left_at"] for row in await self._database.fetch_all(self._queries.all)}
        present = frozenset(clubs)
        joined = [club for club, left in left_at.items() if left is not None and club in present]
        left = [club for club, left in left_at.items() if left is None and club not in present and among(club)]
        if not joined and not left:
            return
        async with self._database.writing() as connection:
            for club in joined:
                await self._queries.joined(connection, club=club, at=at)
            for club in left:
                await self._queries.left(connection, club=club, at=at)

    async def welcome(self, club: int) -> bool:
        """True once for each club that the bot joined: whoever asks is the one to say hello."""
        return bool(await self._database.execute(self._queries.welcomed, club=club))

    async def left_before(self, instant: datetime) -> list[int]:
        """Longest gone first."""
        rows = await self._database.fetch_all(self._queries.left_before, instant=instant)
        return [row["id"] for row in rows]

    async def forget(self, club: int, left_before: datetime | None = None) -> ErasedClub | None:
        """Everything of a club in one transaction: settings, log, posts with what became of them, barometer.

        With `left_before` only one that left before then and is not back; None when it is not so.
        """
        async with self._database.writing() as connection:
            if left_before is None:
                row = await self._queries.find(connection, club=club)
                await self._queries.forget(connection, club=club)
                settings = row is not None and row["settings"] is not None
            elif await self._queries.forget_left(connection, club=club, instant=left_before):
                settings = True
            else:
                return None
            return ErasedClub(
                settings,
                await self._queries.forget_posts(connection, club=club),
                await self._queries.forget_changes(connection, club=club),
                bool(await self._queries.forget_barometer(connection, club=club)),
            )


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

    def __init__(self, database: Engine) -> None:
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
