"""Pictures of exercises: on the steps of a routine, in a club's posts; and what happens where there are none."""

from collections.abc import AsyncIterator
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.demo.club import DemoClub
from bot.localtime import DAY, local_day
from bot.reminders.club_service import ClubReminderService
from bot.reminders.posts import PostOptions
from bot.schedules.schedule import DAILY, Schedule
from bot.settings import Settings
from bot.ui.cards.parts import FIGURE
from bot.ui.locales import Locales
from tests.support.components import flat, labels, texts
from tests.support.judged import judged

LONDON = ZoneInfo("Europe/London")


@pytest.fixture(scope="session")
def settings() -> Settings:
    """As a host has them who changes nothing."""
    return Settings(log="error")


@pytest.fixture
async def plain_club(settings: Settings, locales: Locales) -> AsyncIterator[DemoClub]:
    """The club of a host who wants no pictures."""
    async with judged(settings.model_copy(update={"pictures": False}), locales) as opened:
        yield opened


def shown(answer: Any) -> list[dict[str, Any]]:
    """What stands in the galleries of a card."""
    parts = flat(answer.response.components)
    return [item for part in parts if part["type"] == 12 for item in part["items"]]


async def posted(club: DemoClub) -> Any:
    """A post for tomorrow evening in #stretching, once it is there."""
    service, now = ClubReminderService(club.services.storage, club.clock, club.look), club.clock.now()
    tomorrow = local_day(now, LONDON) + DAY
    schedule = Schedule(time(19), DAILY, LONDON, starts=tomorrow, ends=tomorrow)
    item = await service.add(club.guild.id, club.channels["stretching"].id, schedule, PostOptions())
    (due,) = item.upcoming(now, 2)
    await club.env.advance_time((due - now).total_seconds())
    return club.channels["stretching"].last_message


def attached(answer: Any) -> list[str]:
    return [file.filename for file in answer.response.attachments]


async def first_step(club: DemoClub) -> Any:
    """Of a routine for the calf."""
    ana = club.people["ana"]
    plan = await ana.slash(club.channels["stretching"], "stretch", area="calf")
    return await ana.click(plan.response, label="Start")


def name_on(page: Any) -> str:
    """Of the exercise of a step."""
    return texts(page.response.components).partition("## ")[2].partition("\n")[0]


def files_of(club: DemoClub, page: Any) -> list[str]:
    """What a step should have attached: the picture of its exercise, where it is drawn."""
    library = club.bot.locales.base.library
    drawn = (library.exercises[figure] for figure in library.figures)
    return [f"{FIGURE}{exercise.id}.png" for exercise in drawn if exercise.name == name_on(page)]


async def test_a_step_shows_its_exercise_and_says_what_the_picture_shows(club: DemoClub) -> None:
    page = await first_step(club)

    (item,) = shown(page)
    assert attached(page) == files_of(club, page)
    assert name_on(page) in item["description"]


async def test_the_next_step_has_its_own_picture_and_the_end_has_none(club: DemoClub) -> None:
    ana, page = club.people["ana"], await first_step(club)
    seen = [attached(page)]

    while "Next" in labels(page.response.components):
        page = await ana.click(page.response, label="Next")
        seen.append(attached(page))
        assert attached(page) == files_of(club, page)
    end = await ana.click(page.response, label="Finish")

    assert len({name for names in seen for name in names}) == len(seen)
    assert attached(end) == shown(end) == []


async def test_a_post_shows_one_of_its_steps_and_keeps_the_picture_when_it_counts(club: DemoClub) -> None:
    message = await posted(club)
    await club.people["ana"].click(message, label="Done")
    after = club.channels["stretching"].last_message

    (picture,) = message.attachments
    assert picture.filename.startswith(FIGURE)
    assert [kept.id for kept in after.attachments] == [picture.id]


async def test_a_picture_that_cannot_be_drawn_stops_no_card(club: DemoClub) -> None:
    await club.services.renderer.close()

    page = await first_step(club)

    assert attached(page) == shown(page) == []
    assert "Step 1 of" in texts(page.response.components)


async def test_a_host_may_leave_pictures_out(plain_club: DemoClub) -> None:
    page = await first_step(plain_club)

    assert attached(page) == shown(page) == []
    assert "Step 1 of" in texts(page.response.components)


async def test_the_first_card_for_a_place_uploads_nothing(club: DemoClub) -> None:
    answer = await club.people["ana"].slash(club.channels["general"], "pain", area="hip")

    assert attached(answer) == []
    assert shown(answer) == []
