"""Presses and forms: each finds its handler by the `custom_id`, and each is answered."""

from collections.abc import Awaitable, Callable, Mapping
from inspect import signature

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
        self._arity: dict[str, int] = {}

    def add(self, action: str, handler: Handler) -> None:
        """From now on, presses of `action` go to `handler(interaction, *arguments)`."""
        if action in self._handlers:
            raise ValueError(f"{action} is routed already")
        self._handlers[action] = handler
        self._arity[action] = len(signature(handler).parameters) - 1  # the interaction is no argument of the id

    def add_all(self, handlers: Mapping[str, Handler]) -> None:
        """Several at once, by action."""
        for action, handler in handlers.items():
            self.add(action, handler)

    async def route(self, interaction: Interaction) -> None:
        """Call the handler. Raises OutOfDate or FormOutOfDate for anything nobody handles, forged ids included."""
        data: dict[str, object] = dict(interaction.data or {})
        found = CustomId.parse(str(data.get("custom_id", "")))
        if found is None or self._arity.get(found.action) != len(found.arguments):
            raise FormOutOfDate if interaction.type is InteractionType.modal_submit else OutOfDate
        await self._handlers[found.action](interaction, *found.arguments)
