"""The service for people's reminders: opened for one person at a time, in step with the diary."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.checkins.diary import Diary
from bot.checkins.person_diary import PersonDiary
from bot.clock import Clock
from bot.delivery.config import DEFAULT
from bot.reminders.content import PersonalReminder, opened
from bot.reminders.person_reminders import PersonReminders
from bot.reminders.scheduled import RemindersClosed
from bot.storage.occurrences import Occurrence
from bot.storage.reminders import ReminderState
from bot.storage.storage import Storage, opened_or

UNTOLD_AGE: Final = timedelta(seconds=30)  # how old the list of people may be: it is asked for at every command

log = structlog.get_logger("limber.mornings")


class ReminderService:
    """The one door to people's reminders."""

    def __init__(
        self,
        diary: Diary,
        storage: Storage | None,
        clock: Clock,
        nudge: Callable[[], None],
        grace: timedelta = DEFAULT.grace,
    ) -> None:
        """`nudge` is called after every change: the DeliveryWorker looks again. See PersonReminders for `grace`."""
        self._diary = diary
        self._storage = storage
        self._opened = opened_or(storage, RemindersClosed)
        self._clock = clock
        self._nudge = nudge
        self._grace = grace
        self._untold: frozenset[int] = frozenset()
        self._read: datetime | None = None

    async def of(self, person: int) -> PersonReminders:
        """The reminders of somebody who agreed. Raises NeedsConsent, DiaryClosed."""
        return self.of_diary(await self._diary.of(person))

    def of_diary(self, diary: PersonDiary) -> PersonReminders:
        """The same, of a diary that is open already. Where there is no database, all they do raises RemindersClosed."""
        return PersonReminders(self._opened, self._clock, self._nudge, diary, self._grace)

    async def answered(self, person: int, occurrence: str) -> tuple[PersonReminders, PersonalReminder, Occurrence]:
        """What a button of a message belongs to, under whoever pressed it. Raises as `of`, and OccurrenceGone."""
        reminders = await self.of(person)
        return reminders, *await reminders.answered(occurrence)

    async def follow(self, diary: PersonDiary) -> bool:
        """A check-in was kept or changed; whether this person is asked in the morning after runs.

        Whatever goes wrong here, the check-in is safe.
        """
        try:
            return await self.of_diary(diary).follow_diary()
        except Exception as error:  # noqa: BLE001  # said in the log; the next check-in sets it right
            log.error("the question for the morning could not be set", why=type(error).__name__)
            return False

    async def undelivered(self, person: int) -> list[PersonalReminder]:
        """The blocked reminders they were not told about yet. To ask is no use of the diary."""
        if self._storage is None:
            return []
        now = self._clock.now()
        if self._read is None or not timedelta() <= now - self._read < UNTOLD_AGE:
            self._untold, self._read = await self._storage.reminders.untold(), now
        if person not in self._untold:
            return []
        rows = await self._storage.reminders.of_person(person)
        blocked = [row for row in rows if row.state is ReminderState.BLOCKED and not row.told]
        return [await opened(self._storage, row) for row in blocked]

    async def mark_told(self, person: int) -> None:
        """They have read of every reminder of theirs that is blocked."""
        if self._storage is not None:
            await self._storage.reminders.told(person)
            self._untold -= {person}
