"""The table of occurrences: every time a reminder was due, and what became of it."""

import base64
import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from bot.storage.engine import Engine
from bot.storage.lease import LeaseLost
from bot.storage.reminders import OWNERS, DiscordCode, Reason, Reminder, ReminderState
from bot.storage.sql import Connection, Row, load, reader, values_of

SPACING: Final = timedelta(seconds=1)  # between two turns of one owner in the queue
CLAIM_TIMEOUT: Final = timedelta(minutes=10)  # by then whoever claimed it has settled it, or somebody looks


class OccurrenceState(StrEnum):
    """Where an occurrence stands; all but the first two are for good."""

    PENDING = "pending"  # nothing of it is out there
    CLAIMED = "claimed"  # a message of it may be out there
    SENT = "sent"
    LATE = "late"  # sent, more than a minute after it was due
    SKIPPED = "skipped"  # not sent, on purpose
    BLOCKED = "blocked"  # Discord refused for good
    UNKNOWN = "unknown"  # perhaps sent: nobody can tell any more, and it is not sent again
    FAILED = "failed"  # Discord refused this one message


DELIVERED: Final = frozenset({OccurrenceState.SENT, OccurrenceState.LATE})


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time a reminder was due."""

    id: str  # also its nonce, and what its buttons carry
    reminder: str
    local: str  # on the wall: "2026-03-29T02:30"; one that was put off: that and to when, see `put_off`
    due: datetime  # UTC
    state: OccurrenceState
    until: datetime  # when its grace ends, as things stand: time in our own queue does not count
    not_before: datetime  # when to try, or to try again
    claimed_at: datetime | None = None  # since when a message of it may be out there
    attempt: int = 0
    message: int | None = None
    reason: Reason | DiscordCode | None = None
    settled_at: datetime | None = None
    version: int = field(default=1, compare=False)  # its reminder's, when it was claimed; no column

    @property
    def day(self) -> date:
        """The day on the wall that it was meant for at first, however often it was put off since."""
        return date.fromisoformat(self.local[: len("2026-03-29")])

    def put_off(self, at: datetime) -> str:
        """Its name when it comes again at an instant: no schedule has it, nor another hour of a night with 25.

        >>> at = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
        >>> once = Occurrence("a", "b", "2026-03-29T00:30", at, OccurrenceState.SENT, at, at)
        >>> once.put_off(at + timedelta(hours=1))
        '2026-03-29T00:30 to 2026-03-29T01:30:00Z'
        """
        return f"{self.local[: len('2026-03-29T02:30')]} to {at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


@dataclass(frozen=True, slots=True)
class ClaimedOccurrence:
    """What to send, as it was claimed."""

    reminder: Reminder
    occurrence: Occurrence
    fresh: bool  # nothing of it can be out there yet


@dataclass(frozen=True, slots=True)
class Advance:
    """What is to happen to a reminder whose time has come."""

    reminder: Reminder  # as it was read: whatever changed since then comes first
    local: str | None  # the occurrence; None when there is none, because the rules of the zone changed
    next_due: datetime | None  # None: it has no more dates
    missed: bool = False  # noticed when its grace was over


@dataclass(frozen=True, slots=True)
class QueueStatus:
    """What there is to do, and when the next is."""

    next_due: datetime | None  # of all reminders: it is to be materialized then
    claimable: bool  # something waits to be claimed
    next_try: datetime | None  # the first instant after now at which something else can be claimed

    def is_due(self, now: datetime) -> bool:
        """Whether something is to be materialized."""
        return self.next_due is not None and self.next_due <= now


_occurrence = reader(
    Occurrence, reminder="reminder_id", local="local_at", due="due_at", message="message_id", version=""
)
#: From a row of the view that has both, where some columns of the reminder have longer names.
_reminder = reader(Reminder, **OWNERS, id="reminder_id", state="reminder_state", reason="reminder_reason")
_status = reader(QueueStatus)


class Occurrences:
    """The queue of what is to be sent, and the log of what was."""

    def __init__(self, database: Engine) -> None:
        self._database = database
        self._queries = load("occurrences")

    async def materialize(
        self,
        fence: int,
        advances: Sequence[Advance],
        blocked: Sequence[tuple[Reminder, Reason]],
        grace: timedelta,
        now: datetime,
    ) -> None:
        """Write down each occurrence, once, and move its reminder on, in one transaction.

        `blocked`: reminders that can never come due again, each with the reason. Raises LeaseLost.
        """
        rows = [_materializing(advance, advance.local, grace, now) for advance in advances if advance.local is not None]
        blocks = [{"reminder": item.id, "version": item.version, "reason": reason} for item, reason in blocked]
        async with self._database.writing() as connection:
            await self._hold(connection, fence)
            await self._queries.materialize(connection, rows)
            await self._queries.advance(connection, [_advancing(advance) for advance in advances])
            await self._queries.block_unreadable(connection, blocks)

    async def again(self, reminder: str, local: str, due: datetime, grace: timedelta) -> bool:
        """Once more of what somebody put off; False when the reminder is silent, or was put off so already."""
        values = {"reminder": reminder, "local": local, "due": due, "grace": grace}
        return bool(await self._database.execute(self._queries.again, id=occurrence_id(reminder, local), **values))

    async def status(self, fence: int, now: datetime) -> QueueStatus:
        """What there is to do at `now` for whoever holds this fence, and when the next is."""
        return _status(await self._database.fetch_one(self._queries.status, fence=fence, now=now))

    async def settled_since(self, since: datetime) -> dict[str, int]:
        """How many have been settled since, by the state they came to."""
        rows = await self._database.fetch_all(self._queries.settled_since, since=since)
        return {row["state"]: row["number"] for row in rows}

    async def claim(self, fence: int, now: datetime, limit: int, busy: Collection[str] = ()) -> list[ClaimedOccurrence]:
        """What to send next: first what was left in the middle, then whose turn it is. Nothing while halted.

        `busy`: what the caller is at work on. Raises LeaseLost.
        """
        async with self._database.writing() as connection:
            await self._hold(connection, fence)
            if await self._queries.halted(connection):
                return []
            rows = self._queries.loose(connection, now=now, fence=fence, limit=limit + len(busy))
            loose = [_claimed(row, now) async for row in rows if row["id"] not in busy][:limit]
            rows = self._queries.waiting(connection, now=now, limit=limit - len(loose))
            claimed = [*loose, *[_claimed(row, now) async for row in rows]]
            await self._queries.claim(connection, [{**values_of(one.occurrence), "fence": fence} for one in claimed])
        return claimed

    async def settle(self, fence: int, occurrences: Sequence[Occurrence], queued: timedelta = timedelta()) -> None:
        """Write down what became of what this fence claimed. Raises LeaseLost, and nothing is written then.

        `queued`: how much longer everything else has waited in our own queue meanwhile.
        """
        rows = [{**values_of(one), "fence": fence} for one in occurrences]
        async with self._database.writing() as connection:
            await self._hold(connection, fence, queued)
            await self._queries.settle(connection, rows)
            await self._queries.block(connection, [row for row in rows if row["state"] is OccurrenceState.BLOCKED])
            await self._queries.delivered(connection, [row for row in rows if row["state"] in DELIVERED])

    async def of_reminder(self, reminder: str, limit: int) -> list[Occurrence]:
        """The latest first."""
        return await self._database.records(_occurrence, self._queries.of_reminder, reminder=reminder, limit=limit)

    async def of_person(self, person: int) -> list[Occurrence]:
        """Everything kept of them, oldest first."""
        return await self._database.records(_occurrence, self._queries.of_person, person=person)

    async def find(self, id: str) -> tuple[Reminder, Occurrence] | None:  # noqa: A002
        """One occurrence, whoever's it is, with its reminder: ask `owner` before showing it to anybody."""
        return await self._database.record(lambda row: (_reminder(row), _occurrence(row)), self._queries.find, id=id)

    async def cancel(self, reminder: str, reason: Reason, now: datetime) -> int:
        """Skip what of it waits in the queue; how many that were. What may be out there already is left alone."""
        return await self._database.execute(self._queries.cancel, reminder=reminder, reason=reason, now=now)

    async def forget(self, before: datetime) -> int:
        """Delete what was settled before then; returns how many that were."""
        return await self._database.execute(self._queries.forget, before=before)

    async def _hold(self, connection: Connection, fence: int, queued: timedelta = timedelta()) -> None:
        if not await self._queries.hold(connection, fence=fence, queued=queued):
            raise LeaseLost("Another process delivers now.")


def occurrence_id(reminder: str, local: str) -> str:
    """24 letters and digits that say nothing, 120 bits of a hash; the same for the same reminder and time.

    >>> occurrence_id("a" * 32, "2026-03-29T02:30")
    '4aejaiwobv3knygawvosb7bm'
    """
    digest = hashlib.sha256(f"{reminder} {local}".encode()).digest()
    return base64.b32encode(digest[:15]).decode().lower()


def _materializing(advance: Advance, local: str, grace: timedelta, now: datetime) -> dict[str, Any]:
    return {
        **_expected(advance.reminder),
        "id": occurrence_id(advance.reminder.id, local),
        "local": local,
        "state": OccurrenceState.SKIPPED if advance.missed else OccurrenceState.PENDING,
        "reason": Reason.GRACE if advance.missed else None,
        "settled_at": now if advance.missed else None,
        "grace": grace,
        "spacing": SPACING,
    }


def _advancing(advance: Advance) -> dict[str, Any]:
    state = ReminderState.ENDED if advance.next_due is None else ReminderState.ACTIVE
    return {**_expected(advance.reminder), "next_due": advance.next_due, "state": state}


def _expected(reminder: Reminder) -> dict[str, Any]:
    """Which reminder, as it was read."""
    return {"reminder": reminder.id, "version": reminder.version, "due": reminder.next_due}


def _claimed(row: Row, now: datetime) -> ClaimedOccurrence:
    """As it is from now on."""
    reminder, before = _reminder(row), _occurrence(row)
    claimed = replace(
        before,
        state=OccurrenceState.CLAIMED,
        claimed_at=before.claimed_at or now,
        not_before=now + CLAIM_TIMEOUT,
        version=reminder.version,
    )
    return ClaimedOccurrence(reminder, claimed, fresh=before.state is OccurrenceState.PENDING)
