"""`limber db`: the diary's database, for whoever hosts the bot."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.clock import WallClock
from bot.logs import configure
from bot.settings import Settings, read_settings

app = typer.Typer(help="The diary's database: upgrade, back up, restore, change the key.", no_args_is_help=True)


@app.command()
def upgrade() -> None:
    """Bring the database to this version of Limber; `limber run` does this by itself."""
    from bot.storage.storage import prepare

    applied = [f"{file}: {migration}" for file, ids in prepare(_settings().data).items() for migration in ids]
    typer.echo("\n".join(applied) or "The database is up to date.")


@app.command()
def backup(
    to: Annotated[Path | None, typer.Option(help="Another folder; there, all backups are kept.")] = None,
) -> None:
    """Copy the database while the bot runs. The last seven are kept. The keys are not in it: keep those apart."""
    from bot.storage.backup import back_up

    settings = _settings()
    typer.echo(asyncio.run(back_up(settings.data, WallClock().now(), to)))


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="A backup made by limber db backup.")]) -> None:
    """Put a backup in the place of the database. Stop the bot first. Whoever was erased since stays erased."""
    from bot.storage.backup import restore as put_back

    done = put_back(_settings().data, file, WallClock().now())
    typer.echo(f"Restored, with {done.people} people in it.")
    if done.removed:
        typer.echo(f"{done.removed} more have no key here, erased since the backup was made: they were left out.")
    if done.aside:
        typer.echo(f"What was there before is kept as {done.aside}; delete it when you are sure.")


@app.command("rotate-key")
def rotate_key(
    new_key_file: Annotated[
        Path | None, typer.Option(help="Where to write the new key, if LIMBER_KEY is used.")
    ] = None,
) -> None:
    """Change the host key, which wraps the key of every person. Stop the bot first."""
    from bot.storage.host_key import rotate

    settings = _settings()
    people, file = rotate(settings, new_key_file)
    typer.echo(f"The keys of {people} people are wrapped with a new host key, which is in {file}.")
    if settings.key is not None:
        typer.echo(f"Set LIMBER_KEY to what {file} holds before you start the bot, then delete the file.")
    elif new_key_file is not None:
        typer.echo(f"Set LIMBER_KEY_FILE={new_key_file} before you start the bot.")


def _settings() -> Settings:
    settings = read_settings()
    configure(settings)
    return settings
