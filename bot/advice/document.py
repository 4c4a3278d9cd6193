"""One YAML file: its data, and the line each piece stands on."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.advice.model.base import Place
from bot.advice.problem import ContentError, Problem


@dataclass(frozen=True, slots=True)
class Document:
    """Parsed YAML with line numbers kept for messages."""

    file: Path
    data: dict[str, Any]
    node: yaml.Node

    def line(self, place: Place) -> int:
        """The line of the deepest part of `place` that exists; 1 for the file as a whole."""
        node, line = self.node, 1
        for step in place:
            child = _child(node, step)
            if child is None:
                break
            line, node = child
        return line

    def problem(self, place: Place, what: str, mend: str) -> Problem:
        """A problem with what stands at `place`."""
        return Problem(self.file, self.line(place), what, mend)


class _Loader(yaml.CSafeLoader):
    """Dates stay text, so that one that is no day is a problem with a line and not a crash."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def read(file: Path) -> Document:
    """Parse one file.

    Raises ContentError when it is not UTF-8, not YAML, empty, not a mapping, or repeats a key.
    """
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise _broken(file, 1, f"this cannot be opened ({error.strerror})", "mend the file, or remove it") from None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _broken(file, line, "this is not UTF-8 text", "save the file as UTF-8") from None
    try:
        node, data = _parse(text)
        repeats = [] if node is None else list(_repeats(node))
    except yaml.YAMLError as error:
        raise _not_yaml(file, text, error) from None
    except _ODD as error:
        mend = "look for an unusual tag, number or date, or a block that holds itself"
        raise _broken(file, 1, f"this cannot be read ({type(error).__name__})", mend) from None
    if node is None or data is None:
        raise _broken(file, 1, "the file is empty", "write its content, or delete the file")
    if not isinstance(data, dict):
        raise _broken(file, 1, "this is not a list of `key: value` lines", "see docs/content-guide.md for an example")
    if repeats:
        mend = "keep one of the two"
        raise ContentError(
            [Problem(file, line, f"`{key}` stands twice in the same block", mend) for key, line in repeats]
        )
    return Document(file, data, node)


#: What PyYAML raises, beside its own errors, on scalars that are not what their tag says, and on endless nesting.
_ODD = (ValueError, IndexError, AttributeError, TypeError, OverflowError, RecursionError)


def _parse(text: str) -> tuple[yaml.Node | None, Any]:
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        return node, None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()


def _child(node: yaml.Node, step: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line + 1, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line + 1, node.value[step]
    return None


def _repeats(node: yaml.Node) -> Iterator[tuple[str, int]]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key.value, key.start_mark.line + 1
            seen.add(key.value)
            yield from _repeats(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _repeats(value)


def _not_yaml(file: Path, text: str, error: yaml.YAMLError) -> ContentError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    lines = text.splitlines() or [""]
    line = min(mark.line + 1 if mark else 1, len(lines))
    indent = lines[line - 1][: len(lines[line - 1]) - len(lines[line - 1].lstrip())]
    if "\t" in indent:
        return _broken(file, line, "a tab stands at the start of this line", "indent with spaces, two for each level")
    reason = getattr(error, "problem", None) or "it cannot be read"
    mend = "check quotes, colons and indentation here and one line above"
    return _broken(file, line, f"this is not YAML ({reason})", mend)


def _broken(file: Path, line: int, what: str, mend: str) -> ContentError:
    return ContentError([Problem(file, line, what, mend)])
