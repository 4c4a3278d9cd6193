"""Language folders: where the content of each language lies."""

from pathlib import Path


def languages(root: Path) -> list[Path]:
    """The language folders at, in, or above `root`; empty when there is none."""
    for folder in (root, *root.parents[:2]):
        if (folder / "areas").is_dir():
            return [folder]
    return sorted(folder.parent for folder in root.glob("*/areas") if folder.is_dir()) if root.is_dir() else []
