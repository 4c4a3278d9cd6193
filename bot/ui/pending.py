"""A command that waits for one answer: which place, which time zone, whether things may be kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from discord import Interaction

from bot.errors import OutOfDate


@dataclass(frozen=True, slots=True)
class PendingCommand:
    """What somebody asked for, as they typed it. In memory only."""

    name: str  # qualified, as "remind add"
    options: Mapping[str, Any]

    @classmethod
    def of(cls, interaction: Interaction) -> Self | None:
        """The command of an interaction; None for a press or a form, and for what cannot be read."""
        try:
            command = interaction.command
            return cls(command.qualified_name, dict(iter(interaction.namespace))) if command is not None else None
        except Exception:  # noqa: BLE001  # both are made of what Discord sent; whoever sent it must be answered
            return None

    def answered(self, option: str, value: str) -> Self:
        """With another value for an option it had. Raises OutOfDate for any other."""
        if option not in self.options:
            raise OutOfDate
        return replace(self, options={**self.options, option: value})
