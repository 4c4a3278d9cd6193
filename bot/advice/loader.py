"""The loader of content: from the files of one language to a library, or to every problem they have; their schemas."""

import hashlib
import json
import re
from collections.abc import Callable, Container, Iterable, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import process

from bot.advice.checks import rules
from bot.advice.checks.raw_library import RawLibrary
from bot.advice.document import Document
from bot.advice.document import read as read_document
from bot.advice.library import Library
from bot.advice.model import FILES, Model
from bot.advice.model.base import SHAPES, Place
from bot.advice.problem import ContentError, LibraryProblem, Problem

Check = Callable[[Library], Iterable[LibraryProblem]]
"""A further rule, on a whole library."""

FOLDERS = ("areas", "exercises", "figures", "tips", "routines")
_RULES = ("general", "guidance", "triage", "running")
_WORDS = ("alarms", "search", "context", "bystander")
SINGLES = (*_RULES, *_WORDS, "everyday", "sources")
_TRAINED = "classifier"  # a language may do without


def load(
    folder: Path,
    checks: Sequence[Check] = (),
    *,
    read: Callable[[Path], Document] = read_document,
) -> Library:
    """Read one language folder, for example `content/en`; each file by `read`.

    Raises ContentError with every problem of every file: first what stands in the files, then, for what could be
    read, the references between them, then `checks` (such as Discord's limits) once all else is well.
    """
    raw, problems = _read_all(folder, read)
    problems += rules.problems(raw)
    if problems:
        raise ContentError(problems)
    library = raw.library(folder.name, _version(raw, folder))
    for check in checks:
        for name, place, what, mend in check(library):
            document = raw.document(name)
            problems.append(document.problem(place, what, mend))
    if problems:
        raise ContentError(problems)
    return library


def _read_all(folder: Path, read: Callable[[Path], Document]) -> tuple[RawLibrary, list[Problem]]:
    raw, problems = RawLibrary(folder), []
    for kind, file in _files(folder):
        try:
            document = read(file)
        except ContentError as error:
            problems += error.problems
            raw.unreadable.add(kind)
            raw.declared.add((kind, file.stem))
            raw.illegible |= {file.stem} if kind == "areas" else set()
            continue
        raw.declare(kind, document)
        try:
            raw.add(kind, document, document.as_model(FILES[kind]))
        except ValidationError as error:
            problems += [_explain(document, FILES[kind], it) for it in error.errors() if not _only_follows(it)]
    known = {file for _, file in _files(folder)}
    for file in sorted({*folder.rglob("*.yaml"), *folder.rglob("*.yml")} - known):
        problems.append(Problem(file, 1, "nothing reads this file", "put it where its kind belongs, or remove it"))
    for name in SINGLES:
        if not (folder / f"{name}.yaml").exists():
            problems.append(
                Problem(folder / f"{name}.yaml", 1, "this file is missing", "put it back; the bot needs it")
            )
            raw.unreadable.add(name)
    return raw, problems


def _files(folder: Path) -> list[tuple[str, Path]]:
    singles = [(name, folder / f"{name}.yaml") for name in (*SINGLES, _TRAINED) if (folder / f"{name}.yaml").exists()]
    return singles + [(kind, file) for kind in FOLDERS for file in sorted((folder / kind).glob("*.y*ml"))]


def _version(raw: RawLibrary, folder: Path) -> str:
    digest = hashlib.sha256()
    for _, file in _files(folder):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    newest = max(area.reviewed for area in raw.areas())
    return f"{newest.isoformat()}+{digest.hexdigest()[:7]}"


def _explain(document: Document, model: type[Model], error: ErrorDetails) -> Problem:
    """Pydantic's report in an author's words."""
    place = _place(document.data, error)
    name = ".".join(str(step + 1) if isinstance(step, int) else step for step in place) or document.file.name
    value, context = error["input"], error.get("ctx", {})
    what, mend = _words(error["type"], name, place, value, context, error["msg"], model)
    return document.problem(place[:-1] if error["type"] == "missing" else place, what, mend)


def _place(data: Any, error: ErrorDetails) -> Place:
    """Where the author finds it. Of a value that is an id or is written out, Pydantic also names the shape it tried."""
    place: Place = ()
    for step in error["loc"]:
        steps: Container[Any] = data if isinstance(data, dict) else range(len(data) if isinstance(data, list) else 0)
        if step in steps:
            place, data = (*place, step), data[step]
    return (*place, error["loc"][-1]) if error["type"] == "missing" else place


def _only_follows(error: ErrorDetails) -> bool:
    """Whether another error says what is wrong: what is written out is no id, a list is short of the broken entries."""
    shape, value = str(*error["loc"][-1:]), error["input"]
    if error["type"] == "too_short":
        return isinstance(value, list) and len(value) >= error["ctx"]["min_length"]
    if error["type"] == "model_type":
        return error["ctx"]["class_name"] in shape
    return shape == "constrained-str" and isinstance(value, dict)


def _words(
    kind: str, name: str, place: Place, value: object, context: dict[str, Any], message: str, model: type[Model]
) -> tuple[str, str]:
    """What is wrong and how to mend it, for the kinds of mistakes authors make."""
    if kind == "extra_forbidden":
        close = process.extractOne(str(place[-1]), _keys(model), score_cutoff=70)
        return (
            f"`{name}` is not a key we know",
            f"did you mean `{close[0]}`?" if close else "remove it, or mend its name",
        )
    if kind == "value_error":
        what, _, mend = str(context["error"]).partition("; ")
        return f"`{name}`: {what}", mend or "see docs/content-guide.md"
    if kind not in _MISTAKES:
        return f"`{name}`: {message}", "see docs/content-guide.md for what belongs there"
    if "expected" in context:
        context = {**context, "expected": ", ".join(re.findall(r"'([^']+)'", str(context["expected"])))}
    shape = SHAPES.get(context.get("pattern", ""), "")
    facts = {**context, "shape": shape, "name": name, "length": len(str(value)), "value": str(value)[:60]}
    return tuple(text.format_map(facts) for text in _MISTAKES[kind])  # type: ignore[return-value]


_MISTAKES = {
    "missing": ("`{name}` is missing", "add it; docs/content-guide.md says what belongs there"),
    "string_too_long": ("`{name}` is {length} characters long, at most {max_length} fit", "shorten it to {max_length}"),
    "string_too_short": ("`{name}` has too little in it", "give at least {min_length} characters"),
    "too_short": ("`{name}` has too few entries", "give at least {min_length}"),
    "too_long": ("`{name}` has too many entries", "keep at most {max_length}"),
    "enum": ("`{name}` cannot be `{value}`", "write one of: {expected}"),
    "literal_error": ("`{name}` cannot be `{value}`", "write one of: {expected}"),
    "string_pattern_mismatch": ("`{name}` cannot be `{value}`", "{shape}"),
    "tuple_type": ("`{name}` is not a list", "put [ ] round it, or a - before each entry"),
    "model_type": ("`{name}` is not a block of keys", "write `key: value` lines below it, indented"),
    **dict.fromkeys(("date_from_datetime_parsing", "date_type"), ("`{name}` is no day", "write it as 2026-11-28")),
    **dict.fromkeys(("bool_parsing", "bool_type"), ("`{name}` cannot be `{value}`", "write true or false")),
    **dict.fromkeys(("int_parsing", "int_type"), ("`{name}` cannot be `{value}`", "write a whole number")),
    "string_type": ("`{name}` is not text", "put quotes round it"),
}


def _keys(model: type[Model]) -> list[str]:
    """Every key of a file's model and of the models inside it, for "did you mean"."""
    schema = model.model_json_schema()
    return sorted({key for part in (schema, *schema.get("$defs", {}).values()) for key in part.get("properties", {})})


def schemas() -> dict[str, str]:
    """File name to schema text, the same bytes every time."""
    return {
        f"{kind}.schema.json": json.dumps(model.model_json_schema(), indent=2, ensure_ascii=False, sort_keys=True)
        + "\n"
        for kind, model in FILES.items()
    }


def write_schemas(folder: Path) -> list[Path]:
    """Write them all; returns the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")
        written.append(folder / name)
    return written
