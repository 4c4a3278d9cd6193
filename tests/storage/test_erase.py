"""Erasing a person: nothing is left, nobody else is touched, and a crash at any moment changes neither."""

import random
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path

import aiosqlite
import pytest

from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.errors import DiskFull, NoKey, UnknownPerson
from bot.storage.people import RecordKind
from bot.storage.storage import Erased, Storage, open_storage
from tests.storage.given import ANA, BEN, MINUTE, NOON, keep, opened, record

CROWD = range(1_200_000_000_000_000_000, 1_200_000_000_000_000_020)


@pytest.fixture
async def storage(storage: Storage) -> Storage:
    """With a check-in of Ana's and one of Ben's."""
    for person, name in ((ANA, "a" * 32), (BEN, "b" * 32)):
        await storage.consent(person, 1, NOON)
        await storage.people.set_zone(person, f"Zone/{person}")
        await keep(storage, person, name, b"%d: hip 4" % person)
    return storage


def traces(folder: Path, person: int, *more: bytes) -> list[str]:
    """Where something of this person is still to be found."""
    canaries = (person.to_bytes(8), varint(person), f"Zone/{person}".encode(), *more)
    return [
        f"{file.name}: {canary!r}"
        for file in sorted(folder.iterdir())
        for canary in canaries
        if canary in file.read_bytes()
    ]


def varint(number: int) -> bytes:
    """How SQLite writes a large `integer primary key`: eight bytes of seven bits, then one of eight."""
    return bytes(0x80 | number >> shift & 0x7F for shift in range(57, 7, -7)) + bytes([number & 0xFF])


def wrapped(folder: Path, person: int) -> bytes:
    with closing(sqlite3.connect(folder / "keys.db")) as connection:
        return connection.execute("select wrapped from person_key where person_id = ?", (person,)).fetchone()[0]


def unfinished(folder: Path) -> list[int]:
    """Whose erasure is still to be finished."""
    with closing(sqlite3.connect(folder / "keys.db")) as connection:
        return [person for (person,) in connection.execute("select person_id from erasure order by person_id")]


async def test_everything_of_one_person_goes_and_nothing_of_another(storage: Storage, host: Settings) -> None:
    await keep(storage, ANA, "c" * 32, b"how was the week", kind=RecordKind.WEEKLY)
    bens = await storage.records.of_person(BEN)
    erased = await storage.erase(ANA)
    assert erased == Erased(person=True, records={RecordKind.CHECKIN: 1, RecordKind.WEEKLY: 1})
    assert await storage.people.find(ANA) is None
    assert await storage.records.of_person(ANA) == []
    with pytest.raises(NoKey):
        await storage.vault.seal(ANA, b"", b"")
    assert await storage.records.of_person(BEN) == bens
    assert await opened(storage, bens[0]) == b"%d: hip 4" % BEN


async def test_erasing_nobody_is_no_error(storage: Storage) -> None:
    await storage.erase(ANA)
    assert await storage.erase(ANA) == Erased(person=False, records={})


async def test_what_comes_too_late_is_not_kept(storage: Storage) -> None:
    late = record("late")
    await storage.erase(ANA)
    with pytest.raises(UnknownPerson):
        await storage.records.add(late)


async def test_whoever_comes_back_starts_anew(storage: Storage) -> None:
    await storage.erase(ANA)
    await storage.consent(ANA, 2, NOON + MINUTE)
    kept = await keep(storage, ANA, "d" * 32, b"hip 1")
    assert await storage.records.of_person(ANA) == [kept]
    assert await opened(storage, kept) == b"hip 1"


async def test_no_byte_is_left_in_any_file(storage: Storage, host: Settings) -> None:
    """With a crowd in the files, so that rows have moved between pages, where `secure_delete` leaves copies."""
    chance = random.Random(7)  # noqa: S311
    for person in CROWD:
        await storage.consent(person, 1, NOON)
        await storage.people.set_zone(person, f"Zone/{person}")
    async with storage.limber.writing() as connection:
        for number in range(2000):
            person = chance.choice(CROWD)
            row = (f"{person}:{number}", person, NOON.minute + chance.randrange(999), b"%d" % person * 20)
            await connection.execute("insert into record values (?, ?, 'checkin', ?, ?)", row)
        for number in range(0, 2000, 3):
            await connection.execute(
                "update record set at = at + 7, sealed = sealed || sealed where rowid = ?", (number,)
            )
    for person in CROWD[::3]:
        key = wrapped(host.data, person)
        canaries = (key, b"%d" % person)
        assert traces(host.data, person, *canaries)
        await storage.erase(person)
        assert traces(host.data, person, *canaries) == []
    with closing(sqlite3.connect(host.data / "limber.db")) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)


class Watched(Database):
    """Keeps a copy of the folder before and after every write: what a kill at that moment would leave."""

    taken: list[Path]

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[aiosqlite.Connection]:
        self._copy()
        async with super().writing() as connection:
            yield connection
        self._copy()

    async def sweep(self) -> bool:
        self._copy()
        swept = await super().sweep()
        self._copy()
        return swept

    def _copy(self) -> None:
        folder = self.path.parent.with_name(f"killed-{len(self.taken)}")
        shutil.copytree(self.path.parent, folder, ignore=shutil.ignore_patterns("*-shm"))
        self.taken.append(folder)


@pytest.fixture
def killed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Path]]:
    """The data folder as it was at each moment."""
    Watched.taken = []
    monkeypatch.setattr("bot.storage.storage.Database", Watched)
    yield Watched.taken
    del Watched.taken


async def test_a_kill_at_any_moment_of_an_erasure_is_made_good(
    killed: list[Path], storage: Storage, host: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = wrapped(host.data, ANA)
    killed.clear()
    for old in host.data.parent.glob("killed-*"):
        shutil.rmtree(old)
    await storage.erase(ANA)
    monkeypatch.undo()
    assert len(killed) == 12  # key, rows, both files, note, a file again: before and after each
    outcomes = []
    for folder in killed:
        async with await open_storage(host.model_copy(update={"data": folder})) as again:
            person, records = await again.people.find(ANA), await again.records.of_person(ANA)
            assert (person is None) == (records == [])
            if person is None:
                with pytest.raises(NoKey):
                    await again.vault.seal(ANA, b"", b"")
                assert traces(folder, ANA, key) == []
            else:
                assert await opened(again, records[0]) == b"%d: hip 4" % ANA
            outcomes.append(person is None)
            (bens,) = await again.records.of_person(BEN)
            assert await opened(again, bens) == b"%d: hip 4" % BEN
            assert unfinished(folder) == []
    assert outcomes == [False, *[True] * 11]  # once the key is gone, it is done


async def test_a_kill_at_any_moment_of_a_sweep_is_made_good(
    killed: list[Path], storage: Storage, host: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    await storage.people.touch(BEN, NOON + timedelta(days=300))
    key = wrapped(host.data, ANA)
    before = len(killed)
    assert await storage.erase_unused(NOON + MINUTE) == 1
    monkeypatch.undo()
    outcomes = []
    for folder in killed[before:]:
        async with await open_storage(host.model_copy(update={"data": folder})) as again:
            person, records = await again.people.find(ANA), await again.records.of_person(ANA)
            if person is None:
                assert records == []
                assert traces(folder, ANA, key) == []
            else:
                assert await opened(again, records[0]) == b"%d: hip 4" % ANA
            outcomes.append(person is None)
            (bens,) = await again.records.of_person(BEN)
            assert await opened(again, bens) == b"%d: hip 4" % BEN
            assert unfinished(folder) == []
    assert outcomes == [False, False, *[True] * (len(outcomes) - 2)]  # once the key is gone, it is done
    assert len(outcomes) > 2


async def test_a_sweep_of_many_leaves_no_byte_and_rewrites_each_file_for_all_of_them_at_once(
    storage: Storage, host: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for person in CROWD:
        await storage.consent(person, 1, NOON)
    await storage.people.touch(BEN, NOON + timedelta(days=300))
    keys = {person: wrapped(host.data, person) for person in (ANA, *CROWD)}
    rewritten: list[str] = []
    sweep = Database.sweep

    async def counted(database: Database) -> bool:
        rewritten.append(database.path.name)
        return await sweep(database)

    monkeypatch.setattr(Database, "sweep", counted)

    assert await storage.erase_unused(NOON + MINUTE) == len(keys)
    assert rewritten == ["limber.db", "keys.db", "keys.db"]
    assert [traces(host.data, person, key) for person, key in keys.items()] == [[]] * len(keys)
    assert await storage.erase_unused(NOON + MINUTE) == 0
    assert len(rewritten) == 3  # nobody was due


async def test_a_sweep_that_a_full_disk_cut_short_is_finished_by_the_next(
    storage: Storage, host: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(database: Database) -> bool:
        raise DiskFull(database.path)

    with monkeypatch.context() as patched:
        patched.setattr(Database, "sweep", full)
        with pytest.raises(DiskFull):
            await storage.erase_unused(NOON + MINUTE)
    assert unfinished(host.data) == [ANA, BEN]
    assert await storage.erase_unused(NOON + MINUTE) == 0
    assert unfinished(host.data) == []


async def test_a_kill_at_any_moment_of_a_consent_leaves_somebody_who_can_agree_again(
    killed: list[Path], storage: Storage, host: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(killed)
    await storage.consent(CROWD[0], 1, NOON)
    monkeypatch.undo()
    assert len(killed) == before + 4
    for folder in killed[before:]:
        async with await open_storage(host.model_copy(update={"data": folder})) as again:
            await again.consent(CROWD[0], 1, NOON)
            kept = await keep(again, CROWD[0], "e" * 32, b"knee 2")
            assert await opened(again, kept) == b"knee 2"


async def test_an_erasure_that_a_full_disk_cut_short_is_finished_before_the_person_comes_back(
    storage: Storage, host: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(database: Database) -> bool:
        raise DiskFull(database.path)

    with monkeypatch.context() as patched:
        patched.setattr(Database, "sweep", full)
        with pytest.raises(DiskFull):
            await storage.erase(ANA)
    assert unfinished(host.data) == [ANA]
    await storage.consent(ANA, 2, NOON)
    kept = await keep(storage, ANA, "f" * 32, b"hip 0")
    assert unfinished(host.data) == []
    await storage.finish_erasures()
    assert await storage.records.of_person(ANA) == [kept]


async def test_a_reader_in_another_process_does_not_stop_it(
    storage: Storage, host: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with storage.limber.writing() as connection:
        await connection.execute("select 1")
    with closing(sqlite3.connect(host.data / "limber.db", isolation_level=None)) as other:
        other.execute("begin")
        other.execute("select * from person").fetchall()
        for database in (storage.limber, storage.keys):
            async with database.writing() as connection:
                await connection.execute("pragma busy_timeout = 50")
        assert (await storage.erase(ANA)).person
        other.rollback()
    assert await storage.people.find(ANA) is None
    assert unfinished(host.data) == []
    await storage.erase(BEN)
    assert traces(host.data, ANA) == []


async def test_who_has_been_away_is_found_for_erasing(storage: Storage) -> None:
    await storage.people.touch(BEN, NOON + timedelta(days=300))
    assert await storage.people.unused_since(NOON + timedelta(days=1)) == [ANA]


def test_the_canaries_would_be_found(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "x.db")) as connection, connection:
        connection.execute("create table person (id integer primary key, zone text)")
        connection.execute("create table record (person integer)")
        connection.execute("insert into person values (?, ?)", (ANA, f"Zone/{ANA}"))
        connection.execute("insert into record values (?)", (ANA,))
    assert len(traces(tmp_path, ANA)) == 3
    assert not traces(tmp_path, BEN)
