"""The pain diary: what people agreed to have kept, opened for one person at a time."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import NamedTuple, NoReturn
from weakref import WeakValueDictionary

import structlog

from bot.advice.disposition import Disposition
from bot.advice.library import Library
from bot.checkins.clearance import RunFacts
from bot.checkins.diary_reader import DiaryReader
from bot.checkins.models import CheckIn, Finding
from bot.checkins.person_diary import (
    KEEPS_LASTING,
    DiaryClosed,
    NeedsConsent,
    NotAtHand,
    PersonDiary,
    Terms,
)
from bot.checkins.runs import Limits
from bot.checkins.summary import Past
from bot.clock import Clock
from bot.errors import UserError
from bot.storage.people import Person, Record
from bot.storage.storage import Storage
from bot.triage import flow
from bot.triage.answers import Session
from bot.triage.carry_over import lasting

CONSENT_VERSION = KEEPS_LASTING  # of the words somebody agrees to
STILL_COVERED = 2  # the oldest words by which the diary goes on; what newer ones add is asked about by itself
TOUCH = timedelta(days=1)

log = structlog.get_logger("limber.diary")


class Kept(NamedTuple):
    """A check-in that was kept just now, and what the past has to say about it."""

    diary: PersonDiary
    entry: CheckIn
    past: Past


class Diary(ABC):
    """The one door to what is kept about people: an `OpenDiary`, or a `ClosedDiary` where the host keeps none."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms

    @abstractmethod
    async def of(self, person: int) -> PersonDiary:
        """The diary of somebody who agreed, who uses it now. Raises NeedsConsent, DiaryClosed."""

    @abstractmethod
    async def keep_next(self, person: int, read: Callable[[PersonDiary], CheckIn]) -> Kept:
        """What `read` makes of their diary, perhaps in another thread, kept for good: all in one step.

        Raises DiaryClosed, NeedsConsent, NotAtHand where it takes more steps, Duplicate, and what `read` does; nothing
        is kept then.
        """

    @abstractmethod
    def without_touch(self, person: int) -> DiaryReader:
        """For work of our own, and for what somebody may always ask of us: it is no use of the diary.

        It asks no consent. Raises DiaryClosed.
        """

    @abstractmethod
    async def agree(self, person: int) -> None:
        """They said yes: from now on things may be kept. Raises DiaryClosed."""

    async def agreed(self, person: int) -> bool:
        """Whether things may be kept about them. Raises DiaryClosed."""
        try:
            await self.of(person)
        except NeedsConsent:
            return False
        return True

    async def keep_if_possible(self, person: int, finding: Finding) -> bool:
        """For what must never stand in the way of advice: False when it cannot be kept, whatever the reason."""
        try:
            await (await self.of(person)).keep_worse(finding)
        except UserError:
            return False
        except Exception as error:  # noqa: BLE001  # whatever is wrong with the database, the advice was given
            log.error("a finding could not be kept", why=type(error).__name__)
            return False
        return True

    async def keep_check(
        self, person: int, library: Library, session: Session, now: datetime, *, finished: bool
    ) -> None:
        """A finished check goes into the diary of who agreed to one; "be seen today" at once, for who leaves then.

        Nothing waits for it. Without a place only what sends somebody to be seen is kept; that stands before every run.
        """
        assessment, lasts = flow.judge(library, session), lasting(library, session)
        urgent = assessment.at_least is Disposition.URGENT
        worth = session.area or assessment.at_least.worse_than(Disposition.MODIFY)
        if not worth or not (urgent or finished) or session.kept == (assessment.at_least, lasts):
            return
        finding = Finding.of(assessment, lasts, id=session.finding, at=now, area=session.area)
        if finding is not None:
            session.kept = (finding.disposition, lasts)
            await self.keep_if_possible(person, finding)

    async def run_facts(
        self, person: int, area: str, limits: Limits, general: Collection[str], *, apart_from: str = ""
    ) -> RunFacts:
        """What there is to know before a run; nothing of somebody without a diary. See `PersonDiary.run_facts`."""
        try:
            diary = await self.of(person)
        except UserError:
            return RunFacts()
        except Exception as error:  # noqa: BLE001  # the check goes on without a diary
            log.error("the diary could not be opened", why=type(error).__name__)
            return RunFacts(unread=True)
        return await diary.run_facts(area, limits, general, apart_from=apart_from)


class OpenDiary(Diary):
    """Diaries in storage, sealed."""

    def __init__(self, storage: Storage, clock: Clock, terms: Terms) -> None:
        super().__init__(terms)
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._storage = storage
        self._clock = clock

    async def of(self, person: int) -> PersonDiary:
        owner = await self._storage.people.find(person)
        diary = self._opened(owner)
        now = self._clock.now()
        if now - diary.owner.last_used >= TOUCH:
            await self._storage.people.touch(person, now)
        return diary

    async def keep_next(self, person: int, read: Callable[[PersonDiary], CheckIn]) -> Kept:
        if self._storage.vault.remembered(person) is None:
            raise NotAtHand
        result: list[Kept] = []

        def make_record(owner: Person | None) -> tuple[Record, bytes]:
            diary = self._opened(owner)
            entry = read(diary)
            record, summary, past = diary.next(entry)
            result[:] = [Kept(diary, entry, past)]
            return record, summary

        if not await self._storage.records.add_next(person, self._clock.now(), TOUCH, make_record):
            raise NotAtHand
        return result[0]

    def _opened(self, owner: Person | None) -> PersonDiary:
        if owner is None or owner.consent_version < STILL_COVERED:
            raise NeedsConsent(self.terms)
        return PersonDiary(owner, self._storage, self._clock, self.terms, self._locks)

    def without_touch(self, person: int) -> DiaryReader:
        return DiaryReader(person, self._storage, self._clock)

    async def agree(self, person: int) -> None:
        await self._storage.consent(person, CONSENT_VERSION, self._clock.now())


class ClosedDiary(Diary):
    """No diary at all: the host has switched it off, or there is no database."""

    async def of(self, _person: int) -> NoReturn:
        raise DiaryClosed

    async def keep_next(self, _person: int, _read: object) -> NoReturn:
        raise DiaryClosed

    def without_touch(self, _person: int) -> NoReturn:
        raise DiaryClosed

    async def agree(self, _person: int) -> NoReturn:
        raise DiaryClosed
