"""Reading of Fluent files: from the lines of a catalogue to the patterns of its messages."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from fluent.syntax import FluentParser, ast

from bot.advice.document import text_of
from bot.ui.catalog import Choice, Pattern, Variable

FILE: Final = "interface.ftl"
REFUSED: Final = "a message holds text, { $variables } and { $choices -> … }, nothing else of Fluent"


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
            raise ValueError(f"{file}: cannot be read from {str(entry.content).splitlines()[0]!r} on")
        if isinstance(entry, ast.Term) or entry.value is None or entry.attributes:
            raise ValueError(f"{file}: {entry.id.name}: {REFUSED}")
        try:
            yield entry.id.name, _parsed(entry.value)
        except ValueError as error:
            raise ValueError(f"{file}: {entry.id.name}: {error}") from None


def _parsed(pattern: ast.Pattern) -> Pattern:
    """Raises ValueError for what we do not use of Fluent: terms, functions, references to other messages."""
    return tuple(
        element.value if isinstance(element, ast.TextElement) else _placeable(element.expression)
        for element in pattern.elements
    )


def _placeable(expression: object) -> str | Variable | Choice:
    match expression:
        case ast.StringLiteral():
            return str(expression.parse()["value"])
        case ast.NumberLiteral(value=value):
            return value
        case ast.VariableReference(id=ast.Identifier(name=name)):
            return Variable(name)
        case ast.SelectExpression(selector=ast.VariableReference(id=ast.Identifier(name=name)), variants=variants):
            otherwise = next(_parsed(variant.value) for variant in variants if variant.default)
            return Choice(name, tuple((_key(variant.key), _parsed(variant.value)) for variant in variants), otherwise)
    raise ValueError(REFUSED)


def _key(key: ast.NumberLiteral | ast.Identifier) -> int | str:
    """Raises ValueError for a number that is not whole."""
    return int(key.value) if isinstance(key, ast.NumberLiteral) else key.name
