"""The facts the project was founded on, and the addresses in the content where they stand.

An address is `file#path`. The file is one of `content/en`, without `.yaml`. The path leads down through keys; in a
list it names an entry by its `id`, or by its place counted from 1 where entries have none:

- `areas/hip#summary`, `areas/hip#can_run.notes.1`, `areas/hip#causes.overstriding`, `areas/neck#exercises.chin_tuck`
- `exercises/hip#clamshell`, `tips/hip#hip_run_tall`, `routines/hip#hip_gentle_loosen`, `sources#leppanen-2024`: files
  that are one list of entries, by the entry's id alone.
"""

from pathlib import Path
from typing import Any

from tests.support.content import parsed

FOLDER = Path(__file__).resolve().parent.parent / "content" / "facts"
TABLES = {file.stem: parsed(file) for file in sorted(FOLDER.glob("*.yaml"))}
AREA_OF_SEED = {"S1": "neck", "S2": "hip", "S3": "hamstring", "S4": "neck_headache", "S5": "knee"}


def resolve(address: str, written: dict[str, Any]) -> Any:
    """What stands at an address. Raises LookupError."""
    file, _, path = address.partition("#")
    if file not in written:
        raise LookupError(f"there is no file {file}.yaml")
    if not path:
        raise LookupError("an address names a place in the file, after #")
    here = written[file]
    kind = file.split("/")[0]
    if kind in {"exercises", "tips", "routines", "sources"}:
        here = here[kind]
    for step in path.split("."):
        here = _down(here, step)
    return here


def _down(here: Any, step: str) -> Any:
    if isinstance(here, dict) and step in here:
        return here[step]
    if isinstance(here, list):
        named = [entry for entry in here if isinstance(entry, dict) and entry.get("id") == step]
        if len(named) == 1:
            return named[0]
        if step.isdecimal() and 1 <= int(step) <= len(here):
            return here[int(step) - 1]
    raise LookupError(f"there is no {step}")
