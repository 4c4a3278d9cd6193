"""Warning signs: the block on top of a card, the whole list, and what to do about a yes."""

from collections.abc import Sequence
from itertools import groupby

from discord import ui

from bot.advice.disposition import Disposition
from bot.advice.library import Library, Sign
from bot.advice.model import Area
from bot.ui.cards.parts import Block, Card, PagedCard, box, bullets, button, paged, row, rule, small
from bot.ui.cards.style import DANGER, GOOD, QUIET, STOP
from bot.ui.catalog import Catalog
from bot.ui.limits import FLAGS

ON_THE_CARD = (Disposition.EMERGENCY, Disposition.URGENT, Disposition.CLINICIAN)


def flag_blocks(library: Library, area: Area, words: Catalog) -> list[str]:
    """The general line, then the area's worst signs: as many as fit in `FLAGS` characters, worst first."""
    unseen = left_out(library, area, words)
    hidden = {sign.id for sign in unseen}
    shown = [sign for sign in library.own_signs(area) if sign.id not in hidden]
    return _flag_blocks(library, shown, len(unseen), words)


def left_out(library: Library, area: Area, words: Catalog) -> list[Sign]:
    """The signs that find no place in the block: the area's mildest, and every general one, worst first."""
    own, every = library.own_signs(area), library.signs(area)
    for count in range(len(own), 0, -1):
        shown = own[:count]
        there = {sign.id for sign in shown}
        rest = [sign for sign in every if sign.id not in there]
        if sum(map(len, _flag_blocks(library, shown, len(rest), words))) <= FLAGS:
            return rest
    return every


def _flag_blocks(library: Library, signs: Sequence[Sign], more: int, words: Catalog) -> list[str]:
    shorts = {Disposition.EMERGENCY: [library.general.line]}
    for sign in signs:
        shorts.setdefault(sign.disposition, []).append(sign.short)
    blocks = [f"**{words(f'signs-on-card-{disposition}')}**\n{bullets(lines)}" for disposition, lines in shorts.items()]
    last = f"{words('signs-more', count=more)} {words('stop-not-sure')}" if more else words("stop-not-sure")
    return [*blocks, small(last)]


def general_stop(library: Library, words: Catalog) -> ui.Container[Card]:
    """What is an emergency whatever hurts; for answers that are about no area."""
    return box(STOP, f"## {words('stop-title')}", *_flag_blocks(library, (), 0, words))


def stop_blocks(library: Library, area: Area, words: Catalog) -> list[Block]:
    """The red half of an area's card: is it any of these?"""
    label, style = ("stop-go-through", GOOD) if area.screen_first else ("stop-all", QUIET)
    every = button(words(label), "advice.open", "signs", area.id, 0, style=style)
    return [
        f"## {words('stop-title')}",
        *flag_blocks(library, area, words),
        row(button(words("stop-yes"), "advice.open", "now", area.id, 0, style=DANGER), every),
    ]


def all_signs(library: Library, area: Area, words: Catalog) -> list[Card]:
    """Every warning sign asked for this area, the general ones too, worst first, over as many pages as it takes."""
    blocks = []
    for disposition, group in groupby(library.signs(area), key=lambda sign: sign.disposition):
        heading = f"### {words(f'signs-{disposition}')}\n"
        for sign in group:
            blocks.append(f"{heading}- {sign.text}")
            heading = ""
    none = button(words("card-none-apply"), "advice.open", "cleared", area.id, 0, style=GOOD)
    title, foot = words("signs-title", area=area.name), words("signs-foot")
    return paged(PagedCard(STOP, title, "signs", area.id, foot, airy=False, at_the_end=[none]), blocks, words)


def what_now(library: Library, area: Area, words: Catalog) -> list[Card]:
    """Somebody said yes, or is not sure: what to do now, worst first, and nothing else."""
    blocks: list[Block] = [f"## {words('now-title')}", words("now-intro")]
    for disposition in ON_THE_CARD:
        guidance = library.guidance[disposition]
        blocks += [rule(), f"### {guidance.title}\n{words(f'now-{disposition}')}\n" + bullets(guidance.steps)]
    blocks.append(row(button(words("stop-all"), "advice.open", "signs", area.id, 0)))
    return [Card(box(STOP, *blocks, small(words("now-foot"))))]
