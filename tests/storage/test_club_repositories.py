"""What every engine must do for clubs and their logs."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.storage.barometer import Barometers
from bot.storage.clubs import ChangeRow, Changes, ClubRow, Clubs, ErasedClub, Post, Posts
from bot.storage.database import Database
from bot.storage.errors import Disallowed
from bot.storage.lease import DELIVERY, Leases
from bot.storage.occurrences import Advance, Occurrences, occurrence_id
from bot.storage.people import People
from bot.storage.reminders import Reminder, ReminderKind, Reminders, ReminderState
from tests.storage.given import ANA, MANY, MINUTE, NOON

CLUB, OTHER = 2_200_000_000_000_000_001, 2_200_000_000_000_000_002
DAY = timedelta(days=1)
NOTHING = ErasedClub(settings=False, posts=0, changes=0, barometer=False)


@pytest.fixture
def clubs(database: Database) -> Clubs:
    return Clubs(database)


@pytest.fixture
def changes(database: Database) -> Changes:
    return Changes(database)


def change(what: str = "a", club: int = CLUB, **other: object) -> ChangeRow:
    default = {"club": club, "at": NOON, "moderator": ANA, "what": what, "after": "Europe/Berlin"}
    return ChangeRow(**default | other)


def post(name: str = "p", club: int | None = CLUB, person: int | None = None) -> Reminder:
    return Reminder(
        id=name * 32,
        person=person,
        club=club,
        channel=7,
        kind=ReminderKind.CHECKIN if person else ReminderKind.CLUB,
        schedule="daily at 12",
        zone="Europe/Berlin",
        state=ReminderState.ACTIVE,
        next_due=NOON,
        sealed=None,
        created_at=NOON - DAY,
    )


async def rows(database: Database, table: str) -> list[tuple[object, ...]]:
    async with database.reading() as connection:
        return [tuple(row) for row in await connection.execute_fetchall(f"select * from {table}")]  # noqa: S608


async def test_settings_come_back_as_they_went_in(clubs: Clubs) -> None:
    assert await clubs.find(CLUB) is None
    assert await clubs.put(CLUB, "first", 0, NOON)
    assert await clubs.find(CLUB) == ClubRow(CLUB, "first", 1, NOON)
    assert await clubs.put(CLUB, "second", 1, NOON + DAY)
    assert await clubs.find(CLUB) == ClubRow(CLUB, "second", 2, NOON)
    assert await clubs.find(OTHER) is None


@pytest.mark.parametrize("version", [0, 1, 3])
async def test_what_was_changed_since_it_was_read_is_not_written_over(
    clubs: Clubs, changes: Changes, version: int
) -> None:
    await clubs.put(CLUB, "first", 0, NOON)
    await clubs.put(CLUB, "second", 1, NOON)
    assert not await clubs.put(CLUB, "late", version, NOON, [change()])
    assert await clubs.find(CLUB) == ClubRow(CLUB, "second", 2, NOON)
    assert await changes.of_club(CLUB, NOON, 9) == []


async def test_what_was_taken_away_since_it_was_read_does_not_come_back(clubs: Clubs) -> None:
    await clubs.put(CLUB, "first", 0, NOON)
    await clubs.forget(CLUB)
    assert not await clubs.put(CLUB, "second", 1, NOON)
    assert await clubs.find(CLUB) is None


async def test_settings_and_their_lines_are_kept_together_or_not_at_all(clubs: Clubs, changes: Changes) -> None:
    lines = [change("a"), change("b", before="en", after="de")]
    assert await clubs.put(CLUB, "first", 0, NOON, lines)
    assert await changes.of_club(CLUB, NOON, 9) == lines[::-1]
    with pytest.raises(Disallowed):  # a line that says of nothing what it is about
        await clubs.put(CLUB, "second", 1, NOON, [change("c"), change(what=None)])
    assert await clubs.find(CLUB) == ClubRow(CLUB, "first", 1, NOON)
    assert len(await changes.of_club(CLUB, NOON, 9)) == 2


async def test_a_club_that_comes_back_finds_everything_as_it_was(clubs: Clubs) -> None:
    await clubs.joined(CLUB, NOON)
    assert await clubs.find(CLUB) == ClubRow(CLUB, None, 0, NOON)
    await clubs.put(CLUB, "first", 0, NOON)
    await clubs.left(CLUB, NOON + DAY)
    await clubs.left(CLUB, NOON + 2 * DAY)
    assert await clubs.find(CLUB) == ClubRow(CLUB, "first", 1, NOON, left_at=NOON + DAY)
    await clubs.joined(CLUB, NOON + 3 * DAY)
    await clubs.joined(CLUB, NOON + 4 * DAY)
    assert await clubs.find(CLUB) == ClubRow(CLUB, "first", 1, NOON)


async def test_whoever_sets_something_is_there(clubs: Clubs) -> None:
    await clubs.put(CLUB, "first", 0, NOON)
    await clubs.left(CLUB, NOON)
    assert await clubs.put(CLUB, "second", 1, NOON)
    assert await clubs.find(CLUB) == ClubRow(CLUB, "second", 2, NOON)


async def test_hello_is_said_once(clubs: Clubs) -> None:
    assert not await clubs.welcome(CLUB)
    await clubs.joined(CLUB, NOON)
    assert await clubs.welcome(CLUB)
    assert not await clubs.welcome(CLUB)
    await clubs.left(CLUB, NOON)
    await clubs.joined(CLUB, NOON)
    assert not await clubs.welcome(CLUB)
    assert await clubs.find(CLUB) == ClubRow(CLUB, None, 0, NOON, welcomed=True)


async def test_the_leaving_of_a_club_is_noted_where_there_is_something_of_it(
    clubs: Clubs, changes: Changes, database: Database
) -> None:
    await clubs.left(CLUB, NOON)
    assert await clubs.find(CLUB) is None
    await Reminders(database).add(post(), MANY)
    await changes.add([change(club=OTHER)])
    for club in (CLUB, OTHER):
        await clubs.left(club, NOON + DAY)
        assert await clubs.find(club) == ClubRow(club, None, 0, NOON + DAY, left_at=NOON + DAY)


async def test_who_came_and_went_while_nobody_was_looking(clubs: Clubs) -> None:
    here, gone, back, still, elsewhere = range(1, 6)
    for club in (here, gone, back, still, elsewhere):
        await clubs.joined(club, NOON)
    for club in (back, still):
        await clubs.left(club, NOON)
    for _ in range(2):
        await clubs.present([here, back, 99], lambda club: club != elsewhere, NOON + DAY)
    left = {club: found and found.left_at for club in range(1, 6) if (found := await clubs.find(club))}
    assert left == {here: None, gone: NOON + DAY, back: None, still: NOON, elsewhere: None}
    assert await clubs.find(99) is None
    assert await clubs.left_before(NOON) == []
    assert await clubs.left_before(NOON + DAY) == [still]
    assert await clubs.left_before(NOON + 2 * DAY) == [still, gone]


async def test_everything_of_a_club_goes_and_nothing_else(clubs: Clubs, changes: Changes, database: Database) -> None:
    reminders, people, barometers = Reminders(database), People(database), Barometers(database)
    await people.consent(ANA, 1, NOON)
    hers = post("h", person=ANA)  # she set it in this club, and it is hers all the same
    for one in (post(), post("q"), post("o", OTHER), hers):
        await reminders.add(one, MANY)
    fence = await Leases(database).take(DELIVERY, "us", NOON + DAY, NOON)
    assert fence
    await Occurrences(database).materialize(fence, [Advance(post(), "today", NOON + DAY)], [], DAY, NOON)
    await Posts(database).keep(Post(occurrence_id("p" * 32, "today"), "p" * 32, "desk_neck", b"key", NOON))
    await Posts(database).count(occurrence_id("p" * 32, "today"), b"tag")
    for club in (CLUB, OTHER):
        await clubs.put(club, "settings", 0, NOON, [change("a" if club == CLUB else "b", club)])
        await barometers.join(club, ANA, NOON, b"secret")

    assert await clubs.forget(CLUB) == ErasedClub(settings=True, posts=2, changes=1, barometer=True)

    assert await reminders.of_club(OTHER) == [post("o", OTHER)]
    assert await reminders.of_person(ANA) == [hers]
    assert await changes.of_club(OTHER, NOON, 9) == [change("b", OTHER)]
    assert [found.club for found in await barometers.of_person(ANA)] == [OTHER]
    assert [row[0] for row in await rows(database, "club")] == [OTHER]
    for table in ("occurrence", "post", "done"):
        assert await rows(database, table) == []
    assert await clubs.forget(CLUB) == NOTHING


async def test_only_who_is_still_away_is_forgotten(clubs: Clubs, changes: Changes) -> None:
    await clubs.put(CLUB, "settings", 0, NOON, [change()])
    assert await clubs.forget(CLUB, NOON + DAY) is None
    await clubs.left(CLUB, NOON)
    assert await clubs.forget(CLUB, NOON) is None
    await clubs.joined(CLUB, NOON)
    assert await clubs.forget(CLUB, NOON + DAY) is None
    assert (await clubs.find(CLUB), len(await changes.of_club(CLUB, NOON, 9))) == (
        ClubRow(CLUB, "settings", 1, NOON),
        1,
    )
    await clubs.left(CLUB, NOON)
    gone = await clubs.forget(CLUB, NOON + MINUTE)
    assert gone == replace(NOTHING, settings=True, changes=1)
    assert await clubs.find(CLUB) is None


async def test_nothing_set_is_nothing_erased(clubs: Clubs) -> None:
    await clubs.joined(CLUB, NOON)
    assert await clubs.forget(CLUB) == NOTHING
    assert await clubs.find(CLUB) is None


async def test_the_log_is_of_one_club_the_latest_first(changes: Changes) -> None:
    full = change("a", post="which", before="Asia/Tokyo", moderator=None)
    later = change("b")
    await changes.add([change("d", at=NOON - DAY), full, change("c", OTHER), later])
    assert await changes.of_club(CLUB, NOON, 9) == [later, full]
    assert await changes.of_club(CLUB, NOON, 1) == [later]
    assert await changes.of_club(OTHER, NOON, 9) == [change("c", OTHER)]


async def test_what_is_old_is_forgotten_of_every_club(changes: Changes) -> None:
    await changes.add([change("a"), change("b", OTHER), change("c", at=NOON + MINUTE)])
    assert await changes.forget(NOON) == 0
    assert await changes.forget(NOON + MINUTE) == 2
    assert await changes.of_club(CLUB, NOON, 9) == [change("c", at=NOON + MINUTE)]
