"""Two runners on one database."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.storage.lease import DELIVERY
from tests.unit.delivery.engine import DAY, HOUR, MINUTE, MORNING, SECOND, Engine


@pytest.fixture
async def other(engine: Engine) -> AsyncIterator[Engine]:
    """Another process on the same books, with the same clock and the same Discord."""
    made = Engine(engine.books, engine.clock, engine.discord)
    yield made
    await made.runner.stop()


async def test_one_delivers_and_the_other_watches(engine: Engine, other: Engine) -> None:
    reminder = await engine.remind()
    await engine.start()
    await other.start()
    for _ in range(30):
        await engine.run(4 * SECOND)
        await other.settled()
    assert await engine.states(reminder) == ["sent"]
    assert len(engine.discord.asked) == 1
    assert (await engine.books.leases.find(DELIVERY)).fence == 1


async def test_the_other_takes_over_within_fifteen_seconds(engine: Engine, other: Engine) -> None:
    await engine.start()
    await other.start()
    await engine.die()
    died = engine.clock.now()
    while (await engine.books.leases.find(DELIVERY)).fence == 1:
        wait = other.runner._lease.wait()
        assert wait.total_seconds() > 0
        await other.run(wait)
    assert (engine.clock.now() - died).total_seconds() <= 15


async def test_a_clean_stop_makes_way_at_once(engine: Engine, other: Engine) -> None:
    await engine.start()
    await other.start()
    await engine.runner.stop()
    reminder = await engine.remind(at=MORNING - MINUTE)
    await other.run(SECOND)
    assert await engine.states(reminder) == ["sent"]


async def test_a_holder_that_died_before_the_clock_was_set_back_is_found_out(engine: Engine, other: Engine) -> None:
    await engine.start()
    await engine.die()
    engine.clock.set(-5 * HOUR)
    await other.start()
    for _ in range(4):
        await other.run(4 * SECOND)
    assert (await engine.books.leases.find(DELIVERY)).fence == 2


async def test_a_holder_that_was_held_up_settles_nothing_and_sends_nothing(engine: Engine, other: Engine) -> None:
    """It sent, and slept while the answer was on its way; meanwhile the other took over, and found out by itself."""
    reminder = await engine.remind()
    gate = engine.discord.gate = asyncio.Event()
    engine.clock.run(MINUTE)
    engine.runner.start()
    await engine.until(lambda: engine.discord.asked)
    engine.clock.run(13 * SECOND)
    assert not engine.runner._may_send()
    other.discord.gate = None
    await other.start()
    (settled,) = await other.log(reminder)
    assert settled.state == "sent"
    gate.set()
    await engine.settled()
    assert await engine.log(reminder) == [settled]
    assert len(engine.discord.messages) == 1
    assert engine.runner._lease.fence is None
    tomorrow = await engine.remind("b", 2, at=MORNING + DAY)
    engine.clock.run(DAY - 13 * SECOND)
    await other.settled()
    await engine.settled()
    assert len(await engine.states(tomorrow)) == 1
    assert len(engine.discord.messages) == 3


async def test_one_that_slept_and_was_not_missed_goes_on(engine: Engine) -> None:
    await engine.start()
    engine.clock.set(HOUR)
    await engine.settled()
    assert (await engine.books.leases.find(DELIVERY)).fence == 1
    assert engine.runner._may_send()


async def test_one_that_slept_and_was_replaced_makes_way(engine: Engine, other: Engine) -> None:
    await engine.start()
    engine.clock.run(13 * SECOND)
    await other.start()
    assert (await engine.books.leases.find(DELIVERY)).fence == 2
    await engine.settled()
    assert (engine.runner._may_send(), other.runner._may_send()) == (False, True)
