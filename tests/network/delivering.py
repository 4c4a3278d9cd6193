"""The child of test_reminders_kill: a delivery worker on a real database, whose Discord is the parent, over TCP.

python -m tests.network.delivering '{"database": a file or a URL, "port": …, "offset": seconds the clock is ahead,
"lease": seconds, "per_second": …, "die": [step, how many times it is passed before]}'

At the step it is to die at, it says so and stands still, as it is, until the parent kills it.
"""

import asyncio
import json
import signal
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.delivery.config import DeliveryConfig
from bot.delivery.transport import Busy, Lost, Unreadable
from bot.delivery.worker import DeliveryWorker
from bot.storage.database import Database
from bot.storage.engine import Engine
from bot.storage.lease import Leases
from bot.storage.occurrences import ClaimedOccurrence, Occurrence, Occurrences
from bot.storage.postgres import PostgresDatabase
from bot.storage.reminders import Reminder, Reminders
from bot.storage.sql import Connection, instant


class Line:
    """To the parent; a connection for each request, as a client without keep-alive has."""

    def __init__(self, given: dict[str, Any]) -> None:
        self._port = given["port"]
        self._die, self._passes = given.get("die") or (None, 0)

    async def ask(self, **request: Any) -> dict[str, Any]:
        """Raises Busy when nobody listens, Lost when the answer does not come."""
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        except OSError as error:
            raise Busy from error
        try:
            writer.write(json.dumps(request).encode() + b"\n")
            await writer.drain()
            answer = await reader.readline()
        except OSError as error:
            raise Lost from error
        finally:
            writer.close()
        if not answer:
            raise Lost
        return dict(json.loads(answer))

    async def tell(self, what: str) -> None:
        _, writer = await asyncio.open_connection("127.0.0.1", self._port)
        writer.write(json.dumps({"do": what}).encode() + b"\n")
        await writer.drain()

    async def step(self, name: str) -> None:
        """Stand still here if this is where to die."""
        if name == self._die:
            self._passes -= 1
            if self._passes < 0:
                await self.tell("step")
                time.sleep(60)  # noqa: ASYNC251  # nothing in this process moves any more


class Port:
    """A Transport whose far end is the parent."""

    def __init__(self, line: Line) -> None:
        self._line = line

    async def send(self, claimed: ClaimedOccurrence, nonce: str) -> int | None:
        await self._line.step("before send")
        answer = await self._line.ask(do="send", channel=claimed.reminder.channel, nonce=nonce)
        await self._line.step("after answer")
        return int(answer["message"])

    async def find(self, claimed: ClaimedOccurrence) -> int | None:
        await self._line.step("before look")
        answer = await self._line.ask(do="find", nonce=claimed.occurrence.id)
        await self._line.step("after look")
        if answer.get("unreadable"):
            raise Unreadable
        return answer["message"]


class Watched(Engine):
    """Can die in a transaction, after its statements and before its commit."""

    line: Line
    step: str | None = None

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Connection]:
        async with super().writing() as connection:
            yield connection
            if self.step is not None:
                step, self.step = self.step, None
                await self.line.step(step)


class WatchedFile(Watched, Database): ...


class WatchedServer(Watched, PostgresDatabase): ...


class Steps(Occurrences):
    """Can die before, in and after everything that is written down."""

    def __init__(self, database: Watched) -> None:
        super().__init__(database)
        self._watched = database

    async def materialize(self, *given: Any) -> None:
        await self._watched.line.step("before materialize")
        self._watched.step = "in materialize"
        await super().materialize(*given)
        await self._watched.line.step("after materialize")

    async def claim(self, *given: Any) -> list[ClaimedOccurrence]:
        await self._watched.line.step("before claim")
        self._watched.step = "in claim"
        claims = await super().claim(*given)
        self._watched.step = None
        if claims:
            await self._watched.line.step("after claim")
        return claims

    async def settle(self, fence: int, occurrences: Sequence[Occurrence], *queued: timedelta) -> None:
        name = "settle" if queued else "reclaim"
        await self._watched.line.step(f"before {name}")
        self._watched.step = f"in {name}"
        await super().settle(fence, occurrences, *queued)
        await self._watched.line.step(f"after {name}")


class Ahead:
    """The clock of this machine, ahead by some seconds."""

    def __init__(self, seconds: float) -> None:
        self._by = timedelta(seconds=seconds)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._by


@dataclass(frozen=True)
class Date:
    local: str
    due: datetime


class Dates:
    """Due instants, listed."""

    def __init__(self, reminder: Reminder) -> None:
        self._dates = [instant(at) for at in json.loads(reminder.schedule)]

    def next_after(self, now: datetime) -> Date | None:
        return next((Date(str(number), at) for number, at in enumerate(self._dates) if at > now), None)


@dataclass(frozen=True)
class Repositories:
    reminders: Reminders
    occurrences: Occurrences
    leases: Leases


async def main(given: dict[str, Any]) -> None:
    line = Line(given)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    where = given["database"]
    database = await (WatchedServer.open(where) if "://" in where else WatchedFile.open(Path(where)))
    database.line = line
    storage = Repositories(Reminders(database), Steps(database), Leases(database))
    pace = given["per_second"]
    config = DeliveryConfig(per_second=pace, burst=max(2, pace // 50), lease=timedelta(seconds=given["lease"]))
    config = replace(config, grace=timedelta(hours=20), request_timeout=timedelta(seconds=5))
    worker = DeliveryWorker(storage, Port(line), Ahead(given["offset"]), config, read_schedule=Dates)
    worker.start()
    await line.tell("ready")
    await stop.wait()
    await worker.stop()
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.argv[1])))
