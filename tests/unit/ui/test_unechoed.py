"""What is sent without asking for the message back is what discord.py sends, but for that one word."""

from io import BytesIO
from typing import Any

import pytest
from discord import File
from discord.http import MultipartParameters, handle_message_parameters
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

from bot.ui.unechoed import unechoed

CONNECTION: dict[str, Any] = {"session": None, "proxy": None, "proxy_auth": None}


class Recorder(AsyncWebhookAdapter):
    """discord.py's own adapter; what it would send is written down."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[tuple[str, dict[str, Any]]] = []

    async def request(self, route: Any, session: Any, **given: Any) -> dict[str, Any]:
        self.sent.append((f"{route.method} {route.url}", {"session": session, **given}))
        return {"interaction": {"id": "7"}}


async def answer(params: MultipartParameters) -> dict[str, Any]:
    """As discord.py answers an interaction."""
    told = await async_context.get().create_interaction_response(7, "token", params=params, **CONNECTION)
    assert int(told["interaction"]["id"]) == 7
    return dict(told)


@pytest.mark.parametrize("files", [[], [File(BytesIO(b"png"), "hip.png")]], ids=["a card", "a card with a picture"])
async def test_nothing_differs_but_that_no_message_is_asked_back(files):
    recorder = Recorder()
    token = async_context.set(recorder)
    with handle_message_parameters(content="hip", files=files) as params:
        await answer(params)
        await unechoed(answer(params))
        await answer(params)  # only what was handed over is
    async_context.reset(token)

    (place, theirs), (our_place, ours), again = recorder.sent
    assert again == (place, theirs)
    assert our_place == place
    assert theirs.pop("params") == {"with_response": "1"}
    assert ours == theirs
