"""A reminder on another schedule."""

from dataclasses import replace
from datetime import datetime

from bot.schedules.codec import to_stored
from bot.schedules.schedule import Schedule
from bot.storage.reminders import Reminder, ReminderState


def rescheduled(reminder: Reminder, schedule: Schedule, now: datetime) -> Reminder:
    """Whether and when it rings next, from the schedule alone; one that was blocked rings again."""
    ahead = schedule.next_after(now)
    for_good = schedule.pause is not None and schedule.pause.until is None
    return replace(
        reminder,
        schedule=to_stored(schedule),
        zone=schedule.zone.key,
        state=ReminderState.ACTIVE if ahead else ReminderState.PAUSED if for_good else ReminderState.ENDED,
        next_due=ahead.due if ahead else None,
        reason=None,
    )
