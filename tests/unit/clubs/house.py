"""A club's service on a real data folder, and a Discord that the posts are written for as they leave."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import time
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from bot.advice.library import Library
from bot.clubs.post_draft import PostDraft
from bot.clubs.service import ClubService
from bot.clubs.settings import ClubSettings, to_stored
from bot.reminders.club_service import ClubReminder, ClubReminderService
from bot.reminders.posts import PostOptions, PostService
from bot.schedules.schedule import DAILY, Schedule
from bot.storage.occurrences import ClaimedOccurrence
from bot.storage.storage import Storage, open_storage
from tests.storage.given import hosted
from tests.support.data import migrated
from tests.unit.delivery.engine import Engine, HandClock, Pretend

CLUB, OTHER = 2_200_000_000_000_000_001, 2_200_000_000_000_000_002
MAYA, NOOR = 1_100_000_000_000_000_011, 1_100_000_000_000_000_012  # moderators
LONDON = ZoneInfo("Europe/London")
MORNINGS = Schedule(time(7, 30), DAILY, LONDON)  # the engine's clock stands a minute before
EVENINGS = Schedule(time(19), DAILY, LONDON)
DESK = PostOptions(moments=("desk",))


@dataclass
class Gate:
    """Somewhere on the way to Discord where what is claimed can be stopped."""

    shut: bool = False
    waiting: int = 0
    _opened: asyncio.Event = field(default_factory=asyncio.Event)

    async def passed(self) -> None:
        if self.shut:
            self.waiting += 1
            await self._opened.wait()

    def open(self) -> None:
        self.shut = False
        self._opened.set()


@dataclass
class Writing(Pretend):
    """Discord, with the posts put together just before they go out, as `DiscordDelivery` does."""

    posts: PostService | None = None
    library: Library | None = None
    claimed: Gate = field(default_factory=Gate)  # before it is put together
    wire: Gate = field(default_factory=Gate)  # after it
    chance: Random | None = None  # how long each step takes; None: no time
    roles: list[int | None] = field(default_factory=list)

    async def send(self, claimed: ClaimedOccurrence, nonce: str) -> int | None:
        assert self.posts is not None
        assert self.library is not None
        await self.claimed.passed()
        await self._slowly()
        posted = await self.posts.compose(claimed, self.library)
        await self.wire.passed()
        await self._slowly()
        self.roles.append(posted.options.role)
        return await super().send(claimed, nonce)

    async def _slowly(self) -> None:
        if self.chance is not None:
            await asyncio.sleep(self.chance.random() * 0.02)


@dataclass
class House:
    """Everything a moderator's command has, and the engine."""

    clubs: ClubService
    posts: ClubReminderService
    storage: Storage
    clock: HandClock
    library: Library
    discord: Writing
    engine: Engine

    async def add(self, schedule: Schedule = MORNINGS, club: int = CLUB, **options: object) -> ClubReminder:
        """A post of a club that has chosen its time zone before anybody looked."""
        await self.storage.clubs.put(club, to_stored(ClubSettings(zone=LONDON.key)), 0, self.clock.now())
        chosen = PostOptions(**options) if options else DESK
        draft = PostDraft(5, schedule.zone, schedule.at, schedule.rhythm, chosen)
        return await self.clubs.save_post(club, MAYA, draft, chosen.language)

    async def change(self, moderator: int, item: ClubReminder, **fields: Any) -> ClubReminder:
        """Fields of the draft are other ones, as they are typed and chosen in the set-up."""
        draft = replace(PostDraft.of(item), **fields)
        return await self.clubs.save_post(item.reminder.owner, moderator, draft, draft.options.language)

    async def lines(self, club: int = CLUB) -> list[tuple[object, ...]]:
        """The log as it reads: what, before, after; the latest first."""
        return [(line.action.value, line.before, line.after) for line in await self.clubs.log(club)]

    async def rows(self, query: str) -> list[tuple[object, ...]]:
        async with self.storage.limber.reading() as connection:
            return [tuple(row) for row in await connection.execute_fetchall(query)]


@asynccontextmanager
async def opened(folder: Path, library: Library) -> AsyncIterator[House]:
    host, clock = hosted(folder), HandClock()
    migrated(host.data)
    storage = await open_storage(host)
    discord = Writing(clock)
    engine = Engine(storage.limber, clock, discord)
    posts = ClubReminderService(storage, clock, engine.worker.nudge)
    discord.posts, discord.library = PostService(storage, clock, Random(3)), library  # noqa: S311
    try:
        yield House(ClubService(storage, posts, clock), posts, storage, clock, library, discord, engine)
        discord.claimed.open()
        discord.wire.open()
        await engine.worker.stop()
    finally:
        await storage.close()
