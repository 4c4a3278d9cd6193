"""What to do with a parcel, by what is known of it."""

from datetime import datetime, timedelta
from enum import Enum, auto

from bot.storage.occurrences import Parcel
from bot.storage.reminders import ReminderState

NOW = timedelta()


class Plan(Enum):
    """The next step."""

    SEND = auto()  # a second message is impossible: there is none yet, or Discord still knows the nonce
    LOOK = auto()  # there may be a message already, and Discord may have forgotten the nonce
    DROP = auto()  # not wanted any more, and nothing is out there


def wanted(parcel: Parcel, now: datetime) -> bool:
    """Whether it should still be sent: its reminder is not silent, and its grace is not over."""
    return parcel.reminder.state in {ReminderState.ACTIVE, ReminderState.ENDED} and now <= parcel.occurrence.until


def plan(parcel: Parcel, now: datetime, nonce_holds: timedelta) -> Plan:
    """A claim from the future means that the clock was set back: nobody knows how old it is, so look."""
    if parcel.fresh:
        return Plan.SEND if wanted(parcel, now) else Plan.DROP
    since = parcel.occurrence.claimed_at
    young = since is not None and NOW <= now - since < nonce_holds
    return Plan.SEND if young and wanted(parcel, now) else Plan.LOOK
