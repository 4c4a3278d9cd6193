"""Showing, copying and erasing what is kept about one person, wherever it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.checkins.diary import TOUCH, Diary
from bot.clock import Clock
from bot.expiring import ExpiringStore
from bot.privacy.export import Everything, KeptReminder
from bot.reminders.content import PersonalReminder, opened
from bot.storage.people import Person
from bot.storage.storage import Erased, Storage

DAYS_IN_MONTH = 30.44  # on average


@dataclass(frozen=True, slots=True)
class Inventory:
    """How much is kept of a person, for `/privacy show`."""

    person: Person
    checkins: int
    findings: int
    weekly: int
    reminders: int
    kept_until: datetime  # when nothing is used before then
    clubs: Sequence[int] = ()  # in whose barometers they are counted
    stats: bool = False  # whether there are barometers to be counted in


class PrivacyService:
    """Counts, copies and erases what is kept about the person who asks, or whom the host was asked about."""

    def __init__(
        self,
        diary: Diary,
        storage: Storage | None,
        waiting: Sequence[ExpiringStore[Any]],
        clock: Clock,
        *,
        stats: bool = False,
    ) -> None:
        """`waiting`: what is kept in memory for half an hour; an erasure takes it too.

        `stats`: whether the host allows barometers.
        """
        self._stats = stats
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
        return Inventory(
            everything.person,
            checkins=len(everything.checkins),
            findings=len(everything.findings),
            weekly=len(everything.weekly),
            reminders=len(everything.reminders),
            kept_until=until,
            clubs=[membership.club for membership in everything.barometers],
            stats=self._stats,
        )

    async def everything(self, person: int) -> Everything | None:
        """All of it, whichever words they agreed to; None when nothing is kept. To ask is no use of the diary."""
        owner = await self._storage.people.find(person) if self._storage else None
        if self._storage is None or owner is None:
            return None
        pages = await self._diary.without_touch(person).everything()
        reminders = [_flat(await opened(self._storage, row)) for row in await self._storage.reminders.of_person(person)]
        rung = await self._storage.occurrences.of_person(person)
        records = (tuple(pages.checkins), tuple(pages.findings), tuple(pages.weekly))
        counted = await self._storage.barometer.of_person(person)
        return Everything(owner, *records, tuple(reminders), tuple(rung), pages.unread.total(), tuple(counted))

    async def channel(self, person: int) -> int | None:
        """Where their reminders go, so that an erasure can delete them there too; None when that is not known."""
        reminders = await self._storage.reminders.of_person(person) if self._storage else []
        return next((reminder.channel for reminder in reminders if reminder.channel is not None), None)

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
        return retention_period(self._diary.terms.keep_months)


def _flat(item: PersonalReminder) -> KeptReminder:
    """One reminder as it stands in a copy."""
    reminder, content = item.reminder, item.content
    return KeptReminder(
        id=reminder.id,
        kind=reminder.kind,
        state=reminder.state,
        reason=reminder.reason,
        schedule=reminder.schedule,
        zone=reminder.zone,
        area=content.area,
        words=content.words,
        named=content.named,
        minutes=content.minutes,
        morning=f"{content.morning:%H:%M}",
        language=content.language,
        chat=None if reminder.channel is None else str(reminder.channel),
        unanswered=reminder.ignored,
        told=reminder.told,
        next_due=reminder.next_due,
        created_at=reminder.created_at,
    )


def retention_period(months: int) -> timedelta:
    """How long after the last use that was noted: a later one, within a day of it, was not."""
    return retention(months) + TOUCH


def retention(months: int) -> timedelta:
    """How long after the last use."""
    return timedelta(days=round(months * DAYS_IN_MONTH))
