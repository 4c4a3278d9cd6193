"""What a club wants posted, and which routine that is this time."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from pydantic import TypeAdapter

from bot.advice.library import Library
from bot.advice.model import Routine

NOT_AGAIN: Final = 7  # a routine is not one of so many before it, as far as there are others


@dataclass(frozen=True, slots=True, kw_only=True)
class PostOptions:
    """A moderator's choice; everybody in the channel sees what comes of it."""

    areas: tuple[str, ...] = ()  # ids; empty: every area, and the whole body
    minutes: int | None = None  # at most, where there is a routine that short
    role: int | None = None  # to be mentioned
    thread: bool = False  # open one under each post
    language: str = "en"


SHAPE: Final = TypeAdapter(PostOptions)


def candidates(library: Library, options: PostOptions) -> list[Routine]:
    """What may be posted: only what is safe for everybody, unasked. Empty when nothing is left of the areas chosen.

    With `minutes`, routines that take no longer; where all do, the shortest.
    """
    found = [plan for plan in library.routines.values() if _wanted(plan, options.areas) and postable(library, plan)]
    if options.minutes is None or not found:
        return found
    most = max(options.minutes, min(plan.minutes for plan in found))
    return [plan for plan in found if plan.minutes <= most]


def postable(library: Library, plan: Routine) -> bool:
    """Whether strangers may be shown it: nobody was asked anything, and nothing stands before it."""
    screened = any(library.areas[area].screen_first for area in plan.areas)
    return not screened and all(library.exercises[step.exercise].unscreened_ok for step in plan.steps)


def drawn(plans: Sequence[Routine], latest: Sequence[str], random: Random) -> Routine:
    """One of `plans`, of which there is one at least, by chance; none of the latest.

    `latest`: ids, the latest first. As many of them are avoided as leaves one to draw, NOT_AGAIN at most.
    """
    avoided = latest[: min(NOT_AGAIN, len(plans) - 1)]
    return random.choice([plan for plan in plans if plan.id not in avoided])


def _wanted(plan: Routine, areas: Sequence[str]) -> bool:
    return not areas or not set(areas).isdisjoint(plan.areas)
