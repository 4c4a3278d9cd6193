"""A club's posts: what moderators set, what goes out, and how many did it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.advice.library import Library
from bot.delivery.transport import Withheld
from bot.reminders.club_service import (
    MAX_POSTS,
    ClubReminder,
    ClubReminderService,
    TooManyPosts,
)
from bot.reminders.posts import COUNTING_PERIOD, NOT_AGAIN, DoneCount, PostContent, PostOptions, PostOver, PostService
from bot.reminders.scheduled import EditedMeanwhile, NoSuchReminder, RemindersClosed
from bot.schedules.codec import ZoneGone
from bot.schedules.schedule import DAILY, PauseOver, Schedule
from bot.storage.lease import DELIVERY
from bot.storage.occurrences import Advance, ClaimedOccurrence, OccurrenceState, occurrence_id
from bot.storage.reminders import ReminderKind, ReminderState
from bot.storage.storage import Storage, open_storage, opened_or
from tests.storage.given import hosted
from tests.support.data import migrated
from tests.unit.delivery.engine import DAY, HOUR, MORNING, HandClock

CLUB, OTHER = 2_200_000_000_000_000_001, 2_200_000_000_000_000_002
ANA, BEN = 1_100_000_000_000_000_001, 1_100_000_000_000_000_002
EVENINGS = Schedule(time(19), DAILY, ZoneInfo("Europe/Berlin"))
EVERYTHING = PostOptions(moments=("desk", "bed"), minutes=6, role=77, thread=True, language="de")
FIRST = datetime(2026, 3, 2, 18, tzinfo=UTC)


@dataclass
class House:
    """The service on a real data folder, with what rings by hand."""

    posts: ClubReminderService
    outgoing: PostService
    storage: Storage
    clock: HandClock
    library: Library
    nudges: list[None]
    fence: int

    async def add(self, club: int = CLUB, options: PostOptions = EVERYTHING) -> ClubReminder:
        return await self.posts.add(club, 5, EVENINGS, options)

    async def ring(self, item: ClubReminder) -> ClaimedOccurrence:
        """Its next date has come; it is claimed."""
        name = await self.rung(item)
        parcels = await self.storage.occurrences.claim(self.fence, self.clock.now(), 99)
        return next(parcel for parcel in parcels if parcel.occurrence.id == name)

    async def rung(self, item: ClubReminder) -> str:
        """Its next date has come, and waits in the queue: the occurrence's id."""
        reminder = (await self.posts.item(item.reminder.owner, item.reminder.id)).reminder
        (due, ahead) = EVENINGS.upcoming((reminder.next_due or FIRST) - HOUR, 2)
        self.clock.set(due.due - self.clock.now())
        await self.storage.occurrences.materialize(
            self.fence, [Advance(reminder, due.local, ahead.due)], [], DAY, due.due
        )
        return occurrence_id(reminder.id, due.local)

    async def post(self, item: ClubReminder) -> PostContent:
        return await self.outgoing.compose(await self.ring(item), self.library)

    async def rows(self, query: str) -> list[tuple[object, ...]]:
        async with self.storage.limber.reading() as connection:
            return [tuple(row) for row in await connection.execute_fetchall(query)]


@pytest.fixture
async def house(tmp_path: Path, library: Library) -> AsyncIterator[House]:
    host = hosted(tmp_path)
    migrated(host.data)
    storage, clock, nudges = await open_storage(host), HandClock(), []
    fence = await storage.leases.take(DELIVERY, "us", clock.now() + 99 * DAY, clock.now())
    assert fence
    posts = ClubReminderService(storage, clock, lambda: nudges.append(None))
    yield House(posts, PostService(storage, clock, Random(3)), storage, clock, library, nudges, fence)  # noqa: S311
    await storage.close()


async def test_what_a_moderator_set_comes_back(house: House) -> None:
    item = await house.add()
    assert (await house.posts.of_club(CLUB), await house.posts.of_club(OTHER)) == ([item], [])
    assert await house.posts.item(CLUB, item.reminder.id) == item
    assert (item.options, item.schedule) == (EVERYTHING, EVENINGS)
    assert (item.reminder.person, item.reminder.kind, item.reminder.channel) == (None, ReminderKind.CLUB, 5)
    assert item.reminder.next_due == FIRST
    assert item.upcoming(MORNING, 2) == (FIRST, FIRST + DAY)
    assert len(house.nudges) == 1


async def test_another_club_never_meets_it(house: House) -> None:
    name = (await house.add()).reminder.id
    for ask in (house.posts.item, house.posts.remove):
        with pytest.raises(NoSuchReminder):
            await ask(OTHER, name)
    assert len(house.nudges) == 1


async def test_there_is_an_end_to_how_many(house: House) -> None:
    for _ in range(MAX_POSTS):
        await house.add()
    with pytest.raises(TooManyPosts) as raised:
        await house.add()
    assert raised.value.values == {"most": MAX_POSTS}
    assert (await house.add(OTHER)).reminder.club == OTHER


async def test_a_change_keeps_what_was_not_named(house: House) -> None:
    item = await house.add()
    mornings = replace(EVENINGS, at=time(7))
    moved = await house.posts.change(item, channel=6)
    assert (moved.reminder.channel, moved.options, moved.schedule) == (6, EVERYTHING, EVENINGS)
    earlier = await house.posts.change(moved, schedule=mornings)
    assert earlier.reminder.next_due == FIRST + 12 * HOUR  # by now it is half past eight in Berlin
    other = await house.posts.change(earlier, options=PostOptions())
    assert await house.posts.item(CLUB, item.reminder.id) == other
    assert (other.reminder.channel, other.options, other.schedule) == (6, PostOptions(), mornings)
    assert len(house.nudges) == 4


async def test_of_two_changes_at_once_the_second_is_told(house: House) -> None:
    item = await house.add()
    await house.posts.change(item, channel=6)
    with pytest.raises(EditedMeanwhile):
        await house.posts.change(item, channel=7)
    assert (await house.posts.item(CLUB, item.reminder.id)).reminder.channel == 6


async def test_a_pause_is_silent_at_once_and_what_waits_is_called_off(house: House) -> None:
    item = await house.add()
    await house.rung(item)
    paused = await house.posts.pause(item)
    assert paused == await house.posts.item(CLUB, item.reminder.id)
    assert paused.paused(house.clock.now())
    assert (paused.reminder.state, paused.reminder.next_due) == (ReminderState.PAUSED, None)
    assert paused.upcoming(house.clock.now(), 3) == ()
    (rung,) = await house.posts.log(paused)
    assert (rung.state, rung.reason) == (OccurrenceState.SKIPPED, "paused")
    resumed = await house.posts.resume(paused)
    assert (resumed.reminder.state, resumed.reminder.next_due) == (ReminderState.ACTIVE, FIRST + DAY)


async def test_a_pause_may_have_an_end_and_a_change_does_not_end_it(house: House) -> None:
    item = await house.add()
    paused = await house.posts.pause(item, date(2026, 3, 10))
    assert paused.reminder.next_due == FIRST + 8 * DAY
    changed = await house.posts.change(paused, schedule=replace(EVENINGS, at=time(20)))
    assert changed.reminder.next_due == FIRST + 8 * DAY + HOUR
    with pytest.raises(PauseOver):
        await house.posts.pause(changed, date(2026, 3, 2))


async def test_one_that_was_blocked_rings_again_once_it_has_another_channel(house: House) -> None:
    item = await house.add()
    parcel = await house.ring(item)
    refused = replace(parcel.occurrence, state=OccurrenceState.BLOCKED, reason="50001", settled_at=FIRST)
    await house.storage.occurrences.settle(house.fence, [refused])
    item = await house.posts.item(CLUB, item.reminder.id)
    assert (item.reminder.state, item.reminder.reason) == (ReminderState.BLOCKED, "50001")
    mended = (await house.posts.change(item, channel=6)).reminder
    assert (mended.state, mended.reason, mended.next_due) == (ReminderState.ACTIVE, None, FIRST + DAY)


async def test_one_whose_zone_is_gone_says_so_and_takes_a_new_schedule(house: House) -> None:
    item = await house.add()
    lost = replace(item.reminder, schedule=item.reminder.schedule.replace("Europe/Berlin", "Europe/Nowhere"))
    assert await house.storage.reminders.replace(lost)
    item = await house.posts.item(CLUB, item.reminder.id)
    assert (item.schedule, item.upcoming(MORNING, 2), item.paused(MORNING)) == (None, (), False)
    with pytest.raises(ZoneGone):
        await house.posts.resume(item)
    assert (await house.posts.change(item, schedule=EVENINGS)).reminder.next_due == FIRST


async def test_removing_takes_the_log_along(house: House) -> None:
    item = await house.add()
    posted = await house.post(item)
    await house.posts.remove(CLUB, item.reminder.id)
    assert len(house.nudges) == 2
    assert (await house.posts.of_club(CLUB), await house.posts.log(item)) == ([], [])
    for ask in (house.outgoing.content(posted.occurrence), house.outgoing.count_done(posted.occurrence, ANA)):
        with pytest.raises(PostOver):
            await ask


async def test_the_log_is_of_one_post_newest_first(house: House) -> None:
    one, two = await house.add(), await house.add()
    for item in (one, two, one):
        await house.rung(item)
    assert [rung.due for rung in await house.posts.log(one)] == [FIRST + DAY, FIRST]
    assert [rung.due for rung in await house.posts.log(two)] == [FIRST]


async def test_a_post_is_of_what_was_chosen(house: House) -> None:
    parcel = await house.ring(await house.add())
    posted = await house.outgoing.compose(parcel, house.library)
    plan = house.library.routines[posted.routine]
    assert plan.moment in {"desk", "bed"}
    assert plan.areas == ()
    assert plan.minutes <= 6
    assert posted == PostContent(
        occurrence=parcel.occurrence.id,
        routine=plan.id,
        day=date(2026, 3, 2),
        options=EVERYTHING,
    )
    assert await house.outgoing.content(parcel.occurrence.id) == posted


async def test_sent_again_it_is_the_same_post(house: House) -> None:
    parcel = await house.ring(await house.add(options=PostOptions()))
    first = await house.outgoing.compose(parcel, house.library)
    await house.outgoing.count_done(first.occurrence, ANA)
    for _ in range(10):
        assert await house.outgoing.compose(replace(parcel, fresh=False), house.library) == replace(first, done=1)


@pytest.mark.parametrize(("options", "apart"), [(PostOptions(), NOT_AGAIN), (PostOptions(moments=("bed",)), 1)])
async def test_day_after_day_something_else(house: House, options: PostOptions, apart: int) -> None:
    item = await house.add(options=options)
    posted = [(await house.post(item)).routine for _ in range(20)]
    for at in range(1, len(posted)):
        assert posted[at] not in posted[max(0, at - apart) : at]


@pytest.mark.parametrize("moments", [("anytime",), ("no such moment",)])
async def test_nothing_is_posted_where_nothing_may_be(house: House, moments: tuple[str, ...]) -> None:
    parcel = await house.ring(await house.add(options=PostOptions(moments=moments)))
    with pytest.raises(Withheld, match="no-routine"):
        await house.outgoing.compose(parcel, house.library)
    assert await house.rows("select * from post") == []


async def test_what_turned_out_unsafe_since_the_first_try_stays_here(house: House) -> None:
    parcel = await house.ring(await house.add())
    posted = await house.outgoing.compose(parcel, house.library)
    exercise = house.library.routines[posted.routine].steps[0].exercise
    unsafe = house.library.exercises[exercise].model_copy(update={"unscreened_ok": False})
    for library in (
        replace(house.library, exercises={**house.library.exercises, exercise: unsafe}),
        replace(house.library, routines={}),
    ):
        with pytest.raises(Withheld, match="no-routine"):
            await house.outgoing.compose(parcel, library)


async def test_one_that_is_removed_at_that_moment_does_not_go_out(house: House) -> None:
    item = await house.add()
    parcel = await house.ring(item)
    await house.posts.remove(CLUB, item.reminder.id)
    with pytest.raises(Withheld, match="removed"):
        await house.outgoing.compose(parcel, house.library)


async def test_two_people_count_two_and_one_who_presses_twice_counts_one(house: House) -> None:
    item = await house.add()
    post, other = (await house.post(item)).occurrence, (await house.post(item)).occurrence
    assert await house.outgoing.count_done(other, ANA) == DoneCount(1, again=False)
    house.clock.set(-DAY)  # back to the first one's day
    assert await house.outgoing.count_done(post, ANA) == DoneCount(1, again=False)
    assert await house.outgoing.count_done(post, ANA) == DoneCount(1, again=True)
    assert await house.outgoing.count_done(post, BEN) == DoneCount(2, again=False)
    assert await house.outgoing.count_done(post, ANA) == DoneCount(2, again=True)
    assert (await house.outgoing.content(post)).done == 2
    assert (await house.outgoing.content(other)).done == 1


async def test_no_two_posts_have_one_key_and_nobody_has_one_tag_twice(house: House) -> None:
    item = await house.add()
    for _ in range(3):
        await house.outgoing.count_done((await house.post(item)).occurrence, ANA)
    keys = {key for (key,) in await house.rows("select key from post")}
    tags = {tag for (tag,) in await house.rows("select tag from done")}
    assert (len(keys), len(tags)) == (3, 3)
    assert {len(value) for value in keys | tags} == {32}


async def test_nothing_says_who_pressed(house: House) -> None:
    """No person's row comes of it, and no file holds an id."""
    await house.outgoing.count_done((await house.post(await house.add())).occurrence, ANA)
    assert await house.storage.people.find(ANA) is None
    canaries = (str(ANA).encode(), ANA.to_bytes(8), ANA.to_bytes(8, "little"))
    for file in house.storage.limber.path.parent.iterdir():
        assert not [canary for canary in canaries if canary in file.read_bytes()], file.name


async def test_after_a_day_nothing_is_counted_and_nothing_is_left_but_the_count(house: House) -> None:
    item = await house.add()
    old = (await house.post(item)).occurrence
    await house.outgoing.count_done(old, ANA)
    house.clock.run(COUNTING_PERIOD - HOUR)
    assert await house.storage.posts.forget(house.clock.now() - COUNTING_PERIOD) == 0
    assert (await house.outgoing.count_done(old, BEN)).count == 2
    house.clock.run(HOUR)
    with pytest.raises(PostOver):
        await house.outgoing.count_done(old, 3)
    new = (await house.post(item)).occurrence
    await house.outgoing.count_done(new, ANA)
    house.clock.run(HOUR)
    assert await house.storage.posts.forget(house.clock.now() - COUNTING_PERIOD) == 1
    kept = {row[0]: row[1:] for row in await house.rows("select occurrence_id, key is null, done from post")}
    assert kept == {old: (1, 2), new: (0, 1)}
    assert [row[0] for row in await house.rows("select distinct occurrence_id from done")] == [new]
    house.clock.set(-DAY)  # also for a clock that was wrong
    with pytest.raises(PostOver):
        await house.outgoing.count_done(old, ANA)
    assert (await house.outgoing.content(old)).done == 2


async def test_what_nobody_posted_is_over(house: House) -> None:
    waiting = await house.ring(await house.add())
    for name in ("a" * 24, waiting.occurrence.id):
        with pytest.raises(PostOver):
            await house.outgoing.count_done(name, ANA)
        with pytest.raises(PostOver):
            await house.outgoing.content(name)


async def test_without_a_database_it_says_so(library: Library) -> None:
    posts = ClubReminderService(opened_or(None, RemindersClosed), HandClock(), list)
    outgoing = PostService(None, HandClock(), Random(0))  # noqa: S311
    for ask in (posts.of_club(CLUB), posts.add(CLUB, 5, EVENINGS, PostOptions()), outgoing.count_done("a" * 24, ANA)):
        with pytest.raises(RemindersClosed):
            await ask
