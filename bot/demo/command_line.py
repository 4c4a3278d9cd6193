"""A parser of typed commands, which reads them as Discord's composer does: `/pain area:sit bone ache`."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from discord.app_commands import Command, Parameter

from bot.errors import LimberError

INTEGER, BOOLEAN = 4, 5  # Discord's types of options
TRUTH = {"true": True, "yes": True, "false": False, "no": False}


class CannotSay(LimberError):
    """No such command or option; the text says which there are. Exit code 2."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A command and its options, ready to be sent."""

    command: str
    options: Mapping[str, str | int | bool]


def read_line(text: str, commands: Iterable[object]) -> Spoken:
    """Read a line. Text before any `option:` belongs to the first option; quotes are optional.

    Raises CannotSay for an unknown command or option, a missing one, or a number that is none.
    """
    known: dict[str, Command[Any, ..., Any]] = {
        command.qualified_name: command for command in commands if isinstance(command, Command)
    }
    line = text.strip().removeprefix("/")
    name = max((name for name in known if re.match(rf"{re.escape(name)}(\s|$)", line)), key=len, default=None)
    if name is None:
        raise CannotSay(
            f"There is no /{line.split(' ')[0]}. There are: {', '.join(f'/{name}' for name in sorted(known))}"
        )
    parameters = {parameter.name: parameter for parameter in known[name].parameters}
    options: dict[str, str | int | bool] = {}
    for option, value in _typed_options(line[len(name) :].strip(), list(parameters)):
        if option not in parameters:
            raise CannotSay(f"/{name} has no option {option}. {_there_are(list(parameters))}")
        options[option] = _value(parameters[option], value)
    if missing := [option for option, parameter in parameters.items() if parameter.required and option not in options]:
        raise CannotSay(f"/{name} needs {', '.join(missing)}, for example: /{name} {missing[0]}:hip")
    return Spoken(name, options)


def _typed_options(text: str, options: Sequence[str]) -> list[tuple[str, str]]:
    """(option, value) in the order they were typed."""
    marks = list(re.finditer(r"(?:^|\s)([a-z_]+):", text))
    bare = text[: marks[0].start() if marks else len(text)].strip()
    typed = []
    if bare:
        if not options:
            raise CannotSay(f"This command takes no options, so “{bare}” has no place")
        typed.append((options[0], _unquoted(bare)))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    typed += [(mark[1], _unquoted(text[mark.end() : end].strip())) for mark, end in zip(marks, ends, strict=False)]
    return typed


def _value(parameter: Parameter, value: str) -> str | int | bool:
    if parameter.type.value == INTEGER:
        return _number(parameter, value)
    if parameter.type.value == BOOLEAN:
        if value.casefold() not in TRUTH:
            raise CannotSay(f"{parameter.name} is yes or no, not “{value[:40]}”")
        return TRUTH[value.casefold()]
    return value


def _number(parameter: Parameter, value: str) -> int:
    """A whole number that the option takes."""
    lowest, highest = parameter.min_value, parameter.max_value
    if re.fullmatch(r"-?[0-9]{1,9}", value, re.ASCII) is None:
        raise CannotSay(f"{parameter.name} takes a whole number, not “{value[:40]}”")
    number = int(value)
    if (lowest is not None and number < lowest) or (highest is not None and number > highest):
        raise CannotSay(f"{parameter.name} takes a whole number from {lowest} to {highest}, not {number}")
    return number


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _there_are(options: Sequence[str]) -> str:
    return f"There are: {', '.join(options)}" if options else "It has none"
