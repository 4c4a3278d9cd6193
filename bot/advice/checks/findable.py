"""Pages find themselves: whatever an author calls a page leads to it, in the search that people use."""

from collections.abc import Iterator

from bot.advice.freetext.search import Page, Search
from bot.advice.library import Library
from bot.advice.model.base import Place


def lost_words(library: Library, search: Search) -> Iterator[tuple[str, Place, str, str]]:
    """Names that do not lead to their page first; synonyms and symptoms that do so not even beside another's."""
    for file, within, page in _pages(library):
        for place, text in _words(page):
            led = search.lead(text)
            found = led[:1] == (page,) if place == ("name",) else search.names(text, page)
            if not found:
                leads = f"leads to `{led[0].id}`" if led else "is refused by the search"
                what = f'"{text}" stands for `{page.id}`, and {leads}'
                mend = "say it in other words, or mend `filler` and `never` in search.yaml"
                yield file, (*within, *place), what, mend


def _pages(library: Library) -> Iterator[tuple[str, Place, Page]]:
    yield from ((f"areas/{area.id}.yaml", (), area) for area in library.areas.values())
    yield from (("everyday.yaml", ("everyday", at), page) for at, page in enumerate(library.everyday.values()))


def _words(page: Page) -> Iterator[tuple[Place, str]]:
    yield ("name",), page.name
    for key in ("synonyms", "symptoms"):
        yield from (((key, at), text) for at, text in enumerate(getattr(page, key)))
