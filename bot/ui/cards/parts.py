"""The pieces cards are made of."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Self

from discord import ButtonStyle, Colour, SelectOption, ui
from discord.utils import escape_markdown

from bot.advice.library import Library
from bot.ui.cards.style import PRIMARY, QUIET
from bot.ui.catalog import Catalog
from bot.ui.custom_id import custom_id
from bot.ui.limits import PAGE


class Card(ui.LayoutView):
    """A layout that is built once and sent many times.

    Presses are routed by `custom_id` (see `bot.ui.router`), so discord.py's view store must not keep one entry for
    every message: a view that says it is finished is sent and forgotten.
    """

    def __init__(self, *boxes: ui.Container[Self]) -> None:
        super().__init__(timeout=None)
        for box in boxes:
            self.add_item(box)

        self._built: list[dict[str, Any]] | None = None

    def is_finished(self) -> bool:
        return True

    def to_components(self) -> list[dict[str, Any]]:
        """What Discord is sent; worked out once, since a card never changes."""
        if self._built is None:
            self._built = super().to_components()  # type: ignore[no-untyped-call]
        return self._built


class StackedCard(Card):
    """Several cards as one message. Each stays what it is, also while it is sent elsewhere."""

    def __init__(self, *cards: Card) -> None:
        self._cards = cards
        super().__init__()
        self._built = [part for card in cards for part in card.to_components()]

    def has_components_v2(self) -> bool:
        return True

    def walk_children(self) -> Iterator[ui.Item[Any]]:  # type: ignore[override]  # wider than a generator
        return chain.from_iterable(card.walk_children() for card in self._cards)


Block = str | ui.Separator[Card] | ui.ActionRow[Card] | ui.MediaGallery[Card] | ui.File[Card]


def box(colour: Colour | None, *blocks: Block) -> ui.Container[Card]:
    """A coloured frame round texts, rules and rows of buttons."""
    frame: ui.Container[Card] = ui.Container(accent_colour=colour)
    for block in blocks:
        frame.add_item(ui.TextDisplay(block) if isinstance(block, str) else block)
    return frame


def rule() -> ui.Separator[Card]:
    return ui.Separator()


def air() -> ui.Separator[Card]:
    """A little room between two texts, without a line."""
    return ui.Separator(visible=False)


def button(label: str, action: str, *arguments: object, style: ButtonStyle = QUIET) -> ui.Button[Card]:
    return ui.Button(label=label, style=style, custom_id=custom_id(action, *arguments))


def row(*buttons: ui.Button[Card]) -> ui.ActionRow[Card]:
    return ui.ActionRow(*buttons)


def bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def small(text: str) -> str:
    """Discord's subtext, line by line."""
    return "\n".join(f"-# {line}" for line in text.splitlines())


def typed(text: str, most: int = 60) -> str:
    """What a person typed, made harmless: no Markdown, no mention, no line break, not too long."""
    flat = " ".join("".join(mark for mark in " ".join(text.split()) if mark.isprintable()).split())
    cut = flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"
    calm = re.sub(r"@(?=everyone|here)", "@\u200b", escape_markdown(cut), flags=re.IGNORECASE)
    return calm.replace("<", "‹").replace(">", "›")  # no other mention works without them


BLOCKS = 14  # texts on a page: with the air between them they stay well below Discord's 40 components


def pages(blocks: Sequence[str], most: int = PAGE) -> list[list[str]]:
    """Blocks in order, as many to a page as fit; a block is never cut.

    >>> [len(page) for page in pages(["x" * 900] * 5)]
    [2, 2, 1]
    """
    packed: list[list[str]] = []
    for block in blocks:
        if packed and len(packed[-1]) < BLOCKS and sum(map(len, packed[-1])) + len(block) <= most:
            packed[-1].append(block)
        else:
            packed.append([block])
    return packed


@dataclass(frozen=True, slots=True)
class PagedCard:
    """What stays the same on every page of a longer card."""

    colour: Colour
    title: str
    name: str  # with `key`, the card's place in the deck
    key: str
    foot: str
    airy: bool = True  # room between the blocks
    at_the_end: Sequence[ui.Button[Card]] = ()
    front: Card | None = None  # a page before the others, made elsewhere


def paged(sheet: PagedCard, blocks: Sequence[str], words: Catalog) -> list[Card]:
    """A longer card as pages with Back and Next."""
    packed: list[list[str]] = pages(blocks)
    fronts = [sheet.front] if sheet.front else []
    return [*fronts, *(_page(sheet, at, packed, words) for at in range(len(packed)))]


def _page(sheet: PagedCard, at: int, packed: Sequence[Sequence[str]], words: Catalog) -> Card:
    heading = f"## {sheet.title}"
    if len(packed) > 1:
        heading += "\n" + small(words("page", number=at + 1, pages=len(packed)))
    body: list[Block] = [part for text in packed[at] for part in ((air(), text) if sheet.airy else (text,))]
    buttons = []
    place = at + (1 if sheet.front else 0)
    if place > 0:
        buttons.append(button(words("page-back"), "advice.turn", sheet.name, sheet.key, place - 1))
    if at < len(packed) - 1:
        buttons.append(button(words("page-next"), "advice.turn", sheet.name, sheet.key, place + 1, style=PRIMARY))
    else:
        buttons += sheet.at_the_end
    turns = [row(*buttons)] if buttons else []
    return Card(box(sheet.colour, heading, *body, *turns, small(sheet.foot)))


def menu(
    name: str, placeholder: str, options: Sequence[SelectOption], *, least: int = 1, most: int | None = None
) -> ui.ActionRow[Card]:
    """A menu; without `most`, any number may be ticked."""
    select: ui.Select[Card] = ui.Select(
        custom_id=name,
        placeholder=placeholder,
        options=list(options),
        min_values=least,
        max_values=most or len(options),
    )
    return ui.ActionRow(select)


def places(library: Library, action: str, words: Catalog) -> ui.ActionRow[Card]:
    """A menu of every area there is."""
    options = [SelectOption(label=area.title, value=area.id) for area in library.areas.values()]
    return menu(custom_id(action), words("check-where-choose"), options, most=1)
