"""Discord's limits, in one place, with where each is written down.

Numbers are from Discord's documentation: developers/components/reference and developers/resources/message.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from discord import ui

TEXT = 4000  # characters over all text of one Components V2 message (discord.py does not check)
COMPONENTS = 40  # components of one message, nested ones included
LABEL = 80  # a button's label
FORM_LABEL = 45  # a form's title, and the label of a field
FORM_TEXT = 4000  # characters in one field of a form
CUSTOM_ID = 100
ALT = 1024  # characters that describe a picture
CHOICE = 100  # an autocomplete choice's name or value
MOST_CHOICES = 25  # of one autocomplete

PHONE = 640  # our own: px a card may be high on a phone of 390 px, so that it is seen whole on arrival
PAGE = 380  # our own: px of text on one page of a longer card
TRANSLATION = 1.3  # a translation may be this much longer than English

BASE_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Size:
    """What a card weighs: characters of text, and components with the nested ones."""

    text: int
    components: int


def size(view: ui.LayoutView) -> Size:
    """Measure a card as Discord counts it."""
    return size_of(list(flat(view.to_components())))  # type: ignore[no-untyped-call]


def size_of(components: Sequence[dict[str, Any]]) -> Size:
    """The same of components that `flat` has laid out."""
    return Size(sum(len(component.get("content", "")) for component in components), len(components))


def flat(components: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Components as Discord is sent them, with those inside them."""
    for component in components:
        yield component
        yield from flat(component.get("components", ()))


def text_budget(language: str) -> int:
    """Characters one card may hold; English leaves room for a longer translation."""
    return int(TEXT / TRANSLATION) if language == BASE_LANGUAGE else TEXT
