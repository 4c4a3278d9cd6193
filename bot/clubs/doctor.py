"""What keeps a club's posts from going out, or will: each with the one thing that mends it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.advice.library import Library
from bot.clubs.diagnosis import CannotWork, Diagnosis, DiagnosisKind, Severity, Value
from bot.clubs.dst_preview import ClockChange, dst_preview
from bot.clubs.settings import ClubSettings
from bot.clubs.view import ChannelKind, ChannelView, GuildView, Permission
from bot.reminders.club_service import ClubReminder
from bot.reminders.post_routine import PostOptions, candidates
from bot.schedules.schedule import Schedule
from bot.storage.reminders import ReminderState

Use = Literal["post", "share", "stretch"]

#: In the order in which they are needed; without the first two the rest does not matter.
NEEDED: Final = {Permission.VIEW: DiagnosisKind.NO_VIEW, Permission.SEND: DiagnosisKind.NO_SEND}
WANTED: Final = {
    Permission.HISTORY: DiagnosisKind.NO_HISTORY,
    Permission.EMBED: DiagnosisKind.NO_EMBED,
    Permission.ATTACH: DiagnosisKind.NO_ATTACH,
}

#: Reasons why a reminder is blocked that a channel or a permission can mend; see `error_mapping`.
REFUSALS: Final = frozenset({"10003", "10004", "50001", "50013", "no-channel"})


def examine(
    view: GuildView, settings: ClubSettings, posts: Sequence[ClubReminder], now: datetime, library: Library
) -> list[Diagnosis]:
    """Everything that is wrong with what a club has set up, the worst first; each channel is spoken of once."""
    found = [diagnosis for item in posts for diagnosis in _of_post(view, item, now, library)]
    if settings.zone is not None and not _is_zone(settings.zone):
        found.append(Diagnosis(DiagnosisKind.CLUB_ZONE_GONE, values={"zone": settings.zone}))
    if view.known:
        found += _of_settings(view, settings)
        channels = {item.reminder.channel for item in posts} | {settings.share_channel, settings.stretch_channel}
        for seen in filter(None, map(view.channel, sorted(filter(None, channels)))):
            found += _of_channel(view, seen)
    return sorted(found, key=lambda diagnosis: diagnosis.severity)


def refusals(view: GuildView, channel: int, role: int | None = None, thread: bool = False) -> list[Diagnosis]:
    """Why a post that is about to be set up could not go out as it is meant; the worst first."""
    if not view.known:
        return []
    seen = view.channel(channel)
    if seen is None:
        return [_gone(channel, "post")]
    found = [*_of_channel(view, seen), *_of_options(view, seen, PostOptions(role=role, thread=thread))]
    return sorted((one for one in found if one.severity < Severity.NOTE), key=lambda diagnosis: diagnosis.severity)


def refuse(view: GuildView, channel: int, role: int | None = None, thread: bool = False) -> None:
    """Raises CannotWork for the worst of the refusals."""
    for diagnosis in refusals(view, channel, role, thread):
        raise CannotWork(diagnosis)


def mended(view: GuildView, posts: Iterable[ClubReminder]) -> list[ClubReminder]:
    """Blocked posts that nothing stands in the way of any more: what Discord refused, it would take now."""
    return [item for item in posts if _refused(item) and view.known and not _stopped(view, item)]


def _of_post(view: GuildView, item: ClubReminder, now: datetime, library: Library) -> Iterator[Diagnosis]:
    """What is wrong with this one, and with no other."""
    reminder, name = item.reminder, item.reminder.id
    if item.schedule is None:
        gone = not _is_zone(reminder.zone)
        yield Diagnosis(
            DiagnosisKind.ZONE_GONE if gone else DiagnosisKind.UNREADABLE, reminder=name, values={"zone": reminder.zone}
        )
    elif reminder.state is ReminderState.BLOCKED:
        yield Diagnosis(
            DiagnosisKind.BLOCKED, reminder.channel, reminder=name, values={"reason": reminder.reason or "?"}
        )
    elif item.paused(now) or reminder.state is ReminderState.PAUSED:
        yield Diagnosis(DiagnosisKind.PAUSED, reminder=name)
    elif reminder.state is ReminderState.ENDED:
        yield Diagnosis(DiagnosisKind.ENDED, reminder=name)
    else:
        yield from _of_clocks(item.schedule, name, now)
    if not candidates(library, item.options):
        yield Diagnosis(DiagnosisKind.NO_ROUTINE, reminder=name)
    if view.known:
        yield from _of_target(view, item)


def _of_target(view: GuildView, item: ClubReminder) -> Iterator[Diagnosis]:
    channel, name = item.reminder.channel, item.reminder.id
    seen = view.channel(channel or 0)
    if seen is None:
        yield _gone(channel, "post", name)
    else:
        yield from _of_options(view, seen, item.options, name)


def _of_options(
    view: GuildView, seen: ChannelView, options: PostOptions, reminder: str | None = None
) -> Iterator[Diagnosis]:
    """What a post asks for beside its channel."""
    if not _open(seen):
        return
    if options.thread and Permission.THREADS not in seen.may:
        yield _missing(DiagnosisKind.NO_THREADS, Permission.THREADS, view, seen, reminder)
    if options.role is None:
        return
    role = view.role(options.role)
    values: dict[str, Value] = {"role": f"<@&{options.role}>"}
    if role is None:
        yield Diagnosis(DiagnosisKind.ROLE_GONE, role=options.role, reminder=reminder)
    elif role.everyone:
        yield Diagnosis(DiagnosisKind.ROLE_EVERYONE, role=role.id, reminder=reminder)
    elif not role.mentionable and Permission.MENTION not in seen.may:
        yield Diagnosis(DiagnosisKind.NO_MENTION, seen.id, role.id, reminder, values)


def _of_settings(view: GuildView, settings: ClubSettings) -> Iterator[Diagnosis]:
    """Channels that were chosen for the whole club and are gone."""
    chosen: dict[Use, int | None] = {"share": settings.share_channel, "stretch": settings.stretch_channel}
    for use, channel in chosen.items():
        if channel is not None and view.channel(channel) is None:
            yield _gone(channel, use)


def _of_channel(view: GuildView, seen: ChannelView) -> Iterator[Diagnosis]:
    """What keeps everything out of it; else what is missing there."""
    if seen.kind is not ChannelKind.TEXT:
        yield Diagnosis(DiagnosisKind.CHANNEL_KIND, seen.id, values={"channel": f"<#{seen.id}>"})
        return
    for permission, kind in NEEDED.items():
        if permission not in seen.may:
            yield _missing(kind, permission, view, seen)
            return
    for permission, kind in WANTED.items():
        if permission not in seen.may:
            yield _missing(kind, permission, view, seen)


def _of_clocks(schedule: Schedule, reminder: str, now: datetime) -> Iterator[Diagnosis]:
    """The first post that a clock change moves, or that meets a time that comes twice."""
    for date in (date for date in dst_preview(schedule, now).dates if date.shift is not ClockChange.NONE):
        kind = DiagnosisKind.CLOCK_SKIPS if date.shift is ClockChange.LATER else DiagnosisKind.CLOCK_REPEATS
        values: dict[str, Value] = {"at": f"{schedule.at:%H:%M}", "then": f"{date.local:%H:%M}", "due": date.due}
        yield Diagnosis(kind, reminder=reminder, values=values)
        return


def _missing(
    kind: DiagnosisKind, permission: Permission, view: GuildView, seen: ChannelView, reminder: str | None = None
) -> Diagnosis:
    """`where` it is to be allowed: the server's roles are enough, unless the channel says no by itself."""
    where = "channel" if permission in seen.denied else "server"
    values: dict[str, Value] = {"channel": f"<#{seen.id}>", "bot": view.bot, "where": where}
    return Diagnosis(kind, seen.id, reminder=reminder, values=values)


def _gone(channel: int | None, use: Use, reminder: str | None = None) -> Diagnosis:
    return Diagnosis(DiagnosisKind.CHANNEL_GONE, channel, reminder=reminder, values={"use": use})


def _open(seen: ChannelView) -> bool:
    return seen.kind is ChannelKind.TEXT and seen.may >= set(NEEDED)


def _refused(item: ClubReminder) -> bool:
    return item.reminder.state is ReminderState.BLOCKED and item.reminder.reason in REFUSALS


def _stopped(view: GuildView, item: ClubReminder) -> bool:
    seen = view.channel(item.reminder.channel or 0)
    return seen is None or not _open(seen)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
