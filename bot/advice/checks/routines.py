"""The rules of routines and of the stretches in them: what each is, how long one is held, who leaves one out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from bot.advice.checks.raw_library import RawLibrary
from bot.advice.checks.wording import WORDS, any_of, spoken
from bot.advice.model import Exercise, ExerciseKind, RoutineKind, RoutineMoment
from bot.advice.problem import Problem

SHARE: Final = Fraction(2, 3)  # of the steps of a stretch, at least
HOLD: Final = range(15, 61)  # seconds of a held stretch, for each side

#: Stretches for the whole body, at least: a post every week that does not come again at once.
ENOUGH: Final = MappingProxyType(
    {RoutineMoment.BEFORE_RUN: 3, RoutineMoment.AFTER_RUN: 4, RoutineMoment.DESK: 2, RoutineMoment.BED: 2}
)

_STRETCH = any_of("stretch", "stretches")
_MINUTES = any_of(r"minutes?|\d+ min")


def misnamed(raw: RawLibrary) -> Iterator[Problem]:
    """Stretches that are none, by their steps or by their kind; lengths in words, which nobody keeps in step."""
    exercises = raw.exercises()
    for document, place, routine in raw.entries("routines"):
        kinds = [exercises[step.exercise].kind for step in routine.steps if step.exercise in exercises]
        stretches = sum(kind.is_stretch for kind in kinds)
        if routine.kind is RoutineKind.STRETCH and len(kinds) == len(routine.steps) and stretches < SHARE * len(kinds):
            what = f"`{routine.id}` is a stretch, and only {stretches} of its {len(kinds)} steps are"
            yield document.problem((*place, "kind"), what, "add stretches, or make it of the kind loosening")
        if routine.kind is not RoutineKind.STRETCH and _STRETCH.search(routine.name.lower()):
            what = f"`{routine.id}` calls itself a stretch and is of the kind {routine.kind}"
            yield document.problem((*place, "name"), what, "say in its name what it is, such as loosening")
        for key, text in (("name", routine.name), ("intro", routine.intro)):
            if minutes := spoken(_MINUTES, text):
                what = f'`{routine.id}` says "{minutes}", and its length is the sum of its steps'
                yield document.problem((*place, key), what, "take it out; the card says how long it takes")


def out_of_moment(raw: RawLibrary) -> Iterator[Problem]:
    """Held stretches before a run, moving ones after it or at rest, and holds that are too short or too long."""
    exercises = raw.exercises()
    for document, place, routine in raw.entries("routines"):
        for at, step in enumerate(routine.steps):
            kind = exercises[step.exercise].kind if step.exercise in exercises else None
            here = (*place, "steps", at)
            if kind is not None and kind is _unfit(routine.moment):
                what = f"`{step.exercise}` is a {kind}, and `{routine.id}` is for {routine.moment}"
                mend = "move before a run; hold after it, at the desk and before bed"
                yield document.problem((*here, "exercise"), what, mend)
            if kind is ExerciseKind.STATIC_STRETCH and step.seconds not in HOLD:
                what = f"`{step.exercise}` is held for {step.seconds} s"
                yield document.problem(
                    (*here, "seconds"), what, f"hold it for {HOLD.start} to {HOLD.stop - 1} s a side"
                )


def too_few_for_clubs(raw: RawLibrary) -> Iterator[Problem]:
    """What everybody in a channel may do: stretches for the whole body, for each moment."""
    routines = [routine for _, _, routine in raw.entries("routines")]
    stretches = [routine for routine in routines if routine.kind is RoutineKind.STRETCH and not routine.areas]
    if {name for kind, name in raw.declared if kind == "routines"} - {routine.id for routine in routines}:
        return  # one that cannot be read gets the benefit of the doubt
    for document, file in raw.models("routines"):
        if any(not routine.areas for routine in file.routines):
            for moment, least in ENOUGH.items():
                count = sum(routine.moment is moment for routine in stretches)
                if count < least:
                    what = f"there are {count} stretches for the whole body of the moment {moment}"
                    yield document.problem(("routines",), what, f"write {least} at least, or a club sees one too often")
            return


def _unfit(moment: RoutineMoment) -> ExerciseKind | None:
    """The kind that has no place there."""
    if moment is RoutineMoment.ANYTIME:
        return None
    before = moment is RoutineMoment.BEFORE_RUN
    return ExerciseKind.STATIC_STRETCH if before else ExerciseKind.MOVING_STRETCH


GENTLE_HOLD: Final = range(15, 31)  # seconds of one hold of a stretch that anybody may do
GENTLE_TIMES: Final = range(2, 5)  # such holds on a side


@dataclass(frozen=True, slots=True)
class Caution:
    """Whom a stretch may harm: by its place or its words, and what `avoid_if` says to them."""

    whom: str
    areas: frozenset[str]
    words: re.Pattern[str] | None  # of its name, its steps or where it is felt
    says: tuple[re.Pattern[str], ...]

    def fits(self, exercise: Exercise) -> bool:
        """Whether it is one of these."""
        text = ". ".join((exercise.name, exercise.start, *exercise.steps, exercise.feel or "")).lower()
        return bool(self.areas & set(exercise.areas) or (self.words and self.words.search(text)))


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
    instructions = ". ".join((exercise.name, exercise.start, *exercise.steps))
    avoid_if = (exercise.avoid_if or "").lower()
    cautions = (*(CAUTIONS if exercise.kind.is_stretch else ()), ROLLER)
    if exercise.kind.is_stretch:
        for name, what in NEVER_UNASKED.items():
            if words := spoken(WORDS[name], instructions):
                yield (
                    "unscreened_ok",
                    f'is a stretch and says "{words}": {what} comes after the signs',
                    "make it gentler",
                )
        if not WORDS["hurt"].search(avoid_if):
            yield "unscreened_ok", "is a stretch, and nobody hurt lately is told to leave it out", "say so in avoid_if"
    if exercise.kind is ExerciseKind.STATIC_STRETCH and not _held_right(exercise):
        yield "dose", "is a stretch that anybody may do, and is not held 2 to 4 times for 15 to 30 s", "mend its dose"
    for caution in cautions:
        missing = [words.pattern for words in caution.says if not words.search(avoid_if)]
        if missing and caution.fits(exercise):
            what = f"is for {caution.whom}, and avoid_if does not say {', '.join(missing)}"
            yield "unscreened_ok", what, "say in avoid_if who leaves it out"


def _held_right(exercise: Exercise) -> bool:
    hold, reps = exercise.dose.hold, exercise.dose.reps
    return bool(hold and reps and {hold.low, hold.high} <= {*GENTLE_HOLD} and {reps.low, reps.high} <= {*GENTLE_TIMES})
