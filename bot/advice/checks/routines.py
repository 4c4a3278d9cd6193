"""The rules of routines: a stretch is mostly stretches, moments have their kinds, clubs have enough to choose from."""

from collections.abc import Iterator
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from bot.advice.checks.raw_library import RawLibrary
from bot.advice.checks.wording import any_of, spoken
from bot.advice.model import ExerciseKind, RoutineKind, RoutineMoment
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
            if said := spoken(_MINUTES, text):
                what = f'`{routine.id}` says "{said}", and its length is the sum of its steps'
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
    found = [routine for routine in routines if routine.kind is RoutineKind.STRETCH and not routine.areas]
    if {name for kind, name in raw.declared if kind == "routines"} - {routine.id for routine in routines}:
        return  # one that cannot be read gets the benefit of the doubt
    for document, file in raw.models("routines"):
        if any(not routine.areas for routine in file.routines):
            for moment, least in ENOUGH.items():
                count = sum(routine.moment is moment for routine in found)
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
