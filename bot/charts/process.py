"""The bot's hold on its drawing process: started when needed, ended when told, replaced when it died."""

import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast
from weakref import finalize

from bot.charts.protocol import FrameKind, Picture, receive, send
from bot.errors import LimberError

WORKER = (sys.executable, "-P", "-m", "bot.charts.worker")
ROOT = Path(__file__).resolve().parent.parent.parent  # where `bot` is imported from
SECRETS = ("DISCORD_", "LIMBER_")  # settings, among them the token: nothing a drawing needs
PATIENCE = 3.0  # seconds for a process to end by itself
TRIES = 2  # a process may be killed by the system; a picture that kills two is at fault itself


class DrawingFailed(LimberError):
    """A fault of ours, or of the machine: for the log, and an id for the person. Quotes nothing of what was drawn."""


class RenderProcess:
    """At most one process at a time. `draw` and `close` are called from one thread, `abandon` from any."""

    def __init__(self, limit: float, command: Sequence[str] = WORKER) -> None:
        """`limit`: seconds a drawing may take, the start of the process included."""
        self._limit, self._command = limit, tuple(command)
        self._running: subprocess.Popen[bytes] | None = None
        self._end: Callable[[], object] | None = None
        self._busy = self._abandoned = False

    @property
    def id(self) -> int | None:
        """The process id, None when there is none."""
        return self._running.pid if self._running else None

    @property
    def busy(self) -> bool:
        """Whether something is being drawn."""
        return self._busy

    def draw(self, picture: Picture) -> bytes:
        """PNG or PDF. Blocks.

        Raises DrawingFailed when it takes too long, cannot be drawn, when the process died twice, or after `abandon`.
        """
        self._busy = True
        try:
            return self._drawn(pickle.dumps(picture))
        finally:
            self._busy = False

    def close(self) -> None:
        """End the process and wait until it is gone; may be started again."""
        if self._end is not None:
            self._end()
        self._running = self._end = None

    def abandon(self) -> None:
        """End it at once, whatever it is doing, for good: `draw` then raises, now and later."""
        self._abandoned = True
        if self._running is not None:
            self._running.kill()

    def _drawn(self, content: bytes) -> bytes:
        tries = TRIES
        while tries and not self._abandoned:
            tries -= 1
            with suppress(EOFError, OSError):  # it died: of nothing we did, so once more
                return self._ask(content)
            self.close()
        raise DrawingFailed("the drawing process died")

    def _ask(self, content: bytes) -> bytes:
        running = self._running or self._start()
        overdue = threading.Event()

        def give_up() -> None:
            overdue.set()
            running.kill()

        watchdog = threading.Timer(self._limit, give_up)
        watchdog.start()
        try:
            send(cast("BinaryIO", running.stdin), FrameKind.PICTURE, content)
            kind, answer = receive(cast("BinaryIO", running.stdout))
        except (EOFError, OSError):
            if overdue.is_set():
                self.close()
                raise DrawingFailed(f"a drawing took longer than {self._limit:g} s") from None
            raise
        finally:
            watchdog.cancel()
            watchdog.join()
        if kind is FrameKind.FAULT:
            raise DrawingFailed(answer.decode())
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        cache = tempfile.mkdtemp(prefix="limber-charts-")  # for matplotlib's list of fonts, nothing else
        try:
            self._running = subprocess.Popen(  # noqa: S603  # our own interpreter, our own module
                (*self._command, cache),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # a traceback of matplotlib's might quote the diary
                env=_environment(cache),
            )
        except OSError:
            shutil.rmtree(cache, ignore_errors=True)
            raise
        self._end = finalize(self, _end, self._running, cache)  # a bot that is only forgotten leaves none behind
        if self._abandoned:  # meanwhile
            self._running.kill()
        return self._running


def _environment(cache: str) -> dict[str, str]:
    """Ours, without what is secret."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(SECRETS)}
    environment.setdefault("MPLCONFIGDIR", cache)
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), environment.get("PYTHONPATH"))))
    return environment


def _end(running: subprocess.Popen[bytes], cache: str) -> None:
    """Let it end by itself, for that is quick; make it, when it does not."""
    for pipe in (running.stdin, running.stdout):
        with suppress(OSError):
            cast("BinaryIO", pipe).close()
    try:
        running.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()
    shutil.rmtree(cache, ignore_errors=True)
