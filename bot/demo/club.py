"""A small running club with a made-up past on SimCord's in-process Discord, with the real bot in it."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import discord
import simcord

from bot.app import Services, Timing, build, opened
from bot.checkins.diary import Diary, OpenDiary
from bot.checkins.models import CheckIn, NewSign, PainTiming, Side, WeeklyCheck
from bot.checkins.person_diary import Terms
from bot.client import LimberBot
from bot.delivery.config import MANUAL_CLOCK
from bot.demo.command_line import CannotSay
from bot.ids import new_id
from bot.reminders.club_service import ClubReminderService
from bot.reminders.content import ReminderContent, ReminderDraft
from bot.reminders.posts import PostOptions
from bot.reminders.service import ReminderService
from bot.schedules.schedule import DAILY, WEEKDAYS, Schedule
from bot.settings import Server, Settings
from bot.storage.reminders import ReminderKind
from bot.storage.storage import Storage
from bot.ui.locales import Locales

LOOK: Final = 0.001  # seconds


class _Env(simcord.Env):
    """SimCord, which would wait for 50 ms between two looks whether the bot is done, many times what that takes."""

    async def _settle_internal(self, **how: Any) -> None:
        await super()._settle_internal(**{**how, "idle": LOOK})


class DemoClock:
    """SimCord's time, once there is an environment; until then the machine's. ClockControl moves it."""

    def __init__(self) -> None:
        self._env: simcord.Env | None = None

    def follow(self, env: simcord.Env) -> None:
        """From now on, this environment's time."""
        self._env = env

    def now(self) -> datetime:
        return self._env.now() if self._env else datetime.now(UTC)

    def elapsed(self) -> float:
        """Seconds, for what is kept for a while."""
        return self.now().timestamp()


RUNNERS = ("ana", "ben")
MODERATOR = "maya"
ZONE = ZoneInfo("Europe/London")  # the club's, and Ana's
CHANNELS = {
    "general": "Chat of the Harbour Hares",
    "sore-legs": "Ask Limber what hurts: type /pain",
    "stretching": "Stretch together",
}


@dataclass(frozen=True, slots=True)
class DemoClub:
    """Everybody and every channel, by name."""

    settings: Settings  # with the folder that is this club's own
    env: simcord.Env
    bot: LimberBot
    guild: simcord.GuildHandle
    services: Services
    clock: DemoClock
    inside: Context  # of the bot: timers that are set in it go by SimCord's time
    channels: dict[str, simcord.ChannelHandle] = field(default_factory=dict)
    people: dict[str, simcord.MemberActor] = field(default_factory=dict)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)  # SimCord does one thing at a time, and turns others down

    def look(self) -> None:
        """The engine of the reminders looks now at what is due, and sets its timer by SimCord's time."""
        if self.bot.features.worker is not None:
            self.inside.run(self.bot.features.worker.nudge)

    def places(self) -> dict[str, simcord.ChannelHandle]:
        """Wherever somebody may be written to, by the name people see."""
        direct = {f"{name.title()}'s DM with Limber": member.user.dm_channel for name, member in self.people.items()}
        return {f"# {name}": channel for name, channel in self.channels.items()} | direct


@asynccontextmanager
async def open_club(
    settings: Settings,
    *,
    locales: Locales | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    prepare: Callable[[Path], object] = lambda _data: None,
    server: Server | None = None,
) -> AsyncIterator[DemoClub]:
    """The club, from when the bot is ready until it is closed. Writes to a temporary folder only, or to `server`.

    What is to be in the data folder before it is opened, `prepare` puts there.

    What the bot raised is in `env.errors`, people's mistakes too: whoever asks looks there.
    Raises ContentError when the content cannot be used.
    """
    async with AsyncExitStack() as closing:
        folder = Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="limber-")))
        apart = {"data": folder / "data", "key": None, "key_file": folder / "host.key", "shard_count": 1}
        here = settings.on(server).model_copy(update=apart)  # never the host's own database
        prepare(here.data)
        services = await closing.enter_async_context(opened(here))
        clock = DemoClock()
        bot = build(here, locales=locales, services=services, timing=Timing(clock, clock.elapsed, MANUAL_CLOCK))
        env = _Env(bot)
        inside = _inside(bot)
        await env.start()
        clock.follow(env)
        try:
            if bot.user is not None:  # SimCord calls every bot TestBot
                await bot.user.edit(username="Limber")
            club = _settle_in(
                DemoClub(here, env, bot, env.create_guild("Harbour Hares"), services, clock, await inside)
            )
            await env.advance_time(max(0.0, (now() - env.now()).total_seconds()))
            if bot.features.worker is not None:
                club.inside.run(bot.features.worker.start)
                await env.settle()
            yield club
        finally:
            if bot.features.worker is not None:
                await bot.features.worker.stop()
            await env.shutdown()


def _inside(bot: LimberBot) -> asyncio.Future[Context]:
    """The bot's own context, from when it is ready."""
    context = asyncio.get_running_loop().create_future()

    async def ready() -> None:
        if not context.done():
            context.set_result(copy_context())

    bot.add_listener(ready, "on_ready")
    return context


def _settle_in(club: DemoClub) -> DemoClub:
    for name, topic in CHANNELS.items():
        club.channels[name] = club.guild.create_text_channel(name, topic=topic)
    moderators = club.guild.create_role("moderators", permissions=discord.Permissions(manage_guild=True))
    for name in (*RUNNERS, MODERATOR):
        roles = [moderators] if name == MODERATOR else []
        club.people[name] = club.guild.add_member(club.env.create_user(name), roles=roles)
    return club


def person(club: DemoClub, name: str) -> simcord.MemberActor:
    """Raises CannotSay with the names there are."""
    if name not in club.people:
        raise CannotSay(f"There is nobody called {name}. There are: {', '.join(club.people)}")
    return club.people[name]


ZONES = {"ana": ZONE, "ben": ZoneInfo("Europe/Berlin")}
MORNING, EVENING = Schedule(time(8), DAILY, ZONE), Schedule(time(18), WEEKDAYS, ZONE)

#: Ana's hip gets better: days ago, pain in the morning, pain on the run that day.
HIP = (
    *((34, 6, None), (33, 6, None), (32, 5, None), (31, 6, 6), (30, 7, None), (28, 6, None), (27, 5, None)),
    *((26, 5, None), (24, 5, 5), (23, 5, None), (22, 4, None), (21, 4, None), (13, 4, None), (12, 3, None)),
    *((11, 3, 3), (10, 3, None), (8, 3, None), (7, 2, 3), (6, 2, None), (5, 2, None), (4, 2, 2), (3, 2, None)),
    *((2, 1, None), (1, 1, 2), (0, 1, None)),
)
#: Ben's knee goes up and down.
KNEE = (
    *((25, 2, None), (23, 3, 4), (22, 5, None), (21, 4, None), (19, 2, None), (16, 3, 3), (15, 3, None)),
    *((12, 2, None), (9, 3, 4), (8, 4, None), (5, 2, None), (3, 2, 3), (2, 4, None), (1, 3, None)),
)


async def make_up(club: DemoClub) -> None:
    """Ana's and Ben's diaries and what is to ring; Maya has no diary yet, so that consent can be seen."""
    storage = club.services.storage
    if storage is None:
        return
    diary, now = OpenDiary(storage, club.clock, Terms()), club.clock.now()
    for name, zone in ZONES.items():
        person = club.people[name].id
        await diary.agree(person)
        of_person = await diary.of(person)
        await of_person.set_zone(zone)
        for entry in _entries(name, now.astimezone(zone)):
            await of_person.keep(entry)
    of_ana = await diary.of(club.people["ana"].id)
    for weeks, answers in ((4, (17, 17, 17, 17)), (3, (17, 17, 8, 8)), (2, (8, 8, 8, 8)), (1, (8, 8, 0, 8))):
        check = WeeklyCheck(id=new_id(), at=now - timedelta(weeks=weeks), area="hip", answers=answers)
        await of_ana.keep(check)
    await _add_reminders(club, storage, diary)


async def _add_reminders(club: DemoClub, storage: Storage, diary: Diary) -> None:
    """Ana is asked every morning; the club stretches together on weekdays."""
    ana, where = club.people["ana"], club.channels["stretching"]
    reminders = await ReminderService(diary, storage, club.clock, club.look).of(ana.id)
    draft = ReminderDraft(ReminderKind.CHECKIN, "", ReminderContent(area="hip"))
    await reminders.add(draft, MORNING, ana.user.dm_channel.id, "en")
    posts = ClubReminderService(storage, club.clock, club.look)
    await posts.add(club.guild.id, where.id, EVENING, PostOptions())


def _entries(name: str, now: datetime) -> Iterator[CheckIn]:
    """By the hours of the day where they live, so that a demo is the same whenever it is started."""
    area, side, days = ("hip", Side.RIGHT, HIP) if name == "ana" else ("knee", Side.LEFT, KNEE)
    for ago, pain, during in days:
        day = now - timedelta(days=ago)
        woke = min(day.replace(hour=7, minute=7 * (ago % 5) + 1), now - timedelta(minutes=1)).astimezone(UTC)
        moments = frozenset({PainTiming.MORNING} if pain > 3 else ())
        new = frozenset({NewSign.NIGHT_PAIN}) if pain == 7 else frozenset[NewSign]()
        yield CheckIn(id=new_id(), at=woke, area=area, pain=pain, side=side, moments=moments, new=new)
        if during is not None:
            ran, after = frozenset({PainTiming.RUNNING}), day.replace(hour=18, minute=30).astimezone(UTC)
            yield CheckIn(
                id=new_id(), at=after, area=area, pain=max(pain - 1, 0), side=side, moments=ran, during=during
            )
