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


class DiagnosisKind(StrEnum):
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
        *(DiagnosisKind.CHANNEL_GONE, DiagnosisKind.CHANNEL_KIND, DiagnosisKind.NO_VIEW, DiagnosisKind.NO_SEND),
        *(DiagnosisKind.ZONE_GONE, DiagnosisKind.UNREADABLE, DiagnosisKind.BLOCKED, DiagnosisKind.NO_ROUTINE),
    }
)
HURTS: Final = frozenset(
    {
        DiagnosisKind.CLUB_ZONE_GONE,
        DiagnosisKind.NO_THREADS,
        DiagnosisKind.ROLE_GONE,
        DiagnosisKind.ROLE_EVERYONE,
        DiagnosisKind.NO_MENTION,
    }
)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One finding. `values` are the variables of its sentence; channels and roles stand in them as "<#5>", "<@&7>"."""

    kind: DiagnosisKind
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

    def __init__(self, diagnosis: Diagnosis) -> None:
        self.message = f"ailment-{diagnosis.kind}"
        super().__init__(**diagnosis.values)
        self.diagnosis = diagnosis
