"""Posts of clubs: what one is to bring, which routine that is this time, and how many did it."""

import hmac
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Final

import structlog
from pydantic import TypeAdapter

from bot.advice.library import Library
from bot.advice.model import Routine, RoutineKind, RoutineMoment
from bot.clock import Clock
from bot.delivery.transport import Withheld
from bot.errors import UserError
from bot.reminders.scheduled import RemindersClosed, current_reminder
from bot.storage.clubs import Post
from bot.storage.errors import UnknownPerson
from bot.storage.occurrences import ClaimedOccurrence, Occurrence
from bot.storage.reminders import Reason, Reminder
from bot.storage.storage import Storage, opened_or

NOT_AGAIN: Final = 7  # a routine is not one of so many before it, as far as there are others


@dataclass(frozen=True, slots=True, kw_only=True)
class PostOptions:
    """What a moderator chose for a post; everybody in the channel sees what comes of it."""

    moments: tuple[str, ...] = ()  # of POST_MOMENTS; empty: RUN_MOMENTS, also for older schedules, which named areas
    minutes: int | None = None  # at most, where there is a routine that short
    role: int | None = None  # to be mentioned
    thread: bool = False  # open one under each post
    language: str = "en"


#: What a post is for unless a moderator chose otherwise: everybody in the channel, on the day of a session.
RUN_MOMENTS: Final = (RoutineMoment.BEFORE_RUN, RoutineMoment.AFTER_RUN)
POST_MOMENTS: Final = (*RUN_MOMENTS, RoutineMoment.DESK, RoutineMoment.BED)  # that a post can be for

SHAPE: Final = TypeAdapter(PostOptions)

log = structlog.get_logger("limber.reminders")


def options_of(reminder: Reminder) -> PostOptions:
    """What its moderator chose; what goes out unless somebody chose otherwise, where that cannot be read any more."""
    if reminder.post is None:
        return PostOptions()
    try:
        return SHAPE.validate_json(reminder.post)
    except ValueError:
        log.warning("what a post is about cannot be read", reminder=reminder.id)
        return PostOptions()


def candidates(library: Library, options: PostOptions) -> list[Routine]:
    """What may be posted: stretches for the whole body at those moments, and only what is safe for everybody, unasked.

    A routine for one sore place is none of them. With `minutes`, routines that take no longer; where all do, the
    shortest.
    """
    moments = set(options.moments or RUN_MOMENTS) & set(POST_MOMENTS)
    routines = [routine for routine in library.unscreened.values() if _for_everybody(routine, moments)]
    if options.minutes is None or not routines:
        return routines
    most = max(options.minutes, min(routine.minutes for routine in routines))
    return [routine for routine in routines if routine.minutes <= most]


def _for_everybody(routine: Routine, moments: Collection[str]) -> bool:
    return routine.kind is RoutineKind.STRETCH and not routine.areas and routine.moment in moments


def drawn(routines: Sequence[Routine], latest: Sequence[str], random: Random) -> Routine:
    """One of `routines`, of which there is one at least, by chance; none of the latest.

    `latest`: ids, the latest first. As many of them are avoided as leaves one to draw, NOT_AGAIN at most.
    """
    avoided = latest[: min(NOT_AGAIN, len(routines) - 1)]
    return random.choice([routine for routine in routines if routine.id not in avoided])


COUNTING_PERIOD: Final = timedelta(hours=24)  # from a post on; how long anything is kept that tells people apart
TAG_KEY: Final = 32  # bytes, as long as the digest


class PostOver(UserError, message="error-post-over"):
    """A post of the day before, or one whose reminder was removed: nothing is counted any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostContent:
    """What stands in a post."""

    occurrence: str
    routine: str  # its id in the content
    day: date  # on the wall of the club
    done: int = 0
    options: PostOptions = field(default_factory=PostOptions)


@dataclass(frozen=True, slots=True)
class DoneCount:
    """What came of a press of *Done*."""

    count: int
    again: bool  # whoever pressed is in the count already


class PostService:
    """The posts of all clubs, once their time has come. Raises RemindersClosed without a database."""

    def __init__(self, storage: Storage | None, clock: Clock, random: Random) -> None:
        self._storage = opened_or(storage, RemindersClosed)
        self._clock = clock
        self._random = random

    async def compose(self, claimed: ClaimedOccurrence, library: Library) -> PostContent:
        """What to post; the same again for the same occurrence.

        From now on it is on its way: see `ClubReminderService.leaving`.

        `library`: in the language of the options. Raises Withheld: NO_ROUTINE when there is nothing that may be
        posted, and what `current_reminder` raises.
        """
        reminder, occurrence = claimed.reminder, claimed.occurrence
        post = await self._storage.posts.find(occurrence.id)
        if post is None:
            routine = await self._draw(reminder, library)
            fresh = Post(occurrence.id, reminder.id, routine, secrets.token_bytes(TAG_KEY), self._clock.now())
            try:
                post = await self._storage.posts.keep(fresh)
            except UnknownPerson as error:
                raise Withheld(Reason.REMOVED) from error
        plan = library.unscreened.get(post.routine)
        if plan is None or not _for_everybody(plan, POST_MOMENTS):  # the content has changed since the first try
            raise Withheld(Reason.NO_ROUTINE)
        # Asked after the post was kept: whoever stops the reminder later finds the post leaving.
        return _content(post, await current_reminder(self._storage, claimed, self._clock.now()), occurrence)

    async def content(self, occurrence: str, club: int | None = None) -> PostContent:
        """What stands in a post now. Raises PostOver when nothing is known of it any more, or not in this club."""
        post, rows = await self._storage.posts.find(occurrence), await self._storage.occurrences.find(occurrence)
        if post is None or rows is None or club not in {None, rows[0].club}:
            raise PostOver
        return _content(post, *rows)

    async def count_done(self, occurrence: str, person: int, club: int | None = None) -> DoneCount:
        """Somebody did it. Each is counted once: no id is kept, but for a day a tag under the post's own key.

        Raises PostOver a day after the post, and for a post of another club than `club`, where one is given.
        """
        await self.content(occurrence, club)
        post = await self._storage.posts.find(occurrence)
        if post is None or post.key is None or self._clock.now() - post.made_at >= COUNTING_PERIOD:
            raise PostOver
        count, new = await self._storage.posts.count(occurrence, hmac.digest(post.key, str(person).encode(), "sha256"))
        return DoneCount(count, again=not new)

    async def _draw(self, reminder: Reminder, library: Library) -> str:
        routines = candidates(library, options_of(reminder))
        if not routines:
            raise Withheld(Reason.NO_ROUTINE)
        return drawn(routines, await self._storage.posts.latest(reminder.id, NOT_AGAIN), self._random).id


def _content(post: Post, reminder: Reminder, occurrence: Occurrence) -> PostContent:
    day, options = occurrence.day, options_of(reminder)
    return PostContent(occurrence=post.occurrence, routine=post.routine, day=day, done=post.done, options=options)
