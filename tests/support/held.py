"""A database in which another process has begun to write: nobody else writes until it lets go.

    async with held(file, seconds=4):
        ...  # for so long, or until this block ends

The other process is this file, run as a program.
"""

import asyncio
import select
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

HELD = b"held\n"


@asynccontextmanager
async def held(database: Path, seconds: float) -> AsyncIterator[None]:
    """Held from the beginning of the block for so many seconds, and let go at its end at the latest."""
    pipe = asyncio.subprocess.PIPE
    arguments = (__file__, str(database), str(seconds))
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, stdin=pipe, stdout=pipe)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        assert await process.stdout.readline() == HELD
        yield
    finally:
        process.stdin.close()
        assert await process.wait() == 0


def hold(database: str, seconds: float) -> None:
    """Let go after so many seconds, or when nobody holds the other end of standard input any more."""
    with closing(sqlite3.connect(database, timeout=30, isolation_level=None)) as connection:
        connection.execute("begin exclusive")
        sys.stdout.buffer.write(HELD)
        sys.stdout.buffer.flush()
        select.select([sys.stdin], [], [], seconds)
        connection.execute("rollback")


if __name__ == "__main__":
    hold(sys.argv[1], float(sys.argv[2]))
