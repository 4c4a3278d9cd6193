"""Weeks of clubs, closed one after the other, as somebody sees them who looks at every snapshot."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.checkins.diary import ClosedDiary, Diary, OpenDiary
from bot.checkins.diary_reader import DiaryReader
from bot.checkins.models import CheckIn
from bot.checkins.person_diary import DiaryClosed, NeedsConsent, Terms
from bot.clubs.barometer import BAROMETER_WEEKS, MIN_PEOPLE, RETENTION, Barometer, BarometerOff, bands, left_out_by_lot
from bot.ids import new_id
from bot.localtime import instant_of
from bot.settings import Settings
from bot.storage.barometer import Snapshot
from bot.storage.storage import Storage, open_storage
from tests.support.data import migrated
from tests.support.examples import examples

BERLIN = ZoneInfo("Europe/Berlin")
FIRST = date(2026, 3, 16)  # the clocks change on the Sunday of the second week
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
AREAS = ("hip", "knee")
CLUB = 2_200_000_000_000_000_001


@dataclass
class Hand:
    """A clock that is set by hand."""

    time: datetime = datetime(2026, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def set(self, week: int, days: float = 0.0, zone: ZoneInfo = BERLIN) -> None:
        self.time = instant_of(FIRST + week * WEEK, time(), zone) + days * DAY


def hosted(folder: Path) -> Settings:
    return Settings(data=folder / "data", key_file=folder / "host.key")


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[Storage]:
    host = hosted(tmp_path)
    migrated(host.data)
    async with await open_storage(host) as opened:
        yield opened


@pytest.fixture
def diary(storage: Storage, clock: Hand) -> Diary:
    return OpenDiary(storage, clock, Terms())


@pytest.fixture
def barometer(diary: Diary, storage: Storage, clock: Hand) -> Barometer:
    return Barometer(diary, storage, clock)


async def logged(diary: Diary, person: int, at: datetime, area: str, pain: int) -> None:
    await (await diary.of(person)).keep(CheckIn(id=new_id(), at=at, area=area, pain=pain))


async def crowd(diary: Diary, barometer: Barometer, clock: Hand, weeks: int = 1, sore: int = 9, free: int = 9) -> None:
    """So many join before the first week, and log so many weeks: enough to be shown whatever the lot."""
    people = range(1, sore + free + 1)
    clock.set(0, -1)
    for person in people:
        await diary.agree(person)
        await barometer.join(person, CLUB)
    for week in range(weeks):
        for person in people:
            await a_week_of(diary, clock, person, week, 5 if person <= sore else 0)


async def a_week_of(diary: Diary, clock: Hand, person: int, week: int, pain: int) -> None:
    for days in (1, 2):
        clock.set(week, days)
        await logged(diary, person, clock.now(), "hip", pain)


# What happens, in short


async def test_a_week_is_closed_when_it_has_been_over_for_a_day_and_once(
    diary: Diary, barometer: Barometer, clock: Hand
) -> None:
    await crowd(diary, barometer, clock)
    clock.set(1, 1)
    clock.time -= timedelta(seconds=1)
    assert await barometer.close_weeks(CLUB, BERLIN) == 0
    assert await barometer.closed_weeks(CLUB) == ()

    clock.set(1, 1)
    assert await barometer.close_weeks(CLUB, BERLIN) == 1
    assert await barometer.close_weeks(CLUB, BERLIN) == 0
    assert await barometer.closed_weeks(CLUB) == (Snapshot(FIRST, known=True, bands={"hip": 5}),)


async def test_the_week_is_that_of_the_clubs_zone(
    diary: Diary, storage: Storage, barometer: Barometer, clock: Hand
) -> None:
    await crowd(diary, barometer, clock)
    clock.set(1, 1, ZoneInfo("Pacific/Auckland"))

    assert await barometer.close_weeks(CLUB, BERLIN) == 0
    assert await barometer.close_weeks(CLUB, ZoneInfo("Pacific/Auckland")) == 1


async def test_what_is_logged_late_or_deleted_later_changes_no_closed_week(
    diary: Diary, storage: Storage, barometer: Barometer, clock: Hand
) -> None:
    await crowd(diary, barometer, clock)
    clock.set(1, 1)
    await barometer.close_weeks(CLUB, BERLIN)
    seen = await barometer.closed_weeks(CLUB)
    for person in range(1, 10):
        await storage.erase(person)
    for person in range(10, 19):
        await logged(diary, person, clock.now() - 2 * DAY, "hip", 9)
    clock.set(1, 2)

    assert await barometer.close_weeks(CLUB, BERLIN) == 0
    assert await barometer.closed_weeks(CLUB) == seen


@pytest.mark.parametrize("when", ["in the week", "after it, before it is closed"])
async def test_who_leaves_or_erases_before_a_week_is_closed_is_not_in_it(
    diary: Diary, storage: Storage, barometer: Barometer, clock: Hand, when: str
) -> None:
    await crowd(diary, barometer, clock)
    for person in range(1, 6):
        clock.set(1 if when[0] == "a" else 0, 0.5)
        if person % 2:
            assert await barometer.leave(person, CLUB) == 1
        else:
            await storage.erase(person)
    clock.set(1, 1)

    assert await barometer.close_weeks(CLUB, BERLIN) == 1
    assert await barometer.closed_weeks(CLUB) == ()


async def test_who_leaves_while_a_week_is_being_closed_is_not_in_it(
    diary: Diary, barometer: Barometer, clock: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    await crowd(diary, barometer, clock)
    clock.set(1, 1)
    read = DiaryReader.checkins

    async def and_then_five_leave(*asked: Any) -> Any:
        for person in range(1, 6):
            await barometer.leave(person, CLUB)
        return await read(*asked)

    monkeypatch.setattr(DiaryReader, "checkins", and_then_five_leave)

    assert await barometer.close_weeks(CLUB, BERLIN) == 1
    assert await barometer.closed_weeks(CLUB) == ()


@pytest.mark.parametrize(("days", "bands"), [(6.9, {"hip": 5, "knee": 5}), (7.1, {"hip": 5})], ids=["Sunday", "Monday"])
async def test_monday_belongs_to_the_next_week(
    diary: Diary, barometer: Barometer, clock: Hand, days: float, bands: dict[str, int]
) -> None:
    await crowd(diary, barometer, clock)
    clock.set(0, days)
    for person in range(1, 10):
        await logged(diary, person, clock.now(), "knee", 9)
    clock.set(1, 1)
    await barometer.close_weeks(CLUB, BERLIN)

    (week,) = await barometer.closed_weeks(CLUB)
    assert week.bands == bands


async def test_who_joins_within_a_week_is_counted_from_the_next_one_on(
    diary: Diary, barometer: Barometer, clock: Hand
) -> None:
    await crowd(diary, barometer, clock, weeks=2)
    for person in range(1, 10):
        clock.set(0, 0.1)
        await barometer.leave(person, CLUB)
        await barometer.join(person, CLUB)
    clock.set(2, 1)
    await barometer.close_weeks(CLUB, BERLIN)

    assert [week.bands for week in await barometer.closed_weeks(CLUB)] == [{}, {"hip": 5}]


async def test_after_an_outage_the_last_week_is_counted_and_those_before_are_not_known(
    diary: Diary, barometer: Barometer, clock: Hand
) -> None:
    await crowd(diary, barometer, clock, weeks=4)
    clock.set(4, 1)

    assert await barometer.close_weeks(CLUB, BERLIN) == 4
    assert [(week.known, dict(week.bands)) for week in await barometer.closed_weeks(CLUB)] == [
        *[(False, {})] * 2,
        (True, {"hip": 5}),  # to the second in time: a week late and no more
        (True, {"hip": 5}),
    ]


async def test_after_a_long_outage_no_more_is_written_down_than_is_shown(
    diary: Diary, storage: Storage, barometer: Barometer, clock: Hand
) -> None:
    await crowd(diary, barometer, clock)
    clock.set(100, 1)

    assert await barometer.close_weeks(CLUB, BERLIN) == BAROMETER_WEEKS
    assert not any(week.known for week in (await storage.barometer.weeks(CLUB, 99))[:-2])


async def test_weeks_in_which_nobody_took_part_are_not_closed_later(
    diary: Diary, storage: Storage, barometer: Barometer, clock: Hand
) -> None:
    await crowd(diary, barometer, clock)
    clock.set(1, 1)
    await barometer.close_weeks(CLUB, BERLIN)
    for person in range(1, 19):
        await barometer.leave(person, CLUB)
    clock.set(3, 1)
    assert await barometer.close_weeks(CLUB, BERLIN) == 0
    await barometer.join(1, CLUB)
    clock.set(5, 1)

    assert await barometer.close_weeks(CLUB, BERLIN) == 1
    assert await storage.barometer.latest(CLUB) == FIRST + 4 * WEEK


async def test_a_hole_between_weeks_is_shown_as_not_counted(
    storage: Storage, barometer: Barometer, diary: Diary
) -> None:
    await diary.agree(1)
    await barometer.join(1, CLUB)
    for week in (0, 3):
        await storage.barometer.close(CLUB, Snapshot(FIRST + week * WEEK, known=True, bands={"hip": 5}))

    assert [week.known for week in await barometer.closed_weeks(CLUB)] == [True, False, False, True]
    assert [week.known for week in await barometer.closed_weeks(CLUB, weeks=2)] == [False, True]


async def test_a_club_with_nobody_in_it_and_weeks_with_nothing_in_them_look_the_same(
    diary: Diary, barometer: Barometer, clock: Hand
) -> None:
    await crowd(diary, barometer, clock, sore=4, free=30)
    clock.set(1, 1)
    assert await barometer.close_weeks(CLUB, BERLIN) == 1
    assert await barometer.close_weeks(7, BERLIN) == 0

    assert await barometer.closed_weeks(CLUB) == await barometer.closed_weeks(7) == ()


async def test_after_a_clubs_erasure_nothing_can_be_drawn_anew(
    diary: Diary, storage: Storage, barometer: Barometer, clock: Hand
) -> None:
    await crowd(diary, barometer, clock)
    clock.set(1, 1)
    await barometer.close_weeks(CLUB, BERLIN)
    await storage.clubs.forget(CLUB)
    for person in range(1, 19):
        await barometer.join(person, CLUB)

    assert await barometer.close_weeks(CLUB, BERLIN) == 0
    assert await barometer.closed_weeks(CLUB) == ()


async def test_every_club_is_closed_by_its_zone_and_one_that_fails_keeps_no_other_waiting(
    diary: Diary, storage: Storage, barometer: Barometer, clock: Hand
) -> None:
    await crowd(diary, barometer, clock)
    clock.set(0, -1)
    for club in (1, 3):
        await barometer.join(1, club)
    await storage.barometer.close(CLUB, Snapshot(FIRST - RETENTION - 2 * WEEK, known=True, bands={}))

    async def zone(club: int) -> ZoneInfo:
        if club == 1:
            raise ValueError("no such zone")
        return BERLIN

    clock.set(1, 1)
    assert await barometer.close_due(zone) == 2
    assert await barometer.close_due(zone) == 0
    assert [week.monday for week in await storage.barometer.weeks(CLUB, 99)] == [FIRST]


async def test_without_a_diary_nobody_is_counted(storage: Storage, barometer: Barometer, clock: Hand) -> None:
    with pytest.raises(NeedsConsent):
        await barometer.join(1, CLUB)
    nowhere = Barometer(ClosedDiary(Terms()), None, clock)
    with pytest.raises(DiaryClosed):
        await nowhere.join(1, CLUB)
    assert await nowhere.leave(1) == 0
    assert await nowhere.of_person(1) == []


async def test_who_is_erased_while_joining_is_not_in(
    diary: Diary, storage: Storage, barometer: Barometer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await diary.agree(1)
    of = diary.of

    async def and_then_erased(who: int) -> Any:
        opened = await of(who)
        await storage.erase(who)
        return opened

    monkeypatch.setattr(diary, "of", and_then_erased)
    with pytest.raises(NeedsConsent):
        await barometer.join(1, CLUB)
    assert await storage.barometer.clubs() == []


async def test_switched_off_it_shows_and_counts_nothing_and_lets_people_leave(
    diary: Diary, storage: Storage, barometer: Barometer, clock: Hand
) -> None:
    await crowd(diary, barometer, clock)
    off = Barometer(diary, storage, clock, on=False)
    clock.set(1, 1)

    async def zone(club: int) -> ZoneInfo:
        return BERLIN

    assert await off.close_due(zone) == 0
    with pytest.raises(BarometerOff):
        await off.closed_weeks(CLUB)
    with pytest.raises(BarometerOff):
        await off.join(1, 3)
    assert await off.leave(1) == 1
    assert len(await storage.barometer.members(CLUB)) == 17


async def test_leaving_takes_one_club_or_all(diary: Diary, barometer: Barometer) -> None:
    await diary.agree(1)
    for club in (1, 2, 3):
        await barometer.join(1, club)

    assert await barometer.leave(1, 2) == 1
    assert await barometer.leave(1, 2) == 0
    assert [membership.club for membership in await barometer.of_person(1)] == [1, 3]
    assert await barometer.leave(1) == 2


# Any history


@dataclass(frozen=True)
class Move:
    """What somebody does, some days into a week."""

    who: int
    days: float
    what: str  # join, leave, erase
    club: int = 0


@dataclass(frozen=True)
class Time:
    """One week: where each is sore (None: they do not log), how many days they log, and what they do."""

    sore: tuple[frozenset[str] | None, ...]
    days: tuple[int, ...]
    moves: tuple[Move, ...]


@dataclass
class Known:
    """What the test knows of somebody, apart from all of ours."""

    since: dict[int, datetime] = field(default_factory=dict)  # by club
    entries: list[tuple[datetime, str, int]] = field(default_factory=list)


@st.composite
def histories(draw: st.DrawFn) -> tuple[int, list[Time]]:
    """Some who are alike, so that groups are near five on either side, and others who are not."""
    places = st.frozensets(st.sampled_from(AREAS))
    size = draw(st.integers(15, 24))
    alike = (draw(st.sampled_from([{"hip"}, {"hip", "knee"}])), draw(st.sampled_from([set(), {"knee"}])))
    border = draw(st.integers(6, size - 6))
    weeks = []
    for _ in range(draw(st.integers(2, 3))):
        sore: list[frozenset[str] | None] = [frozenset(alike[who >= border]) for who in range(size)]
        days = [2] * size
        for who in draw(st.sets(st.integers(0, size - 1), max_size=4)):
            sore[who], days[who] = draw(st.none() | places), draw(st.integers(1, 3))
        move = st.builds(
            Move,
            who=st.integers(0, size - 1),
            days=st.sampled_from([0.01, 3.0, 7.5]),  # 7.5: over, and not closed yet
            what=st.sampled_from(["join", "leave", "erase"]),
            club=st.integers(0, 1),
        )
        moves = sorted(draw(st.lists(move, max_size=5)), key=lambda one: one.days)
        weeks.append(Time(tuple(sore), tuple(days), tuple(moves)))
    return size, weeks


class Play:
    """One history on a storage that has seen others: people and clubs of its own."""

    def __init__(self, storage: Storage, number: int, size: int) -> None:
        self.clock = Hand()
        self.storage = storage
        self.diary = OpenDiary(storage, self.clock, Terms())
        self.barometer = Barometer(self.diary, storage, self.clock)
        self.people = [1_000 * number + who for who in range(size)]
        self.clubs = [10**9 + 10 * number + club for club in range(2)]
        self.known = [Known() for _ in range(size)]
        self.seen: dict[tuple[int, date], Snapshot] = {}

    async def begin(self) -> None:
        """Everybody is in the first club, every third in the second as well."""
        self.clock.set(0, -1)
        for who, person in enumerate(self.people):
            await self.diary.agree(person)
            for club in (0, 1) if who % 3 == 0 else (0,):
                await self.move(Move(who, 0, "join", club))

    async def week(self, number: int, told: Time) -> None:
        """All that happens in it, in order; then it is closed, and somebody looks."""
        logs = [(day + 0.1, who) for who, days in enumerate(told.days) for day in range(days)]
        happens = sorted([*logs, *((move.days, move) for move in told.moves)], key=lambda one: one[0])
        for days, what in happens:
            self.clock.set(number, days)
            if isinstance(what, Move):
                await self.move(what)
            else:
                await self.log(what, told.sore[what])
        self.clock.set(number + 1, 1)
        expected = [await self.expected(club, number) for club in range(2)]
        for club in range(2):
            await self.barometer.close_weeks(self.clubs[club], BERLIN)
            for snapshot in await self.storage.barometer.weeks(self.clubs[club], BAROMETER_WEEKS):
                key = (club, snapshot.monday)
                assert self.seen.setdefault(key, snapshot) == snapshot  # a snapshot never changes
            if await self.storage.barometer.members(self.clubs[club]):
                assert self.seen[club, FIRST + number * WEEK].bands == expected[club]

    async def move(self, move: Move) -> None:
        person, known, club = self.people[move.who], self.known[move.who], self.clubs[move.club]
        if move.what == "join" and await self.diary.agreed(person):
            await self.barometer.join(person, club)
            known.since.setdefault(move.club, self.clock.now())
        elif move.what == "leave":
            await self.barometer.leave(person, club)
            known.since.pop(move.club, None)
        elif move.what == "erase":
            await self.storage.erase(person)
            self.known[move.who] = Known()

    async def log(self, who: int, sore: frozenset[str] | None) -> None:
        if sore is None or not await self.diary.agreed(self.people[who]):
            return
        for area, pain in [(area, 6) for area in sorted(sore)] or [("knee", 1)]:
            await logged(self.diary, self.people[who], self.clock.now(), area, pain)
            self.known[who].entries.append((self.clock.now(), area, pain))

    async def expected(self, club: int, number: int) -> dict[str, int]:
        """Counted from what the test knows alone; every group that is shown has five people, and five beside it."""
        start, end = (instant_of(FIRST + week * WEEK, time(), BERLIN) for week in (number, number + 1))
        counted = []
        for known in self.known:
            week = [entry for entry in known.entries if start <= entry[0] < end]
            days = {entry[0].astimezone(BERLIN).date() for entry in week}
            if club in known.since and known.since[club] <= start and len(days) > 1:
                counted.append(frozenset(area for _, area, pain in week if pain > 2))
        secret = await self.storage.barometer.secret(self.clubs[club])
        if secret is None:
            return {}
        shown = bands(counted, lambda area: left_out_by_lot(secret, FIRST + number * WEEK, area))
        for area, low in shown.items():
            here = sum(area in one for one in counted)
            assert min(here, len(counted) - here) >= MIN_PEOPLE <= low <= here
        return shown


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as opened:
        yield opened


def test_any_history_shows_groups_of_five_that_never_change(
    runner: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory
) -> None:
    host = hosted(tmp_path_factory.mktemp("barometer"))
    migrated(host.data)
    storage = runner.run(open_storage(host))
    numbers, shown = count(1), 0

    async def played(size: int, weeks: list[Time]) -> int:
        play = Play(storage, next(numbers), size)
        await play.begin()
        for number, told in enumerate(weeks):
            await play.week(number, told)
        return sum(len(snapshot.bands) for snapshot in play.seen.values())

    @settings(examples(30), suppress_health_check=list(HealthCheck))
    @given(histories())
    def holds(history: tuple[int, list[Time]]) -> None:
        nonlocal shown
        shown += runner.run(played(*history))

    try:
        holds()
        assert shown  # else this test has seen nothing
    finally:
        runner.run(storage.close())
