"""The renderer of charts: a short queue in front of one drawing process, so that the bot goes on answering."""

import asyncio
import os
import pickle
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self, cast
from weakref import finalize, ref

from bot.charts.picture import FAULT, HEADER, PICTURE, Picture
from bot.errors import LimberError, UserError

WAITING = 20  # drawings at a time, the one under way included; at 0.1 s each nobody waits long
WAITING_EACH = 2  # of one person
LIMIT = 20.0  # seconds for one drawing, the first one's start on a small machine included
IDLE = 300.0  # seconds without a drawing until the process ends and gives its memory back
EXIT_TIMEOUT = 3.0  # seconds for a process to end by itself
TRIES = 2  # a process may be killed by the system; a picture that kills two is at fault itself

COMMAND = (sys.executable, "-P", "-m", "bot.charts.worker")
ROOT = Path(__file__).resolve().parent.parent.parent  # where `bot` is imported from
SECRETS = ("DISCORD_", "LIMBER_")  # settings, among them the token: nothing a drawing needs


class ChartsBusy(UserError, message="error-charts-busy"):
    """Too many drawings are waiting, or too many of this person's. Try again in a moment."""


class DrawingFailed(LimberError):
    """A fault of ours, or of the machine: for the log, and an id for the person. Quotes nothing of what was drawn."""


class ChartRenderer:
    """Draws in a process of its own, one picture after the other, in the order they were asked for.

    The rasteriser is loaded there only, at the first drawing. Belongs to one event loop; `close` ends it.
    """

    def __init__(
        self,
        *,
        waiting: int = WAITING,
        each: int = WAITING_EACH,
        limit: float = LIMIT,
        idle: float = IDLE,
        command: Sequence[str] = COMMAND,
    ) -> None:
        """`waiting` and `each` are numbers of drawings, `limit` and `idle` seconds."""
        self._waiting, self._each, self._limit, self._idle, self._command = waiting, each, limit, idle, command
        self._under_way: Counter[int] = Counter()
        self._turn = asyncio.Lock()  # the process is spoken to, started and ended by who holds it
        self._worker: _Worker | None = None
        self._idle_timer: asyncio.TimerHandle | None = None
        self._resting: asyncio.Task[None] | None = None
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @property
    def process_id(self) -> int | None:
        """Of the drawing process; None while there is none."""
        return self._worker.process.pid if self._worker else None

    async def draw(self, person: int, picture: Picture) -> bytes:
        """PNG for a picture or a figure, PDF for a page.

        Raises ChartsBusy at once rather than queue without end, and when the renderer is closing; DrawingFailed when
        it takes too long, when there is a fault, or when the process died twice.
        """
        if self._closed or self._under_way.total() >= self._waiting or self._under_way[person] >= self._each:
            raise ChartsBusy
        self._under_way[person] += 1
        self._watch_for_idleness()
        try:
            async with self._turn:
                return await self._drawn(pickle.dumps(picture))
        finally:
            self._under_way -= Counter((person,))
            self._watch_for_idleness()

    def rest(self) -> None:
        """End the process once nothing is drawn any more; the next drawing starts another."""
        self._resting = asyncio.create_task(self._end_in_turn())

    async def close(self) -> None:
        """Give up what is being drawn and waiting, end the process, wait until it is gone."""
        self._closed = True
        self._watch_for_idleness()
        if self._worker is not None and self._turn.locked():
            self._worker.kill()
        await self._end_in_turn()

    async def _drawn(self, content: bytes) -> bytes:
        for _ in range(TRIES):
            with suppress(EOFError, OSError):  # it died: of nothing we did, so once more
                return await self._ask(content)
        raise ChartsBusy if self._closed else DrawingFailed("the drawing process died")

    async def _ask(self, content: bytes) -> bytes:
        worker = await self._started()
        try:
            async with asyncio.timeout(self._limit):
                kind, answer = await worker.ask(content)
        except BaseException as error:  # half said: nobody can go on from there
            worker.kill()
            await self._end()
            if isinstance(error, TimeoutError):
                raise DrawingFailed(f"a drawing took longer than {self._limit:g} s") from None
            raise
        if kind == FAULT:
            raise DrawingFailed(answer.decode())
        return answer

    async def _started(self) -> "_Worker":
        """The process there is, or a new one. Raises ChartsBusy when the renderer closes."""
        if self._closed:
            raise ChartsBusy
        if self._worker is None:
            self._worker = await _Worker.start(self._command)
            if self._closed:  # meanwhile
                self._worker.kill()
        return self._worker

    async def _end_in_turn(self) -> None:
        async with self._turn:
            await self._end()

    async def _end(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            await worker.end()

    def _watch_for_idleness(self) -> None:
        """Set the clock that ends an idle process; stop it while there is work, and for good when closed."""
        if self._idle_timer is not None:
            self._idle_timer.cancel()
        idle = not self._under_way and not self._closed
        self._idle_timer = asyncio.get_running_loop().call_later(self._idle, _rest, ref(self)) if idle else None


def _rest(renderer: "ref[ChartRenderer]") -> None:
    """The clock alone does not keep a renderer."""
    if (idle := renderer()) is not None:
        idle.rest()


class _Worker:
    """A drawing process and the pipes to it. One that is only forgotten is killed."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self._inward = cast("asyncio.StreamWriter", process.stdin)
        self._outward = cast("asyncio.StreamReader", process.stdout)
        finalize(self, _kill, process)

    @classmethod
    async def start(cls, command: Sequence[str]) -> Self:
        """Raises OSError when the machine does not let us."""
        return cls(
            await asyncio.create_subprocess_exec(
                *command,
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,  # a traceback might quote the diary
                env=_environment(),
            )
        )

    async def ask(self, content: bytes) -> tuple[bytes, bytes]:
        """DRAWN or FAULT, and what belongs to it. Raises EOFError or OSError when the process is gone."""
        self._inward.write(HEADER.pack(PICTURE, len(content)) + content)
        await self._inward.drain()
        kind, length = HEADER.unpack(await self._outward.readexactly(HEADER.size))
        return kind, await self._outward.readexactly(length)

    def kill(self) -> None:
        """End it at once, whatever it is doing."""
        _kill(self.process)

    async def end(self) -> None:
        """Let it end by itself, for that is quick; make it, when it does not. Wait until it is gone."""
        self._inward.close()
        try:
            async with asyncio.timeout(EXIT_TIMEOUT):
                await self.process.communicate()
        except TimeoutError:
            self.kill()
            await self.process.communicate()


def _environment() -> dict[str, str]:
    """Ours, without what is secret."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(SECRETS)}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), environment.get("PYTHONPATH"))))
    return environment


def _kill(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()
