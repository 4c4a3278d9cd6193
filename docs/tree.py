"""Writes what the pages say about the code from the code itself: `make docs`.

Between `<!-- begin NAME -->` and `<!-- end NAME -->` stands one of BLOCKS: `packages` and `modules` are the first lines
of the docstrings in `bot/` and `cogs/`, `layers` and `arrow` the import contract in `pyproject.toml`, `routines` what
stands in `content/en/routines/`.
"""

import ast
import re
import textwrap
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from bot.advice.loader import load
from bot.settings import CONTENT

ROOT: Final = Path(__file__).resolve().parent.parent
PAGES: Final = (ROOT / "docs/architecture.md", ROOT / "CONTRIBUTING.md", ROOT / "docs/routines.md")
WIDTH: Final = 110
BLOCK: Final = re.compile(r"(?s)(<!-- begin (?P<name>\w+) -->\n).*?(<!-- end (?P=name) -->)")


def written(page: str) -> str:
    """The text of a page with every block as the code is now. Raises KeyError for a block of another name."""
    return BLOCK.sub(lambda block: f"{block[1]}\n{BLOCKS[block['name']]()}\n\n{block[3]}", page)


def first_line(module: Path) -> str:
    """What a module says it is. Raises ValueError when it says nothing."""
    docstring = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))
    if not docstring:
        raise ValueError(f"{module.relative_to(ROOT)} does not say what it is: give it a docstring")
    return docstring.partition("\n")[0]


def packages() -> str:
    """The packages as a tree, a line each."""
    lines = [(f"{'  ' * (len(folder.parts) - 1)}{folder.name}/", what) for folder, what in _packages()]
    return _fenced("", _aligned(lines))


def modules() -> str:
    """Every package with its modules, a line each."""
    return "\n\n".join(_table(folder, what) for folder, what in _packages())


def layers() -> str:
    """The import contract as a diagram, from what knows most to what knows least."""
    boxes = [f'  l{at}["{" · ".join(layer)}"]' for at, layer in enumerate(_layers())]
    arrows = "  " + " --> ".join(f"l{at}" for at in range(len(boxes)))
    without = set(_contract("The domain knows no Discord")["source_modules"])
    dashed = ",".join(f"l{at}" for at, layer in enumerate(_layers()) if set(layer) <= without)
    style = ["  classDef dashed stroke-dasharray: 5", f"  class {dashed} dashed"]
    return _fenced("mermaid", ["flowchart TD", *boxes, arrows, *style])


def arrow() -> str:
    """The same in a few words."""
    line = " → ".join("|".join(layer) for layer in _layers())
    return _fenced("", textwrap.wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False))


def routines() -> str:
    """Every routine: what it is and for when, how long it takes, of what its steps are."""
    library = load(CONTENT / "en")
    heads = ("Place", "Routine", "Kind", "Moment", "Minutes", "Stretches of its steps", "Steps")
    rows = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    for plan in sorted(library.routines.values(), key=lambda plan: (plan.areas, plan.moment, plan.id)):
        exercises = [library.exercises[step.exercise] for step in plan.steps]
        stretches = sum(exercise.kind.is_stretch for exercise in exercises)
        cells = (
            ", ".join(library.areas[area].name for area in plan.areas) or "whole body",
            f"{plan.name} (`{plan.id}`)",
            plan.kind,
            plan.moment.replace("_", " "),
            str(plan.minutes),
            f"{stretches} of {len(exercises)}",
            ", ".join(f"{exercise.name} ({exercise.kind.replace('_', ' ')})" for exercise in exercises),
        )
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


BLOCKS: Final[dict[str, Callable[[], str]]] = {
    block.__name__: block for block in (packages, modules, layers, arrow, routines)
}


def _packages() -> Iterator[tuple[Path, str]]:
    """Folder, relative to the root, and first line of every package; each before what is in it."""
    found = sorted(
        file.parent.relative_to(ROOT) for top in ("bot", "cogs") for file in (ROOT / top).rglob("__init__.py")
    )
    yield from ((folder, first_line(ROOT / folder / "__init__.py")) for folder in found)


def _table(folder: Path, what: str) -> str:
    files = [file for file in sorted((ROOT / folder).glob("*.py")) if file.stem != "__init__"]
    rows = [(f"| `{file.stem}`", f"| {first_line(file).replace('|', '/')} |") for file in files]
    table = [*_aligned([("| Module", "| What it is |"), ("|---", "|---|"), *rows])] if rows else []
    return "\n".join([f"### {folder.as_posix()}", "", what, "", *table]).rstrip()


def _aligned(lines: Sequence[tuple[str, str]]) -> list[str]:
    width = max(len(left) for left, _ in lines)
    return [f"{left:<{width}} {right}" for left, right in lines]


def _fenced(language: str, lines: Sequence[str]) -> str:
    return "\n".join([f"```{language}", *lines, "```"])


def _layers() -> list[list[str]]:
    """The layers, the one that may import all others first; those of one layer do not know each other."""
    return [[part.strip() for part in layer.split("|")] for layer in _contract("One way through the house")["layers"]]


def _contract(name: str) -> dict[str, Any]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts: list[dict[str, Any]] = settings["tool"]["importlinter"]["contracts"]
    return next(contract for contract in contracts if contract["name"] == name)


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(written(page.read_text(encoding="utf-8")), encoding="utf-8")
