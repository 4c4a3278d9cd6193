"""References between files: each leads somewhere, each id is used once, and what is cited bears the claim."""

from collections.abc import Callable, Iterator
from typing import Any

from bot.advice.checks.raw_library import LISTS, RawLibrary
from bot.advice.document import Document
from bot.advice.model import (
    AlarmFile,
    Area,
    Bystander,
    EverydayFile,
    Evidence,
    ExerciseFile,
    FigureFile,
    General,
    Grade,
    Question,
    RoutineFile,
    TipFile,
)
from bot.advice.model.base import Place, citations
from bot.advice.problem import Problem

PROOF = frozenset({Grade.GUIDELINE, Grade.REVIEW, Grade.TRIAL})

_QUESTIONS = {"triage": ("core", "follow_ups", "questions"), "areas": ("check",)}

Pointer = tuple[str, str, Place]
"""What is pointed to, by which id, from which place in the file."""


def repeated_ids(raw: RawLibrary) -> Iterator[Problem]:
    """Ids that are used twice; the second place is reported and names the first."""
    seen: dict[tuple[str, str], tuple[Document, int]] = {}
    for kind, document, model in raw.files.values():
        for what, name, place in _ids(kind, model):
            line = document.line(place)
            if (what, name) not in seen:
                seen[what, name] = (document, line)
                continue
            first, where = seen[what, name]
            mend = f"rename this one, or remove it: it stands first in {first.file}:{where}"
            yield document.problem(place, f"the id `{name}` is used twice", mend)


def loose_ends(raw: RawLibrary) -> Iterator[Problem]:
    """References that lead nowhere. What a broken file would have defined is given the benefit of the doubt."""
    known = {kind: {name for of_kind, name in raw.declared if of_kind == kind} for kind in (*LISTS, "areas")}
    defined = {(what, name) for kind, _, model in raw.files.values() for what, name, _ in _ids(kind, model)}
    flags, questions = ({name for what, name in defined if what == wanted} for wanted in ("flag", "question"))
    every_area_read = not raw.unreadable and len(list(raw.areas())) == len(known["areas"])
    every_flag_read = every_area_read and any(raw.models("general"))
    every_question_read = every_area_read and any(raw.models("triage"))
    for kind, document, model in raw.files.values():
        for target, name, place in _pointers(kind, model):
            if target == "flags":
                missing = every_flag_read and name not in flags
            elif target == "questions":
                missing = every_question_read and name not in questions
            elif target == "causes":
                missing = name not in {cause.id for cause in getattr(model, "causes", ())}
            else:
                missing = name not in known[target] and target not in raw.unreadable
            if missing:
                mend = f"define it, or mend the id; {_where(target)}"
                yield document.problem(place, f"there is no `{name}` among the {target}", mend)


def too_sure(raw: RawLibrary) -> Iterator[Problem]:
    """`good` needs a guideline, a review or a trial; `some` needs at least one thing that somebody published."""
    sources = {source.id: source for _, file in raw.models("sources") for source in file.sources}
    for document, area in raw.models("areas"):
        for at, cause in enumerate(area.causes):
            cited = [sources[name] for name in cause.sources if name in sources]
            if len(cited) < len(cause.sources):
                continue  # reported where it stands
            place = ("causes", at, "evidence")
            if cause.evidence is Evidence.GOOD and not any(source.grade in PROOF for source in cited):
                what = f"`{cause.id}` claims good evidence, and names no guideline, review or trial"
                yield document.problem(place, what, "name one under sources, or claim less")
            elif cause.evidence is Evidence.SOME and not any(source.year for source in cited):
                what = f"`{cause.id}` claims some evidence, and names nothing that was published"
                yield document.problem(place, what, "name a study under sources, or write `opinion`")


def _where(target: str) -> str:
    return {
        "sources": "sources stand in sources.yaml",
        "causes": "causes stand in this file",
        "questions": "questions stand in triage.yaml and under `check` of the areas",
        "flags": "red flags stand in general.yaml and in the areas",
    }.get(target, f"{target} stand in the folder {target}/")


def _ids(kind: str, model: Any) -> Iterator[Pointer]:
    """Everything a file defines: in which namespace, under which id, at which place."""
    if kind in LISTS:
        yield from ((kind, entry.id, (kind, at, "id")) for at, entry in enumerate(getattr(model, kind)))
    elif kind == "tips":
        yield "tips of an area", model.area, ("area",)
        yield from ((f"tip of {model.area}", tip.id, ("tips", at, "id")) for at, tip in enumerate(model.tips))
    elif kind in {"areas", "general"}:
        for part in ("red_flags", "patterns"):
            yield from (("flag", flag.id, (part, at, "id")) for at, flag in enumerate(getattr(model, part)))
    if kind == "everyday":  # both are opened by name
        yield from (("area", page.id, (kind, at, "id")) for at, page in enumerate(model.everyday))
    for part in _QUESTIONS.get(kind, ()):
        written = ((at, entry) for at, entry in enumerate(getattr(model, part)) if isinstance(entry, Question))
        yield from (("question", question.id, (part, at, "id")) for at, question in written)
    if kind == "areas":
        yield "area", model.id, ("id",)
        for part in ("causes", "clues"):
            entries = enumerate(getattr(model, part))
            yield from ((f"{part} of {model.id}", entry.id, (part, at, "id")) for at, entry in entries)


def _pointers(kind: str, model: Any) -> Iterator[Pointer]:
    yield from (("sources", source, place) for place, source in citations(model))
    if kind in _POINTERS:
        yield from _POINTERS[kind](model)


def _of_signs(page: General | Area) -> Iterator[Pointer]:
    signs = enumerate(page.red_flags)
    yield from (("alarms", flag.alarm, ("red_flags", at, "alarm")) for at, flag in signs if flag.alarm)


def _of_area(area: Area) -> Iterator[Pointer]:
    yield from _of_signs(area)
    yield from (("exercises", ref.id, ("exercises", at, "id")) for at, ref in enumerate(area.exercises))
    yield from (("flags", name.split(".")[0], ("card", at)) for at, name in enumerate(area.card))
    yield from (("flags", name, ("also", at)) for at, name in enumerate(area.also))
    yield from (("questions", entry, ("check", at)) for at, entry in enumerate(area.check) if isinstance(entry, str))
    for at, clue in enumerate(area.clues):
        yield from (("causes", cause, ("clues", at, "causes")) for cause in clue.causes)
    for at, pattern in enumerate(area.patterns):
        yield from (("causes", cause, ("patterns", at, "causes")) for cause in pattern.causes)


def _of_tips(file: TipFile) -> Iterator[Pointer]:
    yield "areas", file.area, ("area",)
    yield from (
        ("exercises", tip.exercise, ("tips", at, "exercise")) for at, tip in enumerate(file.tips) if tip.exercise
    )


def _of_exercises(file: ExerciseFile) -> Iterator[Pointer]:
    for at, exercise in enumerate(file.exercises):
        yield from (("areas", area, ("exercises", at, "areas", n)) for n, area in enumerate(exercise.areas))


def _of_figures(file: FigureFile) -> Iterator[Pointer]:
    yield from (("exercises", figure.id, ("figures", at, "id")) for at, figure in enumerate(file.figures))


def _of_routines(file: RoutineFile) -> Iterator[Pointer]:
    for at, routine in enumerate(file.routines):
        yield from (("areas", area, ("routines", at, "areas", n)) for n, area in enumerate(routine.areas))
        steps = enumerate(routine.steps)
        yield from (("exercises", step.exercise, ("routines", at, "steps", n, "exercise")) for n, step in steps)


def _of_alarms(file: AlarmFile) -> Iterator[Pointer]:
    for at, alarm in enumerate(file.alarms):
        yield from (("flags", flag, ("alarms", at, "flags", n)) for n, flag in enumerate(alarm.flags))


def _of_everyday(file: EverydayFile) -> Iterator[Pointer]:
    for at, page in enumerate(file.everyday):
        yield from (("areas", area, ("everyday", at, "areas", n)) for n, area in enumerate(page.areas))


def _of_bystander(words: Bystander) -> Iterator[Pointer]:
    for at, first in enumerate(words.first):
        yield from (("flags", flag, ("first", at, "flags", n)) for n, flag in enumerate(first.flags))


_POINTERS: dict[str, Callable[[Any], Iterator[Pointer]]] = {
    "general": _of_signs,
    "areas": _of_area,
    "tips": _of_tips,
    "exercises": _of_exercises,
    "figures": _of_figures,
    "routines": _of_routines,
    "alarms": _of_alarms,
    "everyday": _of_everyday,
    "bystander": _of_bystander,
}
