"""The message catalogue: every string the interface shows, one Fluent file per language."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from fluent.syntax import FluentParser, ast

from bot.advice.document import text_of
from bot.errors import LimberError
from bot.ui.message import REFUSED, Message
from bot.ui.plurals import LANGUAGES

FILE = "interface.ftl"
COUNTED = 2048  # filled-in messages that are kept: those that take whole numbers alone, so nobody's words

Kind = TypeVar("Kind", bound=StrEnum)


class CatalogError(LimberError):
    """A message that cannot be shown: `message` is its id."""

    def __init__(self, message: str, why: str) -> None:
        super().__init__(f"the message `{message}` {why}")
        self.message = message


class Catalog:
    """The interface in one language: `words("tip-another")`, `words("card-version", version="…")`.

    Raises CatalogError for an id nobody wrote, and for a message whose variables are not those it is given.
    """

    def __init__(self, language: str, files: Iterable[Path]) -> None:
        """Later files win, so that a translation stands on top of English.

        Raises ValueError for a line that cannot be read, and for a language that Discord does not speak.
        """
        if language not in LANGUAGES:
            raise ValueError(f"how {language} counts is not known; there are {', '.join(LANGUAGES)}")
        self.language = language
        self._messages: dict[str, Message] = {}
        self._constant: dict[str, str] = {}
        self._counted = lru_cache(maxsize=COUNTED)(lambda message, values: self._filled(message, dict(values)))
        self._names: dict[tuple[type[StrEnum], str], Mapping[Any, str]] = {}
        for file in files:
            for entry in FluentParser(with_spans=False).parse(text_of(file)).body:
                self._add(entry, file)

    def __call__(self, message: str, **values: object) -> str:
        if not values and message in self._constant:
            return self._constant[message]
        if values and all(type(value) is int for value in values.values()):
            return self._counted(message, tuple(values.items()))
        text = self._filled(message, values)
        if not values:
            self._constant[message] = text
        return text

    def _add(self, entry: ast.EntryType, file: Path) -> None:
        if isinstance(entry, ast.BaseComment):
            return
        if isinstance(entry, ast.Junk):
            raise ValueError(f"{file}: cannot be read from {str(entry.content).splitlines()[0]!r} on")
        if isinstance(entry, ast.Term) or entry.value is None or entry.attributes:
            raise ValueError(f"{file}: {entry.id.name}: {REFUSED}")
        try:
            self._messages[entry.id.name] = Message(entry.value, LANGUAGES[self.language])
        except ValueError as error:
            raise ValueError(f"{file}: {entry.id.name}: {error}") from None

    def _filled(self, message: str, values: dict[str, object]) -> str:
        if message not in self._messages:
            raise CatalogError(message, "is missing")
        try:
            return self._messages[message].text(values)
        except (LookupError, TypeError) as error:
            raise CatalogError(message, f"cannot be filled in ({error})") from None

    def names(self, kind: type[Kind], prefix: str) -> Mapping[Kind, str]:
        """What the values of an enumeration are called: messages `prefix-value`, with dashes for underscores."""
        if (kind, prefix) not in self._names:
            self._names[kind, prefix] = {value: self(f"{prefix}-{value.replace('_', '-')}") for value in kind}
        return self._names[kind, prefix]
