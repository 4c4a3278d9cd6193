"""The composition root: the one file that knows everyone."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from random import Random, SystemRandom
from time import monotonic

import structlog

from bot.advice.tips import TipPicker
from bot.charts.studio import Studio
from bot.checkins.desk import Desk
from bot.checkins.diary import Diary, Terms
from bot.checkins.draft import Draft
from bot.client import LimberBot
from bot.clock import Clock, WallClock
from bot.kept import CheckInGone, Kept, ViewGone, WeeklyGone
from bot.privacy.desk import Privacy
from bot.settings import Settings
from bot.storage.errors import LIMBER, StorageError
from bot.storage.storage import Storage, open_storage
from bot.triage.sessions import Session
from bot.ui.cards.history import View
from bot.ui.cards.weekly import WeeklyDraft
from bot.ui.editions import Editions
from bot.ui.publish import Publisher
from bot.ui.router import Router
from cogs.about import About
from cogs.checkins import Checkins
from cogs.club import Club
from cogs.entries import Entries
from cogs.history import History
from cogs.pain import Pain
from cogs.privacy import PrivacyCommands
from cogs.tips import Tips
from cogs.triage import Triage
from cogs.weekly import Weekly

log = structlog.get_logger("limber.app")


@dataclass(frozen=True, slots=True)
class Services:
    """What must be opened before the bot starts and closed after it."""

    storage: Storage | None  # None: there is no diary, and never was
    studio: Studio


def build(
    settings: Settings,
    *,
    editions: Editions | None = None,
    publisher: Publisher | None = None,
    random: Random | None = None,
    services: Services | None = None,
    clock: Clock | None = None,
    elapsed: Callable[[], float] = monotonic,
) -> LimberBot:
    """A bot, ready to be started; nothing is shared between two of them but what is handed in.

    Without services advice and the symptom check work, and the diary says that it is closed. `elapsed` gives seconds
    that only go forward.
    Raises ContentError when the content cannot be used.
    """
    served = editions or Editions(settings.content)
    router = Router()
    time = clock or WallClock()
    here = services or Services(None, Studio())
    sessions: Kept[Session] = Kept(elapsed)
    drafts: Kept[Draft] = Kept(elapsed, CheckInGone)
    views: Kept[View] = Kept(elapsed, ViewGone)
    weeklies: Kept[WeeklyDraft] = Kept(elapsed, WeeklyGone)
    terms = Terms(settings.minimum_age, settings.keep_months)
    diary = Diary(here.storage if settings.diary else None, time, terms)
    desk = Desk(diary, drafts, time, notes=settings.notes)
    picker = TipPicker(random or SystemRandom())
    kept = diary if settings.diary else Diary(here.storage, time, terms)
    privacy = Privacy(kept, here.storage, (sessions, drafts, views, weeklies), time)
    return LimberBot(
        editions=served,
        router=router,
        publisher=publisher or Publisher(settings.data),
        cogs=lambda: (
            Pain(served, router),
            Triage(served, router, sessions, diary, time),
            Checkins(served, router, desk, diary),
            Entries(served, router, desk, diary, sessions),
            History(served, router, diary, here.studio, views, time),
            Weekly(served, router, diary, here.studio, weeklies, time),
            Club(served),
            PrivacyCommands(served, router, privacy, diary, time),
            Tips(served, router, picker),
            About(served, router),
        ),
        shard_count=settings.shard_count,
    )


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
