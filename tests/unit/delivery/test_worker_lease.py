"""Two workers on one database, on each engine."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import WallClock
from bot.delivery.lease import LeaseHolder
from bot.delivery.worker import DeliveryWorker
from bot.storage.engine import Engine as Database
from bot.storage.lease import DELIVERY
from tests.support.engines import ENGINES, opened_on
from tests.unit.delivery.engine import DAY, HOUR, MINUTE, MORNING, QUICK, SECOND, Engine

#: Through PostgreSQL the one that starts tells the others, which would wake who is to be asleep.
asleep = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture(params=ENGINES)
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    async with opened_on(request.param, tmp_path) as opened:
        yield opened


@pytest.fixture
async def other(engine: Engine) -> AsyncIterator[Engine]:
    """Another process on the same database, with the same clock and the same Discord."""
    made = Engine(engine.database, engine.clock, engine.discord)
    yield made
    await made.worker.stop()


def holder(engine: Engine) -> LeaseHolder:
    return LeaseHolder(engine.storage.leases, engine.clock, QUICK.lease, engine.clock.elapsed)


async def test_one_delivers_and_the_other_watches(engine: Engine, other: Engine) -> None:
    reminder = await engine.remind()
    await engine.start()
    await other.start()
    for _ in range(30):
        await engine.run(4 * SECOND)
        await other.settled()
    assert await engine.states(reminder) == ["sent"]
    assert len(engine.discord.asked) == 1
    assert (await engine.storage.leases.find(DELIVERY)).fence == 1


async def test_the_next_one_waits_no_longer_than_fifteen_seconds(engine: Engine, other: Engine) -> None:
    first, second = holder(engine), holder(other)
    assert (await first.lead(), await second.lead()) == (True, False)
    died = engine.clock.now()
    while not await second.lead():
        assert second.wait() > timedelta()
        engine.clock.run(second.wait())
    assert second.fence == 2
    assert (engine.clock.now() - died).total_seconds() <= 15


async def test_the_other_takes_over_by_itself(engine: Engine) -> None:
    """On the real clock, without a nudge."""
    briefly = replace(QUICK, lease=timedelta(milliseconds=150))
    assert await engine.storage.leases.take(DELIVERY, "dead", WallClock().now() + briefly.lease, WallClock().now())
    worker = DeliveryWorker(engine.storage, engine.discord, WallClock(), briefly)
    await engine.remind(at=WallClock().now().replace(second=0, microsecond=0))
    worker.start()
    try:
        await engine.until(lambda: engine.discord.messages)
        assert (await engine.storage.leases.find(DELIVERY)).fence == 2
    finally:
        await worker.stop()


async def test_a_clean_stop_makes_way_at_once(engine: Engine, other: Engine) -> None:
    await engine.start()
    await other.start()
    await engine.worker.stop()
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
    assert (await engine.storage.leases.find(DELIVERY)).fence == 2


@asleep
async def test_a_holder_that_was_held_up_settles_nothing_and_sends_nothing(engine: Engine, other: Engine) -> None:
    """One is sent, the next waits for its turn as the process sleeps; the other takes over, and finds out by itself."""
    engine.renew(per_second=0.5, burst=1)  # two seconds: a machine that is busy gets no second turn before the other
    reminders = await engine.remind("a", 1), await engine.remind("b", 2)
    gate = engine.discord.gate = asyncio.Event()
    engine.clock.run(MINUTE)
    engine.worker.start()
    await engine.until(lambda: engine.line.sent and engine.worker._turn is None)
    engine.clock.run(13 * SECOND)
    other.discord.gate = None
    await other.start()
    settled = [await other.log(one) for one in reminders]
    assert [one.state for rows in settled for one in rows] == ["sent", "sent"]
    gate.set()
    await engine.settled()
    assert [await engine.log(one) for one in reminders] == settled
    assert len(engine.discord.messages) == 2
    assert engine.line.sent == [71]
    tomorrow = await engine.remind("c", 3, at=MORNING + DAY)
    engine.clock.run(DAY - 13 * SECOND)
    await other.settled()
    await engine.settled()
    assert await engine.states(tomorrow) == ["sent"]
    assert len(engine.discord.messages) == 5
    assert engine.line.sent == [71]


async def test_one_that_slept_does_not_hold_the_lease_until_it_has_looked(engine: Engine) -> None:
    """The clock that nobody sets stood still: by it, the lease would still hold."""
    lease = holder(engine)
    assert await lease.lead()
    engine.clock.set(HOUR)
    assert not lease.holds()
    assert await lease.lead()
    assert lease.holds()


async def test_one_that_slept_and_was_not_missed_goes_on(engine: Engine) -> None:
    await engine.start()
    engine.clock.set(HOUR)
    await engine.settled()
    reminder = await engine.remind(at=MORNING + HOUR)
    await engine.run(MINUTE)
    assert await engine.states(reminder) == ["sent"]
    assert (await engine.storage.leases.find(DELIVERY)).fence == 1


@asleep
async def test_one_that_slept_and_was_replaced_makes_way(engine: Engine, other: Engine) -> None:
    await engine.start()
    engine.clock.run(13 * SECOND)
    await other.start()
    assert (await engine.storage.leases.find(DELIVERY)).fence == 2
    reminder = await engine.remind(at=MORNING - MINUTE)
    await engine.settled()
    await other.settled()
    assert await engine.states(reminder) == ["sent"]
    assert (engine.line.sent, other.line.sent) == ([], [71])
