"""What to do with a claimed occurrence, by what is known of it."""

from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final

from bot.errors import LimberError
from bot.schedules.codec import from_stored
from bot.storage.occurrences import ClaimedOccurrence
from bot.storage.reminders import Reason, Reminder, ReminderState

#: For the others what is due already still goes out.
SILENT: Final = {ReminderState.PAUSED: Reason.PAUSED, ReminderState.BLOCKED: Reason.BLOCKED}


class Decision(Enum):
    """The next step."""

    SEND = auto()  # a second message is impossible: there is none yet, or Discord still knows the nonce
    LOOK = auto()  # there may be a message already, and Discord may have forgotten the nonce
    DROP = auto()  # not wanted any more, and nothing is out there


def silence_reason(reminder: Reminder, now: datetime) -> Reason | None:
    """Why nothing of it is to go out: its state, or a pause that has an end; None while it is delivered."""
    if reminder.state in SILENT:
        return SILENT[reminder.state]
    try:
        pause = from_stored(reminder.schedule).pause_at(now)
    except LimberError:  # what is due already needs no schedule
        return None
    return Reason.PAUSED if pause else None


def still_wanted(claimed: ClaimedOccurrence, now: datetime) -> bool:
    """Whether it should still be sent: its reminder is not silent, and its grace is not over."""
    return silence_reason(claimed.reminder, now) is None and now <= claimed.occurrence.until


def decide(claimed: ClaimedOccurrence, now: datetime, nonce_lifetime: timedelta) -> Decision:
    """A claim from the future means that the clock was set back: nobody knows how old it is, so look."""
    if claimed.fresh:
        return Decision.SEND if still_wanted(claimed, now) else Decision.DROP
    since = claimed.occurrence.claimed_at
    young = since is not None and timedelta() <= now - since < nonce_lifetime
    return Decision.SEND if young and still_wanted(claimed, now) else Decision.LOOK
