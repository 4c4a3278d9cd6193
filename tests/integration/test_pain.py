"""`/pain` and every button on its card, through the front door."""

from typing import Any

import pytest

from bot.demo.club import DemoClub
from bot.ui.cards.parts import UNWELL
from tests.integration.forging import Forger, chosen
from tests.support.components import flat, labels, texts

AREAS = (
    *("achilles", "ankle", "calf", "foot", "groin", "hamstring", "hip", "itb", "knee", "low_back", "neck"),
    *("neck_headache", "quads", "shin"),
)


@pytest.mark.parametrize("area", AREAS)
async def test_the_card_is_private_and_opens_with_the_warning_signs(club: DemoClub, area: str) -> None:
    answer = await club.people["ana"].slash(club.channels["general"], "pain", area=area)

    place, stop, *advice = answer.response.components
    assert answer.ephemeral
    assert not answer.response.attachments
    assert texts([place]).startswith("## ")
    assert "Chest pain" in texts([stop])
    assert labels([advice[0]]) == ["Yes, or not sure", "All warning signs"]
    assert club.bot.locales.base.library.areas[area].first in texts(advice)
    assert club.channels["general"].history(viewer=club.people["ben"]) == []


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("sit bone ache", "Sore hamstrings"),
        ("runners knee", "Knee"),
        ("ITB", "Pain at the outer knee"),
        ("sore hammies", "Sore hamstrings"),
        ("crick in neck", "Neck"),
        ("pain at the base of my skull", "Neck pain with headache"),
        ("kneee", "Knee"),
    ],
)
async def test_free_text_leads_to_the_right_card(club: DemoClub, typed: str, title: str) -> None:
    answer = await club.people["ana"].slash(club.channels["general"], "pain", area=typed)

    heading = texts(answer.response.components).splitlines()[0]
    assert heading.casefold().startswith(f"## {title}".casefold())


@pytest.mark.parametrize(
    "typed", ["pizza", "tooth ache", "", "?!", "zzz" * 100, "@everyone", "**bold** <@1> [x](http://y)"]
)
async def test_unknown_words_never_get_a_card_but_the_places_there_are_and_the_general_stop_block(
    club: DemoClub, typed: str
) -> None:
    answer = await club.people["ana"].slash(club.channels["general"], "pain", area=typed)

    said = texts(answer.response.components)
    assert answer.ephemeral
    assert "Chest pain" in said
    assert "I won’t guess" in said
    offered = {option["label"] for part in flat(answer.response.components) for option in part.get("options", ())}
    assert {area.title for area in club.bot.locales.base.library.areas.values()} <= offered
    assert "@everyone" not in said
    assert "<@1>" not in said


async def test_a_place_offered_instead_opens_its_card(club: DemoClub) -> None:
    ana = club.people["ana"]
    unknown = await ana.slash(club.channels["general"], "pain", area="pizza")

    opened = await ana.select(unknown.response, ["knee"], custom_id="l2.advice.pick")

    assert opened.response.id == unknown.response.id
    assert "Knee" in texts(opened.response.components).splitlines()[0]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("chest pain when I run", "emergency number"),
        ("worst headache of my life", "emergency number"),
        ("hip hurts and I can't feel when I pee", "emergency number"),
        ("I want to die", "Samaritans"),
    ],
)
async def test_words_that_cannot_wait_win_over_search(club: DemoClub, typed: str, said: str) -> None:
    answer = await club.people["ana"].slash(club.channels["general"], "pain", area=typed)

    assert answer.ephemeral
    assert said in texts(answer.response.components)
    assert labels(answer.response.components) == []


async def test_a_crisis_shows_its_contacts_and_nothing_else(club: DemoClub) -> None:
    answer = await club.people["ana"].slash(club.channels["general"], "pain", area="my knee hurts and i want to die")

    [frame] = answer.response.components
    [only] = frame["components"]
    assert only["content"] == next(a.say for a in club.bot.locales.base.library.alarms if a.id == "crisis")
    assert "Samaritans" in only["content"]


@pytest.mark.parametrize("area", AREAS)
async def test_a_page_takes_the_place_of_the_card_and_back_brings_the_card_again(club: DemoClub, area: str) -> None:
    ana = club.people["ana"]
    card = await ana.slash(club.channels["sore-legs"], "pain", area=area)
    first = texts(card.response.components)

    for label in ("What helps", "Why it hurts", "All warning signs", "Yes, or not sure"):
        if label not in labels(card.response.components):
            continue
        page = await ana.click(card.response, label=label)
        assert page.response.id == card.response.id
        assert texts(page.response.components) != first
        while "Next" in labels(page.response.components):
            page = await ana.click(page.response, label="Next")
        while texts(page.response.components) != first:
            page = await ana.click(page.response, label="Back")
    assert club.channels["sore-legs"].history(viewer=club.people["ben"]) == []


@pytest.mark.parametrize("area", AREAS)
async def test_all_warning_signs_are_behind_one_button_and_lead_to_every_exercise(club: DemoClub, area: str) -> None:
    """Nobody is asked twice: after "none of these" the exercises are there."""
    ana, library = club.people["ana"], club.bot.locales.base.library
    card = await ana.slash(club.channels["sore-legs"], "pain", area=area)
    page = await ana.click(card.response, label="All warning signs")
    said = texts(page.response.components)
    while "Next" in labels(page.response.components):
        page = await ana.click(page.response, label="Next")
        said += texts(page.response.components)
    assert all(sign.short in said for sign in library.own_signs(library.areas[area]))
    assert all(group.name in said for group in library.triage.core)

    page = await ana.click(page.response, label="None of these apply to me")

    if library.areas[area].helps:
        page = await ana.click(page.response, label="Exercises")

    offered = library.prescribed(library.areas[area])
    assert [option["label"] for option in menu(page, "exercises")] == [exercise.name for exercise in offered]
    for option, exercise in zip(menu(page, "exercises"), offered, strict=True):
        opened = await ana.select(page.response, [option["value"]], custom_id="l2.advice.choose.exercises")
        said = texts(opened.response.components)
        assert all(step in said for step in (exercise.name, exercise.start, *exercise.steps, exercise.stop_if))
        page = await ana.click(opened.response, label="Back")
        if library.areas[area].helps:
            page = await ana.click(page.response, label="Exercises")


@pytest.mark.parametrize("area", [area for area in AREAS if area != "neck_headache"])
async def test_a_gentle_exercise_is_two_presses_away(club: DemoClub, area: str) -> None:
    ana, library = club.people["ana"], club.bot.locales.base.library
    card = await ana.slash(club.channels["sore-legs"], "pain", area=area)
    gentle = [exercise for exercise in library.prescribed(library.areas[area]) if exercise.unscreened_ok]
    assert gentle

    page = await ana.click(card.response, label="What helps")
    for exercise in gentle:
        while exercise.name not in labels(page.response.components):
            page = await ana.click(page.response, label="Next")
        opened = await ana.click(page.response, label=exercise.name)
        said = texts(opened.response.components)
        assert all(step in said for step in (*exercise.steps, exercise.stop_if, exercise.avoid_if or ""))
        page = await ana.click(opened.response, label="Back")
    strong = [exercise.name for exercise in library.prescribed(library.areas[area]) if not exercise.unscreened_ok]
    assert not set(strong) & set(labels(page.response.components))


@pytest.mark.parametrize("value", ["causes.hip", "causes.hip.99", "causes.hip.x", "exercise.hip.0.0", ""])
async def test_an_option_that_nobody_wrote_is_out_of_date(club: DemoClub, value: str) -> None:
    ((_, answer),) = await Forger(club, "ana").try_all([chosen("l2.advice.choose.causes", [value])])

    assert answer.response is not None
    assert "out of date" in texts(answer.response.components)


async def test_a_headache_shows_nothing_but_warning_signs_before_they_were_gone_through(club: DemoClub) -> None:
    library = club.bot.locales.base.library
    area = library.areas["neck_headache"]

    for command in ("pain", "tip", "stretch"):
        answer = await club.people["ana"].slash(club.channels["sore-legs"], command, area="headache")
        said = texts(answer.response.components)
        assert area.summary not in said
        assert not any(cause.name in said for cause in area.causes)
        assert not any(library.exercises[ref.id].name in said for ref in area.exercises)
        assert not any(tip.text in said for tip in library.tips["neck_headache"])


async def test_share_posts_general_advice_for_all_and_its_buttons_answer_each_privately(club: DemoClub) -> None:
    ana, ben, channel = club.people["ana"], club.people["ben"], club.channels["general"]
    card = await ana.slash(channel, "pain", area="hip")
    page = await ana.click(card.response, label="What helps")

    shared = await ana.click(page.response, label="Share")

    assert not shared.ephemeral
    [public] = channel.history(viewer=ben)
    assert "Share" not in labels(shared.response.components)
    assert "ana" not in texts(shared.response.components).casefold()
    opened = await ben.click(public, label="All warning signs")
    assert opened.ephemeral
    assert channel.history(viewer=club.people["maya"]) == [public]


async def test_sharing_in_a_direct_message_says_that_nobody_else_is_there(club: DemoClub) -> None:
    ana = club.people["ana"].user
    card = await ana.slash("pain", area="hip")
    page = await ana.click(card.response, label="What helps")

    answer = await ana.click(page.response, label="Share")

    assert "nobody else" in texts(answer.response.components)


async def test_autocomplete_offers_areas_while_typing_and_help_for_words_that_cannot_wait(club: DemoClub) -> None:
    ana, channel = club.people["ana"], club.channels["general"]

    everything = await ana.autocomplete(channel, "pain", "area", "")
    hamstring = await ana.autocomplete(channel, "pain", "area", "hamst")
    nothing = await ana.autocomplete(channel, "pain", "area", "pizza")
    urgent = await ana.autocomplete(channel, "pain", "area", "chest pain")

    assert [choice["value"] for choice in hamstring] == ["hamstring"]
    assert [choice["value"] for choice in everything] == [UNWELL, *club.bot.locales.base.library.areas]
    assert [choice["value"] for choice in nothing] == [UNWELL]
    assert [choice["value"] for choice in urgent] == ["!chest_pain"]


async def test_the_choice_for_words_that_cannot_wait_brings_help_however_long_the_text_was(club: DemoClub) -> None:
    ana, channel = club.people["ana"], club.channels["general"]
    long = "my hip has been sore after long runs for about three weeks, mostly on the left, and today i got chest pain"

    [offered] = await ana.autocomplete(channel, "pain", "area", long)
    answer = await ana.slash(channel, "pain", area=offered["value"])

    assert "emergency number" in texts(answer.response.components)


async def test_words_that_cannot_wait_are_heard_wherever_somebody_types(club: DemoClub) -> None:
    answer = await club.people["ana"].slash(club.channels["general"], "tip", moment="I want to die")

    assert "Samaritans" in texts(answer.response.components)


async def test_what_is_plainly_denied_is_no_emergency(club: DemoClub) -> None:
    answer = await club.people["ana"].slash(club.channels["general"], "pain", area="no chest pain, just a sore hip")

    assert "Hip" in texts(answer.response.components).splitlines()[0]


def menu(page: Any, name: str) -> list[dict[str, Any]]:
    """The options of a menu."""
    (found,) = [p for p in flat(page.response.components) if p.get("custom_id") == f"l2.advice.choose.{name}"]
    options: list[dict[str, Any]] = found["options"]
    return options
