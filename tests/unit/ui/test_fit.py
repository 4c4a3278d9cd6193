"""Every card fits Discord; content that would not is named before anybody sees it."""

from dataclasses import replace
from types import MappingProxyType

import pytest
from discord import ComponentType, ui

from bot.advice.disposition import Disposition
from bot.errors import OutOfDate
from bot.ui.card_index import AREA_CARDS, CardIndex
from bot.ui.compiler import misfits
from bot.ui.custom_id import CustomId, custom_id
from bot.ui.limits import COMPONENTS, CUSTOM_ID, LABEL, TEXT, TRANSLATION, flat, size, text_budget
from bot.ui.samples import samples

BUTTONS_IN_A_ROW = 5
ONE_TEXT = 4_000
OPTIONS, LONGEST_OPTION = 25, 100
EACH_BY_ITSELF = {"gentle", "exercise", "ways", "ways-exercises"}  # its pages are not turned, each opens from a list


def texts(card) -> list[str]:
    return [part["content"] for part in flat(card.to_components()) if "content" in part]


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
        parts = list(flat(card.to_components()))
        pressed = [part["custom_id"] for part in parts if "custom_id" in part]
        assert len(pressed) == len(set(pressed)), f"{where}: two with one custom_id"
        assert all(CustomId.parse(one) is not None for one in pressed), where
        for part in parts:
            if part["type"] == ComponentType.action_row.value:
                assert 1 <= len(part["components"]) <= BUTTONS_IN_A_ROW, where
            if options := part.get("options"):
                assert 1 <= len(options) <= OPTIONS, where
                assert all(0 < len(option["label"]) <= LONGEST_OPTION for option in options), where
                values = [option["value"] for option in options]
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
            if pressed.action in {"advice.open", "advice.beside", "advice.turn"}:
                name, key, page = pressed.arguments
                assert localized.card_index.card(name, key, int(page))
        for item in card.walk_children():
            if isinstance(item, ui.Select) and CustomId.parse(item.custom_id).action == "advice.choose":
                for option in item.options:
                    name, key, page = option.value.split(".")
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


def test_the_first_card_shows_the_general_line_and_the_signs_its_author_chose_worst_first(localized, library):
    for area in library.areas.values():
        whole = "\n".join(texts(localized.card_index.card("pain", area.id)))
        signs = library.card_signs(area)
        places = [whole.index(text) for text in (area.title, library.general.line, *(sign.short for sign in signs))]
        assert places == sorted(places), area.id
        assert 3 <= len(signs) == len(area.card) <= 5
        assert [sign.disposition.rank for sign in signs] == sorted(sign.disposition.rank for sign in signs)
        assert signs[0].disposition is Disposition.EMERGENCY, area.id


def test_warning_signs_come_before_everything_else(localized, library):
    for area in library.areas.values():
        for name in ("pain", "shared"):
            whole = "\n".join(texts(localized.card_index.card(name, area.id)))
            signs = library.card_signs(area)[: 2 if name == "shared" else None]
            stop = [whole.index(text) for text in (library.general.line, *(sign.short for sign in signs))]
            assert max(stop) < whole.index(area.first), area.id


def test_a_shared_card_has_eight_lines_at_most(localized, library):
    for area in library.areas.values():
        whole = "\n".join(texts(localized.card_index.card("shared", area.id)))
        assert len(whole.splitlines()) <= 8, area.id


def test_longer_cards_can_be_turned_from_end_to_end(localized):
    stacks: dict[tuple[str, str], list] = {}
    for name, key, _, card in localized.card_index.all():
        stacks.setdefault((name, key), []).append(card)
    for (name, key), cards in stacks.items():
        if name == "routine":
            continue
        for at, card in enumerate(cards):
            turns = {item.custom_id for item in buttons(card) if CustomId.parse(item.custom_id).action == "advice.turn"}
            own = {turn for turn in turns if CustomId.parse(turn).arguments[:2] == (name, key)}
            reach = {at - 1, at + 1} & set(range(len(cards))) if name not in EACH_BY_ITSELF else set()
            wanted = {custom_id("advice.turn", name, key, to) for to in reach}
            assert own == wanted or name == "now", f"{name} of {key}, page {at + 1}"


def test_every_page_but_the_first_card_has_a_way_back(localized, words):
    for name, key, page, card in localized.card_index.all():
        if name in {"pain", "shared", "help", "about", "bystander", "routine"} and (name, page) != ("pain", 1):
            continue
        if (name, key, page) == ("ladder", "all", 0):
            continue  # it stands beside the answer that opened it
        backs = [item for item in buttons(card) if item.label == words("page-back")]
        assert [CustomId.parse(item.custom_id).action for item in backs] == ["advice.turn"], f"{name} of {key}, {page}"


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


def test_all_warning_signs_are_on_the_pages_for_all_warning_signs_or_in_a_group_that_opens_there(localized, library):
    for area in library.areas.values():
        pages = [card for name, key, _, card in localized.card_index.all() if (name, key) == ("signs", area.id)]
        groups = [f"core-{group.id}" for group in library.triage.core]
        opened = [card for name, key, _, card in localized.card_index.all() if name in groups and key == area.id]
        whole, behind = ("\n".join(text for card in cards for text in texts(card)) for cards in (pages, opened))
        missing = [sign.short for sign in library.signs(area) if f"- {sign.short}" not in whole + behind]
        assert missing == [], area.id
        assert all(f"- {sign.short}" in whole for sign in library.own_signs(area)), area.id
        assert all(f"- {group.name}" in whole for group in library.triage.core)
        at, grouped = 0, {flag.id for group in library.triage.core for flag in library.core_flags(group)}
        for sign in (sign for sign in library.signs(area) if sign.flag.id not in grouped):
            at = whole.index(f"- {sign.short}", at) + 1  # raises ValueError when it stands before the one before it
