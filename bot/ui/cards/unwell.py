"""Cards that are about no one area: feeling ill, everyday pages, several pages named, words for a bystander."""

from collections.abc import Sequence

from discord import SelectOption, ui

from bot.advice.disposition import Disposition
from bot.advice.freetext.search import Page
from bot.advice.library import Library
from bot.advice.model import Alarm, Area, EverydayPage
from bot.ui.cards.area import now_pages
from bot.ui.cards.parts import (
    UNWELL,
    Card,
    Resumption,
    answer_rows,
    box,
    bullets,
    button,
    escaped,
    menu,
    row,
    small,
    unwell_button,
)
from bot.ui.cards.style import DANGER, PLAIN, PRIMARY, STOP
from bot.ui.catalog import Catalog
from bot.ui.custom_id import custom_id

FROM_UNWELL = f"-{UNWELL}"  # ends the key of an everyday page that was opened from *I feel ill*


def unwell(library: Library, words: Catalog) -> Card:
    """What cannot wait whatever hurts, as the check asks it; then who to ask, and what else runners ask."""
    return Card(
        f"## {words('unwell')}",
        *_any_of_these(library, words("unwell-title"), words),
        _everyday_menu(library, "advice.pick", words, FROM_UNWELL),
    )


def unclear(library: Library, say: str, words: Catalog, area: str | None = None) -> Card:
    """The same for words that only may tell of danger: what cannot wait, and whom to call in a crisis.

    `area`: the place they named; a check that is begun here is about that place.
    """
    return Card(*_any_of_these(library, say, words, area), small(words("unknown-crisis")))


def _any_of_these(
    library: Library, title: str, words: Catalog, area: str | None = None
) -> tuple[ui.Container[Card] | ui.ActionRow[Card] | str, ...]:
    groups = bullets(group.name for group in library.triage.core)
    stop = box(STOP, f"**{title}**\n{groups}")
    first = row(
        button(words("stop-yes"), "advice.open", "now", UNWELL, 0, style=DANGER),
        button(words("unwell-through"), *(("check.begin", area) if area else ("check.start",)), style=PRIMARY),
    )
    others = row(
        button(words("unwell-somebody"), "advice.open", "bystander", UNWELL, 0),
        button(words("unwell-worried"), "advice.open", "worried", UNWELL, 0),
    )
    return stop, words("unwell-first"), first, others


def worried(words: Catalog) -> Card:
    """None of what cannot wait, but ill or worried: who to ask."""
    return Card(box(PLAIN, f"### {words('unwell-ask')}\n{_who_to_ask(words)}", row(back_to_unwell(words))))


def _who_to_ask(words: Catalog) -> str:
    return bullets((words("unwell-very-ill"), words("unwell-not-sure"), words("unwell-fever")))


def _everyday_menu(library: Library, action: str, words: Catalog, suffix: str = "") -> ui.ActionRow[Card]:
    pages = [SelectOption(label=page.name, value=page.id + suffix) for page in library.everyday.values()]
    return menu(custom_id(action), words("unwell-everyday"), pages)


def back_to_unwell(words: Catalog) -> ui.Button[Card]:
    """*Back*, to the page for whoever feels unwell."""
    return button(words("page-back"), "advice.turn", "pain", UNWELL, 0)


def otherwise(library: Library, words: Catalog) -> tuple[ui.Container[Card], ui.ActionRow[Card]]:
    """Nothing of that, but ill or worried; and what else runners ask."""
    return box(PLAIN, f"### {words('unwell-ask')}\n{_who_to_ask(words)}"), _everyday_menu(
        library, "advice.pick_beside", words
    )


def everyday(library: Library, page: EverydayPage, words: Catalog, *, from_unwell: bool = False) -> list[Card]:
    """An everyday page: four lines with what cannot wait, then when to be seen. Back only to where it was opened."""
    key = page.id + FROM_UNWELL if from_unwell else page.id
    worries = _worries(page)
    tiers = [f"**{words(f'everyday-{disposition}')}**\n{bullets(worries[disposition])}" for disposition in worries]
    yes_button = button(words("stop-yes"), "advice.open", "now", key, 0, style=DANGER)
    seen_button = button(words("card-seen"), "advice.turn", "pain", key, 1)
    stop = box(STOP, f"**{words('signs-on-card-emergency')}**\n{library.general.line}")
    lines = f"## {page.name}\n{bullets(page.lines)}"
    back_row = [row(back_to_unwell(words))] if from_unwell else []
    first = Card(stop, row(yes_button, seen_button), lines, *back_row, small(words("everyday-foot")))
    places = [library.areas[area] for area in page.areas]
    open_buttons = [button(words("tip-area", area=area.name), "advice.open", "pain", area.id, 0) for area in places]
    again = button(words("stop-yes"), "advice.open", "now", key, 0, style=DANGER)
    back = button(words("page-back"), "advice.turn", "pain", key, 0)
    return [first, Card(box(STOP, *tiers, *answer_rows([again, *open_buttons, back])))]


def everyday_now(library: Library, page: EverydayPage, words: Catalog, *, from_unwell: bool = False) -> list[Card]:
    """Somebody said yes, or is not sure, on an everyday page."""
    key = page.id + FROM_UNWELL if from_unwell else page.id
    return now_pages(library, key, {Disposition.EMERGENCY, *_worries(page)}, words)


def _worries(page: EverydayPage) -> dict[Disposition, list[str]]:
    """What to be seen for, by how soon, worst first."""
    worries: dict[Disposition, list[str]] = {}
    for worry in sorted(page.worry, key=lambda worry: worry.disposition.rank):
        worries.setdefault(worry.disposition, []).append(worry.text)
    return worries


def several(pages: Sequence[Page], text: str, words: Catalog, resumption: Resumption | None = None) -> Card:
    """Which of the pages that somebody named? None is chosen for them. `resumption`: the command that goes on."""
    buttons = [_choice(page, resumption) for page in pages]
    title = words("several-title", text=escaped(text), count=len(pages))
    return Card(box(PLAIN, f"## {title}", row(*buttons, unwell_button(words))))


def _choice(page: Page, resumption: Resumption | None) -> ui.Button[Card]:
    if isinstance(page, Area) and resumption:
        return button(page.name, "command.answer", *resumption, page.id, style=PRIMARY)
    return button(page.name, "advice.open", "pain", page.id, 0, style=PRIMARY)


def bystander(library: Library, alarms: Sequence[Alarm] = (), back: ui.Button[Card] | None = None) -> Card:
    """What to do for somebody else, said to whoever stands beside them: breathing first, then what was told.

    `back`: to where it was opened; none where words that cannot wait brought it.
    """
    instructions, signs = library.bystander, {flag for alarm in alarms for flag in alarm.flags}
    for_signs = [first.say for first in instructions.first if signs & set(first.flags)]
    breathing, *rest = instructions.steps
    lines = enumerate((instructions.call, breathing, *for_signs, *rest), start=1)
    text = f"## {instructions.title}\n" + "\n".join(f"{at}. {line}" for at, line in lines)
    return Card(box(STOP, text, *([row(back)] if back else [])))
