"""A club's posts: set, look at, change, pause, take away; what is posted, and how many did it."""

import hmac
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from bot.advice.library import Library
from bot.clock import Clock
from bot.delivery.decision import silence_reason
from bot.delivery.transport import Busy, Withheld
from bot.errors import UserError
from bot.ids import new_id
from bot.reminders.errors import EditedMeanwhile, NoSuchReminder, RemindersClosed
from bot.reminders.post_routine import NOT_AGAIN, SHAPE, PostOptions, candidates, drawn
from bot.reminders.rescheduled import rescheduled
from bot.reminders.service import schedule_of
from bot.schedules.codec import from_stored, to_stored
from bot.schedules.schedule import Schedule
from bot.storage.errors import UnknownPerson
from bot.storage.occurrences import ClaimedOccurrence, Occurrence, OccurrenceState
from bot.storage.posts import Post
from bot.storage.reminders import Reminder, ReminderKind, ReminderState
from bot.storage.storage import Storage

MOST: Final = 25  # of one club: as many as a menu of Discord's holds
LOGGED: Final = 20  # occurrences shown
COUNTED: Final = timedelta(hours=24)  # how long a post counts, and anything is kept that could tell people apart
KEY: Final = 32  # bytes, as long as the digest


class TooManyPosts(UserError):
    """`most` is how many a club may have."""

    message = "error-posts-many"


class PostOver(UserError):
    """A post of the day before, or one whose reminder was removed: nothing is counted any more."""

    message = "error-post-over"


@dataclass(frozen=True, slots=True)
class ClubReminder:
    """One reminder of a club. `schedule` is None when it cannot be read any more."""

    reminder: Reminder
    options: PostOptions
    schedule: Schedule | None

    def upcoming(self, now: datetime, count: int) -> Sequence[datetime]:
        """The next dates, UTC; none while it does not ring."""
        if self.schedule is None or self.reminder.state is not ReminderState.ACTIVE:
            return ()
        return tuple(one.due for one in self.schedule.upcoming(now, count))

    def paused(self, now: datetime) -> bool:
        return self.schedule is not None and self.schedule.pause_at(now) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What stands in a post."""

    occurrence: str
    routine: str  # its id in the content
    day: date  # on the wall of the club
    done: int = 0
    role: int | None = None  # mentioned in it
    thread: bool = False  # to be opened under it
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Counted:
    """What came of a press of Done."""

    count: int
    again: bool  # whoever pressed is in the count already


class ClubReminderService:
    """Who may do what, whoever calls has asked. Raises RemindersClosed where there is no database."""

    def __init__(self, storage: Storage | None, clock: Clock, random: Random, nudge: Callable[[], None]) -> None:
        """`nudge` is called after every change, so that the engine looks again."""
        self._storage = storage
        self._clock = clock
        self._random = random
        self._nudge = nudge

    async def room(self, club: int) -> None:
        """Raises TooManyPosts when there is no room for another."""
        if len(await self._books.reminders.of_club(club)) >= MOST:
            raise TooManyPosts(most=MOST)

    async def add(self, club: int, channel: int, schedule: Schedule, options: PostOptions) -> ClubReminder:
        """Kept for good when this returns. Raises TooManyPosts."""
        await self.room(club)
        now = self._clock.now()
        blank = Reminder(
            id=new_id(),
            person=None,
            club=club,
            channel=channel,
            kind=ReminderKind.CLUB,
            schedule=to_stored(schedule),
            zone=schedule.zone.key,
            state=ReminderState.ENDED,
            next_due=None,
            sealed=None,
            created_at=now,
            post=_stored(options),
        )
        reminder = rescheduled(blank, schedule, now)
        await self._books.reminders.add(reminder)
        self._nudge()
        return ClubReminder(reminder, options, schedule)

    async def of_club(self, club: int) -> list[ClubReminder]:
        """Oldest first."""
        return [_opened(reminder) for reminder in await self._books.reminders.of_club(club)]

    async def item(self, club: int, reminder: str) -> ClubReminder:
        """Raises NoSuchReminder."""
        found = await self._books.reminders.find(club, reminder)
        if found is None:
            raise NoSuchReminder
        return _opened(found)

    async def change(
        self,
        item: ClubReminder,
        *,
        channel: int | None = None,
        schedule: Schedule | None = None,
        options: PostOptions | None = None,
    ) -> ClubReminder:
        """Another channel, schedule or content for one that was read before; a pause that is on stays on.

        It rings again if it was blocked. Raises EditedMeanwhile when it was edited since it was read.
        """
        when = schedule or _read(item)
        if schedule is not None and item.schedule is not None:
            when = replace(schedule, pause=item.schedule.pause)
        told = options or item.options
        changed = replace(item.reminder, channel=channel or item.reminder.channel, post=_stored(told))
        return await self._kept(ClubReminder(changed, told, when), when)

    async def pause(self, club: int, reminder: str, until: date | None = None) -> ClubReminder:
        """Silent until a local day, or until resumed. Raises NoSuchReminder, PauseOver, EditedMeanwhile."""
        item, now = await self.item(club, reminder), self._clock.now()
        paused = await self._kept(item, _read(item).paused(now, until))
        await self._books.occurrences.cancel(reminder, "paused", now)
        return paused

    async def resume(self, club: int, reminder: str) -> ClubReminder:
        """Rings again, from its next date on; a blocked one too. Raises NoSuchReminder, EditedMeanwhile."""
        item = await self.item(club, reminder)
        return await self._kept(item, _read(item).resumed(self._clock.now()))

    async def remove(self, club: int, reminder: str) -> None:
        """Gone for good, its log and its counts too. Raises NoSuchReminder."""
        await self.item(club, reminder)
        await self._books.reminders.remove(club, reminder)
        self._nudge()

    async def log(self, club: int) -> list[tuple[ClubReminder, Occurrence]]:
        """What became of the latest ones, newest first."""
        items = {item.reminder.id: item for item in await self.of_club(club)}
        rung = await self._books.occurrences.of_club(club, LOGGED)
        return [(items[one.reminder], one) for one in rung if one.reminder in items]

    async def compose(self, claimed: ClaimedOccurrence, library: Library) -> Posted:
        """What to post; the same again for the same occurrence. From now on it is on its way: see `leaving`.

        `library`: in the language of the options. Raises Withheld: `no-routine` when there is nothing that may be
        posted, `removed`, `paused` or `blocked` when that has just happened to the reminder; Busy when it has just been
        moved to another channel, so that it is claimed again, for that one.
        """
        reminder, occurrence = claimed.reminder, claimed.occurrence
        kept = await self._books.posts.find(occurrence.id)
        if kept is None:
            routine = await self._drawn(reminder, library)
            fresh = Post(occurrence.id, reminder.id, routine, secrets.token_bytes(KEY), self._clock.now())
            try:
                kept = await self._books.posts.keep(fresh)
            except UnknownPerson as error:
                raise Withheld("removed") from error
        if kept.routine not in library.unscreened:  # the content has changed since the first try
            raise Withheld("no-routine")
        return _posted(kept, await self._wanted(claimed), occurrence)

    async def leaving(self, reminder: str) -> bool:
        """Whether a post of it is on its way. Asked after it was paused, it is the last one, and may still appear."""
        latest = await self._books.occurrences.of_reminder(reminder, LOGGED)
        claimed = [one.id for one in latest if one.state is OccurrenceState.CLAIMED]
        return any([await self._books.posts.find(name) for name in claimed])

    async def posted(self, occurrence: str, club: int | None = None) -> Posted:
        """What stands in a post now. Raises PostOver when nothing is known of it any more, or not in this club."""
        kept, found = await self._books.posts.find(occurrence), await self._books.occurrences.find(occurrence)
        if kept is None or found is None or club not in {None, found[0].club}:
            raise PostOver
        return _posted(kept, *found)

    async def done(self, occurrence: str, person: int) -> Counted:
        """Somebody did it. Each is counted once, and nothing that is kept says who. Raises PostOver."""
        kept = await self._books.posts.find(occurrence)
        if kept is None or kept.key is None or self._clock.now() - kept.made_at >= COUNTED:
            raise PostOver
        count, new = await self._books.posts.count(occurrence, _tag(kept.key, person))
        return Counted(count, again=not new)

    async def _wanted(self, claimed: ClaimedOccurrence) -> Reminder:
        """The reminder as it reads now, after the post was kept: whoever stops it later finds the post leaving."""
        found = await self._books.occurrences.find(claimed.occurrence.id)
        if found is None:
            raise Withheld("removed")
        reminder, _ = found
        if (why := silence_reason(reminder, self._clock.now())) is not None:
            raise Withheld(why)
        if reminder.channel != claimed.reminder.channel:
            raise Busy
        return reminder

    async def _drawn(self, reminder: Reminder, library: Library) -> str:
        plans = candidates(library, options_of(reminder))
        if not plans:
            raise Withheld("no-routine")
        return drawn(plans, await self._books.posts.latest(reminder.id, NOT_AGAIN), self._random).id

    async def _kept(self, item: ClubReminder, schedule: Schedule) -> ClubReminder:
        changed = rescheduled(item.reminder, schedule, self._clock.now())
        if not await self._books.reminders.replace(changed):
            raise EditedMeanwhile
        self._nudge()
        return ClubReminder(replace(changed, version=changed.version + 1), item.options, schedule)

    @property
    def _books(self) -> Storage:
        if self._storage is None:
            raise RemindersClosed
        return self._storage


def options_of(reminder: Reminder) -> PostOptions:
    """What its moderator chose."""
    return PostOptions() if reminder.post is None else SHAPE.validate_json(reminder.post)


def _stored(options: PostOptions) -> str:
    return SHAPE.dump_json(options).decode()


def _opened(reminder: Reminder) -> ClubReminder:
    return ClubReminder(reminder, options_of(reminder), schedule_of(reminder))


def _read(item: ClubReminder) -> Schedule:
    """Raises ZoneGone, which says so in a sentence, or ScheduleUnreadable."""
    return item.schedule or from_stored(item.reminder.schedule)


def _posted(post: Post, reminder: Reminder, occurrence: Occurrence) -> Posted:
    options = options_of(reminder)
    return Posted(
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
