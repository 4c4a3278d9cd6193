"""A message of the catalogue: text, variables, and choices by number or by word; the part of Fluent that we write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from fluent.syntax import ast

from bot.ui.plurals import NumberRules

REFUSED: Final = "a message holds text, { $variables } and { $choices -> … }, nothing else of Fluent"


@dataclass(frozen=True, slots=True)
class _Variable:
    name: str


@dataclass(frozen=True, slots=True)
class _Choice:
    name: str
    variants: Sequence[tuple[int | str, "Pattern"]]
    otherwise: "Pattern"


Pattern: TypeAlias = Sequence[str | _Variable | _Choice]


class Message:
    """One message in one language."""

    def __init__(self, pattern: ast.Pattern, rules: NumberRules) -> None:
        """Raises ValueError for what we do not use of Fluent: terms, functions, references to other messages."""
        self._pattern = _parsed(pattern)
        self._rules = rules

    def text(self, values: Mapping[str, object]) -> str:
        """Filled in with texts and whole numbers. Raises LookupError for a missing variable, TypeError for another."""
        return self._filled(self._pattern, values)

    def _filled(self, pattern: Pattern, values: Mapping[str, object]) -> str:
        return "".join(part if isinstance(part, str) else self._part(part, values) for part in pattern)

    def _part(self, part: _Variable | _Choice, values: Mapping[str, object]) -> str:
        value = _given(part.name, values)
        if isinstance(part, _Variable):
            return self._rules.text(value) if isinstance(value, int) else value
        fitting = {value, self._rules.form(value)} if isinstance(value, int) else {value}
        chosen = next((pattern for key, pattern in part.variants if key in fitting), part.otherwise)
        return self._filled(chosen, values)


def _given(name: str, values: Mapping[str, object]) -> int | str:
    if name not in values:
        raise LookupError(f"${name} is missing")
    value = values[name]
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError(f"${name} is {type(value).__name__}, neither text nor a whole number")
    return value


def _parsed(pattern: ast.Pattern) -> Pattern:
    return tuple(
        element.value if isinstance(element, ast.TextElement) else _placeable(element.expression)
        for element in pattern.elements
    )


def _placeable(expression: object) -> str | _Variable | _Choice:
    match expression:
        case ast.StringLiteral():
            return str(expression.parse()["value"])
        case ast.NumberLiteral(value=value):
            return value
        case ast.VariableReference(id=ast.Identifier(name=name)):
            return _Variable(name)
        case ast.SelectExpression(selector=ast.VariableReference(id=ast.Identifier(name=name)), variants=variants):
            otherwise = next(_parsed(variant.value) for variant in variants if variant.default)
            return _Choice(name, tuple((_key(variant.key), _parsed(variant.value)) for variant in variants), otherwise)
    raise ValueError(REFUSED)


def _key(key: ast.NumberLiteral | ast.Identifier) -> int | str:
    """Raises ValueError for a number that is not whole."""
    return int(key.value) if isinstance(key, ast.NumberLiteral) else key.name
