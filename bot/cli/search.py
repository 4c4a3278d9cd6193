"""`limber search`: which pages words lead to."""

import json
from typing import Annotated

import typer

from bot.cli.content import editions_for

CANNOT_WAIT = {"crisis", "emergency", "urgent"}


def search(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="What somebody might type.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print a list of objects with id and score.")] = False,
) -> None:
    """Which pages words lead to; nothing when it should not guess, or the words cannot wait. As JSON, areas alone."""
    localized = editions_for(context).base
    alarms = localized.alarms.raised_by(text)
    found = localized.search.find(text)
    if as_json:
        waits = not any(alarm.kind in CANNOT_WAIT for alarm in alarms)
        typer.echo(json.dumps([{"id": match.area.id, "score": match.score} for match in found if waits]))
        return
    for alarm in alarms:
        typer.echo(f"{alarm.kind}: {alarm.say}")
    for match in found:
        typer.echo(f"{match.score:.2f}  {match.area.id}  {match.area.title}")
    pages = localized.search.lead(text)
    for page in pages:
        typer.echo(f"/pain  {page.id}  {page.name}")
    if not pages and not alarms:
        typer.echo("I do not know that one.")
