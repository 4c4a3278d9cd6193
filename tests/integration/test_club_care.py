"""What moderators are told of their schedules is so, and what they did can be taken back."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from bot.demo.club import DemoClub
from bot.settings import Settings
from bot.ui.locales import Locales
from tests.integration.moderating import MONDAY, named, reminders, with_schedule
from tests.integration.reminding import wind
from tests.support.components import labels, texts
from tests.support.judged import judged

HOUR, DAY = (timedelta(**{unit: 1}).total_seconds() for unit in ("hours", "days"))


@pytest.fixture
async def club(settings: Settings, locales: Locales) -> AsyncIterator[DemoClub]:
    async with judged(settings, locales, now=lambda: MONDAY) as opened:
        yield opened


async def slash(club: DemoClub, command: str, **options: Any) -> Any:
    return await club.people["maya"].slash(club.channels["general"], f"club {command}", **options)


async def test_a_removed_schedule_comes_back_for_an_hour(club: DemoClub) -> None:
    maya, before = club.people["maya"], await with_schedule(club)
    removed = await slash(club, "reminder remove", reminder=before.id)
    assert await reminders(club) == []

    undone = await maya.click(removed.response, label="Undo")
    assert "Undone" in texts(undone.response.components)
    [after] = await reminders(club)
    assert (after.id, after.schedule, after.post) == (before.id, before.schedule, before.post)

    removed = await slash(club, "reminder remove", reminder=before.id)
    await club.env.advance_time(HOUR + 1)
    late = await maya.click(removed.response, label="Undo")
    assert "more than an hour ago" in texts(late.response.components)
    assert await reminders(club) == []


async def test_a_change_keeps_the_dates_that_nobody_changed(club: DemoClub) -> None:
    """Every three days counts on from its first day, though the days stand in the form that the time is typed in."""
    maya = club.people["maya"]
    first = await with_schedule(club)
    kept = []
    for when in ("every 3 days at 18:00", "every 3 days at 19:00"):
        page = await slash(club, "reminder edit", reminder=first.id)
        form = await maya.select(page.response, ["other"], custom_id=named(page, "club_setup.time"))
        page = await maya.submit_modal(form, {"when": when})
        for button in ("Next", "Preview", "Save"):
            page = await maya.click(page.response, label=button)
        kept += await reminders(club)
        await club.env.advance_time(DAY)

    before, after = kept
    assert after.schedule == before.schedule.replace("18:00", "19:00")


async def test_the_doctor_says_what_will_come_and_what_will_not(club: DemoClub) -> None:
    maya = club.people["maya"]
    nothing = await slash(club, "doctor")
    assert "All is well" not in texts(nothing.response.components)
    assert "Nothing is scheduled" in texts(nothing.response.components)
    begun = await maya.click(nothing.response, label="Add a schedule")
    assert "Stretch posts for your club" in texts(begun.response.components)

    first = await with_schedule(club)
    well = texts((await slash(club, "doctor")).response.components)
    assert "All is well" in well
    assert first.next_due is not None
    assert f"<t:{int(first.next_due.timestamp())}:D>" in well  # in November, not over the next change of the clocks

    found, everyone = club.bot.get_channel(first.channel or 0), club.bot.get_guild(club.guild.id).default_role
    await found.set_permissions(everyone, send_messages=False)
    await club.env.settle()
    ill = texts((await slash(club, "doctor")).response.components)
    assert "I may not write" in ill
    assert "<t:" not in ill


async def test_a_remark_of_the_doctor_leaves_the_next_posts_where_they_are(club: DemoClub) -> None:
    one = await with_schedule(club)
    channel, everyone = club.bot.get_channel(one.channel or 0), club.bot.get_guild(club.guild.id).default_role
    await channel.set_permissions(everyone, embed_links=False)
    await club.env.settle()

    shown = texts((await slash(club, "doctor")).response.components)

    assert "I may not embed links" in shown
    assert "The next posts" in shown
    assert shown.count("on the clock in Europe/London") >= 2
    assert "hidden" not in shown  # dates that do not fit are no problems


async def test_the_history_of_a_schedule_is_its_own_however_often_others_post(club: DemoClub) -> None:
    maya, one = club.people["maya"], await with_schedule(club)
    await wind(club, until="2026-11-28T08:00")
    await slash(club, "reminder pause", reminder=one.id)
    for _ in range(2):
        page = await slash(club, "reminder add")
        for button in ("Next", "Preview", "Save"):
            page = await maya.click(page.response, label=button)
    await wind(club, until="2026-12-27T08:00")

    listed = await slash(club, "reminder list")
    shown = await maya.select(listed.response, [one.id], custom_id=named(listed, "club_reminder.pick"))
    history = texts((await maya.click(shown.response, label="History")).response.components)

    assert "Nothing has been sent yet" not in history
    assert "**sent**" in history


async def test_what_posts_go_out_without_refuses_neither_a_test_nor_turning_one_on(club: DemoClub) -> None:
    maya, one = club.people["maya"], await with_schedule(club)
    page = await slash(club, "reminder edit", reminder=one.id)
    page = await maya.click(page.response, label="Next")
    page = await maya.click(page.response, label="Thread under each post: no")
    for button in ("Preview", "Save"):
        page = await maya.click(page.response, label=button)
    channel, everyone = club.bot.get_channel(one.channel or 0), club.bot.get_guild(club.guild.id).default_role
    await channel.set_permissions(everyone, create_public_threads=False)
    await club.env.settle()
    assert "posts go out without one" in texts((await slash(club, "doctor")).response.components)

    await slash(club, "reminder pause", reminder=one.id)
    resumed = await slash(club, "reminder resume", reminder=one.id)
    tested = await slash(club, "reminder test", reminder=one.id)

    assert "Pause until I turn it on" in labels(resumed.response.components)
    assert "there is a test" in texts(tested.response.components)


async def test_the_channels_chosen_for_the_club_stop_no_posts(club: DemoClub) -> None:
    await with_schedule(club)
    everyone = club.bot.get_guild(club.guild.id).default_role
    await slash(club, "channel", share=club.channels["general"], stretch=club.channels["general"])
    await club.bot.get_channel(club.channels["general"].id).set_permissions(everyone, send_messages=False)
    await club.env.settle()

    shown = texts((await slash(club, "doctor")).response.components)

    assert "This stops posts" not in shown
    assert "the channel that new schedules start with" in shown
    assert "on the clock in Europe/London" in shown


async def test_the_log_says_what_was_done_in_plain_words(club: DemoClub) -> None:
    maya, one = club.people["maya"], await with_schedule(club)
    page = await maya.click((await slash(club, "reminder edit", reminder=one.id)).response, label="Next")
    page = await maya.select(page.response, ["before_run", "bed"], custom_id=named(page, "club_setup.moments"))
    for button in ("Preview", "Save"):
        page = await maya.click(page.response, label=button)
    await slash(club, "reminder pause", reminder=one.id, until="2026-12-01")

    said = texts((await slash(club, "log")).response.components)
    await maya.click((await slash(club, "erase")).response, label="Yes, delete it")
    erased = texts((await slash(club, "log")).response.components)

    assert "set to “Before a run · Before bed”" in said
    assert re.search(r"paused a schedule \(.*\) until 1 Dec 2026\n", said)
    assert "deleted everything of the club, with one schedule" in erased
