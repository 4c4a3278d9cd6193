"""What people and clubs want to be reminded of, when, and where it goes."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from sqlite3 import Row
from typing import Any, Final

from bot.storage.database import Database
from bot.storage.instants import from_column, from_microseconds, to_column, to_microseconds
from bot.storage.reasons import DiscordCode, Reason, reason_of
from bot.storage.sql import load

ANY_NUMBER: Final = 2**31


class ReminderKind(StrEnum):
    """What a reminder brings."""

    CHECKIN = "checkin"
    STRETCH = "stretch"
    WORDS = "words"
    MORNING = "morning"
    CLUB = "club"


class ReminderState(StrEnum):
    """Whether it is delivered. What is due already still goes out when one has ended, not when it is paused."""

    ACTIVE = "active"
    PAUSED = "paused"
    BLOCKED = "blocked"  # Discord refused for good, or the schedule cannot be read: somebody has to see to it
    ENDED = "ended"  # the schedule has no more dates


@dataclass(frozen=True, slots=True)
class Reminder:
    """One schedule of a person, or of a club when there is no person."""

    id: str
    person: int | None
    club: int | None
    channel: int | None
    kind: ReminderKind
    schedule: str  # as bot.reminders writes it
    zone: str  # IANA name
    state: ReminderState
    next_due: datetime | None  # UTC; always from the schedule, never from what was sent last
    sealed: bytes | None  # area, words: only its owner's key opens it
    created_at: datetime
    reason: Reason | DiscordCode | None = None  # why it is blocked
    ignored: int = 0  # deliveries in a row that nobody answered
    version: int = 1  # one more with every edit
    post: str | None = None  # a club post's options, as bot.reminders writes them
    told: bool = False  # its owner has been told that it is blocked

    @property
    def owner(self) -> int:
        """The person, or else the club."""
        owner = self.club if self.person is None else self.person
        assert owner is not None  # noqa: S101  # the table checks it
        return owner


@dataclass(frozen=True, slots=True)
class Backlog:
    """What is due, and not settled yet."""

    count: int
    since: datetime | None  # when the oldest of it was due; None when there is none


class Reminders:
    """What people and clubs set; an owner never meets another's."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queries = load("reminders")

    async def add(self, reminder: Reminder, most: int = ANY_NUMBER) -> bool:
        """Kept for good when this returns; False, and nothing is kept, where the owner has `most` already.

        Raises UnknownPerson, or Duplicate for an id that is taken.
        """
        return bool(await self._database.execute(self._queries.add, **_columns(reminder), most=most))

    async def replace(self, reminder: Reminder) -> bool:
        """Edit one that was read before, `version` as it was then. Whose it is does not change.

        False when it was edited meanwhile, or is gone: read it again.
        """
        columns = _columns(reminder)
        editable = {name: columns[name] for name in columns.keys() - {"person", "club", "created_at"}}
        return bool(await self._database.execute(self._queries.replace, **editable))

    async def remove(self, owner: int, id: str) -> bool:  # noqa: A002
        """With all its occurrences; False when this owner has no such reminder."""
        return bool(await self._database.execute(self._queries.remove, owner=owner, id=id))

    async def find(self, owner: int, id: str) -> Reminder | None:  # noqa: A002
        row = await self._database.fetch_one(self._queries.find, owner=owner, id=id)
        return row and reminder_of(row)

    async def of_person(self, person: int) -> list[Reminder]:
        """Oldest first."""
        rows = await self._database.fetch_all(self._queries.of_person, person=person)
        return [reminder_of(row) for row in rows]

    async def of_club(self, club: int) -> list[Reminder]:
        """The club's own posts, oldest first."""
        rows = await self._database.fetch_all(self._queries.of_club, club=club)
        return [reminder_of(row) for row in rows]

    async def count(self, person: int) -> int:
        return int(await self._database.fetch_one(self._queries.count, person=person))

    async def answered(self, id: str) -> None:  # noqa: A002
        """Somebody pressed a button of it: the deliveries that nobody answered are counted anew."""
        await self._database.execute(self._queries.answered, id=id)

    async def untold(self) -> frozenset[int]:
        """People with a blocked reminder that they have not been told about."""
        rows = await self._database.fetch_all(self._queries.untold)
        return frozenset(row["person_id"] for row in rows)

    async def told(self, person: int) -> None:
        """They know of every reminder of theirs that is blocked. One that is blocked from now on is news again."""
        await self._database.execute(self._queries.told, person=person)

    async def told_one(self, id: str) -> None:  # noqa: A002
        """Whoever it belongs to has been told that it is blocked."""
        await self._database.execute(self._queries.told_one, id=id)

    async def due(self, now: datetime, limit: int) -> list[Reminder]:
        """Those whose time has come, longest due first."""
        rows = await self._database.fetch_all(self._queries.due, now=to_microseconds(now), limit=limit)
        return [reminder_of(row) for row in rows]

    async def backlog(self, now: datetime) -> Backlog:
        """What is due at `now`; a reminder that is not materialized yet counts once, whatever dates of it are over."""
        row = await self._database.fetch_one(self._queries.backlog, now=to_microseconds(now))
        return Backlog(row["count"], from_column(row["since"]))


def reminder_of(row: Row | Mapping[str, Any]) -> Reminder:
    """From a row of the table."""
    return Reminder(
        id=row["id"],
        person=row["person_id"],
        club=row["club_id"],
        channel=row["channel_id"],
        kind=ReminderKind(row["kind"]),
        schedule=row["schedule"],
        zone=row["zone"],
        state=ReminderState(row["state"]),
        next_due=from_column(row["next_due"]),
        sealed=row["sealed"],
        created_at=from_microseconds(row["created_at"]),
        reason=reason_of(row["reason"]),
        ignored=row["ignored"],
        version=row["version"],
        post=row["post"],
        told=bool(row["told"]),
    )


def _columns(reminder: Reminder) -> dict[str, Any]:
    return asdict(reminder) | {
        "next_due": to_column(reminder.next_due),
        "created_at": to_microseconds(reminder.created_at),
        "told": int(reminder.told),
    }
