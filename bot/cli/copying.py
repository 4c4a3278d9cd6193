"""`limber db copy`: an installation from SQLite to PostgreSQL, or back."""

import asyncio
import sys
from typing import Annotated

import typer

from bot.logs import configure
from bot.settings import read_settings


def copy(
    source: Annotated[str, typer.Argument(help="The data folder, or the postgresql://… address of the entries.")],
    target: Annotated[str, typer.Argument(help="The other one of the two, empty.")],
    keys_url: Annotated[
        str | None, typer.Option(help="The address of the keys on PostgreSQL, if it is not LIMBER_KEYS_URL.")
    ] = None,
) -> None:
    """Carry everything from SQLite to PostgreSQL, or back. Stop the bot first. The source stays as it is."""
    from bot.storage.copying import carry, named

    settings = read_settings()
    configure(settings)
    keys = keys_url or (settings.server and settings.server.keys)
    with typer.progressbar(length=1, label="Copying", file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        rows = asyncio.run(carry(named(settings, source, keys), named(settings, target, keys), progress))
    typer.echo(f"Copied, and counted on both sides: {rows} rows. The host key is not among them: keep using it.")
