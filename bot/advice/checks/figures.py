"""The check of figures: each can be drawn, nothing floats or goes through a floor, a movement can be seen."""

from collections.abc import Iterator
from pathlib import Path

from bot.advice.document import read
from bot.advice.model import FigureFile
from bot.advice.problem import Problem
from bot.figures.faults import faults


def misdrawn(folder: Path) -> Iterator[Problem]:
    """Every fault of every figure of a language whose files fit their model. It takes its time: no start needs it."""
    for file in sorted((folder / "figures").glob("*.yaml")):
        document = read(file)
        for at, figure in enumerate(FigureFile.model_validate(document.data).figures):
            for what, mend in faults(figure.scene, still=figure.still):
                yield document.problem(("figures", at, "id"), f"`{figure.id}`: {what}", mend)
