"""One YAML file: its data, and the line each piece stands on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import Any, Final, TypeVar

import yaml

from bot.advice.model.base import Model, Place, leaves
from bot.advice.problem import ContentError, Problem

M = TypeVar("M", bound=Model)


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

    def as_model(self, model: type[M]) -> M:
        """What it says, as this model has it. Raises ValidationError where it does not fit."""
        return model.model_validate(self.data)

    def texts(self, kind: str, model: Model) -> Iterable[tuple[str, Place, str]]:
        """Every text of its model: where as a pattern, such as `areas.causes.*.id`, where exactly, and the text."""
        for place, leaf in leaves(model):
            if isinstance(leaf, str):
                yield ".".join([kind, *["*" if isinstance(step, int) else step for step in place]]), place, leaf

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

    Raises ContentError when it is no plain text file, not YAML, empty, not a mapping, repeats a key or has an alias.
    """
    text = text_of(file)
    if text.count("[") + text.count("{") > DEEPEST or max(map(len, text.splitlines()), default=0) > DEEPEST:
        what = f"this has more than {DEEPEST} brackets, or characters in one line"
        raise _broken(file, 1, what, "write it in blocks, line by line")
    try:
        node, data, faults = _parse(text)
    except yaml.YAMLError as error:
        raise _not_yaml(file, text, error) from None
    except _ODD as error:
        mend = "look for an unusual tag, number or date, or for blocks in blocks without end"
        raise _broken(file, 1, f"this cannot be read ({type(error).__name__})", mend) from None
    if faults:
        raise ContentError([Problem(file, line, what, mend) for line, what, mend in faults])
    if node is None or data is None:
        raise _broken(file, 1, "the file is empty", "write its content, or delete the file")
    if not isinstance(data, dict):
        raise _broken(file, 1, "this is not a list of `key: value` lines", "see docs/content-guide.md for an example")
    return Document(file, data, node)


LARGEST: Final = 2**20  # bytes of a file; the largest of ours has an eighth
DEEPEST: Final = 9_000  # blocks in blocks; each takes a bracket or room in a line, and the parser's stack holds 20,000

_Fault = tuple[int, str, str]
"""The line, what is wrong, how to mend it."""

#: What PyYAML raises, beside its own errors, on scalars that are not what their tag says, and on endless nesting.
_ODD = (ValueError, IndexError, AttributeError, TypeError, OverflowError, RecursionError)


def text_of(file: Path) -> str:
    """What stands in a file of the content. Raises ContentError when it is no plain file, too large, or not UTF-8."""
    try:
        status = file.stat()
        if not S_ISREG(status.st_mode):  # such as a pipe, or a device that never ends
            raise _broken(file, 1, "this is not a plain file", "put a plain file here, or remove it")
        if status.st_size > LARGEST:
            raise _broken(file, 1, f"this is larger than {LARGEST // 2**20} MB", "split it, or remove it")
        raw = file.read_bytes()
    except OSError as error:
        raise _broken(file, 1, f"this cannot be opened ({error.strerror})", "mend the file, or remove it") from None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _broken(file, line, "this is not UTF-8 text", "save the file as UTF-8") from None


def _parse(text: str) -> tuple[yaml.Node | None, Any, list[_Fault]]:
    """The nodes; their data, which is made only when there is no fault in them."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        faults = [] if node is None else list(_faults(node, set()))
        return node, None if node is None or faults else loader.construct_document(node), faults
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


def _faults(node: yaml.Node, seen: set[int], line: int = 1) -> Iterator[_Fault]:
    """A key that stands twice in a block; an alias, by which a few lines could come to millions.

    An alias is the node of its anchor once more: each node is looked at once, however many lead to it.
    """
    if id(node) in seen:
        yield line, "an alias (`*name`) stands here", "write out what it stands for"
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        keys: set[str] = set()
        for key, value in node.value:
            at = key.start_mark.line + 1
            if isinstance(key, yaml.ScalarNode):
                if key.value in keys:
                    yield at, f"`{key.value}` stands twice in the same block", "keep one of the two"
                keys.add(key.value)
            yield from _faults(key, seen, at)
            yield from _faults(value, seen, at)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _faults(value, seen, node.start_mark.line + 1)


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
