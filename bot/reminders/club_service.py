"""The service for clubs' reminders: set, looked at, changed, paused, taken away."""

from dataclasses import dataclass, replace
from typing import Final

from bot.ids import new_id
from bot.reminders.posts import SHAPE, PostOptions, options_of
from bot.reminders.scheduled import (
    EditedMeanwhile,
    NoSuchReminder,
    Scheduled,
    ScheduledReminders,
    TimesUnreadable,
    TooMany,
    schedule_of,
)
from bot.schedules.codec import ZoneGone
from bot.schedules.schedule import Schedule
from bot.storage.errors import Duplicate
from bot.storage.occurrences import Occurrence, OccurrenceState
from bot.storage.reminders import Reminder, ReminderKind

MAX_POSTS: Final = 25  # of one club: as many as a menu of Discord's holds
POST_LOG_LENGTH: Final = 20  # occurrences of one post


class TooManyPosts(TooMany, message="error-posts-many"):
    """`most` is how many a club may have."""


class ClubChanged(EditedMeanwhile, message="error-club-changed"):
    """Another moderator was faster; nothing of theirs is overwritten."""


class NoSuchPost(NoSuchReminder, message="error-club-no-post"):
    """It was removed, or never was this club's."""


class PostZoneGone(ZoneGone, message="error-club-zone-gone"):
    """Its schedule is in a `zone` that is no longer known."""


class PostUnreadable(TimesUnreadable, message="error-club-post-unreadable"):
    """Its schedule cannot be read at all."""


@dataclass(frozen=True, slots=True)
class ClubReminder(Scheduled):
    """One reminder of a club, and what its moderator chose."""

    options: PostOptions


class ClubReminderService(ScheduledReminders[ClubReminder]):
    """The posts of all clubs. Who may do what, whoever calls has asked. Raises RemindersClosed without a database."""

    most = MAX_POSTS
    too_many = TooManyPosts
    edited = ClubChanged
    zone_gone = PostZoneGone
    unreadable = PostUnreadable

    async def add(
        self, club: int, channel: int, schedule: Schedule, options: PostOptions, reminder: str | None = None
    ) -> ClubReminder:
        """Kept for good when this returns. `reminder`: the id of one that was removed and comes back.

        Raises TooManyPosts, and Duplicate for an id that is there.
        """
        at, post, kind = self._clock.now(), _stored(options), ReminderKind.CLUB
        row = Reminder(id=reminder or new_id(), club=club, channel=channel, kind=kind, created_at=at, post=post)
        return await self._add(ClubReminder(row, schedule, options), schedule)

    async def add_once(
        self, club: int, channel: int, schedule: Schedule, options: PostOptions, reminder: str
    ) -> ClubReminder:
        """As `add`; the one that is there, where it was added under this id before."""
        try:
            return await self.add(club, channel, schedule, options, reminder)
        except Duplicate:
            return await self.item(club, reminder)

    async def of_club(self, club: int) -> list[ClubReminder]:
        """Oldest first."""
        return [_read(reminder) for reminder in await self._storage.reminders.of_club(club)]

    async def item(self, club: int, reminder: str) -> ClubReminder:
        """Raises NoSuchPost."""
        row = await self._storage.reminders.find(club, reminder)
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
        if not await self._storage.reminders.remove(club, reminder):
            raise NoSuchPost
        self._nudge()

    async def log(self, item: ClubReminder) -> list[Occurrence]:
        """What became of the latest ones, newest first."""
        return await self._storage.occurrences.of_reminder(item.reminder.id, POST_LOG_LENGTH)

    async def leaving(self, reminder: str) -> bool:
        """Whether a post of it is on its way. Asked after it was paused, it is the last one, and may still appear."""
        latest = await self._storage.occurrences.of_reminder(reminder, POST_LOG_LENGTH)
        claimed = [occurrence.id for occurrence in latest if occurrence.state is OccurrenceState.CLAIMED]
        return any([await self._storage.posts.find(occurrence) for occurrence in claimed])


def _stored(options: PostOptions) -> str:
    return SHAPE.dump_json(options).decode()


def _read(reminder: Reminder) -> ClubReminder:
    return ClubReminder(reminder, schedule_of(reminder), options_of(reminder))
