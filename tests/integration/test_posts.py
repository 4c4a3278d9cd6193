"""A club's post in its channel, and everybody who presses Done."""

from collections.abc import Awaitable, Callable
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.advice.disposition import Disposition
from bot.demo.club import DemoClub
from bot.localtime import DAY, local_day
from bot.reminders.club_service import ClubReminderService
from bot.reminders.posts import COUNTING_PERIOD, PostContent, PostOptions
from bot.schedules.schedule import DAILY, Schedule
from bot.ui.cards.routine import post
from bot.ui.locales import Locales, LocalizedContent
from bot.ui.transport import post_message
from tests.integration.diary import agreed, forged, open_finding
from tests.support.components import flat, labels, texts

LONDON = ZoneInfo("Europe/London")
Publish = Callable[..., Awaitable[Any]]


@pytest.fixture
def service(club: DemoClub) -> ClubReminderService:
    """As a moderator's command will have it."""
    return ClubReminderService(club.services.storage, club.clock, club.look)


@pytest.fixture
def publish(club: DemoClub, service: ClubReminderService) -> Publish:
    """Sets a post for tomorrow evening in #stretching, and waits for it; the message."""

    async def published(**options: Any) -> Any:
        channel, now = club.channels["stretching"], club.clock.now()
        tomorrow = local_day(now, LONDON) + DAY
        schedule = Schedule(time(19), DAILY, LONDON, starts=tomorrow, ends=tomorrow)
        item = await service.add(club.guild.id, channel.id, schedule, PostOptions(**options))
        (due,) = item.upcoming(now, 2)
        await club.env.advance_time((due - now).total_seconds())
        return channel.last_message

    return published


def shown(message: Any) -> list[dict[str, Any]]:
    """What stands in a public message."""
    return [part.to_dict() for part in message.components]


def done_label(club: DemoClub) -> str:
    """What stands on the button now."""
    every = labels(shown(club.channels["stretching"].last_message))
    return next(label for label in every if label.startswith("Done"))


async def test_a_post_says_what_to_do_and_when_to_stop(club: DemoClub, publish: Publish) -> None:
    message = await publish(moments=("after_run",))

    said, library = texts(shown(message)), club.bot.locales.base.library
    plan = next(plan for plan in library.routines.values() if f"## After the run: {plan.name}\n" in said)
    assert f"{plan.minutes} minutes. {plan.intro}" in said
    for step in plan.steps:
        assert f"- {library.exercises[step.exercise].name}" in said
    assert "Stop at once if it hurts" in said
    assert "call your emergency number" in said
    assert labels(shown(message)) == ["Show me how", "Done", "Check in"]


async def test_two_people_count_two_for_everybody_to_see(club: DemoClub, publish: Publish) -> None:
    message = await publish()
    pressed = await club.people["ana"].click(message, label="Done")
    assert not pressed.ephemeral
    assert done_label(club) == "Done · 1"
    await club.people["ben"].click(club.channels["stretching"].last_message, label="Done · 1")

    assert done_label(club) == "Done · 2"
    after = club.channels["stretching"].last_message
    assert texts(shown(after)) == texts(shown(message))
    assert len(club.channels["stretching"].history(viewer=club.people["ben"])) == 1


async def test_whoever_presses_twice_is_told_so_in_private(club: DemoClub, publish: Publish) -> None:
    ana = club.people["ana"]
    await ana.click(await publish(), label="Done")
    again = await ana.click(club.channels["stretching"].last_message, label="Done · 1")

    assert again.ephemeral
    assert "You are counted. So far 1 person did it." in texts(again.response.components)
    assert done_label(club) == "Done · 1"


async def test_after_a_day_a_post_is_over(club: DemoClub, publish: Publish) -> None:
    message = await publish()
    await club.people["ana"].click(message, label="Done")
    await club.env.advance_time(24 * 3600 + 1)
    late = await club.people["ben"].click(club.channels["stretching"].last_message, label="Done · 1")

    assert late.ephemeral
    assert "this one is over" in texts(late.response.components)
    assert done_label(club) == "Done · 1"
    assert await club.services.storage.posts.forget(club.clock.now() - COUNTING_PERIOD) == 1


async def test_how_it_is_done_opens_for_one_alone(club: DemoClub, publish: Publish) -> None:
    message = await publish()
    plan = await club.people["ana"].click(message, label="Show me how")
    step = await club.people["ana"].click(plan.response, label="Start")

    assert plan.ephemeral
    assert "Step 1 of" in texts(step.response.components)


async def test_a_check_in_from_a_post_is_private(club: DemoClub, publish: Publish) -> None:
    ana = await agreed(club, "ana")
    asked = await ana.click(await publish(), label="Check in")

    assert asked.ephemeral
    assert done_label(club) == "Done"


async def test_a_role_is_named_for_as_long_as_it_is_there(
    club: DemoClub, publish: Publish, service: ClubReminderService
) -> None:
    role = club.guild.create_role("stretchers")
    message = await publish()
    (item,) = await service.of_club(club.guild.id)
    await service.change(item, options=PostOptions(role=role.id))
    await club.people["ana"].click(message, label="Done")
    message = club.channels["stretching"].last_message
    assert texts(shown(message)).startswith(f"<@&{role.id}>\n")

    await club.bot.get_guild(club.guild.id).get_role(role.id).delete()
    await club.people["ben"].click(message, label="Done · 1")

    said = texts(shown(club.channels["stretching"].last_message))
    assert f"<@&{role.id}>" not in said
    assert "Its role has been deleted." in said
    assert done_label(club) == "Done · 2"


async def test_a_role_that_is_gone_by_then_is_not_mentioned(club: DemoClub, publish: Publish) -> None:
    message = await publish(role=1)

    assert "<@&1>" not in texts(shown(message))
    assert "Its role has been deleted." in texts(shown(message))


@pytest.mark.parametrize(
    "custom_id", ["l2.post.done.x", "l2.post.done." + "a" * 24, "l2.post.done.2.3", "l2.post.done"]
)
async def test_a_made_up_button_counts_nothing(club: DemoClub, custom_id: str) -> None:
    answer = await club.people["ana"].click(await forged(club, custom_id), label="Forged")

    assert answer.ephemeral
    assert "over" in texts(answer.response.components) or "out of date" in texts(answer.response.components)


async def test_a_routine_that_is_no_longer_there_is_counted_all_the_same(club: DemoClub, publish: Publish) -> None:
    storage = club.services.storage
    assert storage
    message = await publish()
    async with storage.limber.writing() as connection:
        await connection.execute("update post set routine = 'gone'")
    counted = await club.people["ana"].click(message, label="Done")

    assert counted.ephemeral
    assert "So far 1 person did it" in texts(counted.response.components)
    assert done_label(club) == "Done"


@pytest.fixture
def club_card(locales: Locales) -> tuple[LocalizedContent, PostContent]:
    """An edition, and what stands in a post."""
    options = PostOptions(role=7, thread=True)
    return locales.base, PostContent(occurrence="a" * 24, routine="desk_break", day=date(2026, 11, 23), options=options)


def test_a_test_post_says_so_and_counts_nothing(club_card: tuple[LocalizedContent, PostContent]) -> None:
    localized, posted = club_card
    card = post(localized.library, posted, localized.words, trial=True).to_components()

    assert texts(card).startswith("-# Just a preview")
    done = next(part for part in flat(card) if part.get("label") == "Done")
    assert done["disabled"]


def test_a_thread_has_the_day_in_its_name(club_card: tuple[LocalizedContent, PostContent]) -> None:
    localized, posted = club_card

    with_thread = post_message(localized.library, posted, localized.words)
    assert (with_thread.thread, with_thread.role) == ("Stretching, Mon 23 Nov", 7)
    without = post_message(localized.library, posted, localized.words, role_gone=True)
    assert without.role is None


async def test_whoever_should_be_seen_first_reads_so_above_the_routine(club: DemoClub, publish: Publish) -> None:
    message = await publish()
    ana = await agreed(club, "ana")
    for area in club.bot.locales.base.library.areas:
        await open_finding(club, area, Disposition.URGENT)

    steps = await ana.click(message, label="Show me how")
    others = await club.people["ben"].click(message, label="Show me how")

    assert "be seen before you run or train" in texts(steps.response.components)
    assert "be seen before" not in texts(others.response.components)
