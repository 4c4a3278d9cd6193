"""Cards for looking after one's reminders: set, list, change, log, and what went wrong."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Final

from discord import SelectOption
from discord.utils import format_dt

from bot.advice.library import Library
from bot.reminders.content import MAX_WORDS_LENGTH, PersonalReminder, ReminderDraft
from bot.reminders.scheduled import Scheduled
from bot.reminders.screening import OpenRedFlag
from bot.storage.occurrences import Occurrence, OccurrenceState
from bot.storage.reminders import DiscordCode, Reason, ReminderKind, ReminderState
from bot.typed_text import sanitized, shortened
from bot.ui.cards.heights import BUTTON_ROW, FRAME, GAP, Part, fitting, text_height
from bot.ui.cards.pages import joined, older_row, split_into_pages
from bot.ui.cards.parts import Block, Card, box, bullets, button, escaped, menu, row, small, zone_menu
from bot.ui.cards.reminder_message import red_flag_text
from bot.ui.cards.style import AMBER, CALM, DANGER, PLAIN, PRIMARY
from bot.ui.catalog import Catalog
from bot.ui.custom_id import custom_id
from bot.ui.forms import Form, text_field
from bot.ui.limits import CHOICE, PHONE
from bot.ui.phrases import dated_schedule_text, day_text, list_text, schedule_text

DATES_SHOWN = 3  # of each
MAX_IN_FULL = 2  # reminders in a list that still have room for all that is to say about each
UNDELIVERED_SHOWN = 4  # the others are in the list
PERSONAL = (ReminderKind.CHECKIN, ReminderKind.STRETCH, ReminderKind.WORDS, ReminderKind.MORNING)

#: Reasons that have a sentence of their own; of any other it is said that Discord refused, and by which number.
REASONS: Final = (
    *(Reason.GRACE, Reason.TROUBLE, Reason.PAUSED, Reason.MUTED, Reason.ANSWERED, Reason.CONSENT, Reason.CLOSED),
    *(Reason.BLOCKED, Reason.NO_CHANNEL, Reason.ZONE, Reason.SCHEDULE, Reason.CONTENT, Reason.UNREADABLE),
    *(Reason.DM_CLOSED, Reason.NO_SHARED_SERVER),
)


NO_RED_FLAGS: Final[Mapping[str, OpenRedFlag]] = MappingProxyType({})

#: Where a time zone that is picked for a draft leads, and what else mends it: by the words on the button.
PICKS: Final = {"place": "reminder.pick_timezone", "fix": "reminder.pick_place"}
MENDS: Final = {"place": "reminder.timezone", "fix": "reminder.fix"}


def name(library: Library, item: PersonalReminder, words: Catalog) -> str:
    """What it is, for its owner alone: place and words too."""
    area = library.areas.get(item.content.area or "")
    if item.kind is ReminderKind.WORDS and item.readable:
        return words("reminder-name-words", text=escaped(item.content.words or "", most=40))
    label = words(f"reminder-kind-{item.kind}")
    return words("reminder-name-area", kind=label, area=area.name) if area else label


def when_text(item: PersonalReminder, words: Catalog) -> str:
    """When it rings, as it could be typed."""
    if item.kind is ReminderKind.MORNING:
        return f"{item.content.morning:%H:%M}"
    return schedule_text(item.schedule, words) if item.schedule else ""


def choice(library: Library, item: PersonalReminder, words: Catalog) -> str:
    """One line for a menu: plain, since menus know no Markdown."""
    when = when_text(item, words)
    area = library.areas.get(item.content.area or "")
    own = shortened(sanitized(item.content.words or ""), CHOICE // 2)  # when it comes has to fit beside them
    label = own if item.kind is ReminderKind.WORDS and item.readable else words(f"reminder-kind-{item.kind}")
    return shortened(" · ".join(part for part in (label, area.name if area else "", when) if part), CHOICE)


def hello(kind: ReminderKind, when: str, words: Catalog) -> Card:
    """The first message, while the person is there, so that closed DMs are noticed at once. Names no place."""
    what = words(f"reminder-kind-{kind}")
    mornings = kind is ReminderKind.MORNING
    text = words("reminder-hello-morning") if mornings else words("reminder-hello-text", what=what, when=when)
    return Card(box(CALM, f"## {words('reminder-hello')}\n{text}", small(words("reminder-hello-foot"))))


def saved(
    library: Library, item: PersonalReminder, now: datetime, words: Catalog, left_out: Sequence[str] = ()
) -> Card:
    """It is set: when it comes next, what others could see of it, and what was asked for and is no part of it."""
    lines = [f"## {words('reminder-set')}", _line(library, item, now, words), _seen_by_others(item, words)]
    if left_out:
        options = [words(f"reminder-option-{option}") for option in left_out]
        lines.append(small(words("reminder-left-out", count=len(options), options=list_text(options, words))))
    buttons = row(
        button(words("reminder-change"), "reminder.show", item.reminder.id),
        button(words("reminder-all"), "reminder.list"),
    )
    return Card(box(CALM, *lines, buttons))


def _seen_by_others(item: PersonalReminder, words: Catalog) -> str:
    """What whoever sees the phone can read."""
    if item.kind is ReminderKind.WORDS:
        return words("reminder-set-words")
    names = item.content.named and (item.content.area is not None or item.kind is ReminderKind.MORNING)
    return words("reminder-set-named" if names else "reminder-set-private")


def _line(
    library: Library,
    item: PersonalReminder,
    now: datetime,
    words: Catalog,
    *,
    red_flags: Mapping[str, OpenRedFlag] = NO_RED_FLAGS,
    brief: bool = False,
) -> str:
    """One reminder in a few lines: what, when, the next dates, and why it is silent if it is."""
    lines = [f"**{name(library, item, words)}**"]
    if item.kind is ReminderKind.MORNING:
        lines.append(words("reminder-morning-when", at=f"{item.content.morning:%H:%M}"))
    elif item.schedule is not None:
        lines.append(dated_schedule_text(item.schedule, words))
    if state := _state(item, now, words, brief=brief):
        lines.append(state)
    if (red_flag := red_flags.get(item.reminder.id)) is not None:
        in_full = words("reminder-is-held", why=red_flag_text(library, red_flag, words))
        lines.append(words("reminder-is-held-brief") if brief else in_full)
    if ahead := item.upcoming(now, 1 if brief else DATES_SHOWN):
        lines += [words("reminder-next"), bullets(format_dt(at, "f") for at in ahead)]
    return "\n".join(lines)


def _state(item: PersonalReminder, now: datetime, words: Catalog, *, brief: bool) -> str:
    blocked = "" if brief else reason_text(item.reason, words, item.reminder.zone)
    return state_text(item, now, words, blocked, ends=item.kind is not ReminderKind.MORNING)


def state_text(item: Scheduled, now: datetime, words: Catalog, why: str, *, ends: bool = True) -> str:
    """Why it is silent, or nothing. `why` it is blocked, if that is to be said; `ends`: as well, that it has ended."""
    if item.schedule is None or item.reminder.state is ReminderState.BLOCKED:
        return words("reminder-is-blocked", why=why) if why else words("reminder-is-blocked-brief")
    if (pause := item.schedule.pause_ahead(now)) is not None:
        if pause.until is None:
            return words("reminder-is-paused")
        return words("reminder-is-paused-until", day=day_text(pause.until, words))
    return words("reminder-has-ended") if ends and item.reminder.state is ReminderState.ENDED else ""


def reason_text(reason: Reason | DiscordCode | None, words: Catalog, zone: str = "") -> str:
    """Why something did not arrive, as one sentence with the way out."""
    if reason is Reason.ZONE:
        return words("error-zone-gone", zone=zone)
    if isinstance(reason, Reason) and reason in REASONS:
        return words(f"reminder-why-{message_name(reason)}")
    return words("reminder-why-other", code=str(reason or "?"))


def message_name(reason: Reason) -> str:
    """As the ids of its sentences have it: "dm-closed"."""
    return reason.name.lower().replace("_", "-")


def listing(
    library: Library,
    items: Sequence[PersonalReminder],
    now: datetime,
    words: Catalog,
    red_flags: Mapping[str, OpenRedFlag] = NO_RED_FLAGS,
) -> Card:
    """All of them; choose one to change it. `red_flags`: of reminders that wait until the person was seen."""
    if not items:
        return Card(box(PLAIN, f"## {words('reminder-list')}\n{words('reminder-none')}"))
    brief = len(items) > MAX_IN_FULL
    parts = [
        Part(_line(library, item, now, words, red_flags=red_flags, brief=brief), rank=at)
        for at, item in enumerate(items)
    ]
    title, zone = f"## {words('reminder-list')}", small(words("reminder-list-foot"))
    fits, left = fitting(parts, PHONE - FRAME - 2 * BUTTON_ROW - text_height(f"{title}\n{zone}\n{zone}"))
    more = [small(words("reminder-list-more", count=len(left)))] if left else []
    options = [SelectOption(label=choice(library, item, words), value=item.reminder.id) for item in items]
    pick = menu(custom_id("reminder.pick"), words("reminder-choose"), options)
    return Card(box(PLAIN, title, *joined(fits), *more, pick, zone))


def item(
    library: Library,
    item: PersonalReminder,
    now: datetime,
    words: Catalog,
    red_flags: Mapping[str, OpenRedFlag] = NO_RED_FLAGS,
) -> Card:
    """One of them, and what can be done with it."""
    reminder = item.reminder
    silent = item.paused(now) or reminder.state in {ReminderState.BLOCKED, ReminderState.PAUSED}
    if silent:
        first = [button(words("reminder-resume"), "reminder.resume", reminder.id, style=PRIMARY)]
    else:
        first = [
            button(words("reminder-pause-week"), "reminder.pause_for", reminder.id, 7),
            button(words("reminder-pause-open"), "reminder.pause_for", reminder.id, 0),
        ]
    second = [
        button(words("reminder-edit"), "reminder.edit", reminder.id),
        button(words("reminder-log"), "reminder.log", reminder.id),
        button(words("reminder-remove"), "reminder.remove", reminder.id, style=DANGER),
        button(words("reminder-all"), "reminder.list"),
    ]
    return Card(box(PLAIN, _line(library, item, now, words, red_flags=red_flags), row(*first), row(*second)))


def removed(words: Catalog) -> Card:
    """It is gone for good, and the way back to the others."""
    again = row(button(words("reminder-all"), "reminder.list"))
    return Card(box(PLAIN, words("reminder-removed"), again))


def log(
    library: Library, rows: Sequence[tuple[PersonalReminder, Occurrence]], reminder: str, words: Catalog
) -> list[Card]:
    """What became of the latest ones, newest first, in pages. `reminder`: whose log it is, as its buttons name it."""
    if not rows:
        return [Card(box(PLAIN, f"## {words('reminder-log-title')}\n{words('reminder-log-empty')}"))]
    lines = []
    for item, occurrence in rows:
        unsure = occurrence.state is OccurrenceState.UNKNOWN
        why = "" if unsure or not occurrence.reason else reason_text(occurrence.reason, words, item.reminder.zone)
        lines.append(log_text(occurrence, name(library, item, words), why, words))
    title, foot = f"## {words('reminder-log-title')}", small(words("reminder-log-foot"))
    room = PHONE - FRAME - 2 * BUTTON_ROW - text_height(f"{title}\n{foot}") - 3 * GAP
    pages = split_into_pages(lines, room, GAP)
    turns = [older_row("reminder.turn_log", at, words, reminder, more=at + 1 < len(pages)) for at in range(len(pages))]
    again = button(words("reminder-all"), "reminder.list")
    return [Card(box(PLAIN, title, *page, *turns[at], row(again), foot)) for at, page in enumerate(pages)]


def log_text(occurrence: Occurrence, what: str, why: str, words: Catalog) -> str:
    """When it was due, what it was, what became of it, and why if there is anything to say."""
    state = words(f"occurrence-{occurrence.state}")
    line = words("reminder-log-line", at=format_dt(occurrence.due, "f"), what=what, state=state)
    return f"{line}\n{small(why)}" if why else line


def trouble(sentence: str, draft: str, action: str, words: Catalog, choices: Sequence[tuple[str, str]] = ()) -> Card:
    """Something is missing or cannot be read; what was typed waits under `draft`. `choices`: what a place can mean."""
    mend = button(words(f"reminder-{action}"), MENDS[action], draft, style=PRIMARY)
    zones = [zone_menu(custom_id(PICKS[action], draft), choices, words)] if choices else []
    return Card(box(AMBER, sentence, *zones, row(mend)))


def closed(sentence: str, draft: str, words: Catalog) -> Card:
    """DMs are closed: how to open them, and the way that needs none."""
    buttons = row(
        button(words("reminder-try"), "reminder.try_again", draft, style=PRIMARY),
        button(words("diary-checkin"), "checkin.start"),
    )
    return Card(box(AMBER, f"## {words('reminder-closed')}\n{sentence}", buttons))


def undelivered(library: Library, items: Sequence[PersonalReminder], words: Catalog) -> Card:
    """At somebody's next command: what could not be brought, and how to mend it."""
    shown = items[:UNDELIVERED_SHOWN]
    reasons = dict.fromkeys(reason_text(item.reason, words, item.reminder.zone) for item in shown)
    parts = [Part(f"- {escaped(choice(library, item, words))}") for item in shown]
    parts += [Part(reason, rank=at) for at, reason in enumerate(reasons)]
    title = f"## {words('reminder-undelivered')}"
    fits, _ = fitting(parts, PHONE - FRAME - text_height(title) - (len(shown) + 1) * (BUTTON_ROW + GAP))
    blocks: list[Block] = [title, *joined(fits)]
    for item in shown:
        label = words("reminder-resume-one", name=choice(library, item, words)[:40])
        blocks.append(row(button(label, "reminder.resume_blocked", item.reminder.id, style=PRIMARY)))
    return Card(box(AMBER, *blocks, row(button(words("reminder-all"), "reminder.list"))))


def form(draft: ReminderDraft, form_id: str, words: Catalog) -> Form:
    """When, and the words where it brings words."""
    fields = [text_field("when", words("form-when"), draft.when, hint=words("form-when-hint"))]
    if draft.kind is ReminderKind.WORDS:
        own_words, most = draft.content.words, MAX_WORDS_LENGTH
        fields.append(text_field("words", words("form-words"), own_words, most=most, paragraph=True))
    return Form(words("form-remind"), form_id, fields)


def place_form(form_id: str, words: Catalog) -> Form:
    """A city, for the time zone."""
    place = text_field("place", words("form-place"), hint=words("form-place-hint"))
    return Form(words("form-place-title"), form_id, [place])
