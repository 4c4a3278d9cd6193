"""Discord's schema refuses what Discord would refuse; what the bot sends is held against it everywhere else."""

from typing import Any

import pytest

from tests.openapi import discord_api

pytestmark = pytest.mark.skipif(discord_api() is None, reason="DISCORD_OPENAPI names no copy of Discord's schema")

CALLBACK = "/interactions/123456789012345678/token/callback"
TEXT = {"type": 10, "content": "Hip"}
BUTTON = {"type": 2, "style": 2, "label": "Sources", "custom_id": "l2.x"}


def message(*components: dict[str, Any]) -> dict[str, Any]:
    return {"type": 4, "data": {"flags": 1 << 15, "components": [{"type": 17, "components": list(components)}]}}


def test_a_card_with_text_and_buttons_is_fine() -> None:
    assert discord_api().complaints("POST", CALLBACK, message(TEXT, {"type": 1, "components": [BUTTON]})) == ()


@pytest.mark.parametrize(
    "component",
    [
        {"type": 10, "content": ""},
        {"type": 10, "content": "x" * 4001},
        {"type": 10},
        {"type": 99, "content": "Hip"},
        {"content": "Hip"},
        {"type": 1, "components": []},
        {"type": 1, "components": [{**BUTTON, "style": 9}]},
        {"type": 1, "components": [{**BUTTON, "label": "x" * 81}]},
        {"type": 1, "components": [TEXT]},
        {"type": 17, "components": [TEXT]},
    ],
    ids=str,
)
def test_a_component_that_discord_would_refuse_is_refused(component: dict[str, Any]) -> None:
    [complaint] = discord_api().complaints("POST", CALLBACK, message(TEXT, component))

    assert "components[0]" in complaint


@pytest.mark.parametrize(("method", "path"), [("POST", "/interactions/1"), ("PUT", CALLBACK), ("GET", "/clubs")])
def test_a_route_that_is_none_is_named(method: str, path: str) -> None:
    [complaint] = discord_api().complaints(method, path, None)

    assert path.split("/")[1] in complaint
