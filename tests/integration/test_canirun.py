"""*Can I run?*, through the front door: every light, and every way in."""

import pytest

from bot.demo.club import DemoClub
from bot.triage.flow import Screen
from tests.integration.diary import agreed
from tests.support.components import flat, labels, texts
from tests.support.ids import arguments_of
from tests.support.pressing import Check, checking

FIRST = "Any of these, now or in the last days?"


async def judged(club: DemoClub, area: str = "knee", **answers: str) -> Check:
    """The result, fine in every way but for `answers`."""
    check = await checking(club, area, "canirun")
    await check.to_the_end(**answers)
    return check


async def test_all_well_is_green_with_the_sentence_that_explains_it(club: DemoClub) -> None:
    said = texts((await judged(club)).components)

    assert "Green: you can run" in said
    assert "stayed at 1 out of 10" in said
    assert "here: 3 out of 10" in said


async def test_a_check_in_that_cannot_be_opened_is_no_good_news(club: DemoClub) -> None:
    ana, general = await agreed(club, "ana"), club.channels["general"]
    await ana.slash(general, "checkin", area="knee", pain="7", during="7")
    async with club.services.storage.limber.writing() as connection:
        await connection.execute("update record set sealed = x'00' where kind = 'checkin'")

    said = texts((await judged(club)).components)

    assert "Something in your diary can’t be read" in said
    assert "Green" not in said


async def test_after_the_check_it_asks_three_questions_at_most(club: DemoClub) -> None:
    check = await checking(club, "knee", "canirun")
    about_running = 0
    while check.step.screen is not Screen.RESULT:
        about_running += check.step.screen in {Screen.DURING, Screen.RUN}
        await check.fine()

    assert about_running == 3


async def test_a_bad_next_morning_is_red_and_says_so(club: DemoClub) -> None:
    said = texts((await judged(club, after="two")).components)

    assert "Red: do not run today" in said
    assert "much worse or stiffer the next morning" in said


async def test_three_to_five_is_amber_on_a_tendon_and_red_on_a_muscle(club: DemoClub) -> None:
    tendon, muscle = await judged(club, "achilles", during="4"), await judged(club, "calf", during="4")

    assert "Amber: easy, and less" in texts(tendon.components)
    assert "Red: do not run today" in texts(muscle.components)


@pytest.mark.parametrize(
    ("area", "during", "said"),
    [
        ("achilles", "3", "It hurt 3 out of 10 on your last run"),
        ("calf", "3", "It hurt 3 out of 10 on your last run. That is more than this spot should have to take"),
        ("achilles", "7", "It hurt 7 out of 10 on your last run"),
        ("achilles", "1", "It stayed at 1 out of 10 on your last run"),
    ],
)
async def test_the_pain_of_the_last_run_is_the_number_that_was_said(
    club: DemoClub, area: str, during: str, said: str
) -> None:
    shown = texts((await judged(club, area, during=during)).components)

    assert said in shown
    assert "3 to 5" not in shown


async def test_the_pain_of_the_last_run_is_the_number_that_was_logged(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    await ana.slash(club.channels["sore-legs"], "checkin", area="achilles", pain="1", during="3")

    shown = texts((await judged(club, "achilles", during="2")).components)

    assert "In your diary: it hurt 3 out of 10 on your last run" in shown


async def test_who_has_not_run_yet_is_asked_about_today_only_and_begins_gently(club: DemoClub) -> None:
    check = await judged(club, "calf", during="not_run")

    said = texts(check.components)
    assert "Amber" in said
    assert "You haven’t run since it started" in said
    assert "Repeat your last run" not in said
    assert "Begin with step 1" in said
    ladder = await check.who.click(check.page.response, label="The way back to running")
    steps = texts(ladder.response.components)
    assert "1. Run 1 min, walk 2 min, 8 times" in steps
    assert "7. Run 25 to 30 min" in steps
    assert "doctor’s yes" in steps


async def test_hops_are_named_only_where_they_can_do_no_harm_and_nobody_is_to_try(club: DemoClub) -> None:
    shown = {}
    for area in ("knee", "calf"):
        check = await checking(club, area, "canirun")
        await check.to("today")
        shown[area] = " ".join(labels(check.components))

    assert "do not test it" in shown["knee"]
    assert "hop" not in shown["calf"]


async def test_pain_at_rest_settles_it_without_more_questions(club: DemoClub) -> None:
    said = texts((await judged(club, pain="level_4")).components)

    assert "Red: do not run today" in said
    assert "before you have run a step" in said


async def test_an_emergency_ends_it_at_once(club: DemoClub) -> None:
    check = await checking(club, "hip", "canirun")
    assert FIRST in texts(check.components)
    await check.group("chest")
    await check.mark("chest_pain")

    assert "emergency number" in texts(check.components)
    assert labels(check.components) == ["New check", "More"]


async def test_a_bone_that_could_be_cracking_means_no_run_whatever_else_is_well(club: DemoClub) -> None:
    check = await judged(club, "shin", walk="no_steps")

    assert "Can you run? No, not now." in texts(check.components)
    assert "Exercises" not in labels(check.components)


async def test_it_opens_from_a_card_and_asks_for_a_place_when_none_is_given(club: DemoClub) -> None:
    ana, channel = club.people["ana"], club.channels["sore-legs"]
    card = await ana.slash(channel, "pain", area="hip")
    from_card = await ana.click(card.response, label="Can I run?")
    bare = await ana.slash(channel, "canirun")
    chosen = await ana.select(bare.response, ["knee"], custom_id="l2.run.area")

    assert FIRST in texts(from_card.response.components)
    assert FIRST in texts(chosen.response.components)


async def test_no_answer_stands_in_an_id(club: DemoClub) -> None:
    check = await checking(club, "knee", "canirun")
    await check.to("during")
    await check.mark("7")
    ids = [arguments_of(part["custom_id"])[1:] for part in flat(check.components) if "custom_id" in part]

    assert ids
    assert not any("7" in arguments for arguments in ids)


async def test_signs_of_a_nerve_today_ask_for_somebody_and_offer_no_exercises(club: DemoClub) -> None:
    check = await judged(club, today="nerve")

    assert "See a doctor or physio" in texts(check.components)
    assert "Exercises" not in labels(check.components)


@pytest.mark.parametrize(("age", "light"), [("age_0", "Red: be seen today"), ("age_20", "Red")])
async def test_a_limp_said_last_is_weighed_with_all_that_was_said_before(club: DemoClub, age: str, light: str) -> None:
    check = await judged(club, "hip", today="limp_today", age=age)

    assert light in texts(check.components)


@pytest.mark.parametrize(("right", "light"), [("walk_free", "Amber"), ("limp", "Red"), ("both", "Red")])
async def test_a_free_walk_and_a_limp_are_asked_again(club: DemoClub, right: str, light: str) -> None:
    check = await checking(club, "hip", "canirun")
    await check.to("today", during="not_run")
    await check.mark("limp_today")
    await check.none()

    assert "These two don’t go together" in texts(check.components)
    assert "How do you walk now? **No limp, perhaps stiff in both legs**" in texts(check.components)
    await check.mark(right)
    await check.to_the_end()

    assert f"{light}: " in texts(check.components)
