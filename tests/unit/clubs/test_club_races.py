"""Moderators at work while the engine delivers: nothing goes out after they were told that it will not."""

import asyncio
from dataclasses import replace
from datetime import date, time
from random import Random

import pytest

from bot.delivery.transport import Lost
from bot.reminders.club_service import ClubChanged, ClubReminder, NoSuchPost
from bot.reminders.posts import PostOptions
from bot.storage.clubs import Post
from bot.storage.occurrences import occurrence_id
from bot.storage.reminders import ReminderState
from tests.unit.clubs.house import CLUB, DESK, MAYA, MORNINGS, NOOR, House
from tests.unit.delivery.engine import DAY, HOUR, MINUTE, SECOND


async def ringing(house: House, *items: ClubReminder) -> None:
    """Their time has come, and the runner has claimed them: they are held at whichever gate is shut."""
    await house.engine.start()
    house.clock.run(MINUTE)
    house.engine.worker.nudge()
    gates = (house.discord.claimed, house.discord.wire)
    await house.engine.until(lambda: sum(gate.waiting for gate in gates) == len(items))


async def go_on(house: House) -> None:
    """Whatever was held goes on, and everything that comes of it has happened."""
    house.discord.claimed.open()
    house.discord.wire.open()
    await house.engine.settled()


async def outcome(house: House, item: ClubReminder) -> list[tuple[str, str | None]]:
    """What became of it, oldest first."""
    return [(one.state.value, one.reason) for one in await house.engine.log(item.reminder)]


def sent(house: House) -> list[int | None]:
    return [message.channel for message in house.discord.messages]


async def test_a_pause_while_it_is_claimed_keeps_it_back(house: House) -> None:
    item = await house.add()
    house.discord.claimed.shut = True
    await ringing(house, item)
    stopped = await house.clubs.pause_post(CLUB, MAYA, item.reminder.id)
    await go_on(house)
    assert not stopped.leaving
    assert sent(house) == []
    assert await outcome(house, item) == [("skipped", "paused")]


async def test_a_pause_with_an_end_keeps_it_back_too(house: House) -> None:
    """Its reminder stays active, so that only its schedule says that it is silent."""
    item = await house.add()
    house.discord.claimed.shut = True
    await ringing(house, item)
    stopped = await house.clubs.pause_post(CLUB, MAYA, item.reminder.id, date(2026, 3, 9))
    assert stopped.item.reminder.state is ReminderState.ACTIVE
    await go_on(house)
    assert sent(house) == []
    assert await outcome(house, item) == [("skipped", "paused")]


async def test_what_was_paused_and_resumed_in_one_breath_stays_silent_until_its_next_date(house: House) -> None:
    item = await house.add()
    house.discord.claimed.shut = True
    await ringing(house, item)
    await house.clubs.pause_post(CLUB, MAYA, item.reminder.id)
    resumed = await house.clubs.resume_post(CLUB, NOOR, item.reminder.id)
    await go_on(house)
    assert sent(house) == []
    await house.engine.run(DAY)
    assert sent(house) == [5]
    assert resumed.reminder.next_due == house.clock.now()


async def test_a_pause_while_it_is_on_the_wire_says_that_one_may_still_appear(house: House) -> None:
    item = await house.add()
    house.discord.wire.shut = True
    await ringing(house, item)
    stopped = await house.clubs.pause_post(CLUB, MAYA, item.reminder.id)
    assert stopped.leaving
    await go_on(house)
    assert sent(house) == [5]
    assert await outcome(house, item) == [("sent", None)]
    await house.engine.run(2 * DAY)
    assert sent(house) == [5]
    assert (await house.engine.again(item.reminder)).state is ReminderState.PAUSED


async def test_a_removal_while_it_is_claimed_keeps_it_back(house: House) -> None:
    item, other = await house.add(), await house.add()
    house.discord.claimed.shut = True
    await ringing(house, item, other)
    stopped = await house.clubs.remove_post(CLUB, MAYA, item.reminder.id)
    await go_on(house)
    assert not stopped.leaving
    assert len(sent(house)) == 1
    assert await outcome(house, other) == [("sent", None)]
    await house.engine.run(DAY)
    assert len(sent(house)) == 2


async def test_a_removal_while_it_is_on_the_wire_says_that_one_may_still_appear(house: House) -> None:
    item = await house.add()
    house.discord.wire.shut = True
    await ringing(house, item)
    stopped = await house.clubs.remove_post(CLUB, MAYA, item.reminder.id)
    assert stopped.leaving
    await go_on(house)
    assert sent(house) == [5]
    await house.engine.run(2 * DAY)
    assert sent(house) == [5]


async def test_a_removal_at_the_last_moment_before_it_leaves_keeps_it_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    item, keep = await house.add(), house.storage.posts.keep

    async def and_then_somebody_removes_it(post: Post) -> Post:
        kept = await keep(post)
        await house.posts.remove(CLUB, item.reminder.id)
        return kept

    monkeypatch.setattr(house.storage.posts, "keep", and_then_somebody_removes_it)
    await house.engine.start()
    await house.engine.run(MINUTE)
    assert len(house.discord.roles) == 0
    assert sent(house) == []


async def test_an_erasure_while_it_is_claimed_keeps_it_back(house: House) -> None:
    item = await house.add()
    house.discord.claimed.shut = True
    await ringing(house, item)
    await house.clubs.erase(CLUB, MAYA)
    await go_on(house)
    await house.engine.run(DAY)
    assert sent(house) == []


async def test_everything_is_paused_while_everything_is_on_its_way(house: House) -> None:
    waiting = [await house.add() for _ in range(3)]
    house.discord.claimed.shut = True
    await ringing(house, *waiting)
    later = await house.add(replace(MORNINGS, at=time(8)))
    stopped = await house.clubs.pause_all(CLUB, MAYA)
    assert len(stopped) == 4
    assert not any(one.leaving for one in stopped)
    await go_on(house)
    await house.engine.run(HOUR)
    assert sent(house) == []
    for item in waiting:
        assert await outcome(house, item) == [("skipped", "paused")]
    assert await outcome(house, later) == []


async def test_one_that_is_moved_while_it_is_claimed_goes_to_its_new_channel_once(house: House) -> None:
    item = await house.add()
    house.discord.claimed.shut = True
    await ringing(house, item)
    await house.change(MAYA, item, channel=6)
    await go_on(house)
    await house.engine.run(MINUTE)
    assert sent(house) == [6]
    assert await outcome(house, item) == [("sent", None)]


async def test_a_role_that_was_taken_out_while_it_is_claimed_is_not_called(house: House) -> None:
    item = await house.add(moments=("desk",), role=77)
    house.discord.claimed.shut = True
    await ringing(house, item)
    await house.change(MAYA, item, options=DESK)
    await go_on(house)
    assert house.discord.roles == [None]


async def test_one_that_is_blocked_by_now_is_not_tried_again(house: House) -> None:
    item = await house.add()
    house.discord.claimed.shut = True
    await ringing(house, item)
    await house.engine.edit(item.reminder, state=ReminderState.BLOCKED, reason="50001")
    await go_on(house)
    assert sent(house) == []
    assert await outcome(house, item) == [("skipped", "blocked")]


async def test_a_try_that_was_lost_is_not_tried_again_once_it_was_removed(house: House) -> None:
    item = await house.add()
    house.discord.script[5] = [Lost()]
    house.discord.wire.shut = True
    await ringing(house, item)
    await go_on(house)
    assert sent(house) == []
    assert (await house.clubs.remove_post(CLUB, MAYA, item.reminder.id)).leaving  # the first try may have arrived
    await house.engine.run_slowly(2 * MINUTE, 10 * SECOND)
    assert sent(house) == []


@pytest.mark.parametrize("seed", range(8))
async def test_whatever_moderators_do_at_whatever_moment(house: House, seed: int) -> None:
    """Four of them, on three posts that ring, each a step at a time; the tasks interleave by chance.

    Who was told that a post is paused or removed, and that none is leaving, sees none of it afterwards. No change that
    was acknowledged is missing from the log.
    """
    chance = Random(seed)  # noqa: S311
    items = [await house.add() for _ in range(3)]
    await house.engine.start()
    house.clock.run(MINUTE)
    house.engine.worker.nudge()
    house.discord.chance = chance
    silent: set[str] = set()
    acknowledged: list[str] = []

    def out() -> list[str]:
        return [message.occurrence for message in house.discord.messages]

    async def moderator(number: int) -> None:
        for _ in range(4):
            await asyncio.sleep(chance.random() * 0.01)
            name = chance.choice(items).reminder.id
            step = chance.choice(["pause", "remove", "moments", "channel"])
            try:
                await act(1000 + number, name, step)
            except (ClubChanged, NoSuchPost):
                continue

    async def act(who: int, name: str, step: str) -> None:
        if step in {"pause", "remove"}:
            ask = house.clubs.pause_post if step == "pause" else house.clubs.remove_post
            done = await ask(CLUB, who, name)
            acknowledged.append(f"post-{step}d")
            occurrence = occurrence_id(name, "2026-03-02T07:30")
            if not done.leaving and occurrence not in out():
                silent.add(occurrence)
            return
        item = await house.clubs.post(CLUB, name)
        await asyncio.sleep(chance.random() * 0.01)  # they look at a form
        options = PostOptions(moments=(chance.choice(["desk", "bed"]), f"moment {chance.random()}"))
        if step == "moments":
            await house.change(who, item, options=options)
        else:
            await house.change(who, item, channel=chance.randrange(100, 10**9))
        acknowledged.append(f"post-{step}")

    await asyncio.gather(*map(moderator, range(4)))
    await house.engine.settled()
    await house.engine.run_slowly(2 * MINUTE, 10 * SECOND)

    assert len(out()) == len(set(out()))
    assert not silent & set(out())
    lines = [line[0] for line in await house.lines()]
    assert sorted(lines) == sorted([*acknowledged, *["post-added"] * 3])
