"""SIGKILL in the middle of hundreds of check-ins: what was acknowledged is there, and nothing is half there.

A killed process is what this shows. A power cut it cannot: there, it is `synchronous = full` and the disk's word.
"""

import os
import random
import signal
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from bot.checkins.diary import CONSENT_VERSION
from bot.settings import CONTENT, Settings
from bot.storage.storage import open_storage
from tests.storage.checking_in import TAKERS
from tests.storage.given import ANA, NOON, opened, plain
from tests.support.examples import SOAK
from tests.support.forked import executed, forked

LONGEST = 800  # check-ins until a kill
ROUNDS = {"sqlite": 20, "postgresql": 20 if SOAK else 2}
REPOSITORY = CONTENT.parent


async def killed_after(folder: Path, round_: int, acknowledged: int, where: Mapping[str, str]) -> list[str]:
    """Kill a child after so many acknowledgements; all that it acknowledged until it was gone."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("LIMBER_", "COVERAGE"))}
    environment |= where
    start = forked if round_ else executed
    child = await start(
        *("tests.storage.checking_in", str(folder), str(round_)), cwd=REPOSITORY, env=environment, piped=True
    )
    assert child.stdout
    names = [await child.stdout.readline() for _ in range(acknowledged)]
    child.kill()
    names += (await child.stdout.read()).splitlines()
    assert await child.wait() == -signal.SIGKILL
    return [name.decode().strip() for name in names]


@pytest.mark.soak
@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
async def test_kills_lose_nothing_that_was_acknowledged(either_host: Settings, tmp_path: Path) -> None:
    async with await open_storage(either_host) as storage:
        for person in (ANA, *TAKERS):
            await storage.consent(person, CONSENT_VERSION, NOON)
    chance = random.Random(20)  # noqa: S311
    acknowledged: set[str] = set()
    server = either_host.server
    rounds = ROUNDS["postgresql" if server else "sqlite"]
    where = {"LIMBER_DATABASE_URL": server.database, "LIMBER_KEYS_URL": server.keys} if server else {}
    for round_ in range(rounds):
        names = await killed_after(tmp_path, round_, chance.randrange(1, LONGEST), where)
        acknowledged.update(names)
        async with await open_storage(either_host) as storage:
            every = [await storage.records.of_person(person) for person in (ANA, *TAKERS)]
            kept = {record.id: record for records in every for record in records}
            assert acknowledged <= kept.keys()
            for record in kept.values():
                if record.id.startswith(f"{round_}-"):
                    assert await opened(storage, record) == plain(record.id)
                elif record.person != ANA:
                    assert b'"hip"' in await opened(storage, record)
        if server is None:
            with closing(sqlite3.connect(either_host.data / "limber.db")) as connection:
                assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
