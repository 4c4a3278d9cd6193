"""Checks that take their time, so that no start makes them: words lead to their page, figures can be drawn."""

from collections.abc import Iterator
from pathlib import Path

from bot.advice.document import Document, read
from bot.advice.freetext.search import Page, Search
from bot.advice.library import Library
from bot.advice.model import ExerciseFile, FigureFile
from bot.advice.model.base import Place
from bot.advice.problem import LibraryProblem, Problem
from bot.figures.faults import faults


def lost_words(library: Library, search: Search) -> Iterator[LibraryProblem]:
    """Names that do not lead to their page first; synonyms and symptoms that do so not even beside another's."""
    for file, within, page in _pages(library):
        for place, text in _words(page):
            led = search.lead(text)
            reaches_page = led[:1] == (page,) if place == ("name",) else search.names(text, page)
            if not reaches_page:
                leads = f"leads to `{led[0].id}`" if led else "is refused by the search"
                what = f'"{text}" stands for `{page.id}`, and {leads}'
                mend = "say it in other words, or mend `filler` and `never` in search.yaml"
                yield file, (*within, *place), what, mend
    yield from _lost_choices(library, search)


def _lost_choices(library: Library, search: Search) -> Iterator[LibraryProblem]:
    """Words that several pages share, and that do not lead to each of them."""
    for at, either in enumerate(library.search.either):
        for line, phrase in either.phrases:
            led = {page.id for page in search.lead(phrase)}
            if lost := [page for page in either.pages if page not in led]:
                what = (
                    f'"{phrase}" stands for `{"`, `".join(either.pages)}`, and does not lead to `{"`, `".join(lost)}`'
                )
                mend = "say it in two telling words or more, or mend `filler` and `never`"
                yield "search.yaml", ("either", at, "say", line), what, mend


def _pages(library: Library) -> Iterator[tuple[str, Place, Page]]:
    yield from ((f"areas/{area.id}.yaml", (), area) for area in library.areas.values())
    yield from (("everyday.yaml", ("everyday", at), page) for at, page in enumerate(library.everyday.values()))


def _words(page: Page) -> Iterator[tuple[Place, str]]:
    yield ("name",), page.name
    for key in ("synonyms", "symptoms"):
        yield from (((key, at), text) for at, text in enumerate(getattr(page, key)))


def misdrawn(folder: Path) -> Iterator[Problem]:
    """Every fault of the figures of a language whose files fit their models. It takes its time: no start needs it."""
    drawn: set[str] = set()
    for document in _documents(folder / "figures"):
        for at, figure in enumerate(document.as_model(FigureFile).figures):
            drawn.add(figure.id)
            for what, mend in faults(figure.scene, still=figure.still):
                yield document.problem(("figures", at, "id"), f"`{figure.id}`: {what}", mend)
    for document in _documents(folder / "exercises"):
        for at, exercise in enumerate(document.as_model(ExerciseFile).exercises):
            if exercise.id not in drawn:
                mend = f"draw one in figures/{document.file.name}; docs/figures.md says how"
                yield document.problem(("exercises", at, "id"), f"`{exercise.id}` has no figure", mend)


def _documents(folder: Path) -> Iterator[Document]:
    return map(read, sorted(folder.glob("*.y*ml")))
