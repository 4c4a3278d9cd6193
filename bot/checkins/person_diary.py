"""The diary of one person who agreed to have it kept."""

import asyncio
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import structlog

from bot.advice.disposition import Disposition
from bot.checkins.clearance import LOOK_BACK, RunFacts, run_facts
from bot.checkins.entry import CheckIn
from bot.checkins.errors import NeedsConsent, NoSuchEntry, Terms
from bot.checkins.finding import Finding
from bot.checkins.runs import Limits
from bot.checkins.sealed_pages import EVER, Page, SealedPages
from bot.checkins.weekly import WeeklyCheck
from bot.clock import Clock
from bot.ids import new_id
from bot.localtime import DAY
from bot.storage.errors import Duplicate, NoKey, UnknownPerson
from bot.storage.people import Person
from bot.storage.records import Record, RecordKind
from bot.storage.storage import Storage

log = structlog.get_logger("limber.diary")


class PersonDiary:
    """Everything that is kept about one person. `Diary.of` opens it, once for each request.

    What is written raises NeedsConsent when the person is erased meanwhile; what is read is empty then.
    """

    def __init__(self, owner: Person, storage: Storage, clock: Clock, terms: Terms, lock: asyncio.Lock) -> None:
        """`lock` is held while something is read in order to be changed, so that two presses do not undo each other."""
        self.owner = owner
        self.lock = lock
        self._storage = storage
        self._clock = clock
        self._terms = terms
        self._pages = SealedPages(owner.id, storage, clock)

    @property
    def id(self) -> int:
        """The person's Discord id."""
        return self.owner.id

    @property
    def zone(self) -> ZoneInfo:
        """Their time zone; UTC until they choose one."""
        return zone_of(self.owner)

    async def set_zone(self, zone: ZoneInfo) -> None:
        """Theirs from now on, here too."""
        await self._storage.people.set_zone(self.id, zone.key)
        self.owner = replace(self.owner, zone=zone.key)

    async def keep(self, page: Page) -> None:
        """Kept for good when this returns. Raises Duplicate for an id that is taken."""
        try:
            await self._storage.records.add(await self._sealed(page))
        except UnknownPerson:
            raise NeedsConsent(self._terms) from None  # erased while this was on its way

    async def keep_worse(self, finding: Finding) -> None:
        """A second result of the same check counts when it is worse; a milder one never takes its place."""
        try:
            await self.keep(finding)
        except Duplicate:
            before = [other for other in await self.findings() if other.id == finding.id]
            if before and finding.disposition.worse_than(before[0].disposition):
                await self.change(finding)

    async def change(self, page: Page) -> None:
        """In the place of the one with the same id. Raises NoSuchEntry."""
        if not await self._storage.records.replace(await self._sealed(page)):
            raise NoSuchEntry

    async def remove(self, page_id: str) -> None:
        """Gone for good. Raises NoSuchEntry."""
        if not await self._storage.records.remove(self.id, page_id):
            raise NoSuchEntry

    async def checkin(self, page_id: str) -> CheckIn:
        """One check-in. Raises NoSuchEntry."""
        entry = await self._pages.find(CheckIn, page_id)
        if entry is None:
            raise NoSuchEntry
        return entry

    async def checkins(self, since: datetime = EVER) -> list[CheckIn]:
        """From `since` until now, oldest first."""
        return await self._pages.since(CheckIn, since)

    async def findings(self, since: datetime = EVER) -> list[Finding]:
        """Finished symptom checks, oldest first."""
        return await self._pages.since(Finding, since)

    async def weekly(self, since: datetime = EVER) -> list[WeeklyCheck]:
        """Weekly checks, oldest first."""
        return await self._pages.since(WeeklyCheck, since)

    async def clear(self, area: str, shown: Collection[str], content: str) -> None:
        """*I was seen and told I may run*: closes what the person was shown, and notes that somebody looked."""
        now = self._clock.now()
        async with self.lock:
            closed = [finding for finding in await self.findings() if finding.open and finding.id in shown]
            for finding in closed:
                await self.change(finding.cleared(now))
            if any(finding.area == area for finding in closed):
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
            await self.keep(noted.cleared(now))

    async def run_facts(self, area: str, limits: Limits, general: Collection[str], *, apart_from: str = "") -> RunFacts:
        """What there is to know before a run. `apart_from`: the check itself.

        What cannot be read is said to be so: it may be what stands before the run.
        """
        now = self._clock.now()
        try:
            checkins = await self.checkins(now - LOOK_BACK - DAY)
            counts = await self._storage.records.count(self.id)
            findings = await self.findings()
        except Exception as error:  # noqa: BLE001  # the check goes on without a diary
            log.error("the diary could not be read", why=type(error).__name__)
            return RunFacts(unread=True)
        others = [finding for finding in findings if finding.id != apart_from]
        facts = run_facts(checkins, others, area, self.zone, now, limits, general)
        unread = counts.get(RecordKind.ASSESSMENT, 0) > len(findings)
        return replace(facts, unread=unread, no_zone=self.owner.zone is None and facts.last is not None)

    async def _sealed(self, page: Page) -> Record:
        try:
            return await self._pages.sealed(page)
        except NoKey:
            raise NeedsConsent(self._terms) from None  # erased while this was on its way


def zone_of(person: Person) -> ZoneInfo:
    """UTC for who has chosen none, and for a zone that no longer exists."""
    try:
        return ZoneInfo(person.zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
