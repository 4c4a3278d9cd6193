"""The dates on the card are those that come: whatever was edited, when, and whoever owns the reminder."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.checkins.diary import OpenDiary
from bot.checkins.person_diary import Terms
from bot.delivery.planner import OccurrencePlanner, stored_schedule
from bot.errors import UserError
from bot.localtime import local_day
from bot.reminders.club_service import ClubReminder, ClubReminderService
from bot.reminders.content import PersonalReminder, ReminderContent, ReminderDraft
from bot.reminders.person_reminders import PersonReminders
from bot.reminders.posts import PostOptions
from bot.reminders.service import ReminderService
from bot.schedules.schedule import DAILY, EveryDays, Rhythm, Schedule, Weekdays
from bot.storage.lease import DELIVERY
from bot.storage.reminders import ReminderKind
from bot.storage.storage import Storage, open_storage
from tests.storage.given import hosted
from tests.support.data import migrated
from tests.support.examples import examples

START = datetime(2026, 3, 25, 6, 30, tzinfo=UTC)  # the clocks of Europe change four days later
DAY = timedelta(days=1)
GRACE = timedelta(minutes=30)
BERLIN = ZoneInfo("Europe/Berlin")
owners = count(1_000_000)

# Both ends of the date line, one that skips hours, one with half of one; west of it comes again what has rung.
zones = st.sampled_from(["Pacific/Kiritimati", "Europe/Berlin", "America/New_York", "Pacific/Niue", "Asia/Kolkata"])
times = st.sampled_from([time(0), time(2, 30), time(8), time(23, 30)])
rhythms: st.SearchStrategy[Rhythm] = st.one_of(
    st.just(DAILY),
    st.frozensets(st.integers(0, 6), min_size=1).map(Weekdays),
    st.builds(EveryDays, st.integers(2, 9), st.dates(START.date() - DAY, START.date() + 3 * DAY)),
)


@dataclass
class Clock:
    at: datetime = START

    def now(self) -> datetime:
        return self.at

    def elapsed(self) -> float:
        return (self.at - START).total_seconds()


@dataclass(frozen=True)
class Step:
    """Some time passes, then the owner edits; None leaves as it is."""

    hours: int
    zone: str | None = None
    at: time | None = None
    rhythm: Rhythm | None = None
    pause: int | None = None  # days; 0: until it is resumed
    resume: bool = False


steps = st.lists(
    st.builds(
        Step,
        st.integers(0, 60),
        zone=st.none() | zones,
        at=st.none() | times,
        rhythm=st.none() | rhythms,
        pause=st.none() | st.sampled_from([0, 1, 3]),
        resume=st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


@dataclass
class World:
    """One database for all examples; each has an owner of its own."""

    storage: Storage
    clock: Clock
    fence: int
    runner: asyncio.Runner
    posts: ClubReminderService = field(init=False)

    def __post_init__(self) -> None:
        self.posts = ClubReminderService(self.storage, self.clock, lambda: None)

    async def reminders(self, person: int) -> PersonReminders:
        diary = OpenDiary(self.storage, self.clock, Terms())
        return await ReminderService(diary, self.storage, self.clock, lambda: None).of(person)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    host, clock = hosted(tmp_path_factory.mktemp("promised")), Clock()
    migrated(host.data)
    with asyncio.Runner() as runner:
        storage = runner.run(open_storage(host))
        fence = runner.run(storage.leases.take(DELIVERY, "us", START + 9999 * DAY, START))
        assert fence
        yield World(storage, clock, fence, runner)
        runner.run(storage.close())


@dataclass
class ClubOwner:
    """A moderator."""

    world: World
    id: int

    async def add(self, schedule: Schedule) -> str:
        return (await self.world.posts.add(self.id, 5, schedule, PostOptions())).reminder.id

    async def item(self, reminder: str) -> ClubReminder:
        return await self.world.posts.item(self.id, reminder)

    async def change(self, reminder: str, schedule: Schedule) -> None:
        await self.world.posts.change(await self.item(reminder), schedule=schedule)

    async def pause(self, reminder: str, days: int) -> None:
        item = await self.item(reminder)
        assert item.schedule
        today = local_day(self.world.clock.now(), item.schedule.zone)
        await self.world.posts.pause(item, today + days * DAY if days else None)

    async def resume(self, reminder: str) -> None:
        await self.world.posts.resume(await self.item(reminder))


@dataclass
class PersonOwner:
    """A runner, whose reminders move along with their time zone."""

    world: World
    id: int

    async def add(self, schedule: Schedule) -> str:
        await OpenDiary(self.world.storage, self.world.clock, Terms()).agree(self.id)
        reminders = await self.world.reminders(self.id)
        await reminders.diary.set_zone(schedule.zone)
        draft = ReminderDraft(ReminderKind.CHECKIN, "daily 8:00", ReminderContent())
        return (await reminders.add(draft, schedule, 5, "en")).reminder.id

    async def item(self, reminder: str) -> PersonalReminder:
        return await (await self.world.reminders(self.id)).item(reminder)

    async def change(self, reminder: str, schedule: Schedule) -> None:
        reminders = await self.world.reminders(self.id)
        if schedule.zone != reminders.diary.zone:
            await reminders.set_zone(schedule.zone)
        item = await reminders.item(reminder)
        await reminders.change(item, item.content, schedule)

    async def pause(self, reminder: str, days: int) -> None:
        reminders = await self.world.reminders(self.id)
        await reminders.pause_for(await reminders.item(reminder), days)

    async def resume(self, reminder: str) -> None:
        reminders = await self.world.reminders(self.id)
        await reminders.resume(await reminders.item(reminder))


async def edit(owner: ClubOwner | PersonOwner, reminder: str, step: Step) -> None:
    item = await owner.item(reminder)
    assert item.schedule
    edited = {name: value for name in ("at", "rhythm") if (value := getattr(step, name)) is not None}
    zone = ZoneInfo(step.zone) if step.zone else item.schedule.zone
    if edited or step.zone:
        await owner.change(reminder, replace(item.schedule, zone=zone, **edited))
    try:
        if step.pause is not None:
            await owner.pause(reminder, step.pause)
        elif step.resume:
            await owner.resume(reminder)
    except UserError:
        pass  # nothing is promised that way


async def rung(owner: ClubOwner | PersonOwner, reminder: str, hours: int) -> Sequence[datetime]:
    """What comes in the hours to come, each at its instant."""
    world = owner.world
    begin, end = world.clock.at, world.clock.at + timedelta(hours=hours)
    planner = OccurrencePlanner(world.storage.reminders, world.storage.occurrences, stored_schedule, GRACE)
    while (due := (await owner.item(reminder)).reminder.next_due) is not None and due <= end:
        world.clock.at = due
        await planner.materialize(world.fence, due)
    world.clock.at = end
    latest = await world.storage.occurrences.of_reminder(reminder, 99)
    return sorted(occurrence.due for occurrence in latest if begin < occurrence.due <= end)


async def held_to_its_word(owner: ClubOwner | PersonOwner, schedule: Schedule, edits: Sequence[Step]) -> None:
    clock = owner.world.clock
    clock.at = START
    reminder = await owner.add(schedule)
    for step in [*edits, Step(hours=24 * 10)]:
        promised = (await owner.item(reminder)).upcoming(clock.at, 99)
        came = await rung(owner, reminder, step.hours)
        assert came == [due for due in promised if due <= clock.at]
        await edit(owner, reminder, step)
    await owner.world.storage.reminders.remove(owner.id, reminder)


FARTHER_WEST = [Step(hours=0, zone="America/New_York")]
TWO_DAYS_BEHIND = [Step(hours=60, zone="Pacific/Niue")]
A_PAUSE_GOES_ALONG = [Step(hours=0, pause=0), Step(hours=0, zone="Pacific/Niue")]


@pytest.mark.parametrize("owner", [ClubOwner, PersonOwner])
@example(schedule=Schedule(time(8), DAILY, BERLIN), edits=[Step(hours=1), *FARTHER_WEST])
@example(schedule=Schedule(time(8), DAILY, ZoneInfo("Pacific/Kiritimati")), edits=TWO_DAYS_BEHIND)
@given(schedule=st.builds(Schedule, times, rhythms, zones.map(ZoneInfo)), edits=steps)
@settings(examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_dates_on_the_card_are_those_that_come(
    world: World, owner: type[ClubOwner | PersonOwner], schedule: Schedule, edits: Sequence[Step]
) -> None:
    world.runner.run(held_to_its_word(owner(world, next(owners)), schedule, edits))


@pytest.mark.parametrize("owner", [ClubOwner, PersonOwner])
def test_a_pause_goes_along_to_where_it_is_still_yesterday(world: World, owner: type[ClubOwner | PersonOwner]) -> None:
    async def moved() -> None:
        one = owner(world, next(owners))
        world.clock.at = START
        reminder = await one.add(Schedule(time(23, 30), DAILY, ZoneInfo("Pacific/Kiritimati")))
        for step in A_PAUSE_GOES_ALONG:
            await edit(one, reminder, step)
        item = await one.item(reminder)
        assert item.paused(START)
        assert not item.upcoming(START, 1)
        assert await rung(one, reminder, 48) == []

    world.runner.run(moved())
