"""Presses and forms: each finds its handler by the `custom_id`, and each is answered."""

from collections.abc import Awaitable, Callable

from discord import Interaction, InteractionType

from bot.errors import OutOfDate, UserError
from bot.ui.custom_id import CustomId

Handler = Callable[..., Awaitable[None]]


class FormOutOfDate(UserError):
    """A form of a version that is no longer there."""

    message = "error-form-out-of-date"


class Router:
    """Routes by the action in the `custom_id`, so that nothing has to be kept per message and restarts lose nothing."""

    def __init__(self) -> None:
        self._handlers: dict[str, Handler] = {}

    def add(self, action: str, handler: Handler) -> None:
        """From now on, presses of `action` go to `handler(interaction, *arguments)`."""
        if action in self._handlers:
            raise ValueError(f"{action} is routed already")
        self._handlers[action] = handler

    async def route(self, interaction: Interaction) -> None:
        """Call the handler. Raises OutOfDate or FormOutOfDate for anything nobody handles, forged ids included."""
        data: dict[str, object] = dict(interaction.data or {})
        found = CustomId.parse(str(data.get("custom_id", "")))
        handler = self._handlers.get(found.action) if found else None
        if found is None or handler is None:
            raise FormOutOfDate() if interaction.type is InteractionType.modal_submit else OutOfDate()
        await handler(interaction, *found.arguments)
