"""The compiler of content: from the files of a language, checked against Discord's limits too, to what is served."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import Final

from fluent.syntax import FluentParser, ast

from bot.advice.checks.coherence import grave_words_in_a_mild_picture
from bot.advice.document import text_of
from bot.advice.library import Library
from bot.advice.loader import load
from bot.advice.model.base import Place
from bot.advice.problem import ContentError, LibraryProblem, Problem
from bot.ui.card_index import CardIndex
from bot.ui.catalog import Catalog, CatalogError, Pattern, PatternChoice, Variable
from bot.ui.limits import BASE_LANGUAGE, LABEL, flat, size_of, text_budget
from bot.ui.locales import LocalizedContent, localized
from bot.ui.samples import samples

FILE: Final = "interface.ftl"
FLUENT_SUBSET: Final = "a message holds text, { $variables } and { $choices -> … }, nothing else of Fluent"


def content_of(folder: Path) -> LocalizedContent:
    """What the files of one language folder say. Raises ContentError with every problem they have."""
    try:
        words = Catalog(folder.name, messages_of(_catalogues(folder)))
    except (ValueError, RecursionError) as error:
        mend = "put the message catalogue back, or mend that line"
        raise ContentError(
            [Problem(folder / FILE, 1, f"the message catalogue cannot be read ({error})", mend)]
        ) from error
    try:
        made = cache(partial(localized, words))  # what is checked is what is served
        return made(load(folder, [partial(_unfit, made)]))
    except CatalogError as error:
        line = _line_of(error.message, folder / FILE)
        raise ContentError([Problem(folder / FILE, line, str(error), "write it as it stands in English")]) from None


def _catalogues(folder: Path) -> list[Path]:
    """English below, the language itself on top: what is not translated yet is shown in English."""
    english = folder.parent / BASE_LANGUAGE / FILE
    return [english, folder / FILE] if folder.name != BASE_LANGUAGE and english.exists() else [folder / FILE]


def _line_of(message: str, file: Path) -> int:
    lines = file.read_text(encoding="utf-8").splitlines()
    return next((at for at, line in enumerate(lines, start=1) if line.startswith(f"{message} ")), 1)


def _unfit(made: Callable[[Library], LocalizedContent], library: Library) -> Iterator[LibraryProblem]:
    """What the words make of content: what sounds graver than it is, and cards that Discord would refuse."""
    content = made(library)
    yield from grave_words_in_a_mild_picture(library, content.alarms)
    yield from misfits(library, content.card_index, content.words)


def misfits(library: Library, card_index: CardIndex, words: Catalog) -> Iterator[LibraryProblem]:
    """Every card that Discord would refuse, as the loader wants it: file, place, what is wrong, how to mend it.

    Raises CatalogError for a message of the catalogue that a card needs and cannot have.
    """
    standing = ((name, key, card) for name, key, _, card in card_index.all())
    budget = text_budget(library.language)
    reported: set[object] = set()  # one report for a card, however many pages it has
    for name, key, card in chain(standing, samples(library, words)):
        components = list(flat(card.to_components()))
        length = size_of(components).text
        if length > budget and (name, key) not in reported:
            reported.add((name, key))
            file, place = _origin(library, name, key)
            what = f"the card `{name}` of `{key}` is {length} characters long, at most {budget} fit"
            yield file, place, what, "shorten the texts that stand on it"
        for label in (part["label"] for part in components if part.get("label")):
            if len(label) > LABEL and label not in reported:
                reported.add(label)
                file, place = _origin(library, name, key)
                yield file, place, f"the button `{label[:40]}…` is {len(label)} characters long", f"at most {LABEL} fit"


def _origin(library: Library, name: str, key: str) -> tuple[str, Place]:
    if name == "routine":
        return f"routines/{next(iter(library.routines[key].areas), 'whole_body')}.yaml", ()
    return (f"areas/{key}.yaml", ("summary",)) if key in library.areas else ("general.yaml", ("line",))


def messages_of(files: Iterable[Path]) -> dict[str, Pattern]:
    """The patterns by id. Later files win, so that a translation stands on top of English.

    Raises ValueError for a line that cannot be read, ContentError for a file that cannot be.
    """
    return {name: pattern for file in files for name, pattern in _entries(file)}


def _entries(file: Path) -> Iterator[tuple[str, Pattern]]:
    for entry in FluentParser(with_spans=False).parse(text_of(file)).body:
        if isinstance(entry, ast.BaseComment):
            continue
        if isinstance(entry, ast.Junk):
            raise ValueError(f"{_named(file)}: cannot be read from {str(entry.content).splitlines()[0]!r} on")
        if isinstance(entry, ast.Term) or entry.value is None or entry.attributes:
            raise ValueError(f"{_named(file)}: {entry.id.name}: {FLUENT_SUBSET}")
        try:
            yield entry.id.name, _parsed(entry.value)
        except ValueError as error:
            raise ValueError(f"{_named(file)}: {entry.id.name}: {error}") from None


def _named(file: Path) -> str:
    """With its language: a translation is read on top of English."""
    return f"{file.parent.name}/{file.name}"


def _parsed(pattern: ast.Pattern) -> Pattern:
    """Raises ValueError for what we do not use of Fluent: terms, functions, references to other messages."""
    return tuple(
        element.value if isinstance(element, ast.TextElement) else _placeable(element.expression)
        for element in pattern.elements
    )


def _placeable(expression: object) -> str | Variable | PatternChoice:
    match expression:
        case ast.StringLiteral():
            return str(expression.parse()["value"])
        case ast.NumberLiteral(value=value):
            return value
        case ast.VariableReference(id=ast.Identifier(name=name)):
            return Variable(name)
        case ast.SelectExpression(selector=ast.VariableReference(id=ast.Identifier(name=name)), variants=variants):
            otherwise = next(_parsed(variant.value) for variant in variants if variant.default)
            return PatternChoice(
                name, tuple((_key(variant.key), _parsed(variant.value)) for variant in variants), otherwise
            )
    raise ValueError(FLUENT_SUBSET)


def _key(key: ast.NumberLiteral | ast.Identifier) -> int | str:
    """Raises ValueError for a number that is not whole."""
    return int(key.value) if isinstance(key, ast.NumberLiteral) else key.name
