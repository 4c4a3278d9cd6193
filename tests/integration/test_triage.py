"""The symptom check, through the front door: every way in, every way out."""

import pytest
from discord import ui

from bot.app import build
from bot.demo.club import DemoClub
from bot.settings import Settings
from bot.triage.sessions import NONE, UNSURE
from bot.ui.tree import Publisher
from tests.support.components import flat, labels, texts
from tests.support.ids import arguments_of

AREAS = ("hip", "knee", "neck", "hamstring", "neck_headache")


def menus(answer) -> dict[str, str]:
    """The menus of a message: the last part of their id, and the whole id."""
    return {
        part["custom_id"].rsplit(".", 1)[-1]: part["custom_id"]
        for part in flat(answer.response.components)
        if part["type"] == 3
    }


async def choose(who, answer, **chosen):
    """Choose in the menus named; underscores stand for hyphens."""
    for name, values in chosen.items():
        menu = menus(answer)[name.replace("_", "-")]
        answer = await who.select(answer.response, values if isinstance(values, list) else [values], custom_id=menu)
    return answer


async def started(club: DemoClub, area: str):
    ana = club.people["ana"]
    return ana, await ana.slash(club.channels["sore-legs"], "triage", area=area)


async def up_to_urgent(club: DemoClub, area: str, pain: str = "2", about: str = NONE):
    ana, page = await started(club, area)
    page = await ana.click(page.response, label="None of these")
    page = await choose(ana, page, age="from_18", about=about, pain=pain)
    return ana, await ana.click(page.response, label="Continue")


async def nothing_in(ana, page):
    """*None of these* in every group of a screen, then on."""
    for name in list(menus(page)):
        if name.endswith(("-own", "-general")):
            page = await choose(ana, page, **{name.replace("-", "_"): NONE})
    return await ana.click(page.response, label="Continue")


@pytest.mark.parametrize("area", AREAS)
async def test_a_yes_on_the_first_screen_is_an_emergency_at_once_with_no_advice_underneath(
    club: DemoClub, area: str
) -> None:
    ana, page = await started(club, area)

    result = await ana.click(page.response, label="Yes, or not sure about one")

    said = texts(result.response.components)
    assert page.ephemeral
    assert "emergency number" in said
    assert labels(result.response.components) == ["Start a new check"]
    assert not any(exercise.name in said for exercise in club.bot.locales.base.library.exercises.values())


@pytest.mark.parametrize("area", AREAS)
async def test_nothing_wrong_and_little_pain_is_green_within_four_screens(club: DemoClub, area: str) -> None:
    ana, page = await up_to_urgent(club, area, pain="0")
    page = await nothing_in(ana, page)
    result = await nothing_in(ana, page)

    said = texts(result.response.components)
    assert "Green" in said
    assert "If it gets worse" in said
    assert "diagnosis" in said
    opened = await ana.click(result.response, label="Exercises")
    assert opened.ephemeral


async def test_some_pain_is_amber_and_says_why(club: DemoClub) -> None:
    ana, page = await up_to_urgent(club, "knee", pain="4")
    page = await nothing_in(ana, page)
    result = await nothing_in(ana, page)

    said = texts(result.response.components)
    assert "Amber" in said
    assert "Because you said" in said
    assert "3 or more out of 10" in said


@pytest.mark.parametrize("ticked", ["K2", UNSURE])
async def test_a_sign_that_has_to_be_seen_today_ends_the_questions(club: DemoClub, ticked: str) -> None:
    ana, page = await up_to_urgent(club, "knee")

    page = await choose(ana, page, urgent_own=ticked, urgent_general=NONE)
    result = await ana.click(page.response, label="Continue")

    said = texts(result.response.components)
    assert "Red: be seen today" in said
    assert "Exercises" not in labels(result.response.components)


async def test_a_sign_ticked_beside_none_wins(club: DemoClub) -> None:
    ana, page = await up_to_urgent(club, "knee")

    page = await choose(ana, page, urgent_own=[NONE, "K3"], urgent_general=NONE)
    result = await ana.click(page.response, label="Continue")

    assert "Red: be seen today" in texts(result.response.components)


async def test_clues_name_the_causes_and_a_clinician_flag_is_red(club: DemoClub) -> None:
    library = club.bot.locales.base.library
    clue = library.areas["hip"].clues[0]
    ana, page = await up_to_urgent(club, "hip")
    page = await nothing_in(ana, page)
    page = await choose(ana, page, clinician_own="H8", clinician_general=NONE, clues=clue.id)
    result = await ana.click(page.response, label="Continue")

    said = texts(result.response.components)
    assert "Red: stop and see someone" in said
    assert any(cause.name in said for cause in library.areas["hip"].causes if cause.id in clue.causes)


async def test_what_is_true_about_a_person_raises_the_result(club: DemoClub) -> None:
    ana, page = await up_to_urgent(club, "hip", pain="0", about="pregnant")
    page = await nothing_in(ana, page)
    result = await nothing_in(ana, page)

    assert "Amber" in texts(result.response.components)


async def test_nothing_goes_on_before_everything_is_answered(club: DemoClub) -> None:
    ana, page = await started(club, "hip")
    page = await ana.click(page.response, label="None of these")
    page = await choose(ana, page, age="from_18", pain="2")

    onward = next(part for part in flat(page.response.components) if part.get("label") == "Continue")

    assert onward["disabled"]


async def test_the_card_has_the_check_behind_one_button_and_a_check_without_a_place_asks_for_one(
    club: DemoClub,
) -> None:
    ana, channel = club.people["ana"], club.channels["sore-legs"]
    card = await ana.slash(channel, "pain", area="hip")
    from_card = await ana.click(card.response, label="Check my symptoms")
    bare = await ana.slash(channel, "triage")

    chosen = await ana.select(bare.response, ["knee"], custom_id="l2.check.area")

    assert "Step 1 of 4" in texts(from_card.response.components)
    assert "Step 1 of 4" in texts(chosen.response.components)
    assert "Knee out of joint" in texts(chosen.response.components)


async def test_pressing_twice_shows_the_same_screen_twice(club: DemoClub) -> None:
    ana, page = await started(club, "hip")
    first = await ana.click(page.response, label="None of these")
    shown = texts(first.response.components)
    again = await choose(ana, first, pain="3")
    twice = await choose(ana, again, pain="3")

    assert texts(twice.response.components) == shown


async def test_after_a_restart_the_answers_are_gone_and_it_says_so_with_the_stop_signs(club: DemoClub) -> None:
    ana, page = await started(club, "hip")
    fresh = Settings(_env_file=None, shard_count=1, data=club.bot._publisher._marker.parent)
    await club.env.restart_bot(build(fresh, publisher=Publisher(fresh.data, force=True)))

    answer = await ana.click(page.response, label="None of these")

    said = texts(answer.response.components)
    assert "no longer have your answers" in said
    assert "Chest pain" in said
    again = await ana.click(answer.response, label="Start a new check")
    assert "Where does it hurt" in texts(again.response.components)


async def test_nothing_a_person_answers_stands_in_an_id(club: DemoClub) -> None:
    _, page = await up_to_urgent(club, "knee", pain="7")
    ids = [part["custom_id"] for part in flat(page.response.components) if "custom_id" in part]

    assert ids
    assert {arguments_of(name)[-1] for name in ids} == {"urgent-own", "urgent-general", "days"}


async def test_somebody_elses_check_cannot_be_answered(club: DemoClub) -> None:
    _, page = await started(club, "hip")
    stolen = next(p["custom_id"] for p in flat(page.response.components) if p.get("label") == "None of these")
    layout = ui.LayoutView()
    layout.add_item(ui.ActionRow(ui.Button(label="Stolen", custom_id=stolen)))
    layout.stop()
    await club.bot.get_channel(club.channels["general"].id).send(view=layout)

    answer = await club.people["ben"].click(club.channels["general"].last_message, label="Stolen")

    assert answer.ephemeral
    assert "no longer have your answers" in texts(answer.response.components)
