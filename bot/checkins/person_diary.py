"""The diary of one person who agreed: written to, sealed on the way in."""

import asyncio
from collections.abc import Collection, MutableMapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog

from bot.advice.disposition import Disposition
from bot.checkins.clearance import CLEARANCE_WINDOW, RunFacts, run_facts
from bot.checkins.diary_reader import (
    FOREVER,
    KINDS,
    SHAPES,
    SUMMED_UP,
    DiaryEntries,
    DiaryEntry,
    DiaryReader,
    summary_of,
)
from bot.checkins.models import CheckIn, Finding
from bot.checkins.runs import Limits
from bot.checkins.summary import PROMPT_WINDOW, Past, Summary, packed
from bot.clock import Clock
from bot.errors import LimberError, UserError
from bot.ids import new_id
from bot.localtime import DAY, DEFAULT_ZONE, zone_named
from bot.storage.errors import Duplicate, NoKey, UnknownPerson
from bot.storage.people import Person, Record
from bot.storage.storage import Storage
from bot.storage.vault import PersonKey, associated_data_of
from bot.triage.answers import NOTHING_LASTS


class DiaryClosed(UserError, message="error-diary-closed"):
    """The host has switched the diary off, or there is no database."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the host promises those who agree."""

    minimum_age: int = 16
    keep_months: int = 12  # from the last use


class NeedsConsent(UserError, message="consent-title"):
    """Nothing is kept of somebody who has not agreed. `then` is the draft to go on with, if there is one."""

    def __init__(self, terms: Terms, then: str | None = None, action: str = "consent.agree") -> None:
        """`action`: what *Yes* does."""
        super().__init__()
        self.terms = terms
        self.then = then
        self.action = action


class NotAtHand(LimberError):
    """To keep the next entry takes more than the person's row."""


class NoSuchEntry(UserError, message="error-no-entry"):
    """It was deleted, or never was this person's."""


KEEPS_LASTING = 4  # from these words on, age, conditions and how it began are kept of a check
KEEPS_NO_LASTING = 3  # of those who were asked about that alone, and said no

log = structlog.get_logger("limber.diary")


class PersonDiary(DiaryReader):
    """The diary of somebody who agreed to it. `Diary.of` opens it, once for each request.

    Should they be erased meanwhile, what is written raises NeedsConsent, and nothing is there to be read.
    """

    def __init__(
        self, owner: Person, storage: Storage, clock: Clock, terms: Terms, locks: MutableMapping[int, asyncio.Lock]
    ) -> None:
        """`locks`: those that are in use, by person."""
        super().__init__(owner.id, storage, clock)
        self.owner = owner
        self._locks = locks
        self.zone = zone_of(owner)
        self._terms = terms

    @property
    def lock(self) -> asyncio.Lock:
        """Held while something is read in order to be changed, so that two presses do not undo each other."""
        return self._locks.setdefault(self.id, asyncio.Lock())

    async def set_zone(self, zone: ZoneInfo) -> None:
        """Theirs from now on, here too. What is logged already stays where it was: it gets the zone they had."""
        if self.owner.zone is not None and self.owner.zone != zone.key:
            async with self.lock:
                for entry in await self.checkins():
                    if entry.zone is None:
                        await self.change(replace(entry, zone=self.owner.zone, zone_assumed=True))
        await self._storage.people.set_zone(self.id, zone.key)
        self.owner, self.zone = replace(self.owner, zone=zone.key), zone

    async def checkin(self, entry_id: str) -> CheckIn:
        """One check-in. Raises NoSuchEntry."""
        entries = await self._find(entry_id)
        if not entries.checkins:
            raise NoSuchEntry
        return entries.checkins[0]

    async def keep(self, entry: DiaryEntry) -> None:
        """Kept for good when this returns. Raises Duplicate for an id that is taken."""
        record = await self._sealed(entry)
        try:
            await self._storage.records.add(record, self.owner.consented_at)
        except UnknownPerson:
            await self._agreed_anew()
            await self.keep(entry)

    async def _agreed_anew(self) -> None:
        """They agreed while something was sealed: perhaps after erasing everything, so their key may be another."""
        before, now = self.owner.consented_at, await self._storage.people.find(self.id)
        if now is None or now.consented_at == before:
            raise self.erased()
        self.owner, self.zone = now, zone_of(now)

    async def keep_with_summary(self, entry: CheckIn) -> Past | None:
        """As `keep`, with a new summary; what the one before says. None where the entries themselves are to be asked.

        That is so of an entry that is not the latest, and when something else was written at the same time.
        """
        now, owner = self._clock.now(), self.owner
        before = await self.summary(owner.summary) or await self._summed_up(now)
        if before.serves(entry, now):
            record, sealed, past = self._next(before, entry, now, await self._key())
            if await self._storage.records.add_summed_up(record, sealed, owner):
                return past
        await self.keep(entry)
        return None

    def next(self, entry: CheckIn) -> tuple[Record, bytes, Past]:
        """The entry and the new summary, sealed, and what the one before says; in any thread.

        Raises NotAtHand where the summary or the key is to be read first, or the entries themselves are to be asked.
        """
        now, key = self._clock.now(), self._storage.vault.remembered(self.id)
        before = summary_of(self.owner.summary, key) if key else None
        if key is None or before is None or not before.serves(entry, now):
            raise NotAtHand
        return self._next(before, entry, now, key)

    def _next(self, before: Summary, entry: CheckIn, now: datetime, key: PersonKey) -> tuple[Record, bytes, Past]:
        after, past = before.next(entry, now, self.zone)
        return self._record(entry, key), key.seal(packed(after), SUMMED_UP), past

    async def _summed_up(self, now: datetime) -> Summary:
        entries = await self.checkins_and_findings(now - PROMPT_WINDOW, now - PROMPT_WINDOW, until=FOREVER)
        return Summary.of(entries.checkins, entries.findings, self.zone)

    def erased(self) -> NeedsConsent:
        """For what cannot be written: they erased everything while it was on its way."""
        return NeedsConsent(self._terms)

    async def keep_worse(self, finding: Finding) -> None:
        """A second result of the same check counts when it is worse; a milder one never takes its place.

        What lasts is as it was said in the end.
        """
        try:
            await self.keep(finding)
        except Duplicate:
            before = (await self._find(finding.id)).findings
            if before and finding.disposition.worse_than(before[0].disposition):
                await self.change(finding)
            elif before:
                await self.change(replace(before[0], lasting=finding.lasting))

    async def keep_lasting(self, *, agreed: bool) -> None:
        """Whether age, conditions and how it began may be kept from now on. A no changes nothing else, and is noted."""
        if agreed:
            now = self._clock.now()
            await self._storage.consent(self.id, KEEPS_LASTING, now)
            self.owner = replace(self.owner, consent_version=KEEPS_LASTING, consented_at=now)
        else:
            await self._storage.people.set_version(self.id, KEEPS_NO_LASTING)
            self.owner = replace(self.owner, consent_version=KEEPS_NO_LASTING)

    async def change(self, entry: DiaryEntry) -> None:
        """In the place of the one with the same id. Raises NoSuchEntry."""
        if not await self._storage.records.replace(await self._sealed(entry)):
            raise NoSuchEntry

    async def remove(self, entry_id: str) -> None:
        """Gone for good. Raises NoSuchEntry."""
        if not await self._storage.records.remove(self.id, entry_id):
            raise NoSuchEntry

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
            entries = await self.checkins_and_findings(now - CLEARANCE_WINDOW - DAY)
        except Exception as error:  # noqa: BLE001  # the check goes on without a diary
            log.error("the diary could not be read", why=type(error).__name__)
            return RunFacts(unread=True)
        findings = [finding for finding in entries.findings if finding.id != apart_from]
        facts = run_facts(entries.checkins, findings, area, self.zone, now, limits, general)
        unread, asks = entries.unread.total() > 0, self.owner.consent_version < KEEPS_NO_LASTING
        no_zone = self.owner.zone is None and facts.last is not None
        return replace(facts, unread=unread, no_zone=no_zone, may_ask_to_keep=asks)

    async def _find(self, entry_id: str) -> DiaryEntries:
        """The one with this id, of whichever kind."""
        record = await self._storage.records.find(self.id, entry_id)
        return await self._opened([record] if record else [])

    async def _sealed(self, entry: DiaryEntry) -> Record:
        return self._record(entry, await self._key())

    async def _key(self) -> PersonKey:
        try:
            return await self._storage.vault.key(self.id)
        except NoKey:
            raise self.erased() from None

    def _record(self, entry: DiaryEntry, key: PersonKey) -> Record:
        """Without what the words they agreed to do not name."""
        kind = KINDS[type(entry)]
        if isinstance(entry, Finding) and self.owner.consent_version < KEEPS_LASTING:
            entry = replace(entry, lasting=NOTHING_LASTS)
        sealed = key.seal(SHAPES[kind].dump_json(entry), associated_data_of(kind, entry.id))
        return Record(entry.id, self.id, kind, entry.at, sealed)


def zone_of(person: Person) -> ZoneInfo:
    """UTC for who has chosen none, and for a zone that no longer exists."""
    return zone_named(person.zone) or DEFAULT_ZONE
