"""What the doctor finds on this machine: settings, content, disk, database, keys, backups, each with its mend."""

import asyncio
import shutil
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot import __version__
from bot.advice.problem import ContentError
from bot.errors import StartError
from bot.settings import Server, Settings
from bot.storage.backup import BACKUP_INTERVAL, last_backup
from bot.storage.database import address, explaining
from bot.storage.errors import KEYS, LIMBER, requiring_asyncpg
from bot.storage.folder import backups, refuse_incomplete
from bot.storage.host_key import concerns, host_key, stored_fingerprint
from bot.storage.schema import made, pending
from bot.ui.locales import Locales

ROOM: Final = 500_000_000  # bytes: the seven backups of a large club, and a migration's copy
OLDEST_BACKUP: Final = 2 * BACKUP_INTERVAL


class Level(StrEnum):
    """How a check came out."""

    FINE = "ok"
    HINT = "hint"  # the bot runs, and the host may want to know
    FAULT = "FAULT"


@dataclass(frozen=True, slots=True)
class HostCheck:
    """One check: what it looked at, what it saw, and how to mend that."""

    about: str
    saw: str
    level: Level = Level.FINE
    mend: str = ""


def fault(about: str, saw: str, mend: str) -> HostCheck:
    """A check that makes the doctor fail, until `mend` is done."""
    return HostCheck(about, saw, Level.FAULT, mend)


def hint(about: str, saw: str, mend: str) -> HostCheck:
    """A check that the host may want to act on; the bot runs without."""
    return HostCheck(about, saw, Level.HINT, mend)


def on_this_machine(settings: Settings, locales: Locales | None, now: datetime) -> Iterator[HostCheck]:
    """Everything that needs no network. Changes nothing."""
    yield HostCheck("version", f"limber {__version__}, Python {sys.version.split()[0]}")
    yield _token(settings)
    yield _content(settings, locales)
    yield _zones()
    try:
        yield _disk(settings.data)
        yield from _storage(settings, now)
    except OSError as error:
        mend = "run this as the bot's user, and look to whom the folder belongs"
        yield fault("data folder", f"{settings.data} cannot be looked into ({error.strerror})", mend)


def _token(settings: Settings) -> HostCheck:
    if settings.discord_token is None or not settings.discord_token.get_secret_value().strip():
        return fault("token", "there is none", "put DISCORD_TOKEN=… into the environment or into .env")
    return HostCheck("token", "there is one")


def _content(settings: Settings, locales: Locales | None) -> HostCheck:
    try:
        library = (locales or Locales(settings.content)).base.library
    except ContentError as error:
        return fault("content", error.problems[0].seen_from(Path.cwd()), f"limber check {settings.content}")
    return HostCheck("content", f"{library.version}, {len(library.areas)} areas")


def _zones() -> HostCheck:
    try:
        ZoneInfo("Europe/Berlin")
    except ZoneInfoNotFoundError:
        return fault("time zones", "there are no data about them", "pip install tzdata")
    return HostCheck("time zones", "there are data about them")


def _disk(data: Path) -> HostCheck:
    folder = next(folder for folder in (data, *data.absolute().parents) if folder.is_dir())
    free = shutil.disk_usage(folder).free
    if free < ROOM:
        return fault("disk", f"{free // 10**6} MB are free at {folder}", f"make room: at least {ROOM // 10**6} MB")
    return HostCheck("disk", f"{free // 10**9} GB are free")


def _storage(settings: Settings, now: datetime) -> Iterator[HostCheck]:
    if settings.server is not None:
        yield from _server(settings, settings.server)
        return
    files = [settings.data / name for name in (LIMBER, KEYS)]
    if not any(file.exists() for file in files):
        yield HostCheck("database", f"none yet in {settings.data}; the first start makes it")
        return
    try:
        refuse_incomplete(settings.data)
        waiting = [step for file in files for step in pending(file, file.name)]
        fingerprint = _fingerprint(settings.data / KEYS)
    except StartError as error:
        yield fault("database", str(error), "see docs/self-hosting.md, When it does not start")
        return
    yield _database(waiting)
    yield from _key(settings, fingerprint)
    yield _backup(settings, files[0], now)


def _server(settings: Settings, server: Server) -> Iterator[HostCheck]:
    try:
        with requiring_asyncpg():
            from bot.storage.postgres_schema import inspect  # noqa: PLC0415
        waiting, fingerprint = asyncio.run(inspect(*server))
    except StartError as error:
        yield fault("database", str(error), "see docs/self-hosting.md, On PostgreSQL")
        return
    yield _database(waiting)
    yield from _key(settings, fingerprint)
    yield HostCheck("backup", "yours to make: pg_dump of each database apart, and not to one place")


def _database(waiting: Sequence[str]) -> HostCheck:
    state = f"good; the next start applies {', '.join(waiting)}" if waiting else "good, up to date"
    return HostCheck("database", state)


def _fingerprint(keys: Path) -> str | None:
    with explaining(keys), closing(sqlite3.connect(address(keys), uri=True)) as connection:
        return stored_fingerprint(connection)


def _key(settings: Settings, fingerprint: str | None) -> Iterator[HostCheck]:
    if fingerprint is None:
        yield HostCheck("host key", "none yet; the first start makes it")
        return
    try:
        worries = concerns(settings, host_key(settings, fingerprint))
    except StartError as error:
        yield fault("host key", str(error), "see docs/self-hosting.md, The host key")
        return
    for worry in worries:
        yield fault("host key", worry, "as it says")
    if not worries:
        yield HostCheck("host key", "the right one, and nobody else can read it")


def _backup(settings: Settings, database: Path, now: datetime) -> HostCheck:
    last = last_backup(backups(settings.data), now)
    if last is not None and now - last <= OLDEST_BACKUP:
        return HostCheck("backup", f"the newest is of {last:%Y-%m-%d %H:%M} UTC")
    since = made(database)
    if last is None and (since is None or now - since < BACKUP_INTERVAL + timedelta(hours=1)):
        return HostCheck("backup", "none yet; a running bot makes the first within a quarter of an hour")
    saw = f"the newest is of {last:%Y-%m-%d %H:%M} UTC" if last else "there is none"
    return fault("backup", saw, "limber db backup; and look for “a maintenance job failed” in the log")


def failed(checks: Sequence[HostCheck]) -> bool:
    """Whether any of them is a fault; a hint is none."""
    return any(check.level is Level.FAULT for check in checks)
