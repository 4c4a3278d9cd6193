"""A data folder with the schema of today, migrated once for all tests of a process."""

import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot.storage.storage import prepare


def migrated(data: Path) -> None:
    """Both databases as a first start leaves them; nobody is in them, and no host key is chosen yet."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, empty in _empty().items():
        (data / name).touch(mode=0o600)
        (data / name).write_bytes(empty)


@cache
def _empty() -> Mapping[str, bytes]:
    with tempfile.TemporaryDirectory(prefix="limber-empty-") as folder:
        return {name: Path(folder, name).read_bytes() for name in prepare(Path(folder))}
