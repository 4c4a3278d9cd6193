"""Commands for whoever hosts the bot: its database, the delivery of reminders, requests that arrive by mail."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Final, TypeVar

import typer

from bot.cli.copying import copy
from bot.clock import WallClock
from bot.delivery.config import DEFAULT
from bot.errors import StartError
from bot.logs import configure
from bot.privacy import PrivacyService, archive
from bot.settings import Settings, read_settings
from bot.storage.clubs import ErasedClub
from bot.storage.engine import Engine
from bot.storage.errors import KEYS, LIMBER, OnServer
from bot.storage.lease import DELIVERY, Lease, Leases
from bot.storage.reminders import Backlog, Reminders
from bot.storage.storage import Storage, open_databases, open_storage, prepare_databases

T = TypeVar("T")
LARGEST_ID: Final = 2**63 - 1  # of Discord's ids, and of SQLite's numbers
Person = Annotated[int, typer.Argument(help="The Discord id: a number of 17 to 19 digits.", min=1, max=LARGEST_ID)]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]

GRACE: Final = DEFAULT.grace // timedelta(minutes=1)
OFF: Final = (
    "Delivery is off: no reminder and no club post is sent. What falls due is kept. It is sent when delivery is on "
    f"again within {GRACE} minutes of its time, and written down as skipped after that."
)
SEALED: Final = ".sealed"  # how the name of an archive ends
MINUTE: Final = "%Y-%m-%d %H:%M UTC"

database = typer.Typer(help="The diary's database: upgrade, back up, restore, change the key.", no_args_is_help=True)
database.command()(copy)
delivery = typer.Typer(help="Whether reminders are being sent, and the switch for all of them.")


@database.command()
def upgrade() -> None:
    """Bring the database to this version of Limber; `limber run` does this by itself."""
    applied = [
        f"{file}: {migration}" for file, ids in asyncio.run(prepare_databases(_settings())).items() for migration in ids
    ]
    typer.echo("\n".join(applied) or "The database is up to date.")


@database.command()
def backup(
    to: Annotated[
        Path | None,
        typer.Option(help="Another folder, where all are kept; or NAME.sealed, an archive sealed with the host key."),
    ] = None,
    keys: Annotated[bool, typer.Option("--keys", help="Of the keys instead. Keep the newest archive alone.")] = False,
) -> None:
    """Copy the database while the bot runs: seven are kept, and one a month. The keys are not in it: keep them too."""
    from bot.storage.archive import seal
    from bot.storage.backup import back_up

    settings, now = _on_files("Back up each database apart, with pg_dump."), WallClock().now()
    if to is not None and to.suffix == SEALED:
        typer.echo(seal(settings, KEYS if keys else LIMBER, to, now))
    elif keys:
        raise StartError(f"Keys go into a sealed archive alone: limber db backup --keys --to FILE{SEALED}")
    else:
        typer.echo(asyncio.run(back_up(settings.data, now, to)))


@database.command()
def restore(file: Annotated[Path, typer.Argument(help="A backup or an archive made by limber db backup.")]) -> None:
    """Put a backup in the place of the database. Stop the bot first. Whoever was erased since stays erased."""
    from bot.storage.archive import is_archive, restore_keys, unsealed
    from bot.storage.restore import restore as put_back

    settings = _on_files("Restore into a folder, then carry it over: limber db copy FOLDER postgresql://…")
    if is_archive(file, KEYS):
        typer.echo(f"Restored, with the keys of {restore_keys(settings, file)} people.")
        return
    with unsealed(settings, file) as backup_file:
        restored = put_back(settings, backup_file, WallClock().now())
    typer.echo(f"Restored, with {restored.people} people in it.")
    if restored.removed:
        typer.echo(
            f"{restored.removed} more were left out, for nothing of theirs opens: erased since, or no entry yet."
        )
    if restored.aside:
        typer.echo(f"What was there before is kept as {restored.aside}; delete it when you are sure.")


@database.command("rotate-key")
def rotate_key(
    new_key_file: Annotated[
        Path | None, typer.Option(help="Where to write the new key, if LIMBER_KEY is used.")
    ] = None,
) -> None:
    """Change the host key, which wraps the key of every person. Stop the bot first."""
    from bot.storage.host_key import rotate

    settings = _on_files("Carry it into a folder with limber db copy, change the key there, and carry it back.")
    rotated = rotate(settings, new_key_file)
    file = rotated.file
    typer.echo(f"The keys of {rotated.people} people are wrapped with a new host key, which is in {file}.")
    if rotated.damaged:
        typer.echo(f"The keys of {rotated.damaged} more are damaged, open nothing, and were left as they are.")
    if settings.key is not None:
        typer.echo(f"Set LIMBER_KEY to what {file} holds before you start the bot, then delete the file.")
    elif new_key_file is not None:
        typer.echo(f"Set LIMBER_KEY_FILE={new_key_file} before you start the bot.")


@delivery.callback(invoke_without_command=True)
def show(context: typer.Context) -> None:
    """Whether reminders are being sent, who sends them, and how many are waiting."""
    if context.invoked_subcommand is None:
        now = WallClock().now()
        lease, backlog = _delivery_at(now)
        typer.echo(f"{OFF} On again: limber delivery on" if lease.halted else "Delivery is on.")
        typer.echo(_duty_text(lease, now))
        typer.echo(_backlog_text(backlog))


@delivery.command()
def off() -> None:
    """Stop sending, at once and until it is switched on again. The bot may be running."""
    _on_database(lambda opened: Leases(opened).halt(DELIVERY, halted=True))
    typer.echo(f"{OFF} What was on its way a second ago may still arrive. On again: limber delivery on")


@delivery.command()
def on() -> None:
    """Send again. The bot may be running."""
    now = WallClock().now()
    _on_database(lambda opened: Leases(opened).halt(DELIVERY, halted=False))
    lease, backlog = _delivery_at(now)
    typer.echo("Delivery is on. A running bot notices within seconds.")
    if not _is_on_duty(lease, now):
        typer.echo(_duty_text(lease, now))
    typer.echo(_backlog_text(backlog))


def export_user(
    person: Person,
    to: Annotated[Path | None, typer.Option(help="The file to write; a zip.")] = None,
) -> None:
    """A copy of everything that is kept about a person. It holds health data: hand it to that person alone."""
    everything = _on_storage(lambda *opened: _privacy(*opened).everything(person))
    if everything is None:
        typer.echo(f"Nothing is kept about {person}.")
        return
    file = to or Path(f"limber-{person}.zip")
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(archive(everything))
        except OSError:
            file.unlink()  # half a copy, on a full disk
            raise
    except OSError as error:
        raise StartError(f"{file} cannot be written ({error.strerror}). Name another one with --to.") from None
    typer.echo(f"{file}: {len(everything.checkins)} check-ins. It can be read by whoever gets the file.")


def erase_user(person: Person, yes: Yes = False) -> None:
    """Delete everything that is kept about a person, for good. The bot may be running."""
    if not yes:
        typer.confirm(f"Delete everything about {person}? It cannot be brought back", abort=True)
    erased = _on_storage(lambda *opened: _privacy(*opened).erase(person))
    if not erased.person:
        typer.echo(f"Nothing is kept about {person}.")
        return
    counts = ", ".join(f"{count} {kind}" for kind, count in erased.records.items()) or "no entries"
    typer.echo(f"Deleted for good: {counts}, the settings and the key.")


def erase_club(
    club: Annotated[
        int, typer.Argument(help="The server's Discord id: a number of 17 to 19 digits.", min=1, max=LARGEST_ID)
    ],
    yes: Yes = False,
) -> None:
    """Delete everything that is kept for a server: schedules, words, log, barometer. The bot may be running."""
    from bot.clubs.service import ClubService
    from bot.reminders.club_service import ClubReminderService

    if not yes:
        typer.confirm(f"Delete everything about the server {club}? It cannot be brought back", abort=True)
    clock = WallClock()

    async def erase(storage: Storage, _settings: Settings) -> ErasedClub:
        posts = ClubReminderService(storage, clock, lambda: None)
        return await ClubService(storage, posts, clock).erase(club, None)

    erased = _on_storage(erase)
    if not (erased.settings or erased.posts or erased.changes or erased.barometer):
        typer.echo(f"Nothing is kept about {club}.")
        return
    typer.echo(f"Deleted for good: {erased.posts} schedules, {erased.changes} lines of the log, and everything else.")


def _delivery_at(now: datetime) -> tuple[Lease, Backlog]:
    async def look(opened: Engine) -> tuple[Lease, Backlog]:
        return await Leases(opened).find(DELIVERY), await Reminders(opened).backlog(now)

    return _on_database(look)


def _is_on_duty(lease: Lease, now: datetime) -> bool:
    return lease.holder is not None and lease.until > now


def _duty_text(lease: Lease, now: datetime) -> str:
    if _is_on_duty(lease, now):
        return f"A bot is on duty until {lease.until:%H:%M:%S} UTC. While it runs it renews that every few seconds."
    if lease.holder is None:
        return "No bot is on duty. The last one was stopped, or there never was one."
    return f"No bot is on duty. The last one was cut off, or is stuck: its time was up at {lease.until:{MINUTE}}."


def _backlog_text(backlog: Backlog) -> str:
    if backlog.since is None:
        return "Nothing is waiting."
    return f"Waiting to be sent: {backlog.count}, the oldest since {backlog.since:{MINUTE}}."


def _privacy(storage: Storage, settings: Settings) -> PrivacyService:
    from bot.checkins.diary import OpenDiary
    from bot.checkins.person_diary import Terms

    clock = WallClock()
    diary = OpenDiary(storage, clock, Terms(settings.minimum_age, settings.keep_months))
    return PrivacyService(diary, storage, clock)


def _settings() -> Settings:
    settings = read_settings()
    configure(settings)
    return settings


def _on_files(instead: str) -> Settings:
    """For what is done to SQLite's files alone. Raises StartError on PostgreSQL, with what to do instead."""
    settings = _settings()
    if settings.server is not None:
        raise OnServer(instead)
    return settings


def _refuse_none(settings: Settings) -> None:
    """Raise StartError when this host has no database yet."""
    if settings.server is None and not (file := settings.data / LIMBER).exists():
        raise StartError(f"There is no {file}. Set LIMBER_DATA to the data folder of the bot.")


def _on_database(work: Callable[[Engine], Awaitable[T]]) -> T:
    """Do something with the database of this host, and close it again. No key is needed: nothing is opened with it."""
    settings = _settings()
    _refuse_none(settings)

    async def result() -> T:
        limber, keys = await open_databases(settings)
        try:
            return await work(limber)
        finally:
            await limber.close()
            await keys.close()

    return asyncio.run(result())


def _on_storage(work: Callable[[Storage, Settings], Awaitable[T]]) -> T:
    """Do something with the storage of this host, and close it again."""
    settings = _settings()
    _refuse_none(settings)

    async def result() -> T:
        async with await open_storage(settings) as storage:
            return await work(storage, settings)

    return asyncio.run(result())
