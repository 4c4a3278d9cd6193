"""Whom to tell that a reminder of theirs could not be brought."""

from datetime import datetime, timedelta

from bot.clock import Clock
from bot.reminders.service import PersonalReminder, opened
from bot.storage.reminders import ReminderState
from bot.storage.storage import Storage

LOOK = timedelta(seconds=30)  # how old the list may be: it is asked for at every command


class Undelivered:
    """People are told once, when they are here anyway."""

    def __init__(self, storage: Storage | None, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock
        self._people: frozenset[int] = frozenset()
        self._read: datetime | None = None

    async def of(self, person: int) -> list[PersonalReminder]:
        """The blocked reminders they were not told about yet. To ask is no use of the diary."""
        if self._storage is None:
            return []
        now = self._clock.now()
        if self._read is None or not timedelta() <= now - self._read < LOOK:
            self._people, self._read = await self._storage.reminders.untold(), now
        if person not in self._people:
            return []
        found = await self._storage.reminders.of_person(person)
        blocked = [one for one in found if one.state is ReminderState.BLOCKED and not one.told]
        return [await opened(self._storage, one) for one in blocked]

    async def told(self, person: int) -> None:
        """They know."""
        if self._storage is not None:
            await self._storage.reminders.told(person)
            self._people -= {person}
