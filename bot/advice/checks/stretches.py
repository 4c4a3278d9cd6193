"""The rules of stretches: what may be offered unasked, who is told to leave it out, how long one is held."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.advice.checks.raw_library import RawLibrary
from bot.advice.checks.wording import WORDS, any_of, spoken
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


_DIZZY, _FALL, _GROIN, _HIP, _SWOLLEN, _ONE_SIDE, _WEAK_BONES = map(
    any_of, ("dizz\\w+", "fall|blow|knock", "groin", "front of the hip", "swollen", "one side", "weak bones")
)

CAUTIONS: Final = (
    Caution("the neck", frozenset({"neck"}), None, (_DIZZY, _ONE_SIDE, _FALL)),
    Caution("the groin or the front of the hip", frozenset({"groin"}), WORDS["front_of_hip"], (_GROIN, _HIP)),
    Caution("the calf", frozenset({"calf"}), WORDS["pulled_calf"], (_SWOLLEN, _ONE_SIDE)),
    Caution("a bent back", frozenset(), WORDS["bent_back"], (_WEAK_BONES,)),
)
ROLLER: Final = Caution("a roller or a ball", frozenset(), WORDS["roller"], (_SWOLLEN, _ONE_SIDE))

#: What is never done unasked, and why.
NEVER_UNASKED: Final = {
    "end_of_neck": "the end of the neck's movement",
    "hand_on_head": "a hand on the head",
    "off_a_step": "a heel off a step",
    "deep_bend": "a deep bend of the hip",
    "load": "a load",
    "closed_eyes": "closed eyes",
}


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
        for name, what in NEVER_UNASKED.items():
            if said := spoken(WORDS[name], asked):
                yield (
                    "unscreened_ok",
                    f'is a stretch and says "{said}": {what} comes after the signs',
                    "make it gentler",
                )
        if not WORDS["hurt"].search((exercise.avoid_if or "").lower()):
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
