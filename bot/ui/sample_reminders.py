"""Sample cards of reminders, a person's and a club's, and the records that they are about."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from bot.advice.disposition import Disposition
from bot.advice.library import Library
from bot.advice.model import Area
from bot.checkins.models import CheckIn, Finding
from bot.checkins.prompts import Prompt
from bot.checkins.runs import RunDay, RunLight, RunReason
from bot.checkins.service import Saved
from bot.checkins.summary import Earlier
from bot.clubs.audit_log import AuditAction, LoggedPost, LogLine
from bot.clubs.post_draft import PostDraft
from bot.clubs.service import StoppedPost
from bot.clubs.settings import ClubSettings
from bot.clubs.text_rules import MAX_TEXT_LENGTH, MAX_TIP_LENGTH, MAX_TIPS
from bot.reminders.club_service import MAX_POSTS, ClubReminder
from bot.reminders.content import MAX_WORDS_LENGTH, UNUSED, PersonalReminder, ReminderContent, ReminderDraft
from bot.reminders.messages import ReminderMessage
from bot.reminders.mornings import JudgedRun
from bot.reminders.person_reminders import LOG_LENGTH, MAX_REMINDERS
from bot.reminders.posts import POST_MOMENTS, PostContent, PostOptions, candidates
from bot.reminders.screening import OpenRedFlag
from bot.schedules.schedule import DAILY, EveryDays, Pause, Rhythm, Schedule, Weekdays
from bot.storage.occurrences import Occurrence, OccurrenceState
from bot.storage.reminders import DiscordCode, Reason, Reminder, ReminderKind, ReminderState
from bot.ui.cards import club_care, club_posts, club_setup, notices, reminder_message, reminders, routine
from bot.ui.cards.parts import Card
from bot.ui.catalog import Catalog

DRAFT, RECORD, OCCURRENCE = "0" * 16, "0" * 32, "a" * 24  # ids
NOW: Final = datetime(2026, 3, 1, 7, 30, tzinfo=UTC)
PLACE: Final = 10**19  # a channel or a role
ZONE: Final = ZoneInfo("America/Argentina/Buenos_Aires")
MOST_DAYS: Final = Weekdays(frozenset(range(6)))
RHYTHMS: Final[dict[ReminderKind, Rhythm]] = {
    ReminderKind.STRETCH: EveryDays(14, date(2026, 3, 2)),
    ReminderKind.WORDS: EveryDays(10, date(2026, 3, 2)),
    ReminderKind.CLUB: EveryDays(14, date(2026, 3, 2)),
}
SETTINGS: Final = ClubSettings(
    zone=ZONE.key,
    share_channel=PLACE,
    stretch_channel=PLACE,
    contact="c" * MAX_TEXT_LENGTH,
    emergency="e" * MAX_TEXT_LENGTH,
    tips=("t" * MAX_TIP_LENGTH,) * MAX_TIPS,
)

ROW: Final = Reminder(
    id=RECORD,
    channel=PLACE,
    kind=ReminderKind.CHECKIN,
    zone=ZONE.key,
    state=ReminderState.ACTIVE,
    next_due=NOW,
    created_at=NOW,
)

OPTIONS: Final = PostOptions(role=PLACE, thread=True)
CHOSEN: Final = PostOptions(moments=POST_MOMENTS, minutes=5, role=PLACE, thread=True)

AnyReminder = TypeVar("AnyReminder", PersonalReminder, ClubReminder)


def posts(library: Library, words: Catalog) -> Iterator[tuple[str, str, Card]]:
    """(name, key, card) of what leads to routines, and of each that can be posted, with everything round it."""
    for plan in candidates(library, PostOptions(moments=POST_MOMENTS)):
        yield "routine", plan.id, routine.post(library, _content(plan.id), words, role_gone=True, trial=True)
        yield "routine", plan.id, routine.post(library, _content(plan.id), words)
    yield "stretch", "moments", routine.moments(library, None, words)
    yield "stretch", "held", routine.held("x" * 300, words)


def club_care_cards(library: Library, area: Area, words: Catalog) -> Iterator[Card]:
    """What moderators see beside the posts."""
    for settings in (SETTINGS, ClubSettings()):
        yield club_care.care(settings, words)
        club_care.contact_form(settings, DRAFT, words)
        club_care.tips_form(settings, DRAFT, words)
    yield club_care.wrong("x" * 200, "club.fix_contact", DRAFT, DRAFT, words)
    problems = [(stops, "p" * 250) for stops in (True, False) for _ in range(3)]
    yield club_care.doctor(problems, ["d" * 110] * 5, words)
    yield club_care.doctor([], [], words, scheduled=False)
    lines = [club_care.log_line_text(_log_line(action), words) for action in AuditAction]
    for changes in (lines, [max(lines, key=len)] * 9, []):
        yield from club_care.log(changes, words)
    yield club_care.sure(words)
    yield club_care.erased(25, 100, words)
    yield club_care.welcome(words)
    yield club_care.trouble("x" * 300, words)
    yield club_care.post_off(PLACE, "x" * 300, words)
    yield notices.tip(library, area, library.tips[area.id][0], "any", area.id, words, SETTINGS.tips[0])
    if note := notices.club_note(SETTINGS, words):
        yield Card(note)


def club_setup_cards(library: Library, _area: Area, words: Catalog) -> Iterator[Card]:
    """The longest routine to preview, with problems and without, and a draft with nothing in it."""
    draft = PostDraft(PLACE, ZONE, time(5, 5), RHYTHMS[ReminderKind.CLUB], CHOSEN)
    plans = candidates(library, PostOptions(moments=POST_MOMENTS))
    plan = max(plans, key=lambda plan: len(plan.intro) + 60 * len(plan.steps))
    for notes in ([], ["n" * 200]):
        post = routine.preview(library, _content(plan.id), words, pictured=not notes)
        yield club_setup.preview(draft, DRAFT, post, NOW, words, notes=notes)
    for problems in ([], ["p" * 250] * 2):
        for each in (draft, PostDraft(None, None)):
            yield club_setup.where_and_when(each, DRAFT, words, problems)
            yield club_setup.what_and_whom(library, each, DRAFT, words, problems)
    yield club_setup.preview(draft, DRAFT, post, NOW, words, problems)
    for item in (_post(), *_silent(_post(), ())):
        yield club_setup.saved(item, NOW, words)
    club_setup.time_form(draft, DRAFT, words)


def club_posts_cards(_library: Library, _area: Area, words: Catalog) -> Iterator[Card]:
    """What a club sees of its posts, with every way not to ring."""
    item = _post()
    for each in (item, *_silent(item, (*club_posts.CLUB_REASONS, DiscordCode("50035")))):
        yield club_posts.item(each, NOW, words, leaving=True)
    many = [(each, "c" * 100) for each in _numbered([item] * MAX_POSTS)]
    yield club_posts.change_or_add(item, NOW, words)
    for items in ([], many[:1], many):
        yield club_posts.listing(items, NOW, words)
    latest = [_occurrence(state, why) for state in OccurrenceState for why in (None, Reason.NO_PERMISSION)]
    for start in range(0, len(latest) + 1, 8):
        yield club_posts.log(item, latest[start : start + 8], words)
    for count in (0, 1, 2):
        yield club_posts.paused_all([StoppedPost(item, leaving=True, at=NOW)] * count, words)
        yield club_posts.undone([item] * count, words)
        yield club_posts.resumed_all(count, words)
        yield notices.sentence(routine.counted(count, words), words)
    yield club_posts.tested(PLACE, words)
    yield club_posts.removed(StoppedPost(item, leaving=True, at=NOW), words)
    yield club_posts.cannot(["p" * 250] * 3, words)


def personal_cards(library: Library, area: Area, words: Catalog) -> Iterator[Card]:
    """What a person sees of their reminders, with every way not to ring."""
    items = [_personal(area, kind, named=named) for named in (True, False) for kind in reminders.PERSONAL]
    silent = _silent(items[0], reminders.REASONS)
    for item in items:
        yield reminders.saved(library, item, NOW, words, UNUSED[item.kind])
        yield reminders.hello(item.kind, reminders.when_text(item, words), words)
    for item in (*items, *silent):
        yield reminders.item(library, item, NOW, words)
    for some in ([], _numbered(items[1:2] * MAX_REMINDERS), silent[:3], silent[-MAX_REMINDERS:]):
        for red_flag in _red_flags(area):
            flags = {item.reminder.id: red_flag for item in some}
            yield reminders.listing(library, some, NOW, words, flags)
    yield reminders.undelivered(library, silent, words)
    reasons = (*reminders.REASONS, Reason.NO_PERMISSION)
    rows = [(items[2], _occurrence(state, reason)) for state in OccurrenceState for reason in reasons]
    for start in range(0, len(rows) + LOG_LENGTH, LOG_LENGTH):
        yield from reminders.log(library, rows[start : start + LOG_LENGTH], RECORD, words)
    yield reminders.removed(words)
    for action in reminders.MENDS:
        yield reminders.trouble("x" * 200, DRAFT, action, words)
    yield reminders.closed("x" * 200, DRAFT, words)
    reminders.form(ReminderDraft(ReminderKind.WORDS, "daily 8:00", items[2].content), "l2.x.x", words)
    reminders.place_form("l2.x.x", words)


def message_cards(library: Library, area: Area, words: Catalog) -> Iterator[Card]:
    """What arrives, with everything that can stand in it, and what becomes of it."""
    notes = [
        *(reminder_message.going_on(dates, words) for dates in ([], [NOW])),
        reminder_message.going_on([NOW], words, "weekly-now"),
    ]
    for kind in reminders.PERSONAL:
        full = _message(library, _personal(area, kind))
        bare = replace(_message(library, _personal(area, kind, named=False)), tap=False, routine=None)
        shown = [full, replace(bare, areas=tuple(library.areas)[:2])]
        for red_flag in _red_flags(area):
            shown += [replace(full, caution=red_flag), replace(full, red_flag=red_flag)]
        yield from (reminder_message.message(library, each, words) for each in shown)
        for note in notes:
            yield reminder_message.message(library, replace(full, quieter=False), words, note)


def answer_cards(library: Library, area: Area, words: Catalog) -> Iterator[Card]:
    """What becomes of a message; what an answer on the morning after comes to, above the longest that was saved."""
    cards = reminder_message
    yield cards.by_name(area, OCCURRENCE, DRAFT, words)
    for make in (cards.choosing, cards.sure, cards.stop):
        yield make(OCCURRENCE, words)
    for text in (words("reminder-answered"), words("reminder-no-run")):
        yield cards.settled(text, OCCURRENCE, words)
    for became in ("logged", "was-done", "put-off"):
        yield cards.settled_at(became, NOW, OCCURRENCE, words)
    for until in (NOW.date(), None):
        yield cards.paused(OCCURRENCE, until, words)
    yield cards.removed(words)
    entry = CheckIn(id=RECORD, at=NOW, area=area.id, pain=10)
    saved = Saved(entry, tuple(Prompt), ask_new=True, no_zone=True, earlier=Earlier(8, NOW.date(), 9))
    reds = (RunReason.OVER_LIMIT, RunReason.OVER_CEILING, RunReason.NEW_SIGN, RunReason.LASTING, RunReason.MORNING_JUMP)
    ambers = (RunReason.SOME_PAIN, RunReason.SLOW, RunReason.MORNING_UP)
    for light in RunLight:
        for rise in (None, 2):
            run = RunDay(NOW.date(), light, reds if light is RunLight.RED else ambers, 8, rise)
            yield cards.after_run(library, JudgedRun(run, again=True, unread=True), words, saved)


def _message(library: Library, item: PersonalReminder) -> ReminderMessage:
    area, occurrence = item.content.area or "", _occurrence(OccurrenceState.CLAIMED)
    message = ReminderMessage(item.reminder, occurrence, item.content, (area,), quieter=True)
    return replace(message, routine=library.routine_for(library.areas[area], None), deleted_on=NOW, evening=NOW)


def _red_flags(area: Area) -> list[OpenRedFlag]:
    findings = [
        Finding(id=RECORD, at=NOW, area=area.id, disposition=each, because=(), reasons=(), bone=False, content="")
        for each in Disposition
    ]
    return [OpenRedFlag(), *map(OpenRedFlag, findings)]


def _content(routine: str) -> PostContent:
    return PostContent(occurrence=OCCURRENCE, routine=routine, day=NOW.date(), done=99_999, options=OPTIONS)


def _personal(area: Area, kind: ReminderKind, *, named: bool = True) -> PersonalReminder:
    schedule = replace(_schedule(kind), starts=date(2026, 3, 1), ends=date(2027, 3, 1))
    content = ReminderContent(area=area.id, words="*" * MAX_WORDS_LENGTH, named=named)
    return PersonalReminder(replace(ROW, kind=kind, person=1), schedule, content)


def _schedule(kind: ReminderKind) -> Schedule:
    return Schedule(time(18, 30), RHYTHMS.get(kind, MOST_DAYS), ZONE)


def _post() -> ClubReminder:
    return ClubReminder(replace(ROW, kind=ReminderKind.CLUB, club=1), _schedule(ReminderKind.CLUB), CHOSEN)


def _silent(item: AnyReminder, reasons: Sequence[Reason | DiscordCode]) -> list[AnyReminder]:
    """The reminder in every way not to ring, each under an id of its own."""
    pauses = [Pause(date(2026, 2, 1), until) for until in (None, date(2026, 4, 1))]
    paused = _in_state(item, ReminderState.PAUSED)
    states = [replace(item, schedule=None), _in_state(item, ReminderState.ENDED)]
    states += [_in_state(item, ReminderState.BLOCKED, reason) for reason in reasons]
    states += [replace(paused, schedule=Schedule(time(18, 30), DAILY, ZONE, pause=pause)) for pause in pauses]
    return _numbered(states)


def _in_state(item: AnyReminder, state: ReminderState, reason: Reason | DiscordCode | None = None) -> AnyReminder:
    return replace(item, reminder=replace(item.reminder, state=state, reason=reason))


def _numbered(items: Sequence[AnyReminder]) -> list[AnyReminder]:
    return [replace(item, reminder=replace(item.reminder, id=f"{at:032x}")) for at, item in enumerate(items)]


def _occurrence(state: OccurrenceState, reason: Reason | None = None) -> Occurrence:
    return Occurrence(OCCURRENCE, RECORD, "2026-03-01T07:30", NOW, state, until=NOW, not_before=NOW, reason=reason)


def _log_line(action: AuditAction) -> LogLine:
    """As it is kept, with long texts where moderators type them."""
    when = _schedule(ReminderKind.CLUB)
    values: dict[AuditAction, tuple[str | Schedule | None, str | Schedule | None]] = {
        AuditAction.POST_WHEN: (when, when),
        AuditAction.POST_PAUSED: (None, "2026-03-01"),
        AuditAction.POST_ADDED: (None, None),
        AuditAction.POST_MOMENTS: (", ".join(POST_MOMENTS), ", ".join(POST_MOMENTS[:2])),
        AuditAction.ERASED: ("25", None),
        AuditAction.CONTACT: ("b" * MAX_TEXT_LENGTH, "a" * MAX_TEXT_LENGTH),
    }
    before, after = values.get(action, ("b" * 40, "a" * 40))
    return LogLine(NOW, PLACE, action, before, after, LoggedPost(RECORD, PLACE, when))
