"""What a running bot does by itself."""

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.checkins.diary import TOUCH, OpenDiary
from bot.checkins.models import CheckIn
from bot.checkins.person_diary import NeedsConsent, Terms
from bot.clock import ClockJumps
from bot.ids import new_id
from bot.maintenance import delete_and_back_up, unless_clock_jumped
from bot.privacy import PrivacyService, retention_period
from bot.settings import Settings
from bot.storage.folder import backups
from bot.storage.people import People
from bot.storage.storage import Storage, open_storage

LONG = retention_period(12) + TOUCH


class Moving:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time


async def test_a_backup_a_day_and_whoever_has_not_been_here_is_deleted_first(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", key_file=tmp_path / "key")
    clock = Moving()
    storage = await open_storage(settings)
    try:
        diary = OpenDiary(storage, clock, Terms(keep_months=12))
        privacy = PrivacyService(diary, storage, clock)
        await diary.agree(1)

        first = await delete_and_back_up(storage, privacy, clock)
        again = await delete_and_back_up(storage, privacy, clock)
        clock.time += timedelta(days=367)
        later = await delete_and_back_up(storage, privacy, clock)

        assert first is not None
        assert again is None
        assert later is not None
        assert await storage.people.find(1) is None
        assert len(list(backups(settings.data).iterdir())) == 2
    finally:
        await storage.close()


async def test_nobody_is_deleted_by_a_clock_that_jumped_ahead_before_a_day_has_passed(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", key_file=tmp_path / "key")
    clock, passed = Moving(), 0.0
    async with await open_storage(settings) as storage:
        diary = OpenDiary(storage, clock, Terms(keep_months=1))
        await diary.agree(1)
        jumps = ClockJumps(clock, lambda: passed)
        job = partial(delete_and_back_up, storage, PrivacyService(diary, storage, clock), clock)
        await unless_clock_jumped(jumps, job)

        clock.time += timedelta(days=400)
        for _ in range(3):
            await unless_clock_jumped(jumps, job)
            clock.time, passed = clock.time + timedelta(hours=6), passed + 6 * 3600
        assert await storage.people.find(1) is not None
        assert len(list(backups(settings.data).iterdir())) == 1

        clock.time, passed = clock.time + timedelta(hours=6), passed + 6 * 3600
        await unless_clock_jumped(jumps, job)
        assert await storage.people.find(1) is None


def hip(clock: Moving) -> CheckIn:
    return CheckIn(id=new_id(), at=clock.now(), area="hip", pain=4)


async def test_who_comes_back_after_the_list_of_those_to_go_was_made_stays(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Moving()
    diary = OpenDiary(storage, clock, Terms())
    for person in (1, 2):
        await diary.agree(person)
    clock.time += LONG
    listed = People.unused_since

    async def and_then_somebody_comes_back(people: People, instant: datetime) -> list[int]:
        found = await listed(people, instant)
        await (await diary.of(2)).keep(hip(clock))
        return found

    monkeypatch.setattr(People, "unused_since", and_then_somebody_comes_back)

    assert await PrivacyService(diary, storage, clock).sweep() == 1
    assert await storage.people.find(1) is None
    assert [entry.pain for entry in await (await diary.of(2)).checkins()] == [4]


async def test_what_is_saved_while_a_sweep_is_under_way_is_there_afterwards_or_was_not_taken(storage: Storage) -> None:
    clock = Moving()
    diary = OpenDiary(storage, clock, Terms())
    crowd = range(1, 41)
    for person in crowd:
        await diary.agree(person)
    clock.time += LONG

    async def saved(person: int) -> bool:
        await asyncio.sleep(person * 0.002)
        try:
            await (await diary.of(person)).keep(hip(clock))
        except NeedsConsent:
            return False
        return True

    gone, *outcomes = await asyncio.gather(PrivacyService(diary, storage, clock).sweep(), *map(saved, reversed(crowd)))

    assert gone == outcomes.count(False)
    for person, kept in zip(reversed(crowd), outcomes, strict=True):
        assert (await storage.people.find(person) is not None) == kept
        if kept:
            assert [entry.pain for entry in await (await diary.of(person)).checkins()] == [4]


async def test_a_last_use_that_was_not_noted_counts(storage: Storage) -> None:
    clock = Moving()
    diary = OpenDiary(storage, clock, Terms())
    privacy = PrivacyService(diary, storage, clock)
    await diary.agree(1)
    clock.time += TOUCH - timedelta(minutes=1)
    await (await diary.of(1)).keep(hip(clock))

    clock.time += retention_period(12) - TOUCH
    assert await privacy.sweep() == 0
    clock.time += timedelta(minutes=2)
    assert await privacy.sweep() == 1
