"""The table of reminders, of people and of clubs: what, when, where to, and why one is not delivered."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

from bot.storage.engine import Engine
from bot.storage.errors import UnknownPerson
from bot.storage.sql import load, reader, values_of

#: The number of a refusal of Discord's that has no Reason.
DiscordCode = NewType("DiscordCode", str)


class Reason(StrEnum):
    """The values are what rows hold; where Discord refused, they hold the number it gave."""

    GRACE = "grace"  # noticed when it was too late
    TROUBLE = "trouble"  # Discord did not take it, or did not say so, until it was too late
    PAUSED = "paused"
    BLOCKED = "blocked"  # by the one before it
    REMOVED = "removed"

    #: Something of a person's was kept back. It stands in the clear, so it does not say whether that was for their
    #: health, for an answer, or for want of a yes: `PersonReminders.log` works that out for the person alone, as one of
    #: the next.
    HELD = "held"
    MUTED = "muted"  # a symptom check said: be seen first
    ANSWERED = "answered"
    CONSENT = "consent"
    CLOSED = "closed"  # the host keeps no diaries

    NO_ROUTINE = "no-routine"
    ZONE = "zone"  # it is gone
    SCHEDULE = "schedule"  # it cannot be read
    CONTENT = "content"  # what it brings is unreadable
    NO_CHANNEL = "no-channel"  # none is known
    UNREADABLE = "unreadable"  # the channel, so that nobody can tell whether it arrived

    CHANNEL_GONE = "10003"  # Unknown channel
    SERVER_GONE = "10004"  # Unknown guild
    USER_GONE = "10013"  # Unknown user
    NO_ACCESS = "50001"  # Missing access, to the channel
    DM_CLOSED = "50007"  # Cannot send messages to this user
    NO_PERMISSION = "50013"  # You lack permissions to perform that action
    NO_SHARED_SERVER = "50278"  # Cannot send messages to this user due to having no mutual guilds


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One schedule of a person, or of a club when there is no person. Without a schedule yet it has ended."""

    id: str
    person: int | None = None
    club: int | None = None
    channel: int | None = None
    kind: ReminderKind
    schedule: str = ""  # as bot.schedules.codec writes it
    zone: str = ""  # IANA name
    state: ReminderState = ReminderState.ENDED
    next_due: datetime | None = None  # UTC; always from the schedule, never from what was sent last
    sealed: bytes | None = None  # area, words: only its owner's key opens it
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


OWNERS: Final = {"person": "person_id", "club": "club_id", "channel": "channel_id"}  # columns with longer names

_reminder = reader(Reminder, **OWNERS)


class Reminders:
    """What people and clubs set; an owner never meets another's."""

    def __init__(self, database: Engine) -> None:
        self._database = database
        self._queries = load("reminders")

    async def add(self, reminder: Reminder, most: int, agreed: datetime | None = None) -> bool:
        """Kept for good when this returns; False, and nothing is kept, where the owner has `most` already.

        Raises UnknownPerson, or Duplicate for an id that is taken. `agreed`: as `Records.add` has it.
        """
        if await self._database.execute(self._queries.add, **values_of(reminder), most=most, agreed=agreed):
            return True
        if agreed is not None and reminder.person is not None and await self.count(reminder.person) < most:
            raise UnknownPerson("They agreed anew meanwhile.")
        return False

    async def replace(self, reminder: Reminder) -> bool:
        """Edit one that was read before, `version` as it was then. Whose it is does not change.

        False when it was edited meanwhile, or is gone: read it again.
        """
        return bool(await self._database.execute(self._queries.replace, **values_of(reminder)))

    async def remove(self, owner: int, id: str) -> bool:  # noqa: A002
        """With all its occurrences; False when this owner has no such reminder."""
        return bool(await self._database.execute(self._queries.remove, owner=owner, id=id))

    async def find(self, owner: int, id: str) -> Reminder | None:  # noqa: A002
        return await self._database.record(_reminder, self._queries.find, owner=owner, id=id)

    async def of_person(self, person: int) -> list[Reminder]:
        """Oldest first."""
        return await self._database.records(_reminder, self._queries.of_person, person=person)

    async def of_club(self, club: int) -> list[Reminder]:
        """The club's own posts, oldest first."""
        return await self._database.records(_reminder, self._queries.of_club, club=club)

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
        return await self._database.records(_reminder, self._queries.due, now=now, limit=limit)

    async def backlog(self, now: datetime) -> Backlog:
        """What is due at `now`; a reminder that is not materialized yet counts once, whatever dates of it are over."""
        return reader(Backlog)(await self._database.fetch_one(self._queries.backlog, now=now))
