"""The child of test_kill: check-ins until it is killed, ten at once, each acknowledged on standard output when kept.

python -m tests.storage.checking_in FOLDER ROUND
"""

import asyncio
import os
import sys
from itertools import count
from pathlib import Path
from time import monotonic

from bot.checkins.diary import OpenDiary
from bot.checkins.draft import Draft
from bot.checkins.person_diary import Terms
from bot.checkins.service import CheckInService, Saved
from bot.clock import WallClock
from bot.expiring import ExpiringStore
from bot.settings import read_settings
from bot.storage.storage import Storage, open_storage
from tests.storage.given import ANA, BEN, hosted, keep, plain

AT_ONCE = 10  # so that those that are committed together are a few of them


TAKERS = range(BEN, BEN + AT_ONCE)  # each checks in as people do


async def check_in(storage: Storage, name: str) -> None:
    await keep(storage, ANA, name, plain(name))
    os.write(1, f"{name}\n".encode())


async def take(service: CheckInService, person: int) -> None:
    saved = await service.take(person, Draft(area="hip", pain="4"))
    assert isinstance(saved, Saved)
    os.write(1, f"{saved.entry.id}\n".encode())


async def main(folder: Path, round_: str) -> None:
    on = read_settings()  # whichever engine the environment names
    async with await open_storage(hosted(folder).on(on.server)) as storage:
        diary = OpenDiary(storage, WallClock(), Terms())
        service = CheckInService(diary, ExpiringStore(monotonic, "gone"), WallClock(), notes=False)

        async def some(first: int) -> None:
            for number in count(first, AT_ONCE):
                await (take(service, BEN + first) if first % 2 else check_in(storage, f"{round_}-{number}"))

        await asyncio.gather(*map(some, range(AT_ONCE)))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
