"""The first card for an area: what cannot wait, the first thing to do, and a way to everything else."""

from collections.abc import Collection, Iterable
from itertools import groupby

from discord import SelectOption, ui

from bot.advice.disposition import Disposition
from bot.advice.library import Library, Sign
from bot.advice.model import Area, Group
from bot.ui.cards.pages import PagedCard
from bot.ui.cards.parts import UNWELL, Card, answer_rows, box, bullets, button, menu, row, small
from bot.ui.cards.style import CALM, DANGER, GOOD, PRIMARY, QUIET, STOP
from bot.ui.catalog import Catalog
from bot.ui.custom_id import custom_id

ON_THE_CARD = (Disposition.EMERGENCY, Disposition.URGENT, Disposition.CLINICIAN)
SIGNS_SHARED = 2


def pain(library: Library, area: Area, words: Catalog) -> list[Card]:
    """The private answer to `/pain`: what cannot wait, the first thing to do, and the ways on."""
    helps_button = button(words("card-helps"), "advice.open", "helps", area.id, 0, style=GOOD)
    causes_button = button(words("card-causes"), "advice.open", "causes", area.id, 0)
    log_button = button(words("card-log"), "checkin.log", area.id)
    check_button = button(words("card-check"), "check.begin", area.id, style=PRIMARY)
    run_button = button(words("card-run"), "run.begin", area.id)
    ways = () if area.screen_first else (row(helps_button, causes_button, log_button),)
    rest = (log_button,) if area.screen_first else ()
    stop_row = row(*_stop_buttons(area, words))
    signs = _warning_signs(library, area, words)
    first = f"{area.first}\n{small(words('card-screen-first'))}" if area.screen_first else area.first
    return [Card(f"## {area.title}", signs, stop_row, first, *ways, row(check_button, run_button, *rest))]


def shared(library: Library, area: Area, words: Catalog) -> list[Card]:
    """General advice in eight lines for the whole channel; its buttons answer privately whoever presses them."""
    signs = [sign.short for sign in library.card_signs(area)[:SIGNS_SHARED]]
    stop = f"**{words('signs-shared')}**\n{library.general.line}\n{bullets(signs)}"
    helps = [] if area.screen_first else [button(words("card-helps"), "advice.open", "helps", area.id, 0, style=GOOD)]
    check_button = button(words("card-check"), "check.begin", area.id, style=PRIMARY)
    foot = small(words("card-foot"))
    return [
        Card(
            box(STOP, f"## {area.title}\n{stop}", *answer_rows(_stop_buttons(area, words))),
            box(CALM, area.first, row(*helps, check_button), foot),
        )
    ]


def _warning_signs(library: Library, area: Area, words: Catalog) -> ui.Container[Card]:
    """Is it any of these? First what is an emergency whatever hurts."""
    lines: dict[Disposition, list[str]] = {Disposition.EMERGENCY: []}
    for sign in library.card_signs(area):
        lines.setdefault(sign.disposition, []).append(f"- {sign.short}")
    heads = {disposition: [f"**{words(f'signs-on-card-{disposition}')}**"] for disposition in lines}
    heads[Disposition.EMERGENCY].append(library.general.line)
    return box(STOP, *("\n".join((*heads[disposition], *lines[disposition])) for disposition in lines))


def _stop_buttons(area: Area, words: Catalog) -> list[ui.Button[Card]]:
    return [
        button(words("stop-yes"), "advice.open", "now", area.id, 0, style=DANGER),
        button(words("stop-all"), "advice.open", "signs", area.id, 0, style=GOOD if area.screen_first else QUIET),
    ]


def general_stop(library: Library, words: Catalog) -> ui.Container[Card]:
    """What is an emergency whatever hurts; for answers that are about no area."""
    yes_button = row(button(words("stop-yes"), "advice.open", "now", UNWELL, 0, style=DANGER))
    emergency = f"**{words('signs-on-card-emergency')}**\n{library.general.line}"
    return box(STOP, f"## {words('stop-title')}", emergency, small(words("stop-not-sure")), yes_button)


def all_signs(library: Library, area: Area, words: Catalog, name: str = "signs") -> list[Card]:
    """Every warning sign of this area, worst first; then the groups of what is asked whatever hurts, which open.

    `name`: what the pages are called in ids.
    """
    grouped = {flag.id for group in library.triage.core for flag in library.core_flags(group)}
    listed = [sign for sign in library.signs(area) if sign.flag.id not in grouped]
    names = bullets(group.name for group in library.triage.core)
    cleared_button = button(words("card-none-apply"), "advice.open", "exercises", area.id, 0, style=GOOD)
    options = [SelectOption(label=group.name, value=f"core-{group.id}.{area.id}.0") for group in library.triage.core]
    card = PagedCard(
        STOP,
        words("signs-title", area=area.name),
        name,
        area.id,
        back_to("pain", area, words),
        words("stop-not-sure"),
        airy=False,
        last_buttons=[cleared_button],
        last_menu=menu(custom_id("advice.choose", "core"), words("signs-open"), options),
    )
    return card.pages([*_lines(listed, words), f"### {words('signs-anywhere')}\n{names}"], words)


def core_signs(group: Group, library: Library, area: Area, words: Catalog) -> list[Card]:
    """The warning signs of one group, worst first."""
    flags = {flag.id for flag in library.core_flags(group)}
    signs = [sign for sign in library.signs(area) if sign.flag.id in flags]
    back = back_to("signs", area, words)
    card = PagedCard(STOP, group.name, f"core-{group.id}", area.id, back, words("stop-not-sure"), airy=False)
    return card.pages(_lines(signs, words), words)


def _lines(signs: Iterable[Sign], words: Catalog) -> list[str]:
    """Signs line by line, worst first; the first of each tier carries its heading."""
    lines = []
    for disposition, same in groupby(signs, key=lambda sign: sign.disposition):
        heading = f"### {words(f'signs-{disposition}')}\n"
        for sign in same:
            lines.append(f"{heading}- {sign.short}")
            heading = ""
    return lines


def what_now(library: Library, area: Area, words: Catalog) -> list[Card]:
    """Somebody said yes, or is not sure: what to do now, a page for each tier, worst first."""
    return now_pages(library, area.id, ON_THE_CARD, words)


def now_pages(library: Library, key: str, listed: Collection[Disposition], words: Catalog) -> list[Card]:
    """The same under any key of a card `pain`, to which it leads back. `listed`: the tiers that the card names."""
    return [_now(library, at, key, listed, words) for at in range(len(ON_THE_CARD))]


def _now(library: Library, at: int, key: str, listed: Collection[Disposition], words: Catalog) -> Card:
    guidance = library.guidance[ON_THE_CARD[at]]
    tiers = [
        button(words(f"now-{disposition}"), "advice.turn", "now", key, page)
        for page, disposition in enumerate(ON_THE_CARD)
        if page != at and disposition in listed
    ]
    foot = words("now-others" if tiers else "now-foot")
    rows = answer_rows([*tiers, button(words("page-back"), "advice.turn", "pain", key, 0)])
    return Card(box(STOP, f"### {guidance.title}\n{bullets(guidance.steps)}", small(foot), *rows))


def back_to(name: str, area: Area, words: Catalog) -> ui.Button[Card]:
    """*Back* to where a card was opened."""
    return button(words("page-back"), "advice.turn", name, area.id, 0)
