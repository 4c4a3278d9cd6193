"""Processes that begin where Python has started and the bot is imported, made by a fork server.

They are real in all that tests ask of one: a pid, an environment, a folder and output of their own, an exit code, and
any signal reaches them. What they are spared is a second or two of imports each. That one which starts from nothing
does the same, a test shows for each kind.
"""

import asyncio
import multiprocessing
import os
import runpy
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO

SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["tests.support.preloaded"])

Streams = Mapping[int, Connection]  # by the number they have in the process


class ForkedProcess:
    """As much of an `asyncio.subprocess.Process` as tests use; it belongs to the event loop it was made in."""

    def __init__(self, process: multiprocessing.process.BaseProcess) -> None:
        assert process.pid is not None
        self.pid = process.pid
        self.returncode: int | None = None
        self.stdout: asyncio.StreamReader | None = None
        self.stderr: asyncio.StreamReader | None = None
        self._process = process
        self._ended = asyncio.Event()
        asyncio.get_running_loop().add_reader(process.sentinel, self._end)

    def _end(self) -> None:
        asyncio.get_running_loop().remove_reader(self._process.sentinel)
        self._process.join()
        self.returncode = self._process.exitcode
        self._process.close()
        self._ended.set()

    def send_signal(self, number: int) -> None:
        with suppress(ProcessLookupError):  # it has ended, and the loop has not heard of it yet
            if self.returncode is None:
                os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    async def wait(self) -> int:
        """Its exit code; that of a signal is negative."""
        await self._ended.wait()
        assert self.returncode is not None
        return self.returncode


Process = asyncio.subprocess.Process | ForkedProcess


async def forked(
    program: str, *arguments: str, cwd: Path, env: Mapping[str, str], piped: bool = False
) -> ForkedProcess:
    """A process that runs a file or a module; if `piped`, its output and its errors can be read."""
    pipes = {number: SERVER.Pipe(duplex=False) for number in (1, 2)} if piped else {}
    streams = {number: written for number, (_, written) in pipes.items()}
    process = SERVER.Process(target=_run, args=(program, arguments, str(cwd), dict(env), streams))
    process.start()
    made = ForkedProcess(process)
    for stream in streams.values():
        stream.close()
    if piped:
        made.stdout, made.stderr = [await _reader(read) for read, _ in pipes.values()]
    return made


async def executed(
    program: str, *arguments: str, cwd: Path, env: Mapping[str, str], piped: bool = False
) -> asyncio.subprocess.Process:
    """The same, started from nothing."""
    how = [program] if program.endswith(".py") else ["-m", program]
    pipe = asyncio.subprocess.PIPE if piped else None
    return await asyncio.create_subprocess_exec(
        *(sys.executable, *how, *arguments),
        cwd=cwd,
        env=env,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=pipe,
        stderr=pipe,
    )


async def _reader(pipe: Connection) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    file: IO[bytes] = os.fdopen(os.dup(pipe.fileno()), "rb", buffering=0)
    pipe.close()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), file)
    return reader


def _run(program: str, arguments: Sequence[str], folder: str, environment: dict[str, str], streams: Streams) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, stream in streams.items():
        os.dup2(stream.fileno(), number)
        stream.close()
    sys.argv = [program, *arguments]
    if program.endswith(".py"):
        runpy.run_path(program, run_name="__main__")
    else:
        runpy.run_module(program, run_name="__main__", alter_sys=True)
