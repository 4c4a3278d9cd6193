"""`limber triage`: the symptom check in the terminal, for authors and for replaying a case."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.advice.freetext.findings import heard
from bot.advice.model import Pattern, RedFlag
from bot.cli.content import editions_for
from bot.triage.answers import Answer, Answers
from bot.triage.assessment import CANNOT_WAIT, assess
from bot.triage.case import BadCase, outcome, read_case
from bot.ui.locales import LocalizedContent

KEYS = {"y": Answer.YES, "n": Answer.NO, "?": Answer.UNSURE}


def triage(
    context: typer.Context,
    text: Annotated[str | None, typer.Option(help="What free text is recognised as; - reads lines.")] = None,
    flags: Annotated[str | None, typer.Option(help="List what is asked for an area.")] = None,
    answers: Annotated[str | None, typer.Option(help="Replay the case in this JSON file; - reads it.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """The symptom check: the same rules and the same content as on Discord. Without options it asks."""
    localized = editions_for(context).base
    try:
        if text is not None:
            for line in sys.stdin if text == "-" else [text]:
                typer.echo(json.dumps(_recognised(localized, line.rstrip("\n")), ensure_ascii=False))
        elif flags is not None:
            listed = list(_flags(localized, flags))
            typer.echo(json.dumps(listed, ensure_ascii=False) if as_json else "\n".join(map(_line, listed)))
        else:
            given = _asked(localized) if answers is None else _replayed(localized, answers)
            result = outcome(assess(localized.library, given))
            typer.echo(json.dumps(result, ensure_ascii=False) if as_json else _told(localized, result))
    except BadCase as error:
        typer.echo(f"limber: {error}", err=True)
        raise typer.Exit(2) from None


def _recognised(localized: LocalizedContent, text: str) -> dict[str, Any]:
    found = heard(text, localized.library, localized.alarms, localized.search)
    return {"at_least": found.at_least, "flags": list(found.flags), "areas": list(found.areas)}


def _flags(localized: LocalizedContent, name: str) -> Iterator[dict[str, Any]]:
    """Everything asked for an area, its own flags first."""
    library = localized.library
    found = localized.search.find(name)
    area = library.areas.get(name) or (found[0].area if found else None)
    if area is None:
        raise BadCase(f"There is no area {name}. There are: {', '.join(library.areas)}")
    own: tuple[RedFlag | Pattern, ...] = (*area.red_flags, *map(library.flag, area.also), *area.patterns)
    general: tuple[RedFlag | Pattern, ...] = (*library.general.red_flags, *library.general.patterns)
    for flag in (*own, *general):
        worse = [
            {"id": f"{flag.id}.{number}", "disposition": escalation.disposition, "ask": escalation.when}
            for number, escalation in enumerate(flag.escalations, start=1)
        ]
        asked = {"id": flag.id, "disposition": flag.disposition, "short": flag.short, "ask": flag.ask}
        yield {**asked, "general": flag not in own, "escalations": worse}


def _line(flag: dict[str, Any]) -> str:
    worse = "".join(f"\n      {part['id']:6} {part['disposition']:10} {part['ask']}" for part in flag["escalations"])
    return f"{flag['id']:6} {flag['disposition']:10} {flag['ask']}{worse}"


def _replayed(localized: LocalizedContent, file: str) -> Answers:
    try:
        raw = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
        return read_case(json.loads(raw), localized.library, localized.search)
    except (OSError, ValueError) as error:
        raise BadCase(f"{file} cannot be read as JSON ({error})") from None


def _asked(localized: LocalizedContent) -> Answers:
    """Ask in the terminal, what cannot wait first; a yes to that ends the questions."""
    found = localized.search.find(typer.prompt("Where does it hurt?"))
    if not found:
        raise BadCase(f"I do not know that place. There are: {', '.join(localized.library.areas)}")
    area = found[0].area
    flags: dict[str, Answer] = {}
    typer.echo("Answer y for yes, n for no, ? for not sure.")
    for sign in localized.library.signs(area):
        flags[sign.id] = KEYS[typer.prompt(sign.ask, value_proc=_key)]
        if sign.disposition in CANNOT_WAIT and flags[sign.id] is not Answer.NO:
            return Answers((area.id,), flags)
    age = typer.prompt("How old are you?", type=int)
    about = {m.id for m in localized.library.triage.modifiers if typer.confirm(f"{m.name}?", default=False)}
    pain = typer.prompt("Pain now, 0 to 10?", type=int)
    clues = {clue.id for clue in area.clues if typer.confirm(clue.ask, default=False)}
    return Answers((area.id,), flags, None, min(max(pain, 0), 10), frozenset(clues), age, frozenset(about))


def _key(value: str) -> str:
    if value.strip().casefold() not in KEYS:
        raise typer.BadParameter("y, n or ?")
    return value.strip().casefold()


def _told(localized: LocalizedContent, result: dict[str, Any]) -> str:
    if result["disposition"] is None:
        return f"Not answered yet, and it cannot be left open: {', '.join(result['unanswered'])}"
    guidance = localized.library.guidance[result["disposition"]]
    because = [f"- because: {reason['text']} ({reason['id']})" for reason in result["reasons"]]
    steps = [f"- {step}" for step in guidance.steps]
    return "\n".join([guidance.title, guidance.running, *because, *steps, guidance.safety_net])
