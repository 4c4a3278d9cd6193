"""An observer of what the bot does: it is told names of commands and seconds, never who, where or what hurts."""

from collections.abc import Callable
from dataclasses import dataclass


def _nobody(*_: object) -> None:
    """Without metrics nobody listens."""


@dataclass(frozen=True, slots=True)
class Observer:
    """Whom to tell."""

    answered: Callable[[str, str, float], None] = _nobody  # a command's name or a press's action, how it ended, seconds
    queried: Callable[[str, float], None] = _nobody  # "read" or "write", seconds; a write waits its turn
    limited: Callable[[], None] = _nobody  # Discord answered 429


SILENT = Observer()
