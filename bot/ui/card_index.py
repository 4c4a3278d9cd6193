"""The index of standing cards of one language, and the check that every card fits Discord's limits."""

from collections.abc import Callable, Iterator
from itertools import chain
from types import MappingProxyType

from discord import ui

from bot.advice.disposition import Disposition
from bot.advice.library import Library
from bot.advice.loader import Finding
from bot.advice.model import Area
from bot.advice.model.base import Place
from bot.errors import OutOfDate
from bot.ui.cards import area as area_cards
from bot.ui.cards import notices, running, unwell
from bot.ui.cards.area import left_out
from bot.ui.cards.parts import UNWELL, Card
from bot.ui.cards.routine import routine
from bot.ui.catalog import Catalog
from bot.ui.limits import FLAGS, LABEL, size, text_budget
from bot.ui.samples import samples

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
        self._cards["help", "all"] = notices.help_pages(library, words)
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


def misfits(library: Library, card_index: CardIndex, words: Catalog) -> Iterator[Finding]:
    """Every card that Discord would refuse, as the loader wants it: file, place, what is wrong, how to mend it.

    Raises CatalogError for a message of the catalogue that a card needs and cannot have.
    """
    yield from _flags(library, words)
    standing = ((name, key, card) for name, key, _, card in card_index.all())
    budget = text_budget(library.language)
    reported: set[object] = set()  # one report for a card, however many pages it has
    for name, key, card in chain(standing, samples(library, words)):
        length = size(card).text
        if length > budget and (name, key) not in reported:
            reported.add((name, key))
            file, place = _origin(library, name, key)
            what = f"the card `{name}` of `{key}` is {length} characters long, at most {budget} fit"
            yield file, place, what, "shorten the texts that stand on it"
        labels = (item.label for item in card.walk_children() if isinstance(item, ui.Button) and item.label)
        for label in labels:
            if len(label) > LABEL and label not in reported:
                reported.add(label)
                file, place = _origin(library, name, key)
                yield file, place, f"the button `{label[:40]}…` is {len(label)} characters long", f"at most {LABEL} fit"


def _flags(library: Library, words: Catalog) -> Iterator[Finding]:
    """An area's own emergencies always stand on its card; the others have their place under "All warning signs"."""
    for area in library.areas.values():
        for sign in left_out(library, area, words):
            if sign.disposition is Disposition.EMERGENCY and sign.flag in area.red_flags:
                what = f"the emergency `{sign.flag.id}` finds no place among the {FLAGS} characters of warning signs"
                yield f"areas/{area.id}.yaml", ("red_flags",), what, "shorten the `short` of the emergencies"


def _origin(library: Library, name: str, key: str) -> tuple[str, Place]:
    if name == "routine":
        return f"routines/{next(iter(library.routines[key].areas), 'whole_body')}.yaml", ()
    if name == "now":
        return "guidance.yaml", ("guidance",)
    return (f"areas/{key}.yaml", ("summary",)) if key in library.areas else ("general.yaml", ("line",))
