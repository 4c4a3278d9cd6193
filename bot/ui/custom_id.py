"""The `custom_id` of a button: a version, an action and its arguments, never anything about a person."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from bot.errors import OutOfDate
from bot.ui.limits import CUSTOM_ID

VERSION: Final = "l2"
LEGACY_VERSION: Final = "l1"

#: What actions were called in ids of version l1, which stand on messages sent before December 2026, and the names now.
ACTIONS: Final[Mapping[str, str]] = {
    old: f"{group}.{new}"
    for line in Path(__file__).with_name("legacy_ids.txt").read_text(encoding="utf-8").splitlines()[1:]
    for group, _, renamed in [line.partition(": ")]
    for old, _, new in (pair.partition("=") for pair in renamed.split())
}

_PART = re.compile(r"[a-z0-9_-]{1,40}")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")
_MOST = 2**63 - 1  # an id of Discord's is no larger, nor a number in a database


@dataclass(frozen=True, slots=True)
class CustomId:
    """`l2.advice.open.signs.hip.0`: version, action in two words, arguments. Comes back as untrusted input."""

    action: str
    arguments: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """None for anything we would not have written ourselves, in this version or in the one before."""
        version, *parts = text[: CUSTOM_ID + 1].split(".")
        if len(text) > CUSTOM_ID or not parts or not all(map(_PART.fullmatch, parts)):
            return None
        if version == LEGACY_VERSION and parts[0] in ACTIONS:
            return cls(ACTIONS[parts[0]], tuple(parts[1:]))
        if version == VERSION and len(parts) > 1:
            return cls(f"{parts[0]}.{parts[1]}", tuple(parts[2:]))
        return None


def custom_id(action: str, *arguments: object) -> str:
    """The text for a button: `custom_id("advice.open", "signs", "hip", 0)`."""
    text = ".".join((VERSION, action, *map(str, arguments)))
    if len(text) > CUSTOM_ID:
        raise ValueError(f"a custom_id holds {CUSTOM_ID} characters: {text}")
    return text


def whole_number(text: str) -> int:
    """The number that a button or a menu carries. Raises OutOfDate for anything we would not have written ourselves."""
    if not _NUMBER.fullmatch(text) or (number := int(text)) > _MOST:
        raise OutOfDate
    return number
