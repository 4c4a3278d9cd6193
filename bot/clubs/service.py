"""The one door for moderators: everything a club sets, and who changed it."""

from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final, TypedDict, Unpack
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import structlog

from bot.clock import Clock
from bot.clubs import text_rules
from bot.clubs.audit_log import AuditEntry, LogLine, What, about, change_entry, log_line, pause_entry, settings_entry
from bot.clubs.errors import ClubChanged, for_clubs
from bot.clubs.settings import ClubSettings, SettingsUnreadable, from_stored, to_stored
from bot.reminders.club_service import ClubReminder, ClubReminderService
from bot.reminders.errors import EditedMeanwhile, NoSuchReminder, RemindersClosed
from bot.reminders.post_routine import PostOptions
from bot.schedules.schedule import Schedule
from bot.storage.changes import ChangeRow
from bot.storage.clubs import ErasedClub
from bot.storage.errors import StorageError
from bot.storage.reminders import ReminderState
from bot.storage.storage import Storage

LOGGED: Final = timedelta(days=180)  # how long the log is kept
LINES: Final = 60  # shown of it
TRIES: Final = 5  # while others are writing
FRESH: Final = timedelta(seconds=30)  # how old what cards show of a club may be: another process may have changed it

log = structlog.get_logger("limber.clubs")


class Fields(TypedDict, total=False):
    """What can be set, as it was chosen or typed; None, or nothing typed: no longer set."""

    zone: str | None
    language: str
    share_channel: int | None
    stretch_channel: int | None
    contact: str | None
    emergency: str | None
    tips: str  # one a line


@dataclass(frozen=True, slots=True)
class Stopped:
    """A post that was paused or removed."""

    item: ClubReminder
    leaving: bool  # one of it was on its way at that very moment, and may still appear


@dataclass(frozen=True, slots=True)
class Purged:
    """What had its time."""

    lines: int
    clubs: int


class ClubService:
    """Who may do what, whoever calls has asked. Raises RemindersClosed where there is no database.

    What goes to its reminders raises what they raise, in sentences for clubs: NoSuchPost, ClubChanged, PostZoneGone.
    """

    def __init__(self, storage: Storage | None, posts: ClubReminderService, clock: Clock) -> None:
        self._storage = storage
        self._posts = posts
        self._clock = clock
        self._shown: dict[int, tuple[datetime, ClubSettings]] = {}

    async def settings(self, club: int) -> ClubSettings:
        """For moderators. Raises SettingsUnreadable."""
        found = await self._books.clubs.find(club)
        return from_stored(found.settings if found else None)

    async def shown(self, club: int | None) -> ClubSettings:
        """For cards, which go out in any case: what can be read, else what could be read before. Cheap to ask."""
        if self._storage is None or club is None:
            return ClubSettings()
        now = self._clock.now()
        read, settings = self._shown.get(club, (None, ClubSettings()))
        if read is None or not timedelta() <= now - read < FRESH:
            try:
                settings = await self.settings(club)
            except (SettingsUnreadable, StorageError) as error:
                log.warning("the settings of a club cannot be read", club=club, why=str(error))
            self._shown[club] = (now, settings)
        return settings

    async def zone(self, club: int) -> ZoneInfo:
        """The club's time zone; UTC while nobody has chosen one, or when it is gone."""
        try:
            return ZoneInfo((await self.shown(club)).zone or "UTC")
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return ZoneInfo("UTC")

    async def change(
        self, club: int, moderator: int, seen: str | None = None, **fields: Unpack[Fields]
    ) -> ClubSettings:
        """What they are now, kept for good and logged; nothing that was not named.

        `seen`: the mark of the same fields when the moderator began; without it, as they are now. Raises ClubChanged
        when somebody has changed one of them since, SettingsUnreadable, and what `bot.clubs.text_rules` raises.
        """
        given = _plain(fields)
        for _ in range(TRIES):
            found = await self._books.clubs.find(club)
            before = from_stored(found.settings if found else None)
            seen = before.mark(*fields) if seen is None else seen
            if before.mark(*fields) != seen:
                raise ClubChanged
            after = replace(before, **given)
            if after == before:
                return before
            lines = self._stamped(club, moderator, settings_entry(before, after))
            version, now = found.version if found else 0, self._clock.now()
            if await self._books.clubs.put(club, to_stored(after), version, now, lines):
                self._shown.pop(club, None)
                return after
        raise ClubChanged

    async def posts(self, club: int) -> list[ClubReminder]:
        """Oldest first."""
        return await self._posts.of_club(club)

    async def post(self, club: int, reminder: str, version: int | None = None) -> ClubReminder:
        """`version`: the one a button or form was made for. Raises NoSuchPost, or ClubChanged for another one."""
        with for_clubs():
            item = await self._posts.item(club, reminder)
        if version is not None and item.reminder.version != version:
            raise ClubChanged
        return item

    async def add_post(
        self, club: int, moderator: int, channel: int, schedule: Schedule, options: PostOptions
    ) -> ClubReminder:
        """Raises TooManyPosts."""
        await self._books.clubs.joined(club, self._clock.now())  # so that its leaving is noted
        item = await self._posts.add(club, channel, schedule, options)
        await self._note(club, moderator, [AuditEntry(What.POST_ADDED, post=about(item))])
        return item

    async def change_post(
        self,
        moderator: int,
        item: ClubReminder,
        *,
        channel: int | None = None,
        schedule: Schedule | None = None,
        options: PostOptions | None = None,
    ) -> ClubReminder:
        """`item`: as the moderator saw it when they began; see `post`."""
        with for_clubs():
            changed = await self._posts.change(item, channel=channel, schedule=schedule, options=options)
        await self._note(item.reminder.owner, moderator, change_entry(item, changed))
        return changed

    async def pause_post(self, club: int, moderator: int, reminder: str, until: date | None = None) -> Stopped:
        """Silent from now on: until a local day, or until resumed. Raises PauseOver."""
        with for_clubs():
            paused = await self._posts.pause(club, reminder, until)
        await self._note(club, moderator, [pause_entry(paused)])
        return Stopped(paused, await self._posts.leaving(reminder))

    async def resume_post(self, club: int, moderator: int | None, reminder: str) -> ClubReminder:
        """Rings again, a blocked one too. `moderator` None: the bot, because what stood in the way is gone."""
        with for_clubs():
            resumed = await self._posts.resume(club, reminder)
        await self._note(club, moderator, [AuditEntry(What.POST_RESUMED, post=about(resumed))])
        return resumed

    async def remove_post(self, club: int, moderator: int, reminder: str, version: int | None = None) -> Stopped:
        """Gone for good. `version`: the one the moderator saw; see `post`."""
        for _ in range(TRIES):  # silenced first: only then it is sure which post is the last one
            item = await self.post(club, reminder, version)
            silent = replace(item.reminder, state=ReminderState.PAUSED, next_due=None)
            if await self._books.reminders.replace(silent):
                break
        leaving = await self._posts.leaving(reminder)
        with for_clubs():
            await self._posts.remove(club, reminder)
        await self._note(club, moderator, [AuditEntry(What.POST_REMOVED, post=about(item))])
        return Stopped(item, leaving)

    async def pause_all(self, club: int, moderator: int, until: date | None = None) -> list[Stopped]:
        """Every post that is not paused already; those that nobody can read do not ring anyway. Raises PauseOver."""
        now = self._clock.now()
        items = [item for item in await self.posts(club) if _rings(item) and not item.paused(now)]
        for item in items:
            if item.schedule is not None:
                item.schedule.paused(now, until)  # before the first of them is
        tried = [await self._insist(partial(self._posts.pause, club, item.reminder.id, until)) for item in items]
        stopped = [item for item in tried if item is not None]
        await self._note(club, moderator, map(pause_entry, stopped))
        return [Stopped(item, await self._posts.leaving(item.reminder.id)) for item in stopped]

    async def resume_all(self, club: int, moderator: int) -> list[ClubReminder]:
        """Every post that is paused, whoever paused it and when."""
        now = self._clock.now()
        items = [item for item in await self.posts(club) if item.paused(now)]
        tried = [await self._insist(partial(self._posts.resume, club, item.reminder.id)) for item in items]
        resumed = [item for item in tried if item is not None]
        await self._note(club, moderator, [AuditEntry(What.POST_RESUMED, post=about(item)) for item in resumed])
        return resumed

    async def told(self, item: ClubReminder) -> None:
        """The club's moderators have read that this post is off, and why."""
        await self._books.reminders.told_one(item.reminder.id)

    async def log(self, club: int, limit: int = LINES) -> list[LogLine]:
        """The latest first."""
        changes = await self._books.changes.of_club(club, self._clock.now() - LOGGED, limit)
        return [line for line in map(log_line, changes) if line is not None]

    async def erase(self, club: int, moderator: int | None) -> ErasedClub:
        """Everything of the club, no byte of it left in the file, but one line in the log: who did it, and when.

        `moderator` None: the host, whom the club asked; then there is no line either.
        """
        erased = await self._books.clubs.forget(club)
        assert erased is not None  # noqa: S101  # only with `left_before`
        self._shown.pop(club, None)
        if moderator is not None:
            await self._note(club, moderator, [AuditEntry(What.ERASED, before=str(erased.posts))])
        if not await self._books.limber.sweep():
            log.warning("what was deleted may linger in a log until the next start")
        return erased

    async def joined(self, club: int) -> bool:
        """The bot is in this club, for the first time or again; True when it has not said hello yet."""
        if self._storage is None:
            return True
        await self._storage.clubs.joined(club, self._clock.now())
        return await self._storage.clubs.welcome(club)

    async def left(self, club: int) -> None:
        """The bot is out of it. What was set waits for its return, for as long as the host keeps things."""
        if self._storage is not None:
            await self._storage.clubs.left(club, self._clock.now())

    async def present(self, clubs: Collection[int]) -> None:
        """Every club the bot is in, as it hears when it connects: who came and went in the meantime."""
        if self._storage is not None:
            await self._storage.clubs.present(clubs, self._clock.now())

    async def sweep(self, retention: timedelta) -> Purged:
        """Delete the log of long ago, and each club that left longer ago than `retention`."""
        if self._storage is None:
            return Purged(0, 0)
        now, clubs = self._clock.now(), self._storage.clubs
        lines = await self._storage.changes.forget(now - LOGGED)
        gone = [await clubs.forget(club, now - retention) for club in await clubs.left_before(now - retention)]
        return Purged(lines, sum(one is not None for one in gone))

    async def _insist(self, act: Callable[[], Awaitable[ClubReminder]]) -> ClubReminder | None:
        """Done, whoever edits it at the same moment; None for one that was removed."""
        for _ in range(TRIES):
            try:
                return await act()
            except EditedMeanwhile:
                continue
            except NoSuchReminder:
                return None
        raise ClubChanged

    async def _note(self, club: int, moderator: int | None, told: Iterable[AuditEntry]) -> None:
        if lines := self._stamped(club, moderator, told):
            await self._books.changes.add(lines)

    def _stamped(self, club: int, moderator: int | None, told: Iterable[AuditEntry]) -> list[ChangeRow]:
        now = self._clock.now()
        return [ChangeRow(club, now, moderator, one.what, one.post, one.before, one.after) for one in told]

    @property
    def _books(self) -> Storage:
        if self._storage is None:
            raise RemindersClosed
        return self._storage


def _rings(item: ClubReminder) -> bool:
    return item.schedule is not None and item.reminder.state is not ReminderState.ENDED


def _plain(fields: Fields) -> dict[str, Any]:
    """As it is kept."""
    plain: dict[str, Any] = dict(fields)
    if "contact" in fields:
        plain["contact"] = text_rules.contact_from(fields["contact"] or "")
    if "emergency" in fields:
        plain["emergency"] = text_rules.emergency_from(fields["emergency"] or "")
    if "tips" in fields:
        plain["tips"] = text_rules.tips_from(fields["tips"])
    return plain
