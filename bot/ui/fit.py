"""Content that would not fit Discord's limits is an error in the content: a card is never cut."""

from collections.abc import Iterator

from bot.advice.disposition import Disposition
from bot.advice.library import Library
from bot.advice.loader import Finding
from bot.advice.model.base import Place
from bot.ui.cards.signs import left_out
from bot.ui.deck import Deck
from bot.ui.limits import FLAGS, size, text_budget
from bot.ui.words import Words


def misfits(library: Library, deck: Deck, words: Words) -> Iterator[Finding]:
    """Every card that Discord would refuse, as the loader wants it: file, place, what is wrong, how to mend it."""
    yield from _flags(library, words)
    budget = text_budget(library.language)
    for name, key, page, card in deck.all():
        length = size(card).text
        if length > budget:
            file, place = _origin(library, name, key)
            what = f"the card `{name}` of `{key}`, page {page + 1}, is {length} characters long, at most {budget} fit"
            yield file, place, what, "shorten the texts that stand on it"


def _flags(library: Library, words: Words) -> Iterator[Finding]:
    """An area's own emergencies always stand on its card; the others have their place under "All warning signs"."""
    for area in library.areas.values():
        for sign in left_out(library, area, words):
            if sign.disposition is Disposition.EMERGENCY and sign.flag in area.red_flags:
                what = f"the emergency `{sign.flag.id}` finds no place among the {FLAGS} characters of warning signs"
                yield f"areas/{area.id}.yaml", ("red_flags",), what, "shorten the `short` of the emergencies"


def _origin(library: Library, name: str, key: str) -> tuple[str, Place]:
    if name == "routine":
        return _routine_file(library, key), ()
    if name == "now":
        return "guidance.yaml", ("guidance",)
    return (f"areas/{key}.yaml", ("summary",)) if key in library.areas else ("general.yaml", ("line",))


def _routine_file(library: Library, key: str) -> str:
    areas = library.routines[key].areas
    return f"routines/{areas[0] if areas else 'whole_body'}.yaml"
