"""A problem with content, said so that its author can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.errors import LimberError


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in one place; `line` counts from 1."""

    file: Path
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}; {self.mend}"


class ContentError(LimberError):
    """The content cannot be used. Carries every problem of every file, sorted."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))
