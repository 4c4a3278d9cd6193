"""What every engine must do for the posts of clubs."""

import pytest

from bot.storage.clubs import Posts
from bot.storage.database import Database
from bot.storage.errors import UnknownPerson
from bot.storage.occurrences import occurrence_id
from bot.storage.reminders import Reminders
from tests.storage.given import CLUB, DAY, FIRST, MINUTE, NOON, REMINDER, SECOND, keep_ringing, post


@pytest.fixture
def reminders(database: Database) -> Reminders:
    return Reminders(database)


@pytest.fixture
async def posts(database: Database, reminders: Reminders) -> Posts:
    """A club's reminder rang ten times, and nothing is posted yet."""
    await keep_ringing(database, reminders, REMINDER)
    return Posts(database)


async def test_a_post_comes_back_as_it_went_in(posts: Posts) -> None:
    assert await posts.find(FIRST) is None
    assert await posts.keep(post()) == post()
    assert await posts.find(FIRST) == post()


async def test_what_was_put_together_first_stays(posts: Posts) -> None:
    await posts.keep(post())
    assert await posts.keep(post(routine="other", key=b"other", made_at=NOON + DAY)) == post()
    assert await posts.find(FIRST) == post()


async def test_a_post_needs_an_occurrence_and_goes_with_it(posts: Posts, reminders: Reminders) -> None:
    with pytest.raises(UnknownPerson):
        await posts.keep(post("never rang"))
    await posts.keep(post())
    await posts.count(FIRST, b"tag")
    await reminders.remove(CLUB, REMINDER)
    assert await posts.find(FIRST) is None
    assert await posts.count(FIRST, b"tag") == (0, False)
    with pytest.raises(UnknownPerson):
        await posts.keep(post())


async def test_the_latest_routines_of_one_reminder(posts: Posts, database: Database, reminders: Reminders) -> None:
    for day, routine in enumerate("abcb"):
        occurrence = occurrence_id(REMINDER, f"day {day}")
        await posts.keep(post(occurrence, routine=routine, made_at=NOON + day * DAY))
    await keep_ringing(database, reminders, "s" * 32)
    await posts.keep(post(occurrence_id("s" * 32, "day 0"), reminder="s" * 32, routine="z"))
    assert await posts.latest(REMINDER, 9) == ["b", "c", "b", "a"]
    assert await posts.latest(REMINDER, 2) == ["b", "c"]
    assert await posts.latest("s" * 32, 9) == ["z"]


async def test_a_tag_counts_once_and_for_one_post(posts: Posts) -> None:
    for one in (post(), post(SECOND)):
        await posts.keep(one)
    assert await posts.count(FIRST, b"ana") == (1, True)
    assert await posts.count(FIRST, b"ana") == (1, False)
    assert await posts.count(FIRST, b"ben") == (2, True)
    assert await posts.count(SECOND, b"ana") == (1, True)
    assert await posts.keep(post()) == post(done=2)


async def test_what_was_never_posted_counts_nothing(posts: Posts) -> None:
    assert await posts.count(FIRST, b"ana") == (0, False)


async def test_keys_and_tags_are_forgotten_and_counts_are_not(posts: Posts, database: Database) -> None:
    await posts.keep(post())
    await posts.keep(post(SECOND, made_at=NOON + MINUTE))
    for occurrence in (FIRST, SECOND):
        await posts.count(occurrence, b"ana of %b" % occurrence.encode())
    assert await posts.forget(NOON + MINUTE) == 1
    assert await posts.forget(NOON + MINUTE) == 0
    assert await posts.find(FIRST) == post(key=None, done=1)
    assert await posts.find(SECOND) == post(SECOND, made_at=NOON + MINUTE, done=1)
    assert await posts.count(FIRST, b"ben") == (1, False)
    assert await posts.count(SECOND, b"ben") == (2, True)
    async with database.reading() as connection:
        rows = await connection.execute_fetchall("select distinct occurrence_id from done")
    assert [occurrence for (occurrence,) in rows] == [SECOND]
