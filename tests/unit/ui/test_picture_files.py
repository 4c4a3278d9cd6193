"""Pictures on a message that leaves: with them where Discord lets the bot attach files, else without."""

from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest
from aiohttp import ClientResponse

from bot.charts.renderer import ChartRenderer
from bot.ui.cards.figure import picture_of
from bot.ui.cards.parts import Card, box
from bot.ui.locales import LocalizedContent
from bot.ui.pictures import Pictures


class Channel(discord.abc.Messageable):
    """A channel in which nobody may attach files, and how often it was tried."""

    def __init__(self, *, allows: bool) -> None:
        self.allows = allows
        self.sent: list[tuple[Card, list[str]]] = []

    async def send(self, *_: Any, view: Card, files: Any = (), **__: Any) -> Any:
        if files and not self.allows:
            raise discord.Forbidden(Refusal(), {"code": 50013, "message": "Missing Permissions"})
        self.sent.append((view, [file.filename for file in files]))


class Refusal(ClientResponse):
    """As much of Discord's answer as an error quotes."""

    status, reason = 403, "Forbidden"

    def __init__(self) -> None:
        """Nothing was ever sent."""

    def __del__(self) -> None:
        """Nothing to close."""


@pytest.fixture
async def renderer() -> AsyncIterator[ChartRenderer]:
    async with ChartRenderer() as opened:
        yield opened


def card(content: LocalizedContent) -> Card:
    return Card(box(None, "## Bridge", *picture_of(content.library, "bridge", content.words)))


def galleries(shown: Card) -> int:
    return sum(part["type"] == 12 for box_ in shown.to_components() for part in box_["components"])


async def test_without_permission_to_attach_files_a_message_goes_without_its_picture(
    localized: LocalizedContent, renderer: ChartRenderer
) -> None:
    allowed, refused = Channel(allows=True), Channel(allows=False)
    pictures = Pictures(renderer)

    for channel in (allowed, refused):
        await pictures.send(channel, card(localized))

    ((with_picture, files),) = allowed.sent
    ((without, none),) = refused.sent
    assert (galleries(with_picture), files) == (1, ["figure-bridge.png"])
    assert (galleries(without), none) == (0, [])


async def test_a_figure_is_drawn_once_for_everybody(localized: LocalizedContent, renderer: ChartRenderer) -> None:
    pictures = Pictures(renderer)
    _, (first,) = await pictures.attached(card(localized))
    await renderer.close()

    _, (second,) = await pictures.attached(card(localized))

    assert first.fp.read() == second.fp.read()


def test_an_exercise_without_a_figure_has_no_picture(localized: LocalizedContent) -> None:
    assert picture_of(localized.library, "nothing", localized.words) == []
