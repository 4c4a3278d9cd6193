"""What is kept about somebody, a copy of it, and its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.checkins.diary import TOUCH, Diary
from bot.checkins.entry import CheckIn
from bot.checkins.finding import Finding
from bot.checkins.weekly import WeeklyCheck
from bot.clock import Clock
from bot.kept import Kept
from bot.privacy.export import Everything
from bot.storage.people import Person
from bot.storage.storage import Erased, Storage

DAYS_IN_MONTH = 30.44  # on average


@dataclass(frozen=True, slots=True)
class Inventory:
    """How much is kept, for `/privacy show`."""

    person: Person
    checkins: int
    findings: int
    weekly: int
    kept_until: datetime  # when nothing is used before then


class Privacy:
    """Every method is about the one person who asks, or whom the host was asked about."""

    def __init__(self, diary: Diary, storage: Storage | None, waiting: Sequence[Kept[Any]], clock: Clock) -> None:
        """`waiting`: what is kept in memory for half an hour; an erasure takes it too."""
        self._diary = diary
        self._storage = storage
        self._waiting = waiting
        self._clock = clock

    async def inventory(self, person: int) -> Inventory | None:
        """None when nothing is kept."""
        everything = await self.everything(person)
        if everything is None:
            return None
        until = everything.person.last_used + self._away()
        kept = (len(everything.checkins), len(everything.findings), len(everything.weekly))
        return Inventory(everything.person, *kept, until)

    async def everything(self, person: int) -> Everything | None:
        """All of it, whichever words they agreed to; None when nothing is kept. To ask is no use of the diary."""
        found = await self._storage.people.find(person) if self._storage else None
        if self._storage is None or found is None:
            return None
        checkins, findings = await self._diary.all_of(person, CheckIn), await self._diary.all_of(person, Finding)
        weekly = await self._diary.all_of(person, WeeklyCheck)
        rows = sum((await self._storage.records.count(person)).values())
        unreadable = rows - len(checkins) - len(findings) - len(weekly)
        return Everything(found, tuple(checkins), tuple(findings), tuple(weekly), max(0, unreadable))

    async def erase(self, person: int) -> Erased:
        """All of it, for good, from backups too; what waits in memory as well. Raises StorageError."""
        for waiting in self._waiting:
            waiting.forget(person)
        if self._storage is None:
            return Erased(person=False, records={})
        return await self._storage.erase(person)

    async def sweep(self) -> int:
        """Erase who has not used the bot for longer than the host promised; returns how many that were."""
        if self._storage is None:
            return 0
        return await self._storage.erase_unused(self._clock.now() - self._away())

    def _away(self) -> timedelta:
        """After the last use that was noted: a later one, within a day of it, was not."""
        return retention(self._diary.terms.keep_months) + TOUCH


def retention(months: int) -> timedelta:
    """How long after the last use."""
    return timedelta(days=round(months * DAYS_IN_MONTH))
