"""Several processes on one database consent, log and erase for the same person at the same moment."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from datetime import timedelta

import pytest

from bot.checkins.diary import OpenDiary
from bot.checkins.models import CheckIn
from bot.checkins.person_diary import NeedsConsent, NotAtHand, Terms
from bot.clock import WallClock
from bot.ids import new_id
from bot.settings import Cluster, Settings
from bot.storage.sql import load
from bot.storage.storage import Storage, open_storage
from tests.storage.given import ANA, NOON, opened
from tests.support.postgres import postgres

KEYS = load("keys")
LATER = NOON + timedelta(days=1000)


@pytest.fixture(params=["clusters", "PostgreSQL", "SQLite"])
async def two(host: Settings, request: pytest.FixtureRequest) -> AsyncIterator[list[Storage]]:
    """Two clusters on PostgreSQL; or one process, which remembers keys, on either engine."""
    if request.param != "clusters":
        host = host if request.param == "SQLite" else host.on(await (await postgres()).pair())
        async with await open_storage(host) as storage:
            yield [storage, storage]
        return
    host = host.on(await (await postgres()).pair())
    async with AsyncExitStack() as open_ones:
        yield [
            await open_ones.enter_async_context(
                await open_storage(host.model_copy(update={"cluster": Cluster(number, 2), "shard_count": 2}))
            )
            for number in (1, 2)
        ]


async def log(storage: Storage) -> None:
    diary = OpenDiary(storage, WallClock(), Terms())
    page = CheckIn(id=new_id(), at=WallClock().now(), area="hip", pain=4)
    with suppress(NeedsConsent):
        try:
            await diary.keep_next(ANA, lambda _: page)
        except NotAtHand:
            await (await diary.of(ANA)).keep_with_summary(page)


async def some(storage: Storage, chance: random.Random) -> None:
    """A few things that a process is asked for, one after the other."""
    wishes: list[Callable[[], Awaitable[object]]] = [
        lambda: storage.erase(ANA),
        lambda: storage.consent(ANA, 4, WallClock().now()),
        lambda: log(storage),
        lambda: storage.erase_unused(LATER),
        storage.finish_erasures,
    ]
    for wish in chance.choices(wishes, [3, 4, 4, 1, 1], k=4):
        await wish()
        for _ in range(chance.randrange(4)):
            await asyncio.sleep(0)


@pytest.mark.parametrize("seed", [10, 11])
async def test_whoever_has_a_row_has_a_key_that_opens_all_of_it(two: list[Storage], seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    for _ in range(20):
        await asyncio.gather(*(some(storage, chance) for storage in two * 2))
        row = await two[0].people.find(ANA)
        wrapped = await two[0].keys.fetch_one(KEYS.wrapped, person=ANA)
        assert (row is None) == (wrapped is None)
        assert not await two[0].keys.fetch_all(KEYS.erasures)
        for record in await two[0].records.of_person(ANA):
            assert b"hip" in await opened(two[1], record)
