"""A club's posts: set, look at, change, pause, take away; what is posted, and how many did it."""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from bot.advice.library import Library
from bot.clock import Clock
from bot.delivery.transport import Withheld
from bot.errors import UserError
from bot.ids import new_id
from bot.reminders.errors import EditedMeanwhile, NoSuchReminder, TimesUnreadable, TooMany
from bot.reminders.post_routine import NOT_AGAIN, SHAPE, PostOptions, candidates, drawn
from bot.reminders.scheduled import Scheduled, ScheduledReminders, current_reminder, schedule_of
from bot.schedules.codec import ZoneGone
from bot.schedules.schedule import Schedule
from bot.storage.errors import UnknownPerson
from bot.storage.occurrences import ClaimedOccurrence, Occurrence, OccurrenceState
from bot.storage.posts import Post
from bot.storage.reasons import Reason
from bot.storage.reminders import Reminder, ReminderKind, ReminderState
from bot.storage.storage import Storage

MAX_POSTS: Final = 25  # of one club: as many as a menu of Discord's holds
CLUB_LOG_LENGTH: Final = 20  # occurrences of a club
COUNTING_PERIOD: Final = timedelta(hours=24)  # from a post on; how long anything is kept that tells people apart
TAG_KEY: Final = 32  # bytes, as long as the digest


class TooManyPosts(TooMany):
    """`most` is how many a club may have."""

    message = "error-posts-many"


class ClubChanged(EditedMeanwhile):
    """Another moderator was faster; nothing of theirs is overwritten."""

    message = "error-club-changed"


class NoSuchPost(NoSuchReminder):
    """It was removed, or never was this club's."""

    message = "error-club-no-post"


class PostZoneGone(ZoneGone):
    """Its schedule is in a `zone` that is no longer known."""

    message = "error-club-zone-gone"


class PostUnreadable(TimesUnreadable):
    """Its schedule cannot be read at all."""

    message = "error-club-post-unreadable"


class PostOver(UserError):
    """A post of the day before, or one whose reminder was removed: nothing is counted any more."""

    message = "error-post-over"


@dataclass(frozen=True, slots=True)
class ClubReminder(Scheduled):
    """One reminder of a club, and what its moderator chose."""

    options: PostOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class PostContent:
    """What stands in a post."""

    occurrence: str
    routine: str  # its id in the content
    day: date  # on the wall of the club
    done: int = 0
    role: int | None = None  # mentioned in it
    thread: bool = False  # to be opened under it
    language: str = "en"


@dataclass(frozen=True, slots=True)
class DoneCount:
    """What came of a press of *Done*."""

    count: int
    again: bool  # whoever pressed is in the count already


class ClubReminderService(ScheduledReminders[ClubReminder]):
    """The posts of all clubs. Who may do what, whoever calls has asked. Raises RemindersClosed without a database."""

    most = MAX_POSTS
    too_many = TooManyPosts
    edited = ClubChanged
    zone_gone = PostZoneGone
    unreadable = PostUnreadable

    def __init__(self, storage: Storage | None, clock: Clock, random: Random, nudge: Callable[[], None]) -> None:
        super().__init__(storage, clock, nudge)
        self._random = random

    async def add(self, club: int, channel: int, schedule: Schedule, options: PostOptions) -> ClubReminder:
        """Kept for good when this returns. Raises TooManyPosts."""
        blank = Reminder(
            id=new_id(),
            person=None,
            club=club,
            channel=channel,
            kind=ReminderKind.CLUB,
            schedule="",
            zone=schedule.zone.key,
            state=ReminderState.ENDED,
            next_due=None,
            sealed=None,
            created_at=self._clock.now(),
            post=_stored(options),
        )
        return await self._add(ClubReminder(blank, schedule, options), schedule)

    async def of_club(self, club: int) -> list[ClubReminder]:
        """Oldest first."""
        return [_read(reminder) for reminder in await self._opened.reminders.of_club(club)]

    async def item(self, club: int, reminder: str) -> ClubReminder:
        """Raises NoSuchPost."""
        row = await self._opened.reminders.find(club, reminder)
        if row is None:
            raise NoSuchPost
        return _read(row)

    async def change(
        self,
        item: ClubReminder,
        *,
        channel: int | None = None,
        schedule: Schedule | None = None,
        options: PostOptions | None = None,
    ) -> ClubReminder:
        """Another channel, schedule or content for one that was read before; a pause that is on stays on.

        It rings again if it was blocked. Raises ClubChanged when it was edited since it was read.
        """
        chosen = options or item.options
        reminder = replace(item.reminder, channel=channel or item.reminder.channel, post=_stored(chosen))
        return await self._change(replace(item, reminder=reminder, options=chosen), schedule)

    async def remove(self, club: int, reminder: str) -> None:
        """Gone for good, its log and its counts too. Raises NoSuchPost."""
        if not await self._opened.reminders.remove(club, reminder):
            raise NoSuchPost
        self._nudge()

    async def log(self, club: int) -> list[tuple[ClubReminder, Occurrence]]:
        """What became of the latest ones, newest first."""
        items = {item.reminder.id: item for item in await self.of_club(club)}
        latest = await self._opened.occurrences.of_club(club, CLUB_LOG_LENGTH)
        return [(items[occurrence.reminder], occurrence) for occurrence in latest if occurrence.reminder in items]

    async def compose(self, claimed: ClaimedOccurrence, library: Library) -> PostContent:
        """What to post; the same again for the same occurrence. From now on it is on its way: see `leaving`.

        `library`: in the language of the options. Raises Withheld: NO_ROUTINE when there is nothing that may be
        posted, and what `current_reminder` raises.
        """
        reminder, occurrence = claimed.reminder, claimed.occurrence
        post = await self._opened.posts.find(occurrence.id)
        if post is None:
            routine = await self._draw(reminder, library)
            fresh = Post(occurrence.id, reminder.id, routine, secrets.token_bytes(TAG_KEY), self._clock.now())
            try:
                post = await self._opened.posts.keep(fresh)
            except UnknownPerson as error:
                raise Withheld(Reason.REMOVED) from error
        if post.routine not in library.unscreened:  # the content has changed since the first try
            raise Withheld(Reason.NO_ROUTINE)
        # Asked after the post was kept: whoever stops the reminder later finds the post leaving.
        return _content(post, await current_reminder(self._opened, claimed, self._clock.now()), occurrence)

    async def leaving(self, reminder: str) -> bool:
        """Whether a post of it is on its way. Asked after it was paused, it is the last one, and may still appear."""
        latest = await self._opened.occurrences.of_reminder(reminder, CLUB_LOG_LENGTH)
        claimed = [occurrence.id for occurrence in latest if occurrence.state is OccurrenceState.CLAIMED]
        return any([await self._opened.posts.find(occurrence) for occurrence in claimed])

    async def content(self, occurrence: str, club: int | None = None) -> PostContent:
        """What stands in a post now. Raises PostOver when nothing is known of it any more, or not in this club."""
        post, rows = await self._opened.posts.find(occurrence), await self._opened.occurrences.find(occurrence)
        if post is None or rows is None or club not in {None, rows[0].club}:
            raise PostOver
        return _content(post, *rows)

    async def count_done(self, occurrence: str, person: int) -> DoneCount:
        """Somebody did it. Each is counted once, and nothing that is kept says who. Raises PostOver."""
        post = await self._opened.posts.find(occurrence)
        if post is None or post.key is None or self._clock.now() - post.made_at >= COUNTING_PERIOD:
            raise PostOver
        count, new = await self._opened.posts.count(occurrence, _tag(post.key, person))
        return DoneCount(count, again=not new)

    async def _draw(self, reminder: Reminder, library: Library) -> str:
        routines = candidates(library, options_of(reminder))
        if not routines:
            raise Withheld(Reason.NO_ROUTINE)
        return drawn(routines, await self._opened.posts.latest(reminder.id, NOT_AGAIN), self._random).id


def options_of(reminder: Reminder) -> PostOptions:
    """What its moderator chose."""
    return PostOptions() if reminder.post is None else SHAPE.validate_json(reminder.post)


def _stored(options: PostOptions) -> str:
    return SHAPE.dump_json(options).decode()


def _read(reminder: Reminder) -> ClubReminder:
    return ClubReminder(reminder, schedule_of(reminder), options_of(reminder))


def _content(post: Post, reminder: Reminder, occurrence: Occurrence) -> PostContent:
    options = options_of(reminder)
    return PostContent(
        occurrence=post.occurrence,
        routine=post.routine,
        day=datetime.fromisoformat(occurrence.local).date(),
        done=post.done,
        role=options.role,
        thread=options.thread,
        language=options.language,
    )


def _tag(key: bytes, person: int) -> bytes:
    return hmac.digest(key, str(person).encode(), "sha256")
