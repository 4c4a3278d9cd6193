"""Five hundred clubs with ten schedules each: what a moderator waits for, and what the engine gets through.

Measured through the desk and the real repositories, event loop and all, on a real disk. First what moderators ask for:
settings, the list of a club, its log, a change, the doctor over ten schedules. Then what the runner asks before it
sleeps. At last every schedule is due at once, and the engine claims, draws a routine, builds the card and settles as
fast as it can, with a Discord that answers at once: how many a second that is, where Discord allows fifty.

    python benchmarks/clubs.py --clubs 500 --posts 10
"""

import argparse
import asyncio
import sqlite3
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from zoneinfo import ZoneInfo

import uvloop

from bot.clubs.diagnosis import examine
from bot.clubs.guild import ChannelKind, ChannelView, Permission, RoleView
from bot.clubs.service import ClubService
from bot.clubs.settings import ClubSettings, to_stored
from bot.delivery.config import DeliveryConfig
from bot.delivery.worker import DeliveryWorker
from bot.ids import new_id
from bot.reminders.club_service import ClubReminderService
from bot.reminders.posts import SHAPE, PostOptions, PostService
from bot.schedules.codec import to_stored as schedule_to_stored
from bot.schedules.schedule import DAILY, WEEKDAYS, Schedule
from bot.settings import CONTENT, Settings
from bot.storage.errors import LIMBER
from bot.storage.occurrences import ClaimedOccurrence
from bot.storage.sql import to_column
from bot.storage.storage import Storage, open_storage, prepare
from bot.ui.cards.routine import post
from bot.ui.locales import LocalizedContent, read_one

NOW = datetime(2026, 3, 2, 7, 29, tzinfo=UTC)
TIMES = 200
LINES = 100  # of the log of each club
FIRST = 2_200_000_000_000_000_000
MODERATOR = 1_100_000_000_000_000_001
ZONES = ("Europe/London", "Europe/Berlin", "America/New_York", "Asia/Tokyo", "Australia/Sydney")
REMINDER = (
    "insert into reminder (id, club_id, channel_id, kind, schedule, zone, state, next_due, ignored, created_at,"
    " version, post, told) values (?, ?, ?, 'club', ?, ?, 'active', ?, 0, ?, 1, ?, 0)"
)
CHANGE = (
    "insert into club_change (club_id, number, at, moderator_id, what, before, after) values (?, ?, ?, ?, 'tips', ?, ?)"
)
QUICK = DeliveryConfig(per_second=1_000_000, burst=1_000_000)


class Clock:
    """Stands still until it is moved."""

    time = NOW

    def now(self) -> datetime:
        return self.time


class Server:
    """A server in which everything is as it should be."""

    known, bot = True, "Limber"

    def channel(self, id: int, /) -> ChannelView:  # noqa: A002
        return ChannelView(id, ChannelKind.TEXT, frozenset(Permission))

    def role(self, id: int, /) -> RoleView:  # noqa: A002
        return RoleView(id)


@dataclass
class Discord:
    """Takes every post at once; the card is built as it is for a real one."""

    posts: PostService
    localized: LocalizedContent
    taken: int = 0
    done: asyncio.Event = field(default_factory=asyncio.Event)
    most: int = 0

    async def send(self, claimed: ClaimedOccurrence, _nonce: str) -> int:
        posted = await self.posts.compose(claimed, self.localized.library)
        post(self.localized.library, posted, self.localized.words).to_components()
        self.taken += 1
        if self.taken == self.most:
            self.done.set()
        return self.taken

    async def find(self, _claimed: ClaimedOccurrence) -> None:
        return None


def fill(path: Path, clubs: int, posts: int) -> None:
    """Every club with settings, a log of a busy half year, and its posts, all due in a minute."""
    chance = Random(1)  # noqa: S311
    tips = tuple(f"Tip {number} of this club: {'shorter steps uphill ' * 5}" for number in range(10))
    settings = to_stored(ClubSettings(zone="Europe/London", contact="Jo, physio " * 20, tips=tips))
    due, now = to_column(NOW + timedelta(minutes=1)), to_column(NOW)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("pragma synchronous = off")
        for club in range(FIRST, FIRST + clubs):
            connection.execute("insert into club values (?, ?, 1, ?, null, 1)", (club, settings, now))
            lines = (
                (
                    club,
                    number,
                    to_column(NOW - timedelta(days=LINES - number)),
                    MODERATOR,
                    "before " * 20,
                    "after " * 20,
                )
                for number in range(LINES)
            )
            connection.executemany(CHANGE, lines)
            for number in range(posts):
                zone = chance.choice(ZONES)
                local = (NOW + timedelta(minutes=1)).astimezone(ZoneInfo(zone))
                schedule = Schedule(time(local.hour, local.minute), chance.choice([DAILY, WEEKDAYS]), ZoneInfo(zone))
                options = SHAPE.dump_json(PostOptions(moments=chance.choice([(), ("desk",), ("bed",)]))).decode()
                row = (new_id(), club, number + 1, schedule_to_stored(schedule), zone, due, now, options)
                connection.execute(REMINDER, row)


async def timed(name: str, ask: Callable[[int], Awaitable[object]], times: int = TIMES) -> None:
    """Prints the median and the slowest; each time another club."""
    taken = []
    for at in range(times):
        started = perf_counter()
        await ask(at)
        taken.append((perf_counter() - started) * 1000)
    print(f"{name:<44} median {median(taken):7.2f} ms   slowest {max(taken):7.2f} ms")


async def measure(clubs: int, posts: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "data"
        settings = Settings(data=data, key_file=Path(name) / "host.key")
        prepare(data)
        await asyncio.to_thread(fill, data / LIMBER, clubs, posts)
        size = (data / LIMBER).stat().st_size / 2**20
        print(f"{clubs} clubs with {posts} schedules and {LINES} lines of log each, {size:.0f} MB")
        started = perf_counter()
        async with await open_storage(settings) as storage:
            print(f"{'open it':<44} {(perf_counter() - started) * 1000:14.2f} ms")
            await ask_all(storage, clubs, posts)


async def ask_all(storage: Storage, clubs: int, count: int) -> None:
    localized, clock = read_one(CONTENT / "en"), Clock()
    posts = ClubReminderService(storage, clock, lambda: None)
    desk = ClubService(storage, posts, clock)

    def club(at: int) -> int:
        return FIRST + at % clubs

    async def examined(at: int) -> None:
        found = examine(
            Server(), await desk.settings(club(at)), await desk.posts(club(at)), clock.now(), localized.library
        )
        assert all(diagnosis.reminder for diagnosis in found)

    async def load_all(_at: int) -> None:
        found = [len(await desk.posts(club(at))) for at in range(clubs)]
        assert sum(found) == clubs * count

    async def change(at: int) -> None:
        await desk.change(club(at), MODERATOR, contact=f"Jo {at}")

    async def pause(at: int) -> None:
        (first, *_) = await desk.posts(club(at))
        await desk.pause_post(club(at), MODERATOR, first.reminder.id)
        await desk.resume_post(club(at), MODERATOR, first.reminder.id)

    await timed("the settings of a club, for a moderator", lambda at: desk.settings(club(at)))
    await timed("the settings of a club, for a card", lambda at: desk.cached_settings(club(at // 10)))
    await timed("list the posts of a club", lambda at: desk.posts(club(at)))
    await timed("list the posts of every club", load_all, 5)
    await timed("the log of a club", lambda at: desk.log(club(at)))
    await timed("the doctor: read and examine a club", examined)
    await timed("change a setting, logged", change)
    await timed("pause and resume a post, logged", pause)
    await timed("what is there to do", lambda _: storage.occurrences.status(0, NOW))
    await timed("which are due: 200 of many", lambda _: storage.reminders.due(NOW + timedelta(minutes=1), 200))
    await dispatch(storage, PostService(storage, clock, Random(1)), clock, localized, clubs * count)  # noqa: S311


async def dispatch(storage: Storage, posts: PostService, clock: Clock, localized: LocalizedContent, count: int) -> None:
    """Everything at once."""
    clock.time = NOW + timedelta(minutes=1)
    due = len(await storage.reminders.due(clock.time, count))
    discord = Discord(posts, localized, most=due)
    runner = DeliveryWorker(storage, discord, clock, QUICK)
    started = perf_counter()
    runner.start()
    await discord.done.wait()
    await runner.stop()
    seconds = perf_counter() - started
    print(f"{f'{due} posts are due at once':<44} {seconds:10.1f} s: {due / seconds:.0f} a second (Discord takes 50)")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clubs", type=int, default=500)
    parser.add_argument("--posts", type=int, default=10, help="schedules of each")
    arguments = parser.parse_args()
    uvloop.run(measure(arguments.clubs, arguments.posts))
