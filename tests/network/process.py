"""A bot as a process of its own, pointed at a Loopback."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.network.loopback import PATIENCE, TOKEN, Loopback
from tests.support.forked import Process, executed, forked

LIMBER = Path(__file__).with_name("limber_on_loopback.py")


class BotProcess:
    """A running bot: what it prints, signals, and its end."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.pid = process.pid
        self.out = self.err = ""
        self._printed = asyncio.Event()
        self._reading = asyncio.gather(self._read("out"), self._read("err"))

    async def _read(self, name: str) -> None:
        stream = self._process.stdout if name == "out" else self._process.stderr
        assert stream is not None
        while line := await stream.readline():
            setattr(self, name, getattr(self, name) + line.decode())
            self._printed.set()

    async def serving(self, discord: Loopback, shard: int = 0) -> None:
        """It is connected; when it ends instead, what it printed is the error."""
        connected = asyncio.ensure_future(discord.connected(shard))
        either: list[asyncio.Future[Any]] = [connected, self._reading]
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if not connected.done():
            connected.cancel()
            raise AssertionError(f"the bot ended before it was connected:\n{self.err}")
        await connected

    async def logged(self, words: str) -> None:
        """Standard error holds these words."""
        async with asyncio.timeout(PATIENCE):
            while words not in self.err:
                self._printed.clear()
                await self._printed.wait()

    def processor_seconds(self) -> float:
        """User and system time of all its threads so far (proc_pid_stat(5), fields 14 and 15)."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def over(self) -> bool:
        return self._process.returncode is not None

    def resident_mb(self) -> float:
        return resident_mb(self.pid)

    async def ended(self) -> int:
        """Its exit code; everything it printed has been read by then."""
        async with asyncio.timeout(PATIENCE):
            await asyncio.shield(self._reading)
            return await self._process.wait()

    def send(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop, as a host does."""
        self._process.send_signal(number)
        return await self.ended()

    async def close(self) -> None:
        """Whatever it was doing, it is gone afterwards."""
        if self._process.returncode is None:
            self._process.kill()
        await self._reading
        await self._process.wait()


def resident_mb(pid: int) -> float:
    """Memory of a process that is really there (proc_pid_statm(5))."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


@asynccontextmanager
async def started(
    discord: Loopback, folder: Path, *command: str, program: Path = LIMBER, fresh: bool = False, **settings: str | None
) -> AsyncIterator[BotProcess]:
    """A bot that works in `folder` and sees nothing of this machine's settings but `settings` (None takes one away).

    Made by the fork server; if `fresh`, started from nothing, as a host does.
    """
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("LIMBER_", "DISCORD_"))}
    bare = {"LOOPBACK_API": discord.api}  # for bots that are not Limber
    addresses = {"LIMBER_DISCORD_API": discord.origin, "LOOPBACK_GATEWAY": discord.gateway, **bare}
    key = {"LIMBER_KEY_FILE": str(folder / "host.key")}  # never the one of whoever runs the tests
    given = {"DISCORD_TOKEN": TOKEN, "LIMBER_HTTP_PORT": "0", **key, **addresses, **settings}
    environment = inherited | {name: value for name, value in given.items() if value is not None}
    start = executed if fresh else forked
    bot = BotProcess(await start(str(program), *command, cwd=folder, env=environment, piped=True))
    try:
        yield bot
    finally:
        await bot.close()
