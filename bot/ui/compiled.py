"""Compiled content: what `limber check` found well, in the form that a start reads instead of the YAML.

`limber check` writes it as JSON into a folder `.compiled` beside the language folders. It stands under a digest of
every byte of the content and of the code that reads and checks it, and under one of itself: whatever changes, the next
start reads the files themselves and checks them again.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path

from pydantic import TypeAdapter

import bot
from bot.advice.library import Library
from bot.ui.catalog import Pattern

FOLDER = ".compiled"
LARGEST = 2**20  # bytes of a file that are looked at; nobody reads a larger one

_CODE = Path(bot.__file__).parent
_DERIVED = {"library": {field.name for field in fields(Library) if not field.init}}


@dataclass(frozen=True, slots=True)
class Compiled:
    """What the files of one language say: the advice, and the messages of the interface."""

    library: Library
    messages: Mapping[str, Pattern]


def _shape() -> TypeAdapter[Compiled]:
    """Made when it is needed, and let go: a bot that has read its content has no use for it."""
    return TypeAdapter(Compiled)


def read_compiled(folder: Path) -> Compiled | None:
    """What a language folder was compiled to; None when that is not there, or is not of what the folder says now."""
    try:
        head, _, body = _place(folder).read_bytes().partition(b"\n")
        sources = sources_of(folder)
        return _shape().validate_json(body) if sources and head == _head(sources, body) else None
    except (OSError, ValueError):
        return None


def write_compiled(folder: Path, sources: str | None, content: Compiled) -> None:
    """Keep what a language folder says, where it may: where not, every start reads and checks the files.

    `sources` are from before it was read: of what somebody has edited since nothing is kept.
    """
    shape = _shape()
    body = shape.dump_json(content, exclude_defaults=True, exclude=_DERIVED)
    if sources and sources == sources_of(folder) and _said(shape.validate_json(body)) == _said(content):
        with suppress(OSError):
            _place(folder).parent.mkdir(exist_ok=True)
            _place(folder).write_bytes(_head(sources, body) + b"\n" + body)


def _said(content: Compiled) -> list[object]:
    return [content.messages, *(getattr(content.library, field.name) for field in fields(Library))]


def _place(folder: Path) -> Path:
    return folder.parent / FOLDER / f"{folder.name}.json"


def sources_of(folder: Path) -> str | None:
    """A digest of whatever decides what a language folder says; None where that cannot be read."""
    sources = hashlib.sha256()
    with suppress(OSError):
        for root, ending in ((folder, ""), (folder.parent / "en", ".ftl"), (_CODE, (".py", ".txt", ".toml"))):
            for name, content in _contents(root, ending):
                sources.update(os.fsencode(f"{name} {len(content)}\n") + content)
        return sources.hexdigest()
    return None


def _head(sources: str, body: bytes) -> bytes:
    return f"{sources} {hashlib.sha256(body).hexdigest()}".encode()


def _contents(folder: Path, ending: str | tuple[str, ...], inside: str = "") -> Iterator[tuple[str, bytes]]:
    """Every plain file, by its place in the folder."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _contents(Path(entry.path), ending, f"{inside}{entry.name}/")
        elif entry.name.endswith(ending) and entry.is_file():
            with Path(entry.path).open("rb") as file:
                yield inside + entry.name, file.read(LARGEST + 1)
