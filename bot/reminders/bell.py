"""From schedules to occurrences: what is due is written down, each once, and the reminder moved on."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, Protocol

import structlog

from bot.reminders.rules import Rules
from bot.schedules.codec import ZoneGone
from bot.storage.instants import MICROSECOND
from bot.storage.occurrences import Occurrences, Ring
from bot.storage.reminders import Reminder, Reminders

CHUNK: Final = 50  # reminders a transaction; a few milliseconds each time
CHUNKS: Final = 10  # in one go; then what is due already is sent on
REMEMBERED: Final = timedelta(days=30)  # what was missed longer ago is not written down one by one
MOVED: Final = timedelta(hours=3)  # by how much new rules of a zone may bring a time forward

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
    """A schedule, as far as the bell knows it."""

    def next_after(self, now: datetime, /) -> Moment | None:
        """The first date strictly after an instant, or None."""
        ...


Read = Callable[[Reminder], Dates]  # raises what it likes when it cannot be read


class Bell:
    """Rings what is due."""

    def __init__(self, reminders: Reminders, occurrences: Occurrences, read: Read, rules: Rules) -> None:
        self._reminders = reminders
        self._occurrences = occurrences
        self._read = read
        self._rules = rules

    async def ring(self, fence: int, now: datetime) -> bool:
        """Write down what is due at `now`; True when there is more. Raises LeaseLost."""
        for _ in range(CHUNKS):
            due = await self._reminders.due(now, CHUNK)
            if not due:
                return False
            rings: list[Ring] = []
            jammed: list[tuple[Reminder, str]] = []
            for reminder in due:
                try:
                    rings.append(ring(reminder, self._read(reminder), now, self._rules.grace))
                except Exception as error:  # noqa: BLE001  # one that cannot be read must not silence the others
                    reason = "zone" if isinstance(error, ZoneGone) else "schedule"
                    log.warning("a reminder is blocked: its schedule cannot be read", reminder=reminder.id, why=reason)
                    jammed.append((reminder, reason))
            await self._occurrences.ring(fence, rings, jammed, self._rules.grace, now)
            if len(due) < CHUNK:
                return False
        return True


def ring(reminder: Reminder, dates: Dates, now: datetime, grace: timedelta) -> Ring:
    """What happens to a reminder whose time has come. Everything is from the schedule, as it reads today.

    Raises ValueError for a schedule that does not go forward.
    """
    due = reminder.next_due
    if due is None:
        raise ValueError("nothing is due")
    if due < now - REMEMBERED:
        return Ring(reminder, None, _due(dates.next_after(now - REMEMBERED), due))
    here = dates.next_after(due - MICROSECOND)
    if here is None or here.due != due:  # since it was computed, the rules of its zone have changed
        here = dates.next_after(due - MOVED)
        if here is None or here.due > due:
            return Ring(reminder, None, _due(here, due))
    return Ring(reminder, here.local, _due(dates.next_after(due), due), missed=now - due > grace)


def _due(moment: Moment | None, after: datetime) -> datetime | None:
    if moment is None:
        return None
    if moment.due <= after:
        raise ValueError("a schedule goes forward")
    return moment.due
