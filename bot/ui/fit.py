"""Content that would not fit Discord's limits is an error in the content: a card is never cut."""

from collections.abc import Iterator

from bot.advice.disposition import Disposition
from bot.advice.document import Place
from bot.advice.library import Library
from bot.ui.cards.signs import left_out
from bot.ui.deck import Deck
from bot.ui.limits import COMPONENTS, FLAGS, size, text_budget
from bot.ui.words import Words


def misfits(library: Library, words: Words) -> Iterator[tuple[str, Place, str, str]]:
    """Every card that Discord would refuse, as the loader wants it: file, place, what is wrong, how to mend it."""
    yield from _flags(library, words)
    budget = text_budget(library.language)
    for name, key, page, card in Deck(library, words).all():
        weight = size(card)
        file, place = _origin(library, name, key)
        where = f"the card `{name}` of `{key}`, page {page + 1},"
        if weight.text > budget:
            what = f"{where} is {weight.text} characters long, at most {budget} fit"
            yield file, place, what, "shorten the texts that stand on it"
        if weight.components > COMPONENTS:
            what = f"{where} has {weight.components} parts, Discord takes {COMPONENTS}"
            yield file, place, what, "take entries out of it"


def _flags(library: Library, words: Words) -> Iterator[tuple[str, Place, str, str]]:
    """An area's own emergencies always stand on its card; the others have their place under "All warning signs"."""
    for area in library.areas.values():
        for sign in left_out(library, area, words):
            if sign.disposition is Disposition.EMERGENCY and sign.flag in area.red_flags:
                what = f"the emergency `{sign.flag.id}` finds no place among the {FLAGS} characters of warning signs"
                yield f"areas/{area.id}.yaml", ("red_flags",), what, "shorten the `short` of the emergencies"


def _origin(library: Library, name: str, key: str) -> tuple[str, Place]:
    if name == "routine":
        return _routine_file(library, key), ()
    return (f"areas/{key}.yaml", ("summary",)) if key in library.areas else ("general.yaml", ("line",))


def _routine_file(library: Library, key: str) -> str:
    areas = library.routines[key].areas
    return f"routines/{areas[0] if areas else 'whole_body'}.yaml"
