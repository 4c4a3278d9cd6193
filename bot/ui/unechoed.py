"""Answers that Discord does not send back: discord.py asks for a copy of each, and makes a message of it nobody reads.

Discord answers a callback with nothing unless it is asked for more (interactions/receiving-and-responding). discord.py
2.7 always asks, and has no option for it; what is done here about that rests on names it does not document. The tests
of this module fail when they change.
"""

from collections.abc import Awaitable
from typing import Any

from discord.http import MultipartParameters, Route
from discord.webhook.async_ import async_context

CALLBACK = "/interactions/{webhook_id}/{webhook_token}/callback"


async def unechoed(answer: Awaitable[object]) -> None:
    """Answer an interaction; only its id comes back."""
    token = async_context.set(_Unechoed(async_context.get()))  # type: ignore[arg-type]  # only its one method is used
    try:
        await answer
    finally:
        async_context.reset(token)


class _Unechoed:
    """An adapter of discord.py that does not ask for the message."""

    def __init__(self, adapter: Any) -> None:
        self._adapter = adapter

    async def create_interaction_response(
        self, interaction_id: int, token: str, *, params: MultipartParameters, **connection: Any
    ) -> dict[str, Any]:
        route = Route("POST", CALLBACK, webhook_id=interaction_id, webhook_token=token)
        if params.files:
            await self._adapter.request(route, files=params.files, multipart=params.multipart, **connection)
        else:
            await self._adapter.request(route, payload=params.payload, **connection)
        return {"interaction": {"id": interaction_id}}
