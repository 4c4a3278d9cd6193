"""docs/self-hosting.md, followed word by word: a bot is started, asked, backed up, loses its disk, and is restored."""

import asyncio
import re
import shlex
import shutil
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from bot.monitoring.doctor_discord import PERMISSIONS, SCOPES
from bot.settings import CONTENT, Settings, read_settings
from bot.storage.storage import open_storage
from tests.network.loopback import TOKEN
from tests.network.process import started
from tests.storage.given import ANA, keep
from tests.support.command_line import limber

ROOT = CONTENT.parent
PAGE = (ROOT / "docs/self-hosting.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"(?ms)(?:^<!-- not run: (?P<reason>.+?) -->\n)?^```(?P<language>\w*)\n(?P<body>.*?)^```$")
LOST = "### After a lost disk"


def blocks(language: str) -> list[tuple[str, str | None]]:
    """Of this language: what stands in it, and why it is not run."""
    return [(block["body"], block["reason"]) for block in BLOCK.finditer(PAGE) if block["language"] == language]


def commands(text: str) -> list[list[str]]:
    """Every line that a test is to run."""
    run = [block["body"] for block in BLOCK.finditer(text) if block["language"] == "sh" and not block["reason"]]
    return [shlex.split(line, comments=True) for body in run for line in body.splitlines()]


def test_every_block_is_run_or_read_by_a_test_or_says_why_not() -> None:
    assert {block["language"] for block in BLOCK.finditer(PAGE)} == {"sh", "yaml", "text"}
    assert len(BLOCK.findall(PAGE)) * 2 == PAGE.count("```")
    assert {line[0] for line in commands(PAGE)} == {"limber"}
    assert all(len(reason) > 10 for _, reason in blocks("sh") if reason)


def test_what_is_not_run_names_files_and_units_that_are_there() -> None:
    text = "\n".join(body for body, reason in blocks("sh") if reason)
    named = set(re.findall(r"(?:deploy/[\w@.-]+|requirements\.lock|\.env\.example)", text))

    assert named == {"deploy/limber@.service", "requirements.lock", ".env.example"}
    assert all((ROOT / name).exists() for name in named)


def test_the_invite_asks_for_exactly_what_the_doctor_looks_for() -> None:
    ((address, _),) = blocks("text")
    asked = parse_qs(urlsplit(address.strip()).query)

    assert asked["permissions"] == [str(PERMISSIONS.value)]
    assert set(asked["scope"][0].split()) == SCOPES["0"]


def test_prometheus_would_read_the_rules_and_ask_the_default_port() -> None:
    ((text, _),) = blocks("yaml")
    given = yaml.safe_load(text)

    assert (ROOT / "deploy" / given["rule_files"][0]).exists()
    (job,) = given["scrape_configs"]
    assert job["job_name"] == "limber"
    assert job["static_configs"][0]["targets"] == [f"127.0.0.1:{Settings.model_fields['http_port'].default}"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty one, with the settings that a host writes into .env."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    (tmp_path / ".env").write_text(f"DISCORD_TOKEN={TOKEN}\n", encoding="utf-8")
    return tmp_path


@pytest.mark.asyncio(loop_scope="module")
async def test_a_host_follows_the_page_to_a_running_bot_and_back_from_a_lost_disk(discord, folder, locales) -> None:
    key = {"LIMBER_KEY_FILE": None, "XDG_CONFIG_HOME": str(folder / "home")}
    async with started(discord, folder, "run", **key) as bot:
        await bot.serving(discord)
        assert (await discord.slash("pain", area="hip")).ephemeral
        await somebody_logs()
        before, _, after = PAGE.partition(LOST)
        await follow(before, locales)
        assert await bot.stop() == 0

    shutil.rmtree(folder / "data")
    await follow(after.partition("\n### ")[0], locales)
    async with started(discord, folder, "run", **key) as bot:
        await bot.serving(discord)
        assert await entries() == 1
        assert await bot.stop() == 0
    await follow("### " + after.partition("\n### ")[2], locales)
    async with started(discord, folder, "run", **key) as bot:
        await bot.serving(discord)
        assert await bot.stop() == 0


async def follow(text: str, locales) -> None:
    for line in commands(text):
        done = await asyncio.to_thread(limber, *line[1:], typed="y\n", locales=locales)
        assert done.returncode == 0, (line, done.stdout, done.stderr)


async def somebody_logs() -> None:
    async with await open_storage(read_settings()) as storage:
        await storage.consent(ANA, 1, datetime.now(UTC))
        await keep(storage, ANA, "a" * 32, b"hip 4")


async def entries() -> int:
    async with await open_storage(read_settings()) as storage:
        return len(await storage.records.of_person(ANA))
