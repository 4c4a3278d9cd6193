"""What stands in a button's `custom_id`: a version, an action and its arguments, never anything about a person."""

import re
from dataclasses import dataclass
from typing import Self

from bot.ui.limits import CUSTOM_ID

VERSION = "l1"
_PART = re.compile(r"[a-z0-9_-]{1,40}")


@dataclass(frozen=True, slots=True)
class CustomId:
    """`l1.open.signs.hip.0`: version, action, arguments. Comes back from Discord as untrusted input."""

    action: str
    arguments: tuple[str, ...] = ()

    def __str__(self) -> str:
        text = ".".join((VERSION, self.action, *self.arguments))
        if len(text) > CUSTOM_ID:
            raise ValueError(f"a custom_id holds {CUSTOM_ID} characters: {text}")
        return text

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """None for anything we would not have written ourselves in this version."""
        version, *parts = text[: CUSTOM_ID + 1].split(".")
        if version != VERSION or not parts or len(text) > CUSTOM_ID or not all(map(_PART.fullmatch, parts)):
            return None
        return cls(parts[0], tuple(parts[1:]))


def custom_id(action: str, *arguments: object) -> str:
    """The text for a button: `custom_id("open", "signs", "hip", 0)`."""
    return str(CustomId(action, tuple(str(argument) for argument in arguments)))
