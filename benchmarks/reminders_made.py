"""What the benchmarks of reminders stand on: a data folder as the product writes it, and a Discord some way off."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.checkins.diary import CONSENT_VERSION
from bot.ids import new_id
from bot.reminders.content import WORDLESS_BLOCK, ReminderContent, sealed_for, to_plain
from bot.reminders.posts import SHAPE as POST
from bot.reminders.posts import PostOptions
from bot.schedules.codec import to_stored
from bot.schedules.schedule import DAILY, Schedule
from bot.settings import Settings
from bot.storage.errors import LIMBER
from bot.storage.reminders import Reminder, ReminderKind, ReminderState
from bot.storage.sql import to_column
from bot.storage.storage import Storage, open_storage
from bot.storage.vault import BLOCK_LENGTH
from tests.network.limits import Limit, sending
from tests.network.loopback import Loopback
from tests.network.rest import Call, Handler
from tests.storage.given import MANY

PERSON = 1_100_000_000_000_000_000  # the first one
CHANNEL = 1_200_000_000_000_000_000  # the first person's
CLUB = 1_300_000_000_000_000_000
POSTS = 1_400_000_000_000_000_000  # the first club's first channel
AWAY = 0.1  # seconds from here to Discord and back
ALLOWED = 50  # requests a second
ZONE = ZoneInfo("Europe/London")
ASLEEP = datetime(2199, 1, 1, tzinfo=UTC)  # due so late that nothing rings
TOGETHER = 50  # people who are written at the same time

#: What people have set, by turns.
ABOUT = (
    (ReminderKind.CHECKIN, ReminderContent(area="hip")),
    (ReminderKind.STRETCH, ReminderContent(area="knee", minutes=10)),
    (ReminderKind.CHECKIN, ReminderContent()),
    (ReminderKind.WORDS, ReminderContent(words="Two easy rounds of the park, and then the calves.")),
)


class Distant(Loopback):
    """Answers as late as if it were some way off; and it knows Discord's limits."""

    def __init__(self, *, sliding: bool) -> None:
        super().__init__()
        self.everything = Limit(ALLOWED, 1, sliding=sliding)
        self.limits = [self.everything, Limit(5, 5, sending, scope="user")]

    def _serve(self, handler: Handler) -> Callable[[web.Request], Awaitable[web.Response]]:
        serve = super()._serve(handler)

        async def later(request: web.Request) -> web.Response:
            response = await serve(request)
            await asyncio.sleep(AWAY)
            return response

        return later

    def sent(self) -> list[Call]:
        """Every try to send something."""
        return [call for call in self.calls if call.sends]

    def arrived(self) -> dict[int, list[datetime]]:
        """When messages came, by channel."""
        return {
            int(place.id): [datetime.fromisoformat(one["timestamp"]) for one in place.messages]
            for place in self.messages.places.values()
        }


def settings_in(folder: Path) -> Settings:
    return Settings(data=folder / "data", key_file=folder / "host.key")


def where(folder: Path) -> dict[str, str]:
    """The same for a process."""
    return {"LIMBER_DATA": str(folder / "data"), "LIMBER_KEY_FILE": str(folder / "host.key")}


async def fill(folder: Path, people: int, clubs: Sequence[int] = ()) -> None:
    """So many people with a key and a reminder each; clubs, each with so many posts. Nothing is due yet."""
    async with await open_storage(settings_in(folder)) as storage:
        for database in (storage.limber, storage.keys):
            async with database.writing() as connection:
                await connection.execute("pragma synchronous = off")  # of this connection alone
        for club, posts in enumerate(clubs):
            for number in range(posts):
                await storage.reminders.add(_post(club, number), MANY)
        for first in range(0, people, TOGETHER):
            numbers = range(first, min(first + TOGETHER, people))
            await asyncio.gather(*(move_in(storage, number) for number in numbers))


async def move_in(storage: Storage, number: int) -> Reminder:
    """One more person with a key and a reminder."""
    person, name, now = PERSON + number, new_id(), datetime.now(UTC)
    kind, about = ABOUT[number % len(ABOUT)]
    await storage.consent(person, CONSENT_VERSION, now)
    await storage.people.set_zone(person, ZONE.key)
    block = BLOCK_LENGTH if kind is ReminderKind.WORDS else WORDLESS_BLOCK
    sealed = await storage.vault.seal(person, to_plain(about), sealed_for(name), block=block)
    reminder = _reminder(name, kind, person=person, channel=CHANNEL + number, sealed=sealed)
    await storage.reminders.add(reminder, MANY)
    return reminder


def _post(club: int, number: int) -> Reminder:
    options = POST.dump_json(PostOptions()).decode()
    return _reminder(
        new_id(), ReminderKind.CLUB, club=CLUB + club, channel=POSTS + club * 1_000_000 + number, post=options
    )


def _reminder(
    name: str,
    kind: ReminderKind,
    *,
    channel: int,
    person: int | None = None,
    club: int | None = None,
    sealed: bytes | None = None,
    post: str | None = None,
) -> Reminder:
    return Reminder(
        id=name,
        person=person,
        club=club,
        channel=channel,
        kind=kind,
        schedule=daily(ASLEEP),
        zone=ZONE.key,
        state=ReminderState.ACTIVE,
        next_due=ASLEEP,
        sealed=sealed,
        created_at=datetime.now(UTC),
        post=post,
    )


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def copied(folder: Path, name: str) -> Path:
    return Path(shutil.copytree(folder, folder.with_name(name)))


def due_at(folder: Path, at: datetime, channel: int | None = None) -> None:
    """All reminders ring daily at that minute, or the one of this channel."""
    with closing(sqlite3.connect(folder / "data" / LIMBER)) as connection, connection:
        connection.execute(
            "update reminder set schedule = ?, next_due = ? where channel_id = coalesce(?, channel_id)",
            (daily(at), to_column(at), channel),
        )


def daily(at: datetime) -> str:
    """The schedule that rings every day from that minute on."""
    local = at.astimezone(ZONE)
    return to_stored(Schedule(local.time().replace(second=0, microsecond=0), DAILY, ZONE, starts=local.date()))


def whole_minute(seconds: float) -> datetime:
    """The first one that is at least so many seconds ahead: schedules know no seconds."""
    ahead = datetime.now(UTC) + timedelta(seconds=seconds, minutes=1)
    return ahead.replace(second=0, microsecond=0)


async def sleep_until(at: datetime) -> None:
    await asyncio.sleep(max(0.0, (at - datetime.now(UTC)).total_seconds()))


def machine() -> str:
    """What the figures were made on, for whoever reads them."""
    loads = " ".join(f"{load:.1f}" for load in os.getloadavg())
    return f"{os.cpu_count()} processors, load average {loads}"


def spread(seconds: Iterable[float]) -> tuple[float, float, float]:
    """The median, the 99th of a hundred, the last."""
    found = sorted(seconds)
    return found[len(found) // 2], found[min(len(found) - 1, len(found) * 99 // 100)], found[-1]
