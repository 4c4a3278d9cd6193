"""A check-in while another process writes to the database: Discord waits for three seconds, SQLite for five."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from tests.network.loopback import Loopback
from tests.network.process import started
from tests.support.held import held
from tests.support.slow import answered_late

pytestmark = pytest.mark.asyncio(loop_scope="module")

SAVED = "Hip: 4 out of 10"
NOT_SAVED = "My diary can’t be opened just now, and nothing was changed."


@dataclass(frozen=True)
class Diary:
    """The diary of somebody who agreed, and the Discord in which they write to it."""

    discord: Loopback
    file: Path

    def __len__(self) -> int:
        """How many check-ins are in it."""
        with closing(sqlite3.connect(f"{self.file.as_uri()}?mode=ro", uri=True)) as connection:
            return connection.execute("select count(*) from record where kind = 'checkin'").fetchone()[0]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def diary(tmp_path_factory):
    folder = tmp_path_factory.mktemp("diary")
    async with Loopback() as discord, started(discord, folder, "run", LIMBER_DATA=str(folder / "data")) as bot:
        await bot.serving(discord)
        asked = await discord.slash("checkin")
        await discord.press(asked.button("Yes"))
        yield Diary(discord, folder / "data" / "limber.db")
        assert await bot.stop() == 0


async def check_in_while_held(diary, seconds):
    """What it says in the end, and how many check-ins have been kept by then: it stays at that."""
    before = len(diary)
    async with held(diary.file, seconds):
        answer = await answered_late(diary.discord, diary.discord.slash("checkin", area="hip", pain="4"))
        kept = len(diary) - before
    next_one = await diary.discord.slash("checkin", area="knee", pain="2")
    assert "Knee: 2 out of 10" in next_one.text
    assert len(diary) == before + kept + 1
    return answer.text, kept


async def test_behind_a_write_of_four_seconds_a_check_in_is_kept_once_and_says_so(diary):
    said, kept = await check_in_while_held(diary, 4)
    assert (SAVED in said, kept) == (True, 1)


async def test_behind_a_write_of_eight_seconds_a_check_in_says_whether_it_is_kept(diary):
    said, kept = await check_in_while_held(diary, 8)
    assert (SAVED in said, NOT_SAVED in said, kept) in {(True, False, 1), (False, True, 0)}
