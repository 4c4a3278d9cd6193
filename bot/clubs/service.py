"""The service for clubs: everything their moderators set, and who changed it."""

from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final, Unpack
from zoneinfo import ZoneInfo

import structlog

from bot.clock import Clock
from bot.clubs import audit_log
from bot.clubs.audit_log import AuditAction, AuditEntry, LoggedPost, LogLine
from bot.clubs.post_draft import PostDraft
from bot.clubs.settings import ClubSettings, SettingsFields, SettingsUnreadable, from_stored, plain, to_stored
from bot.errors import OutOfDate
from bot.localtime import DEFAULT_ZONE, zone_named
from bot.reminders.club_service import ClubChanged, ClubReminder, ClubReminderService, PostUnreadable
from bot.reminders.posts import PostOptions
from bot.reminders.scheduled import EditedMeanwhile, NoSuchReminder, RemindersClosed
from bot.storage.clubs import ChangeRow, ErasedClub
from bot.storage.errors import Duplicate, StorageError
from bot.storage.reminders import Reminder, ReminderState
from bot.storage.storage import Storage, opened_or

LOG_RETENTION: Final = timedelta(days=180)
LINES_SHOWN: Final = 60  # of the log
MAX_TRIES: Final = 5  # while others are writing
CACHE_AGE: Final = timedelta(seconds=30)  # of what cards show of a club: another process may have changed it

log = structlog.get_logger("limber.clubs")
Act = Callable[[ClubReminder], Awaitable[ClubReminder]]


@dataclass(frozen=True, slots=True)
class StoppedPost:
    """A post that was paused or removed."""

    item: ClubReminder
    leaving: bool  # one of it was on its way at that very moment, and may still appear
    at: datetime  # when that was, as the log has it: `bot.clubs.undo` asks for it


class ClubService:
    """What clubs set: settings, posts, the log of both, and its end. Who may do what, whoever calls has asked.

    Raises RemindersClosed where there is no database. What goes to its posts raises what they raise: NoSuchPost,
    ClubChanged, PostZoneGone, PostUnreadable.
    """

    def __init__(self, storage: Storage | None, posts: ClubReminderService, clock: Clock) -> None:
        self._storage = storage
        self._opened = opened_or(storage, RemindersClosed)
        self._posts = posts
        self._clock = clock
        self._cache: dict[int, tuple[datetime, ClubSettings]] = {}

    async def settings(self, club: int) -> ClubSettings:
        """For moderators. Raises SettingsUnreadable."""
        row = await self._opened.clubs.find(club)
        return from_stored(row.settings if row else None)

    async def cached_settings(self, club: int | None) -> ClubSettings:
        """For cards, which go out in any case: what can be read, else what could be read before. Cheap to ask."""
        if self._storage is None or club is None:
            return ClubSettings()
        now = self._clock.now()
        read_at, settings = self._cache.get(club, (None, ClubSettings()))
        if read_at is None or not timedelta() <= now - read_at < CACHE_AGE:
            try:
                settings = await self.settings(club)
            except (SettingsUnreadable, StorageError) as error:
                log.warning("the settings of a club cannot be read", club=club, why=str(error))
            self._cache[club] = (now, settings)
        return settings

    async def zone(self, club: int) -> ZoneInfo:
        """The club's time zone; UTC while nobody has chosen one, or when it is gone."""
        return zone_named((await self.cached_settings(club)).zone) or DEFAULT_ZONE

    async def change(
        self, club: int, moderator: int, seen: str | None = None, **fields: Unpack[SettingsFields]
    ) -> ClubSettings:
        """What they are now, kept for good and logged; nothing that was not named.

        `seen`: the fingerprint of the same fields when the moderator began; without it, as they are at first sight.
        Raises ClubChanged when somebody has changed one of them since, SettingsUnreadable, and what
        `bot.clubs.text_rules` raises.
        """
        plain_fields = plain(fields)

        def edit(before: ClubSettings) -> ClubSettings:
            nonlocal seen
            seen = before.fingerprint(*fields) if seen is None else seen
            if before.fingerprint(*fields) != seen:
                raise ClubChanged
            return replace(before, **plain_fields)

        return await self._edit(club, moderator, edit)

    async def posts(self, club: int) -> list[ClubReminder]:
        """Oldest first."""
        return await self._posts.of_club(club)

    async def blocked_posts(self, club: int) -> list[ClubReminder]:
        """Those with something in their way; none where there is no database, and so no posts."""
        posts = await self.posts(club) if self._storage is not None else []
        return [item for item in posts if item.reminder.state is ReminderState.BLOCKED]

    async def post(self, club: int, reminder: str, version: int | None = None) -> ClubReminder:
        """`version`: the one a button or form was made for. Raises NoSuchPost, or ClubChanged for another one."""
        item = await self._posts.item(club, reminder)
        if version is not None and item.reminder.version != version:
            raise ClubChanged
        return item

    async def save_post(self, club: int, moderator: int, draft: PostDraft, locale: str) -> ClubReminder:
        """A new post, or the one the draft is of, changed. A club without a time zone that is known takes the post's.

        `locale`: the server's, whose language the post speaks. Raises OutOfDate for a draft with something missing,
        TooManyPosts, and ClubChanged when the post is not any more what the draft was begun on.
        """
        schedule, options = draft.schedule, replace(draft.options, language=locale.split("-", maxsplit=1)[0])
        if draft.channel is None or schedule is None:
            raise OutOfDate
        if draft.reminder is None:
            await self._opened.clubs.joined(club, self._clock.now())  # so that its leaving is noted
            item = await self._posts.add_once(club, draft.channel, schedule, options, draft.made)
            entries = [audit_log.post_entry(AuditAction.POST_ADDED, item)]
        else:
            before = await self.post(club, draft.reminder, draft.version)
            item = await self._posts.change(before, channel=draft.channel, schedule=schedule, options=options)
            entries = [*audit_log.change_entries(before, item)]

        def adopt_zone(settings: ClubSettings) -> ClubSettings:
            return settings if zone_named(settings.zone) else replace(settings, zone=schedule.zone.key)

        try:
            await self._edit(club, moderator, adopt_zone, entries)
        except (ClubChanged, SettingsUnreadable):  # the post is there all the same
            await self._note(club, moderator, entries)
        return item

    async def pause_post(self, club: int, moderator: int, reminder: str, until: date | None = None) -> StoppedPost:
        """Silent from now on: until a local day, or until resumed. Raises PauseOver."""
        paused = await self._posts.pause(await self._posts.item(club, reminder), until)
        at = await self._note(club, moderator, [audit_log.pause_entry(paused)])
        return StoppedPost(paused, await self._posts.leaving(reminder), at)

    async def resume_post(self, club: int, moderator: int | None, reminder: str) -> ClubReminder:
        """Rings again, a blocked one too. `moderator` None: the bot, because what stood in the way is gone."""
        resumed = await self._posts.resume(await self._posts.item(club, reminder))
        await self._note(club, moderator, [audit_log.post_entry(AuditAction.POST_RESUMED, resumed)])
        return resumed

    async def remove_post(self, club: int, moderator: int, reminder: str, version: int | None = None) -> StoppedPost:
        """Gone, but for what the log knows of it. `version`: the one the moderator saw. Raises as `post`."""
        item = await self._silence(club, reminder, version)  # first: only then it is sure which post is the last one
        leaving = await self._posts.leaving(reminder)
        await self._posts.remove(club, reminder)
        at = await self._note(club, moderator, [audit_log.removal_entry(item)])
        return StoppedPost(item, leaving, at)

    async def _silence(self, club: int, reminder: str, version: int | None) -> ClubReminder:
        """Nothing of it leaves any more; the post as it was. Raises NoSuchPost, ClubChanged."""
        for _ in range(MAX_TRIES):
            item = await self.post(club, reminder, version)
            if await self._opened.reminders.replace(replace(item.reminder, state=ReminderState.PAUSED, next_due=None)):
                return item
        raise ClubChanged

    async def restore_post(self, club: int, moderator: int, removed: LoggedPost) -> ClubReminder:
        """A removed post, as it was. Raises TooManyPosts, PostUnreadable, and ClubChanged when it is there."""
        if removed.schedule is None or removed.channel is None:
            raise PostUnreadable
        options = removed.options or PostOptions()
        try:
            item = await self._posts.add(club, removed.channel, removed.schedule, options, removed.id)
        except Duplicate:
            raise ClubChanged from None
        await self._note(club, moderator, [audit_log.post_entry(AuditAction.POST_ADDED, item)])
        return item

    async def pause_all(self, club: int, moderator: int, until: date | None = None) -> list[StoppedPost]:
        """Every post that is not paused already; those that nobody can read do not ring anyway. Raises PauseOver."""
        now = self._clock.now()
        items = []
        for item in await self.posts(club):
            if item.schedule and item.reminder.state is not ReminderState.ENDED and not item.paused(now):
                item.schedule.paused(now, until)  # raises before the first of them is paused
                items.append(item)
        paused = await self._insist_on_all(items, partial(self._posts.pause, until=until))
        at = await self._note(club, moderator, map(audit_log.pause_entry, paused))
        return [StoppedPost(item, await self._posts.leaving(item.reminder.id), at) for item in paused]

    async def resume_all(self, club: int, moderator: int) -> list[ClubReminder]:
        """Every post that is paused, whoever paused it and when."""
        now = self._clock.now()
        items = [item for item in await self.posts(club) if item.paused(now)]
        resumed = await self._insist_on_all(items, self._posts.resume)
        await self._note(club, moderator, [audit_log.post_entry(AuditAction.POST_RESUMED, item) for item in resumed])
        return resumed

    async def mark_reported(self, item: ClubReminder) -> None:
        """The club's moderators have read that this post is off, and why."""
        await self._opened.reminders.told_one(item.reminder.id)

    async def log(self, club: int, limit: int = LINES_SHOWN) -> list[LogLine]:
        """The latest first."""
        changes = await self._opened.changes.of_club(club, self._clock.now() - LOG_RETENTION, limit)
        return [line for line in map(audit_log.log_line, changes) if line is not None]

    async def erase(self, club: int, moderator: int | None) -> ErasedClub:
        """Everything of the club, no byte of it left in the file, but one line in the log: who did it, and when.

        `moderator` None: the host, whom the club asked; then there is no line either.
        """
        erased = await self._opened.clubs.forget(club)
        assert erased is not None  # noqa: S101  # only with `left_before`
        self._cache.pop(club, None)
        await self._opened.scrub([club])
        if moderator is not None:
            await self._note(club, moderator, [AuditEntry(AuditAction.ERASED, before=str(erased.posts))])
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

    async def reconcile(self, clubs: Collection[int], hears: Callable[[int], bool]) -> None:
        """Who came and went while it was not connected: of the clubs it `hears` of, it is in these and no others."""
        if self._storage is not None:
            await self._storage.clubs.present(clubs, hears, self._clock.now())

    async def purge(self, retention: timedelta) -> None:
        """Delete the log of long ago, and each club that left longer ago than `retention`."""
        if self._storage is None:
            return
        now, clubs = self._clock.now(), self._storage.clubs
        await self._storage.changes.forget(now - LOG_RETENTION)
        for club in await clubs.left_before(now - retention):
            await clubs.forget(club, now - retention)

    async def _edit(
        self,
        club: int,
        moderator: int,
        edit: Callable[[ClubSettings], ClubSettings],
        entries: Sequence[AuditEntry] = (),
    ) -> ClubSettings:
        """What `edit` makes of the settings, kept together with its lines in the log, which `entries` come before."""
        for _ in range(MAX_TRIES):
            row = await self._opened.clubs.find(club)
            before = from_stored(row.settings if row else None)
            after = edit(before)
            if after == before:
                await self._note(club, moderator, entries)
                return before
            now, changed = self._clock.now(), [*entries, *audit_log.settings_entries(before, after)]
            lines, version = self._lines(club, moderator, changed, now), row.version if row else 0
            if await self._opened.clubs.put(club, to_stored(after), version, now, lines):
                self._cache.pop(club, None)
                return after
        raise ClubChanged

    async def _insist_on_all(self, items: Iterable[ClubReminder], act: Act) -> list[ClubReminder]:
        """As `act` left them, without those that were removed meanwhile."""
        done = [await self._insist(item.reminder, act) for item in items]
        return [item for item in done if item is not None]

    async def _insist(self, reminder: Reminder, act: Act) -> ClubReminder | None:
        """Done, whoever edits it at the same moment; None for one that was removed."""
        for _ in range(MAX_TRIES):
            try:
                return await act(await self._posts.item(reminder.owner, reminder.id))
            except EditedMeanwhile:
                continue
            except NoSuchReminder:
                return None
        raise ClubChanged

    async def _note(self, club: int, moderator: int | None, entries: Iterable[AuditEntry]) -> datetime:
        """When that was, as its lines have it."""
        now = self._clock.now()
        if lines := self._lines(club, moderator, entries, now):
            await self._opened.changes.add(lines)
        return now

    @staticmethod
    def _lines(club: int, moderator: int | None, entries: Iterable[AuditEntry], at: datetime) -> list[ChangeRow]:
        return [ChangeRow(club, at, moderator, each.action, each.post, each.before, each.after) for each in entries]
