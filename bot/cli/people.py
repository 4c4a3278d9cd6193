"""`limber export-user`, `erase-user` and `erase-club`: for requests that reach the host by mail."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot.errors import StartError
from bot.privacy import PrivacyService
from bot.settings import read_settings

if TYPE_CHECKING:  # heavy, and most commands go without
    from bot.storage.clubs import ErasedClub
    from bot.storage.storage import Storage

Person = Annotated[int, typer.Argument(help="The Discord id: a number of 17 to 20 digits.", min=1)]
T = TypeVar("T")


def export_user(
    person: Person,
    to: Annotated[Path | None, typer.Option(help="The file to write; a zip.")] = None,
) -> None:
    """A copy of everything that is kept about a person. It holds health data: hand it to that person alone."""
    from bot.privacy import archive

    everything = _with(lambda privacy: privacy.everything(person))
    if everything is None:
        typer.echo(f"Nothing is kept about {person}.")
        return
    file = to or Path(f"limber-{person}.zip")
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(archive(everything))
    except OSError as error:
        raise StartError(f"{file} cannot be written ({error.strerror}). Name another one with --to.") from None
    typer.echo(f"{file}: {len(everything.checkins)} check-ins. It can be read by whoever gets the file.")


def erase_user(
    person: Person,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete everything that is kept about a person, for good. The bot may be running."""
    if not yes:
        typer.confirm(f"Delete everything about {person}? It cannot be brought back", abort=True)
    gone = _with(lambda privacy: privacy.erase(person))
    if not gone.person:
        typer.echo(f"Nothing is kept about {person}.")
        return
    counts = ", ".join(f"{count} {kind}" for kind, count in gone.records.items()) or "no entries"
    typer.echo(f"Deleted for good: {counts}, the settings and the key.")


def erase_club(
    club: Annotated[int, typer.Argument(help="The server's Discord id: a number of 17 to 20 digits.", min=1)],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete everything that is kept for a server: schedules, words, log, barometer. The bot may be running."""

    from bot.clock import WallClock
    from bot.clubs.service import ClubService
    from bot.reminders.club_service import ClubReminderService

    if not yes:
        typer.confirm(f"Delete everything about the server {club}? It cannot be brought back", abort=True)

    async def erased(storage: "Storage") -> "ErasedClub":
        clock = WallClock()
        posts = ClubReminderService(storage, clock, lambda: None)
        return await ClubService(storage, posts, clock).erase(club, None)

    gone = _on_storage(erased)
    if not (gone.settings or gone.posts or gone.changes or gone.barometer):
        typer.echo(f"Nothing is kept about {club}.")
        return
    typer.echo(f"Deleted for good: {gone.posts} schedules, {gone.changes} lines of the log, and everything else.")


def _with(work: Callable[[PrivacyService], Awaitable[T]]) -> T:
    """Do something with what is kept about people."""
    from bot.checkins.diary import OpenDiary
    from bot.checkins.errors import Terms
    from bot.clock import WallClock

    settings = read_settings()

    async def done(storage: "Storage") -> T:
        terms = Terms(settings.minimum_age, settings.keep_months)
        diary = OpenDiary(storage, WallClock(), terms)
        return await work(PrivacyService(diary, storage, (), WallClock()))

    return _on_storage(done)


def _on_storage(work: Callable[["Storage"], Awaitable[T]]) -> T:
    """Do something with the storage of this host, and close it again."""
    from bot.storage.errors import LIMBER
    from bot.storage.storage import open_storage

    settings = read_settings()
    if not (file := settings.data / LIMBER).exists():
        raise StartError(f"There is no {file}. Set LIMBER_DATA to the data folder of the bot.")

    async def done() -> T:
        async with await open_storage(settings) as storage:
            return await work(storage)

    return asyncio.run(done())
