"""`limber search`: which areas words lead to."""

import json
from typing import Annotated

import typer

from bot.settings import read_settings
from bot.ui.editions import Editions


def search(
    text: Annotated[str, typer.Argument(help="What somebody might type.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print a list of objects with id and score.")] = False,
) -> None:
    """Which areas words lead to; nothing when it should not guess."""
    edition = Editions(read_settings().content).base
    found = [{"id": match.area.id, "score": match.score} for match in edition.search.find(text)]
    if as_json:
        typer.echo(json.dumps(found))
        return
    alarms = edition.alarms.raised_by(text)
    for alarm in alarms:
        typer.echo(f"{alarm.kind}: {alarm.say}")
    for match in edition.search.find(text):
        typer.echo(f"{match.score:.2f}  {match.area.id}  {match.area.title}")
    if not found and not alarms:
        typer.echo("I do not know that one.")
