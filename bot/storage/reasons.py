"""Why something was not delivered, or why a reminder is blocked."""

from enum import StrEnum
from typing import NewType

#: The number of a refusal of Discord's that has no Reason.
DiscordCode = NewType("DiscordCode", str)


class Reason(StrEnum):
    """The values are what rows hold; where Discord refused, they hold the number it gave."""

    GRACE = "grace"  # noticed when it was too late
    TROUBLE = "trouble"  # Discord did not take it, or did not say so, until it was too late
    PAUSED = "paused"
    BLOCKED = "blocked"  # by the one before it
    REMOVED = "removed"

    #: Something of a person's was kept back. It stands in the clear, so it does not say whether that was for their
    #: health, for an answer, or for want of a yes: `why_held` works that out for the person alone, as one of the next.
    HELD = "held"
    MUTED = "muted"  # a symptom check said: be seen first
    ANSWERED = "answered"
    CONSENT = "consent"
    CLOSED = "closed"  # the host keeps no diaries

    NO_ROUTINE = "no-routine"
    ZONE = "zone"  # it is gone
    SCHEDULE = "schedule"  # it cannot be read
    NO_CHANNEL = "no-channel"  # none is known
    UNREADABLE = "unreadable"  # the channel, so that nobody can tell whether it arrived

    CHANNEL_GONE = "10003"
    SERVER_GONE = "10004"
    USER_GONE = "10013"
    NO_ACCESS = "50001"  # to the channel
    DM_CLOSED = "50007"
    NO_PERMISSION = "50013"
    NO_SHARED_SERVER = "50278"


def reason_of(stored: str | None) -> Reason | DiscordCode | None:
    """What a row holds."""
    if stored is None:
        return None
    try:
        return Reason(stored)
    except ValueError:
        return DiscordCode(stored)
