"""The pain diary: what a person agreed to have kept, sealed on the way in and opened on the way out."""

import asyncio
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from weakref import WeakValueDictionary
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import structlog
from pydantic import TypeAdapter, ValidationError

from bot.advice.disposition import Disposition
from bot.checkins.clearance import LOOK_BACK, RunFacts, run_facts
from bot.checkins.entry import CheckIn
from bot.checkins.finding import Finding
from bot.checkins.runs import Limits
from bot.checkins.weekly import WeeklyCheck
from bot.clock import Clock
from bot.errors import UserError
from bot.ids import new_id
from bot.storage.errors import CannotOpen, Duplicate, NoKey, UnknownPerson
from bot.storage.people import Person
from bot.storage.records import Record, RecordKind
from bot.storage.storage import Storage
from bot.storage.vault import associated_data_of

CONSENT_VERSION = 2  # of the words somebody agrees to; a change of meaning asks everybody again
TOUCH = timedelta(days=1)
BREATH = 100  # records opened until others get their turn
EVER = datetime(1970, 1, 1, tzinfo=UTC)

Page = CheckIn | Finding | WeeklyCheck
log = structlog.get_logger("limber.diary")

P = TypeVar("P", CheckIn, Finding, WeeklyCheck)

KINDS: dict[type[Page], RecordKind] = {
    CheckIn: RecordKind.CHECKIN,
    Finding: RecordKind.ASSESSMENT,
    WeeklyCheck: RecordKind.WEEKLY,
}
SHAPES: dict[type[Page], TypeAdapter[Page]] = {kind: TypeAdapter(kind) for kind in KINDS}


class DiaryClosed(UserError):
    """The host has switched the diary off, or there is no database."""

    message = "error-diary-closed"


@dataclass(frozen=True, slots=True)
class Terms:
    """What the host promises those who agree."""

    minimum_age: int = 16
    keep_months: int = 12  # from the last use


class NeedsConsent(UserError):
    """Nothing is kept of somebody who has not agreed. `then` is the draft to go on with, if there is one."""

    message = "consent-title"

    def __init__(self, terms: Terms, then: str | None = None, action: str = "agree") -> None:
        """`action`: what *Yes* does."""
        super().__init__()
        self.terms = terms
        self.then = then
        self.action = action


class NoSuchEntry(UserError):
    """It was deleted, or never was this person's."""

    message = "error-no-entry"


class Diary:
    """One door to everything that is kept about a person. Every method is about one person alone."""

    def __init__(self, storage: Storage | None, clock: Clock, terms: Terms) -> None:
        """Without storage every method raises DiaryClosed."""
        self.terms = terms
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._storage = storage
        self._clock = clock

    async def person(self, person: int) -> Person:
        """Somebody who agreed. Raises NeedsConsent, DiaryClosed."""
        storage = self._opened()
        found = await storage.people.find(person)
        if found is None or found.consent_version < CONSENT_VERSION:
            raise NeedsConsent(self.terms)
        now = self._clock.now()
        if now - found.last_used >= TOUCH:
            await storage.people.touch(person, now)
        return found

    async def agreed(self, person: int) -> bool:
        """Whether things may be kept about them. Raises DiaryClosed."""
        try:
            await self.person(person)
        except NeedsConsent:
            return False
        return True

    async def agree(self, person: int) -> None:
        """They said yes: from now on things may be kept."""
        await self._opened().consent(person, CONSENT_VERSION, self._clock.now())

    async def zone(self, person: int) -> ZoneInfo:
        """Their time zone; UTC until they choose one."""
        return zone_of(await self.person(person))

    async def set_zone(self, person: int, zone: ZoneInfo) -> None:
        await self.person(person)
        await self._opened().people.set_zone(person, zone.key)

    async def keep(self, person: int, page: Page) -> None:
        """Kept for good when this returns. Raises NeedsConsent."""
        await self.person(person)
        try:
            await self._opened().records.add(await self._sealed(person, page))
        except UnknownPerson:
            raise NeedsConsent(self.terms) from None  # erased while this was on its way

    async def keep_if_possible(self, person: int, page: Page) -> bool:
        """For what must never stand in the way of advice: False when it cannot be kept, whatever the reason."""
        try:
            try:
                await self.keep(person, page)
            except Duplicate:
                await self._worsen(person, page)
        except UserError:
            return False
        except Exception as error:  # noqa: BLE001  # whatever is wrong with the database, the advice was given
            log.error("a finding could not be kept", why=type(error).__name__)
            return False
        return True

    async def change(self, person: int, page: Page) -> None:
        """In the place of the one with the same id. Raises NoSuchEntry."""
        await self.person(person)
        if not await self._opened().records.replace(await self._sealed(person, page)):
            raise NoSuchEntry

    async def remove(self, person: int, page_id: str) -> None:
        """Gone for good. Raises NoSuchEntry."""
        await self.person(person)
        if not await self._opened().records.remove(person, page_id):
            raise NoSuchEntry

    async def checkin(self, person: int, page_id: str) -> CheckIn:
        """One check-in. Raises NoSuchEntry."""
        await self.person(person)
        record = await self._opened().records.find(person, page_id)
        pages = await self._pages(person, CheckIn, [record] if record and record.kind is RecordKind.CHECKIN else [])
        if not pages:
            raise NoSuchEntry
        return pages[0]

    async def checkins(self, person: int, since: datetime = EVER) -> list[CheckIn]:
        """From `since` until now, oldest first."""
        return await self._between(person, CheckIn, since)

    async def findings(self, person: int, since: datetime = EVER) -> list[Finding]:
        """Finished symptom checks, oldest first."""
        return await self._between(person, Finding, since)

    async def weekly(self, person: int, since: datetime = EVER) -> list[WeeklyCheck]:
        """Weekly checks, oldest first."""
        return await self._between(person, WeeklyCheck, since)

    async def export(self, person: int, kind: type[P]) -> list[P]:
        """All that opens, oldest first, whichever words they agreed to: for what somebody may always ask of us."""
        records = await self._opened().records.of_person(person)
        return await self._pages(person, kind, [record for record in records if record.kind is KINDS[kind]])

    async def read_without_touch(self, person: int, kind: type[P], since: datetime) -> list[P]:
        """From `since` until now, oldest first, for work of our own: it is no use of the diary, and asks no consent."""
        until = self._clock.now() + timedelta(seconds=1)
        return await self._pages(person, kind, await self._opened().records.between(person, KINDS[kind], since, until))

    async def _worsen(self, person: int, page: Page) -> None:
        """A second result of the same check counts when it is worse; a milder one never takes its place."""
        kept = [finding for finding in await self.findings(person) if finding.id == page.id]
        if isinstance(page, Finding) and kept and page.disposition.worse_than(kept[0].disposition):
            await self.change(person, page)

    async def clear(self, person: int, area: str, shown: Collection[str], content: str) -> None:
        """*I was seen and told I may run*: closes what the person was shown, and notes that somebody looked."""
        now = self._clock.now()
        async with self.lock(person):
            found = [finding for finding in await self.findings(person) if finding.open and finding.id in shown]
            for finding in found:
                await self.change(person, finding.cleared(now))
            if any(finding.area == area for finding in found):
                return
            noted = Finding(
                id=new_id(),
                at=now,
                area=area,
                disposition=Disposition.CONTINUE,
                because=(),
                reasons=(),
                bone=False,
                content=content,
            )
            await self.keep(person, noted.cleared(now))

    def lock(self, person: int) -> asyncio.Lock:
        """Held while something is read in order to be changed, so that two presses do not undo each other."""
        lock = self._locks.get(person)
        if lock is None:
            lock = self._locks[person] = asyncio.Lock()
        return lock

    async def run_facts(
        self, person: int, area: str, limits: Limits, general: Collection[str], *, apart_from: str = ""
    ) -> RunFacts:
        """What there is to know before a run; nothing where there is no diary. `apart_from`: the check itself.

        What cannot be read is said to be so: it may be what stands before the run.
        """
        now = self._clock.now()
        try:
            found = await self.person(person)
            zone = zone_of(found)
            checkins = await self.checkins(person, now - LOOK_BACK - TOUCH)
            findings = [finding for finding in await self.findings(person) if finding.id != apart_from]
            kept = await self._opened().records.count(person)
        except UserError:
            return RunFacts()
        except Exception as error:  # noqa: BLE001  # the check goes on without a diary
            log.error("the diary could not be read", why=type(error).__name__)
            return RunFacts(unread=True)
        facts = run_facts(checkins, findings, area, zone, now, limits, general)
        missing = kept.get(RecordKind.ASSESSMENT, 0) > len(await self.findings(person))
        return replace(facts, unread=missing, no_zone=found.zone is None and facts.last is not None)

    def _opened(self) -> Storage:
        if self._storage is None:
            raise DiaryClosed
        return self._storage

    async def _between(self, person: int, kind: type[P], since: datetime) -> list[P]:
        await self.person(person)
        return await self.read_without_touch(person, kind, since)

    async def _sealed(self, person: int, page: Page) -> Record:
        kind = KINDS[type(page)]
        plain = SHAPES[type(page)].dump_json(page)
        try:
            sealed = await self._opened().vault.seal(person, plain, associated_data_of(kind, page.id))
        except NoKey:
            raise NeedsConsent(self.terms) from None  # erased while this was on its way
        return Record(page.id, person, kind, page.at, sealed)

    async def _pages(self, person: int, kind: type[P], records: Iterable[Record]) -> list[P]:
        """What opens; a damaged record, or one of a newer version, is left out and stays where it is."""
        vault, found = self._opened().vault, []
        unreadable = 0
        for number, record in enumerate(records, start=1):
            if number % BREATH == 0:
                await asyncio.sleep(0)
            try:
                plain = await vault.unseal(person, record.sealed, associated_data_of(record.kind, record.id))
            except (CannotOpen, NoKey):
                continue
            try:
                page = SHAPES[kind].validate_json(plain)
            except ValidationError:  # of a newer version; its text would quote what was logged
                unreadable += 1
                continue
            if isinstance(page, kind):
                found.append(page)
        if unreadable:
            log.warning("entries cannot be read by this version", kind=KINDS[kind], count=unreadable)
        return found


def zone_of(person: Person) -> ZoneInfo:
    """UTC for who has chosen none, and for a zone that no longer exists."""
    try:
        return ZoneInfo(person.zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
