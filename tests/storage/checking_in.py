"""The child of test_kill: a thousand check-ins, ten at once, each acknowledged on standard output when it is kept.

python -m tests.storage.checking_in FOLDER ROUND
"""

import asyncio
import os
import sys
from pathlib import Path

from bot.settings import read_settings
from bot.storage.storage import Storage, open_storage
from tests.storage.given import ANA, hosted, keep, plain

COUNT = 1000
AT_ONCE = 10  # so that those that are committed together are a few of them


async def check_in(storage: Storage, name: str) -> None:
    await keep(storage, ANA, name, plain(name))
    os.write(1, f"{name}\n".encode())


async def main(folder: Path, round_: str) -> None:
    async with await open_storage(hosted(folder).on(read_settings().server)) as storage:

        async def some(first: int) -> None:
            for number in range(first, COUNT, AT_ONCE):
                await check_in(storage, f"{round_}-{number}")

        await asyncio.gather(*map(some, range(AT_ONCE)))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
