"""The transcript of a message: plain text, for a terminal."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

WIDTH = 88
ACTION_ROW, BUTTON, SELECT, TEXT, RULE, FRAME = 1, 2, 3, 10, 14, 17  # Discord's component types


def transcript(message: Mapping[str, Any]) -> str:
    """Every text and button of a message payload, in reading order; boxes are drawn at the left."""
    return "\n".join(_lines(message.get("components", ()), bar=""))


def _lines(components: Iterable[Mapping[str, Any]], bar: str) -> Iterator[str]:
    for component in components:
        kind = component["type"]
        if kind == FRAME:
            yield from _lines(component["components"], bar="┃ ")
            yield ""
        elif kind == TEXT:
            yield from (f"{bar}{line}".rstrip() for line in _wrapped(component["content"], WIDTH - len(bar)))
        elif kind == RULE:
            yield bar + "─" * (WIDTH - len(bar)) if component.get("divider", True) else bar.rstrip()
        elif kind == ACTION_ROW:
            yield bar + "  ".join(f"[ {_label(item)} ]" for item in component["components"])
            yield bar.rstrip()


def _label(item: Mapping[str, Any]) -> str:
    return str(item.get("label") or item.get("placeholder") or item.get("custom_id", ""))


def _wrapped(text: str, width: int) -> Iterator[str]:
    for line in text.split("\n"):
        plain = re.sub(r"(\*\*|__|(?<!\w)\*|\*(?!\w)|`)", "", line)
        heading = re.match(r"#{1,3} ", plain)
        plain = re.sub(r"^(#{1,3}|-#) ", "", plain)
        if heading:
            plain = plain.upper() if heading[0] == "## " else plain
        indent = "  " if re.match(r"(-|\d+\.) ", plain) else ""
        yield from textwrap.wrap(plain, width, subsequent_indent=indent, break_long_words=False) or [""]
