"""The parts cards are made of: texts, rows of buttons, menus, pages."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from typing import Any, Final, Self

from discord import ButtonStyle, Colour, SelectOption, ui
from discord.utils import escape_markdown

from bot.advice.library import Library
from bot.triage.flow import PAINS
from bot.ui.cards.style import PRIMARY, QUIET
from bot.ui.catalog import Catalog
from bot.ui.custom_id import custom_id
from bot.ui.limits import PAGE, PHONE

BUTTONS = 5  # in a row, at most
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
    """Room between two texts, without a line."""
    return ui.Separator(visible=False)


def picture_block(file: str, alt: str) -> ui.MediaGallery[Card]:
    """An attached picture; `alt` says what it shows, for who cannot see it."""
    gallery: ui.MediaGallery[Card] = ui.MediaGallery()
    gallery.add_item(media=f"attachment://{file}", description=alt)
    return gallery


def button(label: str, action: str, *arguments: object, style: ButtonStyle = QUIET) -> ui.Button[Card]:
    return ui.Button(label=label, style=style, custom_id=custom_id(action, *arguments))


def row(*buttons: ui.Button[Card]) -> ui.ActionRow[Card]:
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
    """*Check in*."""
    return row(button(words("diary-checkin"), "checkin.start", style=PRIMARY))


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


def area_menu(library: Library, action: str, words: Catalog, *arguments: object) -> ui.ActionRow[Card]:
    """Every area there is, after *I feel ill, or something else*."""
    areas = [SelectOption(label=area.title, value=area.id) for area in library.areas.values()]
    return menu(custom_id(action, *arguments), words("check-where-choose"), [unwell_option(words), *areas], most=1)


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
    return "\n".join(f"- {line}" for line in lines)


def small(text: str) -> str:
    """Discord's subtext, line by line."""
    return "\n".join(f"-# {line}" for line in text.splitlines())


def shortened(text: str, most: int) -> str:
    """At most so many characters; a text that is cut ends with an ellipsis."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def typed(text: str, most: int = 60) -> str:
    """What a person typed, made harmless: no Markdown, no mention, no line break, not too long."""
    flat = " ".join("".join(mark for mark in " ".join(text.split()) if mark.isprintable()).split())
    escaped = escape_markdown(shortened(flat, most))
    unmentioned = re.sub(r"@(?=everyone|here)", "@\u200b", escaped, flags=re.IGNORECASE)
    return unmentioned.replace("<", "‹").replace(">", "›")  # no other mention works without them


# A phone of 390 px: how high things stand in a box, measured in the demo's page.
BOX, BUTTON_ROW, MESSAGE_HEAD = 60, 44, 34  # px: frame and its padding, and so on
AIR = 12  # px: an empty line between two texts
#: Of letters 16 px high, by how wide they are.
LETTERS = {4.3: " !',.:;I`ijl’·", 6.0: '"()-/?J[]frt“”', 8.9: "EFLSTacekxsvyz–", 12.2: "&DGHNOQUw", 15.0: "%@MWm…"}
LETTER, BOLD = 9.8, 1.08  # any other, and how much wider a bold one is
WIDTH_OF = {letter: width for width, letters in LETTERS.items() for letter in letters}
#: What a line begins with: the room for its words, how large they are, how high a line is, and what is around it.
LINE_KINDS = {"## ": (265, 1.33, 24, 8), "### ": (265, 1.17, 22, 6), "-# ": (265, 0.88, 19.25, 0)}
LINE_KINDS |= {"- ": (241, 1, 22, 2), "": (265, 1, 22, 0)}


def text_height(text: str) -> int:
    """How high a text stands on a phone, in px; a little too much rather than too little.

    >>> text_height("One line"), text_height("- A bullet that most likely needs two lines")
    (22, 46)
    """
    height = 0.0
    for line in text.splitlines():
        mark = "- " if re.match(r"\d+\. ", line) else next(mark for mark in LINE_KINDS if line.startswith(mark))
        room, scale, high, around = LINE_KINDS[mark]
        height += high * _lines(line.removeprefix(mark), room / scale) + around
    return round(height)


def _lines(text: str, room: float) -> int:
    """How many lines words take that are set 16 px high."""
    lines, used, bold = 1, 0.0, False
    for word in text.split():
        bold = bold or word.startswith("**")
        letters = re.sub(r"\*\*|\\", "", word)
        width = sum(WIDTH_OF.get(letter, LETTER) for letter in letters) * (BOLD if bold else 1)
        bold = bold and "**" not in word[2:]
        used += width + WIDTH_OF[" "] if used else width
        if used > room:
            lines += max(1, int(width // room))
            used = width % room
    return lines


def rows_height(buttons: Iterable[ui.Button[Card]]) -> int:
    """How high buttons stand that wrap on a phone, in px."""
    return BUTTON_ROW * sum(1 for _ in answer_rows(buttons))


@dataclass(frozen=True, slots=True)
class Part:
    """A text of a card, and how much it matters there: 0 stays whatever else has to go."""

    text: str
    rank: int = 0


FRAME, GAP = 36, 8  # px: the padding of a box, what is between two texts


def fitting(parts: Sequence[Part], room: int) -> tuple[list[Part], list[Part]]:
    """What fits into so many px, and what does not, each in its order. What matters less never stands before more.

    >>> fitting([Part("Always"), Part("Perhaps", 2), Part("If it fits", 1)], 70)[0]
    [Part(text='Always', rank=0), Part(text='If it fits', rank=1)]
    """
    kept, height = set[int](), 0
    for at in sorted(range(len(parts)), key=lambda at: parts[at].rank):
        height += text_height(parts[at].text) + (0 if parts[at].text.startswith("- ") else GAP)
        if parts[at].rank and height > room:
            break
        kept.add(at)
    fits = [part for at, part in enumerate(parts) if at in kept]
    return fits, [part for at, part in enumerate(parts) if at not in kept]


def joined(parts: Iterable[Part]) -> list[Block]:
    """Their texts; those of a list as one."""
    by_kind = groupby(parts, key=lambda part: part.text.startswith("- "))
    return [
        block
        for is_list, group in by_kind
        for block in (["\n".join(part.text for part in group)] if is_list else [part.text for part in group])
    ]


def split_into_pages(blocks: Sequence[str], most: int = PAGE) -> list[list[str]]:
    """Blocks in order, as many to a page as `most` px hold; a block is never cut.

    >>> [len(page) for page in split_into_pages(["x\\n" * 10] * 5, most=500)]
    [2, 2, 1]
    """
    pages: list[list[str]] = []
    used = 0
    for block in blocks:
        height = text_height(block)
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
    """A result of the symptom check: what cannot be left out on the first page, the rest on those after it."""

    colour: Colour
    title: str
    session: str  # the id of the check, whose result each page is made from again
    buttons: Sequence[ui.Button[Card]]
    foot: str

    def pages(self, parts: Sequence[Part], words: Catalog) -> list[Card]:
        """The first page with `buttons` and the foot; Back leads back to it."""
        left, pages = [*parts], list[Sequence[Part]]()
        while left:
            fits, rest = fitting(left, self._room(first=not pages))
            pages.append(fits or left)
            left = [replace(part, rank=1) for part in rest] if fits else []
        return [self._page(pages, at, words) for at in range(len(pages))]

    def _room(self, *, first: bool) -> int:
        room = PHONE - FRAME - text_height(f"## {self.title}") - GAP
        if not first:
            return room - BUTTON_ROW
        return room - BUTTON_ROW * (1 if len(self.buttons) == 1 else 2) - text_height(small(self.foot)) - GAP

    def _page(self, pages: Sequence[Sequence[Part]], at: int, words: Catalog) -> Card:
        buttons = [button(words("page-back"), "check.page", self.session, at - 1)] if at else [*self.buttons]
        if at + 1 < len(pages):
            label = words("page-next" if at else "result-more")
            buttons.append(button(label, "check.page", self.session, at + 1, style=PRIMARY))
        foot = [] if at else [small(self.foot)]
        return Card(box(self.colour, f"## {self.title}", *joined(pages[at]), *answer_rows(buttons), *foot))
