"""`limber run` on PostgreSQL: one process answers, another stands by, and the server may go and come back."""

import asyncio
import os
import signal

import asyncpg
import pytest

from tests.network import wire
from tests.network.process import started
from tests.network.standing_by import STANDS_BY, consented, one_of_them_runs
from tests.support.postgres import postgres

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def check_ins(url):
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval("select count(*) from record where kind = 'checkin'")
    finally:
        await connection.close()


async def test_the_server_may_go_and_a_killed_process_is_followed_by_the_next(discord, tmp_path):
    server = await postgres()
    urls = await server.pair()
    where = {"LIMBER_DATABASE_URL": urls.database, "LIMBER_KEYS_URL": urls.keys}
    async with (
        started(discord, tmp_path, "run", **where, LIMBER_DATA="one") as first,
        started(discord, tmp_path, "run", **where, LIMBER_DATA="two") as second,
    ):
        running, _ = await one_of_them_runs(discord, first, second)
        await consented(discord)
        await discord.slash("checkin", area="hip", pain="4")
        assert (len(discord.identified), await check_ins(urls.database), STANDS_BY in running.err) == (1, 1, False)

        await asyncio.to_thread(server.control, "-m", "immediate", "stop")
        refused = await discord.slash("checkin", area="hip", pain="5")
        advice = await discord.slash("pain", area="hip")
        await discord.dispatch("CHANNEL_UPDATE", wire.guild()["channels"][0] | {"guild_id": wire.GUILD})
        await running.logged("heard=on_guild_channel_update")
        await asyncio.to_thread(server.control, "start")
        assert "5 out of 10" not in refused.text
        assert "Hip" in advice.text
        assert await check_ins(urls.database) == 1

        os.kill(running.pid, signal.SIGKILL)
        await discord.until(lambda: len(discord.identified) >= 2)
        await discord.connected()
        answer = await discord.slash("checkin", area="knee", pain="2")
        assert ("Knee: 2 out of 10" in answer.text, await check_ins(urls.database)) == (True, 2)
        assert "Traceback" not in first.err + second.err
        assert running.err.count("the database is gone") <= 2  # once for each of the two
