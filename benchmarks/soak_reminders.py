"""The reminders of a soak: a few come due every second, set by somebody else than who delivers; and the account."""

import asyncio
import math
from collections import Counter, deque
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

from benchmarks.reminders_made import ZONE, daily, move_in
from bot.storage.errors import StorageError
from bot.storage.occurrences import DELIVERED, occurrence_id
from bot.storage.sql import to_column
from bot.storage.storage import Storage
from tests.network.loopback import Loopback

SETTLED_WITHIN = 180.0  # seconds after the last fault
AGAIN = timedelta(minutes=1)  # schedules know no seconds: sooner it would be the same occurrence
TOGETHER = 20  # people who are written at the same time

#: Of one that has rung, and so waits for tomorrow. Then whoever delivers is told, as a nudge does.
SET = "update reminder set schedule = :schedule, next_due = :due where id = :id and next_due > :later"
TELL = "notify delivery"
UNSETTLED = """
select (select count(*) from occurrence where state in ('pending', 'claimed'))
  + (select count(*) from reminder where state = 'active' and next_due < :later) as number
"""
ROWS = "select id, state, reason, due_at, settled_at from occurrence"


@dataclass
class Delivered:
    """What became of every reminder that was due."""

    due: int
    states: Counter[str]
    doubled: int  # more than one message
    lost: int  # without a row, or said to be sent and not there
    unsaid: int  # a message whose row says that there is none
    late: list[float] = field(default_factory=list)  # seconds from when it was due until its row was settled


@dataclass(eq=False)
class Reminders:
    """Each of a person of their own."""

    storage: Storage
    chance: Random
    each_second: int
    expected: set[str] = field(default_factory=set)  # occurrences
    _resting: deque[tuple[datetime, str]] = field(default_factory=deque)  # since when, which

    async def fill(self, seconds: float) -> None:
        """As many as are needed for so long; none of them is needed again before its next minute has come."""
        numbers = count()
        for _ in range(math.ceil(self.each_second * min(seconds, AGAIN.total_seconds()) / TOGETHER)):
            made = await asyncio.gather(*(move_in(self.storage, next(numbers)) for _ in range(TOGETHER)))
            self._resting.extend((datetime.now(UTC) - AGAIN, one.id) for one in made)

    async def go_on(self) -> None:
        """For ever, also while the database is away now and then."""
        while True:
            ready = [self._resting.popleft() for _ in range(self.each_second) if self._ready()]
            for _, reminder in ready:
                with suppress(StorageError):  # perhaps it is set: its row will say
                    await self._set(reminder)
                self._resting.append((datetime.now(UTC), reminder))
            await asyncio.sleep(1)

    def _ready(self) -> bool:
        return bool(self._resting) and self._resting[0][0] <= datetime.now(UTC) - AGAIN

    async def _set(self, reminder: str) -> None:
        now = datetime.now(UTC)
        minute, due = now.replace(second=0, microsecond=0), now + timedelta(seconds=self.chance.uniform(0, 2))
        values = {"id": reminder, "schedule": daily(minute), "due": to_column(due), "later": _tomorrow()}
        async with self.storage.limber.writing() as connection:
            done = await connection.execute(SET, values)
            await connection.execute(TELL)
        if done.rowcount:
            self.expected.add(occurrence_id(reminder, f"{minute.astimezone(ZONE):%Y-%m-%dT%H:%M}"))

    async def account(self, discord: Loopback) -> Delivered:
        """Once everything is settled. Raises TimeoutError when that does not come."""
        async with asyncio.timeout(SETTLED_WITHIN):
            while await self._unsettled():  # noqa: ASYNC110  # another process's doing
                await asyncio.sleep(0.2)
        async with self.storage.limber.reading() as connection:
            rows = {row["id"]: row for row in await connection.execute_fetchall(ROWS)}
        came = discord.messages.times()
        arrived = {id_ for id_, row in rows.items() if row["state"] in DELIVERED}
        return Delivered(
            due=len(self.expected | rows.keys()),
            states=Counter(f"{row['state']} {row['reason'] or ''}".strip() for row in rows.values()),
            doubled=sum(came.values()) - len(came),
            lost=len(self.expected - rows.keys()) + len(arrived - came.keys()),
            unsaid=sum(rows[id_]["state"] not in {*DELIVERED, "unknown"} for id_ in came if id_ in rows),
            late=sorted((rows[id_]["settled_at"] - rows[id_]["due_at"]) / 1e6 for id_ in arrived),
        )

    async def _unsettled(self) -> int:
        try:
            async with self.storage.limber.reading() as connection:
                (row,) = await connection.execute_fetchall(UNSETTLED, {"later": _tomorrow()})
        except StorageError:
            return 1
        return int(row["number"])


def _tomorrow() -> int:
    """What is due later than this has rung, or was never set."""
    return to_column(datetime.now(UTC) + timedelta(hours=1))
