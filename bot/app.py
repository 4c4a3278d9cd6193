"""The composition root: the one file that knows everyone."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from random import Random, SystemRandom
from time import monotonic

import structlog
from discord.ext import commands

from bot.advice.tips import TipPicker
from bot.charts.studio import Studio
from bot.checkins.desk import Desk
from bot.checkins.diary import Diary, Terms
from bot.checkins.draft import Draft
from bot.client import LimberBot
from bot.clock import Clock, WallClock
from bot.kept import CheckInGone, Kept, ViewGone, WeeklyGone, WishGone
from bot.privacy.desk import Privacy, away
from bot.reminders.errand import Errands
from bot.reminders.mornings import Mornings
from bot.reminders.personal import Personal
from bot.reminders.posts import ClubPosts
from bot.reminders.rules import Rules
from bot.reminders.runner import BY_DEFAULT, Runner
from bot.reminders.schedule import Schedule
from bot.reminders.schedule_stored import from_stored
from bot.reminders.secretary import Secretary
from bot.reminders.undelivered import Undelivered
from bot.settings import Settings
from bot.storage.errors import LIMBER, StorageError
from bot.storage.reminders import Reminder
from bot.storage.storage import Storage, open_storage
from bot.triage.sessions import Session
from bot.ui.cards.history import View
from bot.ui.cards.reminders import Wish
from bot.ui.cards.weekly import WeeklyDraft
from bot.ui.delivery import DiscordDelivery
from bot.ui.doorstep import Doorstep
from bot.ui.editions import Editions
from bot.ui.letters import Letters
from bot.ui.publish import Publisher
from bot.ui.router import Router
from bot.ui.sender import Sender
from cogs.about import About
from cogs.checkins import Checkins
from cogs.club import Club
from cogs.entries import Entries
from cogs.history import History
from cogs.pain import Pain
from cogs.posts import Posts
from cogs.privacy import PrivacyCommands
from cogs.remind import Remind
from cogs.reminded import Reminded
from cogs.tips import Tips
from cogs.triage import Triage
from cogs.weekly import Weekly
from cogs.wishes import Wishes

log = structlog.get_logger("limber.app")


@dataclass(frozen=True, slots=True)
class Services:
    """What must be opened before the bot starts and closed after it."""

    storage: Storage | None  # None: there is no diary, and never was
    studio: Studio


@dataclass(frozen=True, slots=True)
class Timing:
    """The time, as this bot is to see it."""

    clock: Clock = field(default_factory=WallClock)
    elapsed: Callable[[], float] = monotonic  # seconds that only go forward
    rules: Rules = BY_DEFAULT


def build(
    settings: Settings,
    *,
    editions: Editions | None = None,
    publisher: Publisher | None = None,
    random: Random | None = None,
    services: Services | None = None,
    timing: Timing | None = None,
    sender: Sender | None = None,
) -> LimberBot:
    """A bot, ready to be started; nothing is shared between two of them but what is handed in.

    Without services advice and the symptom check work, and the diary says that it is closed. With a database the bot
    has a runner of reminders, which whoever starts the bot starts; it writes through `sender`, or else the bot itself.
    Raises ContentError when the content cannot be used.
    """
    served = editions or Editions(settings.content)
    router = Router()
    given = timing or Timing()
    time, elapsed, rules = given.clock, given.elapsed, given.rules
    here = services or Services(None, Studio())
    sessions: Kept[Session] = Kept(elapsed)
    drafts: Kept[Draft] = Kept(elapsed, CheckInGone)
    views: Kept[View] = Kept(elapsed, ViewGone)
    weeklies: Kept[WeeklyDraft] = Kept(elapsed, WeeklyGone)
    terms = Terms(settings.minimum_age, settings.keep_months)
    diary = Diary(here.storage if settings.diary else None, time, terms)
    wishes: Kept[Wish] = Kept(elapsed, WishGone)
    chance = random or SystemRandom()
    kept = diary if settings.diary else Diary(here.storage, time, terms)
    waiting = (sessions, drafts, views, weeklies, wishes)
    privacy = Privacy(kept, here.storage, waiting, time)

    def nudge() -> None:
        if bot.reminders is not None:
            bot.reminders.nudge()

    def cogs() -> Iterator[commands.Cog]:
        doorstep = Doorstep(bot, elapsed, sender=sender)
        personal = Personal(diary, here.storage, time, nudge, rules.grace)
        mornings = Mornings(diary, here.storage, time, nudge)
        desk = Desk(diary, drafts, time, notes=settings.notes, after=mornings.follow)
        triage = Triage(served, router, sessions, diary, time)
        secretary = Secretary(personal, mornings, errands, Undelivered(here.storage, time))
        asking = Wishes(served, router, secretary, diary, doorstep, wishes, time)
        yield Pain(served, router)
        yield triage
        yield Checkins(served, router, desk, diary)
        yield Entries(served, router, desk, diary, sessions)
        yield History(served, router, diary, here.studio, views, time)
        yield Weekly(served, router, diary, here.studio, weeklies, time)
        yield asking
        yield Remind(served, router, secretary, asking, doorstep, time)
        yield Reminded(served, router, secretary, desk, triage.run_begin, time)
        yield Posts(served, router, posts)
        yield Club(served)
        yield PrivacyCommands(served, router, privacy, diary, personal, doorstep, time)
        yield Tips(served, router, TipPicker(chance))
        yield About(served, router)

    bot = LimberBot(
        editions=served,
        router=router,
        publisher=publisher or Publisher(settings.data),
        cogs=lambda: tuple(cogs()),
        shard_count=settings.shard_count,
        sender=sender,
    )
    posts = ClubPosts(here.storage, time, chance, nudge)
    errands = Errands(kept, here.storage, time, away(settings.keep_months), closed=not settings.diary)
    if here.storage is not None:
        delivery = DiscordDelivery(sender or bot, Letters(bot, served, errands, posts).compose)
        bot.reminders = Runner(here.storage, delivery, _read, time, rules, random=chance, elapsed=elapsed)
    return bot


def _read(reminder: Reminder) -> Schedule:
    """Raises ZoneGone, ScheduleUnreadable."""
    return from_stored(reminder.schedule)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Services]:
    """What the bot works with while it runs, closed afterwards. Raises StorageError.

    A diary that was switched off is opened still, so that people can see, take and delete what is in it.
    """
    async with Studio() as studio, AsyncExitStack() as closing:
        yield Services(await _storage(settings, closing), studio)


async def _storage(settings: Settings, closing: AsyncExitStack) -> Storage | None:
    if not settings.diary and not (settings.data / LIMBER).exists():
        return None
    try:
        storage = await open_storage(settings)
    except StorageError as error:
        if settings.diary:
            raise
        log.warning("the diary is switched off and cannot be opened", why=str(error))
        return None
    closing.push_async_callback(storage.close)
    return storage
