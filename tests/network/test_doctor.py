"""`limber doctor` and `limber status`: each fault is found, each has its mend, and nothing of anybody is shown."""

import asyncio
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from prometheus_client import CollectorRegistry

from bot.app import build
from bot.clock import WallClock
from bot.monitoring.doctor import Level, on_this_machine
from bot.monitoring.doctor_discord import PERMISSIONS, at_discord, command_names
from bot.monitoring.metrics import Metrics
from bot.monitoring.monitor import Monitor
from bot.settings import Settings
from bot.storage.errors import KEYS, LIMBER
from bot.storage.storage import open_storage
from tests.network.loopback import TOKEN
from tests.network.process import started
from tests.network.watching import free_port
from tests.support.content import shipped

pytestmark = pytest.mark.asyncio(loop_scope="module")

SOUND = {
    "integration_types_config": {
        "0": {"oauth2_install_params": {"scopes": ["applications.commands", "bot"], "permissions": "101376"}},
        "1": {"oauth2_install_params": {"scopes": ["applications.commands"], "permissions": "0"}},
    },
    "privacy_policy_url": "https://club.example/privacy",
    "terms_of_service_url": "https://club.example/terms",
}


@dataclass(frozen=True)
class Stopped:
    """A clock."""

    at: datetime

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def host(tmp_path) -> Settings:
    return Settings(discord_token=TOKEN, data=tmp_path / "data", key_file=tmp_path / "host.key")


def faults(findings) -> dict[str, str]:
    """What is wrong, and every one of them has a mend."""
    wrong = [finding for finding in findings if finding.level is Level.FAULT]
    assert all(finding.mend for finding in wrong)
    return {finding.about: finding.saw for finding in wrong}


def local(settings: Settings, now: datetime | None = None) -> dict[str, str]:
    return faults(on_this_machine(settings, shipped(), now or datetime.now(UTC)))


async def test_a_new_and_a_used_installation_are_sound(host):
    assert local(host) == {}
    async with await open_storage(host):
        assert local(host) == {}
    assert local(host) == {}


async def test_what_is_wrong_on_this_machine_is_named(host, tmp_path):
    async with await open_storage(host):
        pass
    assert local(host.model_copy(update={"discord_token": None})) == {"token": "there is none"}
    assert local(host, datetime.now(UTC) + timedelta(days=3)) == {"backup": "there is none"}
    assert "content" in broken_content(host, tmp_path)

    host.key_file.chmod(0o644)
    assert "Others on this machine" in local(host)["host key"]
    host.key_file.write_text("A" * 43 + "=\n")
    assert "is not the host key" in local(host)["host key"]
    (host.data / KEYS).write_bytes(b"no database" * 100)
    assert "damaged" in local(host)["database"]
    assert (host.data / LIMBER).exists()


async def test_that_no_backup_was_ever_made_is_a_fault_and_an_age_however_much_is_written(host):
    async with await open_storage(host) as storage:
        with closing(sqlite3.connect(host.data / LIMBER)) as connection, connection:
            connection.execute("update _yoyo_migration set applied_at_utc = '2026-03-01T12:00:00.000'")
        now = datetime(2026, 3, 4, 12, tzinfo=UTC)
        await storage.consent(1, 1, now)

        assert local(host, now) == {"backup": "there is none"}
        assert local(host, now - timedelta(days=2)) == {}

        status = await Monitor(storage, shipped(), host, Stopped(now)).status()
        age = f"limber_backup_age_seconds {timedelta(days=3).total_seconds()}".encode()
        assert age in Metrics(CollectorRegistry()).text(status, now)


@pytest.mark.parametrize("left", [None, b""])
async def test_keys_that_are_lost_are_named_with_what_they_hold(host, left):
    async with await open_storage(host) as storage:
        await storage.consent(1, 1, datetime.now(UTC))
    (host.data / KEYS).unlink()
    if left is not None:
        (host.data / KEYS).write_bytes(left)

    assert "nothing of the 1 people in limber.db can be read" in local(host)["database"]


async def test_a_data_folder_that_cannot_be_looked_into_is_a_line_and_no_story(host):
    host.data.mkdir()
    too_long = host.model_copy(update={"data": host.data / ("x" * 300)})

    assert "cannot be looked into" in local(too_long)["data folder"]


def broken_content(host: Settings, tmp_path) -> dict[str, str]:
    areas = tmp_path / "content/en/areas"
    areas.mkdir(parents=True)
    (areas / "hip.yaml").write_text("id: hip\n")
    settings = host.model_copy(update={"content": tmp_path / "content"})
    return faults(on_this_machine(settings, None, datetime.now(UTC)))


@pytest.fixture(scope="module")
def commands() -> set[str]:
    names = command_names(build(Settings(), locales=shipped()).features.handlers)
    assert {"pain", "club reminder add"} <= names
    return names


async def test_a_sound_application_has_no_fault(discord, pointed, commands, tmp_path):
    discord.application |= SOUND
    async with started(discord, tmp_path, "sync") as syncing:
        assert await syncing.ended() == 0

    found = await at_discord(TOKEN, commands, WallClock())

    assert [(finding.about, finding.saw) for finding in found if finding.level is not Level.FINE] == []
    assert {finding.about for finding in found} == {"Discord", "clock", "shards", "install", "commands"}


async def test_too_few_shards_are_a_hint(discord, pointed, commands):
    discord.recommends = 4
    said = {
        count: next(
            finding for finding in await at_discord(TOKEN, commands, WallClock(), count) if finding.about == "shards"
        )
        for count in (None, 2, 4)
    }
    assert [finding.level for finding in said.values()] == [Level.FINE, Level.HINT, Level.FINE]
    assert said[2].saw == "LIMBER_SHARD_COUNT is 2, and Discord recommends 4"


async def test_what_is_wrong_at_discord_is_named(discord, pointed, commands):
    discord.application |= SOUND | {
        "interactions_endpoint_url": "https://elsewhere.example",
        "integration_types_config": {
            "0": {"oauth2_install_params": {"scopes": ["bot"], "permissions": str(PERMISSIONS.value & ~2048 | 8)}}
        },
        "privacy_policy_url": None,
    }

    class Late:
        def now(self) -> datetime:
            return datetime.now(UTC) + timedelta(minutes=5)

    found = await at_discord(TOKEN, commands, Late())
    said = {f"{finding.level}: {finding.saw}" for finding in found if finding.level is not Level.FINE}

    assert faults(found).keys() == {"clock", "application", "install", "commands"}
    assert any(line.endswith("s off, so reminders are too") for line in said)
    assert "FAULT: User Install is off" in said
    assert "FAULT: Guild Install lacks the scope applications.commands" in said
    assert "hint: the invite does not ask for Send Messages, which posts need" in said
    assert "hint: the invite asks for more than Limber needs: administrator" in said
    assert "hint: it has no link to a privacy policy" in said


async def test_a_refused_token_and_a_network_that_is_away_are_named(discord, pointed, commands):
    discord.refuses_token = True
    assert faults(await at_discord(TOKEN, commands, WallClock())) == {"Discord": "it refused the token"}
    async with discord.away():
        assert "cannot be reached" in faults(await at_discord(TOKEN, commands, WallClock()))["Discord"]


async def test_the_doctor_says_nothing_is_wrong_or_ends_with_one(discord, tmp_path):
    discord.application |= SOUND
    async with started(discord, tmp_path, "doctor") as before:
        assert await before.ended() == 1
        assert "Mend it: limber sync --force" in before.out
    async with started(discord, tmp_path, "sync") as syncing:
        assert await syncing.ended() == 0
    async with started(discord, tmp_path, "doctor") as after:
        assert await after.ended() == 0
        assert after.out.splitlines()[-1] == "Nothing is wrong."
        assert TOKEN not in before.out + before.err + after.out + after.err


async def test_status_asks_the_running_bot(discord, tmp_path):
    port = str(free_port())
    async with started(discord, tmp_path, "status", LIMBER_HTTP_PORT=port) as nobody:
        assert await nobody.ended() == 1
        assert "No bot answers at" in nobody.err
    async with started(discord, tmp_path, "run", LIMBER_HTTP_PORT=port) as bot:
        await bot.serving(discord)
        await bot.logged("ready")
        async with started(discord, tmp_path, "status", LIMBER_HTTP_PORT=port) as asking:
            assert await asking.ended() == 0
            assert "Ready." in asking.out
            assert "1 of 1 shards connected" in asking.out
        async with started(discord, tmp_path, "status", "--json", LIMBER_HTTP_PORT=port) as asking:
            assert await asking.ended() == 0
            assert json.loads(asking.out)["ready"] is True
        assert await bot.stop() == 0


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.0 404 Not Found\r\n\r\n<h1>Not here</h1>",
        b"HTTP/1.0 404 Not Found\r\n\r\n[]",
        b'HTTP/1.0 200 OK\r\n\r\n{"ready": true}',
        b"HTTP/1.0 200 OK\r\n\r\n7",
        b"SSH-2.0-OpenSSH_9.9\r\n",
    ],
)
async def test_another_program_on_the_port_is_no_bot(discord, tmp_path, answer):
    async def answering(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        writer.close()

    async with await asyncio.start_server(answering, "127.0.0.1", 0) as server:
        port = str(server.sockets[0].getsockname()[1])
        async with started(discord, tmp_path, "status", LIMBER_HTTP_PORT=port) as asking:
            assert await asking.ended() == 1
    assert "No bot answers at" in asking.err
    assert "Traceback" not in asking.err
