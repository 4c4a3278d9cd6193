"""The sealed pages of one person's diary: check-ins, findings and weekly checks, as they stand in storage."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import structlog
from pydantic import TypeAdapter, ValidationError

from bot.checkins.entry import CheckIn
from bot.checkins.finding import Finding
from bot.checkins.weekly import WeeklyCheck
from bot.clock import Clock
from bot.storage.errors import CannotOpen, NoKey
from bot.storage.records import Record, RecordKind
from bot.storage.storage import Storage
from bot.storage.vault import associated_data_of

BREATH = 100  # records opened until others get their turn
EVER = datetime(1970, 1, 1, tzinfo=UTC)

Page = CheckIn | Finding | WeeklyCheck
P = TypeVar("P", CheckIn, Finding, WeeklyCheck)

KINDS: dict[type[Page], RecordKind] = {
    CheckIn: RecordKind.CHECKIN,
    Finding: RecordKind.ASSESSMENT,
    WeeklyCheck: RecordKind.WEEKLY,
}
SHAPES: dict[type[Page], TypeAdapter[Page]] = {kind: TypeAdapter(kind) for kind in KINDS}

log = structlog.get_logger("limber.diary")


class SealedPages:
    """Opens and seals the pages of one person. To read them is no use of the diary, and asks no consent.

    What is damaged, or of a newer version, is left out and stays where it is.
    """

    def __init__(self, person: int, storage: Storage, clock: Clock) -> None:
        self._person = person
        self._storage = storage
        self._clock = clock

    async def everything(self, kind: type[P]) -> list[P]:
        """All that opens, oldest first."""
        records = await self._storage.records.of_person(self._person)
        return await self._opened(kind, [record for record in records if record.kind is KINDS[kind]])

    async def since(self, kind: type[P], since: datetime) -> list[P]:
        """From `since` until now, oldest first."""
        until = self._clock.now() + timedelta(seconds=1)
        return await self._opened(kind, await self._storage.records.between(self._person, KINDS[kind], since, until))

    async def find(self, kind: type[P], page_id: str) -> P | None:
        """None when this person has none with this id, or it does not open."""
        record = await self._storage.records.find(self._person, page_id)
        pages = await self._opened(kind, [record] if record and record.kind is KINDS[kind] else [])
        return pages[0] if pages else None

    async def sealed(self, page: Page) -> Record:
        """As it is kept. Raises NoKey for somebody who has not agreed, or is erased."""
        kind = KINDS[type(page)]
        plain = SHAPES[type(page)].dump_json(page)
        sealed = await self._storage.vault.seal(self._person, plain, associated_data_of(kind, page.id))
        return Record(page.id, self._person, kind, page.at, sealed)

    async def _opened(self, kind: type[P], records: Iterable[Record]) -> list[P]:
        pages: list[P] = []
        unreadable = 0
        for number, record in enumerate(records, start=1):
            if number % BREATH == 0:
                await asyncio.sleep(0)
            associated = associated_data_of(record.kind, record.id)
            try:
                plain = await self._storage.vault.unseal(self._person, record.sealed, associated)
            except (CannotOpen, NoKey):
                continue
            try:
                page = SHAPES[kind].validate_json(plain)
            except ValidationError:  # of a newer version; its text would quote what was logged
                unreadable += 1
                continue
            if isinstance(page, kind):
                pages.append(page)
        if unreadable:
            log.warning("entries cannot be read by this version", kind=KINDS[kind], count=unreadable)
        return pages
