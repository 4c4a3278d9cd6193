"""A copy of the shipped content for a test to break."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from bot.advice import document
from bot.advice.document import Document
from bot.advice.library import Library
from bot.advice.loader import Check, load
from bot.advice.model import FILES, Model
from bot.advice.model.base import Place
from bot.advice.problem import ContentError, Problem
from bot.settings import CONTENT

ENGLISH = CONTENT / "en"


@dataclass(frozen=True, slots=True)
class ShippedDocument(Document):
    """A file of the shipped content, held against its model once: what comes of it is frozen."""

    model: Model
    located: tuple[tuple[str, Place, str], ...]

    def as_model(self, _model: type[Model]) -> Model:
        return self.model

    def texts(self, _kind: str, _model: Model) -> Iterable[tuple[str, Place, str]]:
        return self.located


@cache
def _shipped() -> Mapping[bytes, ShippedDocument]:
    return {file.read_bytes(): _fitted(file) for file in ENGLISH.rglob("*.yaml")}


def _fitted(file: Path) -> ShippedDocument:
    read = document.read(file)
    kind = file.stem if file.parent == ENGLISH else file.parent.name
    model = read.as_model(FILES[kind])
    return ShippedDocument(read.file, read.data, read.node, model, tuple(read.texts(kind, model)))


def read(file: Path) -> Document:
    """As the loader reads a file; one that says what the shipped content says is neither parsed nor checked again."""
    known = _shipped().get(file.read_bytes()) if file.is_file() else None
    return replace(known, file=file) if known else document.read(file)


@dataclass(frozen=True)
class Draft:
    """A copy of `content/en` under somebody's clumsy hands."""

    folder: Path

    def file(self, name: str) -> Path:
        return self.folder / name

    def text(self, name: str) -> str:
        return self.file(name).read_text(encoding="utf-8")

    def write(self, name: str, text: str | bytes) -> None:
        self.file(name).write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))

    def replace(self, name: str, old: str, new: str) -> None:
        """Replace the first `old`; a test that no longer finds its place says so."""
        text = self.text(name)
        assert old in text, f"{name} no longer has {old!r}"
        self.write(name, text.replace(old, new, 1))

    def drop(self, name: str, key: str) -> None:
        """Take out a top-level key with everything under it."""
        text, count = re.subn(rf"(?ms)^{key}:.*?(?=^\S|\Z)", "", self.text(name), count=1)
        assert count == 1, f"{name} no longer has {key}"
        self.write(name, text)

    def set(self, name: str, key: str, value: str) -> None:
        """Give a top-level key another value, in one line."""
        text, count = re.subn(rf"(?ms)^{key}:.*?(?=^\S|\Z)", lambda _: f"{key}: {value}\n", self.text(name), count=1)
        assert count == 1, f"{name} no longer has {key}"
        self.write(name, text)

    def append(self, name: str, text: str) -> None:
        self.write(name, self.text(name).rstrip("\n") + "\n" + text)

    def line(self, name: str, part: str, nth: int = 1) -> int:
        """The line on which `part` stands for the nth time, counted from 1; `id: G1` is not found in `id: G14`."""
        wanted = re.compile(re.escape(part) + r"(?!\w)")
        lines = [at for at, line in enumerate(self.text(name).splitlines(), start=1) if wanted.search(line)]
        return lines[nth - 1]

    def load(self, *checks: Check) -> Library:
        return load(self.folder, checks, read=read)

    def problems(self, *checks: Check) -> list[Problem]:
        with pytest.raises(ContentError) as caught:
            self.load(*checks)
        return caught.value.problems

    def problem(self, *checks: Check) -> Problem:
        """The one thing that is wrong."""
        problems = self.problems(*checks)
        assert len(problems) == 1, "\n".join(map(str, problems))
        return problems[0]
