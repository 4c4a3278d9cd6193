"""Several processes on one PostgreSQL: who runs beside whom, who stands by, and whose turn it is to identify."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.settings import Cluster
from bot.storage import postgres_identify, postgres_lock
from bot.storage.errors import NoKey, StorageError, WrongKey
from bot.storage.postgres_identify import IdentifyTurns
from bot.storage.postgres_lock import ANOTHER, OTHER_SHARES, SAME_SHARE, Share, sole_process
from bot.storage.storage import Storage, open_storage
from tests.storage.given import ANA, NOON, hosted, keep, opened
from tests.storage.postgres_server import cut, rows
from tests.support.postgres import postgres


@pytest.fixture
async def url(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(postgres_lock, "RETRY", 0.02)
    return (await (await postgres()).pair()).database


@asynccontextmanager
async def waiting(url: str, share: Share | None) -> AsyncIterator[asyncio.Event]:
    """A process that began to wait; set is when it runs."""
    runs = asyncio.Event()

    async def run() -> None:
        async with sole_process(url, share):
            runs.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(run())
    try:
        yield runs
    finally:
        task.cancel()
        await asyncio.wait([task])


async def told(words: str, logged: list[dict[str, object]]) -> None:
    async with asyncio.timeout(10):
        while words not in [line["event"] for line in logged]:  # noqa: ASYNC110  # somebody else's doing
            await asyncio.sleep(0.01)


async def pids(url: str, which: str) -> set[int]:
    """Of the server's processes that hold, or wait for, one of our locks of two numbers."""
    question = f"select pid from pg_locks where locktype = 'advisory' and objsubid = 2 and {which}"  # noqa: S608
    return {int(str(pid)) for (pid,) in await rows(url, question)}


async def test_shares_that_fit_together_run_together_and_each_of_them_once(url: str) -> None:
    async with AsyncExitStack() as running:
        for number in (1, 2, 3):
            await running.enter_async_context(sole_process(url, Share(number, 3, 7)))
        with capture_logs() as logged:
            async with waiting(url, Share(2, 3, 7)) as second:
                await told(SAME_SHARE, logged)
                assert not second.is_set()
    assert [line["event"] for line in logged] == [SAME_SHARE]


@pytest.mark.parametrize(
    ("running", "other", "why"),
    [
        (None, Share(1, 2, 2), ANOTHER),
        (Share(1, 2, 2), None, ANOTHER),
        (Share(1, 2, 2), Share(1, 4, 4), OTHER_SHARES),
        (Share(1, 2, 2), Share(2, 2, 4), OTHER_SHARES),
    ],
)
async def test_what_does_not_fit_waits_until_the_last_has_ended(
    url: str, running: Share | None, other: Share | None, why: str
) -> None:
    with capture_logs() as logged:
        async with sole_process(url, running), waiting(url, other) as runs:
            await told(why, logged)
            with pytest.raises(StorageError, match="A bot is running on limber at"):
                async with sole_process(url, wait=False):
                    pass
            assert not runs.is_set()
    async with waiting(url, other) as runs:
        await runs.wait()


async def test_two_ways_to_share_that_begin_at_once_never_run_together(url: str) -> None:
    async with waiting(url, Share(1, 2, 2)) as two, waiting(url, Share(1, 3, 3)) as three:
        await asyncio.wait(
            [first := asyncio.create_task(two.wait()), other := asyncio.create_task(three.wait())],
            return_when=asyncio.FIRST_COMPLETED,
        )
        first.cancel()
        other.cancel()
        assert len(await pids(url, "granted")) == 1
        assert two.is_set() is not three.is_set()


async def test_clusters_that_were_cut_off_all_go_on(url: str) -> None:
    async with sole_process(url, Share(1, 2, 2)), sole_process(url, Share(2, 2, 2)):
        before = await pids(url, "granted")
        await cut(url)
        async with asyncio.timeout(10):
            while len(now := await pids(url, "granted") - before) < 2:  # noqa: ASYNC110  # a server's doing
                await asyncio.sleep(0.02)
    assert len(before) == len(now) == 2


async def test_who_was_erased_by_one_process_and_begins_anew_is_read_by_all(tmp_path: Path) -> None:
    urls = await (await postgres()).pair()
    host = hosted(tmp_path).on(urls).model_copy(update={"cluster": Cluster(1, 2)})
    async with await open_storage(host) as one, await open_storage(host) as two:
        await one.consent(ANA, 1, NOON)
        first = await keep(two, ANA, "a" * 32, b"hip 4")
        assert await opened(two, first) == b"hip 4"
        await one.erase(ANA)
        with pytest.raises(NoKey):
            await opened(two, first)
        await one.consent(ANA, 1, NOON)
        assert await opened(one, await keep(two, ANA, "b" * 32, b"knee 2")) == b"knee 2"


async def test_of_two_that_begin_with_keys_of_their_own_one_is_refused(tmp_path: Path) -> None:
    urls = await (await postgres()).pair()
    hosts = [hosted(tmp_path / name).on(urls) for name in "ab"]
    begun = await asyncio.gather(*map(open_storage, hosts), return_exceptions=True)
    assert sorted(type(each) for each in begun if not isinstance(each, Storage)) == [WrongKey]
    for each in begun:
        if isinstance(each, Storage):
            await each.close()


async def test_turns_come_in_the_order_they_were_asked_for_and_buckets_do_not_wait_for_each_other(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_identify, "INTERVAL", 0.05)
    came: list[str] = []

    async def ask(process: str, bucket: int) -> None:
        await IdentifyTurns(url).wait(bucket)
        came.append(process)

    asked = []
    await ask("first", 0)
    for process in ("second", "third"):
        asked.append(asyncio.create_task(ask(process, 0)))
        while len(came) == 1 and len(await pids(url, "not granted")) < len(asked):  # noqa: ASYNC110
            await asyncio.sleep(0)
    await ask("other bucket", 1)
    await asyncio.wait(asked)
    assert [process for process in came if process != "other bucket"] == ["first", "second", "third"]
    await nobody_has_a_turn(url)


async def test_whoever_gives_up_its_turn_lets_the_next_one_have_it(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_identify, "INTERVAL", 0.05)
    turns = IdentifyTurns(url)
    await turns.wait(0)
    given_up = asyncio.create_task(turns.wait(0))
    await asyncio.sleep(0)
    given_up.cancel()
    async with asyncio.timeout(10):
        await turns.wait(0)
    await nobody_has_a_turn(url)


async def nobody_has_a_turn(url: str) -> None:
    async with asyncio.timeout(10):
        while await pids(url, "true"):  # noqa: ASYNC110  # a server's doing
            await asyncio.sleep(0.01)
