"""What a moderator removed or paused comes back within an hour, as it was, and nothing else does."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.clubs.undo import UNDO_WITHIN, UndoOver, stamp, stamped, undo
from bot.reminders.club_service import MAX_POSTS, ClubReminder, TooManyPosts
from bot.reminders.posts import PostOptions
from bot.storage.reminders import ReminderState
from tests.unit.clubs.house import CLUB, EVENINGS, MAYA, NOOR, House

SECOND = timedelta(seconds=1)
ROLE = 77


async def undone(house: House, at: datetime, moderator: int = NOOR) -> list[ClubReminder]:
    instant = stamped(str(stamp(at)))
    assert instant == at
    return await undo(house.clubs, CLUB, moderator, instant, house.clock.now())


async def test_a_removed_schedule_is_there_again_with_all_that_was_chosen_and_once(house: House) -> None:
    options = PostOptions(moments=("desk",), minutes=10, role=ROLE, thread=True, language="en")
    item = await house.posts.add(CLUB, 5, replace(EVENINGS, ends=date(2026, 12, 24)), options)
    stopped = await house.clubs.remove_post(CLUB, MAYA, item.reminder.id)
    house.clock.run(UNDO_WITHIN)

    (back,) = await undone(house, stopped.at)
    assert (back.reminder.id, back.reminder.channel) == (item.reminder.id, 5)
    assert (back.schedule, back.options) == (item.schedule, options)
    assert back.reminder.state is ReminderState.ACTIVE
    assert [line[0] for line in await house.lines()] == ["post-added", "post-removed"]
    assert await undone(house, stopped.at) == []
    assert len(await house.clubs.posts(CLUB)) == 1


async def test_one_that_was_paused_when_it_was_removed_is_still_paused(house: House) -> None:
    item = await house.add(EVENINGS)
    await house.clubs.pause_post(CLUB, MAYA, item.reminder.id)
    house.clock.run(SECOND)
    stopped = await house.clubs.remove_post(CLUB, MAYA, item.reminder.id)

    (back,) = await undone(house, stopped.at)
    assert back.reminder.state is ReminderState.PAUSED


async def test_only_what_pause_all_paused_rings_again(house: House) -> None:
    summer, *ringing = [await house.add(EVENINGS) for _ in range(3)]
    await house.clubs.pause_post(CLUB, MAYA, summer.reminder.id)
    house.clock.run(SECOND)
    stopped = await house.clubs.pause_all(CLUB, NOOR)

    returned = await undone(house, stopped[0].at)
    assert {item.reminder.id for item in returned} == {item.reminder.id for item in ringing}
    assert [item.reminder.id for item in await house.clubs.posts(CLUB) if item.paused(house.clock.now())] == [
        summer.reminder.id
    ]


async def test_after_an_hour_it_says_so(house: House) -> None:
    item = await house.add(EVENINGS)
    stopped = await house.clubs.remove_post(CLUB, MAYA, item.reminder.id)
    house.clock.run(UNDO_WITHIN + SECOND)

    with pytest.raises(UndoOver):
        await undone(house, stopped.at)
    assert await house.clubs.posts(CLUB) == []


async def test_where_others_have_taken_its_place_it_says_so(house: House) -> None:
    items = [await house.add(EVENINGS) for _ in range(MAX_POSTS)]
    stopped = await house.clubs.remove_post(CLUB, MAYA, items[0].reminder.id)
    await house.add(EVENINGS)

    with pytest.raises(TooManyPosts):
        await undone(house, stopped.at)


@pytest.mark.parametrize("forged", ["", "-1", "1e9", "9" * 40, "now"])
def test_a_stamp_that_is_none_is_nothing(forged: str) -> None:
    assert stamped(forged) is None
