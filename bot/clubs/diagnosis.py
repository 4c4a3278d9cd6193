"""The diagnosis of a club's posts and settings: each kind of trouble has one sentence, and one thing mends it."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from operator import attrgetter
from typing import Final, Self

from bot.advice.library import Library
from bot.clubs.guild import ChannelKind, ChannelView, GuildView, Permission
from bot.clubs.post_draft import ClockChange, dst_preview
from bot.clubs.settings import ClubSettings
from bot.localtime import zone_named
from bot.reminders.club_service import ClubReminder
from bot.reminders.posts import PostOptions, candidates
from bot.schedules.schedule import Schedule
from bot.storage.reminders import Reason, ReminderState


class Severity(IntEnum):
    """How bad it is; the worst first."""

    STOPS = 0  # nothing goes out
    HURTS = 1  # something is missing from what goes out
    NOTE = 2


class DiagnosisKind(StrEnum):
    """What can be wrong; each has one sentence, `diagnosis-…`, and says how bad it is."""

    severity: Severity

    def __new__(cls, value: str, severity: Severity = Severity.NOTE) -> Self:
        kind = str.__new__(cls, value)
        kind._value_, kind.severity = value, severity
        return kind

    CHANNEL_GONE = "channel-gone", Severity.STOPS
    CHANNEL_KIND = "channel-kind", Severity.STOPS
    NO_VIEW = "no-view", Severity.STOPS
    NO_SEND = "no-send", Severity.STOPS
    ZONE_GONE = "zone-gone", Severity.STOPS
    UNREADABLE = "unreadable", Severity.STOPS
    BLOCKED = "blocked", Severity.STOPS
    NO_ROUTINE = "no-routine", Severity.STOPS
    NOTHING_SCHEDULED = "nothing-scheduled", Severity.STOPS
    SAME_TIME = "same-time", Severity.HURTS
    CLUB_ZONE_GONE = "club-zone-gone", Severity.HURTS
    SHARE_GONE = "share-gone", Severity.HURTS
    STRETCH_GONE = "stretch-gone", Severity.HURTS
    STRETCH_CLOSED = "stretch-closed", Severity.HURTS
    NO_THREADS = "no-threads", Severity.HURTS
    ROLE_GONE = "role-gone", Severity.HURTS
    ROLE_EVERYONE = "role-everyone", Severity.HURTS
    NO_MENTION = "no-mention", Severity.HURTS
    NO_HISTORY = "no-history"
    NO_EMBED = "no-embed"
    NO_ATTACH = "no-attach"
    PAUSED = "paused"
    ENDED = "ended"
    CLOCK_SKIPS = "clock-skips"
    CLOCK_REPEATS = "clock-repeats"


Value = str | int | datetime


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing that is wrong. `values`: the variables of its sentence; in them a channel is "<#5>", a role "<@&7>"."""

    kind: DiagnosisKind
    channel: int | None = None
    role: int | None = None
    reminder: str | None = None  # the post it is about; None: the club's settings, or every post in this channel
    values: dict[str, Value] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        return self.kind.severity


SEVERITY: Final = attrgetter("severity")

DATES_COMPARED: Final = 35  # of each post, to find several at one moment: five weeks of a daily one

#: In the order in which they are needed; without the first two the rest does not matter.
NEEDED: Final = {Permission.VIEW: DiagnosisKind.NO_VIEW, Permission.SEND: DiagnosisKind.NO_SEND}
WANTED: Final = {
    Permission.HISTORY: DiagnosisKind.NO_HISTORY,
    Permission.EMBED: DiagnosisKind.NO_EMBED,
    Permission.ATTACH: DiagnosisKind.NO_ATTACH,
}

#: Why a reminder is blocked, where a channel or a permission can mend it.
MENDABLE: Final = frozenset(
    {Reason.NO_CHANNEL, Reason.CHANNEL_GONE, Reason.SERVER_GONE, Reason.NO_ACCESS, Reason.NO_PERMISSION}
)


def examine(
    view: GuildView, settings: ClubSettings, posts: Sequence[ClubReminder], now: datetime, library: Library
) -> list[Diagnosis]:
    """Everything that is wrong with what a club has set up, the worst first; each channel is spoken of once."""
    diagnoses = [] if posts else [Diagnosis(DiagnosisKind.NOTHING_SCHEDULED)]
    diagnoses += [diagnosis for item in posts for diagnosis in _of_post(view, item, now, library)]
    diagnoses += _of_times(posts, now)
    if settings.zone is not None and zone_named(settings.zone) is None:
        diagnoses.append(Diagnosis(DiagnosisKind.CLUB_ZONE_GONE, values={"zone": settings.zone}))
    if view.known:
        channels = {item.reminder.channel for item in posts if item.reminder.channel}
        for channel in filter(None, map(view.channel, sorted(channels))):
            diagnoses += _of_channel(view, channel)
        diagnoses += _of_settings(view, settings, channels)
    return sorted(diagnoses, key=SEVERITY)


def expected(posts: Iterable[ClubReminder], diagnoses: Iterable[Diagnosis]) -> list[ClubReminder]:
    """Those of the posts that nothing found keeps from going out."""
    stops = [diagnosis for diagnosis in diagnoses if diagnosis.severity is Severity.STOPS]
    stopped = {diagnosis.reminder for diagnosis in stops}
    closed = {diagnosis.channel for diagnosis in stops if diagnosis.reminder is None}
    return [item for item in posts if item.reminder.id not in stopped and item.reminder.channel not in closed]


def refusals(view: GuildView, channel: int, role: int | None = None, thread: bool = False) -> list[Diagnosis]:
    """Why a post that is about to be set up could not go out as it is meant; the worst first."""
    if not view.known:
        return []
    target = view.channel(channel)
    if target is None:
        return [Diagnosis(DiagnosisKind.CHANNEL_GONE, channel)]
    diagnoses = [*_of_channel(view, target), *_of_options(view, target, PostOptions(role=role, thread=thread))]
    return sorted((diagnosis for diagnosis in diagnoses if diagnosis.severity < Severity.NOTE), key=SEVERITY)


def unpictured(view: GuildView, channel: int) -> list[Diagnosis]:
    """Why posts in that channel would go out without their picture; nothing of one they cannot go to at all."""
    target = view.channel(channel) if view.known else None
    diagnoses = _of_channel(view, target) if target is not None else ()
    return [diagnosis for diagnosis in diagnoses if diagnosis.kind is DiagnosisKind.NO_ATTACH]


def mended(view: GuildView, posts: Iterable[ClubReminder]) -> list[ClubReminder]:
    """Blocked posts that nothing stands in the way of any more: what Discord refused, it would take now."""
    refused = [item for item in posts if item.reminder.state is ReminderState.BLOCKED and view.known]
    targets = [(item, view.channel(item.reminder.channel or 0)) for item in refused if item.reminder.reason in MENDABLE]
    return [item for item, channel in targets if channel is not None and _open(channel)]


def _of_post(view: GuildView, item: ClubReminder, now: datetime, library: Library) -> Iterator[Diagnosis]:
    """What is wrong with this one, and with no other."""
    reminder, post = item.reminder, item.reminder.id
    if item.schedule is None:
        kind = DiagnosisKind.ZONE_GONE if item.reason is Reason.ZONE else DiagnosisKind.UNREADABLE
        yield Diagnosis(kind, reminder=post, values={"zone": reminder.zone})
    elif reminder.state is ReminderState.BLOCKED:
        yield Diagnosis(
            DiagnosisKind.BLOCKED, reminder.channel, reminder=post, values={"reason": reminder.reason or "?"}
        )
    elif item.paused(now) or reminder.state is ReminderState.PAUSED:
        yield Diagnosis(DiagnosisKind.PAUSED, reminder=post)
    elif reminder.state is ReminderState.ENDED:
        yield Diagnosis(DiagnosisKind.ENDED, reminder=post)
    else:
        yield from _of_clocks(item.schedule, post, now)
    if not candidates(library, item.options):
        yield Diagnosis(DiagnosisKind.NO_ROUTINE, reminder=post)
    if view.known:
        yield from _of_target(view, item)


def _of_times(posts: Iterable[ClubReminder], now: datetime) -> Iterator[Diagnosis]:
    """Channels where several posts go out at one moment, each with the first time that happens."""
    counts = Counter((item.reminder.channel, due) for item in posts for due in item.upcoming(now, DATES_COMPARED))
    together = sorted((due, channel, count) for (channel, due), count in counts.items() if count > 1 and channel)
    for channel, (due, count) in {channel: (due, count) for due, channel, count in reversed(together)}.items():
        values: dict[str, Value] = {"channel": f"<#{channel}>", "count": count, "due": due}
        yield Diagnosis(DiagnosisKind.SAME_TIME, channel, values=values)


def _of_target(view: GuildView, item: ClubReminder) -> Iterator[Diagnosis]:
    target = view.channel(item.reminder.channel or 0)
    if target is None:
        yield Diagnosis(DiagnosisKind.CHANNEL_GONE, item.reminder.channel, reminder=item.reminder.id)
    else:
        yield from _of_options(view, target, item.options, item.reminder.id)


def _of_options(
    view: GuildView, channel: ChannelView, options: PostOptions, reminder: str | None = None
) -> Iterator[Diagnosis]:
    """What a post asks for beside its channel."""
    if not _open(channel):
        return
    if options.thread and Permission.THREADS not in channel.may:
        yield _missing(DiagnosisKind.NO_THREADS, Permission.THREADS, view, channel, reminder)
    if options.role is None:
        return
    role = view.role(options.role)
    values: dict[str, Value] = {"role": f"<@&{options.role}>"}
    if role is None:
        yield Diagnosis(DiagnosisKind.ROLE_GONE, role=options.role, reminder=reminder)
    elif role.everyone:
        yield Diagnosis(DiagnosisKind.ROLE_EVERYONE, role=role.id, reminder=reminder)
    elif not role.mentionable and Permission.MENTION not in channel.may:
        yield Diagnosis(DiagnosisKind.NO_MENTION, channel.id, role.id, reminder, values)


def _of_settings(view: GuildView, settings: ClubSettings, channels: Collection[int]) -> Iterator[Diagnosis]:
    """Channels that were chosen for the whole club. *Share* posts an answer to a press, which needs no permission.

    `channels`: those of posts, of which it is said already what is missing.
    """
    share, stretch = settings.share_channel, settings.stretch_channel
    if share is not None and view.channel(share) is None:
        yield Diagnosis(DiagnosisKind.SHARE_GONE, share)
    if stretch is None:
        return
    channel = view.channel(stretch)
    if channel is None:
        yield Diagnosis(DiagnosisKind.STRETCH_GONE, stretch)
    elif not _open(channel) and stretch not in channels:
        yield Diagnosis(DiagnosisKind.STRETCH_CLOSED, stretch, values={"channel": f"<#{stretch}>"})


def _of_channel(view: GuildView, channel: ChannelView) -> Iterator[Diagnosis]:
    """What keeps everything out of it; else what is missing there."""
    if channel.kind is not ChannelKind.TEXT:
        yield Diagnosis(DiagnosisKind.CHANNEL_KIND, channel.id, values={"channel": f"<#{channel.id}>"})
        return
    for permission, kind in NEEDED.items():
        if permission not in channel.may:
            yield _missing(kind, permission, view, channel)
            return
    for permission, kind in WANTED.items():
        if permission not in channel.may:
            yield _missing(kind, permission, view, channel)


def _of_clocks(schedule: Schedule, reminder: str, now: datetime) -> Iterator[Diagnosis]:
    """The first post that a clock change moves, or that meets a time that comes twice."""
    for date in (date for date in dst_preview(schedule, now) if date.shift is not ClockChange.NONE):
        kind = DiagnosisKind.CLOCK_SKIPS if date.shift is ClockChange.LATER else DiagnosisKind.CLOCK_REPEATS
        values: dict[str, Value] = {"at": f"{schedule.at:%H:%M}", "then": f"{date.local:%H:%M}", "due": date.due}
        yield Diagnosis(kind, reminder=reminder, values=values)
        return


def _missing(
    kind: DiagnosisKind, permission: Permission, view: GuildView, channel: ChannelView, reminder: str | None = None
) -> Diagnosis:
    """`where` it is to be allowed: the server's roles are enough, unless the channel says no by itself."""
    where = "channel" if permission in channel.denied else "server"
    values: dict[str, Value] = {"channel": f"<#{channel.id}>", "bot": view.bot, "where": where}
    return Diagnosis(kind, channel.id, reminder=reminder, values=values)


def _open(channel: ChannelView) -> bool:
    return channel.kind is ChannelKind.TEXT and channel.may >= set(NEEDED)
