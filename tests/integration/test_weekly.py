"""The weekly check, through the front door."""

from datetime import timedelta
from typing import Any

import pytest

from bot.charts.renderer import ChartRenderer, ChartsBusy, DrawingFailed
from bot.checkins.models import WeeklyCheck
from bot.demo.club import DemoClub
from bot.expiring import LIFETIME_SECONDS
from bot.ids import new_id
from tests.integration.diary import agreed, diary_of, menu
from tests.support.components import flat, labels, texts

MIDDLE = {"participation": ["17"], "training": ["8"], "performance": ["0"], "pain": ["8"]}


async def test_four_answers_make_a_score_and_a_chart(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    form = await ana.slash(club.channels["sore-legs"], "weekly", area="hip")
    answer = await ana.submit_modal(form, MIDDLE)

    said = texts(answer.response.components)
    assert answer.ephemeral
    assert "This week: 33 out of 100" in said
    assert "One week up or down says little" in said
    assert [file.filename for file in answer.response.attachments] == ["weekly.png"]
    (check,) = await (await diary_of(club).of(ana.id)).weekly()
    assert (check.area, check.score) == ("hip", 33)


@pytest.mark.parametrize("fault", [ChartsBusy(), DrawingFailed("the drawing process died")])
async def test_answers_that_cannot_be_drawn_are_kept_and_the_score_is_said(
    club: DemoClub, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    async def cannot(*_: object) -> bytes:
        raise fault

    ana = await agreed(club, "ana")
    form = await ana.slash(club.channels["sore-legs"], "weekly", area="hip")
    monkeypatch.setattr(ChartRenderer, "draw", cannot)
    answer = await ana.submit_modal(form, MIDDLE)

    assert "This week: 33 out of 100" in texts(answer.response.components)
    assert "Your answers are in your diary" in texts(answer.response.components)
    assert answer.response.attachments == []


async def test_the_same_form_open_twice_is_one_check(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    form = await ana.slash(club.channels["sore-legs"], "weekly", area="hip")
    missing = await ana.submit_modal(form, {"participation": ["8"]})
    forms = [await ana.click(missing.response, label="Fix it") for _ in range(2)]
    await ana.submit_modal(forms[0], MIDDLE)
    await ana.submit_modal(forms[1], {"participation": ["0"]})

    assert [check.score for check in await (await diary_of(club).of(ana.id)).weekly()] == [0]


async def test_nothing_bothered_me_is_enough(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    form = await ana.slash(club.channels["sore-legs"], "weekly")
    answer = await ana.submit_modal(form, {"participation": ["0"]})

    assert "This week: 0 out of 100" in texts(answer.response.components)


async def test_a_missing_answer_is_asked_for_and_the_others_stay(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    form = await ana.slash(club.channels["sore-legs"], "weekly")
    missing = await ana.submit_modal(form, {"participation": ["8"], "pain": ["25"]})

    assert "answer all four" in texts(missing.response.components)
    again = await ana.click(missing.response, label="Fix it")
    answer = await ana.submit_modal(
        again, {"participation": ["8"], "training": ["8"], "performance": ["8"], "pain": ["25"]}
    )
    assert "This week: 49 out of 100" in texts(answer.response.components)


@pytest.mark.parametrize("named", ["Did you run less because of it? A lot less", "How much did it hurt? A little"])
async def test_nothing_bothered_me_and_yet_a_lot_is_asked_about_and_not_kept_as_no_trouble(
    club: DemoClub, named: str
) -> None:
    ana = await agreed(club, "ana")
    form = await ana.slash(club.channels["sore-legs"], "weekly", area="hip")
    against = {"participation": ["0"], "training": ["25"], "performance": ["0"], "pain": ["8"]}
    asked = await ana.submit_modal(form, against)

    said = texts(asked.response.components)
    assert "nothing bothered you, but also this" in said
    assert named in said
    assert "Did it make your running worse?" not in said
    assert await (await diary_of(club).of(ana.id)).weekly() == []
    again = await ana.click(asked.response, label="Fix it")
    assert chosen_in(again.modal) == {name: levels[0] for name, levels in against.items()}
    answer = await ana.submit_modal(again, MIDDLE)
    assert "This week: 33 out of 100" in texts(answer.response.components)


async def test_nothing_four_times_is_no_contradiction(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    form = await ana.slash(club.channels["sore-legs"], "weekly")
    answer = await ana.submit_modal(form, {name: ["0"] for name in MIDDLE})

    assert "This week: 0 out of 100" in texts(answer.response.components)


@pytest.mark.parametrize(("about", "area"), [("hip", "hip"), ("all", None)])
async def test_a_form_sent_late_loses_nothing_but_the_place(club: DemoClub, about: str, area: str | None) -> None:
    ana = await agreed(club, "ana")
    form = await ana.slash(club.channels["sore-legs"], "weekly", area="hip")
    await club.env.advance_time(LIFETIME_SECONDS + 1)
    asked = await ana.submit_modal(form, MIDDLE)

    assert asked.ephemeral
    assert "Your answers are still here" in texts(asked.response.components)
    assert await (await diary_of(club).of(ana.id)).weekly() == []
    answer = await ana.select(asked.response, [about], custom_id=menu(asked, "weekly.area"))
    assert "This week: 33 out of 100" in texts(answer.response.components)
    (check,) = await (await diary_of(club).of(ana.id)).weekly()
    assert (check.area, check.answers) == (area, (17, 8, 0, 8))


async def test_who_feels_ill_finds_that_first_in_the_list_of_places(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    form = await ana.slash(club.channels["sore-legs"], "weekly", area="hip")
    await club.env.advance_time(LIFETIME_SECONDS + 1)
    asked = await ana.submit_modal(form, MIDDLE)
    name = menu(asked, "weekly.area")
    (places,) = [part for part in flat(asked.response.components) if part.get("custom_id") == name]
    answer = await ana.select(asked.response, [places["options"][0]["value"]], custom_id=name)

    assert places["options"][0]["label"] == "I feel ill, or something else"
    assert "Chest, breath or faint" in texts(answer.response.components)
    assert await (await diary_of(club).of(ana.id)).weekly() == []


async def test_a_form_sent_late_with_an_answer_missing_keeps_the_others_too(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    form = await ana.slash(club.channels["sore-legs"], "weekly", area="hip")
    await club.env.advance_time(LIFETIME_SECONDS + 1)
    asked = await ana.submit_modal(form, {"participation": ["8"], "pain": ["25"]})
    missing = await ana.select(asked.response, ["hip"], custom_id=menu(asked, "weekly.area"))

    assert "answer all four" in texts(missing.response.components)
    again = await ana.click(missing.response, label="Fix it")
    assert "Hip" in again.modal["title"]
    assert chosen_in(again.modal) == {"participation": "8", "pain": "25"}


async def test_fix_it_pressed_late_leads_back_to_the_weekly_check(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    form = await ana.slash(club.channels["sore-legs"], "weekly")
    missing = await ana.submit_modal(form, {"participation": ["8"]})
    await club.env.advance_time(LIFETIME_SECONDS + 1)
    answer = await ana.click(missing.response, label="Fix it")

    assert "Start again with /weekly" in texts(answer.response.components)
    assert "New check" not in labels(answer.response.components)


def chosen_in(modal: dict[str, Any]) -> dict[str, str]:
    """What a form is filled in with, by question."""
    menus = [part["component"] for part in flat(modal["components"])]
    return {one["custom_id"]: option["value"] for one in menus for option in one["options"] if option.get("default")}


async def test_trouble_that_stays_asks_for_the_symptom_check_and_one_bad_week_does_not(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    for weeks in (1, 2):
        at = club.clock.now() - timedelta(weeks=weeks)
        await (await diary_of(club).of(ana.id)).keep(
            WeeklyCheck(id=new_id(), at=at, area="hip", answers=(25, 25, 25, 25))
        )
    form = await ana.slash(club.channels["sore-legs"], "weekly", area="hip")
    answer = await ana.submit_modal(form, {name: ["25"] for name in MIDDLE})

    assert "three of the last four weeks" in texts(answer.response.components)
    assert "Check my symptoms" in labels(answer.response.components)
