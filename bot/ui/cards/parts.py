"""The parts cards are made of: texts, rows of buttons, menus, pages."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property
from itertools import chain
from typing import Any, Final, NamedTuple, Self
from zlib import crc32

import orjson
from discord import ButtonStyle, Colour, ComponentType, SelectOption, ui
from discord.utils import escape_markdown

from bot.advice.library import Library
from bot.advice.model import Figure
from bot.triage.flow import PAINS
from bot.typed_text import sanitized, shortened
from bot.ui.cards.style import PRIMARY, QUIET
from bot.ui.catalog import Catalog
from bot.ui.custom_id import custom_id
from bot.ui.limits import CHOICE

BUTTONS = 5  # in a row, at most
MOST_NUMBER: Final = 2**31 - 1  # of a component's id
BUTTON: Final = ComponentType.button.value
FIGURE: Final = "figure-"  # begins the name of the file of a figure
PHONE_WIDTH, MARGIN = 44, 4  # in characters: of a row on a phone, and round a button's label

#: What stands for "I feel ill, or something else" where an area's id could stand.
UNWELL: Final = "unwell"


class Card(ui.LayoutView):
    """A layout that is built once and sent many times.

    Presses are routed by `custom_id` (see `bot.ui.router`), so discord.py's view store must not keep one entry for
    every message: a view that says it is finished is sent and forgotten.
    """

    def __init__(self, *parts: ui.Container[Self] | ui.ActionRow[Self] | ui.MediaGallery[Self] | str) -> None:
        super().__init__(timeout=None)
        for part in parts:
            self.add_item(ui.TextDisplay(part) if isinstance(part, str) else part)

        self._built: list[dict[str, Any]] | None = None

    def is_finished(self) -> bool:
        return True

    def to_components(self) -> list[dict[str, Any]]:
        """What Discord is sent; worked out once, since a card never changes."""
        if self._built is None:
            self._built = _numbered(super().to_components())  # type: ignore[no-untyped-call]
        return self._built

    @cached_property
    def parts(self) -> tuple[ui.Item[Any], ...]:
        """Each of them, before those inside it."""
        return tuple(self.walk_children())

    @cached_property
    def figures(self) -> "tuple[FigureBlock, ...]":
        """Those that stand for a figure."""
        return tuple(part for part in self.parts if isinstance(part, FigureBlock))


class StackedCard(Card):
    """Several cards as one message. Each stays what it is, also while it is sent elsewhere."""

    def __init__(self, *cards: Card, showing: int = 0) -> None:
        """`showing`: another one each time that cards take each other's place in one message; see `_numbered`."""
        self._cards = cards
        super().__init__()
        self._built = _numbered((part for card in cards for part in card.to_components()), showing)

    def has_components_v2(self) -> bool:
        return True

    def walk_children(self) -> Iterator[ui.Item[Any]]:  # type: ignore[override]  # wider than a generator
        return chain.from_iterable(card.walk_children() for card in self._cards)


class CardPattern:
    """A card from which others are made that differ in a text or an id: much cheaper than from their parts."""

    def __init__(self, card: Card) -> None:
        self._card = card
        self._json = orjson.dumps(card.to_components()).decode()

    def filled(self, texts: Mapping[str, str], ids: tuple[str, str]) -> Card:
        """With other texts in the place of these, each of which is all of its block.

        `ids`: one that stands in buttons and menus, and nowhere else, and the one instead.
        """
        built = self._json.replace(*ids)
        for text, other in texts.items():
            built = built.replace(_content(text), _content(other))
        card = copy(self._card)
        card._built = orjson.loads(built)
        return card


class FigureBlock(ui.MediaGallery[Card]):
    """A block for a card that stands for one figure; whoever sends the card attaches the file."""

    def __init__(self, figure: Figure, alt: str) -> None:
        super().__init__()
        self.figure = figure
        self.file = f"{FIGURE}{figure.id}.png"
        self.add_item(media=f"attachment://{self.file}", description=alt)


def _content(text: str) -> str:
    """As it stands in JSON."""
    return f'"content":{orjson.dumps(text).decode()}'


def _numbered(parts: Iterable[dict[str, Any]], showing: int = 0) -> list[dict[str, Any]]:
    """A copy in which each button and menu has a number by what it is, and a menu by when it is shown, too.

    Numbered by their place, as Discord does, a menu would show what was chosen in the one that stood there before. And
    one that comes back with its old number would show the old choice, which cannot be chosen again.
    """
    taken: set[int] = set()

    def numbered(part: dict[str, Any]) -> dict[str, Any]:
        if name := part.get("custom_id"):
            number = crc32(f"{name} {0 if part['type'] == BUTTON else showing}".encode()) % MOST_NUMBER + 1
            while number in taken:
                number = number % MOST_NUMBER + 1
            taken.add(number)
            return {**part, "id": number}
        if inner := part.get("components"):
            return {**part, "components": [*map(numbered, inner)]}
        return part

    return [*map(numbered, parts)]


Block = str | ui.Separator[Card] | ui.ActionRow[Card] | ui.MediaGallery[Card] | ui.File[Card]


def box(colour: Colour | None, *blocks: Block) -> ui.Container[Card]:
    """A coloured frame round texts, rules and rows of buttons."""
    frame: ui.Container[Card] = ui.Container(accent_colour=colour)
    for block in blocks:
        frame.add_item(ui.TextDisplay(block) if isinstance(block, str) else block)
    return frame


def rule() -> ui.Separator[Card]:
    """A line between two texts."""
    return ui.Separator()


def air() -> ui.Separator[Card]:
    """Room between two texts, without a line."""
    return ui.Separator(visible=False)


def picture_block(file: str, alt: str) -> ui.MediaGallery[Card]:
    """An attached picture; `alt` says what it shows, for who cannot see it."""
    gallery: ui.MediaGallery[Card] = ui.MediaGallery()
    gallery.add_item(media=f"attachment://{file}", description=alt)
    return gallery


def button(label: str, action: str, *arguments: object, style: ButtonStyle = QUIET) -> ui.Button[Card]:
    """A button for the method with `@press(action)`, which takes the arguments as text."""
    return ui.Button(label=label, style=style, custom_id=custom_id(action, *arguments))


def row(*buttons: ui.Button[Card]) -> ui.ActionRow[Card]:
    """Buttons side by side, five at most."""
    return ui.ActionRow(*buttons)


def answer_rows(buttons: Iterable[ui.Button[Card]]) -> Iterator[ui.ActionRow[Card]]:
    """Buttons to choose from, in rows: short ones side by side, as a phone shows them; a long one alone."""
    line: list[ui.Button[Card]] = []
    for choice in buttons:
        width = sum(len(other.label or "") + MARGIN for other in (*line, choice))
        if line and (len(line) == BUTTONS or width > PHONE_WIDTH):
            yield row(*line)
            line = []
        line.append(choice)
    if line:
        yield row(*line)


def checkin_row(words: Catalog) -> ui.ActionRow[Card]:
    """The button that begins a check-in."""
    return row(button(words("diary-checkin"), "checkin.start", style=PRIMARY))


def menu(name: str, placeholder: str, options: Sequence[SelectOption], *, many: bool = False) -> ui.ActionRow[Card]:
    """A menu, from which one thing is chosen or, where `many` may be, any number."""
    most = len(options) if many else 1
    return ui.ActionRow(
        ui.Select(custom_id=name, placeholder=placeholder, options=list(options), min_values=1, max_values=most)
    )


class Resumption(NamedTuple):
    """A command that waits under the id `pending` for the answer to an option."""

    pending: str
    option: str


def area_menu(library: Library, action: str, words: Catalog, *arguments: object) -> ui.ActionRow[Card]:
    """Every area there is, after *I feel ill, or something else*."""
    areas = [SelectOption(label=area.title, value=area.id) for area in library.areas.values()]
    return menu(custom_id(action, *arguments), words("check-where-choose"), [unwell_option(words), *areas])


def zone_menu(custom_id: str, choices: Sequence[tuple[str, str]], words: Catalog) -> ui.ActionRow[Card]:
    """Time zones to choose from, each with what to show."""
    options = [SelectOption(label=label[:CHOICE], value=zone) for label, zone in choices]
    return menu(custom_id, words("setup-zone"), options)


def unwell_option(words: Catalog) -> SelectOption:
    """*I feel ill, or something else*, first in a list of places."""
    return SelectOption(label=words("unwell"), value=UNWELL)


def unwell_button(words: Catalog) -> ui.Button[Card]:
    """The same as a button."""
    return button(words("unwell"), "advice.open", "pain", UNWELL, 0)


def pain_options(words: Catalog, chosen: str | None = None) -> list[SelectOption]:
    """Every pain from 0 to 10, as a menu offers it."""
    return [
        SelectOption(label=words("check-pain-level", level=int(pain)), value=pain, default=pain == chosen)
        for pain in PAINS
    ]


def bullets(lines: Iterable[str]) -> str:
    """A list in Markdown, an item a line."""
    return "\n".join(f"- {line}" for line in lines)


def small(text: str) -> str:
    """Discord's subtext, line by line."""
    return "\n".join(f"-# {line}" for line in text.splitlines())


#: Where anything but a link begins that Discord would put something else in the place of: <@1>, <t:0>, </pain:1>.
_MENTIONING = re.compile(r"<(?!https?://)(?=[@#/]|[^\s\d][^<>]*>)", re.IGNORECASE)


def escaped(text: str, most: int = 60) -> str:
    """What a person typed, made harmless: no Markdown, no mention, no line break, not too long; see `sanitized`."""
    unmentioned = re.sub(r"@(?=everyone|here)", "@\u200b", shortened(sanitized(text), most), flags=re.IGNORECASE)
    return escape_markdown(_MENTIONING.sub("‹", unmentioned))
