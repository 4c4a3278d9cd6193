"""The bot on PostgreSQL: through the front door, and as a host runs it."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import asyncpg
import pytest
from typer.testing import CliRunner, Result

from bot.cli import copying, hosting, watching
from bot.cli.commands import app
from bot.demo.club import DemoClub
from bot.errors import StartError
from bot.settings import Server, Settings, read_settings
from bot.storage.errors import StorageError
from bot.storage.storage import open_storage
from bot.ui.locales import Locales
from tests.integration.diary import diary_of
from tests.integration.month import Month, spellings
from tests.integration.reminding import inbox, reminders, rung, wind
from tests.storage.given import ANA, NOON, keep
from tests.support.components import texts
from tests.support.examples import SOAK
from tests.support.judged import judged
from tests.support.postgres import Postgres, postgres

MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
CANARY = "zq5f1be2a7c09d44aa"


@pytest.fixture
async def server() -> Postgres:
    return await postgres()


@pytest.fixture
async def club(server: Postgres, settings: Settings, locales: Locales) -> AsyncIterator[DemoClub]:
    """On a Monday morning in November, of a host who allows notes."""
    notes = settings.model_copy(update={"notes": True})
    async with judged(notes, locales, now=lambda: MONDAY, server=await server.pair()) as opened:
        yield opened


async def test_consent_check_in_history_reminder_and_erasure(club: DemoClub, server: Postgres) -> None:
    ana, here = club.people["ana"], club.channels["sore-legs"]

    asked = await ana.slash(here, "checkin", area="hip", pain="4", note=CANARY)
    assert "May I keep a diary for you?" in texts(asked.response.components)
    await ana.click(asked.response, label="Yes, keep it. I am 16 or older")
    await ana.slash(here, "checkin", area="hip", pain="2", note=CANARY)
    assert {entry.pain for entry in await (await diary_of(club).of(ana.id)).checkins()} == {4, 2}
    shown = await ana.slash(here, "history", area="hip")
    assert "Hip" in texts(shown.response.components)

    await ana.slash(here, "timezone", place="Europe/London")
    await ana.slash(here, "remind add", what="checkin", when="weekdays 7:30", area="hip")
    assert len(await reminders(club, ana)) == 1
    await wind(club, until="2026-11-23T08:00")
    assert [one.state for one in await rung(club, ana)] == ["sent"]
    assert len(inbox(ana)) == 2

    assert await on_disk(club, server, CANARY, '"pain"', '"note"') == []
    assert await on_disk(club, server, "Europe/London")  # it is those files that are looked through

    sure = await ana.slash(here, "privacy erase")
    await ana.click(sure.response, label="Yes, delete everything")
    assert await club.services.storage.people.find(ana.id) is None
    assert await reminders(club, ana) == []
    assert inbox(ana) == []


class Copyless(Month):
    """On a server, whose backups are not ours."""

    async def back_up(self) -> None: ...


@pytest.mark.soak
@pytest.mark.skipif(not SOAK, reason="on SQLite's files in every run, on a server in a soak")
async def test_a_month_leaves_no_word_of_it_on_the_server(club: DemoClub, server: Postgres) -> None:
    month = Copyless(club, StringIO())
    await month.pass_by(days=28)
    ana = club.people["ana"]
    assert len(await (await diary_of(club).of(ana.id)).checkins()) == 28
    assert await on_disk(club, server, *month.words) == []
    assert await on_disk(club, server, "Europe/Berlin")


async def on_disk(club: DemoClub, server: Postgres, *words: str) -> list[str]:
    """Which file of the server's tables or of its log holds a word, once everything in memory is written."""
    assert club.settings.server
    connection = await asyncpg.connect(club.settings.server.database)
    await connection.execute("checkpoint")
    await connection.close()
    wanted = {spelling for word in words for spelling in spellings(word)}
    files = [file for name in ("base", "pg_wal") for file in (server.folder / "data" / name).rglob("*")]
    contents = {str(file): file.read_bytes() for file in files if file.is_file()}
    return [name for name, content in contents.items() if any(one in content for one in wanted)]


async def test_a_demo_never_opens_the_database_of_its_host(settings: Settings, locales: Locales) -> None:
    nowhere = Server("postgresql://nowhere.invalid/limber", "postgresql://nowhere.invalid/keys")
    async with judged(settings.on(nowhere), locales) as demo:
        assert demo.settings.server is None
        assert demo.services.storage.limber.path.parent == demo.settings.data


# As a host types it


Limber = Callable[..., Result]


@pytest.fixture
def urls() -> Server:
    async def made() -> Server:
        return await (await postgres()).pair()

    return asyncio.run(made())


@pytest.fixture
def limber(urls: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Limber:
    """Runs `limber …` on this host."""
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "DISCORD_TOKEN": "x",
        "LIMBER_DATA": str(tmp_path / "data"),
        "LIMBER_KEY_FILE": str(tmp_path / "config" / "host.key"),
        "LIMBER_DATABASE_URL": urls.database,
        "LIMBER_KEYS_URL": urls.keys,
    }.items():
        monkeypatch.setenv(name, value)
    for module in (copying, hosting, watching):
        monkeypatch.setattr(module, "configure", lambda _: None)  # the log belongs to the tests
    return lambda *words: CliRunner().invoke(app, words)


def checked_in() -> None:
    async def story() -> None:
        async with await open_storage(read_settings()) as storage:
            await storage.consent(ANA, 1, NOON)
            await keep(storage, ANA, "a" * 32, b"hip 4")

    asyncio.run(story())


def test_the_commands_of_a_host_work_on_it(limber: Limber, tmp_path: Path) -> None:
    assert limber("db", "upgrade").stdout == "The database is up to date.\n"
    checked_in()
    assert "Nothing is waiting." in limber("delivery").stdout
    limber("delivery", "off")
    assert "Delivery is off" in limber("delivery").stdout
    told = limber("doctor", "--offline")
    assert "database: good, up to date" in told.stdout
    assert "host key: the right one" in told.stdout
    assert "backup: yours to make: pg_dump of each database apart" in told.stdout
    assert "Deleted for good: 1 checkin" in limber("erase-user", str(ANA), "--yes").stdout
    assert f"Nothing is kept about {ANA}." in limber("erase-user", str(ANA), "--yes").stdout
    assert [file.name for file in (tmp_path / "data").iterdir()] == []


def test_what_is_for_files_says_what_to_do_instead(limber: Limber) -> None:
    for words, way_out in {
        ("backup",): "pg_dump",
        ("restore", "x.db"): "limber db copy FOLDER",
        ("rotate-key",): "limber db copy",
    }.items():
        done = limber("db", *words)
        assert isinstance(done.exception, StartError)
        assert way_out in str(done.exception)


def test_a_diary_moves_in_and_out(limber: Limber, urls: Server, tmp_path: Path) -> None:
    checked_in()
    done = limber("db", "copy", urls.database, "folder")
    assert "Copied, and counted on both sides: 6 rows." in done.stdout
    assert (tmp_path / "folder" / "limber.db").exists()
    again = limber("db", "copy", "folder", urls.database)
    assert isinstance(again.exception, StartError)
    assert "is not empty" in str(again.exception)
    assert urls.database not in done.output + str(again.exception)


def test_a_doctor_names_what_is_wrong(limber: Limber, urls: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIMBER_KEYS_URL", f"{urls.database}&application_name=x")
    told = limber("doctor", "--offline")
    assert told.exit_code == 1
    assert "are the same database" in told.stdout


@pytest.mark.parametrize(
    ("database", "keys", "words"),
    [
        ("postgresql://a/limber", None, "LIMBER_KEYS_URL: it goes with LIMBER_DATABASE_URL"),
        (None, "postgresql://a/keys", "LIMBER_KEYS_URL: it goes with LIMBER_DATABASE_URL"),
        ("postgresql://a/limber", "postgresql://a/limber", "LIMBER_KEYS_URL: it is the same"),
        ("mysql://a:secret@b/limber", "postgresql://a/limber", "LIMBER_DATABASE_URL: it does not begin"),
    ],
)
def test_settings_that_do_not_go_together(
    database: str | None, keys: str | None, words: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in (("LIMBER_DATABASE_URL", database), ("LIMBER_KEYS_URL", keys)):
        if value is not None:
            monkeypatch.setenv(name, value)
    with pytest.raises(StartError, match=words) as raised:
        read_settings()
    assert "secret" not in str(raised.value)


def test_without_the_extra_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "asyncpg", None)
    for name in [name for name in sys.modules if name.startswith("bot.storage.postgres")]:
        monkeypatch.delitem(sys.modules, name)
    host = Settings(database_url="postgresql://a/limber", keys_url="postgresql://a/keys")
    with pytest.raises(StorageError, match="pip install 'limber\\[postgres]'"):
        asyncio.run(open_storage(host))
