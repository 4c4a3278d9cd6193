"""What stands on a message: its parts, its texts, its buttons."""

from collections.abc import Iterator
from typing import Any


def texts(components: list[dict[str, Any]]) -> str:
    """Every text of a message, in reading order."""
    return "\n".join(part["content"] for part in flat(components) if part["type"] == 10)


def labels(components: list[dict[str, Any]]) -> list[str]:
    """Every button of a message, in reading order."""
    return [part["label"] for part in flat(components) if part["type"] == 2]


def flat(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """All components, nested ones after their parents."""
    for part in components:
        yield part
        yield from flat(part.get("components", []))
