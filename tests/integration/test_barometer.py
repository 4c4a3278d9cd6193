"""The niggle barometer, through the front door: a runner is asked, moderators look, everybody leaves."""

import csv
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import simcord

from bot.checkins.models import CheckIn
from bot.clubs.barometer import Barometer
from bot.demo.club import ZONE, DemoClub
from bot.ids import new_id
from bot.settings import Settings
from bot.storage.barometer import Snapshot
from bot.ui.locales import Locales
from tests.integration.diary import agreed, diary_of, forged
from tests.integration.forging import Forger
from tests.support.components import flat, labels, texts
from tests.support.judged import judged

WEDNESDAY = datetime(2026, 3, 4, 12, tzinfo=UTC)
DAY = 24 * 3600.0
JOIN = "Count me in my club’s barometer"


def barometer_of(club: DemoClub) -> Barometer:
    return Barometer(diary_of(club), club.services.storage, club.clock)


@pytest.fixture
async def club(settings: Settings, locales: Locales):
    """A Wednesday at noon."""
    async with judged(settings, locales, now=lambda: WEDNESDAY) as opened:
        yield opened


async def privacy(club: DemoClub, person: simcord.MemberActor) -> Any:
    return await person.slash(club.channels["general"], "privacy show")


async def counted_in(club: DemoClub, name: str) -> simcord.MemberActor:
    """Somebody who said yes to both."""
    person = await agreed(club, name)
    asked = await person.click((await privacy(club, person)).response, label=JOIN)
    await person.click(asked.response, label="Yes, count me in")
    return person


async def members(club: DemoClub) -> list[int]:
    return [member.person for member in await club.services.storage.barometer.members(club.guild.id)]


async def stats(club: DemoClub) -> Any:
    return await club.people["maya"].slash(club.channels["general"], "club stats")


async def a_week(club: DemoClub, sore: int, free: int, area: str = "hip", pain: int = 6) -> None:
    """So many take part from before Monday on, log on two days of the week, and it is closed."""
    diary, barometer = diary_of(club), barometer_of(club)
    people = range(1, sore + free + 1)
    for person in people:
        await diary.agree(person)
        await barometer.join(person, club.guild.id)
    await club.env.advance_time(6 * DAY)
    for days in range(2):
        for person in people:
            at = club.clock.now() - timedelta(days=days)
            entry = CheckIn(id=new_id(), at=at, area=area, pain=pain if person <= sore else 0)
            await (await diary.of(person)).keep(entry)
    await club.env.advance_time(7 * DAY)
    assert await barometer.close_weeks(club.guild.id, ZONE) == 1


# A runner


async def test_a_runner_is_told_what_it_means_says_yes_and_leaves_again(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    asked = await ana.click((await privacy(club, ana)).response, label=JOIN)

    said = texts(asked.response.components)
    assert asked.response.ephemeral
    assert await members(club) == []
    for part in ("a pain of 3 or more", "5 to 9 people", "left out at random", "can still guess", "Closed weeks stay"):
        assert part in said
    receipt = await ana.click(asked.response, label="Yes, count me in")
    assert "You are in" in texts(receipt.response.components)
    assert receipt.response.ephemeral
    assert await members(club) == [ana.id]

    left = await ana.click(receipt.response, label="Leave the barometer")
    assert "You have left the barometer" in texts(left.response.components)
    assert await members(club) == []


async def test_what_is_kept_says_so_and_has_the_way_out(club: DemoClub) -> None:
    ana = await counted_in(club, "ana")
    shown = await privacy(club, ana)

    assert "counted in the barometer of 1 club" in texts(shown.response.components)
    assert labels(shown.response.components)[-1] == "Leave the barometer"
    await ana.click(shown.response, label="Leave the barometer")
    again = await privacy(club, ana)
    assert "barometer of" not in texts(again.response.components)
    assert JOIN in labels(again.response.components)


async def test_no_leads_back_and_counts_nobody(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    asked = await ana.click((await privacy(club, ana)).response, label=JOIN)
    back = await ana.click(asked.response, label="No")

    assert "What is kept about you" in texts(back.response.components)
    assert await members(club) == []


async def test_from_a_chat_one_can_leave_and_not_join(club: DemoClub) -> None:
    ben, ana = await agreed(club, "ben"), await counted_in(club, "ana")

    nothing = await ben.user.slash("privacy show")
    assert not [label for label in labels(nothing.response.components) if "barometer" in label]
    shown = await ana.user.slash("privacy show")
    left = await ana.user.click(shown.response, label="Leave every barometer")
    assert "You have left the barometer" in texts(left.response.components)
    assert await members(club) == []


async def test_in_one_club_one_can_leave_those_of_all(club: DemoClub) -> None:
    ana = await counted_in(club, "ana")
    for other in (1, 2):
        await barometer_of(club).join(ana.id, other)
    shown = await privacy(club, ana)

    assert "counted in the barometers of 3 clubs" in texts(shown.response.components)
    left = await ana.click(shown.response, label="Leave every barometer")
    assert "You have left 3 barometers" in texts(left.response.components)
    assert await club.services.storage.barometer.of_person(ana.id) == []


async def test_the_copy_holds_it_and_an_erasure_ends_it(club: DemoClub) -> None:
    ana = await counted_in(club, "ana")
    answer = await ana.slash(club.channels["general"], "privacy export")

    (file,) = answer.response.attachments
    copied = zipfile.ZipFile(io.BytesIO(file.data if hasattr(file, "data") else await file.read()))
    (told,) = json.loads(copied.read("everything.json"))["barometers"]
    (row,) = csv.DictReader(io.StringIO(copied.read("barometers.csv").decode("utf-8-sig"), newline=""))
    assert told == row == {"club": str(club.guild.id), "since": told["since"]}
    assert datetime.fromisoformat(told["since"]) == (await club.services.storage.barometer.of_person(ana.id))[0].since

    asked = await ana.slash(club.channels["general"], "privacy erase")
    receipt = await ana.click(asked.response, label="Yes, delete everything")
    assert "your place in any club’s barometer" in texts(receipt.response.components)
    assert await members(club) == []


async def test_without_a_diary_there_is_nothing_to_count(club: DemoClub) -> None:
    ben = club.people["ben"]
    pressed = await ben.click(await forged(club, "l2.barometer.join"), label="Forged")

    assert "May I keep a diary" in texts(pressed.response.components)
    assert await members(club) == []


@pytest.mark.parametrize(
    "custom_id",
    [
        "l2.barometer.leave",
        "l2.barometer.leave.123",
        "l2.barometer.join.123",
        "l2.barometer.ask.1.2",
        "l2.barometer.leave.here.all",
    ],
)
async def test_a_made_up_button_changes_nothing_and_is_answered(club: DemoClub, custom_id: str) -> None:
    ana = await counted_in(club, "ana")
    answer = await ana.click(await forged(club, custom_id), label="Forged")

    assert answer.ephemeral
    assert "out of date" in texts(answer.response.components)
    assert await members(club) == [ana.id]


async def test_a_button_pressed_by_another_speaks_for_that_other_alone(club: DemoClub) -> None:
    ana, ben = await counted_in(club, "ana"), await agreed(club, "ben")
    answer = await ben.click(await forged(club, "l2.barometer.leave.all"), label="Forged")

    assert "You were in no barometer" in texts(answer.response.components)
    assert await members(club) == [ana.id]


# A moderator


async def test_moderators_see_a_chart_and_the_same_in_words(club: DemoClub) -> None:
    await a_week(club, sore=9, free=9)
    answer = await stats(club)

    assert answer.ephemeral
    assert [file.filename for file in answer.response.attachments] == ["barometer.png"]
    (gallery,) = (part for part in flat(answer.response.components) if part["type"] == 12)
    assert "Hip: 9 Mar 5 to 9" in gallery["items"][0]["description"]
    in_words = await club.people["maya"].click(answer.response, label="In words")
    said = texts(in_words.response.components)
    assert "**Week of 9 Mar**\n- Hip: 5 to 9 people" in said
    assert "- Hip: 9 Mar 5 to 9" in said
    chart = await club.people["maya"].click(in_words.response, label="Back")
    assert texts(chart.response.components) == texts(answer.response.components)


@pytest.mark.parametrize("page", ["0", "-1"])
async def test_a_runner_who_forges_a_press_of_it_sees_nothing(club: DemoClub, page: str) -> None:
    await a_week(club, sore=9, free=9)
    answer = await Forger(club, "ana").press(f"l2.barometer.words.{page}")

    assert "Hip" not in texts(answer.response.components)
    assert answer.response.attachments == []


async def test_a_runner_cannot_look(club: DemoClub) -> None:
    with pytest.raises(simcord.SetupError):
        await club.people["ana"].slash(club.channels["general"], "club stats")


@pytest.mark.parametrize(("sore", "free"), [(0, 0), (4, 0), (4, 30), (30, 4), (9, 0)])
async def test_too_few_look_all_the_same(club: DemoClub, sore: int, free: int) -> None:
    before = texts((await stats(club)).response.components)
    if sore:
        await a_week(club, sore, free)
    answer = await stats(club)

    assert answer.ephemeral
    assert texts(answer.response.components) == before
    assert "Not enough people yet" in before
    assert answer.response.attachments == []


async def test_pain_of_two_is_no_niggle(club: DemoClub) -> None:
    await a_week(club, sore=9, free=9, pain=2)

    assert "Not enough people yet" in texts((await stats(club)).response.components)


async def test_weeks_that_were_not_counted_are_named(club: DemoClub) -> None:
    await a_week(club, sore=9, free=9)
    last = (await club.services.storage.barometer.latest(club.guild.id)) + timedelta(weeks=1)
    await club.services.storage.barometer.close(club.guild.id, Snapshot(last, known=False, bands={}))

    said = texts((await club.people["maya"].click((await stats(club)).response, label="In words")).response.components)
    assert "**Week of 16 Mar**\nnot counted" in said
    assert "These weeks were not counted: 16 Mar" in said


async def test_the_host_can_switch_it_off_and_people_can_still_leave(settings: Settings, locales: Locales) -> None:
    off = settings.model_copy(update={"stats": False})
    async with judged(off, locales, now=lambda: WEDNESDAY) as club:
        ana = await agreed(club, "ana")
        await barometer_of(club).join(ana.id, club.guild.id)

        assert "switched the barometer off" in texts((await stats(club)).response.components)
        shown = await privacy(club, ana)
        await ana.click(shown.response, label="Leave the barometer")
        assert await members(club) == []
        assert JOIN not in labels((await privacy(club, ana)).response.components)
        pressed = await ana.click(await forged(club, "l2.barometer.join"), label="Forged")
        assert "switched the barometer off" in texts(pressed.response.components)
