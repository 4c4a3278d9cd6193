"""How long the bot waits for Discord, and how much it says about it, in a time that is made up."""

import asyncio
import contextlib

import pytest
from structlog.testing import capture_logs

from bot.connection import LONGEST_WAIT, Unreachable, keep_online, stay_connected
from bot.errors import TokenRefused

AWAY = 20 * 60.0  # seconds


class MadeUpTime:
    """Passes while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def elapsed(self) -> float:
        return self.now


async def test_twenty_minutes_without_a_network_end_nothing_and_say_one_line_a_minute():
    time = MadeUpTime()

    async def attempt() -> None:
        if time.now < AWAY:
            raise Unreachable("ClientConnectorError")

    with capture_logs() as logs:
        await keep_online(attempt, sleep=time.sleep, elapsed=time.elapsed)

    assert AWAY <= time.now <= AWAY + LONGEST_WAIT
    assert 1 <= len(logs) <= AWAY / 60
    assert time.slept[:3] == [1, 2, 4]
    assert max(time.slept) == LONGEST_WAIT


async def test_after_a_good_while_it_begins_anew_with_short_waits():
    time, starts = MadeUpTime(), iter([0.0, 0.0, 3600.0, 0.0])

    async def attempt() -> None:
        if (up := next(starts, None)) is None:
            return
        time.now += up
        raise Unreachable("ClientConnectorError")

    await keep_online(attempt, sleep=time.sleep, elapsed=time.elapsed)

    assert time.slept == [1, 2, 1, 2]


async def test_what_waiting_cannot_mend_is_raised_at_once():
    time = MadeUpTime()

    async def attempt() -> None:
        raise TokenRefused("no")

    with pytest.raises(TokenRefused):
        await keep_online(attempt, sleep=time.sleep, elapsed=time.elapsed)
    assert time.slept == []


async def test_a_stop_is_not_lost_when_discord_py_swallows_it():
    class Deaf:
        async def connect(self) -> None:
            while not closed.is_set():
                with contextlib.suppress(asyncio.CancelledError):
                    await closed.wait()

    closed = asyncio.Event()
    serving = asyncio.create_task(stay_connected(Deaf()))
    await asyncio.sleep(0)
    serving.cancel()
    done, _ = await asyncio.wait([serving], timeout=30)
    closed.set()

    assert done
    assert serving.cancelled()
