"""Two runners, a moment, and the few steps every storage test takes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.settings import Settings
from bot.storage.records import Record, RecordKind
from bot.storage.storage import Storage
from bot.storage.vault import associated_data_of

ANA, BEN = 1_100_000_000_000_000_001, 1_100_000_000_000_000_002
NOON = datetime(2026, 3, 2, 12, 0, 0, 123_456, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def hosted(folder: Path) -> Settings:
    """A host that keeps everything below one folder."""
    return Settings(_env_file=None, data=folder / "data", key_file=folder / "config" / "host.key")


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
