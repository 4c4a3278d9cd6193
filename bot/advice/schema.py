"""JSON Schemas of the content files, for completion in editors."""

import json
from pathlib import Path

from bot.advice.model import FILES


def schemas() -> dict[str, str]:
    """File name to schema text, the same bytes every time."""
    return {
        f"{kind}.schema.json": json.dumps(model.model_json_schema(), indent=2, ensure_ascii=False, sort_keys=True)
        + "\n"
        for kind, model in FILES.items()
    }


def write_schemas(folder: Path) -> list[Path]:
    """Write them all; returns the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")
        written.append(folder / name)
    return written
