"""What a line of a club's log says: from what to what."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.clubs.settings import ClubSettings
from bot.errors import LimberError
from bot.reminders.club_service import ClubReminder
from bot.schedules.codec import from_stored, to_stored
from bot.schedules.schedule import Schedule
from bot.storage.changes import ChangeRow
from bot.storage.reminders import ReminderState


class What(StrEnum):
    """What was changed."""

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
    POST_AREAS = "post-areas"  # ids with a comma; None: every area
    POST_MINUTES = "post-minutes"
    POST_ROLE = "post-role"
    POST_THREAD = "post-thread"  # "yes" or None
    POST_LANGUAGE = "post-language"
    ERASED = "erased"  # before: how many posts there were


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """What a line will say, before it is known whose it is."""

    what: What
    before: str | None = None
    after: str | None = None
    post: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """Which post a line is about, as it was then. `schedule` is None when it cannot be read any more."""

    id: str
    channel: int | None
    schedule: Schedule | None


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of a club's log. A channel is "<#5>", a role "<@&7>"; text is as a moderator typed it."""

    at: datetime
    moderator: int | None  # None: the bot by itself, or its host
    what: What
    before: str | Schedule | None
    after: str | Schedule | None
    post: Subject | None


def settings_entry(before: ClubSettings, after: ClubSettings) -> Iterator[AuditEntry]:
    """One for each field that is another."""
    for what in (What.ZONE, What.LANGUAGE, What.CONTACT, What.EMERGENCY):
        yield from _unlike(what, getattr(before, what), getattr(after, what))
    yield from _unlike(What.SHARE_CHANNEL, _channel(before.share_channel), _channel(after.share_channel))
    yield from _unlike(What.STRETCH_CHANNEL, _channel(before.stretch_channel), _channel(after.stretch_channel))
    yield from _unlike(What.TIPS, "\n".join(before.tips) or None, "\n".join(after.tips) or None)


def change_entry(before: ClubReminder, after: ClubReminder) -> Iterator[AuditEntry]:
    """One for each part of a post that is another, and one when it rings again for it."""
    was, now, post = before.options, after.options, about(before)
    yield from _unlike(What.POST_WHEN, _when(before), _when(after), post)
    yield from _unlike(What.POST_CHANNEL, _channel(before.reminder.channel), _channel(after.reminder.channel), post)
    yield from _unlike(What.POST_AREAS, ", ".join(was.areas) or None, ", ".join(now.areas) or None, post)
    yield from _unlike(What.POST_MINUTES, _number(was.minutes), _number(now.minutes), post)
    yield from _unlike(What.POST_ROLE, _role(was.role), _role(now.role), post)
    yield from _unlike(What.POST_THREAD, _yes(was.thread), _yes(now.thread), post)
    yield from _unlike(What.POST_LANGUAGE, was.language, now.language, post)
    if before.reminder.state is ReminderState.BLOCKED and after.reminder.state is not ReminderState.BLOCKED:
        yield AuditEntry(What.POST_RESUMED, post=post)


def pause_entry(item: ClubReminder) -> AuditEntry:
    """`item` as it is paused."""
    pause = item.schedule.pause if item.schedule else None
    until = pause.until.isoformat() if pause and pause.until else None
    return AuditEntry(What.POST_PAUSED, after=until, post=about(item))


def about(item: ClubReminder) -> str:
    """Which post: its channel and schedule say it to people, also once it is gone."""
    reminder = item.reminder
    return json.dumps({"id": reminder.id, "channel": reminder.channel, "when": _when(item)}, separators=(",", ":"))


def log_line(change: ChangeRow) -> LogLine | None:
    """A line as it can be shown; None for what a newer version wrote."""
    try:
        what = What(change.what)
        post = None if change.post is None else _subject(json.loads(change.post))
    except (KeyError, TypeError, ValueError):
        return None
    read = _schedule if what is What.POST_WHEN else str
    before, after = (None if value is None else read(value) for value in (change.before, change.after))
    return LogLine(change.at, change.moderator, what, before, after, post)


def _subject(fields: dict[str, str | int | None]) -> Subject:
    name, channel, when = fields["id"], fields["channel"], fields["when"]
    return Subject(str(name), None if channel is None else int(channel), _schedule(str(when)))


def _schedule(stored: str) -> Schedule | None:
    try:
        return from_stored(stored)
    except LimberError:
        return None


def _unlike(what: What, before: str | None, after: str | None, post: str | None = None) -> Iterator[AuditEntry]:
    if before != after:
        yield AuditEntry(what, before, after, post)


def _when(item: ClubReminder) -> str:
    """Without its pause, which has lines of its own."""
    return to_stored(replace(item.schedule, pause=None)) if item.schedule else item.reminder.schedule


def _channel(channel: int | None) -> str | None:
    return None if channel is None else f"<#{channel}>"


def _role(role: int | None) -> str | None:
    return None if role is None else f"<@&{role}>"


def _number(number: int | None) -> str | None:
    return None if number is None else str(number)


def _yes(is_so: bool) -> str | None:
    return "yes" if is_so else None
