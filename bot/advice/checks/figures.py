"""The check of figures: every exercise has one, it can be drawn, nothing floats or sinks, a movement can be seen."""

from collections.abc import Iterator
from pathlib import Path

from bot.advice.document import Document, read
from bot.advice.model import ExerciseFile, FigureFile
from bot.advice.problem import Problem
from bot.figures.faults import faults


def misdrawn(folder: Path) -> Iterator[Problem]:
    """Every fault of the figures of a language whose files fit their models. It takes its time: no start needs it."""
    drawn: set[str] = set()
    for document in _documents(folder / "figures"):
        for at, figure in enumerate(FigureFile.model_validate(document.data).figures):
            drawn.add(figure.id)
            for what, mend in faults(figure.scene, still=figure.still):
                yield document.problem(("figures", at, "id"), f"`{figure.id}`: {what}", mend)
    for document in _documents(folder / "exercises"):
        for at, exercise in enumerate(ExerciseFile.model_validate(document.data).exercises):
            if exercise.id not in drawn:
                mend = f"draw one in figures/{document.file.name}; docs/figures.md says how"
                yield document.problem(("exercises", at, "id"), f"`{exercise.id}` has no figure", mend)


def _documents(folder: Path) -> Iterator[Document]:
    return map(read, sorted(folder.glob("*.y*ml")))
