"""The rules of stretches: what may be offered unasked, who is told to leave it out, how long one is held."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.advice.checks.raw_library import RawLibrary
from bot.advice.checks.wording import any_of, spoken
from bot.advice.model import Exercise, ExerciseKind
from bot.advice.problem import Problem

HOLD: Final = range(15, 31)  # seconds of one hold
TIMES: Final = range(2, 5)  # holds on a side


@dataclass(frozen=True, slots=True)
class Caution:
    """Whom a stretch may harm: by its place or its words, and what `avoid_if` says to them."""

    whom: str
    areas: frozenset[str]
    words: re.Pattern[str] | None  # of its name, its steps or where it is felt
    says: tuple[re.Pattern[str], ...]

    def fits(self, exercise: Exercise) -> bool:
        """Whether it is one of these."""
        said = ". ".join((exercise.name, exercise.start, *exercise.steps, exercise.feel or "")).lower()
        return bool(self.areas & set(exercise.areas) or (self.words and self.words.search(said)))


_HURT: Final = any_of(r"pull(ed)?|pops?|snap\w*|twist(ed)?|knock|fall|blow|hurt|injur\w+|bruise\w*")
_FRONT_OF_HIP: Final = any_of(r"front of (the|that|your|both) (back )?hips?")
_ROLLS: Final = any_of(r"foam rollers?|(tennis|lacrosse) balls?")
_BENT: Final = any_of(r"(back|spine) rounds?|round (a little|your)|twist|chest sink|knee gently towards you|side bend")

CAUTIONS: Final = (
    Caution("the neck", frozenset({"neck"}), None, (any_of("dizz\\w+"), any_of("one side"), any_of("fall|blow|knock"))),
    Caution(
        "the groin or the front of the hip",
        frozenset({"groin"}),
        _FRONT_OF_HIP,
        (any_of("groin"), any_of("front of the hip")),
    ),
    Caution(
        "the calf", frozenset({"calf"}), any_of(r"pull in the( back)? calf"), (any_of("swollen"), any_of("one side"))
    ),
    Caution("a bent back", frozenset(), _BENT, (any_of("weak bones"),)),
)
ROLLER: Final = Caution("a roller or a ball", frozenset(), _ROLLS, (any_of("swollen"), any_of("one side")))

#: What is never done unasked, and why.
NEVER_UNASKED: Final = (
    (
        any_of(r"(head|neck|chin|face)\b[^.]{0,30}\b(all the way|fully|to the end|backwards?|to the ceiling)"),
        "the end of the neck's movement",
    ),
    (any_of(r"hands?\b[^.]{0,20}\b(on|behind|over) your (head|chin)"), "a hand on the head"),
    (any_of(r"heels?\b[^.]{0,30}\b(drop|hang|sink|below)[^.]{0,30}\b(step|edge|kerb|stair)s?"), "a heel off a step"),
    (any_of(r"(thigh|knee)s?\b[^.]{0,20}\b(onto|against|to) your chest|touch your toes"), "a deep bend of the hip"),
    (any_of(r"(light|heavy) weights?|rucksack|bag of books|exercise band"), "a load"),
    (any_of(r"eyes (closed|shut)|(close|shut) your eyes"), "closed eyes"),
)


def unguarded(raw: RawLibrary) -> Iterator[Problem]:
    """Stretches and rollers that are offered unasked, and are too long, too much, or without whom they may harm."""
    for document, place, exercise in raw.entries("exercises"):
        if exercise.unscreened_ok:
            for key, what, mend in _slips(exercise):
                yield document.problem((*place, key), f"`{exercise.id}` {what}", mend)


def _slips(exercise: Exercise) -> Iterator[tuple[str, str, str]]:
    """Where, what and how to mend it."""
    asked = ". ".join((exercise.name, exercise.start, *exercise.steps))
    cautions = (*(CAUTIONS if exercise.kind.is_stretch else ()), ROLLER)
    if exercise.kind.is_stretch:
        for words, what in NEVER_UNASKED:
            if said := spoken(words, asked):
                yield (
                    "unscreened_ok",
                    f'is a stretch and says "{said}": {what} comes after the signs',
                    "make it gentler",
                )
        if not _HURT.search((exercise.avoid_if or "").lower()):
            yield "unscreened_ok", "is a stretch, and nobody hurt lately is told to leave it out", "say so in avoid_if"
    if exercise.kind is ExerciseKind.STATIC_STRETCH and not _held_right(exercise):
        yield "dose", "is a stretch that anybody may do, and is not held 2 to 4 times for 15 to 30 s", "mend its dose"
    for caution in cautions:
        said_to = (exercise.avoid_if or "").lower()
        if caution.fits(exercise) and (missing := [each for each in caution.says if not each.search(said_to)]):
            names = ", ".join(each.pattern for each in missing)
            what = f"is for {caution.whom}, and avoid_if does not say {names}"
            yield "unscreened_ok", what, "say in avoid_if who leaves it out"


def _held_right(exercise: Exercise) -> bool:
    hold, reps = exercise.dose.hold, exercise.dose.reps
    return bool(hold and reps and {hold.low, hold.high} <= {*HOLD} and {reps.low, reps.high} <= {*TIMES})
