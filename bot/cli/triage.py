"""`limber triage`: the symptom check in the terminal, for authors and for replaying a case."""

import json
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.advice.freetext.findings import findings_in
from bot.advice.model import Choice
from bot.cli.content import locales_for
from bot.triage.answers import Answers, Session
from bot.triage.assessment import assess
from bot.triage.case import BadCase, outcome, read_case
from bot.triage.flow import Screen, Step, mark, next_step, none_or_done, not_sure, open_group
from bot.triage.questionnaire import choices, questionnaire
from bot.ui.locales import LocalizedContent


def triage(
    context: typer.Context,
    text: Annotated[str | None, typer.Option(help="What free text is recognised as; - reads lines.")] = None,
    facts: Annotated[str | None, typer.Option(help="List what is asked for an area, and what it leads to.")] = None,
    answers: Annotated[str | None, typer.Option(help="Replay the case in this JSON file; - reads it.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """The symptom check: the same rules and the same content as on Discord. Without options it asks."""
    localized = locales_for(context).base
    try:
        if text is not None:
            for line in sys.stdin if text == "-" else [text]:
                typer.echo(json.dumps(_recognised(localized, line.rstrip("\n")), ensure_ascii=False))
        elif facts is not None:
            listed = _listed(localized, facts)
            typer.echo(json.dumps(listed, ensure_ascii=False) if as_json else "\n".join(_lines(listed)))
        else:
            given = _asked(localized) if answers is None else _replayed(localized, answers)
            result = outcome(assess(localized.library, given))
            typer.echo(json.dumps(result, ensure_ascii=False) if as_json else _as_text(localized, result))
    except BadCase as error:
        typer.echo(f"limber: {error}", err=True)
        raise typer.Exit(2) from None


def _recognised(localized: LocalizedContent, text: str) -> dict[str, Any]:
    findings = findings_in(text, localized.library, localized.alarms, localized.search)
    return {"at_least": findings.at_least, "flags": list(findings.flags), "areas": list(findings.areas)}


def _listed(localized: LocalizedContent, name: str) -> dict[str, Any]:
    """The questions of an area with their facts, and every rule with the facts that make it hold."""
    library = localized.library
    matches = localized.search.find(name)
    area = library.areas.get(name) or (matches[0].area if matches else None)
    if area is None:
        raise BadCase(f"There is no area {name}. There are: {', '.join(library.areas)}")
    asked = questionnaire(library, (area.id,))
    return {
        "questions": [
            {"id": q.id, "ask": q.ask, "answers": {choice.id: choice.text for choice in choices(q)}}
            for q in asked.questions
        ],
        "rules": [
            {"id": r.id, "disposition": r.disposition, "short": r.short, "when": [sorted(one) for one in r.when]}
            for r in asked.rules
        ],
    }


def _lines(listed: dict[str, Any]) -> Iterator[str]:
    for question in listed["questions"]:
        yield f"{question['ask']}  [{question['id']}]"
        yield from (f"    {fact:20} {text}" for fact, text in question["answers"].items())
    for rule in listed["rules"]:
        yield f"{rule['id']:6} {rule['disposition']:10} {rule['short']}"
        yield from (f"    when {' + '.join(facts)}" for facts in rule["when"])


def _replayed(localized: LocalizedContent, file: str) -> Answers:
    try:
        raw = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
        return read_case(json.loads(raw), localized.library, localized.search)
    except (OSError, ValueError) as error:
        raise BadCase(f"{file} cannot be read as JSON ({error})") from None


def _asked(localized: LocalizedContent) -> Answers:
    """Ask in the terminal, screen by screen as on Discord."""
    matches = localized.search.find(typer.prompt("Where does it hurt?"))
    if not matches:
        raise BadCase(f"I do not know that place. There are: {', '.join(localized.library.areas)}")
    session = Session(matches[0].area.id)
    typer.echo("Answer with the number of an answer; 0 for none of them, ? for not sure.")
    while (step := next_step(localized.library, session)).screen is not Screen.RESULT:
        _take(localized, session, step)
    return session.answers()


def _take(localized: LocalizedContent, session: Session, step: Step) -> None:
    """Ask what one screen asks."""
    library = localized.library
    asked = questionnaire(library, session.areas)
    if step.question is not None:
        offered, title = choices(step.question), step.question.ask
    elif step.contradiction is not None:
        pair = step.contradiction
        offered = [Choice(id=fact, text=asked.fact_texts[fact]) for fact in (pair.graver, pair.milder)]
        title = localized.words("check-contradiction")
    else:
        offered = [Choice(id=g.id, text=g.name) for g in asked.core if g.id not in session.progress.passed]
        title = library.triage.ask.core
    typer.echo("\n".join([title, *(f"  {number} {choice.text}" for number, choice in enumerate(offered, start=1))]))
    value = typer.prompt("", value_proc=partial(_key, len(offered)))
    if value == "?":
        not_sure(library, session, step.id)
    elif value == "0":
        none_or_done(library, session, step.id)
    elif step.screen is Screen.CORE:
        open_group(library, session, offered[int(value) - 1].id)
    else:
        mark(library, session, step.id, offered[int(value) - 1].id)


def _key(most: int, value: str) -> str:
    if value.strip() != "?" and not (value.strip().isdecimal() and int(value) <= most):
        raise typer.BadParameter(f"a number up to {most}, or ?")
    return value.strip()


def _as_text(localized: LocalizedContent, result: dict[str, Any]) -> str:
    if result["disposition"] is None:
        return f"Not answered yet, and it cannot be left open: {', '.join(result['unanswered'])}"
    guidance = localized.library.guidance[result["disposition"]]
    because = [f"- because: {reason['text']} ({reason['id']})" for reason in result["reasons"]]
    steps = [f"- {step}" for step in guidance.steps_within(result["within_days"])]
    return "\n".join([guidance.title, guidance.running, *because, *steps, guidance.safety_net])
