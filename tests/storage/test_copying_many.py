"""Two hundred thousand check-ins carried to PostgreSQL and back, as a host does it, in a soak."""

import asyncio
import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from bot.checkins.diary import OpenDiary
from bot.checkins.models import CheckIn
from bot.checkins.person_diary import Terms
from bot.clock import WallClock
from bot.settings import CONTENT, Settings
from bot.storage.sql import to_columns, values_of
from bot.storage.storage import open_storage
from tests.storage.exported import exported
from tests.storage.given import ANA, NOON
from tests.support.examples import SOAK
from tests.support.postgres import postgres

PEOPLE, EACH = 1_000, 200
MEMORY = 150  # MB: what the command needs does not grow with the diary
INSERT = "insert into record (id, person_id, kind, at, sealed) values (:id, :person, :kind, :at, :sealed)"

pytestmark = [pytest.mark.soak, pytest.mark.skipif(not SOAK, reason="minutes; test_copying.py carries a few")]


async def fill(host: Settings) -> None:
    async with await open_storage(host) as storage:
        diary = OpenDiary(storage, WallClock(), Terms())
        for person in range(ANA, ANA + PEOPLE):
            await diary.agree(person)
            opened = await diary.of(person)
            entries = [
                CheckIn(id=f"{person}-{day}", at=NOON + timedelta(days=day), area="hip", pain=day % 11)
                for day in range(EACH)
            ]
            rows = [to_columns(values_of(await opened._sealed(entry))) for entry in entries]
            async with storage.limber.writing() as connection:
                await connection.executemany(INSERT, rows)


def copied(source: str, target: str, host: Settings, keys_url: str) -> tuple[float, float]:
    """`limber db copy`: seconds, and the most megabytes it needed."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("LIMBER_")}
    environment["LIMBER_KEY_FILE"] = str(host.key_file)
    command = [sys.executable, "-m", "bot", "db", "copy", source, target, "--keys-url", keys_url]
    began = time.monotonic()
    process = subprocess.Popen(command, cwd=CONTENT.parent, env=environment, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return time.monotonic() - began, used.ru_maxrss / 1024


async def test_two_hundred_thousand_there_and_back_are_the_same_byte_for_byte(host: Settings, tmp_path: Path) -> None:
    await fill(host)
    urls = await (await postgres()).pair()
    people = (ANA, ANA + PEOPLE // 2, ANA + PEOPLE - 1)
    before = [await exported(host, person) for person in people]
    back = host.model_copy(update={"data": tmp_path / "back"})

    there = await asyncio.to_thread(copied, str(host.data), urls.database, host, urls.keys)
    assert [await exported(host.on(urls), person) for person in people] == before
    again = await asyncio.to_thread(copied, urls.database, str(back.data), host, urls.keys)
    assert [await exported(back, person) for person in people] == before

    for way, (seconds, memory) in {"to PostgreSQL": there, "back": again}.items():
        print(f"{PEOPLE * EACH:,} check-ins {way}: {seconds:.1f} s, {memory:.0f} MB")  # noqa: T201  # `pytest -rP` shows it
        assert memory < MEMORY
