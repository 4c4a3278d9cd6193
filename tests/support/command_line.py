"""`limber`, as somebody types it, in this process: what takes time is starting Python and reading the content."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from subprocess import CompletedProcess

import structlog
from typer.testing import CliRunner

from bot.cli import main
from bot.ui.locales import Locales


def limber(*arguments: str, typed: str = "", locales: Locales | None = None) -> CompletedProcess[str]:
    """How it ended and what it printed. With `locales` it serves those, and else reads the content as ever."""
    code: object = 0
    with _logs_kept(), CliRunner().isolation(typed) as (out, err, *_):
        try:
            main(arguments, locales)
        except SystemExit as ending:
            code = ending.code
        sys.stdout.flush()
        sys.stderr.flush()
        said, complained = (stream.getvalue().decode() for stream in (out, err))
    return CompletedProcess(["limber", *arguments], int(code or 0), said, complained)


@contextmanager
def _logs_kept() -> Iterator[None]:
    """The command line sets up logs for a process of its own; afterwards those of the tests are back."""
    root, configured = logging.getLogger(), structlog.get_config()
    handlers, level = [*root.handlers], root.level
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        structlog.configure(**configured)
