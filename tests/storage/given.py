"""Two runners, a club, a moment, and the few steps every storage test takes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.settings import Settings
from bot.storage.clubs import Post
from bot.storage.database import Database
from bot.storage.lease import DELIVERY, Leases
from bot.storage.occurrences import Advance, Occurrences, occurrence_id
from bot.storage.people import Record, RecordKind
from bot.storage.reminders import Reminder, ReminderKind, Reminders, ReminderState
from bot.storage.storage import Storage
from bot.storage.vault import associated_data_of

ANA, BEN = 1_100_000_000_000_000_001, 1_100_000_000_000_000_002
NOON = datetime(2026, 3, 2, 12, 0, 0, 123_456, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CLUB = 2_200_000_000_000_000_001
DAY = timedelta(days=1)
MANY = 10**6  # reminders that an owner may have, where that is not the test
REMINDER = "r" * 32
FIRST, SECOND = occurrence_id(REMINDER, "day 0"), occurrence_id(REMINDER, "day 1")


def hosted(folder: Path) -> Settings:
    """A host that keeps everything below one folder."""
    return Settings(data=folder / "data", key_file=folder / "config" / "host.key")


def record(name: str = "a" * 32, person: int = ANA, **other: object) -> Record:
    return Record(
        **{"id": name, "person": person, "kind": RecordKind.CHECKIN, "at": NOON, "sealed": b"sealed", **other}
    )


async def keep(storage: Storage, person: int, name: str, plain: bytes, **other: object) -> Record:
    """Seal and add, as a service does."""
    shell = record(name, person, **other)
    sealed = await storage.vault.seal(person, plain, associated_data_of(shell.kind, name))
    kept = replace(shell, sealed=sealed)
    await storage.records.add(kept)
    return kept


async def opened(storage: Storage, found: Record) -> bytes:
    """What a record says."""
    return await storage.vault.unseal(found.person, found.sealed, associated_data_of(found.kind, found.id))


def plain(name: str) -> bytes:
    """Something to seal that only this record says, longer than a block."""
    return name.encode() * 40


def reminder_of(person: int) -> Reminder:
    """One that rings daily at noon, with nothing sealed in it."""
    return Reminder(
        id=f"reminder of {person}",
        person=person,
        club=None,
        channel=7,
        kind=ReminderKind.STRETCH,
        schedule="daily at 12",
        zone="Europe/Berlin",
        state=ReminderState.ACTIVE,
        next_due=NOON,
        sealed=None,
        created_at=NOON - DAY,
    )


async def keep_ringing(database: Database, reminders: Reminders, name: str) -> None:
    """A club's reminder that rang ten times."""
    reminder = Reminder(
        id=name,
        person=None,
        club=CLUB,
        channel=7,
        kind=ReminderKind.CLUB,
        schedule="daily at 12",
        zone="Europe/Berlin",
        state=ReminderState.ACTIVE,
        next_due=NOON,
        sealed=None,
        created_at=NOON - DAY,
    )
    await reminders.add(reminder, MANY)
    fence = await Leases(database).take(DELIVERY, name, NOON + DAY, NOON + 2 * DAY)
    assert fence
    for day in range(10):
        rung = replace(reminder, next_due=NOON + day * DAY)
        await Occurrences(database).materialize(
            fence, [Advance(rung, f"day {day}", NOON + (day + 1) * DAY)], [], DAY, NOON
        )


def post(occurrence: str = FIRST, **other: object) -> Post:
    """Of the first time it rang, if nothing else is said."""
    default = {"reminder": REMINDER, "routine": "desk_neck", "key": bytes(range(32)), "made_at": NOON}
    return Post(**{"occurrence": occurrence, **default, **other})
