"""What may be shown before any question was asked: only what is `unscreened_ok`, and that must be gentle indeed."""

import re
from collections.abc import Iterator

from bot.advice.checks.raw_library import RawLibrary
from bot.advice.checks.wording import any_of, spoken
from bot.advice.document import Document
from bot.advice.model import Exercise
from bot.advice.model.base import Place
from bot.advice.problem import Problem

#: Words that ask for impact, hopping, a heavy load or the end of a movement.
STRENUOUS = any_of(
    r"hop|hops|hopping|jump\w*|leap\w*|skipping|burpees?|sprint\w*|bound(s|ing)|plyo\w*|bounc(e|es|ing)",
    r"lunges?|deadlifts?|heel drops?|deep squats?|barbells?|dumbbells?|kettlebells?",
    r"(single|one)[- ]leg(ged)? (squat|raise|bridge|heel raise)s?",
    r"as (far|hard|high|deep|low) as (you can|possible|it will go)|all your (strength|weight)|until it (burns|hurts)",
    r"roll your head|pull (on )?your head|head circles",
)

#: The same in a tip, where "runs that jump in length" ask for nothing: what it tells somebody to do.
ASKED_FOR = re.compile(
    r"(?:^|(?<=[.!?:;,] ))((then|now|and|first) )?(hop|jump|sprint|leap|lunge|bounce)\b"
    r"|\b(do(?! not)|try|add|practise|(start|begin|finish|end) with)\b[^.]{0,40}"
    r"\b(hops|hopping|jumps|jumping|sprints|lunges|heel drops|deadlifts|rope skipping|burpees"
    r"|(single|one)[- ]leg(ged)? (squats|raises|bridges|heel raises))\b"
)


def too_bold(raw: RawLibrary) -> Iterator[Problem]:
    """Exercises that call themselves `unscreened_ok` and are not."""
    for document, file in raw.models("exercises"):
        for at, exercise in enumerate(file.exercises):
            if exercise.unscreened_ok:
                line = document.line(("exercises", at, "unscreened_ok"))
                yield from (Problem(document.file, line, *why) for why in _reasons(exercise, raw.screened))


def _reasons(exercise: Exercise, screened: set[str]) -> Iterator[tuple[str, str]]:
    if for_headache := screened & set(exercise.areas):
        what = f"`{exercise.id}` is for {', '.join(sorted(for_headache))} and cannot be unscreened_ok"
        yield what, "set unscreened_ok: false, or take that area off it"
    if exercise.kind == "stretch":
        what = f"`{exercise.id}` is a stretch, which pulls on what may be torn, and cannot be unscreened_ok"
        yield what, "set unscreened_ok: false; or make it a small movement without a pull, and of the kind mobility"
    asked = ". ".join((exercise.name, exercise.start, *exercise.steps, _outright(exercise.harder)))
    if strenuous := spoken(STRENUOUS, asked):
        yield (
            f'`{exercise.id}` is unscreened_ok but says "{strenuous}"',
            "set unscreened_ok: false, or make it gentler",
        )


def _outright(harder: str | None) -> str:
    """A harder way that speaks of the warning signs itself may lead to what they have to be cleared for."""
    return "" if harder is None or "warning sign" in harder else harder


def bold_tips(raw: RawLibrary) -> Iterator[Problem]:
    """Tips are given to whoever asks for one, so they ask for nothing an unscreened exercise may not ask for."""
    for document, file in raw.models("tips"):
        for at, tip in enumerate(file.tips):
            if strenuous := spoken(ASKED_FOR, tip.text):
                what = f'`{tip.id}` says "{strenuous}", and before a tip nobody was asked'
                yield Problem(document.file, document.line(("tips", at, "text")), what, "ask for something gentler")


def pain_before_screening(raw: RawLibrary) -> Iterator[Problem]:
    """Where nothing may be said before the signs are cleared, no pain is acceptable on a run either."""
    for document, area in raw.models("areas"):
        if area.screen_first and area.can_run.ceiling:
            what = f"`{area.id}` is screened first, yet lets people run with pain up to {area.can_run.ceiling}"
            yield Problem(document.file, document.line(("can_run", "ceiling")), what, "set ceiling: 0")


def shown_unasked(raw: RawLibrary) -> Iterator[Problem]:
    """Places that show an exercise before anything was asked, and choose one that needs the asking."""
    exercises = {exercise.id: exercise for _, file in raw.models("exercises") for exercise in file.exercises}
    for document, place, name in _unasked(raw):
        if name in exercises and not exercises[name].unscreened_ok:
            what = f"`{name}` is not unscreened_ok, so it cannot be shown before the warning signs are cleared"
            yield Problem(document.file, document.line(place), what, "choose a gentler exercise here")


def _unasked(raw: RawLibrary) -> Iterator[tuple[Document, Place, str]]:
    for document, area in raw.models("areas"):
        yield from ((document, ("gentle", at), name) for at, name in enumerate(area.gentle))
    for document, file in raw.models("tips"):
        named = ((at, tip.exercise) for at, tip in enumerate(file.tips) if tip.exercise)
        yield from ((document, ("tips", at, "exercise"), name) for at, name in named)
    for document, file in raw.models("routines"):
        for at, routine in enumerate(file.routines):
            if not routine.areas or set(routine.areas) - raw.screened - raw.illegible:
                for number, step in enumerate(routine.steps):
                    yield document, ("routines", at, "steps", number, "exercise"), step.exercise
