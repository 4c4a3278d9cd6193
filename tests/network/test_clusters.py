"""`limber run --cluster`: two processes share the shards of one bot, on one PostgreSQL and one Discord."""

import asyncio
import json
import os
import re
import signal
from contextlib import AsyncExitStack, asynccontextmanager
from random import Random

import asyncpg
import pytest
import pytest_asyncio

from benchmarks.soak_reminders import Reminders
from bot.settings import Settings
from bot.storage.lease import DELIVERY
from bot.storage.postgres_session import WRITING
from bot.storage.storage import open_storage
from tests.network import wire
from tests.network.loopback import NoAnswer
from tests.network.process import started
from tests.network.standing_by import consented
from tests.network.watching import free_port, get, measured
from tests.support.command_line import limber
from tests.support.postgres import postgres

pytestmark = pytest.mark.asyncio(loop_scope="module")

HARES, OWLS = wire.GUILD, str(5 << 22)  # of two shards, the first is told of the one and the second of the other
SHARES = ("1/2", "2/2")
TAKEN_OVER = 15  # seconds until another delivers
SPACING = 0.5  # seconds that clusters leave between two IDENTIFYs, of which half may be lost on the way

WAITING = f"select 1 from pg_locks where locktype = 'advisory' and objid = {WRITING & 0xFFFFFFFF} and not granted"  # noqa: S608


@pytest_asyncio.fixture(loop_scope="module")
async def urls():
    return await (await postgres()).pair()


@pytest.fixture
def start(discord, tmp_path, urls):
    """Starts a cluster: `async with start("1/2") as bot`."""
    discord.guilds.append(OWLS)
    discord.identify_interval = SPACING / 2
    where = {"LIMBER_DATABASE_URL": urls.database, "LIMBER_KEYS_URL": urls.keys, "LIMBER_SHARD_COUNT": "2"}

    def cluster(share, **more):
        data = {"LIMBER_DATA": share.replace("/", "-"), "LOOPBACK_IDENTIFY": str(SPACING)}
        return started(discord, tmp_path, "run", "--cluster", share, **where, **data, **more)

    return cluster


async def test_each_answers_for_its_servers_and_goes_on_while_the_other_is_restarted(discord, start):
    async with AsyncExitStack() as running:
        bots = [await running.enter_async_context(start(share)) for share in SHARES]
        for shard, bot in enumerate(bots):
            await bot.serving(discord, shard)
        assert sorted(identify["shard"] for identify in discord.identified) == [[0, 2], [1, 2]]
        assert (discord.sent_away, len(discord.published)) == (0, 1)

        async with asking(discord, HARES) as hares, asking(discord, OWLS) as owls:
            for shard, share in enumerate(SHARES):
                assert await bots[shard].stop() == 0
                bots[shard] = await running.enter_async_context(start(share))
                await bots[shard].serving(discord, shard)
                await answered_again(discord, hares, owls)
        for asked in (hares, owls):
            assert asked["lost"] <= 1, "more than the one that was on its way to a connection that ended"
        assert len(discord.identified) == 4 + discord.sent_away  # who ends at once gives up its turn: see ADR 20
        assert len(discord.published) == 1
        for bot in bots:
            assert await bot.stop() == 0
            assert "Traceback" not in bot.err


async def answered_again(discord, *everybody):
    before = [asked["answered"] for asked in everybody]
    await discord.until(lambda: all(asked["answered"] > count for asked, count in zip(everybody, before, strict=True)))


@asynccontextmanager
async def asking(discord, guild):
    """One command after the other in this server, whenever its shard is there; how many were answered."""
    asked = {"answered": 0, "lost": 0}

    async def ask():
        while True:
            socket = await discord.connected(discord.shard_of(guild))
            try:
                answer = await discord.slash_in(guild, "pain", area="hip")
            except NoAnswer:
                assert socket.closed
                asked["lost"] += 1
            else:
                assert "Hip" in answer.text
                asked["answered"] += 1
            await asyncio.sleep(0.05)  # as often as a club asks; without it the two of them starve what starts

    task = asyncio.create_task(ask())
    yield asked
    task.cancel()
    await asyncio.wait([task])
    assert task.cancelled(), task.exception()


async def test_it_says_which_one_it_is(discord, start, monkeypatch):
    port = free_port()
    async with start("1/2", LIMBER_HTTP_PORT=str(port)) as bot:
        await bot.serving(discord)
        await bot.logged("ready")
        assert json.loads((await get(port, "/readyz"))[1])["cluster"] == "1/2"
        monkeypatch.setenv("LIMBER_HTTP_PORT", str(port))
        assert "\nCluster 1/2.\n" in (await asyncio.to_thread(limber, "status")).stdout
        assert re.search(r'limber_info\{cluster="1/2",', await measured(port))
        assert await bot.stop() == 0


async def test_what_is_being_answered_when_it_is_told_to_stop_is_answered(discord, start, urls):
    async with start("1/2") as bot:
        await bot.serving(discord)
        await consented(discord)
        other = await asyncpg.connect(urls.database)
        await other.execute(f"select pg_advisory_lock({WRITING})")
        answer = asyncio.create_task(discord.slash("checkin", area="hip", pain="4"))
        while not await other.fetchval(WAITING):  # noqa: ASYNC110  # the bot's doing
            await asyncio.sleep(0.01)
        bot.send(signal.SIGTERM)
        await discord.until(lambda: discord.farewells)
        await other.close()
        assert "Hip: 4 out of 10" in (await discord.in_the_end(await answer)).text
        assert await bot.ended() == 0


async def test_another_delivers_within_15_seconds_when_the_one_that_did_is_killed(discord, start, urls, tmp_path):
    host = Settings(data=tmp_path / "data", key_file=tmp_path / "host.key").on(urls)
    async with await open_storage(host) as storage, start("1/2") as first:
        reminders = Reminders(storage, Random(1), each_second=1)  # noqa: S311
        await reminders.fill(TAKEN_OVER)
        while (before := await storage.leases.find(DELIVERY)).holder is None:  # noqa: ASYNC110  # the first one's doing
            await asyncio.sleep(0.05)
        async with start("2/2") as second:
            await second.serving(discord, shard=1)
            setting = asyncio.create_task(reminders.go_on())
            await discord.until(lambda: discord.messages.came)
            os.kill(first.pid, signal.SIGKILL)
            async with asyncio.timeout(TAKEN_OVER):
                while (after := await storage.leases.find(DELIVERY)).fence == before.fence:  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
            setting.cancel()
            delivered = await reminders.account(discord)
            assert await second.stop() == 0
    assert after.holder not in {None, before.holder}
    assert (delivered.doubled, delivered.lost, delivered.unsaid) == (0, 0, 0)
    assert set(delivered.states) <= {"sent", "late"}
    assert delivered.due > 1
    assert max(delivered.late) < TAKEN_OVER
