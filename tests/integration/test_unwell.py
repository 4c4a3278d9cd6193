"""*I feel ill, or something else*, the everyday pages behind it, and the choice where several places are named."""

import re

import pytest

from bot.demo.club import DemoClub
from bot.ui.cards.parts import UNWELL
from bot.ui.cards.unwell import FROM_UNWELL
from tests.support.components import flat, labels, texts

LABEL = "I feel ill, or something else"
MOST_WORDS = 120  # of an everyday page, which is read on a phone


def options(components: list[dict], custom_id: str) -> list[str]:
    return [o["label"] for part in flat(components) if part.get("custom_id") == custom_id for o in part["options"]]


@pytest.mark.parametrize(("command", "menu"), [("canirun", "l2.run.area")])
async def test_a_list_of_places_begins_with_feeling_ill_and_it_opens(club: DemoClub, command: str, menu: str) -> None:
    ana, general = club.people["ana"], club.channels["general"]
    asked = await ana.slash(general, command)

    assert options(asked.response.components, menu)[0] == LABEL
    assert "Yes, or not sure" in labels(asked.response.components)
    unwell = await ana.select(asked.response, [UNWELL], custom_id=menu)
    assert f"## {LABEL}" in texts(unwell.response.components)


async def test_words_nobody_taught_us_offer_the_page_for_feeling_ill(club: DemoClub) -> None:
    ana = club.people["ana"]
    unknown = await ana.slash(club.channels["general"], "pain", area="the wobbly bit at the side of it")

    unwell = await ana.click(unknown.response, label=LABEL)

    said = texts(unwell.response.components)
    assert said.index(LABEL) < said.index("Chest, breath or faint") < said.index("Very ill? Call")
    assert options(unwell.response.components, "l2.advice.pick")
    worried = await ana.click(unwell.response, label="Ill, or worried?")
    assert "None of these, but ill" in texts(worried.response.components)
    assert worried.response.id == unwell.response.id == unknown.response.id


async def test_behind_feeling_ill_every_button_answers_and_every_page_opens(club: DemoClub) -> None:
    ana, library = club.people["ana"], club.bot.locales.base.library
    unwell = await ana.slash(club.channels["general"], "pain", area=UNWELL)

    now = await ana.click(unwell.response, label="Yes, or not sure")
    assert "emergency number" in texts(now.response.components)
    back = await ana.click(now.response, label="Back")
    assert texts(back.response.components) == texts(unwell.response.components)
    for page in library.everyday.values():
        opened = await ana.select(back.response, [page.id + FROM_UNWELL], custom_id="l2.advice.pick")
        assert f"## {page.name}" in texts(opened.response.components)
        now = await ana.click(opened.response, label="Yes, or not sure")
        page_again = await ana.click(now.response, label="Back")
        assert f"## {page.name}" in texts(page_again.response.components)
        back = await ana.click(page_again.response, label="Back")
        assert texts(back.response.components) == texts(unwell.response.components)
    somebody = await ana.click(back.response, label="For somebody else")
    assert "Not awake, and not breathing as usual?" in texts(somebody.response.components)
    assert labels(somebody.response.components) == ["Back"]


async def test_every_everyday_page_is_short_and_carries_the_stop_line(club: DemoClub) -> None:
    ana, library = club.people["ana"], club.bot.locales.base.library

    for page in library.everyday.values():
        answer = await ana.slash(club.channels["general"], "pain", area=page.synonyms[0])
        first = texts(answer.response.components)
        assert answer.ephemeral
        assert library.general.line in texts(answer.response.components[:1])
        assert "Yes, or not sure" in labels(answer.response.components)
        answer = await ana.click(answer.response, label="When to be seen")
        said = first + texts(answer.response.components)
        assert all(line in said for line in (*page.lines, *(worry.text for worry in page.worry)))
        assert sum(bool(re.search(r"\w", word)) for word in said.split()) <= MOST_WORDS, page.id
        assert "Yes, or not sure" in labels(answer.response.components)


async def test_an_everyday_page_that_was_asked_for_leads_back_to_itself_and_nowhere_else(club: DemoClub) -> None:
    ana = club.people["ana"]
    blisters = await ana.slash(club.channels["general"], "pain", area="blisters")
    first = texts(blisters.response.components)
    assert "Back" not in labels(blisters.response.components)

    for onward in ("When to be seen", "Yes, or not sure"):
        opened = await ana.click(blisters.response, label=onward)
        blisters = await ana.click(opened.response, label="Back")
        assert texts(blisters.response.components) == first


async def test_an_everyday_page_opens_beside_the_check_that_named_it(club: DemoClub) -> None:
    ana = club.people["ana"]
    check = await ana.slash(club.channels["general"], "triage")
    while "Where does it hurt most" not in texts(check.response.components):
        check = await ana.click(check.response, label="None of these")

    cramp = await ana.select(check.response, ["cramp"], custom_id="l2.advice.pick_beside")

    assert "cramp" in texts(cramp.response.components).casefold()
    assert cramp.response.id != check.response.id
    assert "Back" not in labels(cramp.response.components)


async def test_only_lists_that_were_shown_are_spoken_of(club: DemoClub) -> None:
    ana, general = club.people["ana"], club.channels["general"]
    unknown = await ana.slash(general, "pain", area="pizza")
    knee = await ana.slash(general, "pain", area="knee")
    on_the_card = texts(knee.response.components)

    without = await ana.click(unknown.response, label="Yes, or not sure")
    listed = await ana.click(knee.response, label="Yes, or not sure")

    assert labels(without.response.components) == ["Back"]
    assert "Be seen today" in labels(listed.response.components)
    assert "Be seen today" in on_the_card


async def test_an_everyday_page_leads_on_to_the_places_it_may_belong_to(club: DemoClub) -> None:
    ana = club.people["ana"]
    cramp = await ana.slash(club.channels["general"], "pain", area="cramp")

    seen = await ana.click(cramp.response, label="When to be seen")
    calf = await ana.click(seen.response, label="Calf: full advice")

    assert "## Calf pain" in texts(calf.response.components)


async def test_a_sentence_that_names_two_places_offers_both_and_chooses_neither(club: DemoClub) -> None:
    ana = club.people["ana"]
    asked = await ana.slash(club.channels["general"], "pain", area="left knee and right hip since I upped my mileage")

    assert labels(asked.response.components) == ["Knee", "Hip", LABEL]
    hip = await ana.click(asked.response, label="Hip")
    assert "## Hip and groin pain" in texts(hip.response.components)


async def test_the_choice_goes_on_with_what_was_asked_for(club: DemoClub) -> None:
    ana = club.people["ana"]
    asked = await ana.slash(club.channels["general"], "triage", area="left knee and right hip")

    check = await ana.click(asked.response, label="Knee")

    assert "Any of these, now or in the last days?" in texts(check.response.components)


async def test_a_check_of_something_that_is_no_place_offers_its_page(club: DemoClub) -> None:
    ana = club.people["ana"]
    asked = await ana.slash(club.channels["general"], "triage", area="side stitch")

    assert labels(asked.response.components) == ["Side stitch", LABEL]


async def test_typing_suggests_everyday_pages_for_advice_and_places_alone_for_the_rest(club: DemoClub) -> None:
    ana, general = club.people["ana"], club.channels["general"]

    advice = await ana.autocomplete(general, "pain", "area", "stit")
    checkin = await ana.autocomplete(general, "checkin", "area", "stit")

    assert [choice["value"] for choice in advice] == ["stitch"]
    assert [choice["value"] for choice in checkin] == [UNWELL]


async def test_words_about_somebody_else_speak_to_whoever_stands_beside_them(club: DemoClub) -> None:
    ana, general = club.people["ana"], club.channels["general"]

    answer = await ana.slash(general, "pain", area="my mate has collapsed in the heat and has a sore swollen calf")

    said = texts(answer.response.components)
    assert answer.ephemeral
    assert said.index("Call the emergency number") < said.index("Push hard and fast") < said.index("Cool them first")
    assert "Be seen today" not in said
    assert labels(answer.response.components) == []


async def test_words_about_oneself_show_what_is_gravest_and_nothing_milder(club: DemoClub) -> None:
    ana, general = club.people["ana"], club.channels["general"]

    answer = await ana.slash(general, "pain", area="chest pain and my calf is hot and swollen")

    said = texts(answer.response.components)
    assert "emergency number" in said
    assert "Be seen today" not in said
    assert labels(answer.response.components) == []


async def test_from_what_has_to_be_seen_today_the_way_leads_on_into_the_check_of_that_place(club: DemoClub) -> None:
    ana, general = club.people["ana"], club.channels["general"]
    answer = await ana.slash(general, "pain", area="my calf is hot and swollen")

    assert "Be seen today" in texts(answer.response.components)

    check = await ana.click(answer.response, label="Check my symptoms")

    assert "Any of these, now or in the last days?" in texts(check.response.components)


async def test_the_choice_while_typing_remembers_who_is_spoken_of(club: DemoClub) -> None:
    ana, general = club.people["ana"], club.channels["general"]

    [offered] = await ana.autocomplete(general, "pain", "area", "my mate has collapsed in the heat")
    answer = await ana.slash(general, "pain", area=offered["value"])

    assert "Somebody needs help now" in texts(answer.response.components)


HARMLESS = [
    "Something's not right since that run yesterday",
    "Woke at 3 am with a cramp",
    "Woken by leg cramps three nights",
]


async def typed(club: DemoClub, text: str) -> list[str]:
    """The prefixes of a text for which the list offers the card of what cannot wait."""
    ana, general, offer = club.people["ana"], club.channels["general"], club.bot.locales.base.words("alarm-choice")
    prefixes = [text[:end] for end in range(1, len(text) + 1)]
    return [
        prefix
        for prefix in prefixes
        if offer in [choice["name"] for choice in await ana.autocomplete(general, "pain", "area", prefix)]
    ]


@pytest.mark.parametrize("text", HARMLESS)
async def test_half_a_sentence_is_not_cried_at_for_its_last_word(club: DemoClub, text: str) -> None:
    assert await typed(club, text) == []


async def test_what_a_line_hears_is_offered_at_once(club: DemoClub) -> None:
    assert (await typed(club, "chest pain"))[-1:] == ["chest pain"]


async def test_what_only_the_classifier_hears_is_offered_two_words_later_and_heard_in_full(club: DemoClub) -> None:
    text = "nobody will have to carry me any more after tonight"

    assert (await typed(club, text))[-1:] == [text]
    answer = await club.people["ana"].slash(club.channels["general"], "pain", area="nobody will have")
    assert "116 123" in texts(answer.response.components)
    assert "nobody will have" not in await typed(club, "nobody will have")


async def test_words_nobody_taught_us_stand_beside_the_crisis_lines(club: DemoClub) -> None:
    answer = await club.people["ana"].slash(club.channels["general"], "pain", area="pizza")

    assert "116 123" in texts(answer.response.components)


async def test_unknown_words_about_somebody_else_lead_straight_to_what_to_do_for_them(club: DemoClub) -> None:
    ana = club.people["ana"]
    unknown = await ana.slash(club.channels["general"], "pain", area="a lady in our group has gone all floppy")

    somebody = await ana.click(unknown.response, label="For somebody else")

    assert "Somebody needs help now" in texts(somebody.response.components)
