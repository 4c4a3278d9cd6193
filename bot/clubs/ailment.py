"""What can be wrong with what a club has set up: each kind has one sentence, and one thing that mends it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Final

from bot.errors import UserError


class Severity(IntEnum):
    """How bad it is; the worst first."""

    STOPS = 0  # nothing goes out
    HURTS = 1  # something is missing from what goes out
    NOTE = 2


class Kind(StrEnum):
    """Each has one sentence, `ailment-…`."""

    CHANNEL_GONE = "channel-gone"
    CHANNEL_KIND = "channel-kind"
    NO_VIEW = "no-view"
    NO_SEND = "no-send"
    ZONE_GONE = "zone-gone"
    UNREADABLE = "unreadable"
    BLOCKED = "blocked"
    NO_ROUTINE = "no-routine"
    CLUB_ZONE_GONE = "club-zone-gone"
    NO_THREADS = "no-threads"
    ROLE_GONE = "role-gone"
    ROLE_EVERYONE = "role-everyone"
    NO_MENTION = "no-mention"
    NO_HISTORY = "no-history"
    NO_EMBED = "no-embed"
    NO_ATTACH = "no-attach"
    PAUSED = "paused"
    ENDED = "ended"
    CLOCK_SKIPS = "clock-skips"
    CLOCK_REPEATS = "clock-repeats"


Value = str | int | datetime

STOPS: Final = frozenset(
    {
        *(Kind.CHANNEL_GONE, Kind.CHANNEL_KIND, Kind.NO_VIEW, Kind.NO_SEND),
        *(Kind.ZONE_GONE, Kind.UNREADABLE, Kind.BLOCKED, Kind.NO_ROUTINE),
    }
)
HURTS: Final = frozenset({Kind.CLUB_ZONE_GONE, Kind.NO_THREADS, Kind.ROLE_GONE, Kind.ROLE_EVERYONE, Kind.NO_MENTION})


@dataclass(frozen=True, slots=True)
class Ailment:
    """One finding. `values` are the variables of its sentence; channels and roles stand in them as "<#5>", "<@&7>"."""

    kind: Kind
    channel: int | None = None
    role: int | None = None
    reminder: str | None = None  # the post it is about; None: the club's settings, or every post in this channel
    values: dict[str, Value] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        if self.kind in STOPS:
            return Severity.STOPS
        return Severity.HURTS if self.kind in HURTS else Severity.NOTE


class CannotWork(UserError):
    """Something about to be set up that could not work, in the sentence that the doctor has for it."""

    def __init__(self, ailment: Ailment) -> None:
        self.message = f"ailment-{ailment.kind}"
        super().__init__(**ailment.values)
        self.ailment = ailment
