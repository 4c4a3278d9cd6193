"""`limber demo`: the bot in a browser, without an account."""

import asyncio
from typing import Annotated

import typer

from bot.errors import StartError
from bot.logs import configure
from bot.settings import read_settings


def demo(
    port: Annotated[int, typer.Option(help="Where the start page is served, on this machine only.")] = 8765,
) -> None:
    """Try the bot in the browser: a small club, two runners and a moderator. Ctrl-C ends it."""
    settings = read_settings().model_copy(update={"log": "error"})
    configure(settings)
    try:
        from bot.demo.page import serve
    except ModuleNotFoundError as error:
        raise StartError(f"The demo needs one more package ({error.name}): pip install 'simcord[preview]'") from None
    try:
        asyncio.run(serve(settings, port, announce=typer.echo))
    except KeyboardInterrupt:
        typer.echo("Bye.")
