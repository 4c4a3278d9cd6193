"""The worker when time does not simply pass: outages, clocks that are set, machines that slept, zones that changed."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.schedules.codec import ZoneGone
from bot.schedules.schedule import Schedule, ScheduledTime
from bot.storage.reminders import Reminder, ReminderState
from tests.unit.delivery.engine import DAY, HOUR, MINUTE, MORNING, SECOND, Engine, by_schedule


async def test_a_short_outage_makes_it_late(engine: Engine) -> None:
    reminder = await engine.remind()
    await engine.start()
    await engine.restart(after=30 * MINUTE)  # from a minute before it was due
    (logged,) = await engine.log(reminder)
    assert logged.state == "late"
    assert len(engine.discord.messages) == 1


async def test_a_minute_late_is_not_called_late(engine: Engine) -> None:
    reminder = await engine.remind()
    await engine.restart(after=2 * MINUTE)
    assert await engine.states(reminder) == ["sent"]


async def test_a_long_outage_skips_it_and_says_so(engine: Engine) -> None:
    reminder = await engine.remind()
    await engine.start()
    await engine.restart(after=32 * MINUTE)
    (logged,) = await engine.log(reminder)
    assert (logged.state, logged.reason) == ("skipped", "grace")
    assert engine.discord.asked == []
    await engine.run(MORNING + DAY - engine.clock.now())
    assert await engine.states(reminder) == ["skipped", "sent"]


async def test_every_date_of_a_long_outage_is_written_down(engine: Engine) -> None:
    reminder = await engine.remind()
    await engine.restart(after=5 * DAY + 2 * MINUTE)
    logged = await engine.log(reminder)
    assert [one.state for one in logged] == ["skipped"] * 5 + ["sent"]
    assert [one.local for one in logged] == [f"2026-03-{day:02}T07:30" for day in range(2, 8)]


async def test_of_a_very_long_outage_the_last_month_is_written_down(engine: Engine) -> None:
    reminder = await engine.remind()
    await engine.restart(after=400 * DAY)
    assert await engine.states(reminder) == ["skipped"] * 31
    assert (await engine.again(reminder)).next_due == datetime(2027, 4, 7, 6, 30, tzinfo=UTC)  # summer time


async def test_waiting_in_our_own_queue_is_not_an_outage(engine: Engine) -> None:
    """Ten are due, and our own pace is one in five minutes: all arrive."""
    engine.renew(per_second=1 / 300, burst=10, at_once=1)
    engine.discord.always = lambda: engine.clock.run(5 * MINUTE)
    reminders = [await engine.remind(name, ord(name)) for name in "abcdefghij"]
    await engine.run(MINUTE)
    assert len(engine.discord.messages) == 10
    assert {state for one in reminders for state in await engine.states(one)} == {"late"}


async def test_waiting_for_a_slow_discord_is_one(engine: Engine) -> None:
    """The same, but our pace is not what holds them up."""
    engine.renew(at_once=1)
    engine.discord.always = lambda: engine.clock.run(5 * MINUTE)
    for name in "abcdefghij":
        await engine.remind(name, ord(name))
    await engine.run(MINUTE)
    assert len(engine.discord.messages) == 7


async def test_a_restart_in_a_long_queue_skips_nothing(engine: Engine) -> None:
    engine.renew(per_second=1 / 300, burst=10, at_once=1)
    engine.discord.always = lambda: engine.clock.run(5 * MINUTE)
    reminders = [await engine.remind(f"{n:032}", n + 1) for n in range(8)]
    engine.clock.run(MINUTE)
    engine.worker.start()
    await engine.until(lambda: len(engine.discord.messages) >= 4)
    await engine.restart()
    assert len(engine.discord.messages) == 8
    assert {state for one in reminders for state in await engine.states(one)} <= {"sent", "late"}


async def test_a_clock_set_back_rings_nothing_twice(engine: Engine) -> None:
    reminder = await engine.remind()
    await engine.start()
    await engine.run(2 * MINUTE)
    engine.clock.set(-3 * HOUR)
    await engine.settled()
    await engine.run_slowly(3 * HOUR, 5 * MINUTE)
    assert await engine.states(reminder) == ["sent"]
    await engine.run(DAY - MINUTE)
    assert await engine.states(reminder) == ["sent", "sent"]


async def test_a_clock_set_back_does_not_stop_the_one_who_delivers(engine: Engine) -> None:
    await engine.start()
    engine.clock.set(-3 * HOUR)
    reminder = await engine.remind(at=MORNING - 3 * HOUR)
    await engine.run(MINUTE)
    assert await engine.states(reminder) == ["sent"]


async def test_a_clock_set_forward_rings_what_is_due_then(engine: Engine) -> None:
    soon, later = await engine.remind("a"), await engine.remind("b", 2, at=MORNING + 2 * HOUR + 50 * MINUTE)
    await engine.start()
    engine.clock.set(3 * HOUR)
    await engine.settled()
    assert await engine.states(soon) == ["skipped"]
    assert await engine.states(later) == ["late"]


async def test_a_machine_that_slept_catches_up_with_what_is_in_its_grace(engine: Engine) -> None:
    """The clock that nobody sets stood still: by it, the lease would still hold."""
    missed, caught = await engine.remind("a"), await engine.remind("b", 2, at=MORNING + 2 * HOUR + 50 * MINUTE)
    await engine.start()
    engine.clock.set(3 * HOUR)
    await engine.settled()
    assert (await engine.states(missed), await engine.states(caught)) == (["skipped"], ["late"])


async def test_an_old_claim_is_looked_for_also_when_the_clock_was_set_back(engine: Engine) -> None:
    reminder = await engine.remind()
    await engine.run(MINUTE)
    await engine.start()
    row = (await engine.log(reminder))[0]
    async with engine.database.writing() as connection:  # as a crash after the claim leaves it
        await connection.execute("update occurrence set state = 'claimed', settled_at = null, message_id = null")
    await engine.die()
    engine.clock.set(-timedelta(minutes=1))
    await engine.run_slowly(26 * SECOND, 13 * SECOND)
    assert [what for what, _ in engine.discord.asked] == ["send", "find"]
    assert (await engine.log(reminder))[0].message == row.message


@pytest.mark.parametrize(("error", "reason"), [(ZoneGone(zone="Mars/Base"), "zone"), (KeyError("at"), "schedule")])
async def test_one_that_cannot_be_read_is_blocked_and_the_others_go_on(
    engine: Engine, error: Exception, reason: str
) -> None:
    def read(reminder: Reminder) -> Schedule:
        if reminder.id.startswith("a"):
            raise error
        return by_schedule(reminder)

    engine.read = read
    engine.renew()
    spoilt, other = await engine.remind("a"), await engine.remind("b", 2)
    await engine.run(MINUTE)
    kept = await engine.again(spoilt)
    assert (kept.state, kept.reason, await engine.states(spoilt)) == (ReminderState.BLOCKED, reason, [])
    assert await engine.states(other) == ["sent"]


async def test_new_rules_that_bring_it_forward_lose_nothing(engine: Engine) -> None:
    """We promised 07:30 UTC; by the rules of today it would have been 06:30."""
    reminder = await engine.remind(at=MORNING - HOUR, next_due=MORNING)
    await engine.run(MINUTE)
    assert await engine.states(reminder) == ["sent"]
    assert (await engine.again(reminder)).next_due == MORNING - HOUR + DAY


async def test_new_rules_that_put_it_off_ring_once_at_the_new_time(engine: Engine) -> None:
    reminder = await engine.remind(at=MORNING + HOUR, next_due=MORNING)
    await engine.run(MINUTE)
    assert await engine.states(reminder) == []
    assert (await engine.again(reminder)).next_due == MORNING + HOUR
    await engine.run(HOUR)
    assert await engine.states(reminder) == ["sent"]


class Stuck:
    """A defect: it never goes forward."""

    def next_after(self, _: datetime) -> ScheduledTime:
        return ScheduledTime(MORNING.date(), MORNING.time(), MORNING)


async def test_a_schedule_that_stands_still_does_not_hold_up_the_others(engine: Engine) -> None:
    engine.read = lambda one: Stuck() if one.id.startswith("a") else by_schedule(one)
    engine.renew()
    stuck, other = await engine.remind("a"), await engine.remind("b", 2)
    await engine.run(MINUTE)
    assert (await engine.again(stuck)).state is ReminderState.BLOCKED
    assert await engine.states(other) == ["sent"]
