"""Where an exercise is offered: only where it fits, and where what it could do harm with is asked first."""

from collections.abc import Iterator

from bot.advice.checks.raw_library import RawLibrary
from bot.advice.document import Document
from bot.advice.model import Area, Demand, Exercise
from bot.advice.model.base import Place
from bot.advice.problem import Problem

POUNDING = frozenset({Demand.IMPACT, Demand.HOPPING})

Offer = tuple[Document, Place, Area, Exercise]
"""An exercise that somebody with pain in this area is offered, and where the content says so."""


def out_of_place(raw: RawLibrary) -> Iterator[Problem]:
    """Exercises that an area prescribes and that were not written for it."""
    for document, place, area, exercise in _prescribed(raw):
        if exercise.areas and area.id not in exercise.areas:
            what = f"`{exercise.id}` was not written for `{area.id}`"
            mend = f"take it out here; or add {area.id} to its `areas`, once somebody made sure that it fits"
            yield Problem(document.file, document.line(place), what, mend)


def never_asked(raw: RawLibrary) -> Iterator[Problem]:
    """Signs an area has to ask because of what it offers; one problem for each, where the first exercise stands."""
    if not (any(raw.models("general")) and _all_read(raw)):
        return
    known, told = _signs(raw), set()
    for document, place, area, exercise in _offered(raw):
        missing = set(exercise.not_with) - _asked(raw, area) - {sign for sign in known if known[sign]}
        for sign in sorted(missing) if known.keys() >= set(area.also) else ():  # a slip in `also` is reported there
            if (area.id, sign) not in told:
                told.add((area.id, sign))
                what = f"`{exercise.id}` could do harm with {sign}, and `{area.id}` never asks that"
                mend = f"add {sign} to `also` of {area.id}, or take the exercise out here"
                yield Problem(document.file, document.line(place), what, mend)


def harmed_by_the_cure(raw: RawLibrary) -> Iterator[Problem]:
    """Exercises that could do harm to the very picture an area is for; a picture ends no check, so nothing stops it."""
    for document, place, area, exercise in _offered(raw):
        for picture in area.patterns:
            if picture.id in exercise.not_with:
                what = f"`{exercise.id}` could do harm with {picture.id}, and `{area.id}` is for people with just that"
                yield Problem(document.file, document.line(place), what, "take the exercise out here")


def pounding_on_bone(raw: RawLibrary) -> Iterator[Problem]:
    """Impact where a bone could be cracking: clinical facts, rule 5 of section 1.2."""
    pages = [page for kind in ("general", "areas") for _, page in raw.models(kind)]
    bones = {flag.id for page in pages for flag in page.red_flags if flag.bone}
    for document, place, area, exercise in _prescribed(raw):
        if POUNDING & {*exercise.demands} and (cracking := sorted(bones & _asked(raw, area))):
            what = f"`{exercise.id}` pounds on the bone, and in `{area.id}` a bone could be cracking ({cracking[0]})"
            yield Problem(
                document.file, document.line(place), what, "take it out; hops and jumps are for a physio to give"
            )


def _asked(raw: RawLibrary, area: Area) -> set[str]:
    """The red flags asked before anything of this area is offered."""
    general = {flag.id for _, page in raw.models("general") for flag in page.red_flags}
    return general | {flag.id for flag in area.red_flags} | set(area.also)


def _signs(raw: RawLibrary) -> dict[str, bool]:
    """Every red flag and pattern by its id, and whether it is a pattern."""
    pages = [page for kind in ("general", "areas") for _, page in raw.models(kind)]
    return {flag.id: flag in page.patterns for page in pages for flag in (*page.red_flags, *page.patterns)}


def _offered(raw: RawLibrary) -> Iterator[Offer]:
    yield from _prescribed(raw)
    yield from _behind_the_signs(raw)


def _prescribed(raw: RawLibrary) -> Iterator[Offer]:
    exercises = _exercises(raw)
    for document, area in raw.models("areas"):
        for at, ref in enumerate(area.exercises):
            if ref.id in exercises:
                yield document, ("exercises", at, "id"), area, exercises[ref.id]


def _behind_the_signs(raw: RawLibrary) -> Iterator[Offer]:
    """Routines of areas that are screened first may hold what is not `unscreened_ok`."""
    exercises, areas = _exercises(raw), {area.id: area for area in raw.areas()}
    for document, file in raw.models("routines"):
        for at, routine in enumerate(file.routines):
            for number, step in enumerate(routine.steps):
                place: Place = ("routines", at, "steps", number, "exercise")
                for area in (areas[name] for name in routine.areas if name in areas):
                    if step.exercise in exercises:
                        yield document, place, area, exercises[step.exercise]


def _exercises(raw: RawLibrary) -> dict[str, Exercise]:
    return {exercise.id: exercise for _, file in raw.models("exercises") for exercise in file.exercises}


def _all_read(raw: RawLibrary) -> bool:
    """Whether every area could be read: a sign of a broken page gets the benefit of the doubt."""
    return len(list(raw.areas())) == len({name for kind, name in raw.declared if kind == "areas"})
