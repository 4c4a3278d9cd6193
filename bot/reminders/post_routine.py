"""What a club wants posted, and which routine that is this time."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from pydantic import TypeAdapter

from bot.advice.library import Library
from bot.advice.model import Routine
from bot.storage.reminders import Reminder

NOT_AGAIN: Final = 7  # a routine is not one of so many before it, as far as there are others


@dataclass(frozen=True, slots=True, kw_only=True)
class PostOptions:
    """What a moderator chose for a post; everybody in the channel sees what comes of it."""

    areas: tuple[str, ...] = ()  # ids; empty: every area, and the whole body
    minutes: int | None = None  # at most, where there is a routine that short
    role: int | None = None  # to be mentioned
    thread: bool = False  # open one under each post
    language: str = "en"


SHAPE: Final = TypeAdapter(PostOptions)


def options_of(reminder: Reminder) -> PostOptions:
    """What its moderator chose."""
    return PostOptions() if reminder.post is None else SHAPE.validate_json(reminder.post)


def candidates(library: Library, options: PostOptions) -> list[Routine]:
    """What may be posted: only what is safe for everybody, unasked. Empty when nothing is left of the areas chosen.

    With `minutes`, routines that take no longer; where all do, the shortest.
    """
    routines = [routine for routine in library.unscreened.values() if _wanted(routine, options.areas)]
    if options.minutes is None or not routines:
        return routines
    most = max(options.minutes, min(routine.minutes for routine in routines))
    return [routine for routine in routines if routine.minutes <= most]


def drawn(routines: Sequence[Routine], latest: Sequence[str], random: Random) -> Routine:
    """One of `routines`, of which there is one at least, by chance; none of the latest.

    `latest`: ids, the latest first. As many of them are avoided as leaves one to draw, NOT_AGAIN at most.
    """
    avoided = latest[: min(NOT_AGAIN, len(routines) - 1)]
    return random.choice([routine for routine in routines if routine.id not in avoided])


def _wanted(routine: Routine, areas: Sequence[str]) -> bool:
    return not areas or not set(areas).isdisjoint(routine.areas)
