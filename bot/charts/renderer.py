"""Drawing for many people at once: one process behind a short queue, so that the bot goes on answering."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Self
from weakref import ref

from bot.charts.process import WORKER, DrawingFailed, RenderProcess
from bot.charts.protocol import Picture
from bot.errors import UserError

WAITING = 20  # drawings at a time, the one under way included; at 0.1 s each nobody waits long
WAITING_EACH = 2  # of one person
LIMIT = 20.0  # seconds for one drawing, the first one's start on a small machine included
IDLE = 300.0  # seconds without a drawing until the process ends and gives its memory back


class ChartsBusy(UserError):
    """Too many drawings are waiting, or too many of this person's. Try again in a moment."""

    message = "error-charts-busy"


class ChartRenderer:
    """Draws in a process of its own, one picture after the other, in the order they were asked for.

    matplotlib is loaded there only, at the first drawing. Belongs to one event loop; `close` ends it.
    """

    def __init__(
        self,
        *,
        waiting: int = WAITING,
        each: int = WAITING_EACH,
        limit: float = LIMIT,
        idle: float = IDLE,
        command: Sequence[str] = WORKER,
    ) -> None:
        """`waiting` and `each` are numbers of drawings, `limit` and `idle` seconds."""
        self._waiting, self._each, self._idle = waiting, each, idle
        self._under_way: Counter[int] = Counter()
        self._process = RenderProcess(limit, command)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="charts")
        self._timer: asyncio.TimerHandle | None = None
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @property
    def process_id(self) -> int | None:
        """Of the drawing process; None while there is none."""
        return self._process.id

    async def draw(self, person: int, picture: Picture) -> bytes:
        """PNG for a picture, PDF for a page.

        Raises ChartsBusy at once rather than queue without end, and when the studio is closing; DrawingFailed when
        there is a fault.
        """
        if self._closed or self._under_way.total() >= self._waiting or self._under_way[person] >= self._each:
            raise ChartsBusy
        self._under_way[person] += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._draw, picture)
        finally:
            self._leave(person)

    async def close(self) -> None:
        """Give up what is being drawn and waiting, end the process, wait until it is gone."""
        if self._closed:
            return
        self._closed = True
        self._wind(None)
        if self._process.busy:
            self._process.abandon()
        await asyncio.get_running_loop().run_in_executor(self._thread, self._process.close)
        self._thread.shutdown()

    def rest(self) -> None:
        """End the process once nothing is drawn any more; the next drawing starts another."""
        if not self._closed:
            self._thread.submit(self._process.close)

    def _draw(self, picture: Picture) -> bytes:
        if self._closed:
            raise ChartsBusy
        try:
            return self._process.draw(picture)
        except DrawingFailed:
            if self._closed:
                raise ChartsBusy from None
            raise

    def _leave(self, person: int) -> None:
        self._under_way[person] -= 1
        if not self._under_way[person]:
            del self._under_way[person]
        if not self._closed:
            self._wind(None if self._under_way else asyncio.get_running_loop())

    def _wind(self, loop: asyncio.AbstractEventLoop | None) -> None:
        """Set the clock that ends an idle process; without a loop, stop it."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = loop.call_later(self._idle, _rest, ref(self)) if loop else None


def _rest(forgotten_or_not: "ref[ChartRenderer]") -> None:
    """The clock alone does not keep a renderer."""
    renderer = forgotten_or_not()
    if renderer is not None:
        renderer.rest()
