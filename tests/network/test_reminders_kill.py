"""SIGKILL at every step of a delivery: no occurrence is lost or doubled, and `unknown` only where nobody can tell.

A real process on a real database, in a soak on each engine; its Discord is here, on a TCP socket, and drops what
repeats a nonce it remembers.
"""

import asyncio
import json
import os
import random
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest

from bot.settings import CONTENT
from bot.storage.engine import Engine
from bot.storage.postgres_session import WRITING
from tests.support.engines import ENGINES, opened_on
from tests.support.examples import SOAK
from tests.support.forked import Process, executed, forked
from tests.support.postgres import postgres

REPOSITORY = CONTENT.parent
PATIENCE = 60
FORGOTTEN = 200  # seconds: longer than a nonce is trusted, shorter than the grace of the child
LEASE = 0.3

pytestmark = [pytest.mark.soak, pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")]


class LocalDiscord:
    """Records every message with its nonce."""

    def __init__(self) -> None:
        self.messages: list[str] = []  # nonces, in the order the messages came
        self.remembered: dict[str, int] = {}
        self.unreadable = False
        self.faults: Callable[[], str | None] = lambda: None  # "before" or "after" the effect the line is cut
        self.mute: Callable[[], None] | None = None  # called instead of the next answer to a send
        self.reached = asyncio.Event()  # a child stands at its step
        self.ready = asyncio.Event()  # a child has begun
        self.came = asyncio.Condition()

    async def __aenter__(self) -> "LocalDiscord":
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=500)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await self._server.wait_closed()

    def forget_nonces(self) -> None:
        self.remembered.clear()

    async def until(self, count: int) -> None:
        """So many messages have come."""
        async with asyncio.timeout(PATIENCE), self.came:
            await self.came.wait_for(lambda: len(self.messages) >= count)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if line := await reader.readline():
                answer = await self._answer(json.loads(line))
                if answer is not None:
                    writer.write(json.dumps(answer).encode() + b"\n")
                    await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()

    async def _answer(self, request: dict[str, Any]) -> dict[str, Any] | None:
        match request["do"]:
            case "ready" | "step" as what:
                (self.ready if what == "ready" else self.reached).set()
                return None
            case "find":
                if self.unreadable:
                    return {"unreadable": True}
                nonce = request["nonce"]
                return {"message": self.messages.index(nonce) if nonce in self.messages else None}
        fault = self.faults()
        if fault == "before":
            return None
        message = await self._arrived(request["nonce"])
        if self.mute is not None:
            mute, self.mute = self.mute, None
            mute()
            return None
        return None if fault == "after" else {"message": message}

    async def _arrived(self, nonce: str) -> int:
        if nonce not in self.remembered:
            async with self.came:
                self.messages.append(nonce)
                self.remembered[nonce] = len(self.messages) - 1
                self.came.notify_all()
        return self.remembered[nonce]


@pytest.fixture
async def discord() -> AsyncIterator[LocalDiscord]:
    async with LocalDiscord() as opened:
        yield opened


class Work:
    """A database with reminders that are due, and the processes on it."""

    def __init__(self, database: Engine, url: str | None, discord: LocalDiscord) -> None:
        self.database = database
        self.where = url or str(database.path)
        self.discord = discord
        self.offset = 0

    async def fill(self, count: int, dates: int = 1) -> None:
        """So many reminders, each of a person of its own, due a minute apart; the last date is now."""
        now = int(time.time() * 1_000_000)
        due = [now - number * 60_000_000 for number in reversed(range(dates))]
        async with self.database.writing() as connection:
            await connection.executemany(
                "insert into person values (:n, 0, 1, null, 0)", [{"n": person} for person in range(count)]
            )
            await connection.executemany(
                "insert into reminder (id, person_id, channel_id, kind, schedule, zone, state, next_due, ignored,"
                " created_at, version) values (:id, :n, :n, 'checkin', :dates, 'UTC', 'active', :due, 0, 0, 1)",
                [{"id": f"{n:032}", "n": n, "dates": json.dumps(due), "due": due[0]} for n in range(count)],
            )

    async def rows(self) -> dict[str, str]:
        """Occurrences and their states."""
        async with self.database.reading() as connection:
            return {row[0]: row[1] for row in await connection.execute_fetchall("select id, state from occurrence")}

    async def unfinished(self) -> int:
        query = (
            "select (select count(*) from reminder where state = 'active')"
            " + (select count(*) from occurrence where state in ('pending', 'claimed'))"
        )
        async with self.database.reading() as connection:
            ((count,),) = await connection.execute_fetchall(query)
        return int(count)

    async def locked(self) -> bool:
        """Whether somebody is in the middle of a write."""
        if self.database.path is None:
            query = f"select 1 from pg_locks where locktype = 'advisory' and objid = {WRITING & 0xFFFFFFFF} and granted"  # noqa: S608
            async with self.database.reading() as connection:
                return bool([*await connection.execute_fetchall(query)])
        with closing(sqlite3.connect(self.database.path, timeout=0.05, isolation_level=None)) as connection:
            try:
                connection.execute("begin immediate")
            except sqlite3.OperationalError:
                return True
        return False

    @asynccontextmanager
    async def process(self, *, fresh: bool = False, **given: Any) -> AsyncIterator[Process]:
        """A child at work, made by the fork server or started from nothing; killed at the end if still there."""
        default = {"database": self.where, "port": self.discord.port, "offset": self.offset, "lease": LEASE}
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("LIMBER_", "COVERAGE"))}
        settings = json.dumps(default | {"per_second": 2000} | given)
        start = executed if fresh else forked
        child = await start("tests.network.delivering", settings, cwd=REPOSITORY, env=environment)
        try:
            yield child
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()

    async def killed_at(self, step: str, passes: int = 0) -> None:
        """A child gets as far as this step, and is killed there."""
        self.discord.reached.clear()
        if step == "before answer":
            self.discord.mute = self.discord.reached.set
            async with self.process() as child:
                await asyncio.wait_for(self.discord.reached.wait(), PATIENCE)
                child.kill()
            return
        async with self.process(die=[step, passes]) as child:
            await asyncio.wait_for(self.discord.reached.wait(), PATIENCE)
            child.kill()
            assert await child.wait() == -signal.SIGKILL

    async def finished(self, **given: Any) -> None:
        """A child does all there is to do, and stops when asked to."""
        self.discord.ready.clear()
        async with asyncio.timeout(PATIENCE * (10 if SOAK else 1)), self.process(**given) as child:
            while await self.unfinished():
                assert child.returncode is None
                await asyncio.sleep(0.02)
            await self.discord.ready.wait()
            child.terminate()
            assert await child.wait() == 0

    def pass_time(self) -> None:
        """Discord forgets its nonces; our clock shows that it has been long."""
        self.offset += FORGOTTEN
        self.discord.forget_nonces()

    async def assert_each_once(self, count: int) -> None:
        rows, times = await self.rows(), Counter(self.discord.messages)
        assert len(rows) == count
        assert set(rows.values()) <= {"sent", "late"}
        assert times == Counter(dict.fromkeys(rows, 1))
        if self.database.path is None:
            return
        with closing(sqlite3.connect(self.database.path)) as connection:
            assert connection.execute("pragma integrity_check").fetchone() == ("ok",)


@pytest.fixture(params=ENGINES if SOAK else ENGINES[:1])
async def work(request: pytest.FixtureRequest, tmp_path: Path, discord: LocalDiscord) -> AsyncIterator[Work]:
    async with opened_on(request.param, tmp_path) as database:
        url = None if database.path else (await postgres()).url("limber")
        yield Work(database, url, discord)


STEPS = [
    "before materialize",
    "in materialize",
    "after materialize",
    "before claim",
    "in claim",
    "after claim",
    "before send",
    "before answer",  # sent, and not answered yet
    "after answer",
    "before settle",
    "in settle",
    "after settle",
]


@pytest.mark.parametrize("forgotten", [False, True], ids=["at once", "nonce forgotten"])
@pytest.mark.parametrize("step", STEPS)
async def test_killed_at_a_step_and_started_again(work: Work, step: str, *, forgotten: bool) -> None:
    await work.fill(3)
    await work.killed_at(step)
    if forgotten:
        work.pass_time()
    await work.finished()
    await work.assert_each_once(3)


@pytest.mark.skipif(SOAK, reason="there, every step is one on each engine")
@pytest.mark.parametrize("work", ["postgresql"], indirect=True)
@pytest.mark.parametrize("step", ["in materialize", "in claim", "before answer", "in settle"])
async def test_killed_at_a_step_on_postgresql(work: Work, step: str) -> None:
    await test_killed_at_a_step_and_started_again(work, step, forgotten=True)


@pytest.mark.parametrize(
    ("first", "step"),
    [
        ("before answer", "before look"),
        ("before answer", "after look"),
        ("after claim", "after look"),
        ("after claim", "before reclaim"),
        ("after claim", "in reclaim"),
        ("after claim", "after reclaim"),
    ],
)
async def test_killed_again_while_it_looks(work: Work, first: str, step: str) -> None:
    """Nothing was sent, or something was: the second process looks, and is killed in the middle of that."""
    await work.fill(2)
    await work.killed_at(first)
    work.pass_time()
    await work.killed_at(step)
    if step == "after reclaim":
        await work.killed_at("before answer")
        work.pass_time()
    await work.finished()
    await work.assert_each_once(2)


@pytest.mark.parametrize("step", ["after claim", "before answer", "after answer", "before settle"])
async def test_what_cannot_be_told_any_more_is_unknown_and_not_sent_again(work: Work, step: str) -> None:
    """Claimed, the nonce forgotten, the channel unreadable: the one case."""
    await work.fill(3)
    await work.killed_at(step)
    came = Counter(work.discord.messages)
    work.pass_time()
    work.discord.unreadable = True
    await work.finished()
    assert set((await work.rows()).values()) == {"unknown"}
    assert Counter(work.discord.messages) == came
    assert max(came.values(), default=0) <= 1


async def test_random_kills_lose_and_double_nothing(work: Work) -> None:
    """With lines cut before and after the effect; after some kills the nonces are forgotten."""
    kills, count, dates = (200, 2000, 1) if SOAK else (20, 200, 2)
    chance = random.Random(20)  # noqa: S311
    work.discord.faults = lambda: chance.choices([None, "before", "after"], [94, 3, 3])[0]
    await work.fill(count, dates)
    done = 0
    while done < kills and await work.unfinished():
        async with work.process(lease=0.2, per_second=400) as child:
            target = len(work.discord.messages) + chance.randrange(1, 2 * count * dates // kills // 2 + 1)
            waiting = asyncio.ensure_future(work.discord.until(target))
            await asyncio.wait([waiting], timeout=chance.uniform(0.3, 2))
            waiting.cancel()
            await asyncio.sleep(chance.uniform(0, 0.02))
            child.kill()
            done += 1
        if chance.random() < 0.4:
            work.pass_time()
    work.discord.faults = lambda: None
    left = await work.unfinished()
    await work.finished()
    assert done == kills
    assert left
    await work.assert_each_once(count * dates)


async def paused_while_writing(process: Process, work: Work) -> bool:
    """On a busy machine it comes to a stop some time after the signal, with a lock that was not there before."""
    await asyncio.to_thread(os.waitid, os.P_PID, process.pid, os.WSTOPPED)
    return await work.locked()


@pytest.mark.parametrize("signal_", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "paused"])
async def test_another_process_takes_over(work: Work, signal_: signal.Signals) -> None:
    """Once the holder's lease is over; how soon that is, `test_worker_lease` says. One only paused does no harm."""
    count, lease = (20_000, 12) if SOAK else (1500, 1.5)
    await work.fill(count)
    async with work.process(lease=lease, per_second=250, fresh=True) as first:
        await work.discord.until(10)
        work.discord.ready.clear()
        async with work.process(lease=lease, per_second=1000) as second:
            await work.discord.ready.wait()
            await asyncio.sleep(0.5)  # it has seen that it is not alone
            first.send_signal(signal_)
            while signal_ == signal.SIGSTOP and await paused_while_writing(first, work):  # nobody else can write then
                first.send_signal(signal.SIGCONT)
                await asyncio.sleep(0.005)
                first.send_signal(signal_)
            await asyncio.sleep(0.1)  # what was on the line has come
            before = len(work.discord.messages)
            assert before < count
            await work.discord.until(before + 1)  # from the second one: the first sends nothing any more
            if signal_ == signal.SIGSTOP:
                await work.discord.until(before + count // 5)
                first.send_signal(signal.SIGCONT)
            async with asyncio.timeout(PATIENCE * 2):
                while await work.unfinished():  # noqa: ASYNC110  # another process's doing
                    await asyncio.sleep(0.05)
            second.terminate()
            assert await second.wait() == 0
    await work.assert_each_once(count)
