"""Erasing a person: nothing is left, nobody else is touched, and a crash at any moment changes neither."""

import random
import shutil
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path

import aiosqlite
import pytest

from bot.checkins.diary import OpenDiary
from bot.checkins.models import CheckIn
from bot.checkins.person_diary import Terms
from bot.clock import WallClock
from bot.settings import Settings
from bot.storage import database
from bot.storage.clubs import ChangeRow
from bot.storage.database import Database
from bot.storage.engine import Statement
from bot.storage.errors import DiskFull, NoKey, UnknownPerson
from bot.storage.people import RecordKind
from bot.storage.storage import Erased, Storage, open_storage
from tests.storage.given import ANA, BEN, CLUB, MINUTE, NOON, keep, opened, record, reminder_of

CROWD = range(1_200_000_000_000_000_000, 1_200_000_000_000_000_020)


async def filled(storage: Storage) -> Storage:
    """With a check-in of Ana's and one of Ben's."""
    for person, name in ((ANA, "a" * 32), (BEN, "b" * 32)):
        await storage.consent(person, 1, NOON)
        await storage.people.set_zone(person, f"Zone/{person}")
        await keep(storage, person, name, b"%d: hip 4" % person)
    return storage


@pytest.fixture
async def storage(storage: Storage) -> Storage:
    """On SQLite's files, to look into them."""
    return await filled(storage)


@pytest.fixture
async def either(either_storage: Storage) -> Storage:
    """On each engine."""
    return await filled(either_storage)


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


async def test_everything_of_one_person_goes_and_nothing_of_another(either: Storage) -> None:
    await keep(either, ANA, "c" * 32, b"how was the week", kind=RecordKind.WEEKLY)
    bens = await either.records.of_person(BEN)
    erased = await either.erase(ANA)
    assert erased == Erased(person=True, records={RecordKind.CHECKIN: 1, RecordKind.WEEKLY: 1})
    assert await either.people.find(ANA) is None
    assert await either.records.of_person(ANA) == []
    with pytest.raises(NoKey):
        await either.vault.seal(ANA, b"", b"")
    assert await either.records.of_person(BEN) == bens
    assert await opened(either, bens[0]) == b"%d: hip 4" % BEN


async def test_erasing_nobody_is_no_error(either: Storage) -> None:
    await either.erase(ANA)
    assert await either.erase(ANA) == Erased(person=False, records={})


async def test_what_comes_too_late_is_not_kept(either: Storage) -> None:
    late, owner = record("late"), await either.people.find(ANA)
    await either.erase(ANA)
    with pytest.raises(UnknownPerson):
        await either.records.add(late)
    assert owner
    assert not await either.records.add_summed_up(late, b"its summary", owner)


async def test_what_was_sealed_before_they_came_back_is_not_kept(either: Storage) -> None:
    """Another process erased it all and let them in again, while the entry was on its way."""
    late, other, before = record("late"), record("other"), await either.people.find(ANA)
    await either.erase(ANA)
    await either.consent(ANA, 4, NOON + MINUTE)
    with pytest.raises(UnknownPerson):
        await either.records.add(late, NOON)
    assert before
    assert not await either.records.add_summed_up(other, b"its summary", before)
    with pytest.raises(UnknownPerson):
        await either.reminders.add(reminder_of(ANA), 25, NOON)
    owner = await either.people.find(ANA)
    assert owner
    assert owner.summary is None
    assert await either.records.of_person(ANA) == []


async def test_an_entry_of_who_agrees_meanwhile_is_sealed_anew(either: Storage) -> None:
    await either.consent(BEN, 4, NOON)
    diary = await OpenDiary(either, WallClock(), Terms()).of(BEN)
    await either.erase(BEN)
    await either.consent(BEN, 4, NOON + MINUTE)
    await diary.keep_with_summary(CheckIn(id="c" * 32, at=NOON + MINUTE, area="hip", pain=4))
    (kept,) = await either.records.of_person(BEN)
    assert b"hip" in await opened(either, kept)


async def test_whoever_comes_back_starts_anew(either: Storage) -> None:
    await either.erase(ANA)
    await either.consent(ANA, 2, NOON + MINUTE)
    kept = await keep(either, ANA, "d" * 32, b"hip 1")
    assert await either.records.of_person(ANA) == [kept]
    assert await opened(either, kept) == b"hip 1"


async def test_an_erasure_cut_short_is_finished_by_the_next_start(either: Storage, either_host: Settings) -> None:
    await either.vault.destroy(ANA)  # and then the process was killed
    async with await open_storage(either_host) as again:
        assert await again.people.find(ANA) is None
        assert (await again.erase(ANA)) == Erased(person=False, records={})


async def test_who_stays_away_is_erased_and_who_comes_back_meanwhile_is_not(either: Storage) -> None:
    await either.people.touch(BEN, NOON + timedelta(days=300))
    assert await either.erase_unused(NOON + MINUTE) == 1
    assert await either.people.find(ANA) is None
    assert await either.people.find(BEN)


@pytest.fixture
def cleaned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which file was cleaned in which way, as it comes."""
    done: list[str] = []

    def noting(way: str) -> Callable[[Database], Awaitable[bool]]:
        original = getattr(Database, way)

        async def noted(database: Database) -> bool:
            done.append(f"{way} {database.path.name}")
            return await original(database)

        return noted

    for way in ("release", "rebuild_indexes", "rewrite"):
        monkeypatch.setattr(Database, way, noting(way))
    return done


KEYS_ANEW = ["rewrite keys.db"] * 2  # the key, and the note


async def test_an_erasure_writes_no_large_file_anew(storage: Storage, cleaned: list[str]) -> None:
    """Of one person, in a file of 300 MB, it held everybody up for seconds."""
    await storage.erase(ANA)
    assert cleaned == ["release limber.db", *KEYS_ANEW]


async def test_what_was_freed_is_given_back_in_small_steps(
    storage: Storage, host: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "FREED_AT_ONCE", 4)
    async with storage.limber.writing() as connection:
        for number in range(500):
            await connection.execute("insert into record values (?, ?, 'checkin', 0, ?)", (number, ANA, bytes(560)))
    await storage.limber.rewrite()
    before, steps = (host.data / "limber.db").stat().st_size, 0
    maintaining = Database._maintaining

    @asynccontextmanager
    async def between(self: Database) -> AsyncIterator[aiosqlite.Connection]:
        async with maintaining(self) as connection:
            yield connection
        nonlocal steps
        steps += 1
        await storage.records.add(record(f"between {steps}", BEN))  # somebody writes after each

    monkeypatch.setattr(Database, "_maintaining", between)
    await storage.erase(ANA)
    assert 20 < steps < 40  # some 80 pages, four at a time
    assert (host.data / "limber.db").stat().st_size < before / 2


async def test_a_stale_copy_in_a_table_has_the_file_written_anew(
    storage: Storage, host: Settings, cleaned: list[str]
) -> None:
    async with storage.limber.writing() as connection:
        await connection.execute("update person set zone = ? where id = ?", (str(ANA.to_bytes(8)), BEN))
        await connection.execute("update record set sealed = ? where person_id = ?", (ANA.to_bytes(8), BEN))
    await storage.erase(ANA)
    assert cleaned == [
        "release limber.db",
        "rebuild_indexes limber.db",
        "release limber.db",
        "rewrite limber.db",
        *KEYS_ANEW,
    ]


async def test_a_moderator_stays_in_the_log_of_a_club_and_nothing_is_rewritten_for_that(
    storage: Storage, cleaned: list[str]
) -> None:
    await storage.changes.add([ChangeRow(CLUB, NOON, ANA, "contact")])
    await storage.erase(ANA)
    assert cleaned == ["release limber.db", "rebuild_indexes limber.db", "release limber.db", *KEYS_ANEW]
    assert await storage.changes.moderators() == {ANA}


async def test_no_byte_is_left_in_any_file(storage: Storage, host: Settings, cleaned: list[str]) -> None:
    """With a crowd in the files, so that rows have moved between pages, where `secure_delete` leaves copies."""
    chance = random.Random(7)  # noqa: S311
    for person in CROWD:
        await storage.consent(person, 1, NOON)
        await storage.people.set_zone(person, f"Zone/{person}")
    async with storage.limber.writing() as connection:
        for number in range(2000):
            person = chance.choice(CROWD)
            row = (f"{number}", person, NOON.minute + chance.randrange(999), person.to_bytes(8) * 20)
            await connection.execute("insert into record values (?, ?, 'checkin', ?, ?)", row)
        for number in range(0, 2000, 3):
            await connection.execute(
                "update record set at = at + 7, sealed = sealed || sealed where rowid = ?", (number,)
            )
    for person in CROWD[::3]:
        key = wrapped(host.data, person)
        assert traces(host.data, person, key)
        await storage.erase(person)
        assert traces(host.data, person, key) == []
    assert "rebuild_indexes limber.db" in cleaned
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

    async def execute_all(self, *statements: Statement) -> list[int]:
        self._copy()
        counts = await super().execute_all(*statements)
        self._copy()
        return counts

    @asynccontextmanager
    async def _maintaining(self) -> AsyncIterator[aiosqlite.Connection]:
        self._copy()
        async with super()._maintaining() as connection:
            yield connection
        self._copy()

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
    # key, turn, rows, pages, log; the other file, its log, turn, rows, note, and these two again: before and after
    assert len(killed) == 22
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
    assert outcomes == [False, *[True] * 21]  # once the key is gone, it is done


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


async def test_a_sweep_of_many_leaves_no_byte_and_cleans_each_file_for_all_of_them_at_once(
    storage: Storage, host: Settings, cleaned: list[str]
) -> None:
    for person in CROWD:
        await storage.consent(person, 1, NOON)
    await storage.people.touch(BEN, NOON + timedelta(days=300))
    keys = {person: wrapped(host.data, person) for person in (ANA, *CROWD)}
    assert await storage.erase_unused(NOON + MINUTE) == len(keys)
    assert cleaned == ["release limber.db", "rewrite keys.db", "rewrite keys.db"]
    assert [traces(host.data, person, key) for person, key in keys.items()] == [[]] * len(keys)
    assert await storage.erase_unused(NOON + MINUTE) == 0
    assert len(cleaned) == 3  # nobody was due


async def test_a_sweep_that_a_full_disk_cut_short_is_finished_by_the_next(
    storage: Storage, host: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(database: Database) -> bool:
        raise DiskFull(database.path)

    with monkeypatch.context() as patched:
        patched.setattr(Database, "release", full)
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
    assert len(killed) == before + 6
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
        patched.setattr(Database, "release", full)
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


async def test_who_has_been_away_is_found_for_erasing(either: Storage) -> None:
    await either.people.touch(BEN, NOON + timedelta(days=300))
    assert await either.people.unused_since(NOON + timedelta(days=1)) == [ANA]


def test_the_canaries_would_be_found(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "x.db")) as connection, connection:
        connection.execute("create table person (id integer primary key, zone text)")
        connection.execute("create table record (person integer)")
        connection.execute("insert into person values (?, ?)", (ANA, f"Zone/{ANA}"))
        connection.execute("insert into record values (?)", (ANA,))
    assert len(traces(tmp_path, ANA)) == 3
    assert not traces(tmp_path, BEN)
