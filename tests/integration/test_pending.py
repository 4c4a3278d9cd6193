"""A request survives its detour: what was asked goes on once the one thing it lacked is there."""

from datetime import timedelta
from typing import Any

import pytest
import simcord

from bot.demo.club import DemoClub
from bot.schedules.codec import from_stored
from bot.schedules.schedule import Weekdays
from tests.integration.diary import agreed, diary_of, menu
from tests.integration.reminding import reminders, runner
from tests.support.components import flat, labels, texts
from tests.support.ids import ids_of


async def asked(club: DemoClub, person: simcord.MemberActor, command: str, **options: Any) -> Any:
    return await person.slash(club.channels["general"], command, **options)


async def chosen(person: simcord.MemberActor, answer: Any, value: str) -> Any:
    """The answer to a choice in the menu."""
    return await person.select(answer.response, [value], custom_id=menu(answer, "command.choose"))


async def yes(person: simcord.MemberActor, answer: Any) -> Any:
    return await person.click(
        answer.response, custom_id=next(ids_of(flat(answer.response.components), "command.agree"))
    )


async def test_a_reminder_for_a_place_nobody_knows_is_set_once_the_place_is_picked(club: DemoClub) -> None:
    ana = await runner(club)
    lost = await asked(club, ana, "remind add", what="words", when="weds 7.30", words="Calf raises", area="pizza")
    found = await chosen(ana, lost, "calf")

    (reminder,) = await reminders(club, ana)
    assert "“Calf raises”" in texts(found.response.components)
    assert "07:30" in texts(found.response.components)
    assert from_stored(reminder.schedule).rhythm == Weekdays(frozenset({2}))
    assert found.response.id == lost.response.id  # in the place of the question


@pytest.mark.parametrize(
    ("command", "options", "says"),
    [
        ("history", {"days": 90}, "in the last 90 days"),
        ("report", {"days": 90}, "in the last 90 days"),
        ("stretch", {"minutes": 3}, "Calf"),
        ("tip", {"moment": "desk"}, "Calf"),
        ("triage", {}, "Any of these"),
        ("canirun", {}, "Any of these"),
    ],
)
async def test_every_command_goes_on_with_its_other_options(
    club: DemoClub, command: str, options: dict[str, Any], says: str
) -> None:
    ana = await agreed(club, "ana")
    lost = await asked(club, ana, command, area="pizza", **options)
    assert "pizza" in texts(lost.response.components)
    found = await chosen(ana, lost, "calf")

    assert says in texts(found.response.components)


async def test_of_several_places_the_one_pressed_goes_on(club: DemoClub) -> None:
    ana = await runner(club)
    lost = await asked(club, ana, "remind add", what="stretch", when="7pm", area="calf and knee", minutes=3)
    assert {"Calf", "Knee"} <= set(labels(lost.response.components))
    found = await ana.click(lost.response, label="Calf")

    assert len(await reminders(club, ana)) == 1
    assert "19:00" in texts(found.response.components)


async def test_what_was_typed_before_consent_goes_on_after_it(club: DemoClub) -> None:
    ana = club.people["ana"]
    question = await asked(club, ana, "timezone", place="Timbuktu")
    answer = await yes(ana, question)

    assert "Timbuktu (Africa/Bamako)" in texts(answer.response.components)
    assert (await diary_of(club).of(ana.id)).zone.key == "Africa/Bamako"


async def test_the_weekly_check_opens_after_consent(club: DemoClub) -> None:
    ana = club.people["ana"]
    form = await yes(ana, await asked(club, ana, "weekly", area="calf"))

    assert "Calf" in form.modal["title"]


async def test_two_detours_one_after_the_other_lose_nothing(club: DemoClub) -> None:
    ana = club.people["ana"]
    lost = await asked(club, ana, "timezone", place="IST")
    question = await chosen(ana, lost, "Asia/Kolkata")
    answer = await yes(ana, question)

    assert "Kolkata (Asia/Kolkata)" in texts(answer.response.components)


@pytest.mark.parametrize(("typed", "zone"), [("IST", "Asia/Jerusalem"), ("Asia/Beijing", "Asia/Shanghai")])
async def test_a_time_zone_is_offered_in_a_menu(club: DemoClub, typed: str, zone: str) -> None:
    ana = await agreed(club, "ana")
    answer = await chosen(ana, await asked(club, ana, "timezone", place=typed), zone)

    assert zone in texts(answer.response.components)
    assert (await diary_of(club).of(ana.id)).zone.key == zone


async def test_after_half_an_hour_a_place_still_leads_to_its_card(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    lost = await asked(club, ana, "history", area="pizza")
    zones = await asked(club, ana, "timezone", place="IST")
    await club.env.advance_time(timedelta(minutes=31).total_seconds())

    assert "Calf" in texts((await chosen(ana, lost, "calf")).response.components)
    assert "Please type the command again" in texts((await chosen(ana, zones, "Asia/Kolkata")).response.components)


async def test_a_form_for_a_time_zone_offers_what_it_could_mean(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    where = await asked(club, ana, "remind add", what="words", when="9pm", words="Foam roller")
    form = await ana.click(where.response, label="Choose my time zone")
    offered = await ana.submit_modal(form, {"place": "IST"})
    answer = await ana.select(offered.response, ["Asia/Jerusalem"], custom_id=menu(offered, "reminder.pick_timezone"))

    assert "“Foam roller”" in texts(answer.response.components)
    assert "Every day at 21:00, Asia/Jerusalem" in texts(answer.response.components)


async def test_a_place_in_a_time_is_asked_back_in_a_menu(club: DemoClub) -> None:
    ana = await runner(club)
    offered = await asked(club, ana, "remind add", what="words", when="weekdays 7:30 IST", words="Foam roller")
    picked = menu(offered, "reminder.pick_place")
    answer = await ana.select(offered.response, ["Asia/Jerusalem"], custom_id=picked)

    assert "“Foam roller”" in texts(answer.response.components)
    assert "Weekdays at 07:30, Asia/Jerusalem" in texts(answer.response.components)
