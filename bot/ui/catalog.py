"""The message catalogue: every string the interface shows, in the part of Fluent that we write."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar

from bot.errors import LimberError
from bot.ui.plurals import LANGUAGES

COUNTED = 2048  # filled-in messages that are kept: those that take whole numbers alone, so nobody's words

Kind = TypeVar("Kind", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Variable:
    """Where a value is put in."""

    name: str


@dataclass(frozen=True, slots=True)
class PatternChoice:
    """One of several patterns, by a value: a word, a number, or how the number is counted."""

    name: str
    variants: tuple[tuple[int | str, "Pattern"], ...]
    otherwise: "Pattern"


Pattern: TypeAlias = tuple[str | Variable | PatternChoice, ...]


class CatalogError(LimberError):
    """A message that cannot be shown: `message` is its id."""

    def __init__(self, message: str, why: str) -> None:
        super().__init__(f"the message `{message}` {why}")
        self.message = message


class Catalog:
    """The interface in one language: `words("tip-another")`, `words("card-version", version="…")`.

    Raises CatalogError for an id nobody wrote, and for a message whose variables are not those it is given.
    """

    def __init__(self, language: str, messages: Mapping[str, Pattern]) -> None:
        """Raises ValueError for a language that Discord does not speak."""
        if language not in LANGUAGES:
            raise ValueError(f"how {language} counts is not known; there are {', '.join(LANGUAGES)}")
        self.language = language
        self.messages = messages
        self._rules = LANGUAGES[language]
        self._constant: dict[str, str] = {}
        self._counted = lru_cache(maxsize=COUNTED)(lambda message, values: self._filled(message, dict(values)))
        self._names: dict[tuple[type[StrEnum], str], Mapping[Any, str]] = {}

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
        if message not in self.messages:
            raise CatalogError(message, "is missing")
        try:
            return self._text(self.messages[message], values)
        except (LookupError, TypeError) as error:
            raise CatalogError(message, f"cannot be filled in ({error})") from None

    def _text(self, pattern: Pattern, values: Mapping[str, object]) -> str:
        """Filled in with texts and whole numbers. Raises LookupError for a missing variable, TypeError for another."""
        return "".join(part if isinstance(part, str) else self._part(part, values) for part in pattern)

    def _part(self, part: Variable | PatternChoice, values: Mapping[str, object]) -> str:
        value = _given(part.name, values)
        if isinstance(part, Variable):
            return self._rules.text(value) if isinstance(value, int) else value
        fitting = {value, self._rules.form(value)} if isinstance(value, int) else {value}
        chosen = next((pattern for key, pattern in part.variants if key in fitting), part.otherwise)
        return self._text(chosen, values)

    def names(self, kind: type[Kind], prefix: str) -> Mapping[Kind, str]:
        """What the values of an enumeration are called: messages `prefix-value`, with dashes for underscores."""
        if (kind, prefix) not in self._names:
            self._names[kind, prefix] = {value: self(f"{prefix}-{value.replace('_', '-')}") for value in kind}
        return self._names[kind, prefix]


def _given(name: str, values: Mapping[str, object]) -> int | str:
    if name not in values:
        raise LookupError(f"${name} is missing")
    value = values[name]
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError(f"${name} is {type(value).__name__}, neither text nor a whole number")
    return value
