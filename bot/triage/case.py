"""A symptom check read from a file: to replay it, and for authors who want to see what their rules do."""

from collections.abc import Mapping
from typing import Any

from bot.advice.disposition import Disposition
from bot.advice.freetext.search import Search
from bot.advice.library import Library
from bot.errors import LimberError
from bot.triage.answers import Answer, Answers
from bot.triage.assessment import Assessment
from bot.triage.questionnaire import questionnaire


class BadCase(LimberError):
    """A case that cannot be replayed; the text says why."""


def read_case(case: object, library: Library, search: Search) -> Answers:
    """Read `{"areas": [...], "pain": 3, "facts": {"limp": "yes"}, "default": "no", "about": {"age": 36, ...}}`.

    An area the content does not have is left out when another is known. Raises BadCase.
    """
    if not isinstance(case, Mapping):
        raise BadCase('A case is a JSON object, for example {"areas": ["knee"], "facts": {"limp": "yes"}}')
    about = case.get("about") or {}
    if not isinstance(about, Mapping):
        raise BadCase('`about` is an object, for example {"age": 36, "pregnant": true}')
    default = case.get("default")
    return Answers(
        areas=_areas(case, library, search),
        facts={**_facts(case.get("facts") or {}, library), **_about(about, library)},
        default=None if default is None else _answer("default", default),
        pain=_number("pain", case.get("pain"), 10),
        age=_number("age", about.get("age"), 120),
    )


def outcome(assessment: Assessment) -> dict[str, Any]:
    """An assessment as plain data; `disposition` is null while it still asks."""
    return {
        "disposition": assessment.disposition,
        "complete": assessment.complete,
        "because": list(dict.fromkeys(name for reason in assessment.reasons for name in _names(reason.id))),
        "reasons": [{"id": r.id, "text": r.text, "why": r.why, "unsure": r.unsure} for r in assessment.reasons],
        "within_days": assessment.within_days if assessment.disposition is Disposition.CLINICIAN else None,
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
    """None is fine where the case says so; then the core alone is asked."""
    names = [str(area) for area in case.get("areas") or ()]
    if case.get("areas") == []:
        return ()
    known = []
    for name in names:
        matches = search.find(name)
        if name in library.areas:
            known.append(name)
        elif matches:
            known.append(matches[0].area.id)
    if not known:
        raise BadCase(f"None of the areas {names} is known. There are: {', '.join(library.areas)}")
    return tuple(dict.fromkeys(known))


def _facts(facts: object, library: Library) -> dict[str, Answer]:
    if not isinstance(facts, Mapping):
        raise BadCase('`facts` is an object, for example {"limp": "yes", "chest_pain": "unsure"}')
    known = {*questionnaire(library, ()).fact_texts, *(risk.id for risk in library.triage.risks)}
    if unknown := [str(name) for name in facts if name not in known]:
        raise BadCase(f"There is no fact {', '.join(unknown)}. limber triage --facts AREA lists them")
    return {str(name): _answer(str(name), value) for name, value in facts.items()}


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


def _about(about: Mapping[str, Any], library: Library) -> dict[str, Answer]:
    """The personal risks that are said, by their id; those that are not are left out."""
    named = {name: risk.id for risk in library.triage.risks for name in (risk.id, *risk.aliases)}
    risks = [name for name, value in about.items() if name != "age" and value]
    if unknown := [name for name in risks if name not in named]:
        raise BadCase(f"about: {', '.join(unknown)} is not known. There are: age, {', '.join(named)}")
    return {named[name]: Answer.YES for name in risks}
