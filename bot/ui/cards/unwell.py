"""Cards that are about no one area: feeling ill, everyday pages, several pages named, words for a bystander."""

from collections.abc import Sequence
from typing import Final

from discord import SelectOption, ui

from bot.advice.disposition import Disposition
from bot.advice.freetext.search import Page
from bot.advice.library import Library
from bot.advice.model import Alarm, Area, EverydayPage
from bot.ui.cards.parts import (
    UNWELL,
    Block,
    Card,
    box,
    bullets,
    button,
    menu,
    row,
    small,
    typed,
    unwell_button,
)
from bot.ui.cards.style import CALM, DANGER, PLAIN, PRIMARY, STOP
from bot.ui.catalog import Catalog
from bot.ui.custom_id import custom_id

#: Where a place that is chosen from several leads, by command; elsewhere to its card.
GOES_ON: Final = {"triage": "check.begin", "canirun": "run.begin"}


def unwell(library: Library, words: Catalog) -> Card:
    """What cannot wait whatever hurts, as the check asks it; then who to ask, and what else runners ask."""
    buttons = row(
        button(words("stop-yes"), "advice.open", "now", UNWELL, 0, style=DANGER),
        button(words("unwell-through"), "check.start", style=PRIMARY),
        button(words("unwell-somebody"), "advice.open", "bystander", UNWELL, 0),
    )
    groups = bullets(group.name for group in library.triage.core)
    stop = box(STOP, f"## {words('unwell-title')}", groups, small(words("stop-not-sure")), buttons)
    return Card(stop, *otherwise(library, words))


def otherwise(library: Library, words: Catalog) -> tuple[ui.Container[Card], ui.Container[Card]]:
    """Nothing of that, but ill or worried; and what else runners ask."""
    ask = bullets((words("unwell-very-ill"), words("unwell-not-sure"), words("unwell-fever")))
    pages = [SelectOption(label=page.name, value=page.id) for page in library.everyday.values()]
    choice = menu(custom_id("advice.pick"), words("unwell-everyday-choose"), pages, most=1)
    return (
        box(PLAIN, f"### {words('unwell-ask')}\n{ask}"),
        box(CALM, f"### {words('unwell-everyday')}", choice),
    )


def everyday(library: Library, page: EverydayPage, words: Catalog) -> Card:
    """An everyday page: what cannot wait, four lines, and when to be seen."""
    worries: dict[Disposition, list[str]] = {Disposition.EMERGENCY: [library.general.line]}
    for worry in page.worry:
        worries.setdefault(worry.disposition, []).append(worry.text)
    stop, *later = (
        f"**{words(f'everyday-{disposition}')}**\n{bullets(worries[disposition])}" for disposition in worries
    )
    places = [library.areas[area] for area in page.areas]
    open_buttons = [button(words("tip-area", area=area.name), "advice.open", "pain", area.id, 0) for area in places]
    blocks: list[Block] = [f"## {page.name}\n{bullets(page.lines)}", *later]
    blocks += [row(*open_buttons)] if open_buttons else []
    yes_button = row(button(words("stop-yes"), "advice.open", "now", UNWELL, 0, style=DANGER))
    return Card(box(STOP, stop, yes_button), box(CALM, *blocks, small(words("everyday-foot"))))


def several(pages: Sequence[Page], text: str, command: str, words: Catalog) -> Card:
    """Which of the pages that somebody named? None is chosen for them. `command`: what they wanted of it."""
    buttons = [_choice(page, command) for page in pages]
    title = words("several-title", text=typed(text), count=len(pages))
    return Card(box(PLAIN, f"## {title}", row(*buttons, unwell_button(words))))


def _choice(page: Page, command: str) -> ui.Button[Card]:
    if isinstance(page, Area) and command in GOES_ON:
        return button(page.name, GOES_ON[command], page.id, style=PRIMARY)
    return button(page.name, "advice.open", "pain", page.id, 0, style=PRIMARY)


def bystander(library: Library, alarms: Sequence[Alarm] = ()) -> Card:
    """What to do for somebody else, said to whoever stands beside them: breathing first, then what was told."""
    spoken, signs = library.bystander, {flag for alarm in alarms for flag in alarm.flags}
    told = [first.say for first in spoken.first if signs & set(first.flags)]
    breathing, *rest = spoken.steps
    lines = enumerate((spoken.call, breathing, *told, *rest), start=1)
    return Card(box(STOP, f"## {spoken.title}\n" + "\n".join(f"{at}. {line}" for at, line in lines)))
