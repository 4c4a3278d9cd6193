"""One of every card of the reminders, so that the catalogue and Discord's limits are checked at load."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.advice.disposition import Disposition
from bot.advice.library import Library
from bot.advice.model import Area
from bot.checkins.models import CheckIn, Finding
from bot.checkins.prompts import Prompt
from bot.checkins.runs import Light, RunDay, RunReason
from bot.checkins.service import Saved
from bot.reminders.content import MAX_WORDS_LENGTH, PersonalReminder, ReminderContent, ReminderDraft
from bot.reminders.messages import ReminderMessage
from bot.reminders.mornings import JudgedRun
from bot.reminders.person_reminders import LOG_LENGTH, MAX_REMINDERS
from bot.reminders.screening import OpenRedFlag
from bot.schedules.schedule import EveryDays, Pause, Rhythm, Schedule, Weekdays
from bot.storage.occurrences import Occurrence, OccurrenceState
from bot.storage.reasons import Reason
from bot.storage.reminders import Reminder, ReminderKind, ReminderState
from bot.ui import phrases
from bot.ui.cards import diary, reminder_message, reminders
from bot.ui.cards.parts import Card
from bot.ui.catalog import Catalog

NOW = datetime(2026, 3, 1, 7, 30, tzinfo=UTC)
ZONE = ZoneInfo("America/Argentina/Buenos_Aires")

#: Sentences that no sample card shows, with the variables they take.
SENTENCES: tuple[tuple[str, dict[str, object]], ...] = (
    ("error-no-reminder", {}),
    ("error-reminder-forgotten", {}),
    ("error-reminder-times", {}),
    ("error-reminder-silent", {}),
    ("error-evening-over", {}),
    ("error-reminder-changed", {}),
    ("error-reminders-many", {"most": MAX_REMINDERS}),
    ("error-reminders-closed", {}),
    ("error-zone-missing", {}),
    ("error-words-missing", {}),
    ("error-signs-first", {"area": "Neck"}),
    ("error-until", {"example": "2026-11-20"}),
    ("error-dms-closed", {}),
    ("error-dms-no-server", {}),
    ("error-dms-busy", {}),
    ("wish-gone", {}),
)


def samples(library: Library, words: Catalog) -> Iterator[tuple[str, str, Card]]:
    """Card, key and the card itself, as long as each can get."""
    area = max(library.areas.values(), key=lambda area: len(area.name))
    content = ReminderContent(area=area.id, words="*" * MAX_WORDS_LENGTH, named=True)
    yield from _messages(library, area, content, words)
    items = [_item(kind, content) for kind in reminders.PERSONAL]
    for item in (*items, *(replace(item, content=replace(content, named=False)) for item in items)):
        yield "reminder-set", item.kind, reminders.saved(library, item, NOW, words)
        yield "reminder-set", item.kind, reminders.hello(item.kind, reminders.when_text(item, words), words)
    yield "reminder-hello", "morning", reminders.hello(ReminderKind.MORNING, "", words)
    silent = [_numbered(at, item) for at, item in enumerate([replace(items[0], schedule=None), *_silent(items[0])])]
    for item in (*items, *silent):
        yield "reminder-item", item.kind, reminders.item(library, item, NOW, words)
    for some in ([], [_numbered(at, items[1]) for at in range(MAX_REMINDERS)], silent[:3], silent[-MAX_REMINDERS:]):
        for red_flag in (_hold(area, disposition) for disposition in Disposition):
            held = {item.reminder.id: red_flag for item in some}
            yield "reminder-list", "all", reminders.listing(library, some, NOW, words, held)
    yield "reminder-undelivered", "all", reminders.undelivered(library, silent, words)
    reasons = (*reminders.REASONS, Reason.NO_PERMISSION)
    rows = [(items[2], _occurrence(state, reason)) for state in OccurrenceState for reason in reasons]
    for start in range(0, len(rows), LOG_LENGTH):
        yield "reminder-log", "all", reminders.log(library, rows[start : start + LOG_LENGTH], words)
    yield "reminder-log", "none", reminders.log(library, [], words)
    yield "reminder-removed", "all", reminders.removed(words)
    for action in ("place", "fix"):
        yield "reminder-trouble", action, reminders.trouble(words("error-time-missing"), "0" * 16, action, words)
    for sentence in ("error-dms-closed", "error-dms-no-server", "error-dms-busy"):
        yield "reminder-closed", "all", reminders.closed(words(sentence), "0" * 16, words)
    draft = ReminderDraft(ReminderKind.WORDS, "daily 8:00", ReminderContent(words="x" * MAX_WORDS_LENGTH))
    reminders.form(draft, "l1.x", words)
    reminders.place_form("l1.x", words)
    for message in ("reminder-until-open", *(f"reminder-what-{kind}" for kind in reminders.PERSONAL)):
        words(message)
    words("reminder-until", day="1 Mar 2026")
    phrases.rhythm_text(_schedule(EveryDays(14, date(2026, 3, 2))), words)


def _hold(area: Area, disposition: Disposition) -> OpenRedFlag:
    found = Finding(
        id="0" * 32,
        at=NOW,
        area=area.id,
        disposition=disposition,
        because=(),
        reasons=(),
        bone=False,
        content="",
    )
    return OpenRedFlag(found)


def _after_run(library: Library, area: Area, words: Catalog) -> Iterator[tuple[str, str, Card]]:
    """What an answer on the morning after comes to, above the longest that was saved."""
    entry = CheckIn(id="0" * 32, at=NOW, area=area.id, pain=10)
    saved = diary.step(Saved(entry, tuple(Prompt), ask_new=True, no_zone=True), library, words)
    reds = (RunReason.OVER_LIMIT, RunReason.OVER_CEILING, RunReason.NEW_SIGN, RunReason.LASTING, RunReason.MORNING_JUMP)
    ambers = (RunReason.SOME_PAIN, RunReason.SLOW, RunReason.MORNING_UP)
    for light in Light:
        told = reds if light is Light.RED else ambers
        for rise in (None, 2):
            judged = JudgedRun(RunDay(NOW.date(), light, told, 8, rise), again=True, unread=True)
            yield "reminder-run", light, reminder_message.after_run(library, area, judged, words, saved)


def _messages(
    library: Library, area: Area, content: ReminderContent, words: Catalog
) -> Iterator[tuple[str, str, Card]]:
    """What arrives, with everything that can stand in it, and what becomes of it."""
    for kind in reminders.PERSONAL:
        item = _item(kind, content)
        full = ReminderMessage(
            item.reminder,
            _occurrence(OccurrenceState.CLAIMED, None),
            content,
            areas=(area.id,),
            routine=library.routine_for(area, None),
            quieter=True,
            deleted_on=NOW,
            evening=NOW,
        )
        yield "reminder", kind, reminder_message.message(library, full, words)
        unnamed = replace(full, content=replace(content, named=False), areas=tuple(library.areas)[:2], tap=False)
        yield "reminder", kind, reminder_message.message(library, replace(unnamed, routine=None), words)
        for red_flag in (OpenRedFlag(), *(_hold(area, disposition) for disposition in Disposition)):
            yield "reminder", "caution", reminder_message.message(library, replace(full, caution=red_flag), words)
            yield "reminder", "held", reminder_message.message(library, replace(full, red_flag=red_flag), words)
        for note in (
            reminder_message.going_on([], words),
            reminder_message.going_on([NOW], words),
            reminder_message.weekly([NOW], words),
        ):
            yield "reminder", "kept", reminder_message.message(library, replace(full, quieter=False), words, note)
    name = "a" * 24
    yield from _after_run(library, area, words)
    yield "reminder", "by-name", reminder_message.by_name(area, name, "0" * 16, words)
    yield "reminder", "choosing", reminder_message.choosing(name, words)
    yield "reminder", "answered", reminder_message.answered(name, words)
    yield "reminder", "gone", reminder_message.gone(name, words)
    yield "reminder", "sure", reminder_message.sure(name, words)
    yield "reminder", "logged", reminder_message.logged(name, NOW, words)
    yield "reminder", "done", reminder_message.done(name, NOW, words)
    yield "reminder", "later", reminder_message.put_off(name, NOW, words)
    yield "reminder", "paused", reminder_message.paused(name, NOW.date(), words)
    yield "reminder", "paused", reminder_message.paused(name, None, words)
    yield "reminder", "removed", reminder_message.removed(words)
    yield "reminder", "stop", reminder_message.stop(name, words)


def _item(kind: ReminderKind, content: ReminderContent) -> PersonalReminder:
    rhythms: dict[ReminderKind, Rhythm] = {
        ReminderKind.STRETCH: EveryDays(14, date(2026, 3, 2)),
        ReminderKind.WORDS: EveryDays(10, date(2026, 3, 2)),
    }
    schedule = _schedule(rhythms.get(kind, Weekdays(frozenset({0, 1, 2, 3, 4, 5}))))
    row = Reminder(
        id="0" * 32,
        person=1,
        club=None,
        channel=1,
        kind=kind,
        schedule="",
        zone=ZONE.key,
        state=ReminderState.ACTIVE,
        next_due=NOW,
        sealed=None,
        created_at=NOW,
    )
    return PersonalReminder(row, schedule, content)


def _numbered(number: int, item: PersonalReminder) -> PersonalReminder:
    return replace(item, reminder=replace(item.reminder, id=f"{number:032x}"))


def _silent(item: PersonalReminder) -> Iterator[PersonalReminder]:
    """Every way not to ring."""
    for reason in reminders.REASONS:
        yield replace(item, reminder=replace(item.reminder, state=ReminderState.BLOCKED, reason=reason))
    for until in (None, date(2026, 4, 1)):
        paused = _schedule(Weekdays(frozenset(range(7))), Pause(date(2026, 2, 1), until))
        yield replace(item, schedule=paused, reminder=replace(item.reminder, state=ReminderState.PAUSED))
    yield replace(item, reminder=replace(item.reminder, state=ReminderState.ENDED))


def _schedule(rhythm: Rhythm, pause: Pause | None = None) -> Schedule:
    return Schedule(time(18, 30), rhythm, ZONE, starts=date(2026, 3, 1), ends=date(2027, 3, 1), pause=pause)


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
