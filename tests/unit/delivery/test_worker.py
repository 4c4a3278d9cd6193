"""The delivery worker through its front door, when nothing goes wrong."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.clock import WallClock
from bot.delivery.transport import Withheld
from bot.delivery.worker import DeliveryWorker
from bot.storage.errors import DiskFull
from bot.storage.lease import DELIVERY
from bot.storage.occurrences import ClaimedOccurrence, occurrence_id
from bot.storage.reminders import Reason, ReminderKind, ReminderState
from tests.unit.delivery.engine import DAY, HOUR, MINUTE, MORNING, QUICK, SECOND, Engine


async def test_it_rings_at_its_time_once_a_day(engine: Engine) -> None:
    reminder = await engine.remind()
    await engine.start()
    assert engine.discord.messages == []
    await engine.run(MINUTE)
    (message,) = engine.discord.messages
    assert (message.channel, message.occurrence) == (71, occurrence_id(reminder.id, "2026-03-02T07:30"))
    assert (await engine.again(reminder)).next_due == MORNING + DAY
    (logged,) = await engine.log(reminder)
    assert (logged.state, logged.message, logged.local) == ("sent", message.id, "2026-03-02T07:30")
    await engine.run(DAY)
    assert await engine.states(reminder) == ["sent", "sent"]
    assert len(engine.discord.messages) == 2


async def test_a_nonce_fits_and_stays(engine: Engine) -> None:
    await engine.remind()
    await engine.run(MINUTE)
    ((_, nonce),) = engine.discord.asked
    assert len(nonce) <= 25


async def test_what_is_added_is_seen_at_a_nudge(engine: Engine) -> None:
    await engine.start()
    await engine.remind(at=MORNING - MINUTE)
    await engine.settled()  # it nudges
    assert len(engine.discord.messages) == 1


async def test_it_wakes_by_itself_for_what_is_due(engine: Engine) -> None:
    """On the real clock, without a nudge; nothing but the timer is there."""
    soon = datetime.now(UTC) + timedelta(milliseconds=150)
    await engine.remind(next_due=soon)
    once = {"read_schedule": lambda _: Once(soon)}
    worker = DeliveryWorker(engine.storage, engine.discord, WallClock(), QUICK, **once)
    worker.start()
    try:
        await engine.until(lambda: engine.discord.messages)
        assert datetime.now(UTC) >= soon
    finally:
        await worker.stop()


async def test_what_another_process_changes_is_seen_at_the_next_look(engine: Engine) -> None:
    often = replace(QUICK, poll_interval=timedelta(milliseconds=50))
    worker = DeliveryWorker(engine.storage, engine.discord, WallClock(), often)
    worker.start()
    try:
        await asyncio.sleep(0.05)
        await engine.remind(at=datetime.now(UTC).replace(second=0, microsecond=0))
        await engine.until(lambda: engine.discord.messages)
    finally:
        await worker.stop()


async def test_a_reminder_whose_last_date_is_over_has_ended(engine: Engine) -> None:
    reminder = await engine.remind(ends=MORNING.date())
    await engine.run(MINUTE)
    assert await engine.states(reminder) == ["sent"]
    ended = await engine.again(reminder)
    assert (ended.state, ended.next_due) == (ReminderState.ENDED, None)


async def test_one_that_was_paused_while_it_waited_is_not_sent(engine: Engine) -> None:
    reminder = await engine.remind()
    await engine.start()
    await engine.storage.leases.halt(DELIVERY, halted=True)
    await engine.run(MINUTE)
    assert await engine.states(reminder) == ["pending"]
    await engine.edit(reminder, state=ReminderState.PAUSED)
    await engine.storage.leases.halt(DELIVERY, halted=False)
    await engine.run(MINUTE)
    (logged,) = await engine.log(reminder)
    assert (logged.state, logged.reason) == ("skipped", "paused")
    assert engine.discord.asked == []


async def test_one_that_was_removed_is_gone(engine: Engine) -> None:
    reminder = await engine.remind()
    await engine.start()
    await engine.storage.reminders.remove(1, reminder.id)
    await engine.run(MINUTE)
    assert engine.discord.asked == []


async def test_nothing_is_sent_while_the_host_has_switched_delivery_off(engine: Engine) -> None:
    early, late = await engine.remind("a"), await engine.remind("b", 2, at=MORNING + 20 * MINUTE)
    await engine.start()
    await engine.storage.leases.halt(DELIVERY, halted=True)
    await engine.run(MINUTE)
    await engine.run(20 * MINUTE)
    assert engine.discord.asked == []
    await engine.run(15 * MINUTE)
    await engine.storage.leases.halt(DELIVERY, halted=False)
    await engine.run(SECOND)
    assert await engine.states(early) == ["skipped"]  # off for longer than its grace
    assert await engine.states(late) == ["late"]


async def test_what_we_keep_back_is_skipped_with_the_reason(engine: Engine) -> None:
    reminder = await engine.remind(kind=ReminderKind.STRETCH)
    engine.discord.script[71] = [Withheld(Reason.MUTED)]
    await engine.run(MINUTE)
    await engine.run(HOUR)
    (logged,) = await engine.log(reminder)
    assert (logged.state, logged.reason) == ("skipped", "muted")
    assert (await engine.again(reminder)).state is ReminderState.ACTIVE


async def test_put_off_it_comes_once_more(engine: Engine) -> None:
    reminder = await engine.remind()
    await engine.run(MINUTE)
    later = engine.clock.now() + 15 * MINUTE
    assert await engine.storage.occurrences.again(reminder.id, "2026-03-02T07:45", later, QUICK.grace)
    await engine.run(14 * MINUTE)
    assert await engine.states(reminder) == ["sent", "pending"]
    await engine.run(MINUTE)
    assert await engine.states(reminder) == ["sent", "sent"]


async def test_unanswered_deliveries_are_counted(engine: Engine) -> None:
    reminder = await engine.remind()
    await engine.run(MINUTE)
    for _ in range(2):
        await engine.run(DAY)
    assert (await engine.again(reminder)).ignored == 3


async def test_stopping_finishes_what_is_on_the_wire_and_frees_the_lease(engine: Engine) -> None:
    reminder = await engine.remind()
    gate = engine.discord.gate = asyncio.Event()
    engine.clock.run(MINUTE)
    engine.worker.start()
    await engine.until(lambda: engine.discord.asked)
    stopping = asyncio.create_task(engine.worker.stop())
    await asyncio.sleep(0.02)
    assert not stopping.done()
    gate.set()
    await stopping
    assert await engine.states(reminder) == ["sent"]
    assert (await engine.storage.leases.find(DELIVERY)).holder is None


async def test_stopping_puts_back_what_was_not_sent_yet(engine: Engine) -> None:
    """It is told to stop as the first one goes out; the others wait for their turn and are put back."""
    engine.renew(per_second=40, burst=2)
    reminders = [await engine.remind(name, ord(name)) for name in "abcdef"]
    stopping: list[asyncio.Task[None]] = []
    engine.discord.always = lambda: stopping or stopping.append(asyncio.create_task(engine.worker.stop()))
    engine.clock.run(MINUTE)
    engine.worker.start()
    await engine.until(lambda: stopping)
    await stopping[0]
    states = [state for one in reminders for state in await engine.states(one)]
    assert set(states) == {"sent", "pending"}
    assert states.count("sent") == len(engine.discord.messages)
    engine.renew()
    await engine.start()
    assert len(engine.discord.messages) == 6
    assert len({one.occurrence for one in engine.discord.messages}) == 6


async def test_a_stopped_worker_does_nothing_any_more(engine: Engine) -> None:
    await engine.start()
    await engine.worker.stop()
    await engine.remind(at=MORNING - MINUTE)
    engine.worker.nudge()
    await asyncio.sleep(0.02)
    assert engine.discord.asked == []


async def test_a_full_disk_stops_nothing_for_good(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    reminder = await engine.remind()
    await engine.start()

    async def full(*_: object) -> bool:
        raise DiskFull(engine.database.path)

    with monkeypatch.context() as patched, capture_logs() as logs:
        patched.setattr(engine.storage.occurrences, "materialize", full)
        await engine.run(MINUTE)
    assert "cannot go on" in logs[0]["event"]
    await engine.run(SECOND)
    assert await engine.states(reminder) == ["sent"]


async def test_what_could_not_be_written_down_is_written_later(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.delivery.worker.RETRY_AFTER_FAULT", 0.02)
    reminder = await engine.remind()
    await engine.start()
    settle, calls = engine.storage.occurrences.settle, []

    async def full_at_first(*given: object) -> None:
        calls.append(given)
        if len(calls) < 3:
            raise DiskFull(engine.database.path)
        await settle(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(engine.storage.occurrences, "settle", full_at_first)
    await engine.run(MINUTE)
    assert await engine.states(reminder) == ["sent"]
    assert len(engine.discord.asked) == 1


async def test_a_full_disk_is_not_written_to_for_every_delivery(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.worker.RETRY_AFTER_FAULT", 0.5)
    reminders = [await engine.remind(f"{number:032}", person=number + 1) for number in range(30)]
    await engine.start()
    settle, calls = engine.storage.occurrences.settle, []

    send = engine.discord.send

    async def one_by_one(claimed: ClaimedOccurrence, nonce: str) -> int | None:
        await asyncio.sleep(0.004 * int(claimed.reminder.id))
        return await send(claimed, nonce)

    async def full_until_all_are_out(*given: object) -> None:
        calls.append(given)
        if len(engine.discord.asked) < 30 or len(calls) == 1:
            raise DiskFull(engine.database.path)
        await settle(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(engine.discord, "send", one_by_one)
    monkeypatch.setattr(engine.storage.occurrences, "settle", full_until_all_are_out)
    await engine.run(MINUTE)
    assert [await engine.states(reminder) for reminder in reminders] == [["sent"]] * 30
    assert len(calls) < 10


class Once:
    """A schedule with one date."""

    local = "once"

    def __init__(self, due: datetime) -> None:
        self.due = due

    def next_after(self, now: datetime) -> "Once | None":
        return self if self.due > now else None
