"""What a person's reminder is about, sealed in its row."""

from dataclasses import dataclass
from datetime import time
from typing import Final

from pydantic import TypeAdapter

from bot.checkins.runs import ASK_AT

MAX_WORDS_LENGTH: Final = 200  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderContent:
    """Nothing of it stands in a clear column, nor on a lock screen unless the person chose so."""

    area: str | None = None  # an area's id
    words: str | None = None  # at most LONGEST_WORDS characters
    named: bool = False  # whether the message may name the area
    minutes: int | None = None  # about how long a routine is to be
    morning: time = ASK_AT  # local: when to ask on the morning after a run
    language: str = "en"


SHAPE: Final = TypeAdapter(ReminderContent)


def sealed_for(reminder: str) -> bytes:
    """What the text is bound to, so that it opens in no other reminder."""
    return f"reminder:{reminder}".encode()
