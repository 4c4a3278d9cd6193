"""The demo's clock: what falls due while it is wound comes once, at its own time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.demo.club import ZONE, DemoClub, make_up, open_club
from bot.demo.page import StartPage
from bot.demo.typed import ClockControl, in_words, typed_wind
from bot.demo.wind import CannotWind
from bot.settings import Settings
from bot.storage.occurrences import OccurrenceState
from bot.ui.locales import Locales
from tests.support.components import texts
from tests.support.data import migrated
from tests.support.judged import complaints, root

FRIDAY = datetime(2026, 3, 27, 20, 15, 30, tzinfo=UTC)  # in London the clocks go forward on Sunday
ANAS, STRETCHING = "Ana's DM with Limber", "# stretching"


@asynccontextmanager
async def made_up(settings: Settings, locales: Locales, now: datetime = FRIDAY) -> AsyncIterator[DemoClub]:
    async with open_club(settings, locales=locales, now=lambda: now, prepare=migrated) as club:
        await make_up(club)
        yield club
    assert [root(error) for error in club.env.errors] == []
    assert list(complaints(club)) == []


@pytest.fixture
async def demo(settings: Settings, locales: Locales) -> AsyncIterator[DemoClub]:
    async with made_up(settings, locales) as club:
        yield club


async def nothing() -> None:
    """No page shows it."""


def winder(club: DemoClub) -> ClockControl:
    return ClockControl(club, nothing)


def arrivals(club: DemoClub, place: str) -> list[str]:
    """When the bot wrote there, as the clock on the wall in London says."""
    said = (message for message in club.places()[place].history() if message.author.bot)
    return [f"{message.created_at.astimezone(ZONE):%a %d %H:%M}" for message in said]


def posts(club: DemoClub) -> list[Any]:
    """What the bot wrote for the club."""
    return [message for message in club.places()[STRETCHING].history() if message.author.bot]


async def test_a_month_of_club_posts_is_for_everybody_and_each_says_for_when(demo: DemoClub) -> None:
    await winder(demo).wind("4 weeks")

    library = demo.bot.locales.base.library
    said = [texts([part.to_dict() for part in post.components]) for post in posts(demo)]
    titles = [text.partition("\n")[0] for text in said]
    headed = {
        f"## {moment}: {plan.name}": plan
        for plan in library.routines.values()
        for moment, when in (("Before the run", "before_run"), ("After the run", "after_run"))
        if plan.moment == when
    }
    assert len(titles) == 20
    assert [title for title in titles if title not in headed] == []
    assert [plan.id for plan in map(headed.__getitem__, titles) if plan.areas] == []
    assert all(first != second for first, second in pairwise(titles))


async def test_the_diaries_are_the_same_at_every_hour(settings: Settings, locales: Locales) -> None:
    told = set()
    for hour in (0, 12, 22):
        async with made_up(settings, locales, FRIDAY.replace(hour=hour)) as club:
            answer = await club.people["ben"].slash(club.channels["stretching"], "history", area="knee")
            told.add(texts(answer.response.components))

    assert len(told) == 1


async def test_a_week_brings_every_message_once_at_its_local_time(demo: DemoClub) -> None:
    arrived = await winder(demo).wind("1 week")

    assert arrived == {ANAS: 7, STRETCHING: 5}
    assert arrivals(demo, ANAS) == [f"{day} 08:00" for day in WEEK]
    assert arrivals(demo, STRETCHING) == [f"{day} 18:00" for day in WEEK if day[:3] not in {"Sat", "Sun"}]
    assert demo.services.storage is not None
    kept = await demo.services.storage.occurrences.of_person(demo.people["ana"].id)
    assert {one.state for one in kept} == {OccurrenceState.SENT}
    assert in_words(demo.clock.now()) == "Friday 3 April 2026, 20:15 in London"


WEEK = ["Sat 28", "Sun 29", "Mon 30", "Tue 31", "Wed 01", "Thu 02", "Fri 03"]


async def test_two_weeks_over_the_end_of_summer_time(settings: Settings, locales: Locales) -> None:
    async with made_up(settings, locales, datetime(2026, 10, 19, 12, tzinfo=UTC)) as club:
        await winder(club).wind("2 weeks")

        assert {said[-5:] for said in arrivals(club, ANAS)} == {"08:00"}
        assert len(arrivals(club, ANAS)) == 14
        assert {said[-5:] for said in arrivals(club, STRETCHING)} == {"18:00"}
        assert len(arrivals(club, STRETCHING)) == 10


async def test_what_is_due_at_the_minute_one_winds_to_is_there(demo: DemoClub) -> None:
    winding = winder(demo)

    assert await winding.wind("1 hour") == {}
    assert await winding.wind("tomorrow 8:00") == {ANAS: 1}
    assert await winding.wind("monday 18:00") == {ANAS: 2, STRETCHING: 1}


async def test_a_reminder_that_is_set_while_it_runs_rings_too(demo: DemoClub) -> None:
    """Whoever sets it in the middle of the demo did not start the engine."""
    winding = winder(demo)
    await winding.wind("1 hour")
    await demo.people["ana"].user.slash("remind add", what="stretch", when="every day at 7:00")

    assert await winding.wind("tomorrow 8:00") == {ANAS: 2}
    assert arrivals(demo, ANAS)[-2:] == ["Sat 28 07:00", "Sat 28 08:00"]


async def test_it_is_bounded(demo: DemoClub) -> None:
    before = demo.clock.now()
    with pytest.raises(CannotWind):
        await winder(demo).wind("61 days")
    assert demo.clock.now() == before


async def test_the_start_page_winds_and_says_what_arrived(demo: DemoClub) -> None:
    async with TestClient(TestServer(StartPage(demo).application())) as browser:
        wound = await (await browser.post("/wind", data={"by": "monday 18:00"})).text()
        refused = await (await browser.post("/wind", data={"by": "<b>yesterday</b>"})).text()

    assert "Monday 30 March 2026, 18:00 in London" in wound
    assert "Arrived on the way: 1 in # stretching, 3 in Ana&#x27;s DM with Limber." in wound
    assert "I cannot read “&lt;b&gt;yesterday&lt;/b&gt;”" in refused


async def test_it_goes_on_where_it_was_held_up(demo: DemoClub, monkeypatch: pytest.MonkeyPatch) -> None:
    """SimCord gives up in the middle of a step, and has moved the clock by then."""
    advance, slow = demo.env.advance_time, [True]

    async def held_up(seconds: float) -> None:
        await advance(seconds / 2 if slow else seconds)
        if slow:
            slow.clear()
            raise TimeoutError

    monkeypatch.setattr(demo.env, "advance_time", held_up)
    assert await winder(demo).wind("2 days") == {ANAS: 2}
    assert in_words(demo.clock.now()) == "Sunday 29 March 2026, 20:15 in London"


async def test_it_is_given_up_when_nothing_moves(demo: DemoClub, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(_seconds: float) -> None:
        raise TimeoutError

    monkeypatch.setattr(demo.env, "advance_time", never)
    with pytest.raises(CannotWind, match="busy"):
        await winder(demo).wind("2 days")


def lines(club: DemoClub, place: str) -> list[str]:
    """What people wrote there."""
    return [message.content for message in club.places()[place].history() if not message.author.bot]


async def test_it_can_be_typed_in_a_channel_and_the_line_says_what_became_of_it(demo: DemoClub) -> None:
    await demo.people["ben"].send(demo.channels["stretching"], "/wind monday 18:00")

    assert await typed_wind(demo, winder(demo))
    assert lines(demo, STRETCHING) == ["Demo clock: wound forward to Monday 30 March 2026, 18:00 in London."]
    assert arrivals(demo, STRETCHING) == ["Mon 30 18:00"]


async def test_it_can_be_typed_in_a_direct_message(demo: DemoClub) -> None:
    await demo.people["ana"].user.send_dm("/wind tomorrow 8:00")

    assert await typed_wind(demo, winder(demo))
    assert lines(demo, ANAS) == ["Demo clock: wound forward to Saturday 28 March 2026, 08:00 in London."]
    assert arrivals(demo, ANAS) == ["Sat 28 08:00"]


async def test_what_cannot_be_read_is_answered_in_the_line(demo: DemoClub) -> None:
    await demo.people["ana"].send(demo.channels["general"], "/wind banana")

    assert await typed_wind(demo, winder(demo))
    assert lines(demo, "# general")[-1].startswith("Demo clock: I cannot read “banana”. Try “/wind 15 min”")
    assert demo.clock.now() < FRIDAY + timedelta(minutes=1)


async def test_by_itself_the_clock_goes_as_the_one_on_the_wall(
    settings: Settings, locales: Locales, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second before eight, and nobody winds."""
    monkeypatch.setattr("bot.demo.typed.EVERY", 0.1)
    shown: list[int] = []
    just_before = datetime(2026, 3, 28, 7, 59, 58, tzinfo=UTC)
    async with made_up(settings, locales, just_before) as club:

        async def changed() -> None:
            shown.append(len(arrivals(club, ANAS)))

        task = asyncio.create_task(ClockControl(club, changed).follow_the_wall())
        try:
            await until(lambda: shown)
        finally:
            task.cancel()
        assert arrivals(club, ANAS) == ["Sat 28 08:00"]
        assert shown[-1] == 1


async def until(happened) -> None:
    async with asyncio.timeout(10):
        while not happened():  # noqa: ASYNC110  # the demo tells nobody when it has done something
            await asyncio.sleep(0.05)
