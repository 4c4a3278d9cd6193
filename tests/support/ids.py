"""What the ids of buttons, menus and forms mean, read as the bot reads them."""

from collections.abc import Iterable, Iterator
from typing import Any

from bot.ui.custom_id import ACTIONS, LEGACY_VERSION, CustomId


def action_of(custom_id: str) -> str:
    """`entry.show`; nothing for what is no id of ours."""
    parsed = CustomId.parse(custom_id)
    return parsed.action if parsed else ""


def arguments_of(custom_id: str) -> tuple[str, ...]:
    """What stands behind the action."""
    parsed = CustomId.parse(custom_id)
    return parsed.arguments if parsed else ()


def ids_of(parts: Iterable[dict[str, Any]], *actions: str) -> Iterator[str]:
    """The ids among components that are all in one row, not nested, for any of these actions."""
    return (part["custom_id"] for part in parts if action_of(part.get("custom_id", "")) in actions)


def legacy(custom_id: str) -> list[str]:
    """The same as the version before wrote it, under each name that the action had then."""
    parsed = CustomId.parse(custom_id)
    if parsed is None:
        return []
    return [
        ".".join((LEGACY_VERSION, name, *parsed.arguments)) for name, now in ACTIONS.items() if now == parsed.action
    ]
