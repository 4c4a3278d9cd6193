"""Two `limber run` on one data folder: one answers and delivers, the other stands by until that one has ended."""

import asyncio
import os
import signal
import sqlite3
from contextlib import AsyncExitStack, closing

import pytest

from tests.network.process import started
from tests.network.standing_by import STANDS_BY, consented, one_of_them_runs
from tests.support.command_line import limber

pytestmark = pytest.mark.asyncio(loop_scope="module")


def asked_of(database, question):
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(question).fetchone()[0]


def check_ins(folder):
    return asked_of(folder / "data" / "limber.db", "select count(*) from record where kind = 'checkin'")


def fence(folder):
    return asked_of(folder / "data" / "limber.db", "select fence from lease where name = 'delivery'")


async def test_the_second_one_stands_by_and_takes_over_when_the_first_is_killed(discord, tmp_path):
    async with started(discord, tmp_path, "run") as first, started(discord, tmp_path, "run") as second:
        running, waiting = await one_of_them_runs(discord, first, second)
        await consented(discord)
        await discord.slash("checkin", area="hip", pain="4")
        calls = len(discord.calls)
        assert (len(discord.identified), check_ins(tmp_path), STANDS_BY in running.err) == (1, 1, False)

        os.kill(running.pid, signal.SIGKILL)
        await discord.until(lambda: len(discord.identified) == 2)
        await discord.connected()
        answer = await discord.slash("checkin", area="knee", pain="2")
        assert ("Knee: 2 out of 10" in answer.text, check_ins(tmp_path)) == (True, 2)
        assert calls < len(discord.calls)
        assert await waiting.stop() == 0


async def test_two_that_start_at_once_on_an_empty_folder_both_come_up(discord, tmp_path):
    async with AsyncExitStack() as stack:
        both = await asyncio.gather(*(stack.enter_async_context(started(discord, tmp_path, "run")) for _ in range(2)))
        running, waiting = await one_of_them_runs(discord, *both)
        assert await running.stop() == 0
        await discord.until(lambda: len(discord.identified) == 2)
        await waiting.serving(discord)
        assert await waiting.stop() == 0
        assert "Traceback" not in running.err + waiting.err


async def test_commands_that_make_the_database_at_once_all_come_up_too(discord, tmp_path):
    async with AsyncExitStack() as stack:
        data = {"LIMBER_DATA": str(tmp_path / "data")}
        start = [started(discord, tmp_path, *command, **data) for command in (("run",), *[("db", "upgrade")] * 3)]
        bot, *upgrades = await asyncio.gather(*map(stack.enter_async_context, start))
        await bot.serving(discord)
        assert [await upgrade.ended() for upgrade in upgrades] == [0, 0, 0]
        assert await bot.stop() == 0


async def test_delivery_is_taken_over_too_and_other_commands_go_on_working(discord, tmp_path, monkeypatch):
    async with started(discord, tmp_path, "run") as first, started(discord, tmp_path, "run") as second:
        running, waiting = await one_of_them_runs(discord, first, second)
        await consented(discord)
        monkeypatch.setenv("LIMBER_DATA", str(tmp_path / "data"))
        monkeypatch.setenv("LIMBER_KEY_FILE", str(tmp_path / "host.key"))
        for command, says in (
            (("delivery",), "A bot is on duty"),
            (("db", "backup"), "backups"),
            (("db", "upgrade"), "up to date"),
            (("erase-user", "300", "--yes"), "Deleted for good"),
        ):
            done = await asyncio.to_thread(limber, *command)
            assert (done.returncode, says in done.stdout) == (0, True), done.stdout + done.stderr

        before = fence(tmp_path)
        assert await running.stop() == 0  # it hands the lease back; after a kill the next one waits for its end
        await waiting.serving(discord)
        async with asyncio.timeout(15):
            while fence(tmp_path) == before:  # noqa: ASYNC110  # a row that another process writes
                await asyncio.sleep(0.05)
        assert await waiting.stop() == 0


async def test_one_that_stands_by_stops_when_it_is_told_to_and_has_asked_discord_nothing(discord, tmp_path):
    async with started(discord, tmp_path, "run") as first, started(discord, tmp_path, "run") as second:
        running, waiting = await one_of_them_runs(discord, first, second)
        calls = len(discord.calls)
        os.kill(waiting.pid, signal.SIGHUP)
        await waiting.logged("content read again")
        assert await waiting.stop() == 0
        assert (len(discord.identified), len(discord.calls)) == (1, calls)
        assert await running.stop() == 0
