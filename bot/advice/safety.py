"""What may be shown before any question was asked: only what is `unscreened_ok`, and that must be gentle indeed."""

import re
from collections.abc import Iterator

from bot.advice.document import Document
from bot.advice.model import Exercise
from bot.advice.model.base import Place
from bot.advice.problem import Problem
from bot.advice.shelf import Shelf

#: Words that ask for impact, hopping or a heavy load.
STRENUOUS = re.compile(
    r"\b(hop|hops|hopping|jump\w*|sprint\w*|bound(s|ing)|plyo\w*|barbell|as far as you can)\b", re.IGNORECASE
)


def too_bold(shelf: Shelf) -> Iterator[Problem]:
    """Exercises that call themselves `unscreened_ok` and are not."""
    for document, file in shelf.models("exercises"):
        for at, exercise in enumerate(file.exercises):
            if exercise.unscreened_ok:
                line = document.line(("exercises", at, "unscreened_ok"))
                yield from (Problem(document.file, line, *why) for why in _reasons(exercise, shelf.screened))


def _reasons(exercise: Exercise, screened: set[str]) -> Iterator[tuple[str, str]]:
    if for_headache := screened & set(exercise.areas):
        what = f"`{exercise.id}` is for {', '.join(sorted(for_headache))} and cannot be unscreened_ok"
        yield what, "set unscreened_ok: false, or take that area off it"
    if strenuous := STRENUOUS.search(" ".join((exercise.name, exercise.start, *exercise.steps, exercise.harder or ""))):
        yield (
            f'`{exercise.id}` is unscreened_ok but says "{strenuous[0]}"',
            "set unscreened_ok: false, or make it gentler",
        )


def shown_unasked(shelf: Shelf) -> Iterator[Problem]:
    """Places that show an exercise before anything was asked, and choose one that needs the asking."""
    exercises = {exercise.id: exercise for _, file in shelf.models("exercises") for exercise in file.exercises}
    for document, place, name in _unasked(shelf):
        if name in exercises and not exercises[name].unscreened_ok:
            what = f"`{name}` is not unscreened_ok, so it cannot be shown before the warning signs are cleared"
            yield Problem(document.file, document.line(place), what, "choose a gentler exercise here")


def _unasked(shelf: Shelf) -> Iterator[tuple[Document, Place, str]]:
    for document, area in shelf.models("areas"):
        yield from ((document, ("gentle", at), name) for at, name in enumerate(area.gentle))
    for document, file in shelf.models("tips"):
        named = ((at, tip.exercise) for at, tip in enumerate(file.tips) if tip.exercise)
        yield from ((document, ("tips", at, "exercise"), name) for at, name in named)
    for document, file in shelf.models("routines"):
        for at, routine in enumerate(file.routines):
            if not routine.areas or set(routine.areas) - shelf.screened - shelf.illegible:
                for number, step in enumerate(routine.steps):
                    yield document, ("routines", at, "steps", number, "exercise"), step.exercise
