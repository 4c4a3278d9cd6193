"""A message of the catalogue: text, variables, and choices by number or by word; the part of Fluent that we write."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bot.ui.plurals import NumberRules


@dataclass(frozen=True, slots=True)
class Variable:
    """Where a value is put in."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several patterns, by a value."""

    name: str
    variants: tuple[tuple[int | str, "Pattern"], ...]
    otherwise: "Pattern"


Pattern: TypeAlias = tuple[str | Variable | Choice, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """One message in one language."""

    pattern: Pattern
    rules: NumberRules

    def text(self, values: Mapping[str, object]) -> str:
        """Filled in with texts and whole numbers. Raises LookupError for a missing variable, TypeError for another."""
        return self._filled(self.pattern, values)

    def _filled(self, pattern: Pattern, values: Mapping[str, object]) -> str:
        return "".join(part if isinstance(part, str) else self._part(part, values) for part in pattern)

    def _part(self, part: Variable | Choice, values: Mapping[str, object]) -> str:
        value = _given(part.name, values)
        if isinstance(part, Variable):
            return self.rules.text(value) if isinstance(value, int) else value
        fitting = {value, self.rules.form(value)} if isinstance(value, int) else {value}
        chosen = next((pattern for key, pattern in part.variants if key in fitting), part.otherwise)
        return self._filled(chosen, values)


def _given(name: str, values: Mapping[str, object]) -> int | str:
    if name not in values:
        raise LookupError(f"${name} is missing")
    value = values[name]
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError(f"${name} is {type(value).__name__}, neither text nor a whole number")
    return value
