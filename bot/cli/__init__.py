"""The command line: `limber run` goes straight to the bot, all else through the parser of commands."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NoReturn

from bot.advice.problem import ContentError
from bot.cli.starting import start
from bot.collector import collector_paused
from bot.errors import StartError
from bot.settings import read_settings
from bot.ui.locales import Locales

RUN: Final = ["run"]
INTERRUPTED: Final = 130  # the exit code of a program that Ctrl-C ended


def main(arguments: Sequence[str] | None = None, locales: Locales | None = None) -> None:
    """What `limber` starts. What stops it is one line and an exit code, never a traceback.

    Without `arguments` it takes those of the process; with `locales` commands read no content of their own.
    """
    typed = sys.argv[1:] if arguments is None else [*arguments]
    try:
        if typed == RUN:  # the parser, and what other commands need, would stay in memory as long as the bot runs
            start(read_settings(), locales)
        else:
            with collector_paused():
                from bot.cli.commands import app
            app(typed, obj=locales)
    except StartError as error:
        _end(str(error), error.exit_code)
    except ContentError as error:
        first = error.problems[0].seen_from(Path.cwd())
        _end(f"The content cannot be used. {first} (limber check shows all {len(error.problems)})")
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None


def _end(reason: str, code: int = 1) -> NoReturn:
    from typer import secho

    secho(f"limber: {reason}", err=True, fg="red")
    raise SystemExit(code)
