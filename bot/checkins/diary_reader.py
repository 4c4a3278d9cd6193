"""What reads the diary of one person, opened on the way out."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from pydantic import TypeAdapter, ValidationError

from bot.checkins.models import CheckIn, Finding, WeeklyCheck
from bot.checkins.summary import Summary, unpacked
from bot.clock import Clock
from bot.storage.errors import CannotOpen, NoKey
from bot.storage.people import Record, RecordKind
from bot.storage.storage import Storage
from bot.storage.vault import PersonKey, associated_data_of

#: What a summary is sealed for. Another number with every change of what stands in one, or of the rules that it serves:
#: those of another version are made anew.
SUMMED_UP = b"summary 1"
YIELD_EVERY = 50  # records opened until others get their turn: half a millisecond
EVER = datetime(1970, 1, 1, tzinfo=UTC)
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
A_MOMENT = timedelta(seconds=1)  # so that what was kept just now is read too

DiaryEntry = CheckIn | Finding | WeeklyCheck

KINDS: dict[type[DiaryEntry], RecordKind] = {
    CheckIn: RecordKind.CHECKIN,
    Finding: RecordKind.ASSESSMENT,
    WeeklyCheck: RecordKind.WEEKLY,
}
SHAPES: dict[RecordKind, TypeAdapter[DiaryEntry]] = {kind: TypeAdapter(entry) for entry, kind in KINDS.items()}
READ = {kind: shape.validator.validate_json for kind, shape in SHAPES.items()}

log = structlog.get_logger("limber.diary")


@dataclass(frozen=True, slots=True)
class DiaryEntries:
    """Entries that were opened, of each kind oldest first."""

    checkins: Sequence[CheckIn]
    findings: Sequence[Finding]
    weekly: Sequence[WeeklyCheck]
    unread: Counter[RecordKind]  # how many do not open, damaged or of a newer version; they stay where they are


def summary_of(sealed: bytes | None, key: PersonKey) -> Summary | None:
    """None where there is none, or it does not open."""
    try:
        return None if sealed is None else unpacked(key.unseal(sealed, SUMMED_UP))
    except (CannotOpen, ValueError):
        return None


@dataclass(eq=False)
class DiaryReader:
    """Reads the diary of one person. By itself it is no use of the diary, and asks no consent."""

    id: int  # on Discord
    _storage: Storage
    _clock: Clock

    async def checkins(self, since: datetime = EVER) -> Sequence[CheckIn]:
        """From `since` until now, oldest first."""
        return (await self._opened(await self._between(RecordKind.CHECKIN, since))).checkins

    async def weekly(self, since: datetime = EVER) -> Sequence[WeeklyCheck]:
        """Weekly checks from `since` until now, oldest first."""
        return (await self._opened(await self._between(RecordKind.WEEKLY, since))).weekly

    async def findings(self) -> Sequence[Finding]:
        """Every finished symptom check, oldest first."""
        return (await self.findings_and_unread())[0]

    async def findings_and_unread(self) -> tuple[Sequence[Finding], int]:
        """Every finished symptom check, oldest first, and how many more do not open."""
        records = await self._storage.records.between(self.id, RecordKind.ASSESSMENT, EVER, FOREVER)
        entries = await self._opened(records)
        return entries.findings, entries.unread.total()

    async def checkins_and_findings(
        self, since: datetime, findings_since: datetime = EVER, until: datetime | None = None
    ) -> DiaryEntries:
        """Check-ins from `since` until now, and finished symptom checks from `findings_since` on, in one read.

        `until`: another end than now, for check-ins made before the clock was set back.
        """
        records = self._storage.records
        until = until or self._clock.now() + A_MOMENT
        return await self._opened(await records.checkins_and_assessments(self.id, since, until, findings_since))

    async def summary(self, sealed: bytes | None) -> Summary | None:
        """What is kept of the last weeks in short; None where there is none, or it does not open."""
        try:
            return summary_of(sealed, await self._storage.vault.key(self.id))
        except (CannotOpen, NoKey):
            return None

    async def everything(self) -> DiaryEntries:
        """All that is kept."""
        return await self._opened(await self._storage.records.of_person(self.id))

    async def _between(self, kind: RecordKind, since: datetime) -> list[Record]:
        return await self._storage.records.between(self.id, kind, since, self._clock.now() + A_MOMENT)

    async def _opened(self, records: Sequence[Record]) -> DiaryEntries:
        if not records:
            return DiaryEntries([], [], [], Counter())
        try:
            unseal = (await self._storage.vault.key(self.id)).unseal
        except (CannotOpen, NoKey):
            return DiaryEntries([], [], [], Counter(record.kind for record in records))
        entries: dict[RecordKind, list[Any]] = {kind: [] for kind in RecordKind}
        damaged, newer = Counter[RecordKind](), Counter[RecordKind]()
        for number, record in enumerate(records, start=1):
            if number % YIELD_EVERY == 0:
                await asyncio.sleep(0)
            kind = record.kind
            try:
                entries[kind].append(READ[kind](unseal(record.sealed, associated_data_of(kind, record.id))))
            except CannotOpen:
                damaged[kind] += 1
            except ValidationError:  # of a newer version; its text would quote what was logged
                newer[kind] += 1
        for kind, count in newer.items():
            log.warning("entries cannot be read by this version", kind=kind, count=count)
        for kind, count in damaged.items():
            log.warning("entries are damaged and cannot be opened", kind=kind, count=count)
        return DiaryEntries(
            entries[RecordKind.CHECKIN], entries[RecordKind.ASSESSMENT], entries[RecordKind.WEEKLY], damaged + newer
        )
