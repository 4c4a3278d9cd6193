"""The child of test_kill: a thousand check-ins at once, each acknowledged on standard output when it is kept.

python -m tests.storage.checking_in FOLDER ROUND
"""

import asyncio
import os
import sys
from pathlib import Path

from bot.storage.storage import Storage, open_storage
from tests.storage.given import ANA, hosted, keep, plain

COUNT = 1000


async def check_in(storage: Storage, name: str) -> None:
    await keep(storage, ANA, name, plain(name))
    os.write(1, f"{name}\n".encode())


async def main(folder: Path, round_: str) -> None:
    async with await open_storage(hosted(folder)) as storage:
        await asyncio.gather(*(check_in(storage, f"{round_}-{number}") for number in range(COUNT)))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
