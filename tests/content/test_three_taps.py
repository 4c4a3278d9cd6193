"""What a founding fact tells a runner to do or to look for is three presses away at most.

Counted from the card, over what is shown before any question; else, and for all of the headache page, from the end of
the check. `facts/<area>.yaml` says where each fact stands in the content.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from discord import ui
from pydantic import TypeAdapter

from bot.advice.model.base import Prose
from bot.ui.custom_id import CustomId
from bot.ui.locales import LocalizedContent
from tests.support.seed_facts import AREA_OF_SEED, TABLES, resolve

PRESSES = 3

#: Facts that are rules, doses, fixes, exercises, cues or signs: what speaks to a runner.
SPOKEN = {
    "S1": (3, 7, 12, 13, 16, 17, 22, 23, 24, 26, 27, 29, 30, 33, 34, 35),
    "S2": (6, 7, 8, 9, 13, 14, 15, 17, 19, 21),
    "S3": (2, 4, 13, 24, 25, 27, 28, 29, 30, 31, 32, 33, 34, 36, 37, 38, 39, 40, 41, 42, 44, 45, 46, 47, 48),
    "S4": (16, 17, 18, 19, 20, 21, 22, 23, 24, 28, 30, 32, 34, 36, 37, 38, 40, 41),
    "S5": (4, 5, 6, 10, 11, 13, 15, 16, 17, 18, 19, 20, 21),
}
FACTS = [f"{seed}.{number}" for seed, numbers in SPOKEN.items() for number in numbers]

Place = tuple[str, str, int]


@pytest.fixture(scope="module")
def near(localized: LocalizedContent) -> dict[str, str]:
    """By area: every text that so few presses bring up."""
    found = {}
    for area in localized.library.areas.values():
        card = _within(localized, ("pain", area.id, 0), PRESSES)
        checked = _within(localized, ("exercises", area.id, 0), PRESSES - 1)  # the end of the check opens it
        places = checked if area.screen_first else card | checked
        found[area.id] = " ".join(_shown(localized, place) for place in sorted(places))
    return found


def _within(localized: LocalizedContent, start: Place, presses: int) -> set[Place]:
    seen, edge = {start}, {start}
    for _ in range(presses):
        edge = {way for place in edge for way in _ways(localized, place)} - seen
        seen |= edge
    return seen


def _ways(localized: LocalizedContent, place: Place) -> Iterator[Place]:
    for item in localized.card_index.card(*place).walk_children():
        pressed = CustomId.parse(getattr(item, "custom_id", None) or "")
        if pressed and pressed.action in {"advice.open", "advice.turn"}:
            name, key, page = pressed.arguments
            yield name, key, int(page)
        elif isinstance(item, ui.Select) and pressed and pressed.action == "advice.choose":
            for option in item.options:
                name, key, page = option.value.split(".")
                yield name, key, int(page)


def _shown(localized: LocalizedContent, place: Place) -> str:
    card = localized.card_index.card(*place)
    return " ".join(item.content for item in card.walk_children() if isinstance(item, ui.TextDisplay))


def _texts(value: Any) -> Iterator[str]:
    """Every sentence of a piece of content, with the apostrophes of a card."""
    if isinstance(value, str) and len(value) > 20:
        yield TypeAdapter(Prose).validate_python(" ".join(value.split()))
    elif isinstance(value, dict):
        for entry in value.values():
            yield from _texts(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from _texts(entry)


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_that_speaks_to_a_runner_is_three_presses_away(
    near: dict[str, str], written: dict[str, Any], fact: str
) -> None:
    area = AREA_OF_SEED[fact.split(".", maxsplit=1)[0]]
    home = TABLES[area][fact]

    assert isinstance(home, list), "it speaks to nobody"
    assert [text for address in home for text in _texts(resolve(address, written)) if text in near[area]], home


def test_heat_pillow_painkillers_and_moving_stand_on_the_headache_page(localized: LocalizedContent) -> None:
    shown = _shown(localized, ("exercises", "neck_headache", 0))

    for word in ("hot shower", "pillow", "painkiller", "get up and move"):
        assert word in shown, word
