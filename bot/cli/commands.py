"""The commands of `limber`, as its parser knows them."""

from typing import Annotated

import typer

from bot import __version__
from bot.cli import content, hosting, run, say, triage, watching

app = typer.Typer(
    name="limber",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (
    run.run,
    run.demo,
    say.say,
    content.search,
    triage.triage,
    content.check,
    content.schema,
    content.figure,
    run.sync,
    watching.doctor,
    watching.status,
):
    app.command()(command)
app.command("export-user")(hosting.export_user)
app.command("erase-user")(hosting.erase_user)
app.command("erase-club")(hosting.erase_club)
app.add_typer(hosting.database, name="db")
app.add_typer(hosting.delivery, name="delivery")


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"limber {__version__}")
        raise typer.Exit


@app.callback()
def limber(
    _version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_show_version, help="Print the version.")
    ] = False,
) -> None:
    """Limber: what to do when it hurts, for running clubs on Discord."""
