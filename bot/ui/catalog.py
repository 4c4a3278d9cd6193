"""The message catalogue: every string the interface shows, one Fluent file per language."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

from bot.errors import LimberError

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
        """Later files win, so that a translation stands on top of English."""
        self.language = language
        self._bundle = FluentBundle([language], use_isolating=False)
        self._constant: dict[str, str] = {}
        self._counted = lru_cache(maxsize=COUNTED)(lambda message, values: self._filled(message, dict(values)))
        self._names: dict[tuple[type[StrEnum], str], Mapping[Any, str]] = {}
        for file in files:
            resource = FluentResource(file.read_text(encoding="utf-8"))
            broken = next((entry for entry in resource.body if isinstance(entry, ast.Junk)), None)
            if broken is not None:
                raise ValueError(f"{file}: cannot be read from {str(broken.content).splitlines()[0]!r} on")
            self._bundle.add_resource(resource, allow_overrides=True)

    def __call__(self, message: str, **values: object) -> str:
        if not values and message in self._constant:
            return self._constant[message]
        if values and all(type(value) is int for value in values.values()):
            return self._counted(message, tuple(values.items()))
        text = self._filled(message, values)
        if not values:
            self._constant[message] = text
        return text

    def _filled(self, message: str, values: dict[str, object]) -> str:
        pattern = self._bundle.get_message(message).value if self._bundle.has_message(message) else None
        if pattern is None:
            raise CatalogError(message, "is missing")
        text, errors = self._bundle.format_pattern(pattern, values)
        if errors:
            raise CatalogError(message, f"cannot be filled in ({errors[0]})")
        return str(text)

    def names(self, kind: type[Kind], prefix: str) -> Mapping[Kind, str]:
        """What the values of an enumeration are called: messages `prefix-value`, with dashes for underscores."""
        if (kind, prefix) not in self._names:
            self._names[kind, prefix] = {value: self(f"{prefix}-{value.replace('_', '-')}") for value in kind}
        return self._names[kind, prefix]
