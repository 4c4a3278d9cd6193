"""The command line."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot import __version__
from bot.advice.problem import ContentError
from bot.cli import content, hosting, run, say, triage, watching
from bot.errors import StartError
from bot.ui.locales import Locales

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


def main(arguments: Sequence[str] | None = None, locales: Locales | None = None) -> None:
    """What `limber` starts. What stops it is one line and an exit code, never a traceback.

    Without `arguments` it takes those of the process; with `locales` commands read no content of their own.
    """
    try:
        app(arguments, obj=locales)
    except StartError as error:
        _end(str(error), error.exit_code)
    except ContentError as error:
        first = error.problems[0].seen_from(Path.cwd())
        _end(f"The content cannot be used. {first} (limber check shows all {len(error.problems)})")


def _end(reason: str, code: int = 1) -> NoReturn:
    typer.secho(f"limber: {reason}", err=True, fg="red")
    raise SystemExit(code)
