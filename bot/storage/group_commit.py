"""Group commit: what several write at about the same time is one transaction of SQLite, with one flush to the disk."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from functools import partial

Outcome = list[int] | Exception  # how many rows each statement wrote; returned, not raised, where nothing was
Job = Callable[[sqlite3.Connection], Outcome]  # what it writes is kept whole or not at all
Waiting = list[tuple[Job, asyncio.Future[Outcome]]]


class GroupCommit:
    """Jobs that wait for their turn are committed together; each is answered once it is kept for good.

    A job that fails takes no other with it.
    """

    def __init__(
        self, turn: AbstractAsyncContextManager[None], commit: Callable[[list[Job]], Awaitable[list[Outcome]]]
    ) -> None:
        """`turn`: the lock of whoever writes. `commit` has `committed` done in the connection's thread."""
        self._turn, self._commit = turn, commit
        self._waiting: Waiting = []
        self._next: asyncio.Task[None] | None = None

    async def execute(self, job: Job) -> list[int]:
        """How many rows each statement wrote; raises what the job did.

        When the task is cancelled before the job's turn has come, nothing is written.
        """
        future = asyncio.get_running_loop().create_future()
        self._waiting.append((job, future))
        if len(self._waiting) == 1:
            self._next = asyncio.create_task(self._commit_waiting())
            self._next.add_done_callback(partial(_leave_nobody, self._waiting))
        outcome: Outcome = await future
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def _commit_waiting(self) -> None:
        async with self._turn:
            waiting = [(job, future) for job, future in self._waiting if not future.done()]
            self._waiting = []
            try:
                outcomes = await self._commit([job for job, _ in waiting])
            except Exception as error:  # noqa: BLE001  # whoever waits hears of it
                outcomes = [error for _ in waiting]
        for (_, future), outcome in zip(waiting, outcomes, strict=True):
            if not future.done():
                future.set_result(outcome)


def _leave_nobody(waiting: Waiting, _ended: asyncio.Task[None]) -> None:
    """Nobody waits for what never comes: as a loop ends, a group's task may be cancelled before who waits for it."""
    for _, future in waiting:
        future.cancel()
    waiting.clear()


def committed(connection: sqlite3.Connection, jobs: Sequence[Job]) -> list[Outcome]:
    """One transaction of all; should anything fail, one for each. For another process they wait once, together."""
    try:
        counts = [job(connection) for job in jobs]
        connection.commit()
    except Exception as error:  # noqa: BLE001  # handed to who waits
        connection.rollback()
        if len(jobs) == 1 or getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
            return [error for _ in jobs]
        return [outcome for job in jobs for outcome in committed(connection, [job])]
    return counts
