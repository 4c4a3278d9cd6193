"""`limber run`, `limber sync` and `limber demo`: the bot on Discord, its commands there, the bot in a browser."""

import asyncio
from typing import Annotated

import typer

from bot.cli.starting import start, token_of
from bot.errors import StartError
from bot.logs import configure
from bot.settings import read_settings


def run(
    context: typer.Context,
    cluster: Annotated[
        str | None, typer.Option(help="A share of the shards, such as 2/4. Needs PostgreSQL.", metavar="I/N")
    ] = None,
) -> None:
    """Run the bot. Needs DISCORD_TOKEN in the environment or in a .env file."""
    start(read_settings(cluster=cluster), context.obj)


def sync(
    context: typer.Context, force: Annotated[bool, typer.Option(help="Even when nothing has changed.")] = False
) -> None:
    """Publish the commands to Discord, if their definition changed; `limber run` does this by itself."""
    from bot.cli.serving import publish

    settings = read_settings()
    configure(settings)
    publish(settings, token_of(settings), context.obj, force=force)
    typer.echo("Discord knows the current commands.")


def without_extra(extra: str, error: ModuleNotFoundError) -> StartError:
    """What to say when a package of an extra is not there."""
    return StartError(f"This needs one more package ({error.name}): pip install 'limber[{extra}]'")


def demo(
    port: Annotated[int, typer.Option(help="Where the page is served, on this machine only.", min=0, max=65535)] = 8765,
) -> None:
    """Try the bot in the browser: a small club, two runners and a moderator. Ctrl-C ends it."""
    settings = read_settings().model_copy(update={"log": "error"})
    configure(settings)
    try:
        from bot.demo.page import serve
    except ModuleNotFoundError as error:
        raise without_extra("demo", error) from None
    try:
        asyncio.run(serve(settings, port, announce=typer.echo))
    except KeyboardInterrupt:
        typer.echo("Bye.")
