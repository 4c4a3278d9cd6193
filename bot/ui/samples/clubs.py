"""One of every card that moderators see, so that the catalogue and Discord's limits are checked at load."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.advice.library import Library
from bot.clubs.audit_log import AuditAction, LoggedPost, LogLine
from bot.clubs.post_draft import PostDraft
from bot.clubs.settings import ClubSettings
from bot.clubs.text_rules import MAX_TEXT_LENGTH, MAX_TIP_LENGTH, MAX_TIPS
from bot.reminders.club_service import MAX_POSTS, ClubReminder
from bot.reminders.post_routine import PostOptions
from bot.reminders.post_service import PostContent
from bot.schedules.schedule import EveryDays, Pause, Schedule
from bot.storage.occurrences import Occurrence, OccurrenceState
from bot.storage.reasons import DiscordCode, Reason
from bot.storage.reminders import Reminder, ReminderKind, ReminderState
from bot.ui.cards import club_care, club_posts, club_setup, notices
from bot.ui.cards.notices import club_note
from bot.ui.cards.parts import Card
from bot.ui.cards.routine import post
from bot.ui.catalog import Catalog

NOW = datetime(2026, 3, 1, 7, 30, tzinfo=UTC)
ZONE = ZoneInfo("America/Argentina/Buenos_Aires")
PLACE = 10**19
SETTINGS = ClubSettings(
    zone=ZONE.key,
    share_channel=PLACE,
    stretch_channel=PLACE,
    contact="c" * MAX_TEXT_LENGTH,
    emergency="e" * MAX_TEXT_LENGTH,
    tips=("t" * MAX_TIP_LENGTH,) * MAX_TIPS,
)


def samples(library: Library, words: Catalog) -> Iterator[tuple[str, str, Card]]:
    """Card, key and the card itself, as long as each can get."""
    yield from _setting_up(library, words)
    yield from _schedules(library, words)
    for settings in (SETTINGS, ClubSettings()):
        yield "club", "care", club_care.care(settings, words)
        club_care.contact_form(settings, "0" * 8, words)
        club_care.tips_form(settings, "0" * 8, words)
    yield "club", "wrong", club_care.wrong("x" * 200, "club.fix_contact", "0" * 16, "0" * 8, words)
    problems = [(stops, "p" * 250) for stops in (True, False) for _ in range(3)]
    yield "club", "doctor", club_care.doctor(problems, ["d" * 110] * 5, words)
    yield "club", "doctor", club_care.doctor([], [], words)
    lines = [club_care.log_line_text(_line(action), words) for action in AuditAction]
    yield "club", "log", club_care.log([max(lines, key=len)] * club_care.CHANGES_ON_PAGE, 1, 3, words)
    yield "club", "log", club_care.log([], 0, 1, words)
    yield "club", "erase", club_care.sure(words)
    yield "club", "erase", club_care.erased(25, 100, words)
    yield "club", "welcome", club_care.welcome(words)
    yield "club", "trouble", club_care.trouble("x" * 300, words)
    if (said := club_note(SETTINGS, words)) is not None:
        yield "club", "says", Card(said)
    yield "club", "share", notices.sentence(words("share-elsewhere", channel=f"<#{PLACE}>"), words)
    yield "club", "moderator", notices.sentence(words("error-not-a-moderator"), words)
    yield "club", "gone", notices.sentence(words("setup-gone"), words)
    area = next(iter(library.areas.values()))
    tip = library.tips[area.id][0]
    yield "club", "tip", notices.tip(library, area, tip, "any", area.id, words, "t" * MAX_TIP_LENGTH)


def _setting_up(library: Library, words: Catalog) -> Iterator[tuple[str, str, Card]]:
    options = PostOptions(areas=tuple(library.areas), minutes=5, role=PLACE, thread=True)
    draft = PostDraft(PLACE, ZONE, time(5, 5), EveryDays(14, date(2026, 3, 2)), options)
    plan = max(library.routines.values(), key=lambda plan: len(plan.intro) + 60 * len(plan.steps))
    shown = post(
        library, PostContent(occurrence="a" * 24, routine=plan.id, day=NOW.date(), role=PLACE), words, trial=True
    )
    for problems in ([], ["p" * 250] * 2):
        for some in (draft, PostDraft(None, None)):
            yield "setup", "where", club_setup.where_and_when(some, "0" * 16, words, problems)
            yield "setup", "what", club_setup.what_and_whom(library, some, "0" * 16, words, problems)
        yield "setup", "preview", club_setup.preview(draft, "0" * 16, shown, NOW, words, problems)
    yield "setup", "saved", club_setup.saved(PLACE, _schedule(), NOW, words)
    club_setup.time_form(draft, "0" * 16, words)


def _schedules(library: Library, words: Catalog) -> Iterator[tuple[str, str, Card]]:
    item = _item(library)
    silent = [replace(item, schedule=None)]
    for reason in (*club_posts.CLUB_REASONS, DiscordCode("50035")):
        blocked = replace(item.reminder, state=ReminderState.BLOCKED, reason=reason)
        silent.append(replace(item, reminder=blocked))
    for until in (None, date(2026, 4, 1)):
        schedule = _schedule(Pause(date(2026, 2, 1), until))
        silent.append(replace(item, schedule=schedule, reminder=replace(item.reminder, state=ReminderState.PAUSED)))
    silent.append(replace(item, reminder=replace(item.reminder, state=ReminderState.ENDED)))
    for one in (item, *silent):
        yield "club-post", "item", club_posts.item(library, one, NOW, words, leaving=True)
    many = [(_numbered(at, item), "c" * 100) for at in range(MAX_POSTS)]
    for some in ([], many[:1], many):
        yield "club-post", "list", club_posts.listing(library, some, NOW, words)
    rows = [(item, _occurrence(state, reason)) for state in OccurrenceState for reason in (None, Reason.NO_PERMISSION)]
    for some_rows in ([], rows[:8], rows[8:]):
        yield "club-post", "log", club_posts.log(some_rows, words)
    for count in (0, 1, 2):
        yield "club-post", "all", club_posts.paused_all(count, words, leaving=bool(count))
        yield "club-post", "all", club_posts.resumed_all(count, words)
    yield "club-post", "tested", club_posts.tested(PLACE, words)
    yield "club-post", "removed", club_posts.removed(words, leaving=True)
    yield "club-post", "cannot", club_posts.cannot(["p" * 250] * 3, words)


def _item(library: Library) -> ClubReminder:
    row = Reminder(
        id="0" * 32,
        person=None,
        club=1,
        channel=PLACE,
        kind=ReminderKind.CLUB,
        schedule="",
        zone=ZONE.key,
        state=ReminderState.ACTIVE,
        next_due=NOW,
        sealed=None,
        created_at=NOW,
    )
    return ClubReminder(row, _schedule(), PostOptions(areas=tuple(library.areas), minutes=5, role=PLACE, thread=True))


def _numbered(number: int, item: ClubReminder) -> ClubReminder:
    return replace(item, reminder=replace(item.reminder, id=f"{number:032x}"))


def _schedule(pause: Pause | None = None) -> Schedule:
    return Schedule(time(18, 30), EveryDays(14, date(2026, 3, 2)), ZONE, pause=pause)


def _occurrence(state: OccurrenceState, reason: Reason | None) -> Occurrence:
    return Occurrence(
        id="a" * 24,
        reminder="0" * 32,
        local="2026-03-01T07:30",
        due=NOW,
        state=state,
        until=NOW,
        not_before=NOW,
        reason=reason,
    )


def _line(action: AuditAction) -> LogLine:
    """As it is kept, with long texts where moderators type them."""
    values: dict[AuditAction, tuple[str | Schedule | None, str | Schedule | None]] = {
        AuditAction.POST_WHEN: (_schedule(), _schedule()),
        AuditAction.POST_PAUSED: (None, "2026-03-01"),
        AuditAction.POST_ADDED: (None, None),
        AuditAction.CONTACT: ("b" * MAX_TEXT_LENGTH, "a" * MAX_TEXT_LENGTH),
    }
    before, after = values.get(action, ("b" * 40, "a" * 40))
    return LogLine(NOW, PLACE, action, before, after, LoggedPost("0" * 32, PLACE, _schedule()))
