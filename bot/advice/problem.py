"""A problem with content, said so that its author can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from bot.advice.model.base import Place
from bot.errors import LimberError

LibraryProblem = tuple[str, Place, str, str]
"""Of a whole library: file relative to its folder, place in it, what is wrong, how to mend it."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in one place; `line` counts from 1."""

    file: Path
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}; {self.mend}"

    def seen_from(self, folder: Path) -> str:
        """The same, its file as somebody in `folder` names it; in full where it does not stand below."""
        file = self.file.relative_to(folder) if self.file.is_relative_to(folder) else self.file
        return str(replace(self, file=file))


class ContentError(LimberError):
    """The content cannot be used. Carries every problem of every file, sorted."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))
