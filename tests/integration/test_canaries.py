"""What people log stands in no file and in no log, whatever happens; and once erased, nothing brings it back."""

import base64
import logging
import re
import secrets
import shutil
import sqlite3
import sys
import zlib
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import structlog
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.checkins.diary_reader import SUMMED_UP
from bot.checkins.person_diary import PersonDiary
from bot.demo.club import open_club
from bot.logs import configure
from bot.settings import Settings
from bot.storage.errors import NoKey
from bot.storage.host_key import read_key
from bot.storage.people import Record, RecordKind, Records
from bot.storage.restore import restore
from bot.storage.sql import instant
from bot.storage.storage import open_storage
from bot.storage.vault import FORMAT, NONCE_LENGTH, associated_data_of, unwrap
from bot.ui.locales import Locales
from tests.integration.diary import agreed, diary_of
from tests.integration.month import AREAS, Month, spellings
from tests.support.components import texts
from tests.support.judged import PATIENCE

# What is looked for, and where


def unpacked(content: bytes) -> Iterator[bytes]:
    """A file, and everything in it that zlib or gzip can read."""
    yield content
    for start in re.finditer(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08", content):
        try:
            yield zlib.decompressobj(wbits=47).decompress(content[start.start() :], 2**20)
        except zlib.error:
            continue


def traces(folder: Path, words: Iterable[str]) -> list[str]:
    """Where a word is to be found in any file below a folder."""
    wanted = [(word, spelling) for word in words for spelling in spellings(word)]
    return [
        f"{file.name}: {word}"
        for file in sorted(folder.rglob("*"))
        if file.is_file()
        for content in unpacked(file.read_bytes())
        for word, spelling in wanted
        if spelling in content
    ]


# The log, as `limber run` writes it


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., StringIO]]:
    """`log(settings)`: from now on, what that host reads on standard error."""
    before, root, discord = structlog.get_config(), logging.getLogger(), logging.getLogger("discord")
    handlers, levels = root.handlers[:], (root.level, discord.level)

    def begin(settings: Settings) -> StringIO:
        stream = StringIO()
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stderr", stream)
            patched.setattr(structlog, "configure", kept_loose)
            configure(settings)
        return stream

    def kept_loose(**given: Any) -> None:
        """Loggers are not to be remembered, or they would go on writing here in the next test."""
        structlog_configure(**{**given, "cache_logger_on_first_use": False})

    structlog_configure = structlog.configure
    yield begin
    structlog.configure(**before)
    root.handlers[:] = handlers
    root.setLevel(levels[0])
    discord.setLevel(levels[1])


@pytest.fixture
async def month(log: Callable[..., StringIO], settings: Settings, locales: Locales) -> AsyncIterator[Month]:
    """With the wordiest log there is; a fault of ours is in it, and fails the test."""
    host = settings.model_copy(update={"notes": True, "log": "debug"})
    stream = log(host)
    async with open_club(host, locales=locales) as club:
        club.env.settle_timeout = PATIENCE
        yield Month(club, stream)
    assert "unexpected error" not in stream.getvalue()


async def test_a_month_leaves_no_word_of_it_in_any_file_or_log(month: Month) -> None:
    await month.pass_by(days=28)
    with_its_log = traces(month.data, month.words)
    names = {file.name for file in month.data.rglob("*")}
    with closing(sqlite3.connect(month.data / "limber.db")) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")

    ana = month.club.people["ana"]
    kept = await (await diary_of(month.club).of(ana.id)).checkins()
    assert len(kept) == 28
    assert any(entry.note and entry.note.endswith(month.notes[0]) for entry in kept)
    assert len(await (await diary_of(month.club).of(ana.id)).findings()) == 2
    assert len(await (await diary_of(month.club).of(ana.id)).weekly()) == 1
    assert {"limber.db", "limber.db-wal", "limber.db-shm", "keys.db", "keys.db-wal", "commands.json"} <= names
    assert len(month.backups) == 5
    assert with_its_log == []
    assert traces(month.data, month.words) == []
    said = month.log.getvalue()
    assert "commands published" in said
    assert [word for word in month.words if word in said] == []


async def test_the_canaries_would_be_found(tmp_path: Path) -> None:
    word, before = "zq0123456789abcdef", secrets.token_bytes(999)
    for number, content in enumerate(
        (
            word.encode(),
            f"…{word}".encode("utf-16-le"),
            word.encode().hex().encode(),
            *(base64.b64encode(b"?" * shift + word.encode() + b"!" * 9) for shift in range(3)),
            zlib.compress(word.encode() * 3),
            zlib.compress(word.encode(), wbits=31),
        )
    ):
        (tmp_path / f"{number}.db").write_bytes(before + content + before)
        assert traces(tmp_path, [word])
        assert traces(tmp_path, [word[::-1]]) == []
        (tmp_path / f"{number}.db").unlink()


# The log, when something breaks while a check-in is handled


@pytest.fixture(params=["text", "json"])
async def breaking(
    request: pytest.FixtureRequest, log: Callable[..., StringIO], settings: Settings, locales: Locales
) -> AsyncIterator[Month]:
    """A club that may raise; each format of the log once."""
    host = settings.model_copy(update={"notes": True, "log": "debug", "log_format": request.param})
    stream = log(host)
    async with open_club(host, locales=locales) as club:
        club.env.settle_timeout = PATIENCE
        yield Month(club, stream)


def assert_a_code_and_no_word(month: Month, answer: Any) -> None:
    """The person has a code, the log has it too with a traceback, and neither says what was logged."""
    said, shown = month.log.getvalue(), texts(answer.response.components)
    code = re.search(r"\bcode ([0-9a-f]{6})\b", shown)
    assert answer.ephemeral
    assert code
    assert code[1] in said
    assert "Traceback" in said
    assert [word for word in month.words if word in said + shown] == []


async def broken(*_: object, **__: object) -> None:
    raise RuntimeError("a defect made for a test")


def broken_in_the_thread(*_: object) -> None:
    raise RuntimeError("a defect made for a test")


@pytest.mark.parametrize("what", ["add_summed_up", "checkins_and_assessments"])
async def test_a_traceback_from_a_command_says_nothing_of_the_check_in(
    breaking: Month, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    ana = await agreed(breaking.club, "ana")
    monkeypatch.setattr(Records, what, broken)
    answer = await breaking.slash(ana, "checkin", area="neck_headache", pain="4", note=breaking.canary())

    assert_a_code_and_no_word(breaking, answer)


async def test_a_traceback_from_a_later_command_says_nothing_of_the_check_in(
    breaking: Month, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = await agreed(breaking.club, "ana")
    await breaking.slash(ana, "checkin", area="achilles", pain="2")
    monkeypatch.setattr(PersonDiary, "next", broken_in_the_thread)
    answer = await breaking.slash(ana, "checkin", area="neck_headache", pain="4", note=breaking.canary())

    assert_a_code_and_no_word(breaking, answer)


async def test_a_traceback_from_a_form_says_nothing_of_the_check_in(
    breaking: Month, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = await agreed(breaking.club, "ana")
    form = await breaking.slash(ana, "checkin", area="achilles")
    monkeypatch.setattr(Records, "add_summed_up", broken)
    answer = await ana.submit_modal(form, {"pain": ["4"], "side": ["both"], "note": breaking.canary()})

    assert_a_code_and_no_word(breaking, answer)


async def test_a_table_that_is_gone_says_nothing_of_the_check_in(breaking: Month) -> None:
    ana = await agreed(breaking.club, "ana")
    async with breaking.club.services.storage.limber.writing() as connection:
        await connection.execute("drop table record")
    answer = await breaking.slash(ana, "checkin", area="achilles", pain="4", note=breaking.canary())

    assert_a_code_and_no_word(breaking, answer)


async def test_an_entry_that_this_version_cannot_read_says_nothing_of_itself(breaking: Month) -> None:
    """As after going back to an older Limber."""
    ana = await agreed(breaking.club, "ana")
    storage = breaking.club.services.storage
    newer = b'{"id":"a","at":"2026-01-01T00:00:00Z","area":"neck_headache","hurts":"%b","note":"%b"}'
    for number in "ab":
        page = number * 32
        sealed = await storage.vault.seal(
            ana.id,
            newer % (breaking.canary().encode(), breaking.canary().encode()),
            associated_data_of(RecordKind.CHECKIN, page),
        )
        await storage.records.add(Record(page, ana.id, RecordKind.CHECKIN, breaking.club.clock.now(), sealed))
    saved = await breaking.slash(ana, "checkin", area="achilles", pain="4", note=breaking.canary())

    said = breaking.log.getvalue()
    assert [word for word in breaking.words if word in said] == []
    assert "unexpected error" not in said
    assert "4 out of 10" in texts(saved.response.components)


async def test_no_key_stands_in_the_wordiest_log(month: Month) -> None:
    """A key in a log would outlive its erasure."""
    ana = await agreed(month.club, "ana")
    await month.day(ana, 0)
    await month.slash(ana, "checkin", area=AREAS[0], pain="3")
    said = month.log.getvalue()

    summaries = summaries_of(month.data / "limber.db", ana.id)
    secret = [wrapped(month.data, ana.id), *(record.sealed for record in sealed_of(month.data / "limber.db", ana.id))]
    secret += summaries
    assert len(secret) > 2
    assert summaries
    for material in secret:
        assert material.hex() not in said
        assert repr(material[:24])[2:-1] not in said


# After it was erased


def wrapped(data: Path, person: int) -> bytes:
    """A person's key as keys.db holds it."""
    with closing(sqlite3.connect(data / "keys.db")) as connection:
        return connection.execute("select wrapped from person_key where person_id = ?", (person,)).fetchone()[0]


def sealed_of(database: Path, person: int) -> list[Record]:
    """Everything of one person in limber.db or a copy of it."""
    query = "select id, kind, at, sealed from record where person_id = ?"
    with closing(sqlite3.connect(database)) as connection:
        return [
            Record(id_, person, RecordKind(kind), instant(at), sealed)
            for id_, kind, at, sealed in connection.execute(query, (person,))
        ]


def summaries_of(database: Path, person: int) -> list[bytes]:
    """What is kept of their last weeks in short, sealed."""
    with closing(sqlite3.connect(database)) as connection:
        found = connection.execute("select sealed from summary where person_id = ? and sealed is not null", (person,))
        return [sealed for (sealed,) in found]


def copied(database: Path, to: Path) -> Path:
    """A database with its log, as a host copies a folder."""
    to.parent.mkdir(parents=True, exist_ok=True)
    for end in ("", "-wal"):
        if Path(f"{database}{end}").exists():
            shutil.copyfile(f"{database}{end}", f"{to}{end}")
    return to


def pieces(material: bytes, size: int = 16) -> Iterator[bytes]:
    """Also what lies across two pages of a file is found by its pieces."""
    yield from (material[at : at + size] for at in range(0, len(material) - size + 1, size))


def openable(host: Settings, records: Iterable[Record]) -> list[Record]:
    """What any key in anybody's hands opens: the host's own, and every one in keys.db."""
    key = read_key(host.key_file)
    assert key
    with closing(sqlite3.connect(host.data / "keys.db")) as connection:
        wraps = connection.execute("select person_id, wrapped from person_key").fetchall()
    keys = [AESGCM(key.secret), *(AESGCM(unwrap(AESGCM(key.secret), person, wrap)) for person, wrap in wraps)]
    return [record for record in records if any(opens(cipher, record) for cipher in keys)]


def opens(cipher: AESGCM, record: Record) -> bool:
    nonce, body = record.sealed[len(FORMAT) : len(FORMAT) + NONCE_LENGTH], record.sealed[len(FORMAT) + NONCE_LENGTH :]
    try:
        cipher.decrypt(nonce, body, b"limber:%d:%b" % (record.person, associated_data_of(record.kind, record.id)))
    except InvalidTag:
        return False
    return True


async def test_what_was_erased_comes_back_from_no_copy_with_every_key_there_is(
    month: Month, settings: Settings, tmp_path: Path
) -> None:
    await month.pass_by(days=9)
    ana, ben = month.club.people["ana"], month.club.people["ben"]
    await month.slash(ana, "checkin", area=AREAS[0], pain="3", note=month.canary())
    copies = [*month.backups, copied(month.data / "limber.db", tmp_path / "by-hand" / "limber.db")]
    gone = [wrapped(month.data, ana.id), *(record.sealed for record in sealed_of(copies[-1], ana.id))]
    summaries = summaries_of(copies[-1], ana.id)
    assert summaries
    gone += summaries
    before = await (await diary_of(month.club).of(ben.id)).checkins()

    asked = await month.slash(ana, "privacy erase")
    await ana.click(asked.response, label="Yes, delete everything")

    assert len(gone) > 10
    assert traces_of(month.data, gone) == []
    assert await (await diary_of(month.club).of(ben.id)).checkins() == before
    for number, copy in enumerate(copies):
        club_notes = tmp_path / str(number)
        host = settings.model_copy(update={"data": club_notes, "key": None, "key_file": month.data.parent / "host.key"})
        copied(month.data / "keys.db", club_notes / "keys.db")
        copied(copy, club_notes / "limber.db")
        anas, bens = sealed_of(club_notes / "limber.db", ana.id), sealed_of(club_notes / "limber.db", ben.id)
        assert anas
        assert bens
        assert openable(host, anas) == []
        assert openable(host, bens) == bens
        async with await open_storage(host) as storage:
            for record in anas:
                with pytest.raises(NoKey):
                    await storage.vault.unseal(ana.id, record.sealed, associated_data_of(record.kind, record.id))
            for sealed in summaries:
                with pytest.raises(NoKey):
                    await storage.vault.unseal(ana.id, sealed, SUMMED_UP)
        assert restore(host, copy, month.club.clock.now()).removed == 1
        assert sealed_of(club_notes / "limber.db", ana.id) == summaries_of(club_notes / "limber.db", ana.id) == []
        assert openable(host, sealed_of(club_notes / "limber.db", ben.id)) == bens


def traces_of(folder: Path, materials: Iterable[bytes]) -> list[str]:
    """Where a piece of something sealed, or of a key, is left in the files of a folder; its backups aside."""
    wanted = {piece for material in materials for piece in pieces(material)}
    return [
        file.name
        for file in sorted(folder.iterdir())
        if file.is_file()
        for content in [file.read_bytes()]
        if any(piece in content for piece in wanted)
    ]
