"""Cards of a club's schedules: the list, one of them, what became of each."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Final

from discord import SelectOption, ui
from discord.utils import format_dt

from bot.clubs.service import StoppedPost
from bot.clubs.undo import stamp
from bot.reminders.club_service import ClubReminder
from bot.reminders.posts import POST_MOMENTS
from bot.storage.occurrences import Occurrence
from bot.storage.reminders import DiscordCode, Reason, ReminderState
from bot.ui.cards.heights import BUTTON_ROW, FRAME, GAP, Part, fitting, text_height
from bot.ui.cards.pages import joined
from bot.ui.cards.parts import Block, Card, box, bullets, button, menu, row, small
from bot.ui.cards.reminders import log_text, message_name, reason_text, state_text
from bot.ui.cards.style import AMBER, CALM, DANGER, PLAIN, PRIMARY
from bot.ui.catalog import Catalog
from bot.ui.custom_id import custom_id
from bot.ui.limits import CHOICE, PHONE
from bot.ui.phrases import dated_schedule_text, schedule_text

DATES_SHOWN = 3  # of one


def line(item: ClubReminder, now: datetime, words: Catalog, *, dates: int = DATES_SHOWN) -> str:
    """One schedule in a few lines: where, when, what, the next dates, and why it is silent if it is."""
    when = dated_schedule_text(item.schedule, words) if item.schedule else words("reminder-is-blocked-brief")
    lines = [f"**<#{item.reminder.channel}>** · {when}", what(item, words)]
    if state := state_text(item, now, words, club_reason_text(item.reason, words, item.reminder.zone)):
        lines.append(state)
    ahead = [format_dt(at, "f") for at in item.upcoming(now, dates)]
    if len(ahead) == 1:
        lines.append(f"{words('reminder-next')} {ahead[0]}")
    elif ahead:
        lines += [words("reminder-next"), bullets(ahead)]
    return "\n".join(lines)


def what(item: ClubReminder, words: Catalog) -> str:
    """Which routines, for how long, for whom."""
    options = item.options
    parts = moment_names(options.moments, words) or [words("setup-session")]
    parts += [words("setup-minutes", minutes=options.minutes)] if options.minutes else []
    parts += [f"<@&{options.role}>"] if options.role else []
    parts += [words("club-post-thread")] if options.thread else []
    return " · ".join(parts)


def moment_names(moments: Collection[str], words: Catalog) -> list[str]:
    """ "Before a run", "At the desk": what the moments of routines are called."""
    return [words(f"routine-moment-{when.replace('_', '-')}") for when in POST_MOMENTS if when in moments]


def name(item: ClubReminder, channel: str, words: Catalog) -> str:
    """One line for a menu, where channels are no links."""
    when = schedule_text(item.schedule, words) if item.schedule else item.reminder.zone
    return f"#{channel} · {when}"[:CHOICE]


#: Reasons that have another sentence for a channel; the doctor knows what to click.
CLUB_REASONS: Final = (
    Reason.CHANNEL_GONE,
    Reason.SERVER_GONE,
    Reason.NO_ACCESS,
    Reason.NO_PERMISSION,
    Reason.NO_ROUTINE,
)


def club_reason_text(why: Reason | DiscordCode | None, words: Catalog, zone: str = "") -> str:
    """Why a post did not come, or is off, as one sentence with the way out."""
    if isinstance(why, Reason) and why in CLUB_REASONS:
        return words(f"club-why-{message_name(why)}")
    if why is Reason.ZONE:
        return words("error-club-zone-gone", zone=zone)
    if why is Reason.SCHEDULE:
        return words("error-club-post-unreadable")
    return reason_text(why, words, zone)


def listing(items: Sequence[tuple[ClubReminder, str]], now: datetime, words: Catalog) -> Card:
    """All of them, each with the name of its channel; choose one to change it."""
    add_button = button(words("club-post-add"), "club_reminder.add", style=PRIMARY)
    if not items:
        return Card(box(PLAIN, f"## {words('club-posts')}\n{words('club-posts-none')}", row(add_button)))
    shown = [Part(line(item, now, words, dates=1), rank=at) for at, (item, _) in enumerate(items)]
    title = f"## {words('club-posts')}"
    fits, left = fitting(shown, PHONE - FRAME - text_height(f"{title}\n{title}") - 4 * BUTTON_ROW)
    blocks = joined(fits)
    if left:
        blocks.append(small(words("club-posts-more", count=len(left))))
    options = [SelectOption(label=name(item, channel, words), value=item.reminder.id) for item, channel in items]
    pick = menu(custom_id("club_reminder.pick"), words("reminder-choose"), options)
    silent = [item.paused(now) for item, _ in items]
    others = [button(words("club-resume-all"), "club_reminder.resume_all")] if any(silent) else []
    others += [button(words("club-pause-all"), "club_reminder.pause_all")] if not all(silent) else []
    buttons = row(add_button, *others, button(words("club-doctor"), "club.doctor"))
    return Card(box(PLAIN, title, *blocks, pick, buttons))


def change_or_add(item: ClubReminder, now: datetime, words: Catalog) -> Card:
    """The only one there is: is it to be another, or is another to stand beside it?"""
    buttons = row(
        button(words("club-post-change"), "club_reminder.edit", item.reminder.id, style=PRIMARY),
        button(words("club-post-another"), "club_reminder.add"),
    )
    return Card(box(PLAIN, f"## {words('club-post-there')}", line(item, now, words, dates=1), buttons))


def item(item: ClubReminder, now: datetime, words: Catalog, *, leaving: bool = False) -> Card:
    """One of them, and what can be done with it. `leaving`: one was on its way as it was paused."""
    reminder = item.reminder
    silent = item.paused(now) or reminder.state in {ReminderState.BLOCKED, ReminderState.PAUSED}
    first = row(
        button(words("reminder-resume"), "club_reminder.resume", reminder.id, style=PRIMARY)
        if silent
        else button(words("reminder-pause-open"), "club_reminder.pause", reminder.id),
        button(words("reminder-edit"), "club_reminder.edit", reminder.id),
        button(words("club-post-test"), "club_reminder.test", reminder.id),
    )
    second = row(
        button(words("reminder-log"), "club_reminder.log", reminder.id),
        button(words("reminder-remove"), "club_reminder.remove", reminder.id, reminder.version, style=DANGER),
        button(words("club-posts-all"), "club_reminder.list"),
    )
    last = [words("club-post-leaving")] if leaving else []
    return Card(box(PLAIN, line(item, now, words), *last, first, second))


def log(item: ClubReminder, occurrences: Sequence[Occurrence], words: Catalog) -> Card:
    """What became of the latest posts of one, newest first."""
    back = _all_row(words)
    if not occurrences:
        return Card(box(PLAIN, f"## {words('club-post-log')}\n{words('reminder-log-empty')}", back))
    parts = []
    for at, occurrence in enumerate(occurrences):
        why = club_reason_text(occurrence.reason, words, item.reminder.zone) if occurrence.reason else ""
        parts.append(Part(log_text(occurrence, f"<#{item.reminder.channel}>", why, words), rank=at))
    title = f"## {words('club-post-log')}"
    fits, _ = fitting(parts, PHONE - FRAME - text_height(title) - BUTTON_ROW - 2 * GAP)
    return Card(box(PLAIN, title, *joined(fits), back))


def tested(channel: int, words: Catalog) -> Card:
    """In which channel the test stands."""
    return Card(box(CALM, words("club-post-tested", channel=f"<#{channel}>")))


def cannot(problems: Sequence[str], words: Catalog) -> Card:
    """Why it could not work, each with what to click."""
    parts = [Part(f"- {problem}", rank=at) for at, problem in enumerate(problems)]
    fits, _ = fitting(parts, PHONE - FRAME - text_height(f"## {words('club-cannot')}") - GAP)
    return Card(box(AMBER, f"## {words('club-cannot')}", *joined(fits)))


def paused_all(stopped: Sequence[StoppedPost], words: Catalog) -> Card:
    """How many were paused just now, and the way back."""
    return Card(box(CALM, words("club-paused-all", count=len(stopped)), *_undoing(stopped, words)))


def resumed_all(count: int, words: Catalog) -> Card:
    """How many ring again; 0 where none was paused."""
    return Card(box(CALM, words("club-resumed-all", count=count), _all_row(words)))


def removed(stopped: StoppedPost, words: Catalog) -> Card:
    """It is gone, and the way back."""
    return Card(box(PLAIN, words("club-post-removed"), *_undoing([stopped], words)))


def undone(returned: Sequence[ClubReminder], words: Catalog) -> Card:
    """How many are there again, or ring again."""
    return Card(box(CALM, words("club-undone", count=len(returned)), _all_row(words)))


def _undoing(stopped: Sequence[StoppedPost], words: Catalog) -> Iterator[Block]:
    """What may still appear, and *Undo*, which works for an hour."""
    if any(post.leaving for post in stopped):
        yield words("club-post-leaving")
    if stopped:
        yield small(words("club-undo-foot"))
    undo = [button(words("club-undo"), "club_reminder.undo", stamp(stopped[0].at), style=PRIMARY)] if stopped else []
    yield row(*undo, _all_button(words))


def _all_row(words: Catalog) -> ui.ActionRow[Card]:
    return row(_all_button(words))


def _all_button(words: Catalog) -> ui.Button[Card]:
    return button(words("club-posts-all"), "club_reminder.list")
