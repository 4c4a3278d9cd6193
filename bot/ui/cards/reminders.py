"""Looking after one's reminders: set, list, change, log, and what went wrong."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Final

from discord import SelectOption, TextStyle, ui
from discord.utils import format_dt

from bot.advice.library import Library
from bot.reminders.content import MAX_WORDS_LENGTH
from bot.reminders.draft import ReminderDraft as ReminderDraft  # noqa: PLC0414  # the composition root asks here
from bot.reminders.screening import OpenRedFlag
from bot.reminders.service import PersonalReminder
from bot.storage.occurrences import Occurrence, OccurrenceState
from bot.storage.reasons import DiscordCode, Reason
from bot.storage.reminders import ReminderKind, ReminderState
from bot.ui.cards.parts import (
    AMBER,
    CALM,
    DANGER,
    PLAIN,
    PRIMARY,
    Block,
    Card,
    air,
    box,
    bullets,
    button,
    menu,
    row,
    rule,
    small,
    typed,
)
from bot.ui.cards.reminder import red_flag_text
from bot.ui.catalog import Catalog
from bot.ui.custom_id import custom_id
from bot.ui.dates import day_text
from bot.ui.forms import Form
from bot.ui.limits import CHOICE
from bot.ui.schedule_text import bounds_text, schedule_text

NEXT = 3  # dates shown of each
FEW = 4  # reminders in a list that still have room for all that is to say about each
PERSONAL = (ReminderKind.CHECKIN, ReminderKind.STRETCH, ReminderKind.WORDS, ReminderKind.MORNING)

#: Reasons that have a sentence of their own; of any other it is said that Discord refused, and by which number.
REASONS: Final = (
    *(Reason.GRACE, Reason.TROUBLE, Reason.PAUSED, Reason.MUTED, Reason.ANSWERED, Reason.CONSENT, Reason.CLOSED),
    *(Reason.BLOCKED, Reason.NO_CHANNEL, Reason.ZONE, Reason.SCHEDULE, Reason.UNREADABLE),
    *(Reason.DM_CLOSED, Reason.NO_SHARED_SERVER),
)


NO_HOLDS: Final[Mapping[str, OpenRedFlag]] = MappingProxyType({})


#: What mends a draft of a reminder: the press for each of the words on its button.
MENDS: Final = {"place": "reminder.timezone", "fix": "reminder.fix"}


def name(library: Library, item: PersonalReminder, words: Catalog) -> str:
    """What it is, for its owner alone: place and words too."""
    area = library.areas.get(item.about.area or "")
    if item.kind is ReminderKind.WORDS:
        return words("reminder-name-words", text=typed(item.about.words or "", most=40))
    label = words(f"reminder-kind-{item.kind}")
    return words("reminder-name-area", kind=label, area=area.name) if area else label


def when_text(item: PersonalReminder, words: Catalog) -> str:
    """When it rings, as it could be typed."""
    if item.kind is ReminderKind.MORNING:
        return f"{item.about.morning:%H:%M}"
    return schedule_text(item.schedule, words) if item.schedule else ""


def choice(library: Library, item: PersonalReminder, words: Catalog) -> str:
    """One line for a menu: plain, since menus know no Markdown."""
    when = when_text(item, words)
    area = library.areas.get(item.about.area or "")
    label = item.about.words if item.kind is ReminderKind.WORDS else words(f"reminder-kind-{item.kind}")
    return " · ".join(part for part in (label, area.name if area else "", when) if part)[:CHOICE]


def hello(kind: ReminderKind, when: str, words: Catalog) -> Card:
    """The first message, while the person is there, so that closed DMs are noticed at once. Names no place."""
    what = words(f"reminder-kind-{kind}")
    said = words("reminder-hello-text", what=what, when=when) if when else words("reminder-hello-morning")
    return Card(box(CALM, f"## {words('reminder-hello')}\n{said}", small(words("reminder-hello-foot"))))


def saved(library: Library, item: PersonalReminder, now: datetime, words: Catalog) -> Card:
    """It is set: when it comes next, and what others could see of it."""
    lines = [f"## {words('reminder-set')}", _line(library, item, now, words), _seen_by_others(item, words)]
    buttons = row(
        button(words("reminder-change"), "reminder.show", item.reminder.id),
        button(words("reminder-all"), "reminder.list"),
    )
    return Card(box(CALM, *lines, buttons))


def _seen_by_others(item: PersonalReminder, words: Catalog) -> str:
    """What whoever sees the phone can read."""
    if item.kind is ReminderKind.WORDS:
        return words("reminder-set-words")
    names = item.about.named and (item.about.area is not None or item.kind is ReminderKind.MORNING)
    return words("reminder-set-named" if names else "reminder-set-private")


def _line(
    library: Library,
    item: PersonalReminder,
    now: datetime,
    words: Catalog,
    *,
    held: Mapping[str, OpenRedFlag] = NO_HOLDS,
    brief: bool = False,
) -> str:
    """One reminder in a few lines: what, when, the next dates, and why it is silent if it is."""
    lines = [f"**{name(library, item, words)}**"]
    if item.kind is ReminderKind.MORNING:
        lines.append(words("reminder-morning-when", at=f"{item.about.morning:%H:%M}"))
    elif item.schedule is not None:
        bounds = bounds_text(item.schedule, words)
        lines.append(schedule_text(item.schedule, words) + (f", {bounds}" if bounds else ""))
    if state := _state(item, now, words, brief=brief):
        lines.append(state)
    if (red_flag := held.get(item.reminder.id)) is not None:
        told = words("reminder-is-held", why=red_flag_text(library, red_flag, words))
        lines.append(words("reminder-is-held-brief") if brief else told)
    if ahead := item.upcoming(now, 1 if brief else NEXT):
        lines += [words("reminder-next"), bullets(format_dt(at, "f") for at in ahead)]
    return "\n".join(lines)


def _state(item: PersonalReminder, now: datetime, words: Catalog, *, brief: bool) -> str:
    """Why it is silent; empty for one that rings."""
    if item.schedule is None or item.reminder.state is ReminderState.BLOCKED:
        reason = item.unread if item.schedule is None else item.reminder.reason
        text = reason_text(reason, words, item.reminder.zone)
        return words("reminder-is-blocked-brief") if brief else words("reminder-is-blocked", why=text)
    if item.paused(now) and item.schedule.pause is not None:
        until = item.schedule.pause.until
        open_end = words("reminder-is-paused")
        return words("reminder-is-paused-until", day=day_text(until, words)) if until else open_end
    over = item.reminder.state is ReminderState.ENDED and item.kind is not ReminderKind.MORNING
    return words("reminder-has-ended") if over else ""


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
    held: Mapping[str, OpenRedFlag] = NO_HOLDS,
) -> Card:
    """All of them; choose one to change it. `held`: what those wait for that wait until the person was seen."""
    if not items:
        return Card(box(PLAIN, f"## {words('reminder-list')}\n{words('reminder-none')}"))
    brief = len(items) > FEW
    lines = [part for item in items for part in (_line(library, item, now, words, held=held, brief=brief), air())]
    options = [SelectOption(label=choice(library, item, words), value=item.reminder.id) for item in items]
    pick = menu(custom_id("reminder.pick"), words("reminder-choose"), options, most=1)
    zone = small(words("reminder-list-foot"))
    return Card(box(PLAIN, f"## {words('reminder-list')}", *lines[:-1], pick, zone))


def item(
    library: Library, one: PersonalReminder, now: datetime, words: Catalog, held: Mapping[str, OpenRedFlag] = NO_HOLDS
) -> Card:
    """One of them, and what can be done with it."""
    name_ = one.reminder.id
    silent = one.paused(now) or one.reminder.state in {ReminderState.BLOCKED, ReminderState.PAUSED}
    if silent:
        first = [button(words("reminder-resume"), "reminder.resume", name_, style=PRIMARY)]
    else:
        first = [
            button(words("reminder-pause-week"), "reminder.pause_for", name_, 7),
            button(words("reminder-pause-open"), "reminder.pause_for", name_, 0),
        ]
    second = [
        button(words("reminder-edit"), "reminder.edit", name_),
        button(words("reminder-log"), "reminder.log", name_),
        button(words("reminder-remove"), "reminder.remove", name_, style=DANGER),
        button(words("reminder-all"), "reminder.list"),
    ]
    return Card(box(PLAIN, _line(library, one, now, words, held=held), row(*first), row(*second)))


def removed(words: Catalog) -> Card:
    again = row(button(words("reminder-all"), "reminder.list"))
    return Card(box(PLAIN, words("reminder-removed"), again))


def log(library: Library, rows: Sequence[tuple[PersonalReminder, Occurrence]], words: Catalog) -> Card:
    """What became of the latest ones, newest first."""
    if not rows:
        return Card(box(PLAIN, f"## {words('reminder-log-title')}\n{words('reminder-log-empty')}"))
    lines = []
    for one, occurrence in rows:
        state = words(f"occurrence-{occurrence.state}")
        line = words(
            "reminder-log-line", at=format_dt(occurrence.due, "f"), what=name(library, one, words), state=state
        )
        if occurrence.reason and occurrence.state is not OccurrenceState.UNKNOWN:
            line += "\n" + small(reason_text(occurrence.reason, words, one.reminder.zone))
        lines.append(line)
    again = row(button(words("reminder-all"), "reminder.list"))
    foot = small(words("reminder-log-foot"))
    return Card(box(PLAIN, f"## {words('reminder-log-title')}", bullets(lines), again, foot))


def trouble(sentence: str, draft: str, action: str, words: Catalog) -> Card:
    """Something is missing or cannot be read; what was typed waits under `draft`."""
    mend = button(words(f"reminder-{action}"), MENDS[action], draft, style=PRIMARY)
    return Card(box(AMBER, sentence, row(mend)))


def closed(sentence: str, draft: str, words: Catalog) -> Card:
    """DMs are closed: how to open them, and the way that needs none."""
    buttons = row(
        button(words("reminder-try"), "reminder.try_again", draft, style=PRIMARY),
        button(words("diary-checkin"), "checkin.start"),
    )
    return Card(box(AMBER, f"## {words('reminder-closed')}\n{sentence}", buttons))


def undelivered(library: Library, items: Sequence[PersonalReminder], words: Catalog) -> Card:
    """At somebody's next command: what could not be brought, and how to mend it."""
    shown = items[:FEW]
    lines = [
        f"**{typed(choice(library, one, words), most=CHOICE)}**\n"
        + reason_text(one.reminder.reason, words, one.reminder.zone)
        for one in shown
    ]
    blocks: list[Block] = [f"## {words('reminder-undelivered')}", *lines]
    for one in shown:
        label = words("reminder-resume-one", name=choice(library, one, words)[:60])
        blocks.append(row(button(label, "reminder.resume_blocked", one.reminder.id, style=PRIMARY)))
    return Card(box(AMBER, *blocks, rule(), row(button(words("reminder-all"), "reminder.list"))))


def form(draft: ReminderDraft, name_: str, words: Catalog) -> Form:
    """When, and the words where it brings words."""
    when: ui.TextInput[ui.Modal] = ui.TextInput(custom_id="when", default=draft.when[:100] or None, max_length=100)
    fields: list[ui.Label[ui.Modal]] = [
        ui.Label(text=words("form-when"), description=words("form-when-hint"), component=when)
    ]
    if draft.kind is ReminderKind.WORDS:
        said: ui.TextInput[ui.Modal] = ui.TextInput(
            custom_id="words",
            style=TextStyle.paragraph,
            default=(draft.words or "")[:MAX_WORDS_LENGTH] or None,
            max_length=MAX_WORDS_LENGTH,
        )
        fields.append(ui.Label(text=words("form-words"), component=said))
    return Form(words("form-remind"), name_, fields)


def place_form(name_: str, words: Catalog) -> Form:
    """A city, for the time zone."""
    text: ui.TextInput[ui.Modal] = ui.TextInput(custom_id="place", max_length=100)
    label: ui.Label[ui.Modal] = ui.Label(text=words("form-place"), description=words("form-place-hint"), component=text)
    return Form(words("form-place-title"), name_, [label])
