"""Every card fits Discord; content that would not is named before anybody sees it."""

import re
from dataclasses import replace
from types import MappingProxyType

import pytest
from discord import ui

from bot.advice.disposition import Disposition
from bot.advice.loader import load
from bot.advice.problem import ContentError
from bot.errors import OutOfDate
from bot.ui.card_index import AREA_CARDS, CardIndex, misfits
from bot.ui.custom_id import CustomId, custom_id
from bot.ui.limits import COMPONENTS, CUSTOM_ID, FLAGS, LABEL, TEXT, TRANSLATION, size, text_budget
from bot.ui.samples import samples
from tests.support.draft import read

BUTTONS_IN_A_ROW = 5
ONE_TEXT = 4_000
OPTIONS, LONGEST_OPTION = 25, 100


def texts(card) -> list[str]:
    return [item.content for item in card.walk_children() if isinstance(item, ui.TextDisplay)]


def buttons(card) -> list[ui.Button]:
    return [item for item in card.walk_children() if isinstance(item, ui.Button)]


def with_area(library, area, **changes):
    """The library, with one area changed behind the loader's back."""
    changed = {**library.areas, area.id: area.model_copy(update=changes)}
    return replace(library, areas=MappingProxyType(changed))


def test_every_card_of_every_area_fits_with_room_for_a_translation(localized):
    budget = text_budget("en")
    assert budget == int(TEXT / TRANSLATION)
    for name, key, page, card in localized.card_index.all():
        weight, where = size(card), f"{name} of {key}, page {page + 1}"
        assert 0 < weight.text <= budget, where
        assert weight.components <= COMPONENTS, where
        assert all(0 < len(text) <= ONE_TEXT for text in texts(card)), where


def test_every_card_that_is_built_on_the_spot_is_one_discord_takes(localized):
    for name, key, card in samples(localized.library, localized.words):
        where = f"{name} of {key}"
        assert size(card).components <= COMPONENTS, where
        assert all(0 < len(text) <= ONE_TEXT for text in texts(card)), where
        pressed = [item.custom_id for item in card.walk_children() if isinstance(item, ui.Button | ui.Select)]
        assert len(pressed) == len(set(pressed)), f"{where}: two with one custom_id"
        assert all(CustomId.parse(one) is not None for one in pressed), where
        for item in card.walk_children():
            if isinstance(item, ui.ActionRow):
                assert 1 <= len(item.children) <= BUTTONS_IN_A_ROW, where
            if isinstance(item, ui.Select):
                assert 1 <= len(item.options) <= OPTIONS, where
                assert all(0 < len(option.label) <= LONGEST_OPTION for option in item.options), where
                values = [option.value for option in item.options]
                assert len(values) == len(set(values)), f"{where}: two options of one value"


def test_every_button_of_every_card_fits_and_is_one_of_ours(localized):
    for name, key, page, card in localized.card_index.all():
        where = f"{name} of {key}, page {page + 1}"
        for item in buttons(card):
            assert 0 < len(item.label) <= LABEL, f"{where}: {item.label}"
            assert len(item.label) * TRANSLATION <= LABEL or "routine" in item.custom_id, f"{where}: {item.label}"
            assert len(item.custom_id) <= CUSTOM_ID
            assert CustomId.parse(item.custom_id) is not None, f"{where}: {item.custom_id}"
        ids = [item.custom_id for item in buttons(card)]
        assert len(ids) == len(set(ids)), f"{where}: two buttons with one custom_id"
        for shelf in card.walk_children():
            if isinstance(shelf, ui.ActionRow):
                assert 1 <= len(shelf.children) <= BUTTONS_IN_A_ROW, where


def test_every_button_that_opens_a_card_opens_one_that_is_there(localized):
    for _, _, _, card in localized.card_index.all():
        for item in buttons(card):
            pressed = CustomId.parse(item.custom_id)
            if pressed.action in {"open", "turn"}:
                name, key, page = pressed.arguments
                assert localized.card_index.card(name, key, int(page))


def test_every_card_is_there_for_every_area_and_no_page_beyond_the_last(localized):
    for area in localized.library.areas:
        for name in AREA_CARDS:
            last = max(page for n, k, page, _ in localized.card_index.all() if (n, k) == (name, area))
            assert localized.card_index.card(name, area, last)
            for page in (-1, last + 1):
                with pytest.raises(OutOfDate):
                    localized.card_index.card(name, area, page)
    for name, key in (("pain", "elbow"), ("lunch", "hip"), ("", "")):
        with pytest.raises(OutOfDate):
            localized.card_index.card(name, key)


def found_in(library, words):
    """What does not fit, with the cards as they would be built."""
    return list(misfits(library, CardIndex(library, words), words))


def test_the_content_as_it_stands_has_no_misfits(library, words):
    assert list(misfits(library, CardIndex(library, words), words)) == []


def test_a_card_that_is_5_percent_too_long_is_named_and_one_that_just_fits_is_not(library, words):
    area, budget = library.areas["hip"], text_budget("en")
    room = budget - size(CardIndex(library, words).card("pain", "hip")).text
    full = with_area(library, area, title=area.title + "x" * room)
    over = with_area(library, area, title=area.title + "x" * (room + budget // 20))

    assert list(misfits(full, CardIndex(full, words), words)) == []
    found = list(misfits(over, CardIndex(over, words), words))
    assert {(file, place) for file, place, _, _ in found} == {("areas/hip.yaml", ("summary",))}
    assert any("`pain` of `hip`" in what and f"at most {budget} fit" in what for _, _, what, _ in found)
    assert all("shorten" in mend for _, _, _, mend in found)


def test_one_character_too_many_is_too_many(library, words):
    area = library.areas["hip"]
    room = text_budget("en") - size(CardIndex(library, words).card("pain", "hip")).text

    assert list(found_in(with_area(library, area, title=area.title + "x" * (room + 1)), words))


def test_another_language_may_use_all_that_discord_allows(library, words):
    area = library.areas["hip"]
    room = TEXT - size(CardIndex(library, words).card("pain", "hip")).text
    german = replace(library, language="de")

    assert list(found_in(with_area(german, area, title=area.title + "x" * room), words)) == []
    assert list(found_in(with_area(german, area, title=area.title + "x" * (room + 1)), words))


def test_many_short_signs_make_more_pages_and_never_a_card_with_too_many_parts(library, words):
    area = library.areas["hip"]
    many = tuple(
        flag.model_copy(update={"id": f"H{at}", "ask": "Is it?", "short": "It", "escalations": ()})
        for at, flag in enumerate([area.red_flags[-1]] * 60, start=20)
    )
    card_index = CardIndex(with_area(library, area, red_flags=(*area.red_flags, *many)), words)

    assert all(size(card).components <= COMPONENTS for _, _, _, card in card_index.all())


def test_an_emergency_that_finds_no_place_on_the_card_is_named(library, words):
    area = library.areas["hip"]
    many = tuple(
        flag.model_copy(update={"id": f"H{at}", "short": f"{at} " + "x" * 75, "escalations": ()})
        for at, flag in enumerate([area.red_flags[0]] * 12, start=20)
    )
    found = list(found_in(with_area(library, area, red_flags=(*area.red_flags, *many)), words))

    named = [(file, place, mend) for file, place, what, mend in found if what.startswith("the emergency ")]
    assert named
    assert {file for file, _, _ in named} == {"areas/hip.yaml"}
    assert all(place == ("red_flags",) and "shorten" in mend for _, place, mend in named)


def test_the_block_of_warning_signs_keeps_to_900_characters_and_shows_the_worst_of_its_own_signs(localized, library):
    for area in library.areas.values():
        for name in ("pain", "shared"):
            box = next(iter(localized.card_index.card(name, area.id).children))
            block = texts(box)[1:]  # after the heading
            whole = "\n".join(block)
            assert sum(map(len, block)) <= FLAGS, area.id
            assert library.general.line in whole
            shown = [sign.short in whole for sign in library.own_signs(area)]
            assert shown == sorted(shown, reverse=True), f"{area.id}: a milder sign is shown before a worse one"
            for sign, there in zip(library.own_signs(area), shown, strict=True):
                assert there or sign.disposition is not Disposition.EMERGENCY or sign.flag not in area.red_flags, (
                    sign.short
                )


def test_warning_signs_come_before_everything_else(localized, library, words):
    for area in library.areas.values():
        for name in ("pain", "shared"):
            card = localized.card_index.card(name, area.id)
            whole = "\n".join(texts(card))
            assert whole.index(words("stop-title")) < whole.index(library.general.line) < whole.index(area.title)


def test_longer_cards_can_be_turned_from_end_to_end(localized):
    stacks: dict[tuple[str, str], list] = {}
    for name, key, _, card in localized.card_index.all():
        stacks.setdefault((name, key), []).append(card)
    for (name, key), cards in stacks.items():
        if name == "routine":
            continue
        for at, card in enumerate(cards):
            turns = {item.custom_id for item in buttons(card) if CustomId.parse(item.custom_id).action == "advice.turn"}
            reach = {at - 1, at + 1} & set(range(len(cards)))
            assert turns == {custom_id("advice.turn", name, key, to) for to in reach}, f"{name} of {key}, page {at + 1}"


def test_a_routine_can_be_stepped_through_and_left_only_by_its_end(localized, library):
    for plan in library.routines.values():
        last = len(plan.steps) + 1
        for at in range(1, last):
            turns = {item.custom_id for item in buttons(localized.card_index.card("routine", plan.id, at))}
            assert {custom_id("advice.turn", "routine", plan.id, to) for to in (at - 1, at + 1)} <= turns
        whole = ["\n".join(texts(localized.card_index.card("routine", plan.id, at))) for at in range(last + 1)]
        for step, page in zip(plan.steps, whole[1:], strict=False):
            exercise = library.exercises[step.exercise]
            assert exercise.name in page
            assert exercise.stop_if in page
            assert all(line in page for line in exercise.steps)


def test_all_warning_signs_are_on_the_pages_for_all_warning_signs(localized, library):
    for area in library.areas.values():
        pages = [card for name, key, _, card in localized.card_index.all() if (name, key) == ("signs", area.id)]
        whole = "\n".join(text for card in pages for text in texts(card))
        missing = [sign.short for sign in library.signs(area) if sign.short not in whole]
        assert missing == [], area.id
        at = 0
        for sign in library.signs(area):  # raises ValueError when it stands before the one before it
            at = whole.index(f"- {sign.short}", at) + 1


def test_pieces_that_each_are_short_enough_and_together_too_long_are_blamed_on_the_file_they_stand_in(draft, words):
    """Three dispositions stand on one card: only the card knows that it is too much."""
    text = re.sub(
        r"(?ms)^    steps:\n.*?(?=^    \w)",
        "    steps:\n" + f"      - {'y' * 200}\n" * 6,
        draft.text("guidance.yaml"),
    )
    draft.write("guidance.yaml", text)
    draft.load()  # each piece by itself is fine
    with pytest.raises(ContentError) as caught:
        load(draft.folder, checks=[lambda library: misfits(library, CardIndex(library, words), words)], read=read)

    assert all("characters long" in problem.what for problem in caught.value.problems)
    assert {problem.file for problem in caught.value.problems} == {draft.file("guidance.yaml")}
