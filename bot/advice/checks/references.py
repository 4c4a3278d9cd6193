"""References between files: each leads somewhere, each id is used once, and what is cited bears the claim."""

import re
from collections.abc import Iterator

from bot.advice.checks.raw_library import LISTS, RawLibrary
from bot.advice.document import Document
from bot.advice.model import FILES, Evidence, Grade
from bot.advice.model.base import Place
from bot.advice.problem import Problem

PROOF = frozenset({Grade.GUIDELINE, Grade.REVIEW, Grade.TRIAL})

_NUMBER = re.compile(r"\d+")

#: Where an id is defined, and among what. Everyday pages are opened by name, as areas are.
_IDS = {
    **{f"{kind}.{kind}.*.id": kind for kind in LISTS},
    **dict.fromkeys(("areas.id", "everyday.everyday.*.id"), "area"),
    **dict.fromkeys(
        (f"{kind}.{part}.*.id" for kind in ("general", "areas") for part in ("red_flags", "patterns")), "flag"
    ),
    **dict.fromkeys(
        ("areas.check.*.id", *(f"triage.{part}.*.id" for part in ("core", "follow_ups", "questions"))), "question"
    ),
    "tips.area": "tips of an area",
}
#: The same of ids that one file alone knows.
_OWN_IDS = {"areas.causes.*.id": "cause", "areas.clues.*.id": "clue", "tips.tips.*.id": "tip"}

#: Where an id points to something, and to what.
_POINTERS = {
    **dict.fromkeys(("general.red_flags.*.alarm", "areas.red_flags.*.alarm"), "alarms"),
    **dict.fromkeys(("areas.card.*", "areas.also.*", "alarms.alarms.*.flags.*", "bystander.first.*.flags.*"), "flags"),
    **dict.fromkeys(("areas.clues.*.causes.*", "areas.patterns.*.causes.*"), "causes"),
    "exercises.exercises.*.not_with.*": "flags",
    "areas.check.*": "questions",
    **dict.fromkeys(("areas.exercises.*.id", "figures.figures.*.id", "tips.tips.*.exercise"), "exercises"),
    "routines.routines.*.steps.*.exercise": "exercises",
    **dict.fromkeys((f"{kind}.{kind}.*.areas.*" for kind in ("exercises", "routines", "everyday")), "areas"),
    "tips.area": "areas",
    "search.either.*.pages.*": "pages",
}


def repeated_ids(raw: RawLibrary) -> Iterator[Problem]:
    """Ids that are used twice; the second place is reported and names the first."""
    seen: dict[tuple[str, str], tuple[Document, int]] = {}
    for document, kind, name, place in _ids(raw):
        line = document.line(place)
        if (kind, name) not in seen:
            seen[kind, name] = (document, line)
            continue
        first, where = seen[kind, name]
        mend = f"rename this one, or remove it: it stands first in {first.file.relative_to(raw.folder)}:{where}"
        yield document.problem(place, f"the id `{name}` is used twice", mend)


def loose_ends(raw: RawLibrary) -> Iterator[Problem]:
    """References that lead nowhere. What a broken file would have defined is given the benefit of the doubt."""
    known = {kind: {name for of_kind, name in raw.declared if of_kind == kind} for kind in (*LISTS, "areas")}
    defined = {(kind, name) for _, kind, name, _ in _ids(raw)}
    all_read = not raw.unreadable and raw.every_area_read
    for document, pattern, place, text in raw.leaves(*FILES):
        target = "sources" if pattern.endswith(".sources.*") else _POINTERS.get(pattern)
        if target is None:
            continue
        name = text.split(".")[0]  # of an escalation, on a card, the flag
        if target == "flags":
            missing = all_read and any(raw.models("general")) and ("flag", name) not in defined
        elif target == "questions":
            missing = all_read and any(raw.models("triage")) and ("question", name) not in defined
        elif target == "causes":
            missing = (f"cause of {document.file}", name) not in defined
        elif target == "pages":
            missing = all_read and name not in known["areas"] | known["everyday"]
        else:
            missing = name not in known[target] and target not in raw.unreadable
        if missing:
            mend = f"define it, or mend the id; {_where(target)}"
            yield document.problem(place, f"there is no `{name}` among the {target}", mend)


def untraceable(raw: RawLibrary) -> Iterator[Problem]:
    """Publications that no reader could look up: without a link, and without where in a journal or when it was read."""
    for document, place, source in raw.entries("sources"):
        published = source.year is not None or source.grade in PROOF
        numbers = set(_NUMBER.findall(source.where)) - {str(source.year)}
        if published and not (source.doi or source.url or numbers):
            what = f"nobody can look up `{source.id}`: it has no `doi`, no `url`, and `where` says no volume and page"
            yield document.problem(place, what, "add one; for a page without an address, the day it was read")


def too_sure(raw: RawLibrary) -> Iterator[Problem]:
    """`good` needs a guideline, a review or a trial; `some` needs at least one thing that somebody published."""
    sources = {source.id: source for _, _, source in raw.entries("sources")}
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
        "pages": "pages stand in areas/ and in everyday.yaml",
        "flags": "red flags stand in general.yaml and in the areas",
    }.get(target, f"{target} stand in the folder {target}/")


def _ids(raw: RawLibrary) -> Iterator[tuple[Document, str, str, Place]]:
    """Everything the files define: among what, under which id, at which place."""
    for document, pattern, place, name in raw.leaves(*FILES):
        if pattern in _IDS:
            yield document, _IDS[pattern], name, place
        elif pattern in _OWN_IDS:
            yield document, f"{_OWN_IDS[pattern]} of {document.file}", name, place
