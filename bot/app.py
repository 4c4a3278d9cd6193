"""The composition root: the one file that knows everyone."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from random import Random, SystemRandom
from time import monotonic
from typing import Any, Self

import structlog
from discord.ext import commands

from bot.advice.tips import TipPicker
from bot.charts.renderer import ChartRenderer
from bot.checkins.diary import ClosedDiary, Diary, OpenDiary
from bot.checkins.draft import Draft
from bot.checkins.errors import Terms
from bot.checkins.service import CheckInService
from bot.client import LimberBot
from bot.clock import Clock, WallClock
from bot.clubs.barometer import Barometer
from bot.clubs.post_draft import PostDraft
from bot.clubs.service import ClubService
from bot.clubs.settings import ClubSettings
from bot.delivery.config import DEFAULT, DeliveryConfig
from bot.delivery.worker import DeliveryWorker
from bot.expiring import ExpiringStore
from bot.privacy.service import PrivacyService, retention_period
from bot.reminders.club_service import ClubReminderService
from bot.reminders.messages import ReminderMessages
from bot.reminders.mornings import MorningService
from bot.reminders.secretary import Secretary
from bot.reminders.service import ReminderService
from bot.reminders.undelivered import Undelivered
from bot.settings import Settings
from bot.storage.errors import StorageError
from bot.storage.storage import Storage, open_storage
from bot.triage.sessions import Session
from bot.ui.cards.history import View
from bot.ui.cards.reminders import ReminderDraft
from bot.ui.cards.weekly import WeeklyDraft
from bot.ui.clubs.guild_watch import GuildWatch
from bot.ui.clubs.moderators import Moderators
from bot.ui.clubs.notes import ClubNotes
from bot.ui.locales import Locales
from bot.ui.publish import Publisher
from bot.ui.reminders.composer import MessageComposer
from bot.ui.reminders.direct_messages import DirectMessages
from bot.ui.reminders.no_retry_client import NoRetryClient
from bot.ui.reminders.transport import DiscordTransport
from bot.ui.router import Router
from cogs.about import About
from cogs.barometer import Stats
from cogs.checkins import Checkins
from cogs.club import ClubCommands
from cogs.club_care import ClubCare
from cogs.club_life import ClubLife
from cogs.club_posts import ClubSchedules
from cogs.club_setup import ClubSetup
from cogs.entries import Entries
from cogs.feedback import Feedback
from cogs.history import History
from cogs.pain import Pain
from cogs.posts import Posts
from cogs.privacy import PrivacyCommands
from cogs.remind import Remind
from cogs.reminder_buttons import ReminderButtons
from cogs.reminder_forms import ReminderForms
from cogs.tips import Tips
from cogs.triage import Triage
from cogs.weekly import Weekly

log = structlog.get_logger("limber.app")


@dataclass(frozen=True, slots=True)
class Services:
    """What must be opened before the bot starts and closed after it."""

    storage: Storage | None  # None: it cannot be opened, and the host keeps no diaries
    renderer: ChartRenderer


@dataclass(frozen=True, slots=True)
class Timing:
    """The time, as this bot is to see it."""

    clock: Clock = field(default_factory=WallClock)
    elapsed: Callable[[], float] = monotonic  # seconds that only go forward
    delivery: DeliveryConfig = DEFAULT


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What is kept for half an hour, in memory alone."""

    sessions: ExpiringStore[Session]
    drafts: ExpiringStore[Draft]
    views: ExpiringStore[View]
    weeklies: ExpiringStore[WeeklyDraft]
    reminder_drafts: ExpiringStore[ReminderDraft]
    setups: ExpiringStore[PostDraft]
    typed: ExpiringStore[ClubSettings]

    @classmethod
    def by(cls, elapsed: Callable[[], float]) -> Self:
        return cls(
            ExpiringStore(elapsed, "check-gone"),
            ExpiringStore(elapsed, "checkin-gone"),
            ExpiringStore(elapsed, "history-gone"),
            ExpiringStore(elapsed, "weekly-gone"),
            ExpiringStore(elapsed, "wish-gone"),
            ExpiringStore(elapsed, "setup-gone"),
            ExpiringStore(elapsed, "setup-gone"),
        )

    @property
    def everything(self) -> tuple[ExpiringStore[Any], ...]:
        """For an erasure."""
        return self.sessions, self.drafts, self.views, self.weeklies, self.reminder_drafts, self.setups, self.typed


@dataclass(frozen=True, slots=True)
class _House:
    """What everybody in it shares."""

    settings: Settings
    locales: Locales
    router: Router
    here: Services
    timing: Timing
    random: Random
    waiting: _Waiting
    diary: Diary  # closed where the host keeps none
    kept: Diary  # what is there all the same: for looking at one's own, and for deleting it
    posts: ClubReminderService
    clubs: ClubService
    barometer: Barometer
    messages: ReminderMessages
    nudge: Callable[[], None]

    def watch(self, bot: LimberBot) -> GuildWatch:
        """Looks after clubs while nobody does."""
        return GuildWatch(bot, self.locales, self.clubs)

    async def close_weeks(self) -> None:
        """The barometer's weeks that are over, each in the zone of its club."""
        await self.barometer.close_due(self.clubs.zone)

    async def sweep(self) -> None:
        """What clubs that are gone have left behind, and old lines of logs."""
        await self.clubs.purge(retention_period(self.settings.keep_months))


def build(
    settings: Settings,
    *,
    locales: Locales | None = None,
    publisher: Publisher | None = None,
    random: Random | None = None,
    services: Services | None = None,
    timing: Timing | None = None,
    sender: NoRetryClient | None = None,
) -> LimberBot:
    """A bot, ready to be started; nothing is shared between two of them but what is handed in.

    Without services advice and the symptom check work, and the diary says that it is closed. With a database the bot
    has a runner of reminders, which whoever starts the bot starts; it writes through `sender`, or else the bot itself.
    Raises ContentError when the content cannot be used.
    """

    def nudge() -> None:
        if bot.reminders is not None:
            bot.reminders.nudge()

    chance, here = random or SystemRandom(), services or Services(None, ChartRenderer())
    served = locales or Locales(settings.content)
    house = _house(settings, served, here, timing or Timing(), chance, nudge)
    bot = LimberBot(
        locales=house.locales,
        router=house.router,
        publisher=publisher or Publisher(settings.data),
        cogs=lambda: (*_for_runners(house, bot), *_for_clubs(house, bot)),
        shard_count=settings.shard_count,
        sender=sender,
    )
    bot.club_notes = ClubNotes(house.clubs)
    if here.storage is not None:
        bot.maintenance = (house.watch(bot).look, house.close_weeks, house.sweep)
        composer = MessageComposer(bot, house.locales, house.messages, house.posts)
        transport = DiscordTransport(sender or bot, composer.compose)
        clock, elapsed, config = house.timing.clock, house.timing.elapsed, house.timing.delivery
        bot.reminders = DeliveryWorker(here.storage, transport, clock, config, random=chance, elapsed=elapsed)
    return bot


def _house(
    settings: Settings, served: Locales, here: Services, timing: Timing, chance: Random, nudge: Callable[[], None]
) -> _House:
    clock, storage = timing.clock, here.storage
    terms = Terms(settings.minimum_age, settings.keep_months)
    kept = OpenDiary(storage, clock, terms) if storage else ClosedDiary(terms)
    diary = kept if settings.diary else ClosedDiary(terms)
    posts = ClubReminderService(storage, clock, chance, nudge)
    return _House(
        settings,
        served,
        Router(),
        here,
        timing,
        chance,
        _Waiting.by(timing.elapsed),
        diary,
        kept,
        posts,
        ClubService(storage, posts, clock),
        Barometer(diary, storage, clock, on=settings.stats and settings.diary),
        ReminderMessages(kept, storage, clock, retention_period(settings.keep_months), closed=not settings.diary),
        nudge,
    )


def _for_runners(house: _House, bot: LimberBot) -> Iterator[commands.Cog]:
    served, router, diary, waiting = house.locales, house.router, house.diary, house.waiting
    clock, storage, renderer = house.timing.clock, house.here.storage, house.here.renderer
    direct_messages = DirectMessages(bot, house.timing.elapsed, sender=bot.sender)
    personal = ReminderService(diary, storage, clock, house.nudge, house.timing.delivery.grace)
    mornings = MorningService(personal)
    service = CheckInService(diary, waiting.drafts, clock, notes=house.settings.notes, after=mornings.follow)
    club_notes = ClubNotes(house.clubs)
    triage = Triage(served, router, waiting.sessions, diary, club_notes, clock)
    secretary = Secretary(personal, mornings, house.messages, Undelivered(storage, clock))
    asking = ReminderForms(served, router, secretary, diary, direct_messages, waiting.reminder_drafts, clock)
    counting = house.settings.stats and house.settings.diary
    privacy = PrivacyService(house.kept, storage, waiting.everything, clock, stats=counting)
    yield Pain(served, router, club_notes, house.messages)
    yield triage
    yield Checkins(served, router, service, diary)
    yield Entries(served, router, service, diary, waiting.sessions)
    yield History(served, router, diary, renderer, waiting.views, clock)
    yield Weekly(served, router, diary, renderer, waiting.weeklies, clock)
    yield asking
    yield Remind(served, router, secretary, asking, direct_messages, clock)
    yield ReminderButtons(served, router, secretary, service, triage.run_begin, clock)
    yield PrivacyCommands(served, router, privacy, diary, personal, direct_messages, clock)
    yield Tips(served, router, TipPicker(house.random), club_notes, house.messages)
    yield Feedback(served, router, club_notes, house.settings.contact)
    yield About(served, router)


def _for_clubs(house: _House, bot: LimberBot) -> Iterator[commands.Cog]:
    served, router, clubs, posts = house.locales, house.router, house.clubs, house.posts
    clock, waiting = house.timing.clock, house.waiting
    moderators = Moderators(bot.tree, house.timing.elapsed)
    stats = Stats(served, router, house.barometer, house.here.renderer)
    setup = ClubSetup(served, router, moderators, clubs, waiting.setups, clock, house.random)
    schedules = ClubSchedules(served, router, moderators, clubs, posts, setup, clock)
    care = ClubCare(served, router, moderators, clubs, waiting.typed, clock)
    yield Posts(served, router, posts)
    yield stats
    yield setup
    yield schedules
    yield care
    yield ClubCommands(served, moderators, setup, schedules, care, stats)
    yield ClubLife(bot, clubs, house.watch(bot))


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Services]:
    """What the bot works with while it runs, closed afterwards. Raises StorageError.

    Also where the diary is switched off: clubs have settings, and people can see, take and delete what is in it still.
    """
    async with ChartRenderer() as renderer, AsyncExitStack() as closing:
        yield Services(await _storage(settings, closing), renderer)


async def _storage(settings: Settings, closing: AsyncExitStack) -> Storage | None:
    try:
        storage = await open_storage(settings)
    except StorageError as error:
        if settings.diary:
            raise
        log.warning("the diary is switched off and cannot be opened", why=str(error))
        return None
    closing.push_async_callback(storage.close)
    return storage
