"""The worker when Discord is slow, away or says no."""

import asyncio

import pytest
from structlog.testing import capture_logs

from bot.delivery.sender import FAILURES_TO_OPEN
from bot.delivery.transport import Busy, Lost, NotComposed, Refused, Unreadable
from bot.storage.errors import DiskFull
from bot.storage.occurrences import CLAIM_TIMEOUT
from bot.storage.reminders import DiscordCode, Reason, ReminderState
from tests.unit.delivery.engine import DAY, HOUR, MINUTE, MORNING, SECOND, ArrivesButLost, Engine

REFUSALS = [Reason.DM_CLOSED, Reason.NO_ACCESS, Reason.CHANNEL_GONE, Reason.NO_SHARED_SERVER]


def sends(engine: Engine) -> int:
    return sum(what == "send" for what, _ in engine.discord.asked)


def looks(engine: Engine) -> int:
    return sum(what == "find" for what, _ in engine.discord.asked)


async def test_busy_is_tried_again_when_discord_says_and_not_before(engine: Engine) -> None:
    reminder = await engine.remind()
    engine.discord.script[71] = [Busy(10)]
    await engine.run(MINUTE)
    await engine.run(9 * SECOND)
    assert sends(engine) == 1
    await engine.run(4 * SECOND)
    assert sends(engine) == 2
    assert await engine.states(reminder) == ["sent"]


async def test_a_lost_answer_is_asked_for_again_with_the_same_nonce(engine: Engine) -> None:
    reminder = await engine.remind()
    engine.discord.script[71] = [ArrivesButLost(), ArrivesButLost()]
    await engine.run(MINUTE)
    await engine.run_slowly(20 * SECOND)
    assert await engine.states(reminder) == ["sent"]
    assert (sends(engine), looks(engine)) == (3, 0)
    assert len({nonce for _, nonce in engine.discord.asked}) == 1
    assert len(engine.discord.messages) == 1


async def test_tries_come_further_and_further_apart(engine: Engine) -> None:
    await engine.remind()
    engine.discord.always = Busy()
    tried = [sends(engine)]
    for _ in range(29):
        await engine.run(MINUTE)
        tried.append(sends(engine))
    assert tried[-1] <= 14
    assert tried[-1] - tried[-6] <= 2


async def test_it_is_given_up_when_its_grace_is_over(engine: Engine) -> None:
    reminder = await engine.remind()
    engine.discord.always = Busy()
    await engine.run(MINUTE)
    await engine.run_slowly(40 * MINUTE, MINUTE)
    (logged,) = await engine.log(reminder)
    assert (logged.state, logged.reason) == ("skipped", "trouble")
    assert (await engine.again(reminder)).state is ReminderState.ACTIVE
    engine.discord.always = None
    await engine.run(MORNING + DAY - engine.clock.now())
    assert await engine.states(reminder) == ["skipped", "sent"]


async def test_an_old_lost_one_that_arrived_is_found_and_not_sent_again(engine: Engine) -> None:
    reminder = await engine.remind()
    engine.discord.script[71] = [ArrivesButLost()]
    await engine.run(MINUTE)
    await engine.run(10 * MINUTE)
    assert (sends(engine), looks(engine)) == (1, 1)
    (logged,) = await engine.log(reminder)
    assert (logged.state, logged.message) == ("sent", engine.discord.messages[0].id)


async def test_an_old_lost_one_that_did_not_arrive_is_sent(engine: Engine) -> None:
    reminder = await engine.remind()
    engine.discord.script[71] = [Lost()]
    await engine.run(MINUTE)
    await engine.run(10 * MINUTE)
    assert (sends(engine), looks(engine)) == (2, 1)
    assert await engine.states(reminder) == ["late"]


async def test_an_old_lost_one_is_not_sent_when_its_grace_is_over(engine: Engine) -> None:
    reminder = await engine.remind()
    engine.discord.script[71] = [Lost()]
    await engine.run(MINUTE)
    await engine.run(HOUR)
    assert (sends(engine), looks(engine)) == (1, 1)
    assert await engine.states(reminder) == ["skipped"]


@pytest.mark.parametrize("no", [Unreadable(), Refused(Reason.NO_ACCESS)])
async def test_what_nobody_can_tell_is_unknown_and_never_sent_again(engine: Engine, no: Exception) -> None:
    reminder = await engine.remind()
    engine.discord.script[71] = [ArrivesButLost()]
    engine.discord.unreadable = no
    await engine.run(MINUTE)
    await engine.run(10 * MINUTE)
    await engine.run(HOUR)
    assert await engine.states(reminder) == ["unknown"]
    assert (sends(engine), looks(engine)) == (1, 1)
    assert (await engine.again(reminder)).state is ReminderState.ACTIVE


@pytest.mark.parametrize("trouble", [Busy(), Lost()])
async def test_looking_goes_on_for_a_day(engine: Engine, trouble: Exception) -> None:
    reminder = await engine.remind()
    engine.discord.script[71] = [ArrivesButLost()]
    engine.discord.unreadable = trouble
    await engine.run(MINUTE)
    for _ in range(23):
        await engine.run(HOUR)
    assert await engine.states(reminder) == ["claimed"]
    assert looks(engine) == 23
    engine.discord.unreadable = None
    await engine.run(HOUR - MINUTE)
    assert (await engine.states(reminder))[0] == "sent"


async def test_after_a_day_of_looking_it_is_unknown(engine: Engine) -> None:
    reminder = await engine.remind()
    engine.discord.script[71] = [Lost()]
    engine.discord.unreadable = Lost()
    await engine.run(MINUTE)
    await engine.run(HOUR)
    await engine.run(DAY)
    assert (await engine.states(reminder))[0] == "unknown"


async def test_busy_after_lost_still_looks_first(engine: Engine) -> None:
    """The first may have arrived; that the second surely did not says nothing about it."""
    reminder = await engine.remind()
    engine.discord.script[71] = [ArrivesButLost(), Busy(200)]
    await engine.run(MINUTE)
    await engine.run(10 * SECOND)
    await engine.run(5 * MINUTE)
    assert (sends(engine), looks(engine)) == (2, 1)
    assert await engine.states(reminder) == ["sent"]
    assert len(engine.discord.messages) == 1


@pytest.mark.parametrize("reason", REFUSALS)
async def test_a_no_for_good_is_not_asked_again(engine: Engine, reason: Reason) -> None:
    reminder, other = await engine.remind("a"), await engine.remind("b", 2)
    engine.discord.script[71] = [Refused(reason)]
    await engine.run(MINUTE)
    for _ in range(3):
        await engine.run(DAY)
    kept = await engine.again(reminder)
    assert (kept.state, kept.reason) == (ReminderState.BLOCKED, reason)
    (logged,) = await engine.log(reminder)
    assert (logged.state, logged.reason) == ("blocked", reason)
    assert len(await engine.states(other)) == 4
    assert sends(engine) == 5


async def test_a_message_discord_does_not_take_does_not_block_the_reminder(engine: Engine) -> None:
    reminder = await engine.remind()
    engine.discord.script[71] = [Refused(DiscordCode("50035"), permanent=False)]
    await engine.run(MINUTE)
    await engine.run(DAY)
    assert await engine.states(reminder) == ["failed", "sent"]


async def test_a_defect_in_the_delivery_is_logged_and_doubles_nothing(engine: Engine) -> None:
    reminder = await engine.remind()
    engine.discord.script[71] = [ZeroDivisionError("my hip")]
    with capture_logs() as logs:
        await engine.run(MINUTE)
    assert logs[0]["kind"] == "ZeroDivisionError"
    assert "hip" not in str(logs)
    await engine.run(5 * SECOND)
    assert await engine.states(reminder) == ["sent"]


async def test_a_request_nobody_answers_is_not_waited_for_for_ever(engine: Engine) -> None:
    engine.renew(request_timeout=SECOND / 50)
    reminder = await engine.remind()
    engine.discord.gate = asyncio.Event()
    await engine.run(MINUTE)
    assert await engine.states(reminder) == ["claimed"]
    engine.discord.gate = None
    await engine.run(5 * SECOND)
    assert await engine.states(reminder) == ["sent"]


async def test_when_nothing_gets_through_one_is_tried_now_and_then(engine: Engine) -> None:
    """The network is away for twenty minutes; 300 are due. What is in its grace arrives once."""
    engine.renew(at_once=16)
    reminders = [await engine.remind(f"{number:032}", number + 1) for number in range(300)]
    engine.discord.always = engine.discord.unreadable = Lost()
    await engine.run(MINUTE)
    at_first = sends(engine)
    assert FAILURES_TO_OPEN <= at_first <= 32
    await engine.run_slowly(20 * MINUTE, 5 * SECOND)
    asked = len(engine.discord.asked) - at_first
    assert asked <= 60  # some 20 minutes of one request a minute, none of 300 at once
    engine.discord.always = engine.discord.unreadable = None
    await engine.run_slowly(6 * MINUTE, 5 * SECOND)
    states = [await engine.states(one) for one in reminders]
    assert [state for state in states if state != ["late"]] == []
    assert len(engine.discord.messages) == 300


async def test_what_cannot_be_composed_holds_up_nobody_else(engine: Engine) -> None:
    unwritten = [await engine.remind(f"{number:032}", number + 1) for number in range(20)]
    last = await engine.remind("f" * 32, 100, MORNING + MINUTE)
    engine.discord.script |= {70 + reminder.owner: [NotComposed()] * 9 for reminder in unwritten}

    await engine.run_slowly(3 * MINUTE, SECOND)

    assert await engine.states(last) == ["sent"]


async def test_discord_asking_all_to_wait_is_heeded_by_all(engine: Engine) -> None:
    for number in range(100):
        await engine.remind(f"{number:032}", number + 1)
    engine.discord.script[71] = [Busy(100, everywhere=True)]
    engine.renew(at_once=4)
    await engine.run(MINUTE)
    before = len(engine.discord.asked)
    assert before <= 8
    await engine.run(95 * SECOND)
    assert len(engine.discord.asked) == before
    await engine.run(6 * SECOND)
    await engine.run(6 * SECOND)
    assert len(engine.discord.messages) == 100


async def test_a_claim_that_cannot_be_renewed_is_looked_for_again(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It looked, found nothing, and the disk was full when it was to note that it sends now: so it did not."""
    reminder = await engine.remind()
    engine.discord.script[71] = [Lost()]
    await engine.run(MINUTE)

    async def full(*_: object) -> None:
        raise DiskFull(engine.database.path)

    with monkeypatch.context() as patched, capture_logs() as logs:
        patched.setattr(engine.storage.occurrences, "settle", full)
        await engine.run(3 * MINUTE)
    assert "given up for now" in logs[0]["event"]
    assert (sends(engine), looks(engine)) == (1, 1)
    await engine.run(CLAIM_TIMEOUT)
    assert (sends(engine), looks(engine)) == (2, 2)
    assert await engine.states(reminder) == ["late"]
