"""The index of standing cards of one language."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import MappingProxyType

from bot.advice.disposition import Disposition
from bot.advice.library import Library
from bot.advice.model import Area, TipMoment
from bot.errors import OutOfDate
from bot.ui.cards import area as area_cards
from bot.ui.cards import causes, helps, notices, running, unwell
from bot.ui.cards.parts import UNWELL, Card
from bot.ui.cards.routine import routine
from bot.ui.catalog import Catalog

Build = Callable[[Library, Area, Catalog], list[Card]]

Pages = Callable[[], list[Card]]
"""Makes the pages of one card."""

#: Cards that every area has.
AREA_CARDS: Mapping[str, Build] = MappingProxyType(
    {
        "pain": area_cards.pain,
        "shared": area_cards.shared,
        "signs": area_cards.all_signs,
        "now": area_cards.what_now,
        "exercises": helps.cleared,
        "exercise": partial(helps.exercise_pages, parent=helps.CLEARED),
        "causes": causes.causes,
        "sources": causes.sources,
    }
)

#: Those that are shown before the warning signs were gone through.
UNSCREENED_CARDS: Mapping[str, Build] = MappingProxyType(
    {
        "helps": helps.helps,
        "gentle": partial(helps.exercise_pages, parent=helps.UNSCREENED),
        "cleared": partial(area_cards.all_signs, name="cleared"),  # on messages from before December 2026
    }
)

#: Those that open from a list of exercises and lead back to it.
BESIDE_EXERCISES: Mapping[str, Callable[[Library, Area, str, Catalog], list[Card]]] = MappingProxyType(
    {
        "ways": helps.exercise_ways,
        "avoid": helps.avoid,
        "seen": helps.seen,
        "running": helps.running_with_it,
        "ladder": helps.way_back,
        **{f"tips-{moment}": partial(helps.tips, moment) for moment in TipMoment},
    }
)


class CardIndex:
    """The standing cards of one language, by name, key and page; each made when it is first asked for, then kept."""

    def __init__(self, library: Library, words: Catalog) -> None:
        self._pages: dict[tuple[str, str], Pages] = {
            (name, area.id): pages for area in library.areas.values() for name, pages in _of_area(library, area, words)
        }
        for plan in library.routines.values():
            self._pages["routine", plan.id] = partial(routine, library, plan, words)
        for page in library.everyday.values():
            for key, ill in ((page.id, False), (page.id + unwell.FROM_UNWELL, True)):
                self._pages["pain", key] = partial(unwell.everyday, library, page, words, from_unwell=ill)
                self._pages["now", key] = partial(unwell.everyday_now, library, page, words, from_unwell=ill)
        self._pages |= {
            ("pain", UNWELL): lambda: [unwell.unwell(library, words)],
            ("worried", UNWELL): lambda: [unwell.worried(words)],
            ("now", UNWELL): lambda: area_cards.now_pages(library, UNWELL, (Disposition.EMERGENCY,), words),
            ("bystander", UNWELL): lambda: [unwell.bystander(library, back=unwell.back_to_unwell(words))],
            ("help", "all"): lambda: notices.help_pages(library, words),
            ("ladder", "all"): lambda: running.ladder(library, words, "ladder", "all"),
            ("about", "all"): lambda: [notices.about(library, words)],
        }
        self._made: dict[tuple[str, str], list[Card]] = {}

    def card(self, name: str, key: str = "all", page: int = 0) -> Card:
        """A page of a card, counted from 0. Raises OutOfDate when content no longer has it."""
        cards = self._cards((name, key)) if (name, key) in self._pages else []
        if not 0 <= page < len(cards):
            raise OutOfDate
        return cards[page]

    def all(self) -> list[tuple[str, str, int, Card]]:
        """(name, key, page, card) of every card; for measuring and for pictures."""
        return [(*place, page, card) for place in self._pages for page, card in enumerate(self._cards(place))]

    def _cards(self, place: tuple[str, str]) -> list[Card]:
        if place not in self._made:
            self._made[place] = self._pages[place]()
        return self._made[place]


def _of_area(library: Library, area: Area, words: Catalog) -> Iterator[tuple[str, Pages]]:
    for name, build in (AREA_CARDS if area.screen_first else {**AREA_CARDS, **UNSCREENED_CARDS}).items():
        yield name, partial(build, library, area, words)
    for group in library.triage.core:
        yield f"core-{group.id}", partial(area_cards.core_signs, group, library, area, words)
    if area.screen_first:
        yield "cleared", lambda: helps.cleared(library, area, words)[-1:]
    parents = (helps.CLEARED,) if area.screen_first else (helps.UNSCREENED, helps.CLEARED)
    for parent in parents:
        for name, beside in BESIDE_EXERCISES.items():
            yield helps.name(name, parent), partial(beside, library, area, parent, words)
