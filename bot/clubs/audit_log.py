"""The audit log of a club: which moderator changed what, from what to what."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.clubs.settings import ClubSettings
from bot.errors import LimberError
from bot.reminders.club_service import ClubReminder
from bot.reminders.posts import SHAPE, PostOptions
from bot.schedules.codec import from_stored, to_stored
from bot.schedules.schedule import Schedule
from bot.storage.clubs import ChangeRow
from bot.storage.reminders import ReminderState


class AuditAction(StrEnum):
    """What a moderator did."""

    ZONE = "zone"
    LANGUAGE = "language"
    SHARE_CHANNEL = "share-channel"
    STRETCH_CHANNEL = "stretch-channel"
    CONTACT = "contact"
    EMERGENCY = "emergency"
    TIPS = "tips"
    POST_ADDED = "post-added"
    POST_REMOVED = "post-removed"
    POST_PAUSED = "post-paused"  # after: the day it ends; None: until it is resumed
    POST_RESUMED = "post-resumed"
    POST_WHEN = "post-when"  # both are schedules
    POST_CHANNEL = "post-channel"
    POST_AREAS = "post-areas"  # of lines before December 2026: ids with a comma
    POST_MOMENTS = "post-moments"  # of routines, with a comma; None: before and after a run
    POST_MINUTES = "post-minutes"
    POST_ROLE = "post-role"
    POST_THREAD = "post-thread"  # "yes" or None
    POST_LANGUAGE = "post-language"
    ERASED = "erased"  # before: how many posts there were


Values = Mapping[AuditAction, str | None]  # as the log keeps them


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One change to be logged; who made it, when and in which club is said when it is written."""

    action: AuditAction
    before: str | None = None
    after: str | None = None
    post: str | None = None


@dataclass(frozen=True, slots=True)
class LoggedPost:
    """The post a line is about, as it was then. `schedule` is None when it cannot be read any more."""

    id: str
    channel: int | None
    schedule: Schedule | None
    options: PostOptions | None = None  # of a removed one, so that it can come back


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of a club's log. A channel is "<#5>", a role "<@&7>"; text is as a moderator typed it."""

    at: datetime
    moderator: int | None  # None: the bot by itself, or its host
    action: AuditAction
    before: str | Schedule | None
    after: str | Schedule | None
    post: LoggedPost | None


def settings_entries(before: ClubSettings, after: ClubSettings) -> Iterator[AuditEntry]:
    """One for each field that is another."""
    return _differences(_settings_values(before), _settings_values(after))


def change_entries(before: ClubReminder, after: ClubReminder) -> Iterator[AuditEntry]:
    """One for each part of a post that is another, and one when it rings again for it."""
    post = _snapshot(before)
    yield from _differences(_post_values(before), _post_values(after), post)
    if before.reminder.state is ReminderState.BLOCKED and after.reminder.state is not ReminderState.BLOCKED:
        yield AuditEntry(AuditAction.POST_RESUMED, post=post)


def pause_entry(item: ClubReminder) -> AuditEntry:
    """`item` as it is paused."""
    pause = item.schedule.pause if item.schedule else None
    until = pause.until.isoformat() if pause and pause.until else None
    return AuditEntry(AuditAction.POST_PAUSED, after=until, post=_snapshot(item))


def removal_entry(item: ClubReminder) -> AuditEntry:
    """`item` is gone, and the line knows enough to bring it back."""
    fields = {"when": item.reminder.schedule, "options": item.reminder.post}
    return AuditEntry(AuditAction.POST_REMOVED, post=_snapshot(item, **fields))


def post_entry(action: AuditAction, item: ClubReminder) -> AuditEntry:
    """Something done to a whole post."""
    return AuditEntry(action, post=_snapshot(item))


def log_line(change: ChangeRow) -> LogLine | None:
    """A line as it can be shown; None for what a newer version wrote."""
    try:
        action = AuditAction(change.what)
        post = None
        if change.post is not None:
            fields = json.loads(change.post)
            channel = None if fields["channel"] is None else int(fields["channel"])
            options = None if fields.get("options") is None else SHAPE.validate_json(fields["options"])
            post = LoggedPost(str(fields["id"]), channel, _schedule(str(fields["when"])), options)
    except (KeyError, TypeError, ValueError):
        return None
    read = _schedule if action is AuditAction.POST_WHEN else str
    before, after = (None if value is None else read(value) for value in (change.before, change.after))
    return LogLine(change.at, change.moderator, action, before, after, post)


def _snapshot(item: ClubReminder, **more: str | None) -> str:
    """A post as a line keeps it: its channel and schedule name it to people, also once it is gone."""
    fields = {"id": item.reminder.id, "channel": item.reminder.channel, "when": _schedule_text(item), **more}
    return json.dumps(fields, separators=(",", ":"))


def _schedule(stored: str) -> Schedule | None:
    try:
        return from_stored(stored)
    except LimberError:
        return None


def _differences(before: Values, after: Values, post: str | None = None) -> Iterator[AuditEntry]:
    for action, value in before.items():
        if value != after[action]:
            yield AuditEntry(action, value, after[action], post)


def _settings_values(settings: ClubSettings) -> Values:
    return {
        AuditAction.ZONE: settings.zone,
        AuditAction.LANGUAGE: settings.language,
        AuditAction.CONTACT: settings.contact,
        AuditAction.EMERGENCY: settings.emergency,
        AuditAction.SHARE_CHANNEL: _channel(settings.share_channel),
        AuditAction.STRETCH_CHANNEL: _channel(settings.stretch_channel),
        AuditAction.TIPS: "\n".join(settings.tips) or None,
    }


def _post_values(item: ClubReminder) -> Values:
    options = item.options
    return {
        AuditAction.POST_WHEN: _schedule_text(item),
        AuditAction.POST_CHANNEL: _channel(item.reminder.channel),
        AuditAction.POST_MOMENTS: ", ".join(options.moments) or None,
        AuditAction.POST_MINUTES: None if options.minutes is None else str(options.minutes),
        AuditAction.POST_ROLE: None if options.role is None else f"<@&{options.role}>",
        AuditAction.POST_THREAD: "yes" if options.thread else None,
        AuditAction.POST_LANGUAGE: options.language,
    }


def _schedule_text(item: ClubReminder) -> str:
    """Without its pause, which has lines of its own; as it is written now, so that only another schedule differs."""
    return item.reminder.schedule if item.schedule is None else to_stored(replace(item.schedule, pause=None))


def _channel(channel: int | None) -> str | None:
    return None if channel is None else f"<#{channel}>"
