"""*Can I run?*, through the front door: every light, and every way in."""

import pytest

from bot.demo.club import DemoClub
from bot.triage.sessions import NONE, UNSURE
from tests.integration.test_triage import choose, nothing_in
from tests.support.components import flat, labels, texts
from tests.support.ids import arguments_of

WELL = {"run_signs": "none", "run_walk": "free", "run_warm_up": "eases", "run_stride": "normal"}
LAST = {"run_behaviour": "steady", "run_evening": "hour", "run_morning": "same", "run_before": "neither"}


async def asked(club: DemoClub, area: str = "knee", pain: str = "0"):
    """Up to the questions about the last run, or to the result where that comes first."""
    ana = club.people["ana"]
    page = await ana.slash(club.channels["sore-legs"], "canirun", area=area)
    page = await ana.click(page.response, label="None of these")
    page = await choose(ana, page, age="from_18", about=NONE, pain=pain)
    page = await ana.click(page.response, label="Continue")
    page = await nothing_in(ana, page)
    return ana, await nothing_in(ana, page)


async def choose_run(who, answer, **chosen):
    for name, values in chosen.items():
        custom_id = next(
            part["custom_id"]
            for part in flat(answer.response.components)
            if part["type"] == 3 and part["custom_id"].endswith("." + name.replace("run_", "run-"))
        )
        many = values if isinstance(values, list) else [values]
        answer = await who.select(answer.response, many, custom_id=custom_id)
    return answer


async def judged(club: DemoClub, area: str = "knee", during: str = "1", **changed: object):
    ana, page = await asked(club, area)
    page = await choose_run(
        ana, page, during=during, **({} if during == "not_run" else {**LAST, **only(LAST, changed)})
    )
    page = await ana.click(page.response, label="Continue")
    today = {**WELL, **only(WELL, changed)}
    if "hops" in changed:
        today["run_hops"] = changed["hops"]
    page = await choose_run(ana, page, **today)
    return ana, await ana.click(page.response, label="Continue")


def only(known: dict[str, str], changed: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in changed.items() if name in known}


async def test_all_well_is_green_with_the_sentence_that_explains_it(club: DemoClub) -> None:
    _, result = await judged(club, hops="fine")

    said = texts(result.response.components)
    assert "Green: you can run" in said
    assert "stayed at 0 to 2" in said
    assert "for this place: 3 out of 10" in said


async def test_a_bad_next_morning_is_red_and_says_so(club: DemoClub) -> None:
    _, result = await judged(club, hops="fine", run_morning="two")

    said = texts(result.response.components)
    assert "Red: do not run today" in said
    assert "2 points worse or more next morning" in said


async def test_red_again_after_a_rest_sends_to_a_clinician(club: DemoClub) -> None:
    _, result = await judged(club, hops="fine", run_evening="lasting", run_before="rested")

    assert "See a doctor or physio within days" in texts(result.response.components)


async def test_three_to_five_is_amber_on_a_tendon_and_red_on_a_muscle(club: DemoClub) -> None:
    _, tendon = await judged(club, "achilles", during="4")
    _, muscle = await judged(club, "calf", during="4")

    assert "Amber: easy, and less" in texts(tendon.response.components)
    assert "Red: do not run today" in texts(muscle.response.components)


async def test_who_has_not_run_yet_is_asked_about_today_only_and_begins_gently(club: DemoClub) -> None:
    ana, result = await judged(club, "calf", during="not_run")

    said = texts(result.response.components)
    assert "Amber" in said
    assert "You have not run with it yet" in said
    ladder = await ana.click(result.response, label="The way back to running")
    steps = texts(ladder.response.components)
    assert "1. Run 1 minute, walk 2 minutes. Do this 8 times." in steps
    assert "7. Run 25 to 30 minutes" in steps
    assert "doctor's yes" in steps


async def test_hops_come_last_and_only_where_they_can_do_no_harm(club: DemoClub) -> None:
    ana, page = await asked(club, "knee")
    assert "hop" not in texts(page.response.components)
    page = await choose_run(ana, page, during="not_run")
    knee = await ana.click(page.response, label="Continue")
    ana, page = await asked(club, "calf")
    page = await choose_run(ana, page, during="not_run")
    calf = await ana.click(page.response, label="Continue")

    assert "Do not test it now" in texts(knee.response.components)
    assert "hop" not in texts(calf.response.components)


async def test_pain_at_rest_settles_it_without_more_questions(club: DemoClub) -> None:
    _, result = await asked(club, pain="4")

    said = texts(result.response.components)
    assert "Red: do not run today" in said
    assert "while you rest" in said


async def test_an_emergency_ends_it_at_once(club: DemoClub) -> None:
    ana = club.people["ana"]
    page = await ana.slash(club.channels["sore-legs"], "canirun", area="hip")

    assert "Step 1 of 6" in texts(page.response.components)
    result = await ana.click(page.response, label="Yes, or not sure about one")

    assert "emergency number" in texts(result.response.components)
    assert labels(result.response.components) == ["Start a new check"]


@pytest.mark.parametrize("ticked", ["SH1", UNSURE])
async def test_a_bone_that_could_be_cracking_means_no_run_whatever_else_is_well(club: DemoClub, ticked: str) -> None:
    ana = club.people["ana"]
    page = await ana.slash(club.channels["sore-legs"], "canirun", area="shin")
    page = await ana.click(page.response, label="None of these")
    page = await choose(ana, page, age="from_18", about=NONE, pain="0")
    page = await ana.click(page.response, label="Continue")
    page = await nothing_in(ana, page)
    page = await choose(ana, page, clinician_own=ticked, clinician_general=NONE)
    result = await ana.click(page.response, label="Continue")

    said = texts(result.response.components)
    assert "Can you run? No, not now." in said
    assert "Exercises" not in labels(result.response.components)


async def test_it_opens_from_a_card_and_asks_for_a_place_when_none_is_given(club: DemoClub) -> None:
    ana, channel = club.people["ana"], club.channels["sore-legs"]
    card = await ana.slash(channel, "pain", area="hip")
    from_card = await ana.click(card.response, label="Can I run?")
    bare = await ana.slash(channel, "canirun")
    chosen = await ana.select(bare.response, ["knee"], custom_id="l2.run.area")

    assert "Step 1 of 6" in texts(from_card.response.components)
    assert "Step 1 of 6" in texts(chosen.response.components)


async def test_no_answer_stands_in_an_id(club: DemoClub) -> None:
    ana, page = await asked(club)
    page = await choose_run(ana, page, during="7", run_morning="stiff")
    ids = {arguments_of(part["custom_id"])[-1] for part in flat(page.response.components) if "custom_id" in part}

    assert ids == {"during", "run-behaviour", "run-evening", "run-morning", "run-before", "today"}


async def test_signs_of_a_nerve_today_ask_for_somebody_and_offer_no_exercises(club: DemoClub) -> None:
    _, result = await judged(club, hops="fine", run_signs=["nerve", "swollen"])

    assert "See a doctor or physio" in texts(result.response.components)
    assert "Exercises" not in labels(result.response.components)


@pytest.mark.parametrize("age", ["under_18", "from_18"])
async def test_a_limp_under_eighteen_is_for_today(club: DemoClub, age: str) -> None:
    ana = club.people["ana"]
    page = await ana.slash(club.channels["sore-legs"], "canirun", area="hip")
    page = await ana.click(page.response, label="None of these")
    page = await choose(ana, page, age=age, about=NONE, pain="0")
    page = await ana.click(page.response, label="Continue")
    page = await nothing_in(ana, page)
    page = await nothing_in(ana, page)
    page = await choose_run(ana, page, during="not_run")
    page = await ana.click(page.response, label="Continue")
    page = await choose_run(ana, page, **{**WELL, "run_walk": "limp"}, run_hops="not_lately")
    result = await ana.click(page.response, label="Continue")

    assert ("Red: be seen today" in texts(result.response.components)) is (age == "under_18")
