"""The handlers of cogs: commands are handed a request, presses and forms find theirs by the `custom_id`."""

from collections.abc import Awaitable, Callable, Coroutine, Iterator
from dataclasses import dataclass
from functools import wraps
from inspect import getmembers, isfunction, unwrap
from types import FunctionType, MethodType
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from discord import Interaction, InteractionType
from discord.app_commands import Choice, Command

from bot.errors import OutOfDate, UserError
from bot.ui.custom_id import CustomId
from bot.ui.request import PRIVATE, AnswerPolicy, Request

B = TypeVar("B")
P = ParamSpec("P")
F = TypeVar("F", bound=Callable[..., Coroutine[Any, Any, None]])

_POLICY: Final = "answer_policy"  # where a command's callback carries it
_PRESS: Final = "press"  # where a handler carries what it was declared for


class FormOutOfDate(UserError, message="error-form-out-of-date"):
    """A form of a version that is no longer there."""


@dataclass(frozen=True, slots=True)
class _Press:
    action: str
    policy: AnswerPolicy


@dataclass(frozen=True, slots=True)
class _Route:
    handler: Callable[..., Awaitable[None]]
    arity: int
    policy: AnswerPolicy


def press(action: str, policy: AnswerPolicy = PRIVATE) -> Callable[[F], F]:
    """Declare a method the handler of a button, a menu or a form: `handler(request, *arguments of the custom_id)`.

    A command that does the same is declared above it: the options it may do without are no arguments of the id.
    """

    def declare(handler: F) -> F:
        vars(handler)[_PRESS] = _Press(action, policy)
        return handler

    return declare


def on_request(
    policy: AnswerPolicy = PRIVATE,
) -> Callable[
    [Callable[Concatenate[B, Request, P], Coroutine[Any, Any, None]]],
    Callable[Concatenate[B, Interaction, P], Coroutine[Any, Any, None]],
]:
    """For a cog's method that is a command: it is handed a Request instead of discord.py's interaction."""

    def decorate(
        callback: Callable[Concatenate[B, Request, P], Coroutine[Any, Any, None]],
    ) -> Callable[Concatenate[B, Interaction, P], Coroutine[Any, Any, None]]:
        @wraps(callback)
        async def run(cog: B, interaction: Interaction, /, *args: P.args, **kwargs: P.kwargs) -> None:
            request = Request.of(interaction)
            await request.handle(lambda: callback(cog, request, *args, **kwargs))

        vars(run)[_POLICY] = policy
        return run

    return decorate


def on_typing(
    callback: Callable[[B, Request, str], Coroutine[Any, Any, list[Choice[str]]]],
) -> Callable[[B, Interaction, str], Coroutine[Any, Any, list[Choice[str]]]]:
    """For a cog's method that suggests what an option could be: it is handed a Request, and what is typed so far."""

    @wraps(callback)
    async def run(cog: B, interaction: Interaction, text: str, /) -> list[Choice[str]]:
        return await callback(cog, Request.of(interaction), text)

    return run


def policy_of(interaction: Interaction) -> AnswerPolicy:
    """What the command that was typed declares."""
    command = interaction.command
    policy: AnswerPolicy = vars(command.callback).get(_POLICY, PRIVATE) if command is not None else PRIVATE
    return policy


class Router:
    """Routes by the action in the `custom_id`, so that nothing has to be kept per message and restarts lose nothing."""

    def __init__(self) -> None:
        self._routes: dict[str, _Route] = {}

    def register(self, owner: object) -> None:
        """From now on presses go to the methods of `owner` that are declared for them."""
        for function, declared in _declared(type(owner)):
            if declared.action in self._routes:
                raise ValueError(f"{declared.action} is routed already")
            needed = function.__code__.co_argcount - len(function.__defaults__ or ())
            arity = needed - len(("self", "request"))
            self._routes[declared.action] = _Route(MethodType(function, owner), arity, declared.policy)

    @property
    def actions(self) -> dict[str, int]:
        """Everything that can be pressed or sent, with the number of arguments in its id."""
        return {action: route.arity for action, route in self._routes.items()}

    async def route(self, request: Request) -> None:
        """Call the handler. Raises OutOfDate or FormOutOfDate for anything nobody handles, forged ids included."""
        pressed = CustomId.parse(request.custom_id)
        route = self._routes.get(pressed.action) if pressed else None
        if pressed is None or route is None or route.arity != len(pressed.arguments):
            form = request.interaction.type is InteractionType.modal_submit
            raise FormOutOfDate if form else OutOfDate
        request.begin(route.policy)
        await request.handle(lambda: route.handler(request, *pressed.arguments))


def _declared(kind: type) -> Iterator[tuple[FunctionType, _Press]]:
    for _, member in getmembers(kind):
        function = unwrap(member.callback) if isinstance(member, Command) else member
        if isfunction(function) and isinstance(declared := vars(function).get(_PRESS), _Press):
            yield function, declared
