"""What every engine must do for the barometers of clubs."""

from datetime import date, timedelta

import pytest

from bot.storage.barometer import Barometers, Membership, Snapshot
from bot.storage.clubs import Clubs, ErasedClub
from bot.storage.database import Database
from bot.storage.errors import Disallowed, UnknownPerson
from bot.storage.people import People
from bot.storage.storage import Storage
from tests.storage.given import ANA, BEN, MINUTE, NOON

CLUB, OTHER = 2_200_000_000_000_000_001, 2_200_000_000_000_000_002
MONDAY = date(2026, 3, 2)
WEEK = timedelta(weeks=1)
SECRET = bytes(range(32))


def week(number: int = 0, known: bool = True, **bands: int) -> Snapshot:
    return Snapshot(MONDAY + number * WEEK, known, bands)


@pytest.fixture
async def barometers(database: Database) -> Barometers:
    """Ana takes part in both clubs, Ben keeps a diary."""
    for person in (ANA, BEN):
        await People(database).consent(person, 1, NOON)
    found = Barometers(database)
    await found.join(CLUB, ANA, NOON, SECRET)
    await found.join(OTHER, ANA, NOON + MINUTE, bytes(32))
    return found


async def test_who_takes_part_is_found_by_club_and_by_person(barometers: Barometers) -> None:
    await barometers.join(CLUB, BEN, NOON - MINUTE, b"later")

    here = Membership(CLUB, ANA, NOON)
    assert await barometers.members(CLUB) == [Membership(CLUB, BEN, NOON - MINUTE), here]
    assert await barometers.of_person(ANA) == [here, Membership(OTHER, ANA, NOON + MINUTE)]
    assert await barometers.clubs() == [CLUB, OTHER]
    assert await barometers.members(7) == []


async def test_a_clubs_secret_is_made_once_and_is_its_own(barometers: Barometers) -> None:
    await barometers.join(CLUB, BEN, NOON, b"another")

    assert await barometers.secret(CLUB) == SECRET
    assert await barometers.secret(OTHER) == bytes(32)
    assert await barometers.secret(7) is None


async def test_whoever_joins_twice_is_in_since_the_first_time(barometers: Barometers) -> None:
    await barometers.join(CLUB, ANA, NOON + MINUTE, SECRET)
    assert await barometers.members(CLUB) == [Membership(CLUB, ANA, NOON)]


async def test_leaving_is_for_one_club_and_joining_again_begins_anew(barometers: Barometers) -> None:
    assert await barometers.leave(CLUB, ANA)
    assert not await barometers.leave(CLUB, ANA)
    assert await barometers.clubs() == [OTHER]
    await barometers.join(CLUB, ANA, NOON + MINUTE, SECRET)
    assert await barometers.members(CLUB) == [Membership(CLUB, ANA, NOON + MINUTE)]


async def test_nobody_joins_without_a_diary(barometers: Barometers) -> None:
    with pytest.raises(UnknownPerson):
        await barometers.join(7, 8, NOON, SECRET)
    assert await barometers.secret(7) is None


async def test_a_week_comes_back_as_it_was_closed(barometers: Barometers) -> None:
    weeks = [week(0, hip=5, knee=15), week(1), week(2, known=False), week(3, hip=10)]
    for one in weeks:
        assert await barometers.close(CLUB, one)
    await barometers.close(OTHER, week(9, neck=5))

    assert await barometers.weeks(CLUB, 9) == weeks
    assert await barometers.weeks(CLUB, 2) == weeks[2:]
    assert await barometers.latest(CLUB) == weeks[-1].monday
    assert await barometers.weeks(7, 9) == []
    assert await barometers.latest(7) is None


async def test_a_closed_week_never_changes(barometers: Barometers) -> None:
    await barometers.close(CLUB, week(hip=5))

    for again in (week(hip=10), week(knee=5), week(), week(known=False)):
        assert not await barometers.close(CLUB, again)
    assert await barometers.weeks(CLUB, 9) == [week(hip=5)]


@pytest.mark.parametrize("band", [0, 1, 4, 6, -5])
async def test_a_group_under_five_or_an_exact_number_cannot_even_be_stored(barometers: Barometers, band: int) -> None:
    with pytest.raises(Disallowed):
        await barometers.close(CLUB, week(hip=band))
    assert await barometers.weeks(CLUB, 9) == []


async def test_a_club_in_which_nobody_ever_took_part_has_no_weeks(barometers: Barometers) -> None:
    with pytest.raises(UnknownPerson):
        await barometers.close(7, week())


async def test_old_weeks_are_forgotten_with_their_bands(barometers: Barometers) -> None:
    for number in range(3):
        await barometers.close(CLUB, week(number, hip=5))

    assert await barometers.forget(MONDAY + 2 * WEEK) == 2
    assert await barometers.weeks(CLUB, 9) == [week(2, hip=5)]


async def test_a_club_goes_whole_and_alone(barometers: Barometers, database: Database) -> None:
    for club in (CLUB, OTHER):
        await barometers.close(club, week(hip=5))

    clubs = Clubs(database)
    assert await clubs.forget(CLUB) == ErasedClub(settings=False, posts=0, changes=0, barometer=True)
    assert await clubs.forget(CLUB) == ErasedClub(settings=False, posts=0, changes=0, barometer=False)
    assert (await barometers.members(CLUB), await barometers.weeks(CLUB, 9)) == ([], [])
    assert await barometers.secret(CLUB) is None
    assert await barometers.weeks(OTHER, 9) == [week(hip=5)]


async def test_erasing_somebody_takes_them_out_and_leaves_closed_weeks(storage: Storage) -> None:
    for person in (ANA, BEN):
        await storage.consent(person, 1, NOON)
        await storage.barometer.join(CLUB, person, NOON, SECRET)
    await storage.barometer.close(CLUB, week(hip=5))
    await storage.erase(ANA)

    assert [member.person for member in await storage.barometer.members(CLUB)] == [BEN]
    assert await storage.barometer.of_person(ANA) == []
    assert await storage.barometer.weeks(CLUB, 9) == [week(hip=5)]
