"""The safety of what is offered: gentle where nothing was asked before, and never what could do harm there."""

from collections.abc import Iterator

from bot.advice.checks.raw_library import RawLibrary
from bot.advice.checks.wording import WORDS, spoken
from bot.advice.document import Document
from bot.advice.model import Area, Demand, Exercise, Pattern, RedFlag
from bot.advice.model.base import Place
from bot.advice.problem import Problem

POUNDING = frozenset({Demand.IMPACT, Demand.HOPPING})

Offer = tuple[Document, Place, Area, Exercise]
"""An exercise that somebody with pain in this area is offered, and where the content says so."""


def too_bold(raw: RawLibrary) -> Iterator[Problem]:
    """Exercises that call themselves `unscreened_ok` and are not."""
    for document, place, exercise in raw.entries("exercises"):
        if exercise.unscreened_ok:
            reasons = _reasons(exercise, raw.screened)
            yield from (document.problem((*place, "unscreened_ok"), *why) for why in reasons)


def _reasons(exercise: Exercise, screened: set[str]) -> Iterator[tuple[str, str]]:
    if screened_areas := screened & set(exercise.areas):
        what = f"`{exercise.id}` is for {', '.join(sorted(screened_areas))} and cannot be unscreened_ok"
        yield what, "set unscreened_ok: false, or take that area off it"
    instructions = ". ".join((exercise.name, exercise.start, *exercise.steps, _outright(exercise.harder)))
    if strenuous := spoken(WORDS["strenuous"], instructions):
        yield (
            f'`{exercise.id}` is unscreened_ok but says "{strenuous}"',
            "set unscreened_ok: false, or make it gentler",
        )


def _outright(harder: str | None) -> str:
    """A harder way that speaks of the warning signs itself may lead to what they have to be cleared for."""
    return "" if harder is None or "warning sign" in harder else harder


def bold_tips(raw: RawLibrary) -> Iterator[Problem]:
    """Tips are given to whoever asks for one, so they ask for nothing an unscreened exercise may not ask for."""
    for document, place, tip in raw.entries("tips"):
        if strenuous := spoken(WORDS["asked_for"], tip.text):
            what = f'`{tip.id}` says "{strenuous}", and before a tip nobody was asked'
            yield document.problem((*place, "text"), what, "ask for something gentler")


def pain_before_screening(raw: RawLibrary) -> Iterator[Problem]:
    """Where nothing may be said before the signs are cleared, no pain is acceptable on a run either."""
    for document, area in raw.models("areas"):
        if area.screen_first and area.can_run.ceiling:
            what = f"`{area.id}` is screened first, yet lets people run with pain up to {area.can_run.ceiling}"
            yield document.problem(("can_run", "ceiling"), what, "set ceiling: 0")


def shown_unasked(raw: RawLibrary) -> Iterator[Problem]:
    """Places that show an exercise before anything was asked, and choose one that needs the asking."""
    exercises = raw.exercises()
    for document, place, name in _unasked(raw):
        if name in exercises and not exercises[name].unscreened_ok:
            what = f"`{name}` is not unscreened_ok, so it cannot be shown before the warning signs are cleared"
            yield document.problem(place, what, "choose a gentler exercise here")


def _unasked(raw: RawLibrary) -> Iterator[tuple[Document, Place, str]]:
    for document, place, tip in raw.entries("tips"):
        if tip.exercise:
            yield document, (*place, "exercise"), tip.exercise
    for document, place, routine in raw.entries("routines"):
        if not routine.areas or set(routine.areas) - raw.screened - raw.illegible:
            for number, step in enumerate(routine.steps):
                yield document, (*place, "steps", number, "exercise"), step.exercise


def out_of_place(raw: RawLibrary) -> Iterator[Problem]:
    """Exercises that an area prescribes and that were not written for it."""
    for document, place, area, exercise in _prescribed(raw):
        if exercise.areas and area.id not in exercise.areas:
            what = f"`{exercise.id}` was not written for `{area.id}`"
            mend = f"take it out here; or add {area.id} to its `areas`, once somebody made sure that it fits"
            yield document.problem(place, what, mend)


def never_asked(raw: RawLibrary) -> Iterator[Problem]:
    """Signs an area has to ask because of what it offers; one problem for each, where the first exercise stands."""
    if not (any(raw.models("general")) and raw.every_area_read):
        return
    known, reported = {flag.id: isinstance(flag, Pattern) for _, _, flag in raw.flags()}, set()
    for document, place, area, exercise in (*_prescribed(raw), *_behind_the_signs(raw)):
        missing = {sign for sign in exercise.not_with if known.get(sign) is False} - _asked(raw, area)
        for sign in sorted(missing) if known.keys() >= set(area.also) else ():  # a slip in `also` is reported there
            if (area.id, sign) not in reported:
                reported.add((area.id, sign))
                what = f"`{exercise.id}` could do harm with {sign}, and `{area.id}` never asks that"
                mend = f"add {sign} to `also` of {area.id}, or take the exercise out here"
                yield document.problem(place, what, mend)


def harmed_by_the_cure(raw: RawLibrary) -> Iterator[Problem]:
    """Exercises that could do harm to the very picture an area is for; a picture ends no check, so nothing stops it."""
    for document, place, area, exercise in (*_prescribed(raw), *_behind_the_signs(raw)):
        for picture in area.patterns:
            if picture.id in exercise.not_with:
                what = f"`{exercise.id}` could do harm with {picture.id}, and `{area.id}` is for people with just that"
                yield document.problem(place, what, "take the exercise out here")


def pounding_on_bone(raw: RawLibrary) -> Iterator[Problem]:
    """Impact where a bone could be cracking: clinical facts, rule 5 of section 1.2."""
    bones = {flag.id for _, _, flag in raw.flags() if isinstance(flag, RedFlag) and flag.bone}
    for document, place, area, exercise in _prescribed(raw):
        if POUNDING & {*exercise.demands} and (cracking := sorted(bones & _asked(raw, area))):
            what = f"`{exercise.id}` pounds on the bone, and in `{area.id}` a bone could be cracking ({cracking[0]})"
            yield document.problem(place, what, "take it out; hops and jumps are for a physio to give")


def _asked(raw: RawLibrary, area: Area) -> set[str]:
    """The red flags asked before anything of this area is offered."""
    general = {flag.id for _, page in raw.models("general") for flag in page.red_flags}
    return general | {flag.id for flag in area.red_flags} | set(area.also)


def _prescribed(raw: RawLibrary) -> Iterator[Offer]:
    exercises = raw.exercises()
    for document, area in raw.models("areas"):
        for at, ref in enumerate(area.exercises):
            if ref.id in exercises:
                yield document, ("exercises", at, "id"), area, exercises[ref.id]


def _behind_the_signs(raw: RawLibrary) -> Iterator[Offer]:
    """Routines of areas that are screened first may hold what is not `unscreened_ok`."""
    exercises, areas = raw.exercises(), {area.id: area for area in raw.areas()}
    for document, place, routine in raw.entries("routines"):
        for number, step in enumerate(routine.steps):
            for area in (areas[name] for name in routine.areas if name in areas):
                if step.exercise in exercises:
                    yield document, (*place, "steps", number, "exercise"), area, exercises[step.exercise]
