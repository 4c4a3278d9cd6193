"""What a host sees of a running bot: health, readiness, metrics, systemd's socket, a reload by signal."""

import asyncio
import json
import re
import signal
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import discord as library
import pytest
from prometheus_client import CollectorRegistry

from bot.monitoring.metrics import Metrics
from bot.monitoring.monitor import Status
from bot.monitoring.systemd import notifying
from bot.ui.error_mapping import NoRetryClient
from tests.network.limits import Limit
from tests.network.loopback import TOKEN
from tests.network.process import started
from tests.network.watching import free_port, get, measured

pytestmark = pytest.mark.asyncio(loop_scope="module")

CANARIES = ("hip", "knee", "hamstring", "zebrafish", "Harbour", "5000000000")  # places, a word typed, a server, ids


async def test_health_readiness_and_metrics_of_a_bot_at_work_say_nothing_of_anybody(discord, tmp_path):
    port = free_port()
    async with started(discord, tmp_path, "run", LIMBER_HTTP_PORT=str(port)) as bot:
        await bot.serving(discord)
        await bot.logged("ready")
        card = await discord.slash("pain", area="hip")
        await discord.press(card.custom_ids[0])
        await discord.slash("pain", area="zebrafish")
        await discord.press("l2.hamstring.hurts.zebrafish")

        assert await get(port, "/healthz") == (200, "ok\n")
        code, ready = await get(port, "/readyz")
        assert (code, json.loads(ready)["problems"]) == (200, [])
        metrics = await measured(
            port,
            'limber_answer_seconds_count{name="/pain",outcome="done"} 1.0',
            'limber_answer_seconds_count{name="/pain",outcome="told"} 1.0',
            'limber_answer_seconds_count{name="out of date",outcome="told"} 1.0',
            'limber_database_seconds_count{kind="write"}',
        )
        assert 'limber_shard_connected{shard="0"} 1.0' in metrics
        assert [word for word in CANARIES if word in metrics + ready] == []
        assert await bot.stop() == 0


async def test_it_is_healthy_and_not_ready_while_discord_is_away(discord, tmp_path):
    port = free_port()
    async with discord.away(), started(discord, tmp_path, "run", LIMBER_HTTP_PORT=str(port)) as bot:
        await bot.logged("Discord cannot be reached")
        assert (await get(port, "/healthz"))[0] == 200
        code, ready = await get(port, "/readyz")
        assert code == 503
        assert json.loads(ready)["problems"] == ["Not connected to Discord yet."]
        assert await bot.stop() == 0


async def test_a_port_that_is_taken_is_one_line_and_the_bot_runs_on(discord, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        async with started(discord, tmp_path, "run", LIMBER_HTTP_PORT=port) as bot:
            await bot.serving(discord)
            assert "health and metrics are not served" in bot.err
            assert await bot.stop() == 0


async def test_sighup_reads_the_content_again(discord, tmp_path):
    async with started(discord, tmp_path, "run") as bot:
        await bot.serving(discord)
        bot.send(signal.SIGHUP)
        await bot.logged("content read again")
        assert await bot.stop() == 0


async def test_each_pause_that_discord_asks_for_is_counted(discord, pointed):
    metrics = Metrics(CollectorRegistry())
    limit = Limit(2, 600)  # the two requests of logging in
    discord.limits.append(limit)
    async with NoRetryClient(observer=metrics.observer) as sender:
        await sender.login(TOKEN)
        for _ in range(3):
            with pytest.raises(library.HTTPException):
                await sender.application_info()

    assert limit.refused
    assert f"limber_rate_limited_total {len(limit.refused)}.0".encode() in metrics.text(
        Status("1", "1", datetime.now(UTC)), datetime.now(UTC)
    )


# systemd


@asynccontextmanager
async def manager(folder: Path) -> AsyncIterator[tuple[str, socket.socket]]:
    """A socket as systemd listens on, and its address."""
    address = str(folder / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(address)
        listening.settimeout(0)
        yield address, listening


async def told(listening: socket.socket) -> str:
    async with asyncio.timeout(60):
        return (await asyncio.get_running_loop().sock_recv(listening, 4096)).decode()


async def test_systemd_is_told_of_start_life_and_end_also_while_discord_is_away(discord, tmp_path):
    async with manager(tmp_path) as (address, listening), discord.away():
        told_by = {"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "300000"}
        async with started(discord, tmp_path, "run", **told_by) as bot:
            assert [await told(listening) for _ in range(3)] == ["READY=1", "WATCHDOG=1", "WATCHDOG=1"]
            assert await bot.stop() == 0
            heard = []
            while "STOPPING=1" not in heard:
                heard.append(await told(listening))


async def test_a_loop_that_is_held_does_not_ping(tmp_path):
    async with manager(tmp_path) as (address, listening), notifying(address, 0.03):
        assert [await told(listening) for _ in range(2)] == ["READY=1", "WATCHDOG=1"]
        while await waiting(listening):
            pass
        time.sleep(0.3)  # noqa: ASYNC251  # a loop that is held is what this is about
        with pytest.raises(BlockingIOError):
            listening.recv(4096)
        assert re.fullmatch("WATCHDOG=1", await told(listening))


async def waiting(listening: socket.socket) -> bool:
    """Take what has come already, if anything has."""
    try:
        listening.recv(4096)
    except BlockingIOError:
        return False
    return True


async def test_one_that_stands_by_is_healthy_and_ready_when_it_takes_over(discord, tmp_path):
    port = free_port()
    async with started(discord, tmp_path, "run") as first:
        await first.serving(discord)
        async with started(discord, tmp_path, "run", LIMBER_HTTP_PORT=str(port)) as second:
            await second.logged("stands by")
            assert await get(port, "/healthz") == (200, "ok\n")
            assert (await get(port, "/readyz"))[0] == 503
            assert await first.stop() == 0
            await discord.until(lambda: len(discord.identified) == 2)
            await second.serving(discord)
            await second.logged("ready")
            assert (await get(port, "/readyz"))[0] == 200
            assert await second.stop() == 0
