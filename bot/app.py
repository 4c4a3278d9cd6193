"""The composition root: the one file that knows everyone."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from random import Random, SystemRandom
from time import monotonic

import structlog
from discord import Client

from bot.advice.tip_picker import TipPicker
from bot.charts.renderer import ChartRenderer
from bot.checkins.diary import ClosedDiary, Diary, OpenDiary
from bot.checkins.person_diary import Terms
from bot.checkins.service import CheckInService
from bot.client import Features, LimberBot, Shards
from bot.clock import Clock, ClockJumps, WallClock
from bot.clubs.barometer import Barometer
from bot.clubs.service import ClubService
from bot.delivery.config import DEFAULT, DeliveryConfig
from bot.delivery.worker import DeliveryWorker
from bot.expiring import ExpiringStores
from bot.maintenance import MaintenanceJob, delete_and_back_up, unless_clock_jumped
from bot.observer import SILENT, Observer
from bot.privacy import PrivacyService, retention_period
from bot.reminders.club_service import ClubReminderService
from bot.reminders.messages import ReminderMessages
from bot.reminders.posts import PostService
from bot.reminders.scheduled import RemindersClosed
from bot.reminders.screening import ScreeningService
from bot.reminders.service import ReminderService
from bot.settings import Settings
from bot.storage.errors import StorageError, requiring_asyncpg
from bot.storage.storage import Storage, open_storage, opened_or
from bot.ui.clubs.guild_view import GuildLookup
from bot.ui.clubs.moderators import Moderators
from bot.ui.clubs.notes import ClubNotes
from bot.ui.direct_messages import DirectMessages
from bot.ui.error_answers import ErrorAnswers
from bot.ui.error_mapping import NoRetryClient
from bot.ui.locales import Locales
from bot.ui.pictures import Pictures
from bot.ui.transport import DiscordTransport, MessageComposer
from bot.ui.tree import Publisher
from cogs.barometer import ClubBarometer
from cogs.canirun import CanIRun
from cogs.checkin_steps import CheckInSteps
from cogs.checkins import Checkins
from cogs.club_doctor import ClubDoctor
from cogs.club_life import ClubLife
from cogs.club_schedules import ClubSchedules
from cogs.club_settings import ClubSettingsCommands
from cogs.club_setup import ClubSetup
from cogs.club_setup_screens import ClubSetupScreens
from cogs.club_setup_steps import ClubSetupSteps
from cogs.entries import Entries
from cogs.history import History
from cogs.pain import Pain
from cogs.pending import PendingCommands
from cogs.posts import Posts
from cogs.privacy import PrivacyCommands
from cogs.remind import Remind
from cogs.reminder_answers import ReminderAnswers
from cogs.reminder_buttons import ReminderButtons
from cogs.reminder_forms import ReminderForms
from cogs.reminder_list import ReminderList, tell_undelivered
from cogs.reminder_saver import ReminderSaver
from cogs.tips import Tips
from cogs.triage import Triage
from cogs.weekly import Weekly

log = structlog.get_logger("limber.app")


@dataclass(frozen=True, slots=True)
class Services:
    """What must be opened before the bot starts and closed after it."""

    storage: Storage | None  # None: it cannot be opened, and the host keeps no diaries
    renderer: ChartRenderer
    observer: Observer = SILENT
    identify_turn: Callable[[int], Awaitable[None]] | None = None  # of one process among several


@dataclass(frozen=True, slots=True)
class Timing:
    """The time, as this bot is to see it."""

    clock: Clock = field(default_factory=WallClock)
    elapsed: Callable[[], float] = monotonic  # seconds that only go forward
    delivery: DeliveryConfig = DEFAULT


@dataclass(frozen=True, slots=True)
class _Core:
    """What needs no Discord client, and what most features share."""

    settings: Settings
    locales: Locales
    storage: Storage | None
    renderer: ChartRenderer
    pictures: Pictures
    timing: Timing
    random: Random
    stores: ExpiringStores
    own_diary: Diary  # what is there also where the host keeps none: for looking at one's own, and for deleting it
    diary: Diary

    @property
    def clock(self) -> Clock:
        return self.timing.clock

    @property
    def barometer_on(self) -> bool:
        """Whether clubs may have a barometer."""
        return self.settings.stats and self.settings.diary


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
    has a worker for reminders, which whoever starts the bot starts; it writes through `sender`, or else the bot itself.
    Raises ContentError when the content cannot be used.
    """
    opened_services, given_timing = services or Services(None, ChartRenderer()), timing or Timing()
    storage, terms = opened_services.storage, Terms(settings.minimum_age, settings.keep_months)
    own_diary = OpenDiary(storage, given_timing.clock, terms) if storage else ClosedDiary(terms)
    core = _Core(
        settings,
        locales or Locales(settings.content),
        storage,
        opened_services.renderer,
        Pictures(opened_services.renderer, on=settings.pictures),
        given_timing,
        random or SystemRandom(),
        ExpiringStores(given_timing.elapsed),
        own_diary,
        own_diary if settings.diary else ClosedDiary(terms),
    )
    features = partial(_features, core, sender)
    return LimberBot(
        core.locales,
        publisher or (Publisher(settings.data) if settings.leads else None),
        features,
        Shards(settings.shard_count, settings.shard_ids, opened_services.identify_turn),
        sender,
        pictures=core.pictures,
        observer=opened_services.observer,
    )


def _features(core: _Core, sender: NoRetryClient | None, bot: LimberBot) -> Features:
    settings, storage, clock = core.settings, core.storage, core.clock
    retention = retention_period(settings.keep_months)
    messages = ReminderMessages(core.own_diary, storage, clock, retention, closed=not settings.diary)
    posts = PostService(storage, clock, core.random)
    guilds = GuildLookup(bot.get_guild, bot.hears, sender or bot)
    worker = _worker(core, sender or bot, guilds, MessageComposer(guilds, core.locales, messages, posts))
    nudge = worker.nudge if worker else lambda: None  # without a database nobody waits for it
    club_reminders = ClubReminderService(opened_or(storage, RemindersClosed), clock, nudge)
    clubs = ClubService(storage, club_reminders, clock)
    barometer = Barometer(core.diary, storage, clock, on=core.barometer_on)
    notes, life = ClubNotes(clubs), ClubLife(bot, bot.hears, core.locales, clubs)
    reminders = ReminderService(core.diary, storage, clock, nudge, core.timing.delivery.grace)
    privacy = PrivacyService(core.own_diary, storage, clock, forget=core.stores.forget, stats=core.barometer_on)
    pending = core.stores.store("asked-gone")
    purge, close_weeks = partial(clubs.purge, retention), partial(barometer.close_due, clubs.zone)
    once: tuple[MaintenanceJob, ...] = ()
    if storage:
        jumps = ClockJumps(clock, core.timing.elapsed)
        by_date = purge, partial(delete_and_back_up, storage, privacy, clock)
        once = (close_weeks, *(partial(unless_clock_jumped, jumps, job) for job in by_date))
    return Features(
        handlers=(
            *_for_runners(core, bot, clubs, notes, messages, reminders, privacy),
            PendingCommands(bot.tree, core.diary, pending),
            *_for_clubs(core, bot, clubs, club_reminders, posts, barometer, life),
        ),
        errors=ErrorAnswers(notes, pending),
        after_command=(partial(tell_undelivered, reminders),),
        maintenance=(life.look, *(once if settings.leads else ())) if storage else (),
        worker=worker,
    )


def _worker(core: _Core, sender: Client, guilds: GuildLookup, composer: MessageComposer) -> DeliveryWorker | None:
    """What delivers reminders; nothing where there is no database."""
    if core.storage is None:
        return None
    transport = DiscordTransport(sender, composer.compose, core.pictures, guilds)
    timing, chance = core.timing, core.random
    return DeliveryWorker(core.storage, transport, timing.clock, timing.delivery, random=chance, elapsed=timing.elapsed)


def _for_runners(  # the composition root hands in one part each
    core: _Core,
    bot: LimberBot,
    clubs: ClubService,
    notes: ClubNotes,
    messages: ReminderMessages,
    reminders: ReminderService,
    privacy: PrivacyService,
) -> Iterator[object]:
    diary, stores, settings, renderer, clock = core.diary, core.stores, core.settings, core.renderer, core.clock
    checks, reminder_drafts = stores.store("check-gone"), stores.store("wish-gone")
    checkins = CheckInService(diary, stores.store("checkin-gone"), clock, notes=settings.notes, after=reminders.follow)
    steps = CheckInSteps(checkins, diary)
    can_run, screening = CanIRun(checks, diary, notes), ScreeningService(core.own_diary)
    yield Pain(clubs, notes, screening, settings.contact)
    yield can_run
    yield Triage(checks, can_run, diary, notes, clock)
    yield steps
    yield Checkins(checkins, diary, steps)
    yield Entries(checkins, diary, checks)
    yield History(diary, renderer, stores.store("history-gone"), clock)
    yield Weekly(diary, renderer, stores.store("weekly-gone"), clock)
    direct_messages = DirectMessages(bot, core.timing.elapsed, sender=bot.sender, processes=settings.processes)
    saver = ReminderSaver(reminders, direct_messages, reminder_drafts, clock)
    forms = ReminderForms(reminders, diary, saver, reminder_drafts)
    own_list = ReminderList(reminders, direct_messages, clock)
    yield forms
    yield own_list
    yield Remind(reminders, own_list, forms, saver, clock)
    yield ReminderAnswers(reminders, checkins, clock)
    yield ReminderButtons(reminders, messages, can_run.first_screen, clock)
    yield PrivacyCommands(privacy, diary, reminders, direct_messages, clock)
    yield Tips(TipPicker(core.random), clubs, screening)


def _for_clubs(  # the same
    core: _Core,
    bot: LimberBot,
    clubs: ClubService,
    reminders: ClubReminderService,
    posts: PostService,
    barometer: Barometer,
    life: ClubLife,
) -> Iterator[object]:
    clock, drafts = core.clock, core.stores.store("setup-gone")
    moderators = Moderators(bot.tree, core.timing.elapsed)
    screens = ClubSetupScreens(drafts, clock, core.random)
    yield ClubSetup(moderators, clubs, drafts, screens, clock)
    yield ClubSetupSteps(moderators, drafts, screens, clock)
    yield ClubSchedules(moderators, clubs, reminders, clock)
    yield ClubSettingsCommands(moderators, clubs, core.stores.store("club-form-gone"))
    yield ClubDoctor(moderators, clubs, clock)
    yield ClubBarometer(moderators, barometer, core.renderer)
    yield Posts(core.locales, moderators, clubs, posts, core.pictures, clock)
    yield life


@asynccontextmanager
async def opened(settings: Settings, observer: Observer = SILENT) -> AsyncIterator[Services]:
    """What the bot works with while it runs, closed afterwards. Raises StorageError.

    Also where the diary is switched off: clubs have settings, and people can see, take and delete what is in it still.
    """
    async with ChartRenderer() as renderer, AsyncExitStack() as closing:
        yield Services(await _storage(settings, observer, closing), renderer, observer, _identify_turn(settings))


def _identify_turn(settings: Settings) -> Callable[[int], Awaitable[None]] | None:
    if settings.cluster is None or settings.server is None:
        return None
    with requiring_asyncpg():
        from bot.storage.postgres_identify import IdentifyTurns  # noqa: PLC0415
    return IdentifyTurns(settings.server.database).wait


async def _storage(settings: Settings, observer: Observer, closing: AsyncExitStack) -> Storage | None:
    try:
        storage = await open_storage(settings, observer)
    except StorageError as error:
        if settings.diary:
            raise
        log.warning("the diary is switched off and cannot be opened", why=str(error))
        return None
    closing.push_async_callback(storage.close)
    return storage
