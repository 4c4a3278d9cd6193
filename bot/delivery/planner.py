"""The planner of occurrences: what is due is written down, each once, and its reminder moved on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.schedules.codec import ZoneGone, from_stored
from bot.schedules.schedule import Schedule, ScheduledTime
from bot.storage.occurrences import Advance, Occurrences
from bot.storage.reminders import Reason, Reminder, Reminders

BATCH: Final = 50  # reminders a transaction; a few milliseconds each time
BATCHES: Final = 10  # in one go; then what is due already is sent on
BACKFILL: Final = timedelta(days=30)  # what was missed longer ago is not written down one by one
ZONE_SHIFT: Final = timedelta(hours=3)  # by how much new rules of a zone may bring a time forward

log = structlog.get_logger("limber.reminders")

ReadSchedule = Callable[[Reminder], Schedule]  # raises what it likes when it cannot be read


def stored_schedule(reminder: Reminder) -> Schedule:
    """Raises ZoneGone, ScheduleUnreadable."""
    return from_stored(reminder.schedule)


@dataclass(eq=False)
class OccurrencePlanner:
    """Materializes occurrences that are due."""

    _reminders: Reminders
    _occurrences: Occurrences
    _read_schedule: ReadSchedule
    _grace: timedelta  # what is noticed later than this after it was due is skipped

    async def materialize(self, fence: int, now: datetime) -> bool:
        """Write down what is due at `now`; True when there is more. Raises LeaseLost."""
        for _ in range(BATCHES):
            due = await self._reminders.due(now, BATCH)
            if not due:
                return False
            advances: list[Advance] = []
            blocked: list[tuple[Reminder, Reason]] = []
            for reminder in due:
                try:
                    advances.append(advance(reminder, self._read_schedule(reminder), now, self._grace))
                except Exception as error:  # noqa: BLE001  # one that cannot be read must not silence the others
                    reason = Reason.ZONE if isinstance(error, ZoneGone) else Reason.SCHEDULE
                    log.warning("a reminder is blocked: its schedule cannot be read", reminder=reminder.id, why=reason)
                    blocked.append((reminder, reason))
            await self._occurrences.materialize(fence, advances, blocked, self._grace, now)
            if len(due) < BATCH:
                return False
        return True


def advance(reminder: Reminder, schedule: Schedule, now: datetime, grace: timedelta) -> Advance:
    """What happens to a reminder whose time has come. Everything is from the schedule, as it reads today.

    Raises ValueError for a schedule that does not go forward.
    """
    due = reminder.next_due
    if due is None:
        raise ValueError("nothing is due")
    if due < now - BACKFILL:
        return Advance(reminder, None, _due(schedule.next_after(now - BACKFILL), due))
    scheduled = schedule.next_after(due - timedelta.resolution)
    if scheduled is None or scheduled.due != due:  # since it was computed, the rules of its zone have changed
        scheduled = schedule.next_after(due - ZONE_SHIFT)
        if scheduled is None or scheduled.due > due:
            return Advance(reminder, None, _due(scheduled, due))
    return Advance(reminder, scheduled.local, _due(schedule.next_after(due), due), missed=now - due > grace)


def _due(scheduled: ScheduledTime | None, after: datetime) -> datetime | None:
    if scheduled is None:
        return None
    if scheduled.due <= after:
        raise ValueError("a schedule goes forward")
    return scheduled.due
