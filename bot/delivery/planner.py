"""From schedules to occurrences: what is due is written down, each once, and the reminder moved on."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, Protocol

import structlog

from bot.delivery.config import DeliveryConfig
from bot.schedules.codec import ZoneGone
from bot.storage.instants import MICROSECOND
from bot.storage.occurrences import Advance, Occurrences
from bot.storage.reminders import Reminder, Reminders

BATCH: Final = 50  # reminders a transaction; a few milliseconds each time
BATCHES: Final = 10  # in one go; then what is due already is sent on
BACKFILL: Final = timedelta(days=30)  # what was missed longer ago is not written down one by one
ZONE_SHIFT: Final = timedelta(hours=3)  # by how much new rules of a zone may bring a time forward

log = structlog.get_logger("limber.reminders")


class Moment(Protocol):
    """One date of a schedule."""

    @property
    def local(self) -> str:
        """On the wall; no schedule has it twice."""
        ...

    @property
    def due(self) -> datetime:
        """UTC."""
        ...


class Dates(Protocol):
    """A schedule, as far as the planner knows it."""

    def next_after(self, now: datetime, /) -> Moment | None:
        """The first date strictly after an instant, or None."""
        ...


Read = Callable[[Reminder], Dates]  # raises what it likes when it cannot be read


class OccurrencePlanner:
    """Writes what is due down as occurrences, each once, and moves its reminder on."""

    def __init__(self, reminders: Reminders, occurrences: Occurrences, read: Read, rules: DeliveryConfig) -> None:
        self._reminders = reminders
        self._occurrences = occurrences
        self._read = read
        self._rules = rules

    async def materialize(self, fence: int, now: datetime) -> bool:
        """Write down what is due at `now`; True when there is more. Raises LeaseLost."""
        for _ in range(BATCHES):
            due = await self._reminders.due(now, BATCH)
            if not due:
                return False
            advances: list[Advance] = []
            blocked: list[tuple[Reminder, str]] = []
            for reminder in due:
                try:
                    advances.append(advance(reminder, self._read(reminder), now, self._rules.grace))
                except Exception as error:  # noqa: BLE001  # one that cannot be read must not silence the others
                    reason = "zone" if isinstance(error, ZoneGone) else "schedule"
                    log.warning("a reminder is blocked: its schedule cannot be read", reminder=reminder.id, why=reason)
                    blocked.append((reminder, reason))
            await self._occurrences.materialize(fence, advances, blocked, self._rules.grace, now)
            if len(due) < BATCH:
                return False
        return True


def advance(reminder: Reminder, dates: Dates, now: datetime, grace: timedelta) -> Advance:
    """What happens to a reminder whose time has come. Everything is from the schedule, as it reads today.

    Raises ValueError for a schedule that does not go forward.
    """
    due = reminder.next_due
    if due is None:
        raise ValueError("nothing is due")
    if due < now - BACKFILL:
        return Advance(reminder, None, _due(dates.next_after(now - BACKFILL), due))
    here = dates.next_after(due - MICROSECOND)
    if here is None or here.due != due:  # since it was computed, the rules of its zone have changed
        here = dates.next_after(due - ZONE_SHIFT)
        if here is None or here.due > due:
            return Advance(reminder, None, _due(here, due))
    return Advance(reminder, here.local, _due(dates.next_after(due), due), missed=now - due > grace)


def _due(moment: Moment | None, after: datetime) -> datetime | None:
    if moment is None:
        return None
    if moment.due <= after:
        raise ValueError("a schedule goes forward")
    return moment.due
