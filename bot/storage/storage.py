"""The storage, opened as one: people, what they logged, their reminders, what seals it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NoReturn, Self, cast

import structlog

from bot.clock import WallClock
from bot.errors import LimberError
from bot.observer import SILENT, Observer
from bot.settings import Settings
from bot.storage.backup import copy_now
from bot.storage.barometer import Barometers
from bot.storage.clubs import Changes, Clubs, Posts
from bot.storage.database import Database
from bot.storage.engine import Engine
from bot.storage.errors import KEYS, LIMBER, requiring_asyncpg
from bot.storage.files import make_folder
from bot.storage.folder import count, refuse_incomplete
from bot.storage.host_key import concerns, host_key
from bot.storage.lease import Leases
from bot.storage.occurrences import Occurrences
from bot.storage.people import People, RecordKind, Records
from bot.storage.reminders import Reminders
from bot.storage.schema import pending, upgrade
from bot.storage.sql import load
from bot.storage.vault import KEYS_IN_MEMORY, Vault

log = structlog.get_logger("limber.storage")


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure took away, for the receipt."""

    person: bool  # whether there was anything at all
    records: Mapping[RecordKind, int]
    reminders: int = 0


class Storage:
    """The repositories and the vault, and what must happen to both files together."""

    def __init__(self, limber: Engine, keys: Engine, vault: Vault) -> None:
        self.limber, self.keys = limber, keys
        self.people, self.records, self.vault = People(limber), Records(limber), vault
        self.reminders, self.occurrences, self.leases = Reminders(limber), Occurrences(limber), Leases(limber)
        self.clubs, self.changes, self.posts = Clubs(limber), Changes(limber), Posts(limber)
        self.barometer = Barometers(limber)
        self._queries = load("keys")
        self._lock = asyncio.Lock()  # one consent or erasure at a time

    async def consent(self, person: int, version: int, at: datetime) -> None:
        """Somebody agrees, for the first time or again: from now on there is a key and a row of them."""
        async with self._lock:
            await self.vault.create(person)
            while not await self._consented(person, version, at):
                await self._finish([person])
                await self.vault.create(person)

    async def erase(self, person: int) -> Erased:
        """Everything about a person, backups included: from its first step on nothing sealed for them can be read.

        Crash-safe: the key goes first, together with a note that the rows are to follow; `open_storage` finishes
        what was cut short. Afterwards no byte of it is left in either file or log.
        """
        async with self._lock:
            counts, reminders = await self.records.count(person), await self.reminders.count(person)
            had_key = await self.vault.destroy(person)
            had_row = await self._finish([person])
        return Erased(had_key or had_row, counts, reminders)

    async def erase_unused(self, since: datetime) -> int:
        """Everything about each who has not used the bot since then; returns how many that were.

        Whoever comes back in the meantime stays: that they are due is seen, and acted upon, while nobody else writes.
        The files are cleaned once for all of them.
        """
        erased = 0
        for person in await self.people.unused_since(since):
            # the turn ends before the deletion does: the key goes first
            async with self._lock, AsyncExitStack() as deletion, self.vault.turn() as turn:
                if await deletion.enter_async_context(self.people.forgetting(person, since)):
                    await self.vault.destroy_in(turn, person)
                    erased += 1
        await self.finish_erasures()
        return erased

    async def finish_erasures(self) -> None:
        """Those that a sweep began, and those that a crash, or a full disk, cut short."""
        async with self._lock:
            if people := await self._erasures():
                await self._finish(people)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """To be done in any case: a thread a connection would otherwise keep the process from ending."""
        await self.limber.close()
        await self.keys.close()

    async def scrub(self, ids: Sequence[int]) -> None:
        """After everything of these people or clubs was deleted: write over what is left of them in limber.db.

        The pages are given back; only where an id is still found between the rows of others, more is written anew.
        """
        await self._cleaned(self.limber, self.limber.release)
        if await self.limber.may_hold(ids):
            await self._cleaned(self.limber, self.limber.rebuild_indexes)
            moderators = await self.changes.moderators()  # their number is to stay, in the log of a club
            if await self.limber.may_hold([id_ for id_ in ids if id_ not in moderators]):
                await self._cleaned(self.limber, self.limber.rewrite)

    async def _erasures(self) -> list[int]:
        return [row["person_id"] for row in await self.keys.fetch_all(self._queries.erasures)]

    async def _consented(self, person: int, version: int, at: datetime) -> bool:
        """False, and there is no row, where there is no key: an erasure is unfinished, or came in between."""
        async with self.vault.turn() as turn:
            if has_key := await self.vault.has_key(turn, person):
                await self.people.consent(person, version, at)
        return has_key

    async def _finish(self, people: Sequence[int]) -> bool:
        forgotten = [await self._forget(person) for person in people]
        await self.scrub(people)
        await self._cleaned(self.keys, self.keys.rewrite)
        for person in people:
            await self._forget(person, note=True)
        await self._cleaned(self.keys, self.keys.rewrite)  # the notes had their ids in them
        return any(forgotten)

    async def _forget(self, person: int, *, note: bool = False) -> bool:
        """The rows, and the note that they are to go; but of whoever has a key again, whom another process let in."""
        async with self.vault.turn() as turn:
            if await self.vault.has_key(turn, person):
                return False
            if note:
                await self._queries.erasure_is_done(turn, person=person)
            return await self.people.forget(person)

    async def _cleaned(self, database: Engine, clean: Callable[[], Awaitable[bool]]) -> None:
        if not await clean():
            log.warning("what was deleted may linger in a log until the next start", file=database.name)


class NoStorage:
    """In the place of a Storage where there is no database: whatever is asked of it raises one error."""

    def __init__(self, error: type[LimberError]) -> None:
        self._error = error

    def __getattr__(self, _name: str) -> NoReturn:
        raise self._error


def opened_or(storage: Storage | None, error: type[LimberError]) -> Storage:
    """The storage there is, else one that raises this error whatever is asked of it."""
    return storage or cast("Storage", NoStorage(error))


async def open_storage(settings: Settings, observer: Observer = SILENT) -> Storage:
    """Open the databases of this host, or make them: schema, host key, unfinished erasures. To be closed again.

    Raises StorageError, one sentence with the way out; nothing is overwritten then.
    """
    limber, keys = await open_databases(settings, observer)
    async with AsyncExitStack() as opened:
        opened.push_async_callback(keys.close)
        opened.push_async_callback(limber.close)
        queries = load("keys")
        fingerprint = await keys.fetch_one(queries.fingerprint)
        key = host_key(settings, fingerprint)
        if fingerprint is None:
            await keys.execute(queries.set_fingerprint, fingerprint=key.fingerprint)
            key = host_key(settings, await keys.fetch_one(queries.fingerprint))
        for concern in concerns(settings, key):
            log.warning(concern)
        remembers = KEYS_IN_MEMORY if settings.cluster is None else 0
        storage = Storage(limber, keys, Vault(keys, key.secret, remembers=remembers))
        await storage.finish_erasures()
        opened.pop_all()
    return storage


async def open_databases(settings: Settings, observer: Observer = SILENT) -> tuple[Engine, Engine]:
    """The entries and the keys, up to date, on whichever engine this host has chosen. Raises StorageError."""
    await prepare_databases(settings)
    async with AsyncExitStack() as opened:
        keys = await _opened(settings, KEYS)  # first: `restore` holds this one while it swaps the other
        opened.push_async_callback(keys.close)
        limber = await _opened(settings, LIMBER, observer)
        opened.pop_all()
    return limber, keys


async def _opened(settings: Settings, name: str, observer: Observer = SILENT) -> Engine:
    if settings.server is None:
        return await Database.open(settings.data / name, observer)
    with requiring_asyncpg():
        from bot.storage.postgres import PostgresDatabase  # noqa: PLC0415

    return await PostgresDatabase.open(settings.server.keys if name == KEYS else settings.server.database, observer)


async def prepare_databases(settings: Settings) -> dict[str, list[str]]:
    """As `prepare`, on whichever engine this host has chosen. Raises StorageError."""
    if settings.server is None:
        return await asyncio.to_thread(prepare, settings.data)
    with requiring_asyncpg():
        from bot.storage.postgres_schema import prepare as prepare_server  # noqa: PLC0415
    await asyncio.to_thread(make_folder, settings.data)
    return await prepare_server(*settings.server)


def prepare(data: Path) -> dict[str, list[str]]:
    """Both files there and up to date, after a backup; which migrations each needed.

    Raises StorageError when one is missing.
    """
    refuse_incomplete(data)
    make_folder(data)
    limber = data / LIMBER
    needed = {path: pending(path, path.name) for path in (data / KEYS, limber)}
    if needed[limber] and count(limber, "person") is not None:  # the way back; a copy of keys.db would undo erasures
        copy_now(limber, WallClock().now())
    for path, migrations in needed.items():
        if migrations:
            upgrade(path, path.name)
    return {path.name: migrations for path, migrations in needed.items()}
