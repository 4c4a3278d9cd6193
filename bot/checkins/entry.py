"""What somebody logs: one check-in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Side(StrEnum):
    """Which side of the body."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    MIDDLE = "middle"


class PainTiming(StrEnum):
    """When it hurts."""

    REST = "rest"
    MORNING = "morning"
    WALKING = "walking"
    RUNNING = "running"
    AFTER = "after"
    NIGHT = "night"


class NewSign(StrEnum):
    """What is new since last time; each of them asks for the symptom check (clinical facts 1.2, rule 15)."""

    NIGHT_PAIN = "night_pain"
    SWELLING = "swelling"
    NUMBNESS = "numbness"
    WEAKNESS = "weakness"
    LIMP = "limp"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """One check-in. Every pain is 0-10, whole numbers; the numeric rating scale (NRS-11)."""

    id: str  # random, 32 hexadecimal digits
    at: datetime  # the moment it speaks of, UTC
    area: str  # an area's id; content may have dropped it since
    pain: int  # now
    side: Side | None = None
    moments: frozenset[PainTiming] = frozenset()
    worst: int | None = None  # of the last 24 hours
    during: int | None = None  # while running; given: there was a run
    new: frozenset[NewSign] = frozenset()
    note: str | None = None  # only where the host allows notes; at most 500 characters
