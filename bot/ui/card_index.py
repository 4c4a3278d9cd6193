"""The index of standing cards of one language: each built once at start, and sent many times."""

from collections.abc import Callable
from types import MappingProxyType

from bot.advice.library import Library
from bot.advice.model import Area
from bot.errors import OutOfDate
from bot.ui.cards import area as area_cards
from bot.ui.cards import notices, running, unwell
from bot.ui.cards.parts import UNWELL, Card
from bot.ui.cards.routine import routine
from bot.ui.catalog import Catalog

AREA_CARDS: MappingProxyType[str, Callable[[Library, Area, Catalog], list[Card]]] = MappingProxyType(
    {
        "pain": area_cards.pain,
        "shared": area_cards.shared,
        "signs": area_cards.all_signs,
        "now": area_cards.what_now,
        "cleared": area_cards.cleared,
        "causes": area_cards.causes,
        "avoid": area_cards.avoid,
        "sources": area_cards.sources,
    }
)


class CardIndex:
    """The standing cards of one language, by name, key and page."""

    def __init__(self, library: Library, words: Catalog) -> None:
        self._cards: dict[tuple[str, str], list[Card]] = {
            (name, area.id): build(library, area, words)
            for area in library.areas.values()
            for name, build in AREA_CARDS.items()
        }
        for plan in library.routines.values():
            self._cards["routine", plan.id] = routine(library, plan, words)
        for page in library.everyday.values():
            self._cards["pain", page.id] = [unwell.everyday(library, page, words)]
        self._cards["pain", UNWELL] = [unwell.unwell(library, words)]
        self._cards["now", UNWELL] = area_cards.what_now(library, None, words)
        self._cards["bystander", UNWELL] = [unwell.bystander(library)]
        self._cards["help", "all"] = [notices.help_card(library, words)]
        self._cards["ladder", "all"] = running.ladder(library, words)
        self._cards["about", "all"] = [notices.about(library, words)]

    def card(self, name: str, key: str = "all", page: int = 0) -> Card:
        """A page of a card, counted from 0. Raises OutOfDate when content no longer has it."""
        cards = self._cards.get((name, key), [])
        if not 0 <= page < len(cards):
            raise OutOfDate
        return cards[page]

    def all(self) -> list[tuple[str, str, int, Card]]:
        """(name, key, page, card) of every card; for measuring and for pictures."""
        return [(*place, page, card) for place, cards in self._cards.items() for page, card in enumerate(cards)]
