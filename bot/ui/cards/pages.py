"""Cards in pages, none higher than a phone's screen shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from discord import Colour, ui

from bot.errors import OutOfDate
from bot.ui.cards.heights import AIR, BOX, BUTTON_ROW, FRAME, GAP, Part, fitting, text_height
from bot.ui.cards.parts import Block, Card, air, answer_rows, box, button, row, small
from bot.ui.cards.style import PRIMARY
from bot.ui.catalog import Catalog
from bot.ui.custom_id import whole_number
from bot.ui.limits import PAGE, PHONE


def rows_height(buttons: Iterable[ui.Button[Card]]) -> int:
    """How high buttons stand that wrap on a phone, in px."""
    return BUTTON_ROW * sum(1 for _ in answer_rows(buttons))


def joined(parts: Iterable[Part]) -> list[Block]:
    """Their texts; those of a list as one."""
    by_kind = groupby(parts, key=lambda part: part.text.startswith("- "))
    return [
        block
        for is_list, group in by_kind
        for block in (["\n".join(part.text for part in group)] if is_list else [part.text for part in group])
    ]


def older_row(action: str, page: int, words: Catalog, *arguments: object, more: bool) -> list[Block]:
    """*Back* and *Older* of a list, the newest first. `arguments`: what stands before the page in their ids."""
    turns = [button(words("page-back"), action, *arguments, page - 1)] if page else []
    turns += [button(words("entries-older"), action, *arguments, page + 1, style=PRIMARY)] if more else []
    return [row(*turns)] if turns else []


def numbered_page(pages: Sequence[Card], number: str) -> Card:
    """The page that a button names, counted from 0. Raises OutOfDate where there is none, or none any more."""
    at = whole_number(number)
    if at >= len(pages):
        raise OutOfDate
    return pages[at]


def split_into_pages(blocks: Sequence[str], most: int = PAGE, gap: int = 0) -> list[list[str]]:
    """Blocks in order, as many to a page as `most` px hold with `gap` px after each; a block is never cut.

    >>> [len(page) for page in split_into_pages(["x\\n" * 10] * 5, most=500)]
    [2, 2, 1]
    """
    pages: list[list[str]] = []
    used = 0
    for block in blocks:
        height = text_height(block) + gap
        if pages and used + height <= most:
            pages[-1].append(block)
            used += height
        else:
            pages.append([block])
            used = height
    return pages


@dataclass(frozen=True, slots=True)
class PagedCard:
    """A longer card: what stays the same on every page. No page is higher than a phone's screen shows."""

    colour: Colour
    title: str
    name: str  # with `key`, the card's place in the CardIndex
    key: str
    back: ui.Button[Card]  # of the first page: to where it was opened
    foot: str = ""
    airy: bool = True  # room between the blocks
    buttons: Sequence[ui.Button[Card]] = ()  # on every page
    last_buttons: Sequence[ui.Button[Card]] = ()  # on the last page
    last_menu: ui.ActionRow[Card] | None = None  # on the last page

    def pages(self, blocks: Sequence[str], words: Catalog) -> list[Card]:
        """The card as pages with Back and Next."""
        rows = rows_height((*self.buttons, *self.last_buttons, self.back)) + (BUTTON_ROW if self.last_menu else 0)
        fixed = text_height(f"## {self.title}\n-# 1\n{small(self.foot)}") + rows + BOX
        air_between = AIR * 4 if self.airy else 0
        texts = split_into_pages(blocks, PHONE - fixed - air_between)
        return [self._page(texts, at, words) for at in range(len(texts))]

    def _page(self, texts: Sequence[Sequence[str]], at: int, words: Catalog) -> Card:
        heading, last = f"## {self.title}", at == len(texts) - 1
        if len(texts) > 1:
            heading += "\n" + small(words("page", number=at + 1, pages=len(texts)))
        body: list[Block] = ["\n".join(texts[at])]
        if self.airy:
            body = [block for text in texts[at] for block in (air(), text)]
        menus = [self.last_menu] if last and self.last_menu else []
        rows = answer_rows(self._buttons(at, words, last=last))
        return Card(box(self.colour, heading, *body, *menus, *rows, *([small(self.foot)] if self.foot else [])))

    def _buttons(self, page: int, words: Catalog, *, last: bool) -> list[ui.Button[Card]]:
        back = button(words("page-back"), "advice.turn", self.name, self.key, page - 1) if page else self.back
        if last:
            return [*self.buttons, *self.last_buttons, back]
        onward = button(words("page-next"), "advice.turn", self.name, self.key, page + 1, style=PRIMARY)
        return [*self.buttons, back, onward]


@dataclass(frozen=True, slots=True)
class ResultPages:
    """A result of the symptom check: what cannot be left out on the first page, the rest on those after it.

    What stands on the first in its shorter form stands whole on the next.
    """

    colour: Colour
    title: str
    session: str  # the id of the check, whose result each page is made from again
    buttons: Sequence[ui.Button[Card]]
    foot: str
    below: int = 0  # px that are left free under each page but the first

    def pages(self, parts: Sequence[Part], words: Catalog) -> list[Card]:
        """The first page with `buttons` and the foot; Back leads back to it."""
        left, pages = [*parts], list[Sequence[Part]]()
        while left:
            fits, rest = fitting(left, self._room(first=not pages))
            pages.append(fits or left)
            left = [replace(part, rank=1, shorter="") for part in rest] if fits else []
        return [self._page(pages, at, words) for at in range(len(pages))]

    def leaves_room(self, parts: Sequence[Part]) -> bool:
        """Whether `below` is free under all of them on one page."""
        needed = [replace(part, rank=1) for part in parts]
        return not fitting(needed, self._room(first=True) - self.below)[1]

    def _room(self, *, first: bool) -> int:
        room = PHONE - FRAME - text_height(f"## {self.title}") - GAP
        if not first:
            return room - BUTTON_ROW - self.below
        rows = BUTTON_ROW * (1 if len(self.buttons) == 1 else 2)
        return room - rows - text_height(small(self.foot)) - GAP

    def _page(self, pages: Sequence[Sequence[Part]], at: int, words: Catalog) -> Card:
        buttons = [button(words("page-back"), "check.page", self.session, at - 1)] if at else [*self.buttons]
        if at + 1 < len(pages):
            label = words("page-next" if at else "result-more")
            buttons.append(button(label, "check.page", self.session, at + 1, style=PRIMARY))
        foot = [] if at else [small(self.foot)]
        return Card(box(self.colour, f"## {self.title}", *joined(pages[at]), *answer_rows(buttons), *foot))
