"""The pictures on cards: each figure is drawn once, kept in memory, and attached to the card that is sent."""

import asyncio
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import structlog
from discord import Attachment, File, Forbidden, Message
from discord.abc import Messageable

from bot.advice.model import Figure
from bot.charts.picture import FigurePicture
from bot.charts.renderer import ChartRenderer, ChartsBusy, DrawingFailed
from bot.figures.drawing import drawn
from bot.figures.theme import DARK
from bot.ui.cards.figure import without_figures
from bot.ui.cards.parts import FIGURE, Card

CACHED_FIGURES: Final = 200  # in memory, of about 20 KB each; more than there are exercises
PICTURE_TIMEOUT: Final = 6.0  # seconds; then a card goes out without its picture
EVERYBODY: Final = 0  # whose drawing it is: any number of people may wait for one

log = structlog.get_logger("limber.pictures")


@dataclass(frozen=True, slots=True)
class _CachedFigure:
    """A figure, and its PNG or who draws it."""

    figure: Figure
    drawing: "asyncio.Task[bytes]"


class Pictures:
    """Draws what cards show of exercises. A picture that cannot be drawn stops nothing: the card goes without it."""

    def __init__(self, renderer: ChartRenderer, *, on: bool = True, timeout: float = PICTURE_TIMEOUT) -> None:
        """`on`: whether the host wants pictures at all; `timeout` in seconds."""
        self.on = on
        self._renderer, self._timeout = renderer, timeout
        self._cache: OrderedDict[str, _CachedFigure] = OrderedDict()
        self._turn = asyncio.Lock()  # one figure at a time, so that charts have their turn between them

    async def attached(self, card: Card, have: Collection[str] = ()) -> tuple[Card, list[File]]:
        """The card and its pictures as files, but for those it has by name; else the card without pictures."""
        figures = card.figures
        if not figures:
            return card, []
        if not self.on:
            return without_figures(card), []
        files = []
        for block in figures:
            if block.file in have:
                continue
            png = await self._png(block.figure)
            if png is None:
                return without_figures(card), []
            files.append(File(BytesIO(png), filename=block.file))
        return card, files

    async def exchanged(
        self, card: Card, pressed: Message | None, files: Sequence[File] | None, *, everybody: bool
    ) -> tuple[Card, list[File | Attachment]]:
        """The card, and all that is attached from now on; it takes the place of the message that was pressed.

        A figure that is there already is not sent again. Without `files` what else is attached stays. A card that
        `everybody` sees keeps what it has: it may have gone out without a picture for a reason.
        """
        by_name = {attachment.filename: attachment for attachment in pressed.attachments} if pressed else {}
        figures: list[File] = []
        if everybody and not any(name.startswith(FIGURE) for name in by_name):
            card = without_figures(card)
        else:
            card, figures = await self.attached(card, by_name)
        figure_names = {block.file for block in card.figures}
        attachments = [
            attachment
            for name, attachment in by_name.items()
            if (name in figure_names if name.startswith(FIGURE) else files is None)
        ]
        return card, [*attachments, *(files or ()), *figures]

    async def send(self, channel: Messageable, card: Card, **options: Any) -> Message:
        """Send a card with its pictures; without, where Discord does not let the bot attach files.

        Raises what the channel's own `send` does.
        """
        shown, files = await self.attached(card)
        try:
            return await channel.send(view=shown, files=files, **options)
        except Forbidden:
            if not files:
                raise
            return await channel.send(view=without_figures(card), **options)

    async def _png(self, figure: Figure) -> bytes | None:
        """Drawn now, or before; None for one that cannot be drawn, or not soon."""
        cached = self._cache.get(figure.id)
        if cached is None or cached.figure != figure:
            cached = self._cache[figure.id] = _CachedFigure(figure, asyncio.create_task(self._draw(figure)))
        self._cache.move_to_end(figure.id)
        while len(self._cache) > CACHED_FIGURES:
            self._cache.popitem(last=False)
        try:
            async with asyncio.timeout(self._timeout):
                return await asyncio.shield(cached.drawing)
        except (ChartsBusy, DrawingFailed, TimeoutError) as error:
            log.warning("a card goes without its picture", figure=figure.id, why=type(error).__name__)
        if cached.drawing.done() and self._cache.get(figure.id) is cached:
            del self._cache[figure.id]  # the next one tries again
        return None

    async def _draw(self, figure: Figure) -> bytes:
        async with self._turn:
            return await self._renderer.draw(
                EVERYBODY, FigurePicture(await asyncio.to_thread(drawn, figure.scene, DARK))
            )
