"""The morning after a run: who is asked, about what, when, and what the answer comes to."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
import simcord

from bot.checkins.models import CheckIn
from bot.demo.club import DemoClub
from bot.ids import new_id
from bot.settings import Settings
from bot.storage.reminders import ReminderState
from bot.ui.locales import Locales
from tests.integration.diary import diary_of
from tests.integration.reminding import (
    actions,
    blocked,
    choose,
    inbox,
    named,
    press,
    private,
    reminders,
    runner,
    said,
    wind,
)
from tests.support.components import texts
from tests.support.judged import judged

MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@pytest.fixture
async def club(settings: Settings, locales: Locales) -> AsyncIterator[DemoClub]:
    """The club on a Monday morning in November, six o'clock in London."""
    async with judged(settings, locales, now=lambda: MONDAY) as opened:
        yield opened


async def asked(club: DemoClub, **more: Any) -> simcord.MemberActor:
    """Somebody who wants to be asked on mornings."""
    ana = await runner(club)
    await ana.slash(club.channels["general"], "remind add", what="morning", **more)
    return ana


async def log(club: DemoClub, area: str = "knee", pain: str = "2", **more: Any) -> Any:
    return await club.people["ana"].slash(club.channels["general"], "checkin", area=area, pain=pain, **more)


async def ran(club: DemoClub, area: str = "knee", pain: str = "2", during: str = "2", **more: Any) -> Any:
    return await log(club, area, pain, during=during, **more)


def times(ana: simcord.MemberActor) -> list[str]:
    return [message.created_at.strftime("%a %H:%M") for message in inbox(ana)[1:]]


async def entries(club: DemoClub) -> list[CheckIn]:
    return await (await diary_of(club).of(club.people["ana"].id)).checkins()


async def test_runs_on_both_sides_of_midnight_are_asked_about_on_both_mornings(club: DemoClub) -> None:
    ana = await asked(club)
    await wind(club, until="2026-11-23T18:00")
    await ran(club, "knee")
    await wind(club, until="2026-11-24T00:30")
    await ran(club, "hip")

    await wind(club, until="2026-11-26T12:00")

    assert times(ana) == ["Tue 08:00", "Wed 08:00"]


async def test_the_second_morning_comes_also_when_the_bot_slept_through_the_first(club: DemoClub) -> None:
    ana = await asked(club)
    await wind(club, until="2026-11-23T18:00")
    await ran(club, "knee")
    await wind(club, until="2026-11-24T00:30")
    await ran(club, "hip")
    await club.bot.features.worker.stop()
    await club.env.advance_time(9 * 3600)

    [reminder] = await reminders(club, ana)
    ends = datetime(2026, 11, 24, 8, tzinfo=UTC)

    assert reminder.next_due == ends
    assert "ends 2026-11-25" in reminder.schedule


async def test_no_question_comes_before_eight_hours_of_rest(club: DemoClub) -> None:
    ana = await asked(club, when="6:00")
    await wind(club, until="2026-11-23T23:10")
    await ran(club)
    await wind(club, until="2026-11-24T00:30")
    await ran(club)

    await wind(club, until="2026-11-26T12:00")

    assert times(ana) == ["Tue 07:11", "Wed 07:11"]  # to the next whole minute


async def test_turned_on_again_it_asks_about_a_run_logged_in_the_pause(club: DemoClub) -> None:
    ana = await asked(club)
    [reminder] = await reminders(club, ana)
    paused = await ana.slash(club.channels["general"], "remind pause", reminder=reminder.id)
    await wind(club, until="2026-11-23T18:00")
    await ran(club)
    await wind(club, until="2026-11-24T07:00")

    back = await ana.click(paused.response, label="Turn it on")
    await wind(club, until="2026-11-25T12:00")

    assert "Paused" not in texts(back.response.components)
    assert times(ana) == ["Tue 08:00"]


async def test_unblocked_it_asks_about_a_run_logged_meanwhile(club: DemoClub) -> None:
    ana = await asked(club)
    [reminder] = await reminders(club, ana)
    await club.services.storage.reminders.replace(blocked(reminder, "50007"))
    await wind(club, until="2026-11-23T18:00")
    await ran(club)
    told = club.channels["general"].history(viewer=ana)[-1]

    await ana.click(told, custom_id=named(told, "reminder.resume_blocked"))
    await wind(club, until="2026-11-25T12:00")

    assert (await reminders(club, ana))[0].state is ReminderState.ENDED
    assert times(ana) == ["Mon 18:00", "Tue 08:00"]  # hello again, and the question


async def test_another_time_for_mornings_does_not_ask_twice(club: DemoClub) -> None:
    ana = await asked(club)
    await wind(club, until="2026-11-23T18:00")
    await ran(club)
    await wind(club, until="2026-11-24T08:30")
    [reminder] = await reminders(club, ana)

    await ana.slash(club.channels["general"], "remind edit", reminder=reminder.id, when="9:00")
    await wind(club, until="2026-11-24T12:00")

    assert times(ana) == ["Tue 08:00"]


async def test_among_ten_the_one_for_mornings_can_be_set_anew(club: DemoClub) -> None:
    ana = await asked(club)
    for hour in range(9):
        await ana.slash(club.channels["general"], "remind add", what="checkin", when=f"{hour}:30")

    answer = await ana.slash(club.channels["general"], "remind add", what="morning", when="7:00")

    assert "At 07:00 on the morning after" in texts(answer.response.components)
    assert len(await reminders(club, ana)) == 10


async def test_put_off_to_the_next_day_it_still_asks_about_its_own_run(club: DemoClub) -> None:
    ana = await asked(club)
    await wind(club, until="2026-11-23T18:00")
    await ran(club)
    await wind(club, until="2026-11-25T07:00")

    await choose(ana, inbox(ana)[-1], "reminder.later", "15")
    await wind(club, until="2026-11-25T12:00")

    assert times(ana) == ["Tue 08:00", "Wed 07:15"]
    assert "How is it after your run?" in said(inbox(ana)[-1])


async def test_the_offer_to_ask_leaves_the_warning_where_it_is(club: DemoClub) -> None:
    ana = await runner(club)
    await wind(club, until="2026-11-23T18:00")
    saved = await ran(club, pain="8", during="8")

    await ana.click(saved.response, label="Ask me tomorrow how it is")

    seen = [said(message) for message in club.channels["general"].history(viewer=ana)]
    assert any("Check your symptoms" in text for text in seen)
    assert "Your reminder is set" in seen[-1]


# What the answer comes to


async def before_and_after(club: DemoClub, before: str, after: str, during: str = "2") -> simcord.MemberActor:
    """A morning, a run, an evening, and the morning after."""
    ana = await asked(club)
    await wind(club, until="2026-11-23T07:00")
    await log(club, pain=before)
    await wind(club, until="2026-11-23T18:00")
    await ran(club, pain=before, during=during)
    await wind(club, until="2026-11-24T08:30")
    await choose(ana, inbox(ana)[-1], "reminder.score", after)
    return ana


async def test_two_more_than_the_morning_before_is_red_and_leads_to_the_check(club: DemoClub) -> None:
    ana = await before_and_after(club, "1", "3")

    told = said(private(ana))
    assert told.index("Your run yesterday: red") < told.index("Saved")
    assert "it was 2 points worse the next morning" in told
    assert "2 to 3 days off running" in told
    check = await press(ana, private(ana), "entry.check")
    assert "Knee" in texts(check.response.components)


async def test_answered_days_later_it_says_nothing_of_a_run_yesterday(club: DemoClub) -> None:
    ana = await asked(club)
    await ran(club, pain="1", during="2")
    await wind(club, until="2026-11-26T12:00")

    await choose(ana, inbox(ana)[-1], "reminder.score", "4")

    assert "Knee: 4 out of 10" in said(private(ana))
    assert "Your run yesterday" not in said(private(ana))


async def test_one_more_is_amber(club: DemoClub) -> None:
    ana = await before_and_after(club, "1", "2")
    assert "Your run yesterday: amber" in said(private(ana))
    assert "a little worse the next morning" in said(private(ana))


async def test_no_worse_is_green_and_no_clearance(club: DemoClub) -> None:
    ana = await before_and_after(club, "1", "1")
    assert "Your run yesterday: green" in said(private(ana))
    assert "A warning sign comes before any of this" in said(private(ana))


async def test_over_the_limit_of_the_place_is_red_however_the_morning_is(club: DemoClub) -> None:
    ana = await before_and_after(club, "1", "1", during="4")
    assert "Your run yesterday: red" in said(private(ana))


async def test_without_a_morning_before_nothing_is_called_green(club: DemoClub) -> None:
    ana = await asked(club)
    await wind(club, until="2026-11-23T18:00")
    await ran(club)
    await wind(club, until="2026-11-24T08:30")

    await choose(ana, inbox(ana)[-1], "reminder.score", "1")

    assert "I can’t tell" in said(private(ana))
    assert "green" not in said(private(ana))


# Whose answer it is


async def test_with_another_run_logged_since_it_asks_by_name(club: DemoClub) -> None:
    ana = await asked(club, show_area=True)
    await wind(club, until="2026-11-23T18:00")
    await ran(club, "knee")
    await wind(club, until="2026-11-24T08:30")
    message = inbox(ana)[-1]
    assert "Knee: how is it after your run?" in said(message)
    await ran(club, "hip", day="yesterday 18:30")
    before = await entries(club)

    await choose(ana, message, "reminder.score", "5")
    assert await entries(club) == before
    assert "how is it after your run?" in said(private(ana))
    name = said(private(ana)).split(":")[0].removeprefix("## Good morning. ")
    await choose(ana, private(ana), "reminder.score_by_name", "5")

    [entry] = [entry for entry in await entries(club) if entry.pain == 5]
    assert entry.area == name.casefold()


async def test_answered_by_command_it_says_so(club: DemoClub) -> None:
    ana = await asked(club)
    await wind(club, until="2026-11-23T18:00")
    await ran(club)
    await wind(club, until="2026-11-24T08:30")
    await log(club, pain="1")

    await choose(ana, inbox(ana)[-1], "reminder.score", "1")

    assert "answered this already" in said(inbox(ana)[-1])
    assert len(await entries(club)) == 2


async def test_when_the_runs_were_deleted_it_says_so_and_logs_nothing(club: DemoClub) -> None:
    ana = await asked(club)
    await wind(club, until="2026-11-23T18:00")
    saved = [await ran(club, "knee"), await ran(club, "hip")]
    await wind(club, until="2026-11-24T08:01")
    message = inbox(ana)[-1]
    assert "reminder.answer" in actions(message)
    for one in saved:
        sure = await ana.click(one.response, label="Delete")
        await ana.click(sure.response, label="Yes, delete it")

    await press(ana, message, "reminder.answer")

    assert "your diary has no run on the day before" in said(inbox(ana)[-1])
    assert await entries(club) == []


async def test_a_run_that_was_deleted_in_time_is_not_asked_about(club: DemoClub) -> None:
    ana = await asked(club)
    await wind(club, until="2026-11-23T18:00")
    saved = await ran(club)
    sure = await ana.click(saved.response, label="Delete")
    await ana.click(sure.response, label="Yes, delete it")

    await wind(club, until="2026-11-24T12:00")

    assert times(ana) == []
    log_ = await ana.slash(club.channels["general"], "remind log")
    assert "the run was no longer in your diary" in texts(log_.response.components)


async def test_a_place_the_content_no_longer_has_is_not_asked_about(club: DemoClub) -> None:
    ana = await asked(club)
    await wind(club, until="2026-11-23T18:00")
    gone = CheckIn(id=new_id(), at=club.clock.now(), area="elbow", pain=2, during=3)
    await (await diary_of(club).of(ana.id)).keep(gone)
    await ran(club, "knee")

    await wind(club, until="2026-11-24T08:01")
    await choose(ana, inbox(ana)[-1], "reminder.score", "1")

    assert [entry.area for entry in await entries(club)][-1] == "knee"


async def test_mornings_are_never_asked_to_come_once_a_week(club: DemoClub) -> None:
    ana = await asked(club)
    for day in range(23, 28):
        await wind(club, until=f"2026-11-{day}T17:00")
        await ran(club)
        await wind(club, until=f"2026-11-{day + 1}T09:00")

    assert len(times(ana)) == 5
    assert not any("less often" in said(message) for message in inbox(ana))


async def test_a_place_makes_no_difference_to_what_is_asked_in_the_morning(club: DemoClub) -> None:
    ana = await asked(club, area="knee", show_area=True)

    listed = await ana.slash(club.channels["general"], "remind list")

    assert "Knee" not in texts(listed.response.components)
