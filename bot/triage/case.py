"""A symptom check read from a file: to replay it, and for authors who want to see what their rules do."""

from collections.abc import Mapping
from typing import Any

from bot.advice.freetext.search import Search
from bot.advice.library import Library
from bot.errors import LimberError
from bot.triage.answers import Answer, Answers
from bot.triage.assessment import Assessment


class BadCase(LimberError):
    """A case that cannot be replayed; the text says why."""


def read_case(case: object, library: Library, search: Search) -> Answers:
    """Read `{"areas": [...], "pain": 3, "flags": {"K3": "yes"}, "default": "no", "clues": [...], "about": {...}}`.

    An area the content does not have is left out when another is known. Raises BadCase.
    """
    if not isinstance(case, Mapping):
        raise BadCase('A case is a JSON object, for example {"areas": ["knee"], "flags": {"K3": "yes"}}')
    about = case.get("about") or {}
    if not isinstance(about, Mapping):
        raise BadCase('`about` is an object, for example {"age": 36, "pregnant": true}')
    default = case.get("default")
    return Answers(
        areas=_areas(case, library, search),
        flags=_flags(case.get("flags") or {}, library),
        default=None if default is None else _answer("default", default),
        pain=_number("pain", case.get("pain"), 10),
        clues=frozenset(map(str, case.get("clues") or ())),
        age=_number("age", about.get("age"), 120),
        about=_about(about, library),
    )


def outcome(assessment: Assessment) -> dict[str, Any]:
    """An assessment as plain data; `disposition` is null while it still asks."""
    return {
        "disposition": assessment.disposition,
        "complete": assessment.complete,
        "because": list(dict.fromkeys(name for reason in assessment.reasons for name in _names(reason.id))),
        "reasons": [{"id": reason.id, "text": reason.text} for reason in assessment.reasons],
        "unanswered": list(assessment.unanswered),
        "causes": [cause.cause.id for cause in assessment.causes],
        "clues": {cause.cause.id: list(cause.clues) for cause in assessment.causes if cause.clues},
        "no_running_pain": assessment.bone,
        "content": assessment.content,
    }


def _names(reason: str) -> tuple[str, ...]:
    """An escalation speaks for its flag too: "K7.1" for "K7"."""
    flag, dot, _ = reason.partition(".")
    return (flag, reason) if dot and flag.isalnum() and flag != "about" else (reason,)


def _areas(case: Mapping[str, Any], library: Library, search: Search) -> tuple[str, ...]:
    asked = [str(area) for area in case.get("areas") or ()]
    known = []
    for name in asked:
        found = search.find(name)
        if name in library.areas:
            known.append(name)
        elif found:
            known.append(found[0].area.id)
    if not known:
        there = ", ".join(library.areas)
        raise BadCase(f"None of the areas {asked} is known. There are: {there}")
    return tuple(dict.fromkeys(known))


def _flags(flags: object, library: Library) -> dict[str, Answer]:
    if not isinstance(flags, Mapping):
        raise BadCase('`flags` is an object, for example {"K3": "yes", "G1": "unsure"}')
    answers = {}
    for name, value in flags.items():
        sign, _, number = str(name).partition(".")
        try:
            flag = library.flag(sign)
        except KeyError:
            raise BadCase(f"There is no flag {sign}. limber triage --flags AREA lists them") from None
        if number and (not number.isdecimal() or not 1 <= int(number) <= len(flag.escalations)):
            raise BadCase(f"{sign} has no escalation {number}; it has {len(flag.escalations)}")
        answers[str(name)] = _answer(str(name), value)
    return answers


def _answer(name: str, value: object) -> Answer:
    if isinstance(value, bool):
        return Answer.YES if value else Answer.NO
    try:
        return Answer(str(value).casefold())
    except ValueError:
        raise BadCase(f"{name} is answered yes, no or unsure, not {value!r}") from None


def _number(name: str, value: object, most: int) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise BadCase(f"{name} is a whole number from 0 to {most}, not {value!r}")
    return value


def _about(about: Mapping[str, Any], library: Library) -> frozenset[str]:
    named = {name: m.id for m in library.triage.modifiers for name in (m.id, *m.aliases)}
    said = [name for name, value in about.items() if name != "age" and value]
    if unknown := [name for name in said if name not in named]:
        raise BadCase(f"about: {', '.join(unknown)} is not known. There are: age, {', '.join(named)}")
    return frozenset(named[name] for name in said)
