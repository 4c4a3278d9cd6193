"""What a lock file pins."""

import re

from bot.settings import CONTENT

ROOT = CONTENT.parent


def plain(name: str) -> str:
    """A package's name, however it is spelled."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(file: str) -> dict[str, tuple[str, str]]:
    """By package: its version and its marker."""
    text = (ROOT / file).read_text(encoding="utf-8")
    found = re.findall(r"(?m)^([\w.-]+)==(\S+)(?: ; (.+?))? \\\n    --hash=sha256:[0-9a-f]{64}", text)
    assert len(found) == len(re.findall(r"(?m)^[^\s#]", text)), "a line is not pinned, or has no hash"
    return {plain(name): (version, marker) for name, version, marker in found}
